"""How many customers come: by hall, type of day, hour and class, from complete days only.

A day without a ticket is a day on which the hall was closed, or is not in the files; it is no zero. A day on which the
tickets break off, or stop for hours in which the hall's other days of that type have many, is cut: it is left out, and
counted. What is left are days on which an hour without a ticket is an hour in which nobody came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration.intervals import rates
from campaigncheck.calibration.measure import Columns
from campaigncheck.catalogue.workdays import DAY_TYPES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

HOURS = 24
CLASSES = ("premium", "other")
MISSED = 7.0
"""So many customers expected and none come: by chance that is one case in a thousand (e^-7)."""

_AT_ONCE = 256
"""Halls worked on at once: bounds the memory."""


@dataclass(frozen=True)
class Arrivals:
    """Arrivals in an hour; arrays have the shape (halls, types of day, hours, classes) unless said otherwise.

    Attributes:
        mean: customers in the hour, not a number on types of day that the files do not have.
        low: lower bound of the interval.
        high: upper bound.
        total: customers counted.
        days: complete days; shape (halls, types of day).
        cut: days left out, in each hall.
        dispersion: how many times as much counts vary from day to day as Poisson ones; shape (halls, classes).
    """

    mean: Floats
    low: Floats
    high: Floats
    total: Ints
    days: Ints
    cut: Ints
    dispersion: Floats


def arrivals(sums: Columns, halls: int, kinds: Mapping[int, int]) -> Arrivals:
    """Estimate arrivals.

    Args:
        sums: rows and premium rows by hall, day and hour, sorted by hall.
        halls: how many halls there are.
        kinds: for each day with tickets the number of its type.
    """
    days = np.array(sorted(kinds), np.int64)
    types = np.array([kinds[day] for day in days.tolist()], np.int64)
    found = []
    for first in range(0, halls, _AT_ONCE):
        last = min(first + _AT_ONCE, halls)
        rows = slice(*np.searchsorted(sums["code"], (first, last)).tolist())
        counts = np.zeros((last - first, len(days), HOURS, len(CLASSES)))
        at = sums["code"][rows] - first, np.searchsorted(days, sums["day"][rows]), sums["hour"][rows]
        premium = sums["premium"][rows]
        counts[(*at, 0)], counts[(*at, 1)] = premium, sums["rows"][rows] - premium
        found.append(_of_halls(counts, types))
    parts = [np.concatenate(part) for part in zip(*found, strict=True)]
    return Arrivals(*parts)


def _of_halls(counts: Floats, types: Ints) -> tuple[Floats, Floats, Floats, Ints, Ints, Ints, Floats]:
    open_days = counts.sum(axis=(2, 3)) > 0
    complete = open_days & ~_cut(counts.sum(axis=3), open_days, types)
    member = np.eye(len(DAY_TYPES))[types]
    days = (complete.astype(np.float64) @ member).astype(np.int64)
    total = np.einsum("hd,hdkc,dt->htkc", complete, counts, member)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / days[:, :, None, None]
    dispersion = _dispersion(counts, complete, mean, days, types)
    whole = np.rint(total).astype(np.int64)
    low, high = rates(whole, days[:, :, None, None], dispersion[:, None, None, :])
    cut = (open_days & ~complete).sum(axis=1)
    return mean, low, high, whole, days, cut, dispersion


def _cut(counts: Floats, open_days: Bools, types: Ints) -> Bools:
    """Return the days on which tickets are missing; twice, since those found first have spoilt the usual profile."""
    cut = np.zeros_like(open_days)
    member = np.eye(len(DAY_TYPES))[types]
    for _ in range(2):
        used = (open_days & ~cut).astype(np.float64)
        number = used @ member
        total = np.einsum("hd,hdk,dt->htk", used, counts, member)
        usual = total / np.maximum(number, 1)[:, :, None]
        cut = open_days & (_missed(counts, usual[:, types]) > MISSED * _roughness(counts, usual[:, types], used))
    return cut


def _missed(counts: Floats, usual: Floats) -> Floats:
    """Return for each day how many customers the longest silence has missed, as other days go."""
    running = np.zeros(counts.shape[:2])
    worst = np.zeros(counts.shape[:2])
    for hour in range(HOURS):
        running = np.where(counts[:, :, hour] == 0, running + usual[:, :, hour], 0.0)
        worst = np.maximum(worst, running)
    return worst


def _roughness(counts: Floats, usual: Floats, used: Floats) -> Floats:
    """Return how much more counts vary than Poisson ones, of hours that are not silent; at least 1. Shape (halls, 1)."""
    seen = (counts > 0) & (usual > 0) & (used > 0)[:, :, None]
    squares = np.where(seen, (counts - usual) ** 2 / np.maximum(usual, 1e-12), 0.0)
    number = np.maximum(seen.sum(axis=(1, 2)), 1)
    return np.asarray(np.maximum(squares.sum(axis=(1, 2)) / number, 1.0)[:, None])


def _dispersion(counts: Floats, complete: Bools, mean: Floats, days: Ints, types: Ints) -> Floats:
    """Return Pearson's statistic by its degrees of freedom, at least 1, for each hall and class."""
    expected = mean[:, types]
    used = complete[:, :, None, None] & (expected > 0)
    squares = np.where(used, (counts - expected) ** 2 / np.where(used, expected, 1.0), 0.0).sum(axis=(1, 2))
    freedom = (np.maximum(days - 1, 0)[:, :, None, None] * (np.nan_to_num(mean) > 0)).sum(axis=(1, 2))
    return np.asarray(np.maximum(np.where(freedom > 0, squares / np.maximum(freedom, 1), 1.0), 1.0))
