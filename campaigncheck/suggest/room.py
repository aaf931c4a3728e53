"""Where and when there is room for a campaign beside all others, worked out for every possible start.

The figures follow the FREQ rules: in a city's halls (or one hall) only those count that go before a
campaign or tie with it, so the later it starts, the more there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.portfolio.crowding import Presence, Standard, in_city, present
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry

Ints = NDArray[np.int64]


class Room(NamedTuple):
    """In one city (or one of its halls), the last day on which a campaign may run, for each start.

    ``until[i]`` belongs to the start ``i`` days after the first possible one; it is before the start
    where the campaign may not even begin.
    """

    city: str
    hall: str | None
    until: Ints


class Starts(NamedTuple):
    """In one city, the starts (as ordinals) at which too many would launch."""

    city: str
    crowded: list[int]


def rooms(others: Portfolio, entry: Entry, standard: Standard, starts: range, length: int) -> Iterator[Room]:
    """Yield the room in the halls of each city of a campaign that is sold there.

    Args:
        others: the portfolio without the campaign.
        entry: the campaign; its stage and weight count, its days do not.
        standard: the limit and what is counted.
        starts: all starts to look at, as ordinals.
        length: its days at the most.
    """
    own = standard.weigh(entry)
    for city in others.regions.names(entry.cities):
        there = [found for item in present(others, city) if (found := in_city(city, standard, item)) is not None]
        there = [item for item in there if item.entry.id != entry.parent]
        room = standard.limit(city) - own
        mine = in_city(city, standard, Presence(entry, (entry.days,)))
        if mine is None:
            continue
        named = sorted({hall for item in there for hall in item.halls})
        halls: list[str | None] = [*sorted(mine.halls)] or [None, *named]
        for hall in halls:
            here = [item for item in there if not item.halls or hall in item.halls]
            yield Room(city, hall, _until(here, entry, standard, starts, length, room))


def _until(here: list[Presence], entry: Entry, standard: Standard, starts: range, length: int, room: int) -> Ints:
    """Return the last free day for each start; others join as soon as they go before the campaign."""
    base, size = starts.start, len(starts) + length
    counts = np.zeros(size, np.int64)
    waiting = sorted(here, key=lambda item: item.entry.rank, reverse=True)
    until = np.empty(len(starts), np.int64)
    for index, start in enumerate(starts):
        rank = entry._replace(start=start).rank
        while waiting and waiting[-1].entry.rank <= rank:
            item = waiting.pop()
            for first, last in item.pieces:
                counts[max(first - base, 0) : max(last - base + 1, 0)] += standard.weigh(item.entry)
        full = counts[index : index + length] > room
        until[index] = start + (int(np.argmax(full)) if full.any() else length) - 1
    return until


def crowded_starts(others: Portfolio, entry: Entry, standard: Standard, starts: range, window: int) -> Iterator[Starts]:
    """Yield for each city of a campaign the starts at which more than the limit would launch within ``window`` days."""
    own = standard.weigh(entry)
    for city in others.regions.names(entry.cities):
        launching = [
            item.entry
            for item in present(others, city)
            if item.pieces[0].first == item.entry.start
            and entry.id != item.entry.parent
            and item.entry.id != entry.parent
        ]
        room = standard.limit(city) - own
        launching.sort(key=lambda other: other.start)
        yield Starts(city, [start for start in starts if _worst(launching, entry, standard, start, window) > room])


def _worst(launching: list[Entry], entry: Entry, standard: Standard, start: int, window: int) -> int:
    """Return how many others launch within ``window`` days around a start, in the worst run of days."""
    rank = entry._replace(start=start).rank
    near = [other for other in launching if abs(other.start - start) < window and other.rank <= rank]
    firsts = {start, *(other.start for other in near if other.start <= start)}
    return max(
        sum(standard.weigh(other) for other in near if first <= other.start < first + window) for first in firsts
    )
