"""The test and the interval by simulation and against slow oracles; what estimate and timings come to together by laws."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from math import log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from campaigncheck.handling.pert import Estimate, TimedStep, estimate, spread
from campaigncheck.handling.rehearsals import Odd, Rehearsed, combined, odd_timings, rehearsed, student, summary
from campaigncheck.spec.model import Trial

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], Floats]
LEVEL = 0.01
RUNS = 4000
EXPECTED = 3.0
"""The true mean of everything drawn here, in minutes."""

STEPS = (TimedStep(0.3, 0.5, 1.0), TimedStep(0.5, 1, 4), TimedStep(0.2, 0.3, 0.6, 2), TimedStep(0.5, 1, 2, share=0.6))


def lognormal(variation: float) -> Draw:
    spread = sqrt(log(1 + variation**2))
    return lambda chance, size: EXPECTED * chance.lognormal(-(spread**2) / 2, spread, size)


def gamma(chance: np.random.Generator, size: int) -> Floats:
    return EXPECTED * chance.gamma(4, 0.25, size)


def normal(chance: np.random.Generator, size: int) -> Floats:
    return chance.normal(EXPECTED, 0.6, size)


def trial(*seconds: float, hall: str = "sc-cd-001") -> Trial:
    return Trial.model_construct(hall=hall, on=date(2026, 11, 20), seconds=list(seconds))


def sample(minutes: Floats, halls: int = 1) -> Rehearsed:
    return summary({str(hall): [float(value) for value in minutes[hall::halls]] for hall in range(halls)})


@pytest.mark.parametrize(
    ("freedom", "median", "two_sided_95", "two_sided_99"),
    [(1, 0, 12.7062, 63.6567), (2, 0, 4.30265, 9.92484), (4, 0, 2.77645, 4.60409), (19, 0, 2.09302, 2.86093),
     (99, 0, 1.98422, 2.62641), (10_000, 0, 1.96020, 2.57632)],
)  # fmt: skip
def test_quantiles_of_t_are_those_of_the_tables(
    freedom: int, median: float, two_sided_95: float, two_sided_99: float
) -> None:
    found = [student(level, freedom) for level in (0.5, 0.975, 0.995)]
    assert found == pytest.approx([median, two_sided_95, two_sided_99], rel=2e-5, abs=1e-9)


@given(st.floats(0.5, 0.999), st.floats(1, 200))
def test_t_has_heavier_tails_than_the_normal_distribution(level: float, freedom: float) -> None:
    found = student(level, freedom)
    assert found >= NormalDist().inv_cdf(level) - 1e-6
    assert found >= student(level, freedom + 1) * (1 - 1e-6)


@pytest.mark.parametrize(
    ("draw", "size", "at_most"),
    [
        (normal, 20, 0.013), (normal, 100, 0.013),
        (lognormal(0.3), 20, 0.016), (lognormal(0.3), 50, 0.014), (lognormal(0.3), 100, 0.014),
        (lognormal(0.5), 20, 0.018), (lognormal(0.5), 50, 0.014), (lognormal(0.5), 100, 0.014),
        (gamma, 20, 0.015), (gamma, 50, 0.014), (gamma, 100, 0.014),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)  # fmt: skip
def test_false_alarms_are_about_one_in_a_hundred(draw: Draw, size: int, at_most: float) -> None:
    chance = np.random.default_rng(20270115)
    drawn = [sample(draw(chance, size)) for _ in range(RUNS)]
    alarms = sum(found.contradicts(EXPECTED, LEVEL) for found in drawn) / RUNS
    assert 0.005 <= alarms <= at_most


def test_what_student_would_say_too_often_of_skewed_times() -> None:
    """A sample without its rare long times looks fast and precise: t says so in 2 % of cases, where it should in 0.5 %."""
    chance = np.random.default_rng(20270115)
    drawn = [sample(lognormal(0.5)(chance, 20)) for _ in range(RUNS)]
    bound = student(1 - LEVEL / 2, 19)
    plainly = sum((found.mean - EXPECTED) / found.deviation * sqrt(20) < -bound for found in drawn) / RUNS
    corrected = sum(found.mean < EXPECTED and found.contradicts(EXPECTED, LEVEL) for found in drawn) / RUNS
    assert plainly > 0.018
    assert corrected < plainly * 0.65


@pytest.mark.parametrize(("draw", "size"), [(lognormal(0.3), 20), (lognormal(0.5), 40), (gamma, 30), (normal, 20)])
def test_the_interval_holds_the_true_mean_in_95_of_100_cases(draw: Draw, size: int) -> None:
    chance = np.random.default_rng(20270115)
    ends = [sample(draw(chance, size)).interval for _ in range(RUNS)]
    assert 0.935 <= sum(low <= EXPECTED <= high for low, high in ends) / RUNS <= 0.965


@pytest.mark.parametrize(("halls", "at_most"), [(3, 0.05), (5, 0.035), (10, 0.025)])
def test_halls_that_differ_are_no_independent_timings(halls: int, at_most: float) -> None:
    """Halls vary with an intraclass correlation of 0.2: as if independent, twice as many would be alarms."""
    chance = np.random.default_rng(20270115)
    elsewhere = here = 0
    for _ in range(RUNS // 2):
        minutes = lognormal(0.3)(chance, 30)
        for hall in range(halls):
            minutes[hall::halls] *= chance.normal(1, 0.15)
        found = sample(minutes, halls)
        elsewhere += found.contradicts(EXPECTED, LEVEL, elsewhere=True)
        here += found.contradicts(EXPECTED, LEVEL)
    assert elsewhere / (RUNS // 2) <= at_most
    assert here > 1.5 * elsewhere


def test_halls_that_are_alike_lose_little() -> None:
    chance = np.random.default_rng(20270115)
    found = [sample(lognormal(0.3)(chance, 24) * 1.4, 3) for _ in range(RUNS // 4)]
    sure = sum(item.contradicts(EXPECTED, LEVEL, elsewhere=True) for item in found) / len(found)
    assert sure >= 0.85
    assert all(2 <= item.worth <= 24 for item in found)


def by_flipping_signs(minutes: Floats, chance: np.random.Generator) -> float:
    """Return the chance of a mean this far off if times lie evenly around the expected one: a permutation test."""
    offs = minutes - EXPECTED
    flipped = chance.choice([-1.0, 1.0], (20_000, len(offs))) * offs
    return float(np.mean(np.abs(flipped.mean(axis=1)) >= abs(offs.mean()) - 1e-12))


def test_a_permutation_test_agrees_where_times_are_not_skewed() -> None:
    chance = np.random.default_rng(7)
    compared = 0
    for shift in np.repeat([0.0, 0.2, 0.4, 0.5, 0.8], 12):
        minutes = chance.normal(EXPECTED + shift, 0.6, 24)
        likely = by_flipping_signs(minutes, chance)
        if not 0.002 < likely < 0.04:
            assert sample(minutes).contradicts(EXPECTED, LEVEL) == (likely < LEVEL)
            compared += 1
    assert compared >= 45


def by_resampling(minutes: Floats, chance: np.random.Generator) -> tuple[float, float]:
    """Return the bootstrap-t interval of 95 %."""
    count, mean, deviation = len(minutes), minutes.mean(), minutes.std(ddof=1)
    drawn = chance.choice(minutes, (20_000, count))
    scores = (drawn.mean(axis=1) - mean) / (drawn.std(axis=1, ddof=1) / sqrt(count))
    low, high = np.quantile(scores, [0.025, 0.975])
    return float(mean - high * deviation / sqrt(count)), float(mean - low * deviation / sqrt(count))


@pytest.mark.parametrize("draw", [lognormal(0.3), lognormal(0.6), gamma])
def test_the_bootstrap_has_nearly_the_same_interval(draw: Draw) -> None:
    chance = np.random.default_rng(11)
    for _ in range(10):
        minutes = draw(chance, 40)
        width = 2 * 1.96 * float(minutes.std(ddof=1)) / sqrt(40)
        assert sample(minutes).interval == pytest.approx(by_resampling(minutes, chance), abs=0.12 * width)


minutes_drawn = st.lists(st.floats(0.5, 30), min_size=2, max_size=40)


@given(minutes_drawn, st.floats(0.5, 30))
def test_test_and_interval_say_the_same(minutes: list[float], expected: float) -> None:
    found = summary({"a": minutes})
    low, high = found.interval
    inside = low * (1 + 1e-6) < expected < high * (1 - 1e-6)
    outside = not low * (1 - 1e-6) < expected < high * (1 + 1e-6)
    assert not (inside and found.contradicts(expected, 0.05))
    assert not (outside and not found.contradicts(expected, 0.05))


halls_drawn = st.dictionaries(st.sampled_from("abcd"), st.lists(st.floats(0.5, 30), min_size=1, max_size=8), min_size=1)


@given(halls_drawn, st.randoms(use_true_random=False))
def test_the_order_of_rehearsals_changes_no_digit(halls: dict[str, list[float]], chance: random.Random) -> None:
    trials = [trial(value * 60, hall=hall) for hall, values in halls.items() for value in values]
    shuffled = chance.sample(trials, len(trials))
    found = rehearsed(trials)
    assert found == rehearsed(shuffled)
    assert found is not None
    assert found.timed == len(trials)
    assert min(2, len(trials)) <= found.worth <= max(2, len(trials))


def test_nothing_timed_says_nothing_and_one_timing_little() -> None:
    assert rehearsed([]) is None
    found = rehearsed([trial(240)])
    assert found is not None
    assert (found.timed, found.mean, found.interval) == (1, 4.0, (0.0, float("inf")))
    assert not found.contradicts(1.0, LEVEL)


def test_two_halls_with_nothing_in_common_are_worth_two_timings() -> None:
    assert summary({"a": [3.0] * 10, "b": [6.0] * 10}).worth == pytest.approx(2)
    assert summary({"a": [3.0, 6.0] * 5, "b": [3.0, 6.0] * 5}).worth == 20
    assert summary({"a": [3.0], "b": [6.0]}).worth == 2


@pytest.mark.parametrize(
    ("seconds", "odd"),
    [
        ([180, 200, 190, 1850, 210], [Odd(0, 3, 1850, 185.0)]),
        ([180, 200, 190, 19, 210], [Odd(0, 3, 19, 190.0)]),
        ([180, 200, 190, 3, 210], [Odd(0, 3, 3, 180.0)]),
        ([180, 200, 190, 900, 210], [Odd(0, 3, 900, None)]),
        ([180, 200, 190, 500, 210], []),
        ([180, 1850, 190], []),
        ([180, 1850, 190, 1900, 200, 210], []),
        ([180, 180, 180, 180, 190], []),
    ],
    ids=["digit too many", "digit too few", "minutes", "no slip", "only long", "too few to tell", "two kinds", "alike"],
)
def test_a_timing_far_from_all_others_is_odd(seconds: list[float], odd: list[Odd]) -> None:
    assert odd_timings([trial(*seconds)]) == odd


def test_odd_timings_are_told_by_their_place_and_can_be_left_out() -> None:
    trials = [trial(180, 200, 190), trial(210, 1850, hall="b")]
    odd = odd_timings(trials)
    assert odd == [Odd(1, 1, 1850, 185.0)]
    found = rehearsed(trials, odd)
    assert found is not None
    assert (found.timed, found.halls) == (4, {"sc-cd-001": pytest.approx(190 / 60), "b": 3.5})


def _step(hundredths: list[int], times: int, share: float) -> TimedStep:
    low, likely, high = (part / 100 for part in hundredths)
    return TimedStep(low, likely, high, times, share)


steps_drawn = st.lists(
    st.builds(
        lambda times, often, share: _step(sorted(times), often, share),
        st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)),
        st.sampled_from([1, 1, 2, 5]),
        st.sampled_from([1.0, 1.0, 0.6, 0.3, 0.05]),
    ),
    min_size=1,
    max_size=5,
).map(tuple)
timings_drawn = st.lists(st.floats(0.05, 60), min_size=1, max_size=60)
priors = st.floats(0.5, 100)


def both(steps: tuple[TimedStep, ...], minutes: list[float], prior: float) -> Estimate:
    return combined(estimate(steps), spread(steps), minutes, prior)


@given(steps_drawn, priors)
def test_without_rehearsals_it_is_the_estimate(steps: tuple[TimedStep, ...], prior: float) -> None:
    assert both(steps, [], prior) == estimate(steps)


@given(steps_drawn, timings_drawn, priors)
@settings(max_examples=60)
def test_both_together_lie_between_the_two(steps: tuple[TimedStep, ...], minutes: list[float], prior: float) -> None:
    found, plain = both(steps, minutes, prior), estimate(steps)
    measured = [float(np.mean(minutes)), *np.quantile(minutes, [0.5, 0.8, 0.9], method="inverted_cdf")]
    together = (found.mean, found.p50, found.p80, found.p90)
    slack = 1e-6 + 0.02 * plain.mean
    for value, one, other in zip(together, (plain.mean, plain.p50, plain.p80, plain.p90), measured, strict=True):
        assert min(one, other) - slack <= value <= max(one, other) + slack


@given(steps_drawn, timings_drawn, priors)
@settings(max_examples=60)
def test_mean_and_deviation_are_those_of_the_mixture(
    steps: tuple[TimedStep, ...], minutes: list[float], prior: float
) -> None:
    found, plain = both(steps, minutes, prior), estimate(steps)
    weight = prior / (prior + len(minutes))
    mean = weight * plain.mean + (1 - weight) * float(np.mean(minutes))
    square = weight * (plain.deviation**2 + plain.mean**2) + (1 - weight) * float(np.mean(np.square(minutes)))
    assert found.mean == pytest.approx(mean, rel=1e-9)
    assert found.deviation == pytest.approx(sqrt(max(0.0, square - mean**2)), rel=1e-6, abs=1e-5)


@given(steps_drawn, timings_drawn, priors)
@settings(max_examples=60)
def test_percentiles_have_the_right_share_below_them(
    steps: tuple[TimedStep, ...], minutes: list[float], prior: float
) -> None:
    found, rising = both(steps, minutes, prior), spread(steps)
    edges = (np.arange(len(rising.cumulative)) - 0.5) * rising.width
    weight = prior / (prior + len(minutes))
    for level, value in ((0.5, found.p50), (0.8, found.p80), (0.9, found.p90)):
        below, up_to = value * (1 - 1e-9) - 1e-9, value * (1 + 1e-9) + 1e-9
        least, most = (weight * float(np.interp(at, edges, rising.cumulative)) for at in (below, up_to))
        least += (1 - weight) * sum(item < below for item in minutes) / len(minutes)
        most += (1 - weight) * sum(item <= up_to for item in minutes) / len(minutes)
        assert least <= level + 1e-6
        assert most >= level - 1e-6 or value == 0


@given(steps_drawn, timings_drawn, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_timings_does_not_matter(
    steps: tuple[TimedStep, ...], minutes: list[float], chance: random.Random
) -> None:
    assert both(steps, chance.sample(minutes, len(minutes)), 10) == both(steps, minutes, 10)


def test_the_more_is_measured_the_more_it_counts() -> None:
    """The same eleven timings, over and over: what is left of the estimate is the prior's share of all of them."""
    few = [float(value) for value in np.random.default_rng(3).lognormal(log(6), 0.3, 11)]
    plain, measured = estimate(STEPS), float(np.mean(few))
    for times in (1, 2, 10, 100):
        found = both(STEPS, few * times, 11)
        assert (found.mean - measured) / (plain.mean - measured) == pytest.approx(1 / (1 + times))
    many = both(STEPS, few * 1000, 11)
    quantiles = [float(value) for value in np.quantile(few, [0.5, 0.8, 0.9], method="inverted_cdf")]
    assert many.mean == pytest.approx(measured, rel=0.001)
    assert [many.p50, many.p80, many.p90] == quantiles


def test_figures_worked_out_by_hand() -> None:
    """An estimate of exactly 3 minutes counts as ten timings beside ten of 5 minutes and ten of 6."""
    fixed = (TimedStep(3, 3, 3),)
    found = combined(estimate(fixed), spread(fixed), [5.0] * 10 + [6.0] * 10, 10)
    assert found.mean == pytest.approx(14 / 3)
    assert found.deviation == pytest.approx(sqrt((9 + 25 + 36) / 3 - (14 / 3) ** 2))
    assert (found.p50, found.p80, found.p90) == (5.0, 6.0, 6.0)
