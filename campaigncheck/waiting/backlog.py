"""From the queue that an arriving customer finds to the wait.

Whoever arrives waits until the work ahead is done: W > x if and only if the work found exceeds what is done in x minutes
(``walk``). The mean follows without further ado; the distribution takes the work done as a variable with the mean, the
variance and the skewness of as many services as there are in x minutes. Seen from the work found this is the inverse
Gaussian passage time (Whitt 2002, *Stochastic-Process Limits*, ch. 5). Whoever is next waits for the first free counter.
"""

from __future__ import annotations

import numpy as np

from campaigncheck.waiting.days import Floats, Ints
from campaigncheck.waiting.ladder import Ladder
from campaigncheck.waiting.residual import still_busy, unevenness
from campaigncheck.waiting.walk import Walk

_Z = np.arange(-4, 5) * 0.7
_WEIGHTS = np.exp(-(_Z**2) / 2) / np.exp(-(_Z**2) / 2).sum()
_NODES = tuple(zip((_Z / np.sqrt(_WEIGHTS @ _Z**2)).tolist(), _WEIGHTS.tolist(), strict=True))
"""Places and weights of a normal variable."""

_FADED = 1e-9
"""Share of customers whose waits no longer count."""

_ROUNDS = 5
"""Narrowings of the bracket of a percentile: to a few seconds."""


class Backlog:
    """The work that customers of a class find ahead of them at some moments, and the wait that comes of it."""

    def __init__(self, ladder: Ladder, shares: Floats, mean: Floats, scv: Floats, counters: Floats, walk: Walk) -> None:
        """Take shares of states (states, samples, days), the first of the ladder's units being the state above its counters."""
        self._ladder, self._mean, self._scv, self._counters, self._walk = ladder, mean, scv, counters, walk
        self._offset: Ints = ladder.counters.astype(np.int64)
        self._last = len(shares) - 1
        self._tails = np.add.accumulate(shares[::-1], axis=0)[::-1]
        size = ladder.sizes(len(shares))[:, None]
        queued = np.where(np.arange(len(shares))[:, None, None] >= self._offset, size, 0.0)
        self._less = np.zeros((len(shares) + 1, *shares.shape[1:]))
        np.add.accumulate(self._tails * queued, axis=0, out=self._less[1:])
        self._queue = np.add.accumulate(self._tails[1:] * queued[:-1], axis=0)[-1]
        first = (self._offset * shares.shape[1] + np.arange(shares.shape[1])[:, None]) * len(mean) + np.arange(
            len(mean)
        )
        self.busy: Floats = self._tails.ravel()[first]
        """Share that has to wait at all: (samples, days)."""
        self._behind: Floats = self._tails.ravel()[first + shares[0].size]

    def waiting(self) -> Floats:
        """Return the work in the queue, in customers of mean service: (days,)."""
        return np.asarray(_mean(self._queue))

    def over(self, minutes: Floats) -> Floats:
        """Return the share of the hour's customers that waits longer: (days,)."""
        shares = self._over(np.broadcast_to(minutes, self.busy.shape))
        return np.asarray(np.minimum(_mean(shares), 1.0))  # shares of states are right to rounding and steps

    def mean(self) -> Floats:
        """Return the mean wait: (days,)."""
        walk, total = self._walk, np.zeros(self.busy.shape)
        before = self._read(self._less, walk.most[0])
        for k, rate in enumerate(walk.rate):
            most = walk.most[k]
            left = self._read(self._tails, most / self._mean)
            if not (left > _FADED).any():
                break
            speed = np.maximum(rate, 1e-9)
            if k == len(walk.rate) - 1:
                lasts, after, then = np.inf, self._less[-1], self._less[-1]
            else:
                lasts = walk.start[k + 1] - walk.start[k]
                after = self._read(self._less, np.maximum(most, walk.done[k] + rate * lasts) / self._mean)
                then = self._read(self._less, walk.most[k + 1] / self._mean)
            stands = np.minimum(lasts, (most - walk.done[k]) / speed)
            total += np.where(left > _FADED, stands * left + (after - before) * self._mean / speed, 0.0)
            before = then
        return np.asarray(np.maximum(_mean(total), 0.0))

    def percentile(self, level: float, mean: Floats) -> Floats:
        """Return the wait that this share of customers does not exceed: (days,).

        By false position on the logarithm of the tail, which is nearly straight (Illinois: an end that stays counts
        half, so that both ends move).
        """
        target, busy = 1 - level, _mean(self.busy)
        waits = busy > target
        low, high = np.zeros(len(mean)), mean / target + 1.0
        at_low, at_high = np.log(np.where(waits, busy, 1.0) / target), self._above(high, target)
        middle = mean / np.where(waits, busy, 1.0) * at_low
        for _ in range(_ROUNDS):
            margin = (high - low) * 0.02
            middle = np.minimum(np.maximum(middle, low + margin), high - margin)
            here = self._above(middle, target)
            above = here > 0
            at_low, at_high = np.where(above, here, at_low / 2), np.where(above, at_high / 2, here)
            low, high = np.where(above, middle, low), np.where(above, high, middle)
            middle = low + (high - low) * at_low / np.maximum(at_low - at_high, 1e-12)
        return np.asarray(np.where(waits, np.minimum(np.maximum(middle, low), high), 0.0))

    def _above(self, minutes: Floats, target: float) -> Floats:
        return np.asarray(np.log(np.maximum(self.over(minutes), 1e-12) / target))

    def _over(self, minutes: Floats) -> Floats:
        done, variance = self._walk.at(minutes)
        services = minutes / self._mean
        customers = done / self._mean
        uneven = self._counters * unevenness(services, self._scv)
        spread = np.sqrt(np.maximum(variance / self._mean**2 + uneven, 0.0))
        skew = self._walk.skew / self._mean / 6
        next_one = still_busy(customers / self._counters, self._counters, self._scv)
        total = (self.busy - self._behind) * next_one
        for z, weight in _NODES:
            place = np.maximum(customers + z * spread + (z * z - 1) * skew, 0.0)
            total += weight * np.minimum(self._read(self._tails, place), self._behind)
        return np.asarray(np.maximum(total, 0.0))

    def _read(self, table: Floats, customers: Floats) -> Floats:
        """Look up customers in a table by state, between states in proportion: (samples, days)."""
        samples, days = customers.shape
        place = np.minimum(self._ladder.units(customers) + self._offset, float(self._last))
        left = np.minimum(place.astype(np.int64), len(table) - 2)
        flat = (left * samples + np.arange(samples)[:, None]) * days + np.arange(days)
        values = table.ravel()
        low = values[flat]
        return np.asarray(low + (values[flat + samples * days] - low) * (place - left))


def _mean(values: Floats) -> Floats:
    """Return the mean over samples, added in order whatever the number of days."""
    return np.asarray(np.add.accumulate(values, axis=0)[-1] / len(values))
