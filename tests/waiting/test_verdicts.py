"""Verdicts on very many days, against the exact method on every one of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.waiting_situations import random_days
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.days import Floats, HallDays, Ints
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.screen import DOUBT, screened, wary
from campaigncheck.waiting.together import alone
from campaigncheck.waiting.verdicts import SURE, Verdicts, verdicts, worst_of
from tests.waiting.halls import hall, some_days

PROMISES = Promises(10, 15, 5, 0.7, (5, 10))
MEMBERS = 6


def judged(days: HallDays, promised: Floats, alike: Ints) -> Verdicts:
    return alone(verdicts(days, promised, alike))


def odd_halls(count: int, seed: int) -> HallDays:
    """Halls of one counter or of thirty, service that hardly varies or varies a lot or takes long, premium customers
    nearly alone or served otherwise, a break at noon."""
    chance, days = np.random.default_rng(seed), random_days(count, seed)
    load = (days.premium + days.other) * days.mean / days.counters
    kind = np.arange(count)[:, None] % 8
    counters = np.where(kind == 0, 1, np.where(kind == 7, chance.integers(15, 35, (count, 1)), days.counters))
    low, high = chance.uniform(0, 0.15, (count, 1)), chance.uniform(1.5, 4, (count, 1))
    scv = np.where(kind == 1, low, np.where(kind == 2, high, days.scv))
    mean = np.where(kind == 6, chance.uniform(9, 30, (count, 1)), days.mean)
    share = np.where(kind == 3, chance.uniform(0.4, 1, (count, 1)), days.premium / (days.premium + days.other))
    factor = np.minimum(chance.uniform(0.4, 1.8, (count, 1)), 0.95 / share)
    premium_mean = np.where(kind == 4, mean * factor, mean)
    counters = np.where((kind == 5) & (np.arange(10) == 4), 0, counters)
    people = load * counters / mean
    return HallDays(counters, people * share, people * (1 - share), mean, scv, premium_mean)


def with_campaigns(usual: HallDays, seed: int) -> HallDays:
    """Return some days of each hall, one hall after the other, to which campaigns bring people by the hall's profile.

    Their service takes other times and varies otherwise; some bring premium customers only, some none.
    """
    chance, count = np.random.default_rng(seed), len(usual.mean) * MEMBERS
    base = usual.rows(np.repeat(np.arange(len(usual.mean)), MEMBERS))
    people = base.premium + base.other
    more = people * chance.uniform(0, 0.15, (count, 1))
    share = chance.choice([0.0, 0.2, 0.5, 1.0], (count, 1))
    mean = chance.uniform(0.5, 2, (count, 1)) * base.mean[:, :1]
    scv = chance.uniform(0.1, 2, (count, 1))
    total = np.maximum(people + more, 1e-12)
    work, effort = people * base.mean + more * mean, people * base.mean**2 * (1 + base.scv) + more * mean**2 * (1 + scv)
    premium = base.premium + more * share
    own = base.premium * base.premium_mean + more * share * mean
    both = np.where(total > 1e-9, work / total, base.mean)
    spread = np.where(total > 1e-9, effort / total / both**2 - 1, base.scv)
    of_premium = np.divide(own, premium, out=both.copy(), where=premium > 0)
    return HallDays(base.counters, premium, base.other + more * (1 - share), both, np.maximum(spread, 0), of_premium)


def near(promised: Floats, exact: Floats, comes: NDArray[np.bool_], seed: int) -> Floats:
    """Return promises in the same proportions that the worst day of each hall keeps or breaks by up to a tenth."""
    used = np.where(comes, exact / promised, 0).max(axis=(1, 2)).reshape(-1, MEMBERS).max(axis=1)
    times = used * np.random.default_rng(seed).uniform(0.9, 1.1, len(used))
    return np.asarray(promised * np.repeat(np.maximum(times, 0.2), MEMBERS)[:, None, None])


@pytest.mark.parametrize(("odd", "seed"), [(False, 1), (True, 2)])
def test_verdicts_are_those_of_the_exact_method(odd: bool, seed: int) -> None:
    usual = odd_halls(80, seed) if odd else random_days(80, seed)
    usual = usual._replace(premium=usual.premium * 0.93, other=usual.other * 0.93)
    days = with_campaigns(usual, seed)
    alike = np.repeat(np.arange(80), MEMBERS)
    exact, comes = waits(days, p90=False).mean, days.comes
    plain = PROMISES.minutes(usual)[alike]
    spared = []
    for promised in (plain, near(plain, exact, comes, seed), near(np.ones_like(plain), exact, comes, seed)):
        found = judged(days, promised, alike)
        np.testing.assert_array_equal(found.broken, comes & (exact > promised))
        np.testing.assert_array_equal(found.mean[found.exact], exact[found.exact])
        np.testing.assert_array_equal(found.mean[~found.exact], screened(days)[~found.exact])
        assert found.exact[found.broken.any(axis=(1, 2))].all()
        spared.append(int((~found.exact).sum()))
    assert min(spared) > 50


def test_thousands_of_days_about_to_break_a_promise() -> None:
    days = random_days(4_000, seed=11)
    exact, comes = waits(days, p90=False).mean, days.comes
    shape = np.where(np.random.default_rng(3).random((4_000, 10, 1)) < 0.6, np.array([10.0, 15.0]), 5.0)
    used = (exact / shape).max(axis=(1, 2))
    days, exact, comes, shape, used = (
        days.rows(np.flatnonzero(used > 0.2)), *(part[used > 0.2] for part in (exact, comes, shape, used)),
    )  # fmt: skip
    promised = shape * (used * np.random.default_rng(4).uniform(0.9, 1.1, len(used)))[:, None, None]
    found = judged(days, promised, np.arange(len(used)))
    assert 800 < found.broken.any(axis=(1, 2)).sum() < len(used) - 800
    np.testing.assert_array_equal(found.broken, comes & (exact > promised))


@given(some_days(), st.sampled_from([2.0, 5.0, 10.0]), st.sampled_from([5.0, 15.0]), st.booleans())
@settings(max_examples=20)
def test_any_few_days(days: HallDays, premium: float, other: float, halls: bool) -> None:
    promised = np.broadcast_to(np.array([premium, other]), (*days.mean.shape, 2)).copy()
    same = (days.counters == days.counters[0]).all()
    alike = np.zeros(len(promised), np.int64) if same and halls else np.arange(len(promised))
    found = judged(days, promised, alike)
    np.testing.assert_array_equal(found.broken, days.comes & (waits(days, p90=False).mean > promised))


def test_no_broken_promise_is_below_the_doubt() -> None:
    """The worst of them has a margin: the figure is that of thousands of odd halls, any of which might be yours."""
    days = odd_halls(1_600, seed=9)
    exact, quick = waits(days, p90=False).mean * days.comes, wary(days, screened(days)) * days.comes
    lowest = []
    for seed in range(6):
        busy = np.random.default_rng(seed).random((*days.mean.shape, 1)) < 0.2 * seed
        promised = np.where(busy, np.array([10.0, 15.0]), 5.0)
        used = (exact / promised).max(axis=(1, 2))
        felt = used * promised.min(axis=(1, 2)) > 2
        lowest.append(float(((quick / promised).max(axis=(1, 2))[felt] / used[felt]).min()))
    assert min(lowest) > DOUBT + 0.05


@pytest.mark.parametrize("odd", [False, True])
def test_nobody_waits_longer_than_on_the_worst_day(odd: bool) -> None:
    days = with_campaigns(odd_halls(80, 5) if odd else random_days(80, 5), seed=6)
    worst = worst_of(days, np.arange(0, 80 * MEMBERS, MEMBERS))
    most = np.repeat(waits(worst, p90=False).mean, MEMBERS, axis=0)
    found = waits(days, p90=False).mean
    felt = days.comes & (found > 1)
    assert felt.sum() > 1_500
    assert (most[felt] > found[felt] * (SURE + 0.02)).all()


def test_the_worst_day_has_the_most_of_everything_and_no_more() -> None:
    one, other = hall([2], [4], [10], mean=4.0, scv=1.0), hall([2], [2], [13], mean=6.0, scv=0.0)
    both = HallDays(*(np.vstack(parts) for parts in zip(one, other, strict=True)))
    worst = worst_of(both, np.array([0]))
    assert worst.counters.tolist() == [[2]]
    assert (worst.premium[0, 0], worst.other[0, 0]) == (4, 13)
    people = 17
    work, effort = 15 * 6, max(14 * 16 * 2, 15 * 36)
    assert worst.mean[0, 0] == pytest.approx(work / people)
    assert worst.mean[0, 0] ** 2 * (1 + worst.scv[0, 0]) == pytest.approx(effort / people)
    assert worst.premium_mean[0, 0] == pytest.approx(max(4 * 4, 2 * 6) / 4)


def test_a_day_alone_is_its_own_worst_day() -> None:
    days = odd_halls(80, seed=3)
    worst = worst_of(days, np.arange(80))
    for mine, given_ in zip(worst, days, strict=True):
        np.testing.assert_allclose(mine, np.where(days.counters > 0, given_, mine), rtol=1e-12, atol=1e-12)


def test_order_and_company_of_days_change_nothing() -> None:
    usual = random_days(60, seed=21)
    days, alike = with_campaigns(usual, seed=22), np.repeat(np.arange(60), MEMBERS)
    promised = PROMISES.minutes(usual)[alike]
    whole = judged(days, promised, alike)
    assert whole.exact.any()
    assert not whole.exact.all()
    order = np.random.default_rng(1).permutation(len(alike))
    for part in (order, np.flatnonzero(alike % 3 == 1)):
        found = judged(days.rows(part), promised[part], alike[part] * 7)
        for mine, theirs in zip(found, whole, strict=True):
            np.testing.assert_array_equal(mine, theirs[part])
    some = np.flatnonzero(order % 2)
    np.testing.assert_array_equal(judged(days.rows(some), promised[some], alike[some]).broken, whole.broken[some])


def test_no_days_have_no_verdicts() -> None:
    days = random_days(2, seed=1).rows(np.array([], np.int64))
    found = judged(days, np.zeros((0, 10, 2)), np.array([], np.int64))
    assert [len(part) for part in found] == [0, 0, 0]
