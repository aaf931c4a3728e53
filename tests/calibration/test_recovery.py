"""Calibrating generated tickets gives back what they were generated from, as often as the intervals say."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hall_day import Campaign
from benchmarks.tickets import joined, read_hours, tickets, write
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from tests.calibration.world import Result, calibrated, rules_folder

NETWORK = Path(__file__).resolve().parents[2] / "rules" / "network"
HALLS = 12
CAMPAIGN = Campaign("zj-2026-autumn", a_day=8.0, minutes=3.5)


def some_halls(name: str) -> str:
    """Return a table of the example network with every eighth hall in it."""
    with (NETWORK / name).open(encoding="utf-8", newline="") as stream:
        top, *rows = list(csv.reader(stream))
    wanted = set(islice(dict.fromkeys(row[0] for row in rows), 0, 8 * HALLS, 8))
    return "\n".join(",".join(row) for row in [top, *rows] if row is top or row[0] in wanted) + "\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Tickets of a dozen halls and sixty days with a campaign among them, calibrated without the hours they come from."""
    folder = tmp_path_factory.mktemp("world")
    (folder / "hours.csv").write_text(some_halls("hours.csv"), encoding="utf-8")
    hours = read_hours(folder / "hours.csv")
    days = [date(2026, 9, 1) + timedelta(days=number) for number in range(60)]
    calendar = load_catalogues(RuleFiles.at(None)).calendar
    write(folder / "tickets", joined(tickets(hours, days, [CAMPAIGN], calendar, 7), 10**9), False, 0.0, 7)
    rules = rules_folder(folder, halls=some_halls("halls.csv"))
    return folder, calibrated(folder, rules, [folder / "tickets"])


def pairs(world: tuple[Path, Result]) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Return every measured hour beside the one it was generated from."""
    folder, result = world
    with (folder / "hours.csv").open(encoding="utf-8", newline="") as stream:
        true = {(row["hall"], row["day_type"], int(row["hour"])): row for row in csv.DictReader(stream)}
    return [(row, true[row["hall"], row["day_type"], row["hour"]]) for row in result.table("hours")]


def test_every_hour_of_every_hall_is_measured(world: tuple[Path, Result]) -> None:
    assert len(pairs(world)) == HALLS * 4 * 9
    assert {row["source"] for row in world[1].hours()} == {"measured"}


@pytest.mark.parametrize(
    ("measured", "true"),
    [
        ("arrivals_premium", "arrivals_premium"),
        ("arrivals_other", "arrivals_other"),
        ("service_mean", "service_mean"),
        ("service_scv", "service_scv"),
    ],
)
def test_intervals_hold_what_was_put_in(world: tuple[Path, Result], measured: str, true: str) -> None:
    """Of 432 intervals at 95 %, 410 should hold; fewer than 93 % or more than 99.5 % would not be chance."""
    found = pairs(world)
    held = sum(row[f"{measured}_low"] <= float(hour[true]) <= row[f"{measured}_high"] for row, hour in found)
    assert 0.93 <= held / len(found) <= 0.995 if measured.startswith("arrivals") else held / len(found) >= 0.93


def test_intervals_are_as_narrow_as_the_counts_allow(world: tuple[Path, Result]) -> None:
    for row, hour in pairs(world):
        half = (row["arrivals_other_high"] - row["arrivals_other_low"]) / 2
        assert half <= 1.5 * 1.96 * (float(hour["arrivals_other"]) / row["days"]) ** 0.5
        assert row["service_mean_high"] - row["service_mean_low"] <= 0.25 * float(hour["service_mean"])


def test_open_counters_are_found(world: tuple[Path, Result]) -> None:
    found = pairs(world)
    bases = Counter(row["counters_basis"] for row, _ in found)
    assert bases["seen"] >= 0.75 * len(found)
    assert bases["kept"] == 0
    wrong = [row for row, hour in found if row["counters_basis"] == "seen" and row["counters"] != int(hour["counters"])]
    assert len(wrong) <= 0.01 * len(found)
    bounds = [(row["counters"], int(hour["counters"])) for row, hour in found if row["counters_basis"] == "bound"]
    assert sum(bound <= true for bound, true in bounds) >= 0.98 * len(bounds)


def test_transactions_keep_their_proportions(world: tuple[Path, Result]) -> None:
    rows = {row["transaction"]: row for row in world[1].report["transactions"]}
    assert list(rows) == ["broadband", "new_plan", "payment", "sim"]
    ratio = rows["broadband"]["service_mean"] / rows["sim"]["service_mean"]
    assert ratio == pytest.approx(1.50 / 0.90, rel=0.06)


def test_the_campaign_is_apart_and_as_it_was_put_in(world: tuple[Path, Result]) -> None:
    (found,) = world[1].report["campaigns"]
    people, handling = found["transactions_a_day"], found["handling_minutes"]
    assert found["campaign"] == CAMPAIGN.id
    assert people["interval"][0] <= HALLS * CAMPAIGN.a_day <= people["interval"][1]
    low, high = handling["service_mean_interval"]
    assert low <= CAMPAIGN.minutes <= high
    low, high = handling["service_scv_interval"]
    assert low <= CAMPAIGN.scv <= high
    assert (people["predicted"], handling["predicted_mean"], found["path"]) == (None, None, None)


def test_what_is_written_can_be_used_as_rules(world: tuple[Path, Result]) -> None:
    folder, result = world
    rules = rules_folder(folder / "again", halls=some_halls("halls.csv"))
    (rules / "network" / "hours.csv").write_bytes((result.folder / "network" / "hours.csv").read_bytes())
    network = load_catalogues(RuleFiles.at(rules)).network
    assert len(network.hall_hours.halls) == HALLS
    assert not network.hall_hours.assumed.any()
