"""What the picture of a handling time shows, as figures: how likely each length of a transaction is, and its steps end to end.

The probability is that of the distribution of which mean and percentiles are told, estimate and timings together
(:mod:`campaigncheck.handling.rehearsals`), cell by cell on a small even grid. Nothing is worked out before a picture is drawn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from campaigncheck.handling.costs import StepCost
from campaigncheck.handling.counter import CounterTime
from campaigncheck.handling.pert import Estimate, Spread, spread
from campaigncheck.handling.plan import PlannedStep

CELLS = 40
"""Cells of the grid: as many as a line of text has room for."""

_NEARLY_ALL = 0.999
_LONGEST = 2.0
"""The grid ends at so many times the 90th percentile (or the mean) at the latest: a single timing that lasted an hour must not
press all others into a corner."""
_ROOM = 1.04


class Part(NamedTuple):
    """A step: its number in the spec from 1 on (0: several steps together), its id, the mean minutes that it adds."""

    number: int
    id: str
    minutes: float


class Shape(NamedTuple):
    """The handling time at one kind of place.

    Attributes:
        halls: where; none are all that have no steps of their own.
        estimate: the figures that are told.
        timed: how many transactions were timed there.
        width: of a cell, in minutes; the first begins at 0.
        shares: the probability of each cell.
        measured: what timings hold of it, the rest is estimated.
        beyond: the probability of longer ones, for which the grid has no cells.
        parts: the steps that take any time, in order; together they are the mean that the steps let expect.
    """

    halls: tuple[str, ...]
    estimate: Estimate
    timed: int
    width: float
    shares: tuple[float, ...]
    measured: tuple[float, ...]
    beyond: float
    parts: tuple[Part, ...]

    @property
    def end(self) -> float:
        """The minutes at which the grid ends."""
        return self.width * len(self.shares)

    @property
    def plain(self) -> float:
        """The mean that the steps let expect."""
        return fsum(part.minutes for part in self.parts) if self.timed else self.estimate.mean


class _Place(NamedTuple):
    """What is known of one kind of place, its distribution a mixture of estimate and sorted timings."""

    halls: tuple[str, ...]
    steps: tuple[PlannedStep, ...]
    estimate: Estimate
    spread: Spread
    timings: list[float]
    weight: float

    def below(self, minutes: float) -> float:
        """Return the probability of less than some minutes."""
        return self.weight * self.spread.below(minutes) + self.timed_below(minutes)

    def timed_below(self, minutes: float) -> float:
        """Return what timings hold of it."""
        return (1 - self.weight) * bisect_left(self.timings, minutes) / len(self.timings) if self.timings else 0.0


def told(costs: Sequence[StepCost], estimate: Estimate | None, counter: CounterTime | None) -> CounterTime:
    """Return the handling time of which a finished run kept these: steps, figures, what there is besides."""
    steps = [PlannedStep(at, cost.id, cost.timed, cost.minutes) for at, cost in enumerate(costs) if cost.timed]
    return (counter or CounterTime([], None))._replace(steps=steps, estimate=estimate)


def shapes(time: CounterTime, at_least: float = 0.0) -> tuple[Shape, ...]:
    """Return the handling time of each kind of hall, the slowest first, all on one grid.

    There are none where no step takes any time.

    Args:
        time: the handling time.
        at_least: minutes that the grid has to reach.
    """
    places = [place for place in _places(time) if place.estimate.mean > 0]
    end = max([_end(place) for place in places] + [at_least * _ROOM])
    return tuple([_shape(place, end) for place in places])


def _places(time: CounterTime) -> list[_Place]:
    found = [
        _place(variant.halls, variant.steps, variant.estimate, variant.timings, time.prior)
        for variant in time.variants
        if variant.channel == time.variants[0].channel
    ]
    if not found and time.estimate is not None:
        found.append(_place((), time.steps, time.estimate, time.timings, time.prior))
    return sorted(found, key=lambda place: (place.estimate.mean, place.estimate.p90), reverse=True)


def _place(
    halls: tuple[str, ...], steps: Sequence[PlannedStep], estimate: Estimate, timings: Sequence[float], prior: float
) -> _Place:
    weight = prior / (prior + len(timings)) if timings else 1.0
    timed = tuple(sorted([step.timed for step in steps]))
    return _Place(halls, tuple(steps), estimate, spread(timed), sorted(timings), weight)


def _end(place: _Place) -> float:
    """Return where the grid of a place has to end: where nearly all are done, but not far beyond what is usual."""
    figures = place.estimate
    longest = max([place.spread.at(_NEARLY_ALL), *place.timings[-1:]])
    return min(longest * _ROOM, _LONGEST * max(figures.p90, figures.mean))


def _shape(place: _Place, end: float) -> Shape:
    edges = [end * at / CELLS for at in range(1, CELLS + 1)]
    below = [0.0, *map(place.below, edges)]
    timed = [0.0, *map(place.timed_below, edges)]
    return Shape(
        halls=place.halls,
        estimate=place.estimate,
        timed=len(place.timings),
        width=end / CELLS,
        shares=tuple([max(0.0, after - before) for before, after in pairwise(below)]),
        measured=tuple([after - before for before, after in pairwise(timed)]),
        beyond=max(0.0, 1 - below[-1]),
        parts=tuple([Part(step.position + 1, step.id, step.minutes) for step in place.steps if step.minutes > 0]),
    )


def heaviest(parts: Sequence[Part], most: int) -> tuple[Part, ...]:
    """Return the parts in order, so many at most: those that weigh least become one, which comes last."""
    if len(parts) <= most:
        return tuple(parts)
    ranked = sorted(parts, key=lambda part: (-part.minutes, part.number))
    shown, rest = {*ranked[: most - 1]}, ranked[most - 1 :]
    return (*[part for part in parts if part in shown], Part(0, "", fsum(part.minutes for part in rest)))
