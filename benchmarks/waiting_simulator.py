"""Simulates days of a hall customer by customer: many days side by side, in plain numpy.

The second oracle of ``campaigncheck.waiting``, beside Ciw, with which it is compared in docs/waiting.md. The model is
the same: Poisson arrivals by the hour, premium customers first without interrupting anybody, lognormal service drawn
by the hour of arrival, as many counters as the hour has. A counter that closes finishes its customer; idle ones close
first, then any. Whoever is inside at closing time is served by the counters of the last hour.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOUR = 60.0


class Day(NamedTuple):
    """A hall's day by the hour: open counters, arrivals, minutes of service by class, and its variability."""

    counters: tuple[int, ...]
    premium: tuple[float, ...]
    other: tuple[float, ...]
    premium_mean: tuple[float, ...]
    other_mean: tuple[float, ...]
    scv: tuple[float, ...]
    """Squared coefficient of variation within a class."""


class Served(NamedTuple):
    """Customers of simulated days: their day, hour of arrival and wait in minutes."""

    day: Ints
    hour: Ints
    wait: Floats


def simulate(day: Day, days: int, seed: int) -> tuple[Served, Served]:
    """Return premium and other customers of so many independent days."""
    chance = np.random.default_rng(seed)
    premium = _Class.drawn(chance, days, day.premium, day.premium_mean, day.scv)
    other = _Class.drawn(chance, days, day.other, day.other_mean, day.scv)
    _serve(chance, day.counters, premium, other)
    return premium.served(), other.served()


class _Class(NamedTuple):
    """Customers of a class, a row each day, in order of arrival; rows end with one who never comes."""

    arrival: Floats
    service: Floats
    start: Floats
    next: Ints

    @classmethod
    def drawn(
        cls,
        chance: np.random.Generator,
        days: int,
        rates: tuple[float, ...],
        means: tuple[float, ...],
        scv: tuple[float, ...],
    ) -> _Class:
        counts = chance.poisson(rates, (days, len(rates)))
        width = int(counts.sum(axis=1).max(initial=0)) + 1
        hours = np.repeat(np.tile(np.arange(len(rates)), days), counts.ravel())
        rows = np.repeat(np.arange(days), counts.sum(axis=1))
        when = (hours + chance.random(len(hours))) * HOUR
        order = np.lexsort((when, rows))
        ends = np.cumsum(counts.sum(axis=1))
        place = np.arange(len(rows)) - np.repeat(ends - counts.sum(axis=1), counts.sum(axis=1))
        arrival, service = np.full((days, width), np.inf), np.zeros((days, width))
        spread = np.log1p(np.asarray(scv))[hours]
        arrival[rows, place] = when[order]
        service[rows, place] = np.exp(
            np.log(np.asarray(means))[hours] - spread / 2 + np.sqrt(spread) * chance.standard_normal(len(hours))
        )[order]
        return cls(arrival, service, np.full((days, width), np.nan), np.zeros(days, dtype=np.int64))

    def served(self) -> Served:
        rows, places = np.nonzero(np.isfinite(self.arrival))
        came = self.arrival[rows, places]
        return Served(rows, (came // HOUR).astype(np.int64), self.start[rows, places] - came)


def _serve(chance: np.random.Generator, counters: tuple[int, ...], premium: _Class, other: _Class) -> None:
    """Let every day go on by one step at a time: somebody's service starts, or an hour ends."""
    days = len(premium.arrival)
    free = np.full((days, max(counters)), np.inf)
    free[:, : counters[0]] = 0.0
    hour, active = np.zeros(days, dtype=np.int64), np.arange(days)
    while len(active):
        counter = free[active].argmin(axis=1)
        came = [kind.arrival[active, kind.next[active]] for kind in (premium, other)]
        first = np.minimum(*came)
        start = np.maximum(free[active, counter], first)
        passed = (start >= (hour[active] + 1) * HOUR) & (hour[active] < len(counters) - 1)
        for row in np.unique(hour[active[passed]]):
            rows = active[passed & (hour[active] == row)]
            _change(chance, free, rows, int(row), counters)
        hour[active[passed]] += 1
        starts = ~passed & np.isfinite(start)
        chosen = came[0] <= start
        for kind, who in ((premium, starts & chosen), (other, starts & ~chosen)):
            rows, place = active[who], kind.next[active[who]]
            kind.start[rows, place] = start[who]
            free[rows, counter[who]] = start[who] + kind.service[rows, place]
            kind.next[rows] += 1
        active = active[passed | starts]


def _change(chance: np.random.Generator, free: Floats, rows: Ints, hour: int, counters: tuple[int, ...]) -> None:
    """Open or close counters at the end of an hour."""
    now, before, after = (hour + 1) * HOUR, counters[hour], counters[hour + 1]
    here = free[rows]
    if after > before:
        rank = np.argsort(np.argsort(~np.isinf(here), axis=1, kind="stable"), axis=1)
        here[rank < after - before] = now
    elif after < before:
        urgency = np.where(np.isinf(here), 3.0, np.where(here <= now, 0.0, 1.0 + chance.random(here.shape)))
        rank = np.argsort(np.argsort(urgency, axis=1, kind="stable"), axis=1)
        here[rank < before - after] = np.inf
    free[rows] = here
