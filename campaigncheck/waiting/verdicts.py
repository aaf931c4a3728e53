"""Which promises break on very many days: the exact method only where the quick one leaves a doubt.

Days of one hall that differ in what campaigns add are first weighed by the worst of them all, a day that has the most of
everything in every hour: people, work, and the squares of their service. If that keeps its promises, so do they. What is
still in doubt is worked out day by day.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.waiting.days import Floats, HallDays, Ints
from campaigncheck.waiting.screen import doubtful
from campaigncheck.waiting.together import Search, glance, waiting

SURE = 0.85
"""Up to this share of a promise the worst day of all speaks for the others: in the chain waits grow with people, work and
its squares, but for a rounding of states (tests/waiting/test_verdicts.py)."""


class Verdicts(NamedTuple):
    """Which promises break, with the waits that say so.

    Attributes:
        mean: mean waits in minutes; (days, hours, 2), premium and other.
        broken: which promises break; the same shape.
        exact: for which days the waits are those of the exact method; (days,).
    """

    mean: Floats
    broken: NDArray[np.bool_]
    exact: NDArray[np.bool_]


def verdicts(days: HallDays, promised: Floats, alike: Ints) -> Search[Verdicts]:
    """Decide which promises break.

    Args:
        days: the days.
        promised: the promises in minutes; (days, hours, 2).
        alike: a number for each day, the same for days of one hall with the same staff, people who always come, and
            promises; (days,).
    """
    quick = yield from glance(days)
    comes = days.comes
    rows = np.flatnonzero((comes & doubtful(days, quick, promised)).any(axis=(1, 2)))
    left = yield from _not_surely_kept(days, promised, alike, rows)
    mean, exact = quick, np.zeros(len(alike), np.bool_)
    broken = np.zeros(comes.shape, np.bool_)
    if len(left):
        found = yield from waiting(days.rows(left))
        mean[left], exact[left] = found.mean, True
        broken[left] = comes[left] & (found.mean > promised[left])
    return Verdicts(mean, broken, exact)


def _not_surely_kept(days: HallDays, promised: Floats, alike: Ints, rows: Ints) -> Search[Ints]:
    """Return which of the doubtful days belong to others whose worst day may break a promise."""
    if not len(rows):
        return rows
    order = rows[np.argsort(alike[rows], kind="stable")]
    begins = np.flatnonzero(np.diff(alike[order], prepend=-1))
    worst = worst_of(days.rows(order), begins)
    found = yield from waiting(worst)
    bound = SURE * promised[order[begins]]
    sure = ~(worst.comes & (found.mean > bound)).any(axis=(1, 2))
    kept = np.repeat(sure, np.diff(begins, append=len(order)))
    return np.sort(order[~kept])


def worst_of(days: HallDays, begins: Ints) -> HallDays:
    """Return for each group of days the one that has the most of everything: people of both classes, work and its squares.

    Means would not do: the longest service of one day with the people of another is more work than any day has.

    Args:
        days: groups of days, one after the other; in each group counters are the same.
        begins: where each begins.
    """

    def most(part: Floats) -> Floats:
        return np.asarray(np.maximum.reduceat(part, begins))

    people = days.premium + days.other
    work = people * days.mean
    premium, other, mean, scv, premium_mean = (most(part) for part in days[1:])
    total, first, second = premium + other, most(work), most(work * days.mean * (1 + days.scv))
    mean = np.divide(first, total, out=mean, where=total > 0)
    square = np.divide(second, total, out=mean**2 * (1 + scv), where=total > 0)
    scv = np.divide(square, mean**2, out=np.ones_like(mean), where=mean > 0) - 1
    own = most(days.premium * days.premium_mean)
    of_premium = np.divide(own, premium, out=premium_mean, where=premium > 0)
    return HallDays(days.counters[begins], premium, other, mean, np.maximum(scv, 0.0), of_premium)
