"""Which campaigns count in a city, and on which days.

In the cities of a child campaign the child stands in for its parent: on its days the parent is not
counted there (contract §7). A child that is not at the counter leaves its parent there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np

from campaigncheck.algebra.days import Days, subtract
from campaigncheck.portfolio.signs import Flags, Ints
from campaigncheck.understand.entry import Entry


class Presence(NamedTuple):
    """The days on which a campaign counts in one city, and the halls there that it names (none: all)."""

    entry: Entry
    pieces: tuple[Days, ...]
    halls: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Town:
    """The campaigns that count in one city, in order of path, and their positions in the portfolio."""

    items: Sequence[Presence]
    positions: Ints

    @classmethod
    def of(
        cls, entries: Sequence[Entry], position: Mapping[str, int], children: Mapping[str, list[Entry]], city: int
    ) -> Town:
        """Prepare a city.

        Args:
            entries: the campaigns that run in it, in order of path.
            position: where in the portfolio each stands, by its id.
            children: the campaigns that localise another one, by its id.
            city: its bit.
        """
        items = [Presence(entry, pieces) for entry in entries if (pieces := _pieces(entry, children, city))]
        return cls(items, np.array([position[item.entry.id] for item in items], np.int64))

    @cached_property
    def days(self) -> tuple[Ints, Ints]:
        """The first and the last day of every campaign."""
        table = np.fromiter(chain.from_iterable(item.entry.days for item in self.items), np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    @cached_property
    def pieces(self) -> tuple[Ints, Ints, Ints]:
        """The owner, the first and the last day of each piece of days on which a campaign counts."""
        owner = np.repeat(np.arange(len(self.items)), [len(item.pieces) for item in self.items])
        days = chain.from_iterable(piece for item in self.items for piece in item.pieces)
        table = np.fromiter(days, np.int64).reshape(-1, 2)
        return owner, table[:, 0], table[:, 1]

    @cached_property
    def in_halls(self) -> Ints:
        """Those sold at the counter, by right of way."""
        found = [at for at, item in enumerate(self.items) if item.entry.in_halls]
        return np.array(sorted(found, key=lambda at: self.items[at].entry.rank), np.int64)

    @cached_property
    def launching(self) -> Ints:
        """Those that will launch here, by day."""
        found = [at for at, item in enumerate(self.items) if item.pieces[0].first == item.entry.start]
        return np.array(sorted(found, key=lambda at: self.items[at].entry.start), np.int64)

    def near(self, asked: Flags, margin: int) -> Flags:
        """Return which run at most ``margin`` days before or after those asked for, all taken together."""
        first, last = self.days
        begin, end = first[asked].min() - margin, last[asked].max() + margin
        found: Flags = (first <= end) & (last >= begin)
        return found


def _pieces(entry: Entry, children: Mapping[str, list[Entry]], city: int) -> tuple[Days, ...]:
    """Return the days on which no child stands in for a campaign in a city."""
    instead = children.get(entry.id)
    if not instead:
        return (entry.days,)
    return tuple(
        subtract(entry.days, [child.days for child in instead if child.cities & city and child.sells_like(entry)])
    )
