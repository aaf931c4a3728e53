"""How many campaigns meet in one city's halls, and how many launch within a few days.

Campaigns are taken in order of right of way, so a campaign is charged only with those that go before it
or tie with it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.days import Days
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.presence import Presence, Town
from campaigncheck.portfolio.signs import Flags, Ints
from campaigncheck.understand.entry import Entry

Counts = NDArray[np.int64]

_NONE: frozenset[int] = frozenset()


class Crowd(NamedTuple):
    """The worst that a campaign meets: how many at once, on which days, where, and with whom.

    ``hall`` is the hall in which they meet; None for any hall of the city that nobody names.
    """

    number: int
    days: Days
    city: str
    others: tuple[Entry, ...]
    hall: str | None = None


def one_each(entry: Entry) -> int:
    """Count campaigns."""
    return 1


def its_offers(entry: Entry) -> int:
    """Count offers."""
    return len(entry.offers)


@dataclass(frozen=True)
class Standard:
    """What is too many, and of what.

    Attributes:
        limit: how many are still allowed in a city, by its code.
        weigh: what a campaign counts for.
        city_of: the city of each hall. A campaign that names halls counts only in their cities; a hall
            whose city is not told counts wherever the campaign runs.
        only: the campaigns whose crowds are asked for; None for all.
    """

    limit: Callable[[str], int]
    weigh: Callable[[Entry], int] = one_each
    city_of: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] | None = None

    def asks_for(self, entry: Entry) -> bool:
        """Whether the crowd of a campaign is asked for."""
        return self.only is None or entry.id in self.only


def present(portfolio: Portfolio, city: str) -> Sequence[Presence]:
    """Return the campaigns of a city, in order of path, with the days on which each counts there."""
    return portfolio.town(city).items


def towns_asked(portfolio: Portfolio, standard: Standard, margin: int = 0) -> Iterator[tuple[str, Town, Flags]]:
    """Yield the cities, in code order, in which a campaign asked for is.

    With each come its campaigns, and which of them count for those asked for: they run at most ``margin``
    days before or after them.
    """
    asked = None if standard.only is None else portfolio.flags(standard.only)
    cities = 0
    for entry in portfolio.some(standard.only or ()):
        cities |= entry.cities
    for city in portfolio.by_city:
        if asked is not None and not portfolio.regions.masks[city] & cities:
            continue
        town = portfolio.town(city)
        if asked is None:
            yield city, town, np.ones(len(town.items), np.bool_)
            continue
        here = asked[town.positions]
        if here.any():
            yield city, town, town.near(here, margin)


class _Peak(NamedTuple):
    """The highest count that a campaign meets; the company is worked out when it is the worst of all."""

    number: int
    days: Days
    city: str
    hall: str | None


def crowds(portfolio: Portfolio, standard: Standard) -> dict[str, Crowd]:
    """Return, by campaign id, the worst crowd above the limit that each campaign meets in a hall."""
    worst: dict[str, tuple[_Peak, _City]] = {}
    for city, town, wanted in towns_asked(portfolio, standard):
        limit = standard.limit(city)
        here = _City(city, town, wanted, standard)
        if here.busiest > limit:
            for entry, peak in here.peaks(limit):
                known = worst.get(entry.id)
                if known is None or _order(peak) < _order(known[0]):
                    worst[entry.id] = (peak, here)
    return {name: here.crowd(portfolio.by_id[name], peak) for name, (peak, here) in worst.items()}


def _order(found: _Peak | Crowd) -> tuple[int, int, str]:
    """The worst first: the most at once, the earliest, the first city."""
    return -found.number, found.days.first, found.city


class _City:
    """One city's campaigns as they meet in its halls, in order of right of way."""

    def __init__(self, city: str, town: Town, wanted: Flags, standard: Standard) -> None:
        self.city = city
        self.standard = standard
        inside = _in_halls(city, town, town.in_halls[wanted[town.in_halls]], standard)
        self.items = [item for _, item in inside]
        self.weights = [standard.weigh(item.entry) for item in self.items]
        self.owner, self.first, self.last = _pieces(town, [at for at, _ in inside])
        self.base = int(self.first.min(initial=date.max.toordinal()))
        self.size = max(0, int(self.last.max(initial=0)) - self.base + 1)
        self.total = self._all_together()
        self.busiest = int(self.total.max(initial=0))

    def _all_together(self) -> Counts:
        """Count every campaign of the city on each day, whatever halls it names."""
        weights = np.array(self.weights, np.int64)[self.owner]
        steps = np.zeros(self.size + 1, np.int64)
        np.add.at(steps, self.first - self.base, weights)
        np.subtract.at(steps, self.last - self.base + 1, weights)
        return np.cumsum(steps)[:-1]

    def peaks(self, limit: int) -> Iterator[tuple[Entry, _Peak]]:
        """Yield the campaigns that meet more than the limit, and the highest count of each.

        Counted is in any hall that nobody names (the first row), and in each that somebody does.
        """
        hot = [(self.items[at], self.weights[at]) for at in self._hot(limit)]
        halls: list[str | None] = [None, *sorted({hall for item, _ in hot for hall in item.halls})]
        row = {hall: number for number, hall in enumerate(halls)}
        counts: Counts = np.zeros((len(halls), self.size), np.int64)
        for _, group in groupby(hot, key=lambda pair: pair[0].entry.rank):
            tied = [(item, sorted(row[hall] for hall in item.halls), weight) for item, weight in group]
            for item, rows, weight in tied:
                for piece in item.pieces:
                    counts[rows or slice(None), self._window(piece)] += weight
            for item, rows, _ in tied:
                if self.standard.asks_for(item.entry):
                    there = halls if not rows else [halls[number] for number in rows]
                    peak = self._peak(item, counts[rows or slice(None)], there, limit)
                    if peak is not None:
                        yield item.entry, peak

    def _hot(self, limit: int) -> list[int]:
        """Return those that run on a day with more than the limit; the others add to no such day."""
        crowded = np.concatenate(([0], np.cumsum(self.total > limit)))
        hot = crowded[self.last - self.base + 1] > crowded[self.first - self.base]
        found: list[int] = np.unique(self.owner[hot]).tolist()
        return found

    def _window(self, piece: Days) -> slice:
        return slice(piece.first - self.base, piece.last - self.base + 1)

    def _peak(self, item: Presence, counts: Counts, halls: Sequence[str | None], limit: int) -> _Peak | None:
        """Return the highest count above the limit on a campaign's own days, in the first hall with it."""
        pieces = [counts[:, self._window(piece)] for piece in item.pieces]
        most = [piece.max(axis=1).tolist() for piece in pieces]
        number, hall, at = min((-top, hall, at) for at, tops in enumerate(most) for hall, top in enumerate(tops))
        if -number <= limit:
            return None
        days = _first_run(pieces[at][hall], -number, item.pieces[at].first)
        return _Peak(-number, days, self.city, halls[hall])

    def crowd(self, entry: Entry, peak: _Peak) -> Crowd:
        """Name the company of a campaign at its peak, and the days on which all of it is there."""
        day = peak.days.first
        until = bisect_right(self.items, entry.rank, key=_rank)
        there = (self.first <= day) & (self.last >= day) & (self.owner < until)
        company = [
            (item.entry, end)
            for at in np.nonzero(there)[0].tolist()
            for item, end in [(self.items[self.owner[at]], int(self.last[at]))]
            if not item.halls or peak.hall in item.halls
        ]
        days = Days(day, min(peak.days.last, *(end for _, end in company)))
        others = tuple(other for other, _ in company if other is not entry)
        return Crowd(peak.number, days, peak.city, others, peak.hall)


def _rank(item: Presence) -> tuple[int, int]:
    return item.entry.rank


def _pieces(town: Town, chosen: Sequence[int]) -> tuple[Counts, Counts, Counts]:
    """Return the owner, the first and the last day of every piece of some campaigns, numbered as they are chosen."""
    number = np.full(len(town.items), -1)
    number[chosen] = np.arange(len(chosen))
    owner, first, last = town.pieces
    owner = number[owner]
    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    return owner[order], first[order], last[order]


def _in_halls(city: str, town: Town, chosen: Ints, standard: Standard) -> list[tuple[int, Presence]]:
    """Return the presence in a city's halls of some campaigns that are sold at the counter."""
    items = [(at, town.items[at]) for at in chosen.tolist()]
    return [
        (at, found)
        for at, item in items
        if (found := in_city(city, standard, item) if item.entry.halls else item) is not None
    ]


def in_city(city: str, standard: Standard, item: Presence) -> Presence | None:
    """Return a campaign's presence in a city's halls, narrowed to those of its halls that are there."""
    entry = item.entry
    if not entry.in_halls or not entry.halls:
        return item if entry.in_halls else None
    here = frozenset(hall for hall in entry.halls if standard.city_of.get(hall, city) == city)
    return item._replace(halls=here) if here else None


def _first_run(counts: Counts, count: int, first: int) -> Days:
    begin = int(np.argmax(counts == count))
    fewer = np.nonzero(counts[begin:] != count)[0]
    length = int(fewer[0]) if len(fewer) else len(counts) - begin
    return Days(first + begin, first + begin + length - 1)


def launches(portfolio: Portfolio, standard: Standard, window: int) -> dict[str, Crowd]:
    """Return, by campaign id, the worst cluster above the limit that launches in a city within ``window`` days.

    In a child's cities it stands in for its parent: on its days the parent does not launch there, and the
    launches of both within the window are one.
    """
    worst: dict[str, Crowd] = {}
    for city, town, wanted in towns_asked(portfolio, standard, window):
        there = [town.items[at] for at in town.launching[wanted[town.launching]].tolist()]
        _keep_worst(worst, _clusters(city, _crowded(city, there, standard, window), None, standard, window))
    return worst


def launches_in_halls(portfolio: Portfolio, standard: Standard, window: int) -> dict[str, Crowd]:
    """Like :func:`launches`, for what the clerks of one hall meet."""
    worst: dict[str, Crowd] = {}
    for city, town, wanted in towns_asked(portfolio, standard, window):
        sold = town.launching[wanted[town.launching]]
        inside = [
            found
            for item in [town.items[at] for at in sold.tolist()]
            if (found := in_city(city, standard, item)) is not None
        ]
        inside = _crowded(city, inside, standard, window)
        for hall in [None, *sorted({hall for item in inside for hall in item.halls})]:
            there = [item for item in inside if not item.halls or hall in item.halls]
            _keep_worst(worst, _clusters(city, there, hall, standard, window))
    return worst


def _crowded(city: str, there: Sequence[Presence], standard: Standard, window: int) -> list[Presence]:
    """Return those that launch within the window of more than the limit: no others are in such a cluster."""
    starts = np.array([item.entry.start for item in there], np.int64)
    sums = np.concatenate(([0], np.cumsum([standard.weigh(item.entry) for item in there])))
    low = np.searchsorted(starts, starts - window, side="right")
    high = np.searchsorted(starts, starts + window, side="left")
    return [there[at] for at in np.nonzero(sums[high] - sums[low] > standard.limit(city))[0].tolist()]


def _keep_worst(worst: dict[str, Crowd], found: Iterator[tuple[Entry, Crowd]]) -> None:
    for entry, crowd in found:
        known = worst.get(entry.id)
        if known is None or _order(crowd) < _order(known):
            worst[entry.id] = crowd


def _clusters(
    city: str, there: Sequence[Presence], hall: str | None, standard: Standard, window: int
) -> Iterator[tuple[Entry, Crowd]]:
    limit = standard.limit(city)
    launching = _Launches(there, standard)
    for index, entry in enumerate(launching.entries):
        if standard.asks_for(entry):
            number, best = launching.worst(index, limit, window)
            if best:
                days = Days(best[0].start, best[-1].start)
                yield entry, Crowd(number, days, city, tuple(other for other in best if other is not entry), hall)


class _Launches:
    """What launches in one city or hall, by day; known by position."""

    def __init__(self, there: Sequence[Presence], standard: Standard) -> None:
        self.entries = [item.entry for item in there]
        self._starts = [entry.start for entry in self.entries]
        self._ranks = [entry.rank for entry in self.entries]
        self._weights = [standard.weigh(entry) for entry in self.entries]

    def worst(self, index: int, limit: int, window: int) -> tuple[int, list[Entry]]:
        """Return the heaviest cluster above the limit that one is in, the earliest of several; nothing if none is."""
        near = self._near(index, window)
        days = [self._starts[other] for other in near]
        sums = [0, *accumulate([self._weights[other] for other in near])]
        most, best = limit, list[int]()
        for at, day in enumerate(days):  # a cluster begins with a launch, and one does no later than this
            if day > self._starts[index] or sums[-1] - sums[at] <= most:
                break
            until = bisect_left(days, day + window)
            if sums[until] - sums[at] > most:
                inside = self._once(near[at:until])
                number = sum([self._weights[other] for other in inside])
                if number > most and index in inside:
                    most, best = number, inside
        return most, [self.entries[other] for other in best]

    def _near(self, index: int, window: int) -> list[int]:
        """Return the launches within the window of one that go before it or tie with it."""
        day, rank = self._starts[index], self._ranks[index]
        low, high = bisect_right(self._starts, day - window), bisect_left(self._starts, day + window)
        return [other for other in range(low, high) if self._ranks[other] <= rank]

    def _once(self, launches: list[int]) -> list[int]:
        """Leave out the parents of others among some campaigns: their launches are one."""
        if not self._children:
            return launches
        return [other for other in launches if self._children.get(other, _NONE).isdisjoint(launches)]

    @cached_property
    def _children(self) -> dict[int, set[int]]:
        """The campaigns here that localise others that are here too."""
        at = {entry.id: index for index, entry in enumerate(self.entries)}
        found: dict[int, set[int]] = {}
        for index, entry in enumerate(self.entries):
            if entry.parent in at:
                found.setdefault(at[entry.parent], set()).add(index)
        return found
