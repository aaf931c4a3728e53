"""Mean waits at a glance, to tell which days need the chain: stationary backlog carry-over (Stolletz 2008, European
Journal of Operational Research 190: 478–493).

An hour is cut into periods of about one service. In each, those who find all counters busy (Erlang's loss formula) are
carried into the next period; the settled formula is then taken at the arrival rate that keeps counters as busy as they
were. So overload needs no special case, and queues last beyond the hour that made them. Waits come out too long rather
than too short, by a fifth at a peak; docs/waiting.md shows how far from the chain it gets. It decides no verdict.
"""

from __future__ import annotations

import numpy as np

from campaigncheck.waiting.days import HOUR, Flags, Floats, HallDays, checked
from campaigncheck.waiting.hours import Hours

DOUBT = 0.5
"""Below this share of a promise, wary waits keep it for sure.

Of the random days of ``benchmarks/waiting_situations.py`` that break a promise none is overlooked; docs/waiting.md shows
the lowest share, tests/waiting/test_verdicts.py tries odder halls."""

_EVEN = 0.8
"""Where service varies less than this the quick look may be far short of the chain."""
_MELTED = 0.6
"""Of the waits of an hour so much is still there in the next: queues melt sooner here than in the chain."""

_MOST = 30
"""Periods of an hour."""
_CHUNK = 1 << 12
_FULL = 1 - 1e-9


def screened(days: HallDays) -> Floats:
    """Return quick mean waits in minutes: (days, hours, 2), premium and other; 0 in hours not open."""
    days = checked(days)
    found = np.zeros((*days.counters.shape, 2))
    is_open = days.counters > 0
    mean = np.where(is_open, days.mean, 0.0).sum(axis=1) / np.maximum(is_open.sum(axis=1), 1)
    periods = np.clip(np.rint(HOUR / np.maximum(mean, 1.0)), 2, _MOST).astype(np.int64)
    for number in np.unique(periods):
        rows = np.flatnonzero(periods == number)
        for start in range(0, len(rows), _CHUNK):
            chosen = rows[start : start + _CHUNK]
            found[chosen] = np.moveaxis(_carried(Hours.of(days.rows(chosen)), int(number)), 0, 1)
    return found


def wary(days: HallDays, quick: Floats) -> Floats:
    """Return waits to go by where nothing may be overlooked: (days, hours, 2).

    They are longer where service hardly varies, and in the hour after a longer queue.

    Args:
        days: the days.
        quick: their waits at a glance.
    """
    found = quick * np.maximum((1 + _EVEN) / (1 + days.scv), 1.0)[..., None]
    found[:, 1:] = np.maximum(found[:, 1:], _MELTED * found[:, :-1])
    return np.asarray(found)


def doubtful(days: HallDays, quick: Floats, promised: Floats) -> Flags:
    """Return which promises may be broken, by waits at a glance; shape (days, hours, 2)."""
    return np.asarray(wary(days, quick) > DOUBT * promised)


def _carried(hours: Hours, periods: int) -> Floats:
    """Carry the backlog from period to period; return the mean of each hour's periods."""
    found = np.zeros((*hours.mean.shape, 2))
    backlog = np.zeros(hours.mean.shape[1])
    for hour in range(len(found)):
        backlog = np.where(hours.fresh[hour] > 0, 0.0, backlog)
        counters, mean = hours.counters[hour], hours.mean[hour]
        arrivals = hours.arrivals[hour] * mean
        for _ in range(periods):
            wanted = arrivals + backlog
            lost = _loss(counters, wanted)
            backlog = wanted * lost
            found[hour] += _settled(hours, hour, np.minimum(wanted * (1 - lost) / counters, _FULL))
        found[hour] *= hours.open[hour][:, None] / periods
    return found


def _settled(hours: Hours, hour: int, load: Floats) -> Floats:
    """Return the settled waits at a load: Cobham (1954), Kella and Yechiali (1985), with Tijms's variability."""
    counters, fine = hours.counters[hour], (1 + hours.scv[hour]) / 2
    loss = _loss(counters, load * counters)
    next_one = hours.mean[hour] / counters * loss / (1 - load * (1 - loss))
    own = np.minimum(hours.premium_work(hour) / counters, load)
    premium = next_one * (hours.first[hour] + fine * own / (1 - own))
    other = next_one * (hours.first[hour] * (1 - load) + fine * load) / ((1 - load) * (1 - own))
    return np.stack([premium, np.maximum(premium, other)], axis=1)


def _loss(counters: Floats, offered: Floats) -> Floats:
    """Return Erlang's B, in the form that neither grows nor vanishes: 1 ÷ B(k) = 1 + k ÷ a ÷ B(k - 1)."""
    one, a = np.ones_like(offered), np.maximum(offered, 1e-12)
    loss = one
    for k in range(1, int(counters.max(initial=0)) + 1):
        grown = a * loss
        loss = np.where(k <= counters, grown / (k + grown), loss)
    return loss
