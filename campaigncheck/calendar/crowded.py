"""On which days more campaigns meet in a city's halls than the policy allows.

Counted as FREQ001 counts: campaigns that are sold in halls, from today on, retired ones never, a child
instead of its parent in the child's cities, and by hall where campaigns name halls. All campaigns of the
repository count, whichever of them are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.days import Days, subtract
from campaigncheck.algebra.regions import RegionTree
from campaigncheck.calendar.load import Row

Counts = NDArray[np.int32]


class Crowd(NamedTuple):
    """Consecutive days on which more than ``limit`` meet in a city's halls, how many at most, and who."""

    days: Days
    most: int
    limit: int
    campaigns: tuple[str, ...]


class _Presence(NamedTuple):
    """The days on which a campaign counts in a city's halls, and the halls there that it names (none: all)."""

    row: Row
    pieces: tuple[Days, ...]
    halls: frozenset[str]


@dataclass(frozen=True)
class Crowding:
    """The crowds of each city, and the crowded days of each campaign in each city."""

    by_city: Mapping[str, tuple[Crowd, ...]]
    by_campaign: Mapping[tuple[str, str], tuple[Days, ...]]


def find_crowds(
    rows: Iterable[Row],
    regions: RegionTree,
    city_of: Mapping[str, str],
    limit: Callable[[str], int],
    span: Days,
    cities: int,
) -> Crowding:
    """Count the campaigns in the halls of ``cities`` on every day of ``span``, which begins no earlier than today.

    ``city_of`` tells the city of each hall, ``limit`` how many are allowed in a city.
    """
    by_city: dict[str, tuple[Crowd, ...]] = {}
    by_campaign: dict[tuple[str, str], tuple[Days, ...]] = {}
    for city, here in _by_city(rows, regions, span, cities):
        present = list(_present(city, here, city_of, span))
        allowed = limit(city)
        if len(present) <= allowed:
            continue
        counts = _Counts.of(present, span)
        crowds = tuple(counts.crowds(present, allowed))
        if crowds:
            by_city[city] = crowds
            for item in present:
                days = tuple(counts.crowded_days(item, allowed))
                if days:
                    by_campaign[item.row.id, city] = days
    return Crowding(by_city, by_campaign)


def _by_city(rows: Iterable[Row], regions: RegionTree, span: Days, cities: int) -> Iterator[tuple[str, Sequence[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.stage != "retired" and not row.days.meet(span).empty:
            for city in regions.names(row.cities & cities):
                found.setdefault(city, []).append(row)
    yield from sorted(found.items())


def _present(city: str, rows: Sequence[Row], city_of: Mapping[str, str], span: Days) -> Iterator[_Presence]:
    """Yield who counts in a city's halls, and when."""
    children: dict[str, list[Days]] = {}
    for row in rows:
        if row.parent is not None and row.in_halls:
            children.setdefault(row.parent, []).append(row.days)
    for row in rows:
        halls = frozenset(hall for hall in row.halls if city_of.get(hall, city) == city)
        pieces = tuple(subtract(row.days.meet(span), children.get(row.id, [])))
        if row.in_halls and pieces and (halls or not row.halls):
            yield _Presence(row, pieces, halls)


@dataclass(frozen=True)
class _Counts:
    """How many are live on each day: those that name no halls, and in each hall those that name it."""

    first: int
    everywhere: Counts
    by_hall: dict[str, Counts]

    @classmethod
    def of(cls, present: Sequence[_Presence], span: Days) -> _Counts:
        everywhere: Counts = np.zeros(span.length, np.int32)
        by_hall: dict[str, Counts] = {
            hall: np.zeros(span.length, np.int32) for item in present for hall in sorted(item.halls)
        }
        for item in present:
            for counts in [by_hall[hall] for hall in item.halls] or [everywhere]:
                for piece in item.pieces:
                    counts[piece.first - span.first : piece.last - span.first + 1] += 1
        return cls(span.first, everywhere, by_hall)

    def most(self, halls: Iterable[str]) -> Counts:
        """Return the count of each day in the fullest of some halls."""
        highest = self.everywhere.copy()
        for hall in halls:
            np.maximum(highest, self.everywhere + self.by_hall[hall], out=highest)
        return highest

    def crowds(self, present: Sequence[_Presence], limit: int) -> Iterator[Crowd]:
        highest = self.most(self.by_hall)
        for days in _runs(highest > limit, self.first):
            there = [item.row for item in present if any(not piece.meet(days).empty for piece in item.pieces)]
            most = int(highest[days.first - self.first : days.last - self.first + 1].max())
            yield Crowd(days, most, limit, tuple(row.id for row in sorted(there, key=lambda row: (row.days, row.id))))

    def crowded_days(self, item: _Presence, limit: int) -> Iterator[Days]:
        """Yield the days on which one campaign stands in a crowd."""
        full = self.most(item.halls or self.by_hall) > limit
        for piece in item.pieces:
            yield from _runs(full[piece.first - self.first : piece.last - self.first + 1], piece.first)


def _runs(flags: NDArray[np.bool_], first: int) -> Iterator[Days]:
    """Yield the runs of consecutive days that are flagged."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8))).tolist()
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        yield Days(first + begin, first + end - 1)
