"""Places in a text: lines and columns from 1, columns in characters, ends one past the last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The way from the top of a document to a value: keys and list positions."""

_BREAK = re.compile(r"\r\n|\n|\r")


class Place(NamedTuple):
    """A stretch of a file, as editors and SARIF count."""

    line: int
    column: int
    end_line: int
    end_column: int


class Cell(NamedTuple):
    """A cell of a workbook: the sheet, and its name there (``B7``); ``order`` is its number, row and column."""

    sheet: str
    name: str
    order: tuple[int, int, int] = (0, 0, 0)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.name}"


class CellPlace(Place):
    """A place in a text that was made of a workbook, with the cell that it was made of; None for the workbook as a whole."""

    cell: Cell | None

    def __new__(cls, line: int, column: int, end_line: int, end_column: int, cell: Cell | None = None) -> CellPlace:
        """Return the place; as places go, the cell does not count."""
        place = super().__new__(cls, line, column, end_line, end_column)
        place.cell = cell
        return place

    @property
    def order(self) -> tuple[int, ...]:
        """What goes before: findings of a workbook that stand in one place of its text go by their cells."""
        return self.cell.order if self.cell is not None else ()

    @property
    def is_nowhere(self) -> bool:
        """Whether the text has nothing of what the cell is about: it is empty, or could not be read."""
        return self == START


START = Place(1, 1, 1, 1)
"""The first character of a file, for findings about the file as a whole."""


class Piece(NamedTuple):
    """A piece of a text that was put in for something else: ``[start, end)`` stands for ``[begin, stop)`` as written."""

    start: int
    end: int
    begin: int
    stop: int


def as_written(pieces: Iterable[Piece], span: tuple[int, int]) -> tuple[int, int]:
    """Return where a span of a text with pieces put in stands in the text as written.

    A span that begins or ends inside a piece begins or ends where the piece does. The pieces come in order.
    """
    known = list(pieces)
    return _begin(known, span[0]), _stop(known, span[1])


def _begin(pieces: list[Piece], start: int) -> int:
    """Return where a span begins; inside a piece, where that begins."""
    longer = 0
    for piece in pieces:
        if start < piece.start:
            break
        if start < piece.end:
            return piece.begin
        longer = piece.stop - piece.end
    return start + longer


def _stop(pieces: list[Piece], end: int) -> int:
    """Return where a span ends; inside a piece, where that ends."""
    longer = 0
    for piece in pieces:
        if end <= piece.start:
            break
        if end <= piece.end:
            return piece.stop
        longer = piece.stop - piece.end
    return end + longer


class Lines:
    """Turns character offsets of one text into lines and columns, and back into line texts."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def place(self, start: int, end: int) -> Place:
        """Return the place of ``text[start:end]``."""
        return Place(*self._at(start), *self._at(end))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line (from 1) without its break; empty beyond the end."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")

    def within(self, place: Place) -> list[str]:
        """Return the characters from the beginning to the end of a place, by lines."""
        texts = [self.line(number) for number in range(place.line, place.end_line + 1)]
        texts[-1] = texts[-1][: place.end_column - 1]
        texts[0] = texts[0][place.column - 1 :]
        return texts


def pointer(path: Path) -> str:
    """Write a path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def from_pointer(text: str) -> Path:
    """Read a JSON Pointer; positions in lists stay digits, since a pointer does not tell them from keys."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])
