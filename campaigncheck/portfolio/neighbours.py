"""Campaigns of cities that lie side by side, in the same weeks.

A week is a calendar week, Monday to Sunday: customers compare what they heard on Monday with what a
friend across the border heard on Friday.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import RegionTree
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.signs import Flags, Ints, Words, as_words, common
from campaigncheck.understand.entry import Entry

PIECE = 1 << 21
"""Pairs written out at a time, to keep memory in bounds."""


def weeks(days: Days) -> Days:
    """Return whole weeks from the first to the last day, numbered from the calendar's first Monday on."""
    return Days((days.first - 1) // 7, (days.last - 1) // 7)


@dataclass(frozen=True)
class Borders:
    """Which cities lie beside which."""

    beside: tuple[int, ...]
    _around: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, neighbours: Mapping[str, frozenset[str]], regions: RegionTree) -> Borders:
        """Read a table of neighbours."""
        bits = {city: 1 << index for index, city in enumerate(regions.cities)}
        return cls(tuple(sum(bits[other] for other in neighbours.get(city, ())) for city in regions.cities))

    def around(self, cities: int) -> int:
        """Return every city that lies beside one of these."""
        known = self._around.get(cities)
        if known is None:
            known, rest = 0, cities
            while rest:
                known |= self.beside[(rest & -rest).bit_length() - 1]
                rest &= rest - 1
            self._around[cities] = known
        return known

    def between(self, one: int, other: int) -> tuple[int, int]:
        """Return the cities of only the one that lie beside cities of only the other, and these; both or none."""
        mine, theirs = one & ~other, other & ~one
        return mine & self.around(theirs), theirs & self.around(mine)


@dataclass(frozen=True, eq=False)
class _Reach:
    """The places at which campaigns stand, one row each: ``core`` are the cities that no child ever speaks for.

    ``near_core`` lies beside the core and outside the place; ``beside`` are the places that may border on each,
    those of place ``i`` from ``begin[i]`` up to ``begin[i + 1]``.
    """

    cities: Words
    core: Words
    near_core: Words
    begin: Ints
    beside: Ints

    @classmethod
    def of(cls, places: Sequence[tuple[int, int]], borders: Borders) -> _Reach:
        """Prepare places, each given by its cities and those of children."""
        size = len(borders.beside)
        core = [cities & ~children for cities, children in places]
        near = [borders.around(cities) & ~own for (cities, _), own in zip(places, core, strict=True)]
        near_core = [borders.around(own) & ~cities for (cities, _), own in zip(places, core, strict=True)]
        cities = [cities for cities, _ in places]
        begin, beside = _touching(cities, near, size)
        return cls(as_words(cities, size), as_words(core, size), as_words(near_core, size), begin, beside)

    def joined(self, places: Ints) -> tuple[Ints, Ints]:
        """Return which of some places may border on which, sorted, as indexes into ``places``."""
        index = np.full(len(self.cities), -1)
        index[places] = np.arange(len(places))
        here, at = _written_out(self.begin[places], self.begin[places + 1])
        there = index[self.beside[at]]
        keep = there >= 0
        return here[keep], there[keep]

    def surely_border(self, one: Ints, other: Ints) -> Flags:
        """Return which pairs of places border whatever children do: apart, and side by side."""
        apart = ~common(self.cities, self.cities, one, other)
        found: Flags = apart & common(self.near_core, self.core, one, other)
        return found


def _touching(cities: Sequence[int], near: Sequence[int], size: int) -> tuple[Ints, Ints]:
    """Return for each place those that it lies near and that lie near it: where they begin, and all of them."""
    inside, outside = _flags(cities, size), _flags(near, size)
    found = []
    for place in range(len(cities)):
        mine, beside = np.nonzero(inside[:, place])[0], np.nonzero(outside[:, place])[0]
        found.append(np.nonzero(inside[beside].any(axis=0) & outside[mine].any(axis=0))[0])
    counts = [len(item) for item in found]
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))), np.concatenate([np.empty(0, np.int64), *found])


def _flags(masks: Sequence[int], size: int) -> Flags:
    """Write sets of bits as columns of flags. Shape (size, masks)."""
    words = as_words(masks, size)
    bits = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")[:, :size]
    return np.ascontiguousarray(bits.T.astype(np.bool_))


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """Some campaigns of a portfolio, ready to be looked at across borders.

    ``place`` numbers for each campaign the set of its cities (and of those in which a child may stand in for it).
    """

    portfolio: Portfolio
    borders: Borders
    entries: Sequence[Entry]
    place: Ints
    _weeks: Ints = field(repr=False)
    _reach: _Reach = field(repr=False)

    @classmethod
    def of(cls, portfolio: Portfolio, borders: Borders, entries: Sequence[Entry]) -> Neighbourhood:
        """Prepare some campaigns of a portfolio."""
        numbers: dict[tuple[int, int], int] = {}
        where = [(entry.cities, _childrens(portfolio, entry)) for entry in entries]
        place = np.array([numbers.setdefault(item, len(numbers)) for item in where], np.int64)
        spans = np.array([weeks(entry.days) for entry in entries], np.int64).reshape(-1, 2)
        return cls(portfolio, borders, entries, place, spans, _Reach.of(list(numbers), borders))

    def between(self, first: Entry, second: Entry) -> tuple[int, int]:
        """Return the cities of each of two campaigns that lie beside the other's; both or none.

        Only cities count in which both speak for themselves: where a child of one runs on all its days of the
        weeks shared, the child stands in for it (contract §7); not towards the child itself.
        """
        shared = weeks(first.days).meet(weeks(second.days))
        span = Days(shared.first * 7 + 1, shared.last * 7 + 7)
        mine, theirs = self._speaks(first, second, span), self._speaks(second, first, span)
        return self.borders.between(mine, theirs)

    def _speaks(self, entry: Entry, other: Entry, span: Days) -> int:
        cities, children = entry.cities, self.portfolio.children.get(entry.id)
        if not children:
            return cities
        days = entry.days.meet(span)
        for child in children:
            if child.days.first <= days.first and days.last <= child.days.last and other.parent != entry.id:
                cities &= ~child.cities
        return cities

    def pairs(self, positions: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Yield, in pieces, which of some campaigns border on each other in the same weeks, each pair once.

        Args:
            positions: the campaigns, by their positions in ``entries``; one may be listed several times.

        Yields:
            Indexes into ``positions``, in no particular order.
        """
        order = np.lexsort((positions, self._weeks[positions, 0], self.place[positions]))
        for left, right in self._candidates(positions[order]):
            keep = np.nonzero(self._border(positions[order[left]], positions[order[right]]))[0]
            yield order[left[keep]], order[right[keep]]

    def _candidates(self, campaigns: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Yield pairs of rows that share a week and may border; rows are sorted by place and first week."""
        if not len(campaigns):
            return
        places, group = np.unique(self.place[campaigns], return_inverse=True)
        first, last = self._weeks[campaigns, 0], self._weeks[campaigns, 1]
        base, width = int(first.min()), int(last.max() - first.min()) + 2
        key = group * width + first - base
        here, beside = self._reach.joined(places)
        start = np.searchsorted(here, np.arange(len(places) + 1))
        row, at = _written_out(start[group], start[group + 1])
        there = beside[at]
        # Of two that begin in one week the one of the earlier place finds the other.
        low = np.searchsorted(key, there * width + first[row] - base + (there < group[row]), side="left")
        low = np.where(there == group[row], np.maximum(low, row + 1), low)
        high = np.searchsorted(key, there * width + last[row] - base, side="right")
        for piece in _pieces(np.maximum(high - low, 0)):
            nth, right = _written_out(low[piece], high[piece])
            yield row[piece][nth], right

    def _border(self, one: Ints, other: Ints) -> Flags:
        """Return which pairs border; only those with a city in common or with children are looked at closely."""
        entries = self.entries
        sure = self._reach.surely_border(self.place[one], self.place[other])
        for at in np.nonzero(~sure)[0].tolist():
            first, second = entries[one[at]], entries[other[at]]
            sure[at] = first is not second and any(self.between(first, second))
        return sure


def _childrens(portfolio: Portfolio, entry: Entry) -> int:
    cities = 0
    for child in portfolio.children.get(entry.id, ()):
        cities |= child.cities
    return cities


def _written_out(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Return each position i with each number from ``low[i]`` up to ``high[i]``, as two columns."""
    count = np.maximum(high - low, 0)
    first = np.repeat(low - (np.cumsum(count) - count), count)
    return np.repeat(np.arange(len(low)), count), np.arange(len(first)) + first


def _pieces(count: Ints) -> Iterator[slice]:
    """Cut rows into slices that make about :data:`PIECE` pairs each."""
    ends = np.cumsum(count)
    start = 0
    while start < len(count):
        done = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + PIECE, side="right")))
        yield slice(start, stop)
        start = stop
