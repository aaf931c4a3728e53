"""Whether a campaign would keep a hall's promises if it started later."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigncheck.algebra.days import Days
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.arrivals import Arrivals, CityDays, Moments
from campaigncheck.waiting.days import Floats, HallDays
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.screen import doubtful
from campaigncheck.waiting.together import Search, glance, waiting

DELAYS = (7, 14, 21, 28)
"""Days by which it is tried to start later: whole weeks, so that it still begins on the same day of the week."""


class _Try(NamedTuple):
    """The days of a hall on which a campaign that starts later draws somebody: with it, without it, and the promises."""

    delay: int
    after: HallDays
    before: HallDays
    promised: Floats


def least_delay(arrivals: Arrivals, promises: Promises, entry: Entry, city: str, hall: str) -> Search[int | None]:
    """Find the shortest of :data:`DELAYS` with which no promise of a hall breaks that holds without the campaign.

    Everybody else stays where they are planned, those with less right of way included.
    """
    tries = [_tried(arrivals.city(city, moved=_later(entry, delay)), promises, entry, hall, delay) for delay in DELAYS]
    after, before = (
        HallDays(*(np.concatenate(part) for part in zip(*days, strict=True)))
        for days in ([item.after for item in tries], [item.before for item in tries])
    )
    promised = np.concatenate([item.promised for item in tries])
    quick = yield from glance(after)
    near = np.flatnonzero((after.comes & doubtful(after, quick, promised)).any(axis=(1, 2)))
    broken = np.zeros(len(promised), np.bool_)
    if len(near):
        found = yield from waiting(after.rows(near))
        over = after.comes[near] & (found.mean > promised[near])
        rows = np.flatnonzero(over.any(axis=(1, 2)))
        if len(rows):
            usual = yield from waiting(before.rows(near[rows]))
            broken[near[rows]] = (over[rows] & (usual.mean <= promised[near[rows]])).any(axis=(1, 2))
    which = np.repeat(np.arange(len(tries)), [len(item.promised) for item in tries])
    bad = set(which[broken].tolist())
    return next((item.delay for number, item in enumerate(tries) if number not in bad), None)


def _later(entry: Entry, delay: int) -> Entry:
    drawn = entry.draws
    assert drawn is not None
    period = Days(drawn.period.first + delay, drawn.period.last + delay)
    first = max(entry.days.first, drawn.period.first) + delay
    return entry._replace(
        start=entry.start + delay, days=Days(first, entry.days.last + delay), draws=drawn._replace(period=period)
    )


def _tried(city: CityDays, promises: Promises, entry: Entry, hall: str, delay: int) -> _Try:
    """Return the days of one hall."""
    at = city.halls.index(hall)
    total, others = city.added(frozenset({entry.id}))
    own = next(crowd for crowd in city.crowds if crowd.entry.id == entry.id)
    days = np.flatnonzero(own.people[:, at] > 0)
    which = (days, np.full(len(days), at, np.int64))
    usual = city.hall_days(Moments.none(days.shape), which)
    return _Try(
        delay, city.hall_days(total.at(which), which), city.hall_days(others.at(which), which), promises.minutes(usual)
    )
