"""The forecast of one city's halls, as arrays: exact where a promise is in doubt, quick elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaigncheck.waiting.arrivals import CityDays, Moments
from campaigncheck.waiting.days import Flags, Floats, HallDays, Ints, distinct
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.together import Search, glance, waiting
from campaigncheck.waiting.verdicts import verdicts

Which = tuple[Ints, Ints]


@dataclass(frozen=True, eq=False)
class CityRows:
    """What is foreseen of a city; a row for each kind of day of a hall, ``kinds`` says which kind each day is.

    Attributes:
        city: its halls and days.
        kinds: shape (days, halls).
        days: the days themselves.
        mean: mean waits in minutes; (kinds, hours, 2), as are the others.
        before: mean waits without the campaigns asked about.
        p90: where a promise breaks; not a number elsewhere.
        over: the share that waits longer than promised, where a promise breaks.
        promised: the promises in minutes.
        broken: which of them break.
        caused: which of them are kept without the campaigns asked about.
        exact: for which kinds of days the waits, with and without, are those of the exact method; (kinds,).
    """

    city: CityDays
    kinds: Ints
    days: HallDays
    mean: Floats
    before: Floats
    p90: Floats
    over: Floats
    promised: Floats
    broken: Flags
    caused: Flags
    exact: Flags

    @cached_property
    def comes(self) -> Flags:
        """For which hours and classes anybody comes."""
        return self.days.comes

    @cached_property
    def queue(self) -> Floats:
        """Customers who wait for each open counter (Little 1961); (kinds, hours)."""
        return self.days.queue_each(self.mean)


def foreseen(city: CityDays, promises: Promises, asked: frozenset[str]) -> Search[CityRows]:
    """Foresee a city.

    Args:
        city: its halls, days and campaigns.
        promises: what is promised there.
        asked: the campaigns that are asked about; without them waits are ``before``.
    """
    total, others = city.added(asked)
    which, kinds = _kinds(city)
    usual = city.hall_days(Moments.none(kinds.shape).at(which), which)
    promised = promises.minutes(usual)
    days = city.hall_days(total.at(which), which)
    alike = which[1] * (int(city.types.max()) + 1) + city.types[which[0]]
    found = yield from verdicts(days, promised, alike)
    before, held = yield from _before(city.hall_days(others.at(which), which), promised, found.exact)
    p90, over = yield from _told(days, promised, found.broken)
    caused = found.broken & held
    return CityRows(city, kinds, days, found.mean, before, p90, over, promised, found.broken, caused, found.exact)


def _kinds(city: CityDays) -> tuple[Which, Ints]:
    """Return the kinds of days of halls (a day and a hall of each), and the kind of each day of each hall.

    Days on which the same people come to all halls are alike; those that differ in one hall differ in nearly all.
    """
    found: dict[tuple[int, bytes], int] = {}
    crowds = np.stack([crowd.people for crowd in city.crowds], axis=1).round(9)
    first: list[int] = []
    kind = np.empty(city.days.length, np.int64)
    for day, of in enumerate(city.types.tolist()):
        kind[day] = found.setdefault((of, crowds[day].tobytes()), len(found))
        if kind[day] == len(first):
            first.append(day)
    halls = len(city.halls)
    which = np.repeat(np.array(first, np.int64), halls), np.tile(np.arange(halls), len(first))
    return which, kind[:, None] * halls + np.arange(halls)[None, :]


def _before(days: HallDays, promised: Floats, exact: Flags) -> Search[tuple[Floats, Flags]]:
    """Return the waits without the campaigns asked about, by the method of those with them, and which promises hold.

    Of days worked out at a glance none is said to hold: nothing breaks there anyway.
    """
    first, like = distinct(days)  # of very many days if all campaigns are asked about
    mean = (yield from glance(days.rows(first)))[like]
    held = np.zeros_like(promised, np.bool_)
    rows = np.flatnonzero(exact)
    if len(rows):
        first, like = distinct(days.rows(rows))
        found = yield from waiting(days.rows(rows[first]))
        mean[rows] = found.mean[like]
        held[rows] = ~(days.rows(rows).comes & (mean[rows] > promised[rows]))
    return mean, held


def _told(days: HallDays, promised: Floats, broken: Flags) -> Search[tuple[Floats, Floats]]:
    """Return 90th percentiles and shares over the promise of days on which one breaks."""
    p90, over = np.full_like(promised, np.nan), np.full_like(promised, np.nan)
    rows = np.flatnonzero(broken.any(axis=(1, 2)))
    if len(rows):
        limits = np.unique(promised[rows]).tolist()
        found = yield from waiting(days.rows(rows), limits, p90=True)
        p90[rows] = found.p90
        at = np.searchsorted(limits, promised[rows])
        over[rows] = np.take_along_axis(found.over, at[..., None], axis=3)[..., 0]
    return p90, over
