"""How sure the figures are: intervals that hold the true value in 95 of 100 cases."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration.measure import BLOCKS, Columns

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CONFIDENCE = 0.95
NORMAL = 1.959964
_STUDENT = (np.inf, 12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622)
"""Of Student's t by degrees of freedom."""


def rates(total: Ints, days: Ints, dispersion: Floats) -> tuple[Floats, Floats]:
    """Return the interval of a mean number a day, from how many came in how many days.

    Byar's approximation to the exact Poisson interval (Breslow & Day 1987, p. 69); where counts vary more than Poisson
    ones the total is taken for as many as carry the same information (quasi-likelihood).
    """
    counted = total / dispersion
    with np.errstate(divide="ignore", invalid="ignore"):
        low = counted * (1 - 1 / (9 * counted) - NORMAL / (3 * np.sqrt(counted))) ** 3
        more = counted + 1
        high = more * (1 - 1 / (9 * more) + NORMAL / (3 * np.sqrt(more))) ** 3
        scale = np.where(days > 0, dispersion / np.maximum(days, 1), np.nan)
    low = np.where(counted > 0, np.maximum(low, 0.0), 0.0)
    return np.asarray(low * scale), np.asarray(high * scale)


class Service(NamedTuple):
    """Service of several groups: how many, the mean in minutes and the squared coefficient of variation, with intervals.

    Without days enough to compare the bounds are not numbers.
    """

    rows: Ints
    mean: Floats
    mean_low: Floats
    mean_high: Floats
    scv: Floats
    scv_low: Floats
    scv_high: Floats

    @property
    def scv_noise(self) -> Floats:
        """The variance that one more customer's share in the scv has."""
        return np.asarray(((self.scv_high - self.scv_low) / (2 * NORMAL)) ** 2 * self.rows)


def services(sums: Columns, groups: Ints, number: int) -> Service:
    """Return the service of groups whose days are dealt into blocks.

    The intervals come from leaving out one block of days at a time (grouped jackknife), so that days which differ as a
    whole count as one observation, not as hundreds; they are never narrower than those of independent customers.

    Args:
        sums: count, sum and sum of squares of seconds by group and block.
        groups: the group of each row.
        number: how many groups there are.
    """
    blocks = [_dealt(sums[name], groups, sums["block"], number) for name in ("rows", "total", "squares")]
    rows = blocks[0].sum(axis=1)
    mean, scv = _moments(*(block.sum(axis=1) for block in blocks))
    without = _moments(*(block.sum(axis=1, keepdims=True) - block for block in blocks))
    used = (blocks[0] > 0) & (rows[:, None] > blocks[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        least = mean * np.sqrt(scv / rows), scv * np.sqrt(2 / rows)
    mean_low, mean_high = _jackknifed(mean, without[0], used, least[0])
    scv_low, scv_high = _jackknifed(scv, without[1], used, least[1])
    return Service(rows.astype(np.int64), mean, mean_low, mean_high, scv, scv_low, scv_high)


def _dealt(values: Ints, groups: Ints, blocks: Ints, number: int) -> Floats:
    found = np.zeros((number, BLOCKS))
    np.add.at(found, (groups, blocks), values)
    return found


def _moments(rows: Floats, total: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Return mean minutes and scv; sums are of seconds."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / rows
        variance = np.maximum(squares / rows - mean**2, 0.0) * np.where(rows > 1, rows / (rows - 1), np.nan)
        return mean / 60, np.where(mean > 0, variance / mean**2, np.nan)


def _jackknifed(value: Floats, without: Floats, used: NDArray[np.bool_], least: Floats) -> tuple[Floats, Floats]:
    """Return the interval by the jackknife; ``least`` is the least that the standard error can be."""
    count = used.sum(axis=1)
    values = np.where(used, without, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = values.sum(axis=1) / count
        spread = np.where(used, (values - centre[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.sqrt(spread * (count - 1) / count)
    student = np.array(_STUDENT)[np.clip(count - 1, 0, BLOCKS - 1)]
    half = np.where(count > 1, np.maximum(student * error, NORMAL * least), np.nan)
    return np.maximum(value - half, 0.0), value + half


class Shrunk(NamedTuple):
    """Estimates drawn towards a centre by as much as they are unsure, with their intervals."""

    value: Floats
    low: Floats
    high: Floats


def shrink(rows: Ints, value: Floats, noise: Floats, group: Ints, centre: Floats, unsure: Floats) -> Shrunk:
    """Draw values towards the centres of their groups (empirical Bayes, normal with normal).

    How much values of a group really differ is estimated from them (DerSimonian & Laird 1986); if no more than chance
    would make them differ, the centre is all that is known.

    Args:
        rows: how many observations each value is the mean of.
        value: the values.
        noise: the variance of one observation.
        group: the group of each value.
        centre: the centre of each group.
        unsure: the variance of each centre.
    """
    groups = len(centre)
    weight = np.where(np.isfinite(value) & (rows > 0), rows, 0) / np.maximum(noise, 1e-12)
    filled = np.where(weight > 0, value, 0.0)
    total = np.bincount(group, weight, groups)
    squares = np.bincount(group, weight**2, groups)
    count = np.bincount(group, weight > 0, groups)
    excess = np.bincount(group, weight * (filled - centre[group]) ** 2, groups) - (count - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.where(count > 1, np.maximum(excess, 0.0) / (total - squares / total), 0.0)
    between = np.where(np.isfinite(between), between, 0.0)[group]
    share = between * weight / (between * weight + 1)
    found = share * filled + (1 - share) * centre[group]
    with np.errstate(divide="ignore"):
        variance = np.where(weight > 0, share / np.maximum(weight, 1e-300), 0.0) + (1 - share) ** 2 * unsure[group]
    half = NORMAL * np.sqrt(variance)
    return Shrunk(found, np.maximum(found - half, 0.0), found + half)
