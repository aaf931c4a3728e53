"""Which campaign breaks a hall's promise, or makes its queue alarming.

Campaigns join in order of right of way, and the first with which a promise breaks that held before bears it
(contract §7). A quick method says where it may break, the exact one decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from campaigncheck.waiting.arrivals import CityDays, Crowd, Moments
from campaigncheck.waiting.days import Flags, Floats, HallDays, Ints
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.screen import DOUBT, wary
from campaigncheck.waiting.together import Search, glance, waiting


class Cell(NamedTuple):
    """One hour of a hall on some days, for one class of customers.

    Attributes:
        hall: the hall.
        hour: the hour of the day.
        premium: whether it is about premium customers.
        days: the days, as ordinals.
        before: what it is with those who have right of way.
        after: what it is with this campaign as well.
        bound: the promise in minutes, or the alarm level in customers for each counter.
        assumed: whether nobody measured the hall's figures.
    """

    hall: str
    hour: int
    premium: bool
    days: tuple[int, ...]
    before: float
    after: float
    bound: float
    assumed: bool

    @property
    def worse(self) -> float:
        """How many times the bound it is."""
        return self.after / self.bound


class Blame(NamedTuple):
    """What one campaign breaks in a city: promises, and alarm levels."""

    crowd: Crowd
    promises: tuple[Cell, ...]
    alarms: tuple[Cell, ...]


@dataclass(frozen=True, eq=False)
class CityBlame:
    """Who breaks what in the halls of a city."""

    city: CityDays
    promises: Promises

    @cached_property
    def drawn(self) -> tuple[Moments, ...]:
        """What each campaign adds to each day of each hall."""
        return tuple(self.city.drawn(crowd) for crowd in self.city.crowds)

    @cached_property
    def kinds(self) -> tuple[tuple[Ints, Ints], Ints]:
        """The days of halls that differ (a day and a hall of each kind), and the kind of each day of each hall."""
        people = np.stack([crowd.people for crowd in self.city.crowds], axis=2).round(9)
        shape = people.shape[:2]
        halls = np.broadcast_to(np.arange(shape[1])[None, :], shape)
        types = np.broadcast_to(self.city.types[:, None], shape)
        keys = np.concatenate([halls[..., None], types[..., None], people], axis=2).reshape(-1, people.shape[2] + 2)
        _, first, kind = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        return (first // shape[1], first % shape[1]), kind.reshape(shape)

    def search(self) -> Search[tuple[Blame, ...]]:
        """Find what each campaign breaks, in order of right of way; those that break nothing are left out."""
        found: list[Blame] = []
        which, suspects = yield from self._suspects()
        if not len(suspects):
            return ()
        which = (which[0][suspects], which[1][suspects])
        promised = self.promises.minutes(self.city.hall_days(self._none.at(which), which))
        joined = [np.arange(len(suspects)), *(np.flatnonzero(crowd.people[which] > 0) for crowd in self.city.crowds)]
        held, *values = yield from self._weighed(which, joined, promised)
        for crowd, rows, after_ in zip(self.city.crowds, joined[1:], values, strict=True):
            after = held.copy()
            after[rows] = after_
            broken = [self._cells(suspects, which, promised, held, after, alarm) for alarm in (False, True)]
            if any(broken):
                found.append(Blame(crowd, tuple(broken[0]), tuple(broken[1])))
            held = np.maximum(held, after)
        return tuple(found)

    def _weighed(self, which: tuple[Ints, Ints], joined: list[Ints], promised: Floats) -> Search[list[Floats]]:
        """Return waits of premium customers and others, and the queue for each counter, as one campaign after the other joins.

        What the quick method finds far below all bounds holds, whatever it is exactly, and is 0 here; of each kind of day
        the last such one is exact, since what was there before is told.

        Args:
            which: the kinds of days.
            joined: the kinds to look at without any campaign, and with each one that joins.
            promised: the promises of each kind.

        Returns:
            For each of ``joined`` an array of the shape (kinds, hours, 3).
        """
        total, parts = self._none, []
        for number, rows in enumerate(joined):
            if number:
                total = total.plus(self.drawn[number - 1])
            part = (which[0][rows], which[1][rows])
            parts.append(self.city.hall_days(total.at(part), part))
        days = HallDays(*(np.concatenate(part) for part in zip(*parts, strict=True)))
        kinds, turn = np.concatenate(joined), np.repeat(np.arange(len(joined)), [len(rows) for rows in joined])
        quick = yield from glance(days)
        doubtful = self._doubtful(days, quick, promised[kinds])
        found = np.zeros((*days.counters.shape, 3))
        wanted = np.flatnonzero(_from_before_the_first(doubtful, kinds, turn))
        if len(wanted):
            exact = days.rows(wanted)
            waited = yield from waiting(exact)
            each = np.divide(waited.queue, exact.counters, out=np.zeros_like(waited.queue), where=exact.counters > 0)
            found[wanted] = np.concatenate([np.where(exact.comes, waited.mean, 0.0), each[..., None]], axis=2)
        return np.split(found, np.cumsum([len(rows) for rows in joined])[:-1])

    def _doubtful(self, days: HallDays, quick: Floats, promised: Floats) -> Flags:
        """Return on which days a promise or an alarm level may be broken, by waits at a glance."""
        cautious = wary(days, quick)
        late = (cautious > DOUBT * promised).any(axis=(1, 2))
        crowded = (days.queue_each(cautious) > DOUBT * self.promises.alarms[0]).any(axis=1)
        return np.asarray(late | crowded)

    @property
    def _none(self) -> Moments:
        """Nothing added to any day of any hall."""
        return Moments.none((self.city.days.length, len(self.city.halls)))

    def _suspects(self) -> Search[tuple[tuple[Ints, Ints], Ints]]:
        """Return the kinds of days, and those of them on which something may break."""
        which, _ = self.kinds
        total = self._none
        for added in self.drawn:
            total = total.plus(added)
        everybody = self.city.hall_days(total.at(which), which)
        quick = yield from glance(everybody)
        promised = self.promises.minutes(self.city.hall_days(self._none.at(which), which))
        return which, np.flatnonzero(self._doubtful(everybody, quick, promised))

    def _cells(
        self, suspects: Ints, which: tuple[Ints, Ints], promised: Floats, held: Floats, after: Floats, alarm: bool
    ) -> list[Cell]:
        """Return the hours that hold with those before and break with one more."""
        if alarm:
            level_before, level = (self._level(each[..., 2]) for each in (held, after))
            broken = (level > level_before)[..., None]
            bounds = np.array([0.0, *self.promises.alarms])[level][..., None]
            values = (held[..., 2:], after[..., 2:])
        else:
            values = (held[..., :2], after[..., :2])
            broken, bounds = (values[1] > promised) & (values[0] <= promised), promised
        return list(self._told(suspects, which, broken, values, bounds))

    def _level(self, each: Floats) -> Ints:
        first, second = self.promises.alarms
        return np.asarray((each >= first).astype(np.int64) + (each >= second))

    def _told(
        self, suspects: Ints, which: tuple[Ints, Ints], broken: Flags, values: tuple[Floats, Floats], bounds: Floats
    ) -> Iterator[Cell]:
        _, kind = self.kinds
        hours = self.city.hours
        for row, hour, of in zip(*(part.tolist() for part in np.nonzero(broken)), strict=True):
            hall = int(which[1][row])
            days = np.flatnonzero(kind[:, hall] == suspects[row]) + self.city.days.first
            yield Cell(
                hall=self.city.halls[hall],
                hour=hours.first + hour,
                premium=of == 0 and broken.shape[2] == 2,
                days=tuple(days.tolist()),
                before=float(values[0][row, hour, of]),
                after=float(values[1][row, hour, of]),
                bound=float(bounds[row, hour, of]),
                assumed=bool(hours.assumed[self.city.rows[hall]]),
            )


def _from_before_the_first(flags: Flags, kinds: Ints, turn: Ints) -> Flags:
    """Return for rows of some kinds which come after the first of their kind that is flagged, it and the one before it included."""
    order = np.lexsort((turn, kinds))
    ordered, flagged = kinds[order], flags[order].astype(np.int64)
    first = np.concatenate([[True], np.diff(ordered) != 0])
    group = np.cumsum(first) - 1
    counted = np.cumsum(flagged)
    before: Ints = (counted - flagged)[first][group]
    reached = counted - before > 0
    following = np.concatenate([reached[1:] & ~first[1:], [False]])
    found = np.zeros(len(flags), np.bool_)
    found[order] = reached | following
    return found
