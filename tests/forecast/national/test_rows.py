"""What a national forecast says of every hour, beside the forecast that works every day out exactly."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest

from campaigncheck.forecast.model import Forecast, foresee
from campaigncheck.forecast.national.columns import SCHEMA
from campaigncheck.forecast.national.work import NOTHING, Part, Totals, Work
from campaigncheck.waiting.arrivals import Arrivals
from tests.forecast.national.examples import EXAMPLE_DAY, example, table, work_of
from tests.waiting.worlds import REGIONS, TODAY, draws, entry

TOWN = REGIONS.masks["510100"]
Key = tuple[str, date, int, str]
Row = dict[str, Any]


def rows_of(parts: list[Part]) -> list[Row]:
    rows: list[Row] = table(parts).to_pylist()
    return rows


def keyed(rows: list[Row]) -> dict[Key, Row]:
    found = {(row["hall"], row["date"], row["hour"], row["class"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def parts_of(work: Work) -> list[Part]:
    return [part for cities in work.provinces.values() for part in work.parts(cities)]


@pytest.fixture(scope="module")
def work() -> Work:
    """The example network: a few campaigns are there without being asked about."""
    portfolio, catalogues = example()
    asked = frozenset(entry.id for entry in portfolio.entries if "spring" not in entry.id)
    return Work(Arrivals(portfolio, catalogues, EXAMPLE_DAY.toordinal()), asked)


@pytest.fixture(scope="module")
def parts(work: Work) -> list[Part]:
    return parts_of(work)


@pytest.fixture(scope="module")
def exactly(work: Work) -> Forecast:
    portfolio, catalogues = example()
    return foresee(portfolio, catalogues, EXAMPLE_DAY.toordinal(), work.asked)


def test_the_same_promises_break_and_waits_are_the_same_where_they_are_exact(
    parts: list[Part], exactly: Forecast
) -> None:
    rows = keyed(rows_of(parts))
    methods: Counter[str] = Counter()
    for hour in exactly.hours():
        row = rows.pop((hour.hall, date.fromordinal(hour.day), hour.hour, "premium" if hour.premium else "other"))
        methods[row["method"]] += 1
        assert row["kept"] == hour.kept
        assert (row["counters"], row["assumed"]) == (hour.counters, hour.assumed)
        assert row["promise"] == pytest.approx(hour.promise, abs=0.005)
        assert row["arrivals"] == pytest.approx(hour.arrivals, abs=0.006)
        if row["method"] == "exact":
            assert row["wait_mean"] == pytest.approx(hour.mean, abs=0.006)
            assert row["wait_mean_before"] == pytest.approx(hour.before, abs=0.006)
        else:
            assert row["kept"]
            assert row["wait_p90"] is None
        if row["wait_p90"] is not None:
            assert row["wait_p90"] == pytest.approx(hour.p90, abs=0.006)
            assert row["over_promise"] == pytest.approx(hour.over, abs=0.0006)
        assert row["caused"] == (not hour.kept and hour.before <= hour.promise)
    assert not rows
    assert methods["exact"] > 1000
    assert methods["quick"] > 1000


def test_both_kinds_of_broken_promises_are_among_them(parts: list[Part]) -> None:
    broken = [row for row in rows_of(parts) if not row["kept"]]
    assert {row["caused"] for row in broken} == {True, False}
    assert all(row["wait_p90"] is not None and row["over_promise"] is not None for row in broken)


def test_totals_are_sums_of_rows(parts: list[Part]) -> None:
    for part in parts:
        rows = rows_of([part])
        days = {(row["hall"], row["date"]): row["method"] for row in rows}
        broken = [row for row in rows if not row["kept"]]
        told = part.totals
        assert (told.promises, told.broken) == (len(rows), len(broken))
        assert told.caused == sum(row["caused"] for row in rows)
        assert told.halls == len({row["hall"] for row in rows})
        assert told.halls_broken == len({row["hall"] for row in broken if row["caused"]})
        assert told.exact == sum(method == "exact" for method in days.values())
        assert told.hall_days >= len(days)
        assert {(row["province"], row["city"]) for row in rows} == {(part.province, part.city)}


def test_totals_add_up() -> None:
    one, other = Totals(1, 2, 3, 4, 5, 6, 7), Totals(10, 20, 30, 40, 50, 60, 70)
    assert one.plus(other) == (11, 22, 33, 44, 55, 66, 77)
    assert one.plus(NOTHING) == one


def test_only_broken_rows_are_those_that_break(work: Work, parts: list[Part]) -> None:
    fewer = parts_of(Work(work.arrivals, work.asked, only_broken=True))
    assert rows_of(fewer) == [row for row in rows_of(parts) if not row["kept"]]
    assert [part.totals for part in fewer] == [part.totals for part in parts]


def test_rows_stand_in_order_of_place_and_time(parts: list[Part]) -> None:
    assert table(parts).schema == SCHEMA
    keys = [(row["hall"], row["date"], row["hour"], row["class"] == "other") for row in rows_of(parts[:1])]
    halls = list(dict.fromkeys(hall for hall, *_ in keys))
    assert keys == sorted(keys, key=lambda key: (halls.index(key[0]), key[1:]))
    assert [part.province for part in parts] == sorted(part.province for part in parts)


def test_the_last_day_is_the_last_that_is_foreseen() -> None:
    some = (entry("x", draws(900, 0, 20)), entry("y", draws(300, 5, 30)))
    whole, short = (keyed(rows_of(parts_of(work_of(*some, last=last)))) for last in (None, TODAY + 9))
    assert {key[1] for key in short} == {date.fromordinal(TODAY + day) for day in range(10)}
    assert short == {key: row for key, row in whole.items() if key[1].toordinal() <= TODAY + 9}
    assert work_of(*some).last == TODAY + 30
    assert work_of(*some, last=TODAY + 9).last == TODAY + 9


def test_a_campaign_that_begins_after_the_last_day_is_not_there() -> None:
    near, far = entry("near", draws(900, 0, 5)), entry("far", draws(900, 10, 20))
    assert parts_of(work_of(near, far, last=TODAY + 9)) == parts_of(work_of(near, last=TODAY + 9))
    assert work_of(far, last=TODAY + 9).provinces == {}


def test_a_campaign_of_one_hall_changes_no_other() -> None:
    base = entry("base", draws(200, 0, 9))
    one = entry("one", draws(900, 0, 9), cities=TOWN, halls=frozenset({"a1"}))
    found = rows_of(parts_of(work_of(base, one, asked={"one"})))
    by_hall = {
        name: [row["wait_mean"] - row["wait_mean_before"] for row in found if row["hall"] == name]
        for name in ("a1", "a2")
    }
    assert min(by_hall["a1"]) > 0
    assert set(by_hall["a2"]) == {0.0}


def test_cities_without_a_campaign_asked_about_are_left_out() -> None:
    here = entry("here", draws(900, 0, 9), cities=TOWN)
    everywhere = entry("everywhere", draws(900, 0, 9))
    assert work_of(here).provinces == {"510000": ("510100",)}
    assert work_of(here, everywhere).provinces == {"510000": ("510100", "510700")}
    assert work_of(here, everywhere, asked={"here"}).provinces == {"510000": ("510100",)}
    assert work_of(here, asked=set()).provinces == {}
    assert work_of(here, asked=set()).last == TODAY


def test_nobody_comes_on_closed_days() -> None:
    found = rows_of(parts_of(work_of(entry("x", draws(900, 0, 9)))))
    assert min(row["arrivals"] for row in found) > 0
    assert min(row["counters"] for row in found) > 0
    assert np.isfinite([row["wait_mean"] for row in found]).all()
