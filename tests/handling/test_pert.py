"""The sum of counter steps against closed forms and against drawing 400,000 transactions."""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from numpy.typing import NDArray

from campaigncheck.handling.pert import Estimate, TimedStep, estimate, step_mean, step_variance

DRAWS = 400_000
RIGHT_TO = 0.01
"""The contract: mean and percentiles of the sum are right to 1 %."""

CATALOGUE = [
    TimedStep(0.3, 0.5, 1.0), TimedStep(0.2, 0.4, 0.8), TimedStep(0.5, 1.0, 2.0), TimedStep(0.5, 1.5, 4.0),
    TimedStep(0.2, 0.3, 0.6), TimedStep(0.1, 0.2, 0.4), TimedStep(0.3, 0.5, 1.0), TimedStep(0.2, 0.3, 0.8),
    TimedStep(0.5, 1.0, 2.0), TimedStep(0.5, 1.0, 2.0), TimedStep(0.3, 0.6, 1.5), TimedStep(0.1, 0.2, 0.4),
]  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """Drawn transactions, in order of length."""

    minutes: NDArray[np.float64]

    def bracket(self, level: float) -> tuple[float, float]:
        """Return two drawn lengths between which a percentile lies but for one case in 10,000."""
        error = 4 * sqrt(level * (1 - level) / len(self.minutes))
        low, high = np.quantile(self.minutes, [level - error, level + error])
        return float(low), float(high)


def draw(steps: list[TimedStep], size: int = DRAWS, seed: int = 20270115) -> Sample:
    """Draw transactions: each step happens or not, and if so takes ``times`` independent beta times."""
    chance = np.random.default_rng(seed)
    total = np.zeros(size)
    for step in steps:
        happens = chance.random(size) < step.share
        for _ in range(step.times):
            total += happens * _pert(chance, step, size)
    return Sample(np.sort(total))


def _pert(chance: np.random.Generator, step: TimedStep, size: int) -> NDArray[np.float64]:
    spread = step.high - step.low
    if spread == 0:
        return np.full(size, step.low)
    a = 1 + 4 * (step.likely - step.low) / spread
    return step.low + spread * chance.beta(a, 6 - a, size)


def percentiles(found: Estimate) -> list[tuple[float, float]]:
    return [(0.5, found.p50), (0.8, found.p80), (0.9, found.p90)]


def assert_right(found: Estimate, sample: Sample) -> None:
    """Compare with a sample: 1 %, and where a percentile is 0 or a jump, 1 % of the mean."""
    slack = RIGHT_TO * found.mean
    error = 5 * float(sample.minutes.std()) / sqrt(len(sample.minutes))
    assert abs(found.mean - float(sample.minutes.mean())) <= slack + error
    for level, value in percentiles(found):
        low, high = sample.bracket(level)
        assert min(low * (1 - RIGHT_TO), low - slack) <= value <= max(high * (1 + RIGHT_TO), high + slack), level


@pytest.mark.parametrize(
    "steps",
    [
        CATALOGUE[:1],
        CATALOGUE[:3],
        CATALOGUE,
        [
            TimedStep(0.3, 0.5, 1.0),
            TimedStep(1, 1.5, 3),
            TimedStep(0.2, 0.3, 0.6, times=3),
            TimedStep(0.5, 1, 2, share=0.6),
        ],
        [TimedStep(0, 0, 10), TimedStep(0, 10, 10)],
        [TimedStep(0.1, 0.1, 240)],
        [TimedStep(0.1, 0.2, 0.4), TimedStep(0, 1, 240, share=0.02)],
        [TimedStep(1, 2, 4, times=20)],
        [TimedStep(2, 2, 2), TimedStep(1, 1, 1, share=0.5), TimedStep(0.5, 0.6, 0.7, share=0.5, times=2)],
    ],
    ids=["one", "three", "all", "contract", "extremes", "skewed", "rare and long", "twenty times", "fixed"],
)
def test_drawn_transactions_agree(steps: list[TimedStep]) -> None:
    assert_right(estimate(tuple(steps)), draw(steps))


@st.composite
def steps_drawn(draw: DrawFn) -> list[TimedStep]:
    minutes = st.sampled_from([0, 50, 100]) | st.integers(0, 500) | st.integers(0, 24_000)
    found = []
    for _ in range(draw(st.integers(1, 6))):
        low, likely, high = sorted(part / 100 for part in draw(st.tuples(minutes, minutes, minutes)))
        share = draw(st.sampled_from([1.0, 1.0, 0.6, 0.3, 0.05, 0.0]))
        found.append(TimedStep(low, likely, high, draw(st.sampled_from([1, 1, 2, 5])), share))
    return found


@given(steps_drawn())
@settings(max_examples=60)
def test_any_steps_agree_with_drawn_transactions(steps: list[TimedStep]) -> None:
    assert_right(estimate(tuple(steps)), draw(steps, size=40_000))


@given(steps_drawn())
def test_mean_and_deviation_are_those_of_the_beta_distribution(steps: list[TimedStep]) -> None:
    mean = variance = 0.0
    for low, likely, high, times, share in steps:
        a = 1 + 4 * (likely - low) / (high - low) if high > low else 1.0
        once = low + (high - low) * a / 6
        spread = (high - low) ** 2 * a * (6 - a) / (36 * 7)
        mean += share * times * once
        second = times * spread + (times * once) ** 2
        variance += share * second - (share * times * once) ** 2
    found = estimate(tuple(steps))
    assert found.mean == pytest.approx(mean, rel=1e-9, abs=1e-12)
    assert found.deviation == pytest.approx(sqrt(max(0.0, variance)), rel=1e-6, abs=1e-6)
    assert sum(map(step_mean, steps)) == pytest.approx(mean, rel=1e-9, abs=1e-12)
    assert sum(map(step_variance, steps)) == pytest.approx(variance, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.5, 3), (10, 240)])
def test_a_single_step_has_the_percentiles_of_its_closed_form(low: float, high: float, level: float) -> None:
    """Beta(1, 5), beta(5, 1) and beta(3, 3) have distribution functions that can be inverted by hand."""
    at_low, at_high = 1 - (1 - level) ** (1 / 5), level ** (1 / 5)
    middle = _invert(lambda x: x**3 * (10 - 15 * x + 6 * x * x), level)
    for likely, share in ((low, at_low), (high, at_high), ((low + high) / 2, middle)):
        found = dict(percentiles(estimate((TimedStep(low, likely, high),))))
        assert found[level] == pytest.approx(low + (high - low) * share, rel=RIGHT_TO)


def _invert(rising: object, level: float) -> float:
    assert callable(rising)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return low


@given(steps_drawn(), st.randoms(use_true_random=False))
def test_the_order_of_steps_does_not_matter(steps: list[TimedStep], chance: random.Random) -> None:
    shuffled = estimate(tuple(chance.sample(steps, len(steps))))
    assert shuffled == pytest.approx(estimate(tuple(steps)), rel=1e-9, abs=1e-9)


@given(steps_drawn(), st.floats(0, 3))
@example([TimedStep(0, 0.25, 0.5), TimedStep(0, 0, 240, share=0.05)], 0.5)
def test_longer_steps_take_longer(steps: list[TimedStep], more: float) -> None:
    first = steps[0]._replace(low=steps[0].low + more, likely=steps[0].likely + more, high=steps[0].high + more)
    shorter, longer = estimate(tuple(steps)), estimate((first, *steps[1:]))
    slack = RIGHT_TO * longer.mean
    assert longer.mean >= shorter.mean
    for (_, before), (_, after) in zip(percentiles(shorter), percentiles(longer), strict=True):
        assert after >= before * (1 - RIGHT_TO) - slack


@given(steps_drawn())
def test_percentiles_are_in_order_and_within_what_is_possible(steps: list[TimedStep]) -> None:
    found = estimate(tuple(steps))
    longest = sum(step.high * step.times for step in steps if step.share)
    shortest = sum(step.low * step.times for step in steps if step.share == 1)
    slack = RIGHT_TO * found.mean
    assert shortest - slack <= found.p50 <= found.p80 <= found.p90 <= longest + slack
    assert min(found) >= 0


@given(steps_drawn(), st.tuples(st.floats(0, 240), st.floats(0, 240), st.floats(0, 240)))
def test_a_step_that_never_happens_does_not_count(steps: list[TimedStep], minutes: tuple[float, float, float]) -> None:
    low, likely, high = sorted(minutes)
    assume(any(step.share for step in steps))
    without, never = estimate(tuple(steps)), estimate((*steps, TimedStep(low, likely, high, 3, 0.0)))
    assert (never.mean, never.deviation) == pytest.approx((without.mean, without.deviation))
    for (_, before), (_, after) in zip(percentiles(without), percentiles(never), strict=True):
        assert after == pytest.approx(before, rel=RIGHT_TO, abs=RIGHT_TO * without.mean)


def test_no_steps_and_no_minutes_take_no_time() -> None:
    nothing = Estimate(0.0, 0.0, 0.0, 0.0, 0.0)
    assert estimate(()) == estimate((TimedStep(0, 0, 0),)) == estimate((TimedStep(1, 2, 3, share=0),)) == nothing


@pytest.mark.parametrize("minutes", [0.1, 1, 3, 240])
def test_fixed_times_add_up(minutes: float) -> None:
    found = estimate((TimedStep(minutes, minutes, minutes), TimedStep(minutes, minutes, minutes, times=2)))
    assert found == pytest.approx(
        Estimate(3 * minutes, 0, 3 * minutes, 3 * minutes, 3 * minutes), rel=RIGHT_TO, abs=1e-9
    )


def test_the_same_steps_give_the_same_figures() -> None:
    first = estimate(tuple(CATALOGUE))
    estimate.cache_clear()
    assert estimate(tuple(CATALOGUE)) == first
