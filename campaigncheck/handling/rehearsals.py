"""What timed rehearsals say: their mean with an interval, whether it contradicts the estimate, and both together.

**Test.** Handling times are positive and skewed, so Student's t rejects a true mean too often: a few long transactions
that happen to be missing make a sample look both fast and precise. A t of logarithms would ask about the median. Hall's
transformation (P. Hall, *On the removal of skewness by transformation*, JRSS B 54, 1992) takes the skewness out of t and
can be inverted, so that test and interval say the same::

    T = √n (w + g w²/3 + g² w³/27 + g/(6n)),    w = (mean - expected) / deviation,    g = skewness

T is compared with Student's t. The test is about the halls where it was timed. Timings of one hall are alike (the same
clerks, the same computers), so they say less about other halls: of several halls the intraclass correlation (analysis of
variance) tells how alike, and in the interval n is the number of independent timings that they are worth (Kish, *Survey
Sampling*, 1965).

**Both together.** The estimate counts as so many timings (a figure of the policy), and the distribution of handling time is
the mixture ``(prior × estimate + n × measured) / (prior + n)``: what is to be expected of the next customer if one starts
from the estimate and learns from timings one by one (the Dirichlet process of Ferguson, *Ann. Statist.* 1, 1973). So its
mean and each percentile lie between the estimated and the measured one, and move to the measured one as timings accumulate.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import cbrt, exp, fsum, log, sqrt
from statistics import median
from typing import NamedTuple

import numpy as np

from campaigncheck.handling.pert import Estimate, Spread
from campaigncheck.spec.model import Trial

CONFIDENCE = 0.95
_MINUTE = 60.0
_ROUNDING = 5 / sqrt(12) / _MINUTE
"""No timing is closer than this: stopwatches are read to about five seconds, whatever is written down."""

_CELLS = 1 << 14
_FEWEST_TO_BE_ODD = 4
_ODD_FACTOR, _ODD_DEVIATIONS = log(3.0), 5.0
_LEAST_SPREAD = 0.1
"""Times differ by a tenth at least: with all the others alike, one that is a little off is not odd."""


class Rehearsed(NamedTuple):
    """What rehearsals measured, in minutes.

    Attributes:
        timed: how many transactions were timed.
        worth: how many independent timings they are worth.
        mean: their mean.
        deviation: their standard deviation.
        skewness: how much longer the long ones are than the short ones are short.
        halls: the mean in each hall, in the order of their names.
    """

    timed: int
    worth: float
    mean: float
    deviation: float
    skewness: float
    halls: Mapping[str, float]

    @property
    def interval(self) -> tuple[float, float]:
        """The interval that holds the mean of all halls with a confidence of 95 %; without end for a single timing."""
        if self.timed < 2:
            return 0.0, float("inf")
        high = student((1 + CONFIDENCE) / 2, self.worth - 1)
        return max(0.0, self._mean_at(high)), max(0.0, self._mean_at(-high))

    def contradicts(self, expected: float, level: float, elsewhere: bool = False) -> bool:
        """Whether the true mean differs from the one expected, at a level of significance such as 0.01.

        Either that of the halls where it was timed, or that of all halls, of which these are a sample.
        """
        count = self.worth if elsewhere else self.timed
        return count > 1 and abs(self._score(expected, count)) > student(1 - level / 2, count - 1)

    def _score(self, expected: float, count: float) -> float:
        """Return Hall's T; more than 0 if it took longer than expected."""
        w, g = (self.mean - expected) / self.deviation, self.skewness
        return sqrt(count) * (w + g * w**2 / 3 + g**2 * w**3 / 27 + g / (6 * count))

    def _mean_at(self, score: float) -> float:
        """Return the mean whose T is ``score``."""
        t, g = score / sqrt(self.worth), self.skewness
        w = t if abs(g) < 1e-6 else 3 * (cbrt(1 + g * (t - g / (6 * self.worth))) - 1) / g
        return self.mean - w * self.deviation


class Odd(NamedTuple):
    """A timing that cannot be right beside the others: the number of its trial and its own there, its seconds.

    ``meant`` are the seconds that may have been meant, if a slip explains it: a digit, or minutes for seconds.
    """

    trial: int
    number: int
    seconds: float
    meant: float | None


def rehearsed(trials: Iterable[Trial], without: Iterable[Odd] = ()) -> Rehearsed | None:
    """Return what trials measured, some timings left out if asked to; None if nothing was timed."""
    left_out = {(odd.trial, odd.number) for odd in without}
    halls: dict[str, list[float]] = {}
    for position, trial in enumerate(trials):
        kept = [value / _MINUTE for index, value in enumerate(trial.seconds) if (position, index) not in left_out]
        if kept:
            halls.setdefault(trial.hall, []).extend(kept)
    return summary(halls) if halls else None


def summary(halls: Mapping[str, Sequence[float]]) -> Rehearsed:
    """Return what the timings of halls, in minutes, come to; their order does not change a digit."""
    values = [value for hall in halls.values() for value in hall]
    count = len(values)
    mean = fsum(values) / count
    squares = fsum([(value - mean) ** 2 for value in values])
    deviation = max(sqrt(squares / (count - 1)) if count > 1 else 0.0, _ROUNDING)
    return Rehearsed(
        timed=count,
        worth=_worth(halls, count, mean),
        mean=mean,
        deviation=deviation,
        skewness=_skewness(values, mean, squares),
        halls={hall: fsum(halls[hall]) / len(halls[hall]) for hall in sorted(halls)},
    )


def _skewness(values: Sequence[float], mean: float, squares: float) -> float:
    """Return the sample skewness, adjusted for the size of the sample; 0 where the times are all but the same."""
    count = len(values)
    if count < 3 or squares / count < _ROUNDING**2:
        return 0.0
    third = fsum([(value - mean) ** 3 for value in values]) / count
    return float(third / (squares / count) ** 1.5 * sqrt(count * (count - 1)) / (count - 2))


def _worth(halls: Mapping[str, Sequence[float]], count: int, mean: float) -> float:
    """Return how many independent timings there are, given how alike those of one hall are; two at least.

    It is an estimate itself: a tenth is more than is known of it.
    """
    groups = len(halls)
    if groups < 2 or count == groups:
        return float(count)
    means = [fsum(values) / len(values) for values in halls.values()]
    inside = fsum((value - own) ** 2 for values, own in zip(halls.values(), means, strict=True) for value in values) / (
        count - groups
    )
    between = fsum(len(values) * (own - mean) ** 2 for values, own in zip(halls.values(), means, strict=True)) / (
        groups - 1
    )
    alike = sum(len(values) ** 2 for values in halls.values()) / count
    size = (count - alike) / (groups - 1)
    whole = between + (size - 1) * inside
    correlation = max(0.0, (between - inside) / whole) if whole > 0 else 0.0
    return max(2.0, round(count / (1 + (alike - 1) * correlation), 1))


@lru_cache(maxsize=1 << 10)
def student(level: float, freedom: float) -> float:
    """Return a quantile of Student's t distribution, for a level from 0.5 on, right to five digits.

    With t = √f tan θ the density of θ is cos(θ) to the power f - 1, which is summed. (scipy knows it as ``stdtrit``, and
    takes longer to load than everything else.)
    """
    freedom = max(1.0, freedom)
    width = np.pi / 2 / _CELLS
    edges = np.arange(_CELLS + 1) * width
    mass = np.cumsum(np.cos(edges[:-1] + width / 2) ** (freedom - 1))
    angle = np.interp(2 * level - 1, np.concatenate(([0.0], mass / mass[-1])), edges)
    return float(sqrt(freedom) * np.tan(angle))


def odd_timings(trials: Sequence[Trial]) -> list[Odd]:
    """Return the timings that are far from all others: three times as long or short, and five robust deviations off.

    More than one in ten are no slips, but another kind of transaction.
    """
    values = [value for trial in trials for value in trial.seconds]
    if len(values) < _FEWEST_TO_BE_ODD:
        return []
    logs = [log(value) for value in values]
    middle = median(logs)
    spread = max(1.4826 * median([abs(value - middle) for value in logs]), _LEAST_SPREAD)
    bound = max(_ODD_FACTOR, _ODD_DEVIATIONS * spread)
    if max(logs) - middle <= bound and middle - min(logs) <= bound:
        return []
    found = [
        Odd(position, index, value, _meant(value, exp(middle)))
        for position, trial in enumerate(trials)
        for index, value in enumerate(trial.seconds)
        if abs(log(value) - middle) > bound
    ]
    return found if len(found) <= max(1, len(values) // 10) else []


def _meant(seconds: float, usual: float) -> float | None:
    """Return the usual time that a slip may have made this of: a digit too many or too few, minutes for seconds."""
    close = [seconds * factor for factor in (0.1, 10.0, _MINUTE) if 0.6 < seconds * factor / usual < 1.6]
    return min(close, key=lambda value: abs(log(value / usual)), default=None)


def combined(estimate: Estimate, spread: Spread, minutes: Iterable[float], prior: float) -> Estimate:
    """Return the estimate and timings together; the estimate alone if nothing was timed.

    Args:
        estimate: the estimate of the steps.
        spread: its distribution.
        minutes: the timings.
        prior: how many timings the estimate counts for.
    """
    values = sorted(minutes)
    if not values:
        return estimate
    weight = prior / (prior + len(values))
    mean = weight * estimate.mean + (1 - weight) * fsum(values) / len(values)
    second = fsum([(value - mean) ** 2 for value in values]) / len(values)
    variance = weight * (estimate.deviation**2 + (estimate.mean - mean) ** 2) + (1 - weight) * second
    p50, p80, p90 = (_percentile(spread, values, weight, level) for level in (0.5, 0.8, 0.9))
    return Estimate(mean, sqrt(variance), p50, p80, p90)


_ROUNDED = 1e-12


def _percentile(spread: Spread, values: list[float], weight: float, level: float) -> float:
    """Read a percentile off the mixture, which jumps at the timings (sorted) and rises with the estimate between them."""
    share = (1 - weight) / len(values)

    def up_to(value: float) -> float:
        return weight * spread.below(value) + share * bisect_right(values, value)

    reached = bisect_left(values, level - _ROUNDED, key=up_to)
    if reached < len(values):
        value = values[reached]
        if weight * spread.below(value) + share * bisect_left(values, value) <= level:
            return value
    return spread.at((level - share * reached) / weight)
