"""The sheets of a workbook as rows of cells, and nothing else of it."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

from campaigncheck.source.place import Cell
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.archive import Layer, layers, refuse_unusable
from campaigncheck.workbook.problems import CannotReadError, Fault, MissingPackageError
from campaigncheck.workbook.text import unescaped

MOST_ROWS = 20_000
"""Rows of a sheet that are read; whatever stands further down is told."""


class Given(NamedTuple):
    """A cell that is not empty: where it is, and what stands there, or what is wrong with that."""

    row: int
    column: int
    value: Any
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """The cell's name, such as ``B7``."""
        return f"{letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """What stands there as one line of text, without blanks around it."""
        return " ".join(str(self.value).split()) if self.fault is None else ""


Rows = dict[int, dict[int, Given]]
"""The cells that are not empty, by row and column."""


class Sheet(NamedTuple):
    """A sheet as it was read; ``layer`` is what its file says beside its cells."""

    number: int
    title: str
    visible: bool
    rows: Rows
    layer: Layer

    def cell(self, row: int, column: int) -> Cell:
        """Return the place of a cell."""
        return Cell(self.title, f"{letters(column)}{row}", (self.number, row, column))


def letters(column: int) -> str:
    """Return what a column is called."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def open_sheets(data: bytes, is_own: Callable[[str], bool]) -> list[Sheet]:
    """Return the sheets of a workbook, but for those that are people's own by their titles.

    Raises:
        CannotReadError: when it is none, too large, locked or damaged.
        MissingPackageError: when the package that reads workbooks is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingPackageError from error
    refuse_unusable(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            about = layers(data, is_own)
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False, rich_text=True)
            pages = [(number, page) for number, page in enumerate(book.worksheets) if page.title in about]
            found = [_sheet(number, page, about[page.title]) for number, page in pages]
            book.close()
        except Exception as error:  # whatever is wrong with a file, the library has many words for it
            detail = f"{type(error).__name__}: {error}"[:120]
            raise CannotReadError(told.DAMAGED(), told.DAMAGED_HINT(detail=detail)) from error
    gc.collect(0)  # the library leaves megabytes in cycles, and a run collects nothing by itself
    return found


def _sheet(number: int, page: Any, layer: Layer) -> Sheet:
    return Sheet(number, page.title, page.sheet_state == "visible", _rows(page, layer), layer)


def _rows(page: Any, layer: Layer) -> Rows:
    """Return the cells of a sheet down to the last that holds anything, whatever it says of its own size."""
    page.reset_dimensions()
    found: Rows = {}
    last = MOST_ROWS if layer.last is None else min(layer.last, MOST_ROWS)
    if last == 0:
        return found
    for number, cells in enumerate(page.iter_rows(max_row=last), 1):
        row = {given.column: given for given in _row(number, cells)}
        if row:
            found[number] = row
    return found


def _row(number: int, cells: tuple[Any, ...]) -> Iterator[Given]:
    for cell in cells:
        if cell.value is None:
            continue
        given = _given(number, cell)
        if given is not None:
            yield given


def _given(row: int, cell: Any) -> Given | None:
    """Return a cell with its value as plain data; None for one that holds nothing but blanks."""
    column, value, kind = cell.column, cell.value, cell.data_type
    if kind == "f":
        return Given(row, column, None, Fault(told.FORMULA(), told.FORMULA_HINT()))
    if kind == "e":
        return Given(row, column, None, Fault(told.ERROR_VALUE(given=str(value)[:20]), told.ERROR_VALUE_HINT()))
    if isinstance(value, bool | int | float) or not hasattr(value, "strip"):
        return Given(row, column, value) if not isinstance(value, list) else _text(row, column, str(value))
    return _text(row, column, str(value))


def _text(row: int, column: int, value: str) -> Given | None:
    return Given(row, column, unescaped(value)) if value.strip() else None
