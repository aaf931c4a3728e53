"""What is made of a campaign once, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from campaigncheck.understand.entry import Entry

Made = TypeVar("Made")


def once(make: Callable[[Entry], Made]) -> Callable[[Entry], Made]:
    """Return a function that remembers by id what ``make`` has made of a campaign."""
    made: dict[str, Made] = {}

    def of(entry: Entry) -> Made:
        known = made.get(entry.id)
        if known is None:
            known = made[entry.id] = make(entry)
        return known

    return of
