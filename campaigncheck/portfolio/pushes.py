"""How many pushes one customer gets within some days.

Every campaign sends one push by each of its push channels on its first day, to its customers in its cities.
A customer lives in one city, so what has to be found for a campaign is a city, a window of days and a
customer with the most pushes: a point that lies in as many sets as possible. The set of a push is the groups
of its audience, times the first days of the windows that hold it. The search takes one push after the other
into a box that shrinks, and gives up where all that could still join would not be enough.

In the cities of a child campaign the child stands in for its parent: on its days the parent sends nothing
there, and of both within one window only the child counts (contract §7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from campaigncheck.algebra.audience import Audience, meet_groups
from campaigncheck.algebra.days import Days, subtract
from campaigncheck.portfolio.crowding import Standard
from campaigncheck.portfolio.deepest import Depth, Member, Scale, bits, deepest
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.join import Ints, sharing_days_and_cities
from campaigncheck.understand.entry import Entry

PUSH_CHANNELS = frozenset({"sms", "outbound_call"})

_WINDOW = "the first day of a window"
"""Stands before the attributes of customers, as one more that pushes have to share."""


class Pushed(NamedTuple):
    """The most pushes that a customer of a campaign gets: how many, between which days, where, who else sends them.

    ``customers`` are those who get all of them.
    """

    number: int
    days: Days
    city: str
    others: tuple[Entry, ...]
    customers: Audience


def its_pushes(entry: Entry) -> int:
    """Count the pushes that a campaign sends to each of its customers."""
    return len(entry.channels & PUSH_CHANNELS)


def pushes(portfolio: Portfolio, standard: Standard, window: int) -> dict[str, Pushed]:
    """Return, by campaign id, the most pushes above the limit that one of its customers gets within ``window`` days.

    Counted are the pushes of the campaign itself and of those that go before it or tie with it.
    """
    positions = range(len(portfolio.entries)) if standard.only is None else _around(portfolio, standard.only, window)
    sending = list(_sending(positions, portfolio, standard))
    if not sending:
        return {}
    compared = _Field(portfolio, standard, window, sending)
    found = {sending[at].entry.id: compared.worst(at, company) for at, company in compared.contested()}
    return {name: pushed for name, pushed in found.items() if pushed is not None}


class _Push(NamedTuple):
    """A campaign whose pushes are still to come, where it stands, how many a customer gets, and the cities they go to."""

    entry: Entry
    position: int
    weight: int
    cities: int


def _around(portfolio: Portfolio, ids: frozenset[str], window: int) -> Sequence[int]:
    """Return the positions of what is near enough to some campaigns, in space and time, to count with them.

    That is also what may stand in for those that do.
    """
    asked = [item for item in portfolio.some(ids) if item.start == item.days.first]
    if not asked:
        return []
    cities = 0
    for item in asked:
        cities |= item.cities
    first, last = min(item.start for item in asked), max(item.start for item in asked)
    near: list[int] = portfolio.starting(first - 2 * window + 1, last + 2 * window - 1, cities).tolist()
    return near


def _sending(positions: Sequence[int], portfolio: Portfolio, standard: Standard) -> Iterator[_Push]:
    """Yield those campaigns that will send pushes, in order."""
    for position in positions:
        entry = portfolio.entries[position]
        weight = standard.weigh(entry) if entry.start == entry.days.first else 0
        if weight:
            cities = entry.cities
            for child in portfolio.children.get(entry.id, ()):
                pushes_alike = entry.channels & PUSH_CHANNELS <= child.channels
                if pushes_alike and child.days.first <= entry.start <= child.days.last:
                    cities &= ~child.cities
            if cities:
                yield _Push(entry, position, weight, cities)


@dataclass(frozen=True)
class _Field:
    """All pushes that are compared, known by their positions in ``sending``."""

    portfolio: Portfolio
    standard: Standard
    window: int
    sending: Sequence[_Push]
    _known: dict[int, frozenset[int]] = field(default_factory=dict, repr=False, compare=False)

    def contested(self) -> Iterator[tuple[int, list[int]]]:
        """Yield those asked for that could be one too many, with those they could share a customer and a window with.

        Of these only the ones that go before it, or tie with it.
        """
        one, other, begin = self._meeting
        ahead = self._rank[other] <= self._rank[one]
        for at in np.nonzero(self._at_most(one[ahead], other[ahead]) > self._lowest_limit)[0].tolist():
            if self.standard.asks_for(self.sending[at].entry):
                here = slice(begin[at], begin[at + 1])
                yield at, other[here][ahead[here]].tolist()

    def _at_most(self, one: Ints, other: Ints) -> Ints:
        """Return how many pushes each campaign and its company, given as pairs, send within one window with its own."""
        everybody = np.arange(len(self.sending))
        one, other = np.concatenate((one, everybody)), np.concatenate((other, everybody))
        start = np.array([item.entry.start for item in self.sending], np.int64)
        key = one * (date.max.toordinal() + self.window) + start[other]
        order = np.argsort(key)
        key, one, other = key[order], one[order], other[order]
        sums = np.concatenate(([0], np.cumsum(np.array(self._weight, np.int64)[other])))
        number = sums[np.searchsorted(key, key + self.window)] - sums[np.searchsorted(key, key)]
        number[start[other] > start[one]] = 0  # a window that begins too late
        most: Ints = np.maximum.reduceat(number, np.searchsorted(one, everybody))
        return most

    @cached_property
    def _meeting(self) -> tuple[Ints, Ints, Ints]:
        """The pairs that share a city, a window and a customer, in both directions and in order; where each begins."""
        windows = [Days(item.entry.start, item.entry.start + self.window - 1) for item in self.sending]
        left, right = sharing_days_and_cities(windows, [item.cities for item in self.sending], self.portfolio.regions)
        positions = np.array([item.position for item in self.sending], np.int64)
        shared = self.portfolio.customers.overlap(positions[left], positions[right])
        one, other = np.concatenate((left[shared], right[shared])), np.concatenate((right[shared], left[shared]))
        order = np.lexsort((other, one))
        one, other = one[order], other[order]
        return one, other, np.searchsorted(one, np.arange(len(self.sending) + 1))

    @cached_property
    def _rank(self) -> Ints:
        """Right of way as numbers, the same for those that tie."""
        ranks = [item.entry.rank for item in self.sending]
        numbers = {rank: number for number, rank in enumerate(sorted(set(ranks)))}
        return np.array([numbers[rank] for rank in ranks], np.int64)

    @cached_property
    def _lowest_limit(self) -> int:
        return min(self._limits)

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        """The positions of the campaigns that localise another one, by its position."""
        positions = {item.entry.id: at for at, item in enumerate(self.sending)}
        found: dict[int, list[int]] = {}
        for at, item in enumerate(self.sending):
            parent = positions.get(item.entry.parent or "")
            if parent is not None:
                found.setdefault(parent, []).append(at)
        return found

    def worst(self, at: int, company: Sequence[int]) -> Pushed | None:
        """Return the most pushes above the limit that a customer of one campaign gets in one of its cities."""
        best: Pushed | None = None
        for city, limit, there in self._places(at, company):
            floor = max(limit, best.number if best else 0)
            others = self._strong(at, [other for other in company if other in there], floor)
            if others is None:
                continue
            members = [
                Member(self._weight[other], self._met(other, there | {at}), mask)
                for other, mask in zip(others, self._near(others), strict=True)
            ]
            found = deepest(self._weight[at], self._met(at, there), members, floor)
            if found is not None:
                best = self._pushed(at, city, found, others)
        return best

    def _strong(self, at: int, others: list[int], floor: int) -> list[int] | None:
        """Return those of others that could be among more than the floor, going by whom each can meet; None if it is too few."""
        own, weights = self._weight[at], [self._weight[other] for other in others]
        if own + sum(weights) <= floor:
            return None
        scale = Scale(weights)
        rest = scale.strong(own, self._near(others), floor)
        return [others[index] for index in bits(rest)] if own + scale.weigh(rest) > floor else None

    @cached_property
    def _weight(self) -> list[int]:
        return [item.weight for item in self.sending]

    def _places(self, at: int, company: Sequence[int]) -> Iterator[tuple[str, int, frozenset[int]]]:
        """Yield cities of a campaign, the limit there, and those of its company (or their children) that push there.

        Of several cities with the same company the first stands for all; those with most pushes come first.
        """
        own = self.sending[at].cities
        parts = [(own & cities, limit, list[int]()) for limit, cities in self._limits.items() if own & cities]
        for other in self._with_children(at, company):
            cities = self.sending[other].cities
            for index in range(len(parts)):
                part, limit, others = parts[index]
                inside = part & cities
                if not inside:
                    continue
                if inside != part:
                    parts[index] = (inside, limit, others)
                    parts.append((part ^ inside, limit, others.copy()))
                others.append(other)
        names = self.portfolio.regions.names
        ranked = [(-sum([self._weight[other] for other in key[2]]), next(names(key[0])), key[1:]) for key in parts]
        for _, city, (limit, others) in sorted(ranked):
            yield city, limit, frozenset(others)

    @cached_property
    def _limits(self) -> dict[int, int]:
        """The cities with each limit."""
        found: dict[int, int] = {}
        for city in self.portfolio.by_city:
            limit = self.standard.limit(city)
            found[limit] = found.get(limit, 0) | self.portfolio.regions.masks[city]
        return found

    def _with_children(self, at: int, company: Sequence[int]) -> list[int]:
        """Add to the company of a campaign the children, not behind it in right of way, that stand in for them."""
        if not self._children:
            return list(company)
        children = {child for parent in (at, *company) for child in self._children.get(parent, ())}
        before = {child for child in children if self._rank[child] <= self._rank[at] and child != at}
        return sorted(before.union(company))

    def _near(self, those: Sequence[int]) -> list[int]:
        """Return for each of some campaigns, as bits, the others that it can share a customer and a window with."""
        bit = {at: 1 << index for index, at in enumerate(those)}
        return [sum([bit[other] for other in self._neighbours(at).intersection(those)]) for at in those]

    def _neighbours(self, at: int) -> frozenset[int]:
        known = self._known.get(at)
        if known is None:
            _, other, begin = self._meeting
            known = self._known[at] = frozenset(other[begin[at] : begin[at + 1]].tolist())
        return known

    def _met(self, at: int, there: frozenset[int]) -> Audience:
        """Return who gets a push in which windows; in windows that hold a child's push the child's counts instead."""
        windows = [self._windows(at)]
        children = [child for child in self._children.get(at, ()) if child in there]
        if children:
            windows = subtract(windows[0], [self._windows(child) for child in children])
        groups = self.sending[at].entry.audience
        return tuple([((_WINDOW, (part,)), *group) for part in windows for group in groups])

    def _windows(self, at: int) -> Days:
        """Return the first days of the windows that hold a push."""
        start = self.sending[at].entry.start
        return Days(start - self.window + 1, start)

    def _pushed(self, at: int, city: str, found: Depth, others: Sequence[int]) -> Pushed:
        """Name those who send the pushes that meet, and the customers who get all of them."""
        senders = sorted([self.sending[others[index]].entry for index, _ in found.members], key=_by_start)
        whom = found.own[1:]
        for _, group in found.members:
            whom = meet_groups(whom, group[1:]) or whom
        starts = [self.sending[at].entry.start, *(entry.start for entry in senders)]
        return Pushed(found.weight, Days(min(starts), max(starts)), city, tuple(senders), (whom,))


def _by_start(entry: Entry) -> tuple[int, str]:
    return entry.start, entry.path
