"""Where and when there is room for a campaign beside all others, worked out for every possible start.

The figures follow FREQ001 and FREQ006. In a city's halls (or one hall) a campaign meets those that go before
it or tie with it; the later it starts, the more there are. Those behind it meet it in turn, and it must not be
one too many for them either.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.portfolio.crowding import Standard, in_city, present
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.presence import Presence
from campaigncheck.understand.entry import Entry

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Room(NamedTuple):
    """In one city (or one of its halls), the last day on which a campaign may run, for each start.

    ``until[i]`` belongs to the start ``i`` days after the first possible one; it is before the start
    where the campaign may not even begin.
    """

    city: str
    hall: str | None
    until: Ints


@dataclass(frozen=True)
class Question:
    """What is asked: on which days a campaign has room.

    Attributes:
        entry: the campaign; its stage, halls and offers count, its days do not.
        standard: the limit and what is counted.
        starts: all starts to look at, as ordinals.
        length: its days at the most.
        minds: whether a campaign, this one or another, must not be crowded (more than it would be anyway).
    """

    entry: Entry
    standard: Standard
    starts: range
    length: int
    minds: Callable[[Entry], bool]

    @property
    def days(self) -> range:
        """All days on which the campaign could run."""
        return range(self.starts.start, self.starts.stop + self.length)


def rooms(others: Portfolio, question: Question) -> Iterator[Room]:
    """Yield the room in the halls of each city of a campaign that is sold there; ``others`` are without it."""
    entry, standard = question.entry, question.standard
    known: dict[object, Ints] = {}
    for city in others.regions.names(entry.cities):
        mine = in_city(city, standard, Presence(entry, (entry.days,)))
        if mine is None or standard.weigh(entry) > standard.limit(city):
            continue  # not sold in halls there, or too much by itself: then nothing else matters
        there = [found for item in present(others, city) if (found := in_city(city, standard, item)) is not None]
        there = [item for item in there if item.entry.id != entry.parent]
        instead = _stood_in_for(others, entry, city, question.days)
        for hall in _halls(mine, there):
            here = [item for item in there if not item.halls or hall in item.halls]
            company = tuple((item.entry.id, item.pieces) for item in here)
            key = (standard.limit(city), instead.tobytes(), company)
            if key not in known:
                known[key] = _until(here, question, standard.limit(city), instead)
            yield Room(city, hall, known[key])


def _halls(mine: Presence, there: list[Presence]) -> list[str | None]:
    named = sorted({hall for item in there for hall in item.halls})
    return [*sorted(mine.halls)] or [None, *named]


def _stood_in_for(others: Portfolio, entry: Entry, city: str, days: range) -> Flags:
    """Return the days on which a child stands in for the campaign in a city."""
    flags = np.zeros(len(days), np.bool_)
    for child in others.children.get(entry.id, ()):
        if child.cities & others.regions.masks[city]:
            flags[_span(child.days.first, child.days.last, days.start)] = True
    return flags


class _Step(NamedTuple):
    """Those of one rank: how many there are with all before them, and the days on which one more is too many for them."""

    rank: tuple[int, int]
    together: Ints
    crowded: Flags


def _until(here: list[Presence], question: Question, limit: int, instead: Flags) -> Ints:
    """Return the last free day for each start."""
    entry, starts = question.entry, question.starts
    own, minds = question.standard.weigh(entry), question.minds(entry)
    steps = list(_steps(here, question, limit - own))
    ranks, behind = [step.rank for step in steps], _behind(steps, len(question.days))
    until = np.empty(len(starts), np.int64)
    # Between the starts at which others come to go before it, all starts meet the same campaigns.
    turns = groupby(enumerate(starts), key=lambda item: _turn(ranks, entry._replace(start=item[1]).rank))
    for (before, tied), group in turns:
        full = behind[before]
        if minds:
            full = full | ((steps[tied - 1].together if tied else 0) + own > limit)
        first_full = _first_full(full & ~instead)
        at = np.array([index for index, _ in group], np.int64)
        until[at] = starts.start + np.minimum(first_full[at], at + question.length) - 1
    return until


def _turn(ranks: list[tuple[int, int]], rank: tuple[int, int]) -> tuple[int, int]:
    """Return how many ranks go before one, and how many go before it or tie with it."""
    return bisect_left(ranks, rank), bisect_right(ranks, rank)


def _first_full(full: Flags) -> Ints:
    """Return for each day the first full one from then on; beyond the end if there is none."""
    days = np.where(full, np.arange(len(full)), 2 * len(full))
    found: Ints = np.minimum.accumulate(days[::-1])[::-1]
    return found


def _steps(there: list[Presence], question: Question, room: int) -> Iterator[_Step]:
    """Yield the ranks in order of right of way."""
    days = question.days
    counts = np.zeros(len(days), np.int64)
    for rank, group in groupby(sorted(there, key=lambda item: item.entry.rank), key=lambda item: item.entry.rank):
        tied = list(group)
        for item in tied:
            for first, last in item.pieces:
                counts[_span(first, last, days.start)] += question.standard.weigh(item.entry)
        crowded = np.zeros(len(days), np.bool_)
        for item in (item for item in tied if question.minds(item.entry)):
            for first, last in item.pieces:
                here = _span(first, last, days.start)
                crowded[here] |= counts[here] > room
        yield _Step(rank, counts.copy(), crowded)


def _behind(steps: list[_Step], size: int) -> list[Flags]:
    """Return for each number of ranks that go before a campaign the days that are too many for those behind it."""
    behind = [np.zeros(size, np.bool_)]
    for step in reversed(steps):
        behind.append(behind[-1] | step.crowded)
    return behind[::-1]


def _span(first: int, last: int, base: int) -> slice:
    """Return where some days stand in an array by day."""
    return slice(max(first - base, 0), max(last - base + 1, 0))
