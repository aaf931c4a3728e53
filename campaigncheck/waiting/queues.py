"""The two chains of a day: customers inside, and premium customers waiting."""

from __future__ import annotations

import numpy as np

from campaigncheck.waiting.days import HOUR, Floats
from campaigncheck.waiting.hours import Hours
from campaigncheck.waiting.ladder import Ladder, Solver
from campaigncheck.waiting.residual import opening, settled

STEPS = 12
"""Steps of an hour."""
_STEP = HOUR / STEPS

_LOST = 1e-5
"""Share in the last state that is too much."""


class Queues:
    """Shares of the states, day by day side by side: (states, days)."""

    def __init__(self, hours: Hours, states: int, few: int, coarse: Floats) -> None:
        """Begin before the first hour, with nobody inside."""
        days = len(coarse)
        self._hours, self._coarse = hours, coarse
        self._inside, self._ahead = np.zeros((states, days)), np.zeros((few, days))
        self._inside[0] = 1.0
        self._ladder = hours.ladder(0, coarse)
        self._all_busy = np.zeros((states, days), dtype=np.bool_)
        self.lost = np.zeros(days, dtype=np.bool_)
        """Days in which the states did not suffice."""

    def passed(self, hour: int, samples: int) -> tuple[Ladder, Floats, Floats]:
        """Let an hour pass; return its states, and their shares in so many parts of it: (states, samples, days)."""
        self._enter(hour)
        hours, sizes = self._hours, self._ladder.sizes(len(self._inside))
        alone = self._ladder._replace(counters=np.zeros_like(self._coarse)).sizes(len(self._ahead))
        work = hours.premium_work(hour) / hours.mean[hour]
        served = np.minimum(np.arange(len(self._inside))[:, None], self._ladder.counters) / hours.mean[hour]
        taken = np.broadcast_to(hours.counters[hour] / hours.mean[hour], alone.shape)
        queue = _chain(alone, work, taken)
        chain: Solver | None = None
        inside = np.zeros((len(self._inside), samples, len(self._coarse)))
        ahead = np.zeros((len(self._ahead), samples, len(self._coarse)))
        for step in range(STEPS):
            pace, steady = self._pace(hour, step)
            if chain is None or not steady:
                chain = _chain(sizes, hours.arrivals[hour], served * pace)
            part = step * samples // STEPS
            for half in range(2 if step == 0 else 1):
                now, waiting = self._stepped(chain, queue, implicit=step == 0)
                if half == 0:
                    inside[:, part] += now
                    ahead[:, part] += waiting
        self.lost |= (np.abs(self._inside[-1]) > _LOST) | (np.abs(self._ahead[-1]) > _LOST)
        return self._ladder, inside * (samples / STEPS), ahead * (samples / STEPS)

    def _pace(self, hour: int, step: int) -> tuple[Floats, bool]:
        """Return how fast busy counters finish, of what is usual; and whether that is so from now on."""
        hours = self._hours
        fresh = hours.fresh[hour] > 0
        begin = np.where(fresh, step * _STEP / hours.mean[hour], np.inf)
        if settled(begin):
            return np.ones_like(begin), step > 0 and settled(begin - _STEP / hours.mean[hour])
        begin = np.where(fresh, begin, 0.0)
        pace = opening(begin, begin + _STEP / hours.mean[hour], hours.scv[hour])
        return np.where(fresh, pace, 1.0), False

    def _enter(self, hour: int) -> None:
        """Move on to the states of the next hour; a hall that is not open is empty."""
        hours, before, after = self._hours, self._ladder, self._hours.ladder(hour, self._coarse)
        if hour:
            worth = hours.worth(hour)
            opened = after.counters - before.counters
            moves = (opened != 0) | (worth != 1) | (before.first != after.first) | (before.fine != after.fine)
            if moves.any():
                old, new = (Ladder(*(part[moves] for part in ladder)) for ladder in (before, after))
                self._inside[:, moves] = old.moved(self._inside[:, moves], new, worth[moves])
                self._ahead[:, moves] = old.shifted(self._ahead[:, moves], new, worth[moves], opened[moves])
        self._ladder = after
        empty = (hours.open[hour] == 0) | (hours.fresh[hour] > 0)
        self._inside[:, empty], self._inside[0, empty], self._ahead[:, empty] = 0.0, 1.0, 0.0
        self._all_busy = np.arange(len(self._inside))[:, None] >= after.counters
        self._busy = self._share_busy()
        self._ahead[0] = self._busy - np.add.accumulate(self._ahead[1:], axis=0)[-1]

    def _share_busy(self) -> Floats:
        return np.asarray(np.add.accumulate(np.where(self._all_busy, self._inside, 0.0), axis=0)[-1])

    def _stepped(self, chain: Solver, queue: Solver, implicit: bool) -> tuple[Floats, Floats]:
        """Take half a step backward Euler, or a whole one of Crank and Nicolson; return the shares in its middle.

        Solving half a step gives the middle of a whole one: the next shares are twice that less the former ones. Who
        finds all counters busy joins the premium chain's state of nobody waiting, as the first chain says.
        """
        former, waited, busy = self._inside, self._ahead, self._busy
        middle = chain.solve(former)
        self._inside = middle if implicit else 2 * middle - former
        self._busy = self._share_busy()
        given = waited.copy()
        given[0] += (self._busy - busy) * (1.0 if implicit else 0.5)
        waiting = queue.solve(given)
        self._ahead = waiting if implicit else 2 * waiting - waited
        return middle, waiting


def _chain(sizes: Floats, arrivals: Floats, served: Floats) -> Solver:
    """Return the chain with these sizes of units; the rate from a state down is that of its own unit."""
    up, down = arrivals / sizes, np.zeros_like(sizes)
    up[-1] = 0.0
    down[1:] = served[1:] / sizes[:-1]
    return Solver(up, down, _STEP)
