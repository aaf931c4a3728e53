"""Who comes to the halls of a city, day by day: those who always come, and those whom campaigns draw.

A campaign's transactions are spread over days by its shape and by how many people come anyway on each kind of day,
over halls in proportion to who comes there on such a day, and over hours by each hall's own profile (contract §7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import HallHours
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.draws import Draws
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.days import Flags, Floats, HallDays, Ints
from campaigncheck.waiting.spread import day_types, shares


class Service(NamedTuple):
    """How long a person is served: the mean in minutes and the mean of the square."""

    mean: float
    square: float

    @classmethod
    def of(cls, mean: float, deviation: float) -> Service:
        """Return the service with a mean and a standard deviation."""
        return cls(mean, mean * mean + deviation * deviation)

    def scaled(self, factor: float) -> Service:
        """Return the service that takes so many times as long."""
        return Service(self.mean * factor, self.square * factor * factor)


@dataclass(frozen=True, eq=False)
class Crowd:
    """Whom one campaign draws to the halls of a city.

    Attributes:
        entry: the campaign.
        people: transactions a day; shape (days, halls).
        asking: people who only ask, for each transaction.
        service: of a transaction; None if it is not known, so that it takes as long as any other at the hall.
        premium: whether all are of a premium brand; None: as many as of those who always come.
    """

    entry: Entry
    people: Floats
    asking: float
    service: Service | None
    premium: bool | None


@dataclass(frozen=True, eq=False)
class CityDays:
    """The halls of a city on some days; the campaigns stand in order of right of way.

    Attributes:
        city: its code.
        halls: their ids.
        rows: where each stands in the network's hours; shape (halls,).
        days: the days, one after the other.
        types: what type of day each is; shape (days,).
        hours: the network's hours.
        crowds: whom the campaigns draw.
        half: how long people who only ask take, as a share of a transaction.
    """

    city: str
    halls: tuple[str, ...]
    rows: Ints
    days: Days
    types: Ints
    hours: HallHours
    crowds: tuple[Crowd, ...]
    half: float

    @cached_property
    def left_out(self) -> Flags | None:
        """Which days of which halls cannot be judged, since their rows have faults; shape (days, halls). None: all can."""
        if self.hours.left_out is None:
            return None
        left_out = self.hours.left_out[self.rows]
        return np.asarray(left_out[:, self.types].T) if left_out.any() else None

    @property
    def halls_judged(self) -> int:
        """How many halls can be judged, if only on some types of day."""
        if self.hours.left_out is None:
            return len(self.halls)
        empty = ~(self.hours.counters[self.rows] > 0).any(axis=(1, 2))
        return len(self.halls) - int((self.hours.left_out[self.rows].any(axis=1) & empty).sum())

    def not_judged(self, crowd: Crowd) -> dict[str, tuple[int, ...]]:
        """Return the halls to which a campaign draws somebody on days that cannot be judged, with their types."""
        if self.left_out is None:
            return {}
        lost = self.left_out & (crowd.people > 0)
        halls = np.flatnonzero(lost.any(axis=0)).tolist()
        return {self.halls[hall]: tuple(np.unique(self.types[lost[:, hall]]).tolist()) for hall in halls}

    def judged(self, crowd: Crowd) -> bool:
        """Whether a campaign draws somebody to a hall on a day that can be judged."""
        there = crowd.people > 0
        return bool((there if self.left_out is None else there & ~self.left_out).any())

    @cached_property
    def premium_share(self) -> Floats:
        """Which share of those who always come is of a premium brand; shape (days, halls)."""
        premium = self.hours.premium[self.rows].sum(axis=2)
        total = premium + self.hours.other[self.rows].sum(axis=2)
        share = np.divide(premium, total, out=np.zeros_like(total), where=total > 0)
        return np.asarray(share[:, self.types].T)

    @cached_property
    def usual(self) -> tuple[Floats, Floats]:
        """How long anybody takes who always comes: the mean, and the mean of the square; shapes (days, halls)."""
        hours = self.hours
        people = hours.arrivals[self.rows]
        mean, square = hours.mean[self.rows], hours.mean[self.rows] ** 2 * (1 + hours.scv[self.rows])
        total = np.maximum(people.sum(axis=2), 1e-12)
        first, second = (people * mean).sum(axis=2) / total, (people * square).sum(axis=2) / total
        return np.asarray(first[:, self.types].T), np.asarray(second[:, self.types].T)

    def drawn(self, crowd: Crowd) -> Moments:
        """Return what a campaign adds to each day of each hall."""
        mean, square = self.usual
        if crowd.service is not None:
            mean, square = np.full_like(mean, crowd.service.mean), np.full_like(square, crowd.service.square)
        people, asking = crowd.people, crowd.people * crowd.asking
        everybody = people + asking
        work = people * mean + asking * mean * self.half
        effort = people * square + asking * square * self.half**2
        share = self.premium_share
        if crowd.premium is not None:
            share = np.full_like(share, float(crowd.premium))
        return Moments(everybody * share, everybody * (1 - share), work, effort, work * share)

    def added(self, asked: Set[str]) -> tuple[Moments, Moments]:
        """Return what all campaigns add to each day of each hall, and what those add that are not asked about."""
        total = others = Moments.none((self.days.length, len(self.halls)))
        for crowd in self.crowds:
            drawn = self.drawn(crowd)
            total = total.plus(drawn)
            if crowd.entry.id not in asked:
                others = others.plus(drawn)
        return total, others

    def hall_days(self, added: Moments, which: tuple[Ints, Ints]) -> HallDays:
        """Return the hours of some days of some halls, with what campaigns add to each.

        Args:
            added: what is added; shape (rows,).
            which: the days and the halls, by position; shapes (rows,).
        """
        days, halls = which
        at = self.rows[halls], self.types[days]
        hours = self.hours
        premium, other = hours.premium[at], hours.other[at]
        base = premium + other
        total = base.sum(axis=1, keepdims=True)
        profile = np.divide(base, total, out=np.zeros_like(base), where=total > 0)
        extra = [profile * part[:, None] for part in added]
        more_premium, more_other, work, effort, premium_work = extra
        people = base + more_premium + more_other
        mean_before, scv_before = hours.mean[at], hours.scv[at]
        first = base * mean_before + work
        second = base * mean_before**2 * (1 + scv_before) + effort
        mean = np.divide(first, people, out=mean_before.copy(), where=people > 0)
        square = np.divide(second, people, out=mean**2 * (1 + scv_before), where=people > 0)
        scv = np.divide(square, mean**2, out=np.ones_like(mean), where=mean > 0) - 1
        premium = premium + more_premium
        of_premium = np.divide(
            hours.premium[at] * mean_before + premium_work, premium, out=mean.copy(), where=premium > 0
        )
        return HallDays(hours.counters[at], premium, other + more_other, mean, np.maximum(scv, 0.0), of_premium)


class Moments(NamedTuple):
    """What is added to days of halls: people of both brands, minutes of service and their squares, minutes of premium."""

    premium: Floats
    other: Floats
    work: Floats
    effort: Floats
    premium_work: Floats

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> Moments:
        """Return nothing added."""
        return cls(*(np.zeros(shape) for _ in cls._fields))

    def plus(self, other: Moments) -> Moments:
        """Return both together."""
        return Moments(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def times(self, factor: float | Floats) -> Moments:
        """Return so many times as much."""
        return Moments(*(part * factor for part in self))

    def at(self, which: tuple[Ints, Ints]) -> Moments:
        """Return what is added on some days in some halls, by position; shape (rows,)."""
        return Moments(*(part[which] for part in self))


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Who comes to all halls of a network that has hours, from today on, to a last day if there is one."""

    portfolio: Portfolio
    catalogues: Catalogues
    today: int
    last: int | None = None

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """The cities whose halls anybody is drawn to, by code."""
        return tuple(sorted(city for city in self._halls if self.drawing(city)))

    def city(self, city: str, moved: Entry | None = None) -> CityDays:
        """Return the halls of a city on all days on which a campaign draws somebody there.

        Args:
            city: its code.
            moved: a campaign that stands in for the one with its id.
        """
        there = self.drawing(city)
        if moved is not None:
            there = sorted((moved if entry.id == moved.id else entry for entry in there), key=_right_of_way)
        days = Days(min(self.live(entry).first for entry in there), max(self.live(entry).last for entry in there))
        halls = self._halls[city]
        rows = np.array([self._rows[hall] for hall in halls], np.int64)
        crowds = tuple([self._crowd(entry, city, days, halls, rows) for entry in there])
        half = self.catalogues.limit("enquiry_time", city) / 100
        return CityDays(city, halls, rows, days, self._types_of(days), self.catalogues.network.hall_hours, crowds, half)

    def _types_of(self, days: Days) -> Ints:
        """Return what type of day some days are; every campaign asks for the same ones again."""
        known = self._types
        if any(day not in known for day in range(days.first, days.last + 1)):
            known.update(zip(range(days.first, days.last + 1), day_types(self.catalogues, days).tolist(), strict=True))
        return np.array([known[day] for day in range(days.first, days.last + 1)], np.int64)

    @cached_property
    def _types(self) -> dict[int, int]:
        return {}

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return self.catalogues.network.hall_hours.halls

    @cached_property
    def _halls(self) -> dict[str, tuple[str, ...]]:
        """The halls with hours of each city."""
        found: dict[str, list[str]] = {}
        city_of = self.catalogues.network.city_of
        for hall in self._rows:
            if hall in city_of:
                found.setdefault(city_of[hall], []).append(hall)
        return {city: tuple(halls) for city, halls in found.items()}

    @cached_property
    def _unplaced(self) -> tuple[str, ...]:
        """Halls of which nobody knows where they are: people come there as well, if a campaign names them."""
        return tuple(hall for hall in self.catalogues.network.unplaced if hall in self._rows)

    @cached_property
    def _base(self) -> Floats:
        """Who always comes in a day; shape (halls, types of day)."""
        return self.catalogues.network.hall_hours.daily

    @cached_property
    def _base_of_city(self) -> dict[str, Floats]:
        return {
            city: self._base[[self._rows[hall] for hall in halls]].sum(axis=0) for city, halls in self._halls.items()
        }

    def drawing(self, city: str) -> list[Entry]:
        """Return the campaigns that draw somebody to halls of a city, in order of right of way."""
        there = self.portfolio.by_city.get(city, ())
        found = [
            entry
            for entry in there
            if entry.draws is not None and entry.draws.hall > 0 and not self.live(entry).empty and self._in(entry, city)
        ]
        return sorted(found, key=_right_of_way)

    def live(self, entry: Entry) -> Days:
        """Return the days of a campaign that are looked at."""
        return entry.days if self.last is None else Days(entry.days.first, min(entry.days.last, self.last))

    def _in(self, entry: Entry, city: str) -> tuple[str, ...]:
        """Return the halls of a city in which a campaign runs."""
        return tuple([hall for hall in self._halls[city] if not entry.halls or hall in entry.halls])

    def _scope(self, entry: Entry) -> Floats:
        """Return who always comes to all halls in which a campaign runs; shape (types of day,)."""
        known = self._scopes.get(entry.id)
        if known is None:
            cities = [city for city in self.portfolio.regions.names(entry.cities) if city in self._halls]
            if entry.halls:
                rows = [self._rows[hall] for city in cities for hall in self._in(entry, city)]
                rows += [self._rows[hall] for hall in self._unplaced if hall in entry.halls]
                known = self._base[rows].sum(axis=0)
            else:
                known = np.sum([self._base_of_city[city] for city in cities], axis=0)
            self._scopes[entry.id] = known
        return known

    @cached_property
    def _scopes(self) -> dict[str, Floats]:
        return {}

    def _crowd(self, entry: Entry, city: str, days: Days, halls: Sequence[str], rows: Ints) -> Crowd:
        drawn = entry.draws
        assert drawn is not None
        here = np.zeros((days.length, len(halls)))
        live = self.live(entry)
        by_day = self._by_day(entry, drawn, live)
        scope = self._scope(entry)
        types = self._types_of(live)
        share = np.divide(self._base[rows], scope, out=np.zeros((len(rows), len(scope))), where=scope > 0)
        if entry.halls:
            share[[hall not in entry.halls for hall in halls]] = 0
        begin = live.first - days.first
        here[begin : begin + live.length] = by_day[:, None] * share[:, types].T
        self._leave_to_children(entry, city, days, halls, here)
        service = Service.of(*entry.service) if entry.service else None
        return Crowd(entry, here, drawn.asks_hall / drawn.hall, service, drawn.premium)

    def _by_day(self, entry: Entry, drawn: Draws, live: Days) -> Floats:
        """Return the transactions of each day in all halls; days gone by have had theirs. Shape (days,)."""
        usual = self._scope(entry)[self._types_of(drawn.period)]
        first = live.first - drawn.period.first
        return np.asarray(drawn.hall * shares(drawn, usual)[first : first + live.length])

    def _leave_to_children(self, entry: Entry, city: str, days: Days, halls: Sequence[str], people: Floats) -> None:
        """Take away whom a child draws itself: in its cities it stands in for its parent (contract §7)."""
        bit = self.portfolio.regions.masks[city]
        for child in self.portfolio.children.get(entry.id, ()):
            if child is entry or not child.cities & bit or child.draws is None or child.draws.hall <= 0:
                continue
            both = child.days.meet(days)
            if not both.empty:
                named = [at for at, hall in enumerate(halls) if not child.halls or hall in child.halls]
                people[both.first - days.first : both.last - days.first + 1, named] = 0


def _right_of_way(entry: Entry) -> tuple[object, str]:
    return entry.rank, entry.path
