"""Periods of calendar days, both ends included."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Days(NamedTuple):
    """The days ``first`` to ``last`` as proleptic Gregorian ordinals, ends included."""

    first: int
    last: int

    @classmethod
    def of(cls, start: date, end: date) -> Days:
        """Return the days from ``start`` to ``end``; empty when they are the wrong way round."""
        return cls(start.toordinal(), end.toordinal())

    @property
    def empty(self) -> bool:
        """Whether there is no day in it."""
        return self.last < self.first

    @property
    def length(self) -> int:
        """How many days there are."""
        return max(0, self.last - self.first + 1)

    @property
    def start(self) -> date:
        """The first day."""
        return date.fromordinal(self.first)

    @property
    def end(self) -> date:
        """The last day."""
        return date.fromordinal(self.last)

    def meet(self, other: Days) -> Days:
        """Return the days in both."""
        return Days(max(self.first, other.first), min(self.last, other.last))

    def minus(self, other: Days) -> list[Days]:
        """Return the days of this period that are not in ``other``: none, one or two periods."""
        if self.meet(other).empty:
            return [] if self.empty else [self]
        parts = [Days(self.first, other.first - 1), Days(other.last + 1, self.last)]
        return [part for part in parts if not part.empty]


def subtract(days: Days, others: list[Days]) -> list[Days]:
    """Return what is left of ``days`` without any of ``others``."""
    left = [] if days.empty else [days]
    for other in others:
        left = [part for piece in left for part in piece.minus(other)]
    return left
