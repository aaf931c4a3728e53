"""The rows of ``hours.csv``: measured where tickets suffice, else as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from tests.calibration.world import HEADER, HOURS, Result, calibrated, day_of_hours, rules_folder, ticket

DAYS = [f"2027-01-{day:02}" for day in (5, 6, 7, 8, 11, 12)]
"""Workdays that are no month edge."""


def lines(days: list[str], step: int = 3, start: int = 0, end: int = 530, **cells: str) -> str:
    """Return tickets of several days, one every few minutes."""
    return "".join(
        ticket(f"{start}-{number}", minute, day=day, wait=0, served=5, **cells)
        for day in days
        for number, minute in enumerate(range(start, end, step))
    )


def run(folder: Path, text: str, hours: str | None) -> Result:
    (folder / "t.csv").write_text(HEADER + text, encoding="utf-8")
    rules = rules_folder(folder, hours=hours)
    result = calibrated(folder, rules, [folder / "t.csv"])
    (rules / "network" / "hours.csv").write_bytes((result.folder / "network" / "hours.csv").read_bytes())
    load_catalogues(RuleFiles.at(rules))
    return result


def test_what_was_not_measured_stays_as_it_was(tmp_path: Path) -> None:
    before = HOURS + day_of_hours("sc-cd-001") + day_of_hours("sc-cd-001", "weekend") + day_of_hours("sc-cd-002")
    result = run(tmp_path, lines(DAYS), before)
    rows = result.hours()
    measured = [row for row in rows if row["source"] == "measured"]
    assert [(row["hall"], row["day_type"], row["hour"]) for row in measured] == [
        ("sc-cd-001", "workday", str(hour)) for hour in range(9, 18)
    ]
    others = [",".join(row.values()) + "\n" for row in rows if row["source"] != "measured"]
    assert "".join(others) == day_of_hours("sc-cd-001", "weekend") + day_of_hours("sc-cd-002")
    assert (measured[0]["arrivals_premium"], measured[0]["arrivals_other"], measured[0]["service_mean"]) == (
        "0.00",
        "20.00",
        "5.00",
    )


def test_two_days_are_not_enough_where_there_is_something_before(tmp_path: Path) -> None:
    result = run(tmp_path, lines(DAYS[:2]), HOURS + day_of_hours("sc-cd-001"))
    assert {row["source"] for row in result.hours()} == {"assumed"}
    assert {row["arrivals_other"] for row in result.hours()} == {"6"}


def test_two_days_are_better_than_nothing(tmp_path: Path) -> None:
    result = run(tmp_path, lines(DAYS[:2]), None)
    assert {(row["hall"], row["source"], row["arrivals_other"]) for row in result.hours() if row["hour"] != "17"} == {
        ("sc-cd-001", "assumed", "20.00")
    }


def test_counters_of_before_are_kept_while_nothing_contradicts_them(tmp_path: Path) -> None:
    kept = run(tmp_path, lines(DAYS), HOURS + day_of_hours("sc-cd-001", counters=4))
    assert {row["counters"] for row in kept.hours()} == {"4"}
    assert {row["counters_basis"] for row in kept.table("hours")} == {"kept"}


def test_without_a_queue_the_most_that_were_busy_are_a_bound(tmp_path: Path) -> None:
    found = run(tmp_path, lines(DAYS), HOURS + day_of_hours("sc-cd-001", counters=1))
    rows = found.table("hours")
    assert {(row["counters"], row["counters_basis"], row["counters_looks"]) for row in rows} == {(2, "bound", 0)}
    assert {row["counters_low"] for row in rows} == {None}


def test_who_comes_before_opening_counts_to_the_first_hour(tmp_path: Path) -> None:
    early = "".join(ticket(f"E{day}", -10, wait=12, day=day) for day in DAYS)
    result = run(tmp_path, early + lines(DAYS), HOURS + day_of_hours("sc-cd-001"))
    rows = result.hours()
    assert [row["hour"] for row in rows] == [str(hour) for hour in range(9, 18)]
    assert rows[0]["arrivals_other"] == "21.00"


def test_an_hour_at_lunch_without_anybody_is_no_hole(tmp_path: Path) -> None:
    few = lines(DAYS, 30, 0, 180) + lines(DAYS, 30, 240, 530)
    result = run(tmp_path, few, None)
    rows = {row["hour"]: row for row in result.hours()}
    assert list(rows) == [str(hour) for hour in range(9, 18)]
    assert (rows["12"]["counters"], rows["12"]["arrivals_other"]) == ("0", "0.00")


@pytest.mark.parametrize(("step", "served", "source"), [(120, 30, "measured"), (140, 24, "assumed")])
def test_a_hall_with_few_customers_is_not_measured(tmp_path: Path, step: int, served: int, source: str) -> None:
    result = run(tmp_path, lines(DAYS, step), HOURS + day_of_hours("sc-cd-001"))
    assert sum(row["served"] for row in result.table("hours")) == served
    assert {row["source"] for row in result.hours()} == {source}


def test_campaigns_do_not_count_to_those_who_come_anyway(tmp_path: Path) -> None:
    text = lines(DAYS) + lines(DAYS, 10, 1, campaign="sc-x")
    result = run(tmp_path, text, HOURS + day_of_hours("sc-cd-001"))
    assert result.hours()[0]["arrivals_other"] == "20.00"
    assert result.report["campaigns"][0]["transactions_a_day"]["actual"] == 53.0
