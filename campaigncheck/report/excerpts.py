"""The lines of a source that a finding is about, cut into what is marked and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campaigncheck.source.place import CellPlace, Lines, Place

MOST = 6
"""So many lines of a long stretch are shown."""

AROUND = 60
MARKED = 240
"""So many characters of a line are shown beside what is marked, and of what is marked."""


class Row(NamedTuple):
    """One line with its number."""

    number: int
    before: str
    marked: str
    after: str


def rows(lines: Lines, place: Place) -> tuple[list[Row], int]:
    """Return the lines of a place, none if it is about nothing to be seen, and how many more there are."""
    if isinstance(place, CellPlace) and place.is_nowhere:
        return [], 0
    shown = list(_rows(lines, place))
    if not any(row.before.strip() or row.marked.strip() or row.after.strip() for row in shown):
        return [], 0
    return shown[:MOST], max(place.end_line - place.line + 1 - MOST, 0)


def _rows(lines: Lines, place: Place) -> Iterator[Row]:
    for number in range(place.line, min(place.end_line, place.line + MOST - 1) + 1):
        text = lines.line(number)
        start = place.column - 1 if number == place.line else len(text) - len(text.lstrip())
        end = place.end_column - 1 if number == place.end_line else len(text.rstrip())
        yield Row(number, _last(text[:start]), _first(text[start:end], MARKED), _first(text[max(start, end) :], AROUND))


def _first(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _last(text: str) -> str:
    return text if len(text) <= AROUND else "…" + text[1 - AROUND :]
