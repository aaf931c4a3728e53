"""The portfolio: who is live where and when, without looking at all pairs.

Every campaign stands at the nodes of the region tree that cover its cities (the country, provinces,
cities). Two campaigns share a city exactly if a node of one is an ancestor of a node of the other, or
the same; so each node only has to be joined with its at most three ancestors. Within a node, periods
sorted by their start turn "shares a day" into two ranges of consecutive rows, found by bisection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.audience import meet
from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.portfolio.overlap import Overlap, meet_in_place
from campaigncheck.understand.entry import Entry

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Portfolio:
    """All campaigns that count, in order of path, and the region tree they live in."""

    entries: tuple[Entry, ...]
    regions: RegionTree

    @classmethod
    def of(cls, entries: Iterable[Entry], regions: RegionTree) -> Portfolio:
        """Index campaigns; of several with one id the first by path counts (SPEC003 reports it)."""
        first: dict[str, Entry] = {}
        for entry in sorted(entries, key=lambda entry: entry.path):
            first.setdefault(entry.id, entry)
        return cls(tuple(first.values()), regions)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The campaigns by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_city(self) -> dict[str, tuple[Entry, ...]]:
        """The campaigns of each city, by city code."""
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            mask = entry.cities
            while mask:
                low = mask & -mask
                found.setdefault(low, []).append(entry)
                mask ^= low
        cities = self.regions.cities
        return {cities[bit.bit_length() - 1]: tuple(found[bit]) for bit in sorted(found)}

    @cached_property
    def children(self) -> dict[str, list[Entry]]:
        """For each parent's id, the campaigns that localise it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.parent is not None:
                found.setdefault(entry.parent, []).append(entry)
        return found

    def shared(self, first: Entry, second: Entry) -> tuple[Days, int]:
        """Return the days and cities in which two campaigns both speak for themselves.

        In its cities a child stands in for its parent (contract §7): where a child of one runs on all
        these days, it is the child that meets the other campaign.
        """
        days, cities = first.days.meet(second.days), first.cities & second.cities
        for parent, other in ((first, second), (second, first)):
            for child in self.children.get(parent.id, ()):
                covers = child.days.first <= days.first and days.last <= child.days.last
                if covers and child is not other and other.parent != parent.id:
                    cities &= ~child.cities
        return days, cities

    def overlap(self, first: Entry, second: Entry) -> Overlap | None:
        """Return the days, cities and customers that two campaigns share, or None."""
        days, cities = self.shared(first, second)
        customers = meet(first.audience, second.audience)
        if days.empty or not cities or not customers or not meet_in_place(first, second):
            return None
        return Overlap(days, cities, customers)

    def live(self, city: str, day: int) -> list[Entry]:
        """Return the campaigns live in a city on a day (an ordinal)."""
        return [item for item in self.by_city.get(city, ()) if item.days.first <= day <= item.days.last]

    @cached_property
    def pairs(self) -> tuple[tuple[Entry, Entry], ...]:
        """All pairs of campaigns that share a day and a place, each once, in order of path."""
        return tuple(self._pairs())

    def _pairs(self) -> Iterator[tuple[Entry, Entry]]:
        entries = self.entries
        for left, right in _codes(*_join(*self._rows()), len(entries)):
            first, second = entries[left], entries[right]
            if meet_in_place(first, second):
                yield first, second

    @cached_property
    def neighbours(self) -> dict[str, list[Entry]]:
        """For each campaign's id, those it shares a day and a place with."""
        found: dict[str, list[Entry]] = {entry.id: [] for entry in self.entries}
        for first, second in self.pairs:
            found[first.id].append(second)
            found[second.id].append(first)
        return found

    def _rows(self) -> tuple[Ints, Ints, Ints, Ints, dict[int, tuple[int, ...]]]:
        """Return node, first day, last day and campaign of every covering node, and nodes' ancestors."""
        nodes: dict[str, int] = {}
        covers: dict[int, list[str]] = {}
        rows: list[tuple[int, int, int, int]] = []
        for index, entry in enumerate(self.entries):
            cover = covers.get(entry.cities)
            if cover is None:
                cover = covers[entry.cities] = self.regions.cover(entry.cities)
            for code in cover:
                node = nodes.setdefault(code, len(nodes))
                rows.append((node, entry.days.first, entry.days.last, index))
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        ancestors = {
            node: tuple(nodes[above] for above in self._above(code) if above in nodes) for code, node in nodes.items()
        }
        return table[:, 0], table[:, 1], table[:, 2], table[:, 3], ancestors

    def _above(self, code: str) -> Iterator[str]:
        """Yield the nodes above a node at which a campaign may stand: its province, the country."""
        if code == COUNTRY:
            return
        province = self.regions.province(code)
        if province != code:
            yield province
        yield COUNTRY


def _join(
    node: Ints, first: Ints, last: Ints, campaign: Ints, ancestors: dict[int, tuple[int, ...]]
) -> tuple[Ints, Ints]:
    """Return the campaigns (left, right) of all rows that share a day at a node or at one above it."""
    if not len(node):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    order = np.lexsort((first, node))
    node, first, last, campaign = node[order], first[order], last[order], campaign[order]
    base = int(first.min()) - 1
    width = int(last.max()) - base + 2
    key = node * width + (first - base)
    found = [_later_starts(key, node * width + (last - base), np.arange(1, len(key) + 1), campaign)]
    for depth in (0, 1):
        above = np.array([_nth(ancestors[int(item)], depth) for item in np.unique(node)], np.int64)
        at = above[np.searchsorted(np.unique(node), node)]
        low = np.nonzero(at >= 0)[0]
        found += _across(key, node, first - base, last - base, campaign, at, low, width)
    left = np.concatenate([pair[0] for pair in found])
    right = np.concatenate([pair[1] for pair in found])
    return left, right


def _nth(items: tuple[int, ...], index: int) -> int:
    return items[index] if index < len(items) else -1


def _later_starts(key: Ints, until: Ints, begin: Ints, campaign: Ints) -> tuple[Ints, Ints]:
    """Pair each row with the rows from ``begin`` on that start no later than ``until``."""
    stop = np.searchsorted(key, until, side="right")
    return _expand(begin, stop, campaign, campaign)


def _across(
    key: Ints, node: Ints, first: Ints, last: Ints, campaign: Ints, at: Ints, low: Ints, width: int
) -> list[tuple[Ints, Ints]]:
    """Pair rows ``low`` with the rows of the node ``at`` above each: whichever starts first."""
    target = at[low] * width
    begin = np.searchsorted(key, target + first[low], side="left")
    stop = np.searchsorted(key, target + last[low], side="right")
    pairs = [_expand(begin, stop, campaign[low], campaign)]
    # Rows above that start strictly before: look from their side for the lower rows within their days.
    low_key = target + first[low]
    order = np.argsort(low_key, kind="stable")
    begin = np.searchsorted(low_key[order], node * width + first, side="right")
    stop = np.searchsorted(low_key[order], node * width + last, side="right")
    pairs.append(_expand(begin, stop, campaign, campaign[low][order]))
    return pairs


def _expand(begin: Ints, stop: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Write out ``left[i]`` with each of ``right[begin[i]:stop[i]]``."""
    count = np.maximum(stop - begin, 0)
    total = int(count.sum())
    offset = np.repeat(begin - (np.cumsum(count) - count), count)
    return np.repeat(left, count), right[np.arange(total) + offset]


def _codes(left: Ints, right: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Yield each unordered pair of different campaigns once, in order."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    codes = np.unique((low * size + high)[low != high])
    yield from zip((codes // size).tolist(), (codes % size).tolist(), strict=True)
