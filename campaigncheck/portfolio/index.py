"""The portfolio: who is live where and when, without looking at all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaigncheck.algebra.audience import Audience, meet, within
from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import RegionTree
from campaigncheck.portfolio.customers import Customers
from campaigncheck.portfolio.join import Ints, Rows, join, rows_of
from campaigncheck.portfolio.overlap import Overlap, left_over, meet_in_place
from campaigncheck.portfolio.presence import Town
from campaigncheck.portfolio.signs import Flags, Words, as_words
from campaigncheck.understand.entry import Entry, OfferFacts


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of campaigns, by their positions in ``entries``; of each pair the first by path stands left."""

    entries: tuple[Entry, ...]
    left: Ints
    right: Ints

    def __len__(self) -> int:
        return len(self.left)

    def __iter__(self) -> Iterator[tuple[Entry, Entry]]:
        entries = self.entries
        for left, right in zip(self.left.tolist(), self.right.tolist(), strict=True):
            yield entries[left], entries[right]

    def where(self, wanted: Flags) -> Pairs:
        """Return the pairs that are wanted."""
        return Pairs(self.entries, self.left[wanted], self.right[wanted])

    def compact(self) -> Pairs:
        """Return the same pairs among only the campaigns that are in one."""
        if len(self) >= len(self.entries):
            return self
        member = np.zeros(len(self.entries), np.bool_)
        member[self.left] = member[self.right] = True
        number = np.cumsum(member) - 1
        entries = tuple([self.entries[at] for at in np.nonzero(member)[0].tolist()])
        return Pairs(entries, number[self.left], number[self.right])


@dataclass(frozen=True, eq=False)
class Portfolio:
    """All campaigns that count, in order of path, and the region tree they live in."""

    entries: tuple[Entry, ...]
    regions: RegionTree

    @classmethod
    def of(cls, entries: Iterable[Entry], regions: RegionTree) -> Portfolio:
        """Index campaigns; of several with one id the one with right of way counts (SPEC003 reports it)."""
        kept: dict[str, Entry] = {}
        for entry in entries:
            known = kept.setdefault(entry.id, entry)
            if known is not entry and (entry.rank, entry.path) < (known.rank, known.path):
                kept[entry.id] = entry
        return cls(tuple(sorted(kept.values(), key=lambda entry: entry.path)), regions)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The campaigns by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_city(self) -> dict[str, tuple[Entry, ...]]:
        """The campaigns of each city, by city code."""
        found: dict[int, list[Entry]] = {}
        cities_of: dict[int, list[int]] = {}
        for entry in self.entries:
            cities = cities_of.get(entry.cities)
            if cities is None:
                cities = cities_of[entry.cities] = list(_bits(entry.cities))
            for city in cities:
                found.setdefault(city, []).append(entry)
        names = self.regions.cities
        return {names[city]: tuple(found[city]) for city in sorted(found)}

    def town(self, city: str) -> Town:
        """Return the campaigns that count in a city, and on which days; worked out when first asked for."""
        known = self._towns.get(city)
        if known is None:
            there, bit = self.by_city.get(city, ()), self.regions.masks[city]
            known = self._towns[city] = Town.of(there, self._position, self.children, bit)
        return known

    @cached_property
    def _towns(self) -> dict[str, Town]:
        return {}

    @cached_property
    def children(self) -> dict[str, list[Entry]]:
        """For each parent's id, the campaigns that localise it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.parent is not None:
                found.setdefault(entry.parent, []).append(entry)
        return found

    def shared(
        self, first: Entry, second: Entry, customers: Audience, offers: tuple[str | None, str | None] = (None, None)
    ) -> tuple[Days, int]:
        """Return days and cities in which two campaigns both speak for themselves to some customers.

        In its cities a child stands in for its parent (contract §7): on its days, to those of the customers who
        are its own, and of the parent's offers for the one of the same id. Of what is left in several pieces
        the largest is returned.

        Args:
            offers: the ids of the two offers that meet; None for the campaign as a whole.
        """
        stand_ins = [*self._stand_ins(first, second, customers, offers[0])]
        stand_ins += self._stand_ins(second, first, customers, offers[1])
        return left_over(first.days.meet(second.days), first.cities & second.cities, stand_ins)

    def _stand_ins(
        self, parent: Entry, other: Entry, customers: Audience, offer: str | None
    ) -> Iterator[tuple[Days, int]]:
        """Yield the days and cities in which a child speaks for a campaign to all of some customers."""
        for child in self.children.get(parent.id, ()):
            if child is other or other.parent == parent.id or (child.halls and not child.halls >= parent.halls):
                continue
            own = [child.audience] if offer is None else [item.audience for item in child.offers if item.id == offer]
            if any(within(customers, audience) for audience in own):
                yield child.days, child.cities

    def overlap(self, first: Entry, second: Entry) -> Overlap | None:
        """Return the days, cities and customers that two campaigns share, or None."""
        customers = meet(first.audience, second.audience)
        if not customers or not meet_in_place(first, second):
            return None
        days, cities = self.shared(first, second, customers)
        return None if days.empty or not cities else Overlap(days, cities, customers)

    @cached_property
    def sellers(self) -> dict[str, list[tuple[int, OfferFacts]]]:
        """For each product, in order of path, who offers it (by position) and the offer."""
        found: dict[str, list[tuple[int, OfferFacts]]] = {}
        for position, entry in enumerate(self.entries):
            for offer in entry.offers:
                found.setdefault(offer.product, []).append((position, offer))
        return found

    def live(self, city: str, day: int) -> list[Entry]:
        """Return the campaigns live in a city on a day (an ordinal)."""
        return [item for item in self.by_city.get(city, ()) if item.days.first <= day <= item.days.last]

    @cached_property
    def pairs(self) -> Pairs:
        """All pairs of campaigns that share a day and a place, each once, in order of path."""
        return self._in_place(*join(self.rows))

    @cached_property
    def rows(self) -> Rows:
        """The campaigns by place and day, as the pairs are found from them."""
        return rows_of([entry.days for entry in self.entries], [entry.cities for entry in self.entries], self.regions)

    def pairs_with(self, ids: Iterable[str]) -> Pairs:
        """Return those of the pairs in which one of some campaigns is, without working out the others."""
        size = max(1, len(self.entries))
        codes = [np.empty(0, np.int64)]
        for at in self._positions(ids):
            others = self._near(at)
            codes.append(np.minimum(others, at) * size + np.maximum(others, at))
        found = np.unique(np.concatenate(codes))
        return self._in_place(found // size, found % size)

    def some(self, ids: Iterable[str]) -> list[Entry]:
        """Return the campaigns with some ids, in order of path."""
        return [self.entries[at] for at in sorted(self._positions(ids))]

    def around(self, ids: Iterable[str], margin: int) -> frozenset[str]:
        """Return some campaigns and those of their cities that run at most ``margin`` days before or after them."""
        found = {self.entries[other].id for at in self._positions(ids) for other in self._near(at, margin).tolist()}
        return frozenset(found.union(name for name in ids if name in self.by_id))

    def starting(self, first: int, last: int, cities: int) -> Ints:
        """Return the positions of those of which the days still to come begin from ``first`` to ``last`` in some cities."""
        begin, _ = self._days
        found: Ints = np.nonzero((begin >= first) & (begin <= last))[0]
        here = as_words([cities], len(self.regions.cities))[0]
        inside: Ints = found[(self._cities[found] & here).any(axis=1)]
        return inside

    def flags(self, ids: Iterable[str]) -> Flags:
        """Return which campaigns have one of some ids."""
        found = np.zeros(len(self.entries), np.bool_)
        found[self._positions(ids)] = True
        return found

    def _positions(self, ids: Iterable[str]) -> list[int]:
        return [self._position[name] for name in sorted(set(ids)) if name in self._position]

    @cached_property
    def _position(self) -> dict[str, int]:
        return {entry.id: index for index, entry in enumerate(self.entries)}

    def _near(self, at: int, margin: int = 0) -> Ints:
        """Return the positions of all others that share a city with one, and a day but for ``margin``."""
        first, last = self._days
        near: Ints = np.nonzero((first <= last[at] + margin) & (last >= first[at] - margin))[0]
        near = near[(self._cities[near] & self._cities[at]).any(axis=1)]
        others: Ints = near[near != at]
        return others

    def meeting(self, pairs: Pairs) -> Pairs:
        """Return those of some pairs in which a customer can be in the audience of both."""
        return pairs.where(self.customers.overlap(pairs.left, pairs.right))

    @cached_property
    def customers(self) -> Customers:
        """The audiences of the campaigns."""
        return Customers([entry.audience for entry in self.entries])

    @cached_property
    def _days(self) -> tuple[Ints, Ints]:
        table = np.array([entry.days for entry in self.entries], np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    @cached_property
    def _cities(self) -> Words:
        return as_words([entry.cities for entry in self.entries], len(self.regions.cities))

    def _in_place(self, left: Ints, right: Ints) -> Pairs:
        """Keep the pairs that can meet in a place; only where both name halls there is more to look at."""
        pairs = Pairs(self.entries, left, right)
        names_halls = self.names_halls
        if not names_halls.any():
            return pairs
        apart = [
            at
            for at in np.nonzero(names_halls[left] & names_halls[right])[0].tolist()
            if not meet_in_place(self.entries[left[at]], self.entries[right[at]])
        ]
        return Pairs(self.entries, np.delete(left, apart), np.delete(right, apart)) if apart else pairs

    @cached_property
    def names_halls(self) -> Flags:
        """Which campaigns name the halls in which they run."""
        return np.array([bool(entry.halls) for entry in self.entries], np.bool_)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
