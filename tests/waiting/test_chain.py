"""The chain against simulation, closed forms and laws."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.waiting_simulator import simulate
from benchmarks.waiting_situations import SITUATIONS, allowed_mean, allowed_p90, hall_days
from campaigncheck.waiting import space
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.days import CLASSES, HallDays, Waits, distinct
from tests.waiting.halls import LATE, OTHER, PREMIUM, erlang_c, hall, some_days, steady

SIMULATED = 2_000
"""Days; the full comparison is in docs/waiting.md."""

ROUNDING = 0.02
"""Minutes by which steps of five minutes may bend a law."""


@pytest.mark.parametrize("name", ["peak", "surge", "one", "two_uneven", "shifts", "classes", "premium"])
def test_a_simulation_agrees_by_hour_and_class(name: str) -> None:
    day = SITUATIONS[name].day
    found = waits(hall_days(day))
    for kind, served in enumerate(simulate(day, SIMULATED, seed=1)):
        for hour in range(len(day.counters)):
            waited, of_day = served.wait[served.hour == hour], served.day[served.hour == hour]
            mean, p90 = waited.mean(), float(np.quantile(waited, 0.9))
            sums = np.bincount(of_day, waited - mean, SIMULATED)
            error = 3.5 * np.sqrt((sums**2).sum()) / len(waited)
            assert abs(found.mean[0, hour, kind] - mean) <= allowed_mean(mean) + error, (hour, CLASSES[kind])
            assert abs(found.p90[0, hour, kind] - p90) <= allowed_p90(np.asarray(p90)) + 3 * error, (
                hour,
                CLASSES[kind],
            )


@pytest.mark.parametrize("load", [0.3, 0.6, 0.8])
@pytest.mark.parametrize("share", [0.0, 0.4])
@pytest.mark.parametrize("scv", [0.15, 1.0, 1.5])
def test_one_settled_counter_has_the_waits_of_pollaczek_khinchine_and_cobham(
    load: float, share: float, scv: float
) -> None:
    found = waits(steady(1, load, share, 4.0, scv))
    residual = load * 4.0 * (1 + scv) / 2
    assert found.mean[0, LATE, PREMIUM] == pytest.approx(residual / (1 - load * share), rel=0.01)
    assert found.mean[0, LATE, OTHER] == pytest.approx(residual / (1 - load * share) / (1 - load), rel=0.01)


@pytest.mark.parametrize(("counters", "load"), [(2, 0.5), (3, 0.9), (6, 0.8), (20, 0.85)])
def test_all_busy_as_often_as_erlang_says(counters: int, load: float) -> None:
    found = waits(steady(counters, load, 0.2, 5.0, 1.0), limits=[0.0])
    assert found.over[0, LATE, :, 0] == pytest.approx(erlang_c(counters, load), abs=2e-3)


def test_the_tail_of_a_settled_wait_is_exponential() -> None:
    """With one counter, one class and service near the exponential's variability (few halls have just that)."""
    limits = [2.0, 5.0, 10.0, 20.0]
    found = waits(steady(4, 0.8, 0.0, 5.0, 1.0), limits)
    slope = 4 / 5 * (1 - 0.8)
    expected = [erlang_c(4, 0.8) * exp(-slope * limit) for limit in limits]
    assert found.over[0, LATE, OTHER] == pytest.approx(expected, abs=0.02)
    assert found.p90[0, LATE, OTHER] == pytest.approx(log(erlang_c(4, 0.8) / 0.1) / slope, rel=0.05)


def test_a_queue_grows_by_the_excess_and_is_carried_over() -> None:
    """200 an hour come where 100 can be served: two hours later 200 wait, and the last waits two hours."""
    found = waits(hall([10] * 6, [0] * 6, [200, 200, 0, 0, 0, 0], mean=6.0, scv=0.5))
    assert found.load[0].tolist() == [2, 2, 0, 0, 0, 0]
    assert found.queue[0, :4] == pytest.approx([50, 150, 150, 50], abs=8)
    assert found.mean[0, :4, OTHER] == pytest.approx([30, 90, 90, 30], abs=5)
    assert found.mean[0, 5, OTHER] < 0.5


def test_after_closing_time_the_last_counters_serve_on() -> None:
    """50 of 100 can be served before closing time; the last of the others waits for 50 × 6 ÷ 5 minutes."""
    found = waits(hall([20, 5, 0, 0], [0] * 4, [100, 100, 0, 0], mean=6.0, scv=0.5))
    assert found.mean[0, 1, OTHER] == pytest.approx(0.5 * 50 * 6 / 5, abs=4)
    assert not found.mean[0, 2:].any()
    assert not found.queue[0, 2:].any()


def test_nobody_waits_from_before_a_break() -> None:
    found = waits(hall([2, 2, 0, 2, 2], [0] * 5, [60, 60, 0, 12, 12]))
    alone = waits(hall([2, 2], [0] * 2, [12, 12]))
    np.testing.assert_allclose(found.mean[0, 3:], alone.mean[0], atol=1e-4)
    np.testing.assert_allclose(found.p90[0, 3:], alone.p90[0], atol=1e-3)


def test_a_hall_may_open_later() -> None:
    late = waits(hall([0, 0, 3, 3], [0, 0, 4, 4], [0, 0, 30, 30]))
    np.testing.assert_array_equal(late.mean[0, 2:], waits(hall([3, 3], [4, 4], [30, 30])).mean[0])
    assert not late.mean[0, :2].any()


def test_premium_customers_who_fill_the_hall_alone_are_told_as_it_is() -> None:
    """They are too many for an hour; the others wait until they are gone."""
    found = waits(hall([2] * 6, [10, 40, 10, 5, 5, 5], [5] * 6, mean=5.0, scv=1.0))
    assert np.isfinite(found.mean).all()
    assert 5 < found.mean[0, 1, PREMIUM] < 40
    assert found.mean[0, 1, OTHER] > 30


def test_a_huge_queue_is_told_as_it_is() -> None:
    """Thirty times what three counters can serve: a hundred hours of work, no more states than usual."""
    found = waits(hall([3] * 10, [0] * 10, [1080] * 10, mean=5.0))
    assert found.queue[0, -1] == pytest.approx(1044 * 9.5, rel=0.01)
    assert found.mean[0, -1, OTHER] == pytest.approx(1044 * 9.5 * 5 / 3, rel=0.01)
    assert found.p90[0, -1, OTHER] == pytest.approx(found.mean[0, -1, OTHER], rel=0.12)


def test_too_few_states_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    days = hall([4] * 6, [8] * 6, [48, 60, 40, 30, 20, 20])
    expected = waits(days)
    monkeypatch.setattr(space, "_longest", lambda days, work: np.ones(len(work)))
    found = waits(days)
    np.testing.assert_allclose(found.mean, expected.mean, atol=0.02)
    np.testing.assert_allclose(found.queue, expected.queue, atol=0.02)


def test_queue_and_wait_agree() -> None:
    """Little: customers who wait are arrivals × wait, in a settled hall."""
    days = steady(5, 0.85, 0.3, 6.0, 0.5)
    found = waits(days)
    expected = (days.premium * found.mean[..., PREMIUM] + days.other * found.mean[..., OTHER]) / 60
    assert found.queue[0, LATE] == pytest.approx(expected[0, LATE], rel=0.01)


def test_kinds_of_days_are_found_once() -> None:
    one, other = hall([3] * 2, [1, 2], [10, 20]), hall([3] * 2, [1, 2], [10, 21])
    days = HallDays(*(np.vstack([b, a, b, a, b]) for a, b in zip(one, other, strict=True)))
    rows, kind = distinct(days)
    assert (rows.tolist(), kind.tolist()) == ([0, 1], [0, 1, 0, 1, 0])


def test_no_days_have_no_waits() -> None:
    found = waits(hall([2], [1], [5]).rows(np.array([], dtype=np.int64)), [5.0])
    assert [part.shape for part in found] == [(0, 1, 2), (0, 1, 2), (0, 1, 2, 1), (0, 1), (0, 1)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"other": np.nan}, "not finite: day 0, hour 0"),
        ({"premium": -1.0}, "negative: day 0, hour 0"),
        ({"counters": 1.5}, "counters not whole: day 0, hour 0"),
        ({"counters": 0}, "arrivals while closed: day 0, hour 0"),
        ({"mean": 0.0}, "open, but service takes no time: day 0, hour 0"),
    ],
)
def test_figures_that_cannot_be_are_refused(changes: dict[str, float], message: str) -> None:
    days = hall([2, 2], [1, 1], [5, 5])
    wrong = days._replace(**{name: np.full((1, 2), value) for name, value in changes.items()})
    with pytest.raises(ValueError, match=message):
        waits(wrong)


def test_shapes_and_limits_are_looked_at() -> None:
    days = hall([2, 2], [1, 1], [5, 5])
    with pytest.raises(ValueError, match="one shape"):
        waits(days._replace(scv=np.ones((1, 3))))
    with pytest.raises(ValueError, match="limits must not be negative"):
        waits(days, [-1.0])


def told(found: Waits) -> NDArray[np.float64]:
    return np.concatenate([part.ravel() for part in found])


@given(some_days())
@settings(max_examples=20)
def test_waits_are_waits(days: HallDays) -> None:
    found = waits(days, [0.0, 5.0, 15.0])
    assert np.isfinite(told(found)).all()
    assert (told(found) >= 0).all()
    assert (found.over <= 1 + 1e-9).all()
    assert (np.diff(found.over, axis=-1) <= 1e-6).all()
    assert (found.mean[..., PREMIUM] <= found.mean[..., OTHER] + ROUNDING).all()


@given(some_days())
@settings(max_examples=10)
def test_days_do_not_depend_on_each_other(days: HallDays) -> None:
    together = waits(days, [5.0])
    for row in range(len(days.counters)):
        alone = waits(days.rows(np.array([row])), [5.0])
        for part, single in zip(together, alone, strict=True):
            np.testing.assert_array_equal(part[row], single[0])


@given(some_days(), st.floats(0.5, 1))
@settings(max_examples=10)
def test_fewer_arrivals_never_wait_longer(days: HallDays, times: float) -> None:
    fewer = waits(days._replace(premium=days.premium * times, other=days.other * times))
    before = waits(days)
    assert (fewer.mean <= before.mean * 1.001 + ROUNDING).all()
    assert (fewer.queue <= before.queue * 1.001 + ROUNDING).all()


@given(some_days())
@settings(max_examples=10)
def test_one_more_counter_all_day_never_makes_waits_longer(days: HallDays) -> None:
    more = waits(days._replace(counters=days.counters + 1))
    before = waits(days)
    assert (more.mean <= before.mean * 1.001 + ROUNDING).all()
