"""How many times as many people use up a promise: Newton's steps for many halls at once, in few looks at each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from campaigncheck.waiting.days import Floats, Ints

MOST = 64.0
"""More than so many times the people planned are not looked for."""
FINE = 0.005
"""How finely the number of people is found: as a share of it, and of the people planned."""
FLATTEST, STEEPEST = 0.1, 40.0
"""By how many per cent waits may grow with each per cent of people."""

_NEAR = 0.85
"""The share of an interval as fine as figures are on one side of a guess that what is known may take up."""


class Newton:
    """Newton's steps in logarithms for many kinds of days at once, kept between what is known to hold and to break.

    Attributes:
        low: the most that is known to be borne; (kinds,), as are the others.
        high: the least that is known not to be.
        binding: the hour and class that binds there, as one number.
    """

    def __init__(self, guesses: Floats, slopes: Floats) -> None:
        count = len(guesses)
        self.guess, self.slope = guesses.copy(), slopes
        self.low, self.high = np.zeros(count), np.full(count, np.inf)
        self.binding = np.zeros(count, np.int64)
        self._last = np.full((2, count), np.nan)
        self._next = guesses.copy()

    @property
    def unsettled(self) -> Ints:
        """Which of them are not known finely enough."""
        return np.flatnonzero((self.high - self.low > self._fine * (1 + 1e-9)) & (self.low < MOST))

    @property
    def _fine(self) -> Floats:
        return np.maximum(FINE, FINE * self.low)

    def looks(self, rows: Ints, *, both: bool) -> Iterator[tuple[Ints, Floats]]:
        """Yield where to look: at the guess, or a little below and above it, so that both together settle it.

        Where what is known is near enough to the guess already, one look on the other side of it does.
        """
        guess = self.guess[rows]
        if not both:
            yield rows, guess
            return
        fine = np.maximum(FINE, FINE * guess)
        low, high = self.low[rows], self.high[rows]
        below, above = guess - low < _NEAR * fine, high - guess < _NEAR * fine
        under = np.where(above, high - 0.99 * fine, guess - 0.45 * fine)
        over = np.where(below, low + 0.99 * fine, guess + 0.45 * fine)
        yield rows[~below], np.maximum(under, FINE / 10)[~below]
        left = below | ~above
        yield rows[left], np.minimum(over, MOST)[left]

    def learn(self, rows: Ints, at: Floats, used: Floats) -> None:
        """Take in how far promises are used up; ``used`` has the shape (rows, hours and classes)."""
        worst, which = used.max(axis=1), used.argmax(axis=1)
        over = worst > 1
        closer = np.where(over, at < self.high[rows], at >= MOST)
        self.binding[rows[closer]] = which[closer]
        self.high[rows] = np.where(over, np.minimum(self.high[rows], at), self.high[rows])
        self.low[rows] = np.where(over, self.low[rows], np.maximum(self.low[rows], at))
        place, level = np.log(at), np.log(np.maximum(worst, 1e-9))
        run = place - self._last[0, rows]
        steep = np.divide(level - self._last[1, rows], run, out=self.slope[rows].copy(), where=np.abs(run) > 1e-4)
        self.slope[rows] = np.clip(steep, FLATTEST, STEEPEST)
        self._last[:, rows] = place, level
        self._next[rows] = np.exp(place - level / self.slope[rows])

    def step(self, rows: Ints, *, halve: bool) -> None:
        """Go to where promises should be just used up; to the middle if that lies outside of what is possible."""
        low, high, step = self.low[rows], self.high[rows], self._next[rows]
        inside = (step > low) & (step < high)
        middle = np.where(np.isinf(high), low * 2, (low + high) / 2)
        self.guess[rows] = np.clip(np.where(inside & (not halve), step, middle), FINE, MOST)
