"""The quick look: near the chain, never short of it by much, and in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.waiting_situations import random_days
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.days import HallDays
from campaigncheck.waiting.screen import DOUBT, screened
from tests.waiting.halls import LATE, OTHER, PREMIUM, erlang_c, hall, some_days, steady


def test_the_worst_hour_of_a_day_is_near_the_chain() -> None:
    days = random_days(200, seed=1)
    exact, quick = (found.max(axis=(1, 2)) for found in (waits(days).mean, screened(days)))
    felt = exact > 3
    assert felt.sum() > 50
    assert (quick[felt] / exact[felt]).min() > 0.85
    assert np.median(quick[felt] / exact[felt]) == pytest.approx(1.25, abs=0.15)


@pytest.mark.parametrize(("counters", "load"), [(1, 0.6), (3, 0.8), (6, 0.7)])
def test_a_settled_hall_has_settled_waits(counters: int, load: float) -> None:
    found = screened(steady(counters, load, 0.0, 5.0, 1.0))
    exact = waits(steady(counters, load, 0.0, 5.0, 1.0)).mean
    assert found[0, LATE, OTHER] == pytest.approx(exact[0, LATE, OTHER], rel=0.05)
    assert found[0, LATE, OTHER] < erlang_c(counters, load) * 5.0 / counters / (1 - load) * 1.05


def test_overload_lasts_beyond_its_hour() -> None:
    found = screened(hall([6] * 6, [10, 20, 10, 5, 5, 5], [40, 90, 40, 20, 10, 10]))[0]
    assert np.isfinite(found).all()
    alone = screened(hall([6], [10], [40]))[0, 0, OTHER]
    assert found[2, OTHER] > 5 * alone
    assert found[5, OTHER] < 1


def test_hours_not_open_have_no_waits_and_leave_nothing() -> None:
    found = screened(hall([2, 0, 2], [0] * 3, [60, 0, 12]))[0]
    assert not found[1].any()
    np.testing.assert_array_equal(found[2], screened(hall([2], [0], [12]))[0, 0])


def test_figures_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="negative: day 0, hour 0"):
        screened(hall([2], [-1], [5]))


@given(some_days())
def test_premium_customers_never_wait_longer_and_days_stand_alone(days: HallDays) -> None:
    found = screened(days)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found[..., PREMIUM] <= found[..., OTHER]).all()
    for row in range(len(found)):
        np.testing.assert_array_equal(screened(days.rows(np.array([row])))[0], found[row])


@given(some_days(), st.floats(0.5, 1))
@settings(max_examples=50)
def test_fewer_arrivals_never_wait_longer(days: HallDays, times: float) -> None:
    fewer = screened(days._replace(premium=days.premium * times, other=days.other * times))
    assert (fewer <= screened(days) * (1 + 1e-6) + 1e-6).all()


@pytest.mark.parametrize("promise", [(5.0, 5.0), (10.0, 15.0)])
def test_no_broken_promise_is_below_the_doubt_that_rules_go_by(promise: tuple[float, float]) -> None:
    days = random_days(300, seed=5)
    broken = (waits(days, p90=False).mean > promise).any(axis=(1, 2))
    doubtful = (screened(days) > DOUBT * np.array(promise)).any(axis=(1, 2))
    assert broken.any()
    assert not (broken & ~doubtful).any()
