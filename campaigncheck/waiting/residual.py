"""What lognormal service means for busy counters: when the first is free, how evenly they finish, how a day begins.

All times are in units of the mean service. The residual service of a counter that has been busy for long has the
equilibrium distribution Fe(x), the integral of 1 - F; counters are taken as independent.
"""

from __future__ import annotations

from functools import lru_cache
from math import erfc, log1p, sqrt

import numpy as np

from campaigncheck.waiting.days import Floats, Ints

_STEP = 0.1
_WIDEST = 4.0
"""Variability beyond which the tables end: a longer tail hardly makes the first of several counters free later."""
_ROWS = round(_WIDEST / _STEP) + 1

_CELLS = 256
"""Cells of the tables over x ÷ (1 + x)."""
_X = np.arange(_CELLS) / _CELLS
_X = np.append(_X / (1 - _X), 4.0 * _CELLS)

_POINTS = 400
_NORMAL = 5.0
_SETTLED = 6.0
"""Mean services after opening from which on counters finish as if they had always been open."""


def first_free(counters: Ints, scv: Floats) -> Floats:
    """Return c E[min of c residual services]: about 1, and exactly (1 + scv) ÷ 2 with one counter."""
    left, part = _between(scv)
    found = np.ones(counters.shape)
    for count in np.unique(counters[counters > 1]):
        table, here = _first_free(int(count)), counters == count
        found[here] = table[left[here]] * (1 - part[here]) + table[left[here] + 1] * part[here]
    return np.where(counters == 1, (1 + scv) / 2, found)


def still_busy(minutes: Floats, counters: Floats, scv: Floats) -> Floats:
    """Return the probability that no counter is free yet, after so many mean services: (samples, days)."""
    return np.asarray(_read(_tables()[0], minutes, scv) ** counters)


def unevenness(services: Floats, scv: Floats) -> Floats:
    """Return by how much the variance of a counter's services in that time differs from scv × time.

    A settled renewal process ends up at 1/6 + scv² ÷ 2 - third central moment ÷ 3 (Cox 1962, *Renewal Theory*, §4.5),
    from where it starts with the slope of a Poisson process.
    """
    rest = 1 / 6 + scv**2 / 2 - ((1 + scv) ** 3 - 3 * (1 + scv) + 2) / 3
    soon = np.clip(np.abs(rest) / np.maximum(np.abs(1 - scv), 1e-9), 0.2, 4.0)
    return np.asarray(rest * services / (services + soon))


def opening(begin: Floats, end: Floats, scv: Floats) -> Floats:
    """Return the rate at which busy counters finish between two times after opening, of what it is later.

    Nobody is nearly finished when a hall has just opened. In an infinite hall services finish at the rate F ÷ Fe of
    the settled one; where all counters are soon busy, what is finished until late differs by (1 - scv) ÷ 2 services,
    so half of that is taken below a variability of 1 and somewhat more above (measured, docs/waiting.md).
    """
    equilibrium, mean = _tables()
    done = (end - begin) + _read(equilibrium, end, scv) - _read(equilibrium, begin, scv)
    busy = (end - begin) - _read(mean, end, scv) + _read(mean, begin, scv)
    share = np.minimum(np.maximum(0.5 + 2 * (scv - 1), 0.5), 1.5)
    return np.asarray(np.where(begin < _SETTLED, 1 + share * (done / np.maximum(busy, 1e-9) - 1), 1.0))


def settled(begin: Floats) -> bool:
    """Tell whether that long after opening all of them finish at the later rate."""
    return bool((begin >= _SETTLED).all())


def _between(scv: Floats) -> tuple[Ints, Floats]:
    place = np.minimum(scv, _WIDEST) / _STEP
    left = np.minimum(place.astype(np.int64), _ROWS - 2)
    return left, place - left


def _read(table: Floats, x: Floats, scv: Floats) -> Floats:
    """Look up between the rows (variability) and cells (time) of a table, in proportion."""
    row, down = _between(scv)
    place = x / (1 + x) * _CELLS
    cell = np.minimum(place.astype(np.int64), _CELLS - 1)
    right = (x - _X[cell]) / (_X[cell + 1] - _X[cell])
    flat, values = row * (_CELLS + 1) + cell, table.ravel()
    upper = values[flat] * (1 - right) + values[flat + 1] * right
    lower = values[flat + _CELLS + 1] * (1 - right) + values[flat + _CELLS + 2] * right
    return np.asarray(upper * (1 - down) + lower * down)


@lru_cache(maxsize=1)
def _tables() -> tuple[Floats, Floats]:
    """Return 1 - Fe, and its integral from 0: (variability, time)."""
    survival, mean = np.empty((_ROWS, _CELLS + 1)), np.empty((_ROWS, _CELLS + 1))
    for row in range(_ROWS):
        points, values = _survival(row)
        areas = np.cumsum(np.diff(points) * (values[1:] + values[:-1]) / 2)
        survival[row] = np.interp(_X, points, values)
        mean[row] = np.interp(_X, points, np.concatenate(([0.0], areas)))
    return survival, mean


@lru_cache(maxsize=256)
def _first_free(counters: int) -> Floats:
    return np.array([_least(counters, row) for row in range(_ROWS)])


def _least(counters: int, row: int) -> float:
    points, values = _survival(row)
    return counters * float(np.trapezoid(values**counters, points))


@lru_cache(maxsize=_ROWS)
def _survival(row: int) -> tuple[Floats, Floats]:
    """Return times from 0 and 1 - Fe there.

    E(S - x)+ of a lognormal S with mean 1 has the closed form of Black and Scholes: Φ(d) - x Φ(d - σ), with
    d = σ/2 - ln(x)/σ. Below the first of its points hardly any service is finished, so that 1 - Fe is 1 - x.
    """
    if row == 0:
        points = np.linspace(0.0, 1.0, _POINTS)
        return points, 1 - points
    spread = sqrt(log1p(row * _STEP))
    z = np.linspace(-_NORMAL, _NORMAL + 2 * spread, _POINTS)
    points = np.exp(spread * z - spread**2 / 2)
    upper = np.array([erfc((value - spread) / sqrt(2)) / 2 for value in z])
    lower = np.array([erfc(value / sqrt(2)) / 2 for value in z])
    before = np.linspace(0.0, points[0], 40, endpoint=False)
    values = np.maximum(0.0, upper - points * lower)
    return np.concatenate((before, points)), np.concatenate((1 - before, values))
