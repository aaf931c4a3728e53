"""Arrivals: which days count, and what they say."""

from __future__ import annotations

import numpy as np
import pytest

from campaigncheck.calibration.arrivals import Arrivals, arrivals

WORKDAY, WEEKEND = 0, 1
OPEN = range(9, 18)


def sums(counts: dict[tuple[int, int], dict[int, tuple[int, int]]]) -> dict[str, np.ndarray]:
    """Make the sums of (hall, day) → hour → (rows, premium)."""
    rows = [
        (hall, day, hour, *pair)
        for (hall, day), hours in sorted(counts.items())
        for hour, pair in sorted(hours.items())
        if pair[0]
    ]
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    return dict(zip(("code", "day", "hour", "rows", "premium"), columns, strict=True))


def full(rows: int = 10, premium: int = 2) -> dict[int, tuple[int, int]]:
    return dict.fromkeys(OPEN, (rows, premium))


def found(counts: dict[tuple[int, int], dict[int, tuple[int, int]]], halls: int = 1) -> Arrivals:
    days = sorted({day for _, day in counts})
    return arrivals(sums(counts), halls, {day: WEEKEND if day >= 100 else WORKDAY for day in days})


def test_means_are_by_hall_type_of_day_hour_and_class() -> None:
    some = found({(0, 1): full(10, 2), (0, 2): full(14, 4), (0, 100): full(6, 0), (1, 2): full(5, 5)}, 2)
    assert some.mean[0, WORKDAY, 9].tolist() == [3.0, 9.0]
    assert some.mean[0, WEEKEND, 12].tolist() == [0.0, 6.0]
    assert some.mean[1, WORKDAY, 17].tolist() == [5.0, 0.0]
    assert some.days.tolist() == [[2, 1, 0, 0], [1, 0, 0, 0]]
    assert np.isnan(some.mean[1, WEEKEND]).all()
    assert some.total[0, WORKDAY, 9].tolist() == [6, 18]


def test_a_day_without_tickets_is_no_zero() -> None:
    some = found({(0, 1): full(), (0, 3): full(), (1, 1): full(), (1, 2): full(), (1, 3): full()}, 2)
    assert some.days[:, WORKDAY].tolist() == [2, 3]
    assert some.mean[0, WORKDAY, 9].tolist() == [2.0, 8.0]
    assert some.cut.tolist() == [0, 0]


@pytest.mark.parametrize("lost", [range(9, 12), range(15, 18), range(12, 14)], ids=["start", "end", "middle"])
def test_a_day_with_a_gap_is_left_out(lost: range) -> None:
    days: dict[tuple[int, int], dict[int, tuple[int, int]]] = {(0, day): full() for day in range(1, 8)}
    days[0, 4] = {hour: pair for hour, pair in full().items() if hour not in lost}
    some = found(days)
    assert (some.days[0, WORKDAY], some.cut[0]) == (6, 1)
    assert (some.mean[0, WORKDAY, list(OPEN)] == [2.0, 8.0]).all()


def test_an_hour_in_which_nobody_came_is_a_zero_where_few_come_anyway() -> None:
    quiet = dict.fromkeys(OPEN, (1, 0))
    days = {(0, day): {hour: pair for hour, pair in quiet.items() if hour != 9 + day % 9} for day in range(1, 10)}
    some = found(days)
    assert (some.days[0, WORKDAY], some.cut[0]) == (9, 0)
    assert some.mean[0, WORKDAY, 12, 1] == pytest.approx(8 / 9)


def test_days_that_differ_widen_the_interval() -> None:
    same = found({(0, day): full(20, 0) for day in range(1, 21)})
    apart = found({(0, day): full(10 if day % 2 else 30, 0) for day in range(1, 21)})
    assert same.dispersion[0].tolist() == [1.0, 1.0]
    assert apart.dispersion[0, 1] == pytest.approx(100 / 20 * 20 / 19)
    assert apart.mean[0, WORKDAY, 9, 1] == same.mean[0, WORKDAY, 9, 1] == 20
    width = [float(some.high[0, WORKDAY, 9, 1] - some.low[0, WORKDAY, 9, 1]) for some in (same, apart)]
    assert width[1] / width[0] == pytest.approx(np.sqrt(apart.dispersion[0, 1]), rel=0.02)


def test_halls_beyond_a_chunk_are_as_those_within() -> None:
    counts = {(hall, day): full(5 + hall % 7, 1) for hall in range(0, 600, 50) for day in (1, 2, 3)}
    some = found(counts, 600)
    for hall in range(0, 600, 50):
        assert some.mean[hall, WORKDAY, 9].tolist() == [1.0, 4.0 + hall % 7]
    assert some.days.sum() == 36
