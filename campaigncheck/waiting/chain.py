"""Waits in a hall that changes by the hour, overload included: the transient chain of the number of customers.

M(t)/G/c(t) with two classes, premium first without interrupting. The distribution of the number inside is carried from
hour to hour (no hour is taken to be settled) by Crank and Nicolson's rule on a birth-death chain, begun each hour with
two implicit half steps (Rannacher 1984); ``ladder`` says what its states stand for. A second, smaller chain carries the
number of premium customers who wait: it grows only while all counters are busy, which the first chain says, and falls at
the rate of all counters; for exponential service both are exact. ``backlog`` and ``walk`` turn what arriving customers
find into waits. Fluid, transient and stationary limits hold: an overloaded queue grows at the rate of the excess, a
settled one has the waits of Cobham (1954) and Kella and Yechiali (1985), with Tijms's correction for variability.

Where this leaves its domain it goes on with what holds:

- Overload, also by premium customers alone, is no special case; in the latter, others move on by fluctuations only.
- A state space that has more than 1e-5 in its last state is enlarged and the day computed again; very long queues get coarse units.
- Variability above 4 is outside what counters show. Means are then too high (docs/waiting.md): the safe side.

How near it comes is measured in docs/waiting.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.waiting.backlog import Backlog
from campaigncheck.waiting.days import HOUR, Floats, HallDays, Ints, Waits, checked, load
from campaigncheck.waiting.hours import Hours
from campaigncheck.waiting.queues import Queues
from campaigncheck.waiting.space import CELLS, Space, enlarged, needed
from campaigncheck.waiting.walk import Walk

SAMPLES = 3
"""Moments of an hour at which the queue is turned into waits."""

_P90 = 0.9
_RESTS = HOUR * (1 - (np.arange(SAMPLES) + 0.5) / SAMPLES)


class _Told(NamedTuple):
    """The waits of a chunk, hours first."""

    mean: Floats
    p90: Floats
    over: Floats
    queue: Floats


def waits(days: HallDays, limits: Sequence[float] = (), *, p90: bool = True) -> Waits:
    """Return the waits of every hour; those of a day depend on no other day.

    Without ``p90`` there are none (not a number), and the rest takes half the time.

    Raises:
        ValueError: a figure cannot be (see ``days.checked``), or a limit is negative.
    """
    if any(not limit >= 0 for limit in limits):
        raise ValueError("limits must not be negative")
    days = checked(days)
    count, hours = days.counters.shape
    found = Waits(
        np.zeros((count, hours, 2)),
        np.zeros((count, hours, 2)),
        np.zeros((count, hours, 2, len(limits))),
        np.zeros((count, hours)),
        load(days),
    )
    space, rows = needed(days), np.arange(count)
    while len(rows):
        lost = np.zeros(len(rows), dtype=np.bool_)
        for chosen in _chunks(space):
            told, lost[chosen] = _course(days.rows(rows[chosen]), space.rows(chosen), limits, p90)
            for part, values in zip(found, told, strict=False):
                part[rows[chosen]] = np.moveaxis(values, 0, 1)
        rows, space = rows[lost], enlarged(space.rows(np.flatnonzero(lost)))
    return found


def _chunks(space: Space) -> list[Ints]:
    """Return rows with equal numbers of states, with coarse units or without, as many at a time as fit the cache."""
    kinds = np.stack([space.states, space.few, (space.coarse > 1).astype(np.int64)])
    sizes, kind = np.unique(kinds, axis=1, return_inverse=True)
    chunks: list[Ints] = []
    for number in range(sizes.shape[1]):
        rows = np.flatnonzero(kind.ravel() == number)
        width = max(16, CELLS // int(sizes[0, number]))
        chunks += [rows[start : start + width] for start in range(0, len(rows), width)]
    return chunks


def _course(days: HallDays, space: Space, limits: Sequence[float], p90: bool) -> tuple[_Told, NDArray[np.bool_]]:
    """Go through the days of a chunk; say also in which the states did not suffice."""
    hours = Hours.of(days)
    queues = Queues(hours, int(space.states[0]), int(space.few[0]), space.coarse)
    told = [_hour(queues, hours, hour, limits, p90) for hour in range(len(hours.mean))]
    return _Told(*(np.stack(parts) for parts in zip(*told, strict=True))), queues.lost


def _hour(queues: Queues, hours: Hours, hour: int, limits: Sequence[float], p90: bool) -> _Told:
    """Let an hour pass and tell its waits; hours not open tell 0."""
    ladder, shares, ahead = queues.passed(hour, SAMPLES)
    mean, scv, counters = hours.mean[hour], hours.scv[hour], hours.counters[hour]
    own, others = hours.ahead(hour)
    alone = ladder._replace(counters=np.zeros_like(counters))
    none = np.zeros_like(mean)
    premium = Backlog(alone, ahead, mean, scv, counters, Walk.along(own, _RESTS, none))
    other = Backlog(ladder, shares, mean, scv, counters, Walk.along(others, _RESTS, hours.premium_work(hour)))
    means = [kind.mean() for kind in (premium, other)]
    nines = [np.full_like(mean, np.nan)] * 2
    if p90:
        nines = [kind.percentile(_P90, kind_mean) for kind, kind_mean in zip((premium, other), means, strict=True)]
    over = np.zeros((len(mean), 2, len(limits)))
    for number, kind in enumerate((premium, other)):
        for place, limit in enumerate(limits):
            over[:, number, place] = kind.over(np.full(len(mean), float(limit)))
    is_open = hours.open[hour]
    return _Told(
        np.stack(means, axis=1) * is_open[:, None],
        np.stack(nines, axis=1) * is_open[:, None],
        over * is_open[:, None, None],
        _waiting(hours, hour, premium.waiting(), other.waiting()) * is_open,
    )


def _waiting(hours: Hours, hour: int, premium: Floats, everybody: Floats) -> Floats:
    """Return customers who wait, from the work of premium customers and of all that wait, in mean services."""
    mean = hours.mean[hour]
    own = np.where(hours.premium[hour] > 0, mean / np.maximum(hours.premium_mean[hour], 1e-9), 1.0)
    others = mean / hours.other_mean(hour)
    return np.asarray(premium * own + np.maximum(everybody - premium, 0.0) * others)
