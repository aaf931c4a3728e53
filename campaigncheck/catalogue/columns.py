"""A large table of ``rules/``, read column by column; lines that do not fit its header are kept apart.

Half a million rows are split in one go, and nothing is done row by row unless cells are in quotes. Each line is a row:
a quote that is not closed spoils its own line and no other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.files import shown
from campaigncheck.catalogue.tables import check_header, table_text
from campaigncheck.source.place import START, Place

Ints = NDArray[np.int64]

_CELL = re.compile(r'(?:^|,)("(?:[^"]|"")*"|[^,]*)')
_BREAK, _COMMA = ord("\n"), ord(",")


class Misfit(NamedTuple):
    """A line with more or fewer cells than the header; ``open_quote``: a quotation mark has no other."""

    line: int
    cells: list[str]
    open_quote: bool


@dataclass(frozen=True, eq=False)
class Columns:
    """A table; ``lines`` are those of the rows in the file, ``cells`` are the columns, in the order of ``names``."""

    path: str
    names: tuple[str, ...]
    lines: Ints
    cells: tuple[list[str], ...]
    misfits: tuple[Misfit, ...]
    body: str

    def place(self, line: int, column: int | None) -> Place:
        """Return where a cell stands; None: the whole line."""
        if not line:
            return START
        text = self._texts[line - 2]
        spans = [match.span(1) for match in _CELL.finditer(text)] if column is not None else []
        start, end = spans[column] if column is not None and column < len(spans) else (0, len(text))
        return Place(line, start + 1, line, end + 1)

    def text(self, line: int) -> str:
        """Return a line as it is written."""
        return self._texts[line - 2]

    @property
    def last(self) -> int:
        """The last line with anything in it."""
        return len(self._texts) + 1

    @cached_property
    def _texts(self) -> list[str]:
        return self.body.split("\n")


def read_columns(path: Path, columns: tuple[str, ...], optional: int = 0) -> Columns:
    """Read a table.

    Raises:
        CatalogueError: when it cannot be read, or the header is another.
    """
    text = table_text(path).replace("\r\n", "\n").replace("\r", "\n")
    first, _, body = text.partition("\n")
    names = tuple(_alone(first) or ())
    check_header(path, names, columns, optional)
    body = body.rstrip("\n")
    split = _quoted if '"' in body else _plain
    lines, cells, misfits = split(body, len(names))
    lines, cells = _without_blank(lines, cells)
    misfits = [item for item in misfits if any(cell.strip() for cell in item.cells)]
    return Columns(shown(path), names, lines, tuple(cells), tuple(misfits), body)


_Split = tuple[Ints, list[list[str]], list[Misfit]]


def _plain(body: str, width: int) -> _Split:
    """Split lines without quotes: all at once, after counting the commas of each."""
    given = np.frombuffer(body.encode(), np.uint8)
    ends = np.append(np.flatnonzero(given == _BREAK), len(given))
    commas = np.diff(np.searchsorted(np.flatnonzero(given == _COMMA), ends), prepend=0)
    fits = commas == width - 1
    misfits = []
    if not fits.all():
        every = body.split("\n")
        misfits = [Misfit(row + 2, every[row].split(","), False) for row in np.flatnonzero(~fits).tolist()]
        body = "\n".join(compress(every, fits.tolist()))
    flat = body.replace("\n", ",").split(",") if fits.any() else []
    return np.flatnonzero(fits) + 2, [flat[column::width] for column in range(width)], misfits


def _quoted(body: str, width: int) -> _Split:
    """Split lines of which some have quotes."""
    every = body.split("\n")
    rows = _together(every) or [_alone(line) if '"' in line else line.split(",") for line in every]
    fits = np.array([row is not None and len(row) == width for row in rows], np.bool_)
    misfits = [
        Misfit(at + 2, row if row is not None else every[at].split(","), row is None)
        for at, (row, good) in enumerate(zip(rows, fits.tolist(), strict=True))
        if not good
    ]
    good_rows: Iterable[list[str]] = (row for row, good in zip(rows, fits.tolist(), strict=True) if row and good)
    cells = [list(column) for column in zip(*good_rows, strict=True)] or [[] for _ in range(width)]
    return np.flatnonzero(fits) + 2, cells, misfits


def _together(lines: list[str]) -> list[list[str] | None] | None:
    """Return the cells of all lines, or None if a quote runs over the end of one."""
    try:
        rows: list[list[str] | None] = list(csv.reader(lines, strict=True))
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) else None


def _alone(line: str) -> list[str] | None:
    """Return the cells of one line, or None if its quotes do not match."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None


def _without_blank(lines: Ints, cells: list[list[str]]) -> tuple[Ints, list[list[str]]]:
    """Leave out rows of nothing but commas, as spreadsheets write them below a table."""
    if not cells or not any(not cell.strip() for cell in cells[0]):
        return lines, cells
    empty = [not cell.strip() for cell in cells[0]]
    said = [not blank or any(column[row].strip() for column in cells) for row, blank in enumerate(empty)]
    return lines[np.array(said, np.bool_)], [list(compress(column, said)) for column in cells]
