"""Periods against sets of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.days import Days, subtract

PERIODS = st.builds(Days, st.integers(1, 20), st.integers(1, 20))


def days(*periods: Days) -> list[int]:
    """Every day of some periods, in order, as often as it is in one."""
    return sorted(day for period in periods for day in range(period.first, period.last + 1))


@given(PERIODS)
def test_a_period_is_its_days(period: Days) -> None:
    assert period.length == len(days(period))
    assert period.empty == (not days(period))


@given(PERIODS, PERIODS)
def test_meeting_keeps_the_common_days(first: Days, second: Days) -> None:
    assert days(first.meet(second)) == sorted(set(days(first)) & set(days(second)))
    assert first.meet(second) == second.meet(first)


@given(PERIODS, PERIODS)
def test_minus_leaves_the_other_days(first: Days, second: Days) -> None:
    left = first.minus(second)
    assert days(*left) == sorted(set(days(first)) - set(days(second)))
    assert not any(part.empty for part in left)


@given(PERIODS, st.lists(PERIODS, max_size=4))
def test_subtracting_several_leaves_the_other_days(period: Days, others: list[Days]) -> None:
    left = subtract(period, others)
    assert days(*left) == sorted(set(days(period)) - {day for other in others for day in days(other)})
    assert not any(part.empty for part in left)


@given(st.dates(), st.integers(0, 400))
def test_dates_and_ordinals_agree(start: date, more: int) -> None:
    end = min(date.max, start + timedelta(days=more)) if start < date.max - timedelta(days=400) else start
    period = Days.of(start, end)
    assert (period.start, period.end, period.length) == (start, end, (end - start).days + 1)
    assert Days.of(end, start).empty == (start != end)
