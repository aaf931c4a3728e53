"""How many counters are open, inferred from how many are busy while customers wait.

Every five minutes, from a quarter past on, the customers at counters are counted. While somebody waits every open counter
is busy, so the number then is that of the open ones, but for the moments between two customers and for counters that
finish their last one. The median of these numbers is not moved by either unless they fill half the time. Where hardly
anybody ever waits, nothing shows how many counters were open beyond the most that were busy: that is a lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration.arrivals import HOURS
from campaigncheck.calibration.intervals import NORMAL
from campaigncheck.calibration.measure import Columns
from campaigncheck.catalogue.workdays import DAY_TYPES

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

ENOUGH = 5
"""Looks with a queue from which on a median is taken."""

RELATED = 4
"""Neighbouring looks see partly the same customers: so many count as one."""


@dataclass(frozen=True)
class Counters:
    """Open counters; arrays have the shape (halls, types of day, hours).

    Attributes:
        median: open counters, 0 where nothing shows it.
        low: lower bound of the median's interval.
        high: upper bound.
        looks: looks with a queue.
        most: the most that were ever busy: a lower bound of the open ones.
    """

    median: Ints
    low: Ints
    high: Ints
    looks: Ints
    most: Ints


def counters(sums: Columns, halls: int) -> Counters:
    """Infer open counters from looks by hall, type of day, hour, number of busy counters, and whether somebody waits."""
    shape = (halls, len(DAY_TYPES), HOURS)
    cell: Ints = np.asarray(np.ravel_multi_index((sums["code"], sums["kind"], sums["hour"]), shape))
    size = halls * len(DAY_TYPES) * HOURS
    most = np.zeros(size, np.int64)
    np.maximum.at(most, cell, sums["busy"])
    queued = sums["waiting"] == 1
    cell, busy, looks = cell[queued], sums["busy"][queued], sums["looks"][queued]
    total = np.bincount(cell, looks, size)
    half = NORMAL * np.sqrt(RELATED * total) / 2
    ranks = (total / 2, total / 2 - half, total / 2 + half)
    found = [_at_rank(cell, busy, looks, np.clip(np.ceil(rank), 1, np.maximum(total, 1)), size) for rank in ranks]
    enough = total >= ENOUGH
    median, low, high = (np.where(enough, part, 0).reshape(shape) for part in found)
    return Counters(median, low, high, total.astype(np.int64).reshape(shape), most.reshape(shape))


def _at_rank(cell: Ints, busy: Ints, looks: Ints, rank: Floats, size: int) -> Ints:
    """Return for each cell the number of busy counters at a rank among its looks."""
    before = np.cumsum(looks) - looks
    starts = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(starts, cell, before)
    upto = before + looks - starts[cell]
    reached = upto >= rank[cell]
    found = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(found, cell[reached], busy[reached])
    return np.where(found == np.iinfo(np.int64).max, 0, found)
