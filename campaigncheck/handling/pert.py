"""The distribution of a sum of counter steps, by numerical convolution.

A step takes a PERT time (Malcolm, Roseboom, Clark, Fazar 1959; beta form as in Vose, *Risk Analysis*,
2008, ch. 11): a beta distribution on [low, high] with shape ``a = 1 + 4 (likely - low) / (high - low)``,
``b = 6 - a``. Its mean is ``(low + 4 likely + high) / 6`` and its exact variance
``(mean - low) (high - mean) / 7``. ``share`` is drawn once; if the step happens, ``times`` independent
draws add up. Steps are independent.

The probability of each step is laid on an even grid so that its mean is kept exactly; the transforms
are multiplied and transformed back (convolution theorem). There is no sampling.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

POINTS = 1024
"""Grid points of a first try; doubled until the step of the grid is fine enough."""

FINENESS = 100
"""The grid is finer than the mean divided by this, which keeps percentiles within half a percent."""

MAX_POINTS = 1 << 17
_NO_TIME = 1e-9
_CELLS = 128
"""Cells over which a step's density is integrated before it is laid on the grid."""


class TimedStep(NamedTuple):
    """A step with its times in minutes."""

    low: float
    likely: float
    high: float
    times: int = 1
    share: float = 1.0


class Estimate(NamedTuple):
    """Handling time in minutes: mean, standard deviation and percentiles of one transaction."""

    mean: float
    deviation: float
    p50: float
    p80: float
    p90: float


class Spread(NamedTuple):
    """A distribution that rises evenly within each of its cells.

    Attributes:
        width: of a cell, in minutes; the first begins half a width before 0.
        cumulative: the probability of less than each edge of a cell.
    """

    width: float
    cumulative: array[float]

    def below(self, minutes: float) -> float:
        """Return the probability of less than some minutes."""
        cell, part = divmod(minutes / self.width + 0.5, 1.0)
        if cell < 0 or cell >= len(self.cumulative) - 1:
            return 0.0 if cell < 0 else 1.0
        low, high = self.cumulative[int(cell)], self.cumulative[int(cell) + 1]
        return low + part * (high - low)

    def at(self, probability: float) -> float:
        """Return the minutes that so much of it is below; of several the least."""
        index = bisect_left(self.cumulative, probability, 1, len(self.cumulative) - 1)
        low, high = self.cumulative[index - 1], self.cumulative[index]
        return max(0.0, (index - 1.5 + (probability - low) / (high - low)) * self.width)


@lru_cache(maxsize=1 << 12)
def step_mean(step: TimedStep) -> float:
    """Return the mean minutes that a step adds to a transaction."""
    return step.share * step.times * (step.low + 4 * step.likely + step.high) / 6


def step_variance(step: TimedStep) -> float:
    """Return the variance that a step adds: of a sum that happens with probability ``share``."""
    once = (step.low + 4 * step.likely + step.high) / 6
    spread = (once - step.low) * (step.high - once) / 7
    total = once * step.times
    return step.share * (step.times * spread + total * total) - (step.share * total) ** 2


@lru_cache(maxsize=1 << 14)
def estimate(steps: tuple[TimedStep, ...]) -> Estimate:
    """Return the handling time of a transaction of independent steps.

    Steps are tuples (low, likely, high, times, share) in minutes with ``low <= likely <= high``; the
    order does not matter. Without steps, or when all take no time, everything is 0.
    """
    steps = tuple(step for step in steps if step.share > 0)
    density, width = _density(steps)
    if not len(density):
        return Estimate(0.0, 0.0, 0.0, 0.0, 0.0)
    p50, p80, p90 = _quantiles(density, width, (0.5, 0.8, 0.9))
    deviation = float(np.sqrt(max(0.0, sum(map(step_variance, steps)))))
    return Estimate(sum(map(step_mean, steps)), deviation, p50, p80, p90)


@lru_cache(maxsize=1 << 9)
def spread(steps: tuple[TimedStep, ...]) -> Spread:
    """Return the distribution of which :func:`estimate` tells the figures."""
    density, width = _density(tuple(step for step in steps if step.share > 0))
    if not len(density):
        return Spread(_NO_TIME, array("d", (0.0, 1.0)))
    cumulative = np.maximum.accumulate(np.concatenate(([0.0], np.cumsum(density))))
    return Spread(width, array("d", (cumulative / cumulative[-1]).tobytes()))


def _density(steps: tuple[TimedStep, ...]) -> tuple[Floats, float]:
    """Return the mass at each point of a grid, and its width; no points if nothing takes any time."""
    mean = sum(map(step_mean, steps))
    longest = sum(step.high * step.times for step in steps)
    if longest <= 0 or mean <= 0:
        return np.zeros(0), 0.0
    points, width = _grid(mean, longest)
    spectrum = np.ones(points // 2 + 1, dtype=np.complex128)
    for step in steps:
        spectrum = spectrum * _spectrum(step, points, width)
    return np.fft.irfft(spectrum, points), width


def _grid(mean: float, longest: float) -> tuple[int, float]:
    """Choose points and width: a power of two in both, so that campaigns share their steps' transforms."""
    points = POINTS
    width = 2.0 ** np.ceil(np.log2(longest * 1.01 / (points - 2)))
    while width > mean / FINENESS and points < MAX_POINTS:
        points, width = points * 2, width / 2
    return points, float(width)


@lru_cache(maxsize=1 << 12)
def _spectrum(step: TimedStep, points: int, width: float) -> NDArray[np.complex128]:
    single = np.fft.rfft(_mass(step.low, step.likely, step.high, points, width))
    return np.asarray(1.0 - step.share + step.share * single**step.times, dtype=np.complex128)


def _mass(low: float, likely: float, high: float, points: int, width: float) -> Floats:
    """Lay a PERT distribution on the grid; each piece is split between its two neighbours by distance."""
    if high == low:
        centres, weights = np.array([likely]), np.array([1.0])
    else:
        a = 1 + 4 * (likely - low) / (high - low)
        edges = np.linspace(0.0, 1.0, _CELLS + 1)
        middle = (edges[:-1] + edges[1:]) / 2
        weights = middle ** (a - 1) * (1 - middle) ** (5 - a)
        weights /= weights.sum()
        centres = low + (high - low) * middle
        centres += (low + 4 * likely + high) / 6 - float(weights @ centres)
    place = np.clip(centres / width, 0, points - 2)
    left = place.astype(np.int64)
    right_part = (place - left) * weights
    mass = np.bincount(left, weights - right_part, points)
    mass += np.bincount(left + 1, right_part, points)
    return np.asarray(mass, dtype=np.float64)


def _quantiles(density: Floats, width: float, levels: tuple[float, ...]) -> list[float]:
    """Read quantiles off the distribution, each point's mass spread over the cell around it."""
    cumulative = np.cumsum(density)
    cumulative /= cumulative[-1]
    found = []
    for level in levels:
        index = int(np.searchsorted(cumulative, level))
        below = float(cumulative[index - 1]) if index else 0.0
        here = float(cumulative[index]) - below
        found.append(max(0.0, (index - 0.5 + (level - below) / here) * width))
    return found
