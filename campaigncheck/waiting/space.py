"""How many states the chains of a day need; it depends on the day alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigncheck.waiting.days import HOUR, Floats, HallDays, Ints
from campaigncheck.waiting.ladder import FINE

CELLS = 1 << 16
"""States × days that are computed side by side: what fits the cache."""

_SIZES = np.array([4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096])
_COARSE = 256
"""Coarse units of a long queue."""

_FAINT = 10.0
"""A settled queue may be longer than its states in one case in e to this."""
_WIDE = 4.0
"""Standard deviations of a queue that is not settled."""


class Space(NamedTuple):
    """Numbers of states for customers and for waiting premium customers; fine units in a coarse one."""

    states: Ints
    few: Ints
    coarse: Floats

    def rows(self, chosen: Ints) -> Space:
        """Return some of the days."""
        return Space(self.states[chosen], self.few[chosen], self.coarse[chosen])


def needed(days: HallDays) -> Space:
    """Guess what suffices: the fluid queue, and the spread about it."""
    fine = (1 + days.scv.max(axis=1, initial=0.0)) / 2
    least = np.maximum(1.0, (1 + days.scv.min(axis=1, initial=9.0)) / 2)
    units = _longest(days, (days.premium + days.other) * days.mean) * np.maximum(1.0, fine / least) / least
    few = _longest(days, days.premium * days.premium_mean) / least + 4
    coarse = np.maximum(1.0, np.ceil((np.maximum(units, few) - FINE) / _COARSE))
    counters = days.counters.max(axis=1, initial=1)
    return Space(_rounded(counters + _shortened(units, coarse) + 6), _rounded(_shortened(few, coarse)), coarse)


def enlarged(space: Space) -> Space:
    """Return more room for days that lost customers."""
    full = space.states >= _SIZES[-1]
    states, few = (_rounded(np.asarray(part * 1.4 + 1, dtype=np.float64)) for part in (space.states, space.few))
    return Space(states, few, np.where(full, space.coarse * 4, space.coarse * 1.0))


def _longest(days: HallDays, work: Floats) -> Floats:
    """Return how long a queue gets, in customers, but for one case in ten thousands: (days,)."""
    counters, mean = np.maximum(days.counters, 1), np.where(days.counters > 0, days.mean, 1.0)
    queue, came, longest = np.zeros(len(work)), np.zeros(len(work)), np.zeros(len(work))
    for hour in range(work.shape[1]):
        rho = work[:, hour] / HOUR / counters[:, hour]
        queue = np.maximum(queue * np.where(hour, mean[:, hour - 1], 1.0) / mean[:, hour], 0.0)
        grown = queue + (rho - 1) * counters[:, hour] * HOUR / mean[:, hour]
        peak = np.maximum(queue, grown)
        queue = np.maximum(grown, 0.0)
        came += work[:, hour] / mean[:, hour]
        spread = _WIDE * np.sqrt(came * (1 + days.scv[:, hour]))
        settled = np.where(
            rho < 1, _FAINT * (1 + days.scv[:, hour]) / 2 / np.maximum(-np.log(np.maximum(rho, 1e-9)), 1e-3), np.inf
        )
        longest = np.maximum(longest, peak + np.minimum(spread, settled))
    return longest


def _shortened(units: Floats, coarse: Floats) -> Floats:
    return np.asarray(np.minimum(units, FINE) + np.maximum(units - FINE, 0.0) / coarse)


def _rounded(sizes: Floats) -> Ints:
    place = np.searchsorted(_SIZES, np.ceil(sizes))
    return np.asarray(_SIZES[np.minimum(place, len(_SIZES) - 1)])
