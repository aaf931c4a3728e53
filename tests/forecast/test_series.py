"""Which halls are shown, and what of them: worked out again here, cell by cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.forecast.model import CityForecast
from campaigncheck.forecast.series import Series
from tests.forecast.made import NAMES, PEOPLE, forecast, hours_of, named
from tests.waiting.worlds import TODAY

KNOWN = named(NAMES)


def cells(city: CityForecast, hall: int) -> list[tuple[float, float, float, int]]:
    """How far each promise of a hall is used up with and without the campaigns, the promise, and on which day."""
    found = []
    for day, kind in enumerate(city.kinds[:, hall].tolist()):
        for hour, of in zip(*city.comes[kind].nonzero(), strict=True):
            promise = float(city.promised[kind, hour, of])
            after, before = float(city.after.mean[kind, hour, of]), float(city.before.mean[kind, hour, of])
            found.append((after / promise, before / promise, promise, day))
    return found


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 3), st.floats(1, 4000), st.integers(3, 45))
def test_halls_in_which_promises_break_come_first_then_those_nearest_to_it(most: int, hall: float, last: int) -> None:
    made = forecast(KNOWN, hall, last)
    series = Series.of(made, KNOWN.network, most)
    expected = []
    for city in made.cities:
        for at, name in enumerate(city.city.halls):
            every = cells(city, at)
            caused = max((used for used, before, _, _ in every if before <= 1), default=0.0)
            worst = max(used for used, _, _, _ in every)
            expected.append((-round(caused, 6) if caused > 1 else 0.0, -round(worst, 6), name))
    assert [item.id for item in series.chosen] == [name for _, _, name in sorted(expected)][:most]
    assert series.left_out == 3 - most
    for item in series.chosen:
        on_day = [cell for cell in cells(item.city, item.hall) if cell[3] == item.day]
        because = [used for used, before, _, _ in on_day if before <= 1]
        shown = max(because) if item.caused > 1 else max(used for used, _, _, _ in on_day)
        assert shown == pytest.approx(item.caused if item.caused > 1 else item.worst)


def test_each_day_shows_the_hour_nearest_to_its_promise() -> None:
    made = forecast(KNOWN)
    series = Series.of(made, KNOWN.network, 3)
    months = list(series.months())
    assert [month.month for month in months] == [date(2027, 3, 1), date(2027, 4, 1)]
    for item in series.chosen:
        days = [day for month in months for row in month.rows if row.hall == item.id for day in row.days]
        assert len(days) == 31 + 30
        for at, found in enumerate(days):
            used = [cell[0] for cell in cells(item.city, item.hall) if cell[3] == at]
            assert found is None if not used else found is not None and found.used == pytest.approx(max(used))


def test_days_on_which_the_hall_is_closed_are_empty() -> None:
    made = forecast(KNOWN, last=70)
    may = list(Series.of(made, KNOWN.network, 1).months())[2]
    assert [day is None for day in may.rows[0].days[:10]] == [True] * 4 + [False] * 6  # public holidays


def test_hours_are_those_of_the_day_with_both_classes() -> None:
    (found,) = Series.of(forecast(KNOWN), KNOWN.network, 1).hours()
    assert (found.hall, found.name, found.assumed) == ("a1", "天府路营业厅", False)
    assert date.fromordinal(found.day) == date(2027, 3, 1)
    premium, other = found.classes
    assert [hour.hour for hour in premium] == [hour.hour for hour in other] == [9, 10, 11, 12]
    assert [hour.promise for hour in premium] == [5, 10, 10, 10]
    assert [hour.promise for hour in other] == [5, 15, 15, 15]
    assert all(a.after == pytest.approx(b.after / 4) for a, b in zip(premium, other, strict=True))
    assert all(hour.after > hour.before for hour in (*premium, *other))


def test_halls_without_hours_are_not_there() -> None:
    known = named(NAMES, hours_of({name: PEOPLE[name] for name in ("a1", "b1")}))
    series = Series.of(forecast(known), known.network, 9)
    assert sorted(item.id for item in series.chosen) == ["a1", "b1"]


def test_nothing_is_foreseen_for_days_gone_by() -> None:
    (month, _) = Series.of(forecast(KNOWN), KNOWN.network, 1).months()
    assert date.fromordinal(TODAY) == date(2027, 3, 1) == month.month
    assert month.rows[0].days[0] is not None
