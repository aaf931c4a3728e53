"""How many campaigns meet in one city's halls, and how many launch within a few days.

In the cities of a child campaign the child stands in for its parent: on its days the parent is not
counted there (contract §7). Campaigns are taken in order of right of way, so a campaign is charged
only with those that go before it or tie with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.days import Days, subtract
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry

Counts = NDArray[np.int32]


class Crowd(NamedTuple):
    """The worst that a campaign meets: how many at once, on which days, where, and with whom."""

    number: int
    days: Days
    city: str
    others: tuple[Entry, ...]


class Presence(NamedTuple):
    """The days on which a campaign counts in one city, and the halls there that it names (none: all)."""

    entry: Entry
    pieces: tuple[Days, ...]
    halls: frozenset[str] = frozenset()


def presences(portfolio: Portfolio) -> Iterator[tuple[str, list[Presence]]]:
    """Yield, city by city, the campaigns and the days on which each counts there."""
    parents = {entry.parent for entry in portfolio.entries if entry.parent}
    for city, entries in portfolio.by_city.items():
        found = []
        for entry in entries:
            children = [item.days for item in entries if item.parent == entry.id] if entry.id in parents else []
            pieces = tuple(subtract(entry.days, children)) if children else (entry.days,)
            if pieces:
                found.append(Presence(entry, pieces))
        yield city, found


def crowds(portfolio: Portfolio, limit: int, city_of: Mapping[str, str] = MappingProxyType({})) -> dict[str, Crowd]:
    """Return, by campaign id, the worst crowd above ``limit`` that each campaign meets in a hall.

    ``city_of`` tells the city of each hall: a campaign that names halls counts only in their cities; a hall
    whose city is not told counts wherever the campaign runs.
    """
    worst: dict[str, Crowd] = {}
    for city, present in presences(portfolio):
        in_halls = [item for item in map(partial(_in_city, city, city_of), present) if item is not None]
        if len(in_halls) > limit:
            for entry, crowd in _city_crowds(city, in_halls, limit):
                _keep_worst(worst, entry, crowd)
    return worst


def _in_city(city: str, city_of: Mapping[str, str], item: Presence) -> Presence | None:
    """Return a campaign's presence in a city's halls, narrowed to those of its halls that are there."""
    entry = item.entry
    if not entry.in_halls or not entry.halls:
        return item if entry.in_halls else None
    here = frozenset(hall for hall in entry.halls if city_of.get(hall, city) == city)
    return item._replace(halls=here) if here else None


def _keep_worst(worst: dict[str, Crowd], entry: Entry, crowd: Crowd) -> None:
    known = worst.get(entry.id)
    if known is None or (-crowd.number, crowd.days.first, crowd.city) < (-known.number, known.days.first, known.city):
        worst[entry.id] = crowd


def _city_crowds(city: str, present: list[Presence], limit: int) -> Iterator[tuple[Entry, Crowd]]:
    base = min(item.entry.days.first for item in present)
    size = max(item.entry.days.last for item in present) - base + 1
    everywhere: Counts = np.zeros(size, np.int32)
    by_hall: dict[str, Counts] = {hall: np.zeros(size, np.int32) for item in present for hall in sorted(item.halls)}
    ordered = sorted(present, key=lambda item: (item.entry.rank, item.entry.path))
    if _most_at_once(present) <= limit:
        return
    for rank, group in groupby(ordered, key=lambda item: item.entry.rank):
        tied = list(group)
        for item in tied:
            for counts in [by_hall[hall] for hall in item.halls] or [everywhere]:
                for piece in item.pieces:
                    counts[piece.first - base : piece.last - base + 1] += 1
        for item in tied:
            peak = _peak(item, everywhere, by_hall, base, limit)
            if peak:
                count, days, hall = peak
                company = list(_present(ordered, rank, days.first, hall))
                days = Days(days.first, min(days.last, *(piece.last for _, piece in company)))
                others = tuple(entry for entry, _ in company if entry is not item.entry)
                yield item.entry, Crowd(count, days, city, others)


def _most_at_once(present: Sequence[Presence]) -> int:
    """Return how many campaigns of a city meet at most, whatever halls they name."""
    steps = sorted(
        step for item in present for piece in item.pieces for step in ((piece.first, 1), (piece.last + 1, -1))
    )
    return max(accumulate(change for _, change in steps), default=0)


def _peak(
    item: Presence, everywhere: Counts, by_hall: dict[str, Counts], base: int, limit: int
) -> tuple[int, Days, str | None] | None:
    """Return the highest count above ``limit`` on a campaign's own days, the first run of days with it, the hall."""
    best: tuple[int, Days, str | None] | None = None
    most = limit
    halls: list[str | None] = [*sorted(item.halls)] or [None, *sorted(by_hall)]
    for hall in halls:
        for piece in item.pieces:
            window = slice(piece.first - base, piece.last - base + 1)
            counts = everywhere[window] + by_hall[hall][window] if hall else everywhere[window]
            count = int(counts.max())
            if count > most:
                most = count
                best = (count, _first_run(counts, count, piece.first), hall)
    return best


def _first_run(counts: Counts, count: int, first: int) -> Days:
    begin = int(np.argmax(counts == count))
    fewer = np.nonzero(counts[begin:] != count)[0]
    length = int(fewer[0]) if len(fewer) else len(counts) - begin
    return Days(first + begin, first + begin + length - 1)


def _present(
    ordered: Iterable[Presence], rank: tuple[int, int], day: int, hall: str | None
) -> Iterator[tuple[Entry, Days]]:
    """Yield the campaigns present on a day, each with the run of days on which it is."""
    for entry, pieces, halls in ordered:
        if entry.rank <= rank and (not halls or hall in halls):
            for piece in pieces:
                if piece.first <= day <= piece.last:
                    yield entry, piece


def launches(portfolio: Portfolio, limit: int, window: int) -> dict[str, Crowd]:
    """Return, by campaign id, the worst cluster of more than ``limit`` launches within ``window`` days.

    In a child's cities its launch stands in for its parent's.
    """
    worst: dict[str, Crowd] = {}
    for city, present in presences(portfolio):
        parents = {item.entry.parent for item in present}
        starts = [item.entry for item in present if item.entry.id not in parents and _is_ahead(item)]
        starts.sort(key=attrgetter("start", "path"))
        if len(starts) > limit:
            for entry, crowd in _clusters(city, starts, limit, window):
                _keep_worst(worst, entry, crowd)
    return worst


def _is_ahead(item: Presence) -> bool:
    """Whether a campaign's first day is still ahead."""
    return any(piece.first == item.entry.start for piece in item.pieces)


def _clusters(city: str, starts: list[Entry], limit: int, window: int) -> Iterator[tuple[Entry, Crowd]]:
    for index, entry in enumerate(starts):
        near = [other for other in _near(starts, index, window) if other.rank <= entry.rank]
        if len(near) <= limit:
            continue
        best: list[Entry] = []
        for first in near:
            inside = [other for other in near if first.start <= other.start < first.start + window]
            if entry in inside and len(inside) > len(best):
                best = inside
        if len(best) > limit:
            days = Days(best[0].start, best[-1].start)
            yield entry, Crowd(len(best), days, city, tuple(other for other in best if other is not entry))


def _near(starts: list[Entry], index: int, window: int) -> list[Entry]:
    day = starts[index].start
    low = high = index
    while low and day - starts[low - 1].start < window:
        low -= 1
    while high + 1 < len(starts) and starts[high + 1].start - day < window:
        high += 1
    return starts[low : high + 1]
