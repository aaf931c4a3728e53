"""The states of the chain: customers in service one by one, and the queue in units.

A state is a number of customers in service up to the number of counters, and above it a number of units waiting. A
unit stands for several customers, or a part of one; going up or down a unit of size u happens at 1 ÷ u of the rate of
arrivals or departures, so the drift of the queue is that of customers whatever the sizes, and its variance follows the
size. The first unit is the wait for the first free counter, the others are (1 + scv) ÷ 2 customers: then the
stationary wait is that of Tijms, van Hoorn and Federgruen (1981, Advances in Applied Probability 13: 186–206; Tijms,
*A First Course in Stochastic Models*, 2003, §9.6.2), exact for one counter and for exponential service, and an
overloaded queue grows as it must. Far from an empty hall units are larger: there only the drift matters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigncheck.waiting.days import Floats

FINE = 256
"""Units of the fine part; what is longer is told in coarse units, a few hundred for any queue."""


class Ladder(NamedTuple):
    """Sizes of the units by day, as columns: the first, the fine and the coarse ones, above so many counters."""

    counters: Floats
    first: Floats
    fine: Floats
    coarse: Floats

    def below(self, units: Floats) -> Floats:
        """Return how many customers so many units are."""
        return _bent(units, (1.0, FINE - 1.0), (self.first, self.fine, self.coarse), self.bends)

    def units(self, customers: Floats) -> Floats:
        """Return how many units so many customers are, in fractions."""
        knots = (self.first, (FINE - 1) * self.fine)
        return _bent(customers, knots, (1 / self.first, 1 / self.fine, 1 / self.coarse), self.bends)

    @property
    def bends(self) -> bool:
        """Tell whether there are coarse units: days with and without are never side by side."""
        return bool((self.coarse != self.fine).any())

    def sizes(self, states: int) -> Floats:
        """Return the size of each step from a state to the next: (states, days)."""
        unit = np.arange(states, dtype=np.float64)[:, None] - self.counters
        size = np.where(unit >= FINE, self.coarse, np.where(unit >= 1, self.fine, self.first))
        return np.asarray(np.where(unit < 0, 1.0, size))

    def moved(self, shares: Floats, after: Ladder, worth: Floats) -> Floats:
        """Return the shares by states of another ladder, when the hour ends.

        A customer who waits is worth so many there: the work in the queue stays the same when the mean service changes.
        Counters that open take customers from the queue, and (1 + scv) ÷ 2 of them each in the end; those that close
        finish theirs beside the others.
        """
        state = np.arange(len(shares), dtype=np.float64)[:, None]
        served, waiting = np.minimum(state, self.counters), self.below(np.maximum(state - self.counters, 0.0))
        free = after.counters - served
        all_busy = waiting > free
        left = np.maximum(waiting - np.maximum(after.counters - self.counters, 0.0) * after.fine, 0.0)
        place = np.where(all_busy, after.counters + after.units(left * worth), served + waiting)
        return _laid(shares, place)

    def shifted(self, shares: Floats, after: Ladder, worth: Floats, opened: Floats) -> Floats:
        """Return the same for a queue alone, without those in service."""
        waiting = self.below(np.arange(len(shares), dtype=np.float64)[:, None])
        left = np.maximum(waiting - np.maximum(opened, 0.0) * after.fine, 0.0)
        return _laid(shares, after.units(left * worth))


def _bent(
    x: Floats, lengths: tuple[float | Floats, float | Floats], slopes: tuple[Floats, Floats, Floats], bends: bool
) -> Floats:
    """Return a function of straight pieces, of these lengths and slopes; the last piece only where it bends twice."""
    first, rest = np.minimum(x, lengths[0]), np.maximum(x - lengths[0], 0.0)
    if not bends:
        return np.asarray(first * slopes[0] + rest * slopes[1])
    last = np.maximum(rest - lengths[1], 0.0)
    return np.asarray(first * slopes[0] + np.minimum(rest, lengths[1]) * slopes[1] + last * slopes[2])


def _laid(shares: Floats, place: Floats) -> Floats:
    """Lay shares on states, each between its two neighbours in proportion; the mean is kept."""
    states, days = shares.shape
    place = np.minimum(place, states - 1.0)
    left = place.astype(np.int64)
    part = (place - left) * shares
    cell = left * days + np.arange(days)
    laid = np.bincount(cell.ravel(), (shares - part).ravel(), states * days)
    cell = np.minimum(left + 1, states - 1) * days + np.arange(days)
    laid += np.bincount(cell.ravel(), part.ravel(), states * days)
    return np.asarray(laid.reshape(states, days))


class Solver:
    """Solves (1 - step ÷ 2 × generator) x = b for birth-death chains side by side (Thomas's algorithm)."""

    def __init__(self, up: Floats, down: Floats, step: float) -> None:
        """Prepare the chain with these rates up from and down from each state: (states, days)."""
        up, down = up * (step / 2), down * (step / 2)
        self._lower, self._inverse = np.empty_like(up), np.empty_like(up)
        self._spare = spare = np.empty_like(up[0])
        pivots = 1 + up + down
        np.divide(1.0, pivots[0], out=self._inverse[0])
        for n in range(1, len(up)):
            np.multiply(up[n - 1], self._inverse[n - 1], out=self._lower[n])
            np.multiply(self._lower[n], down[n], out=spare)
            np.subtract(pivots[n], spare, out=spare)
            np.divide(1.0, spare, out=self._inverse[n])
        self._upper = self._inverse[:-1] * down[1:]

    def solve(self, given: Floats) -> Floats:
        """Return the solution; the last state must have no rate up."""
        found, spare = given.copy(), self._spare
        rows, lower, upper = list(found), list(self._lower), list(self._upper)
        for before, here, factor in zip(rows[:-1], rows[1:], lower[1:], strict=True):
            np.multiply(before, factor, out=spare)
            np.add(here, spare, out=here)
        np.multiply(found, self._inverse, out=found)
        for after, here, factor in zip(rows[:0:-1], rows[-2::-1], upper[::-1], strict=True):
            np.multiply(after, factor, out=spare)
            np.add(here, spare, out=here)
        return found
