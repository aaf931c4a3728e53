"""Reads sheets that are forms: an item a row, its value beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campaigncheck.source.place import Path
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.grid import Given, Rows, Sheet, letters
from campaigncheck.workbook.headings import known, plain, strange_heading
from campaigncheck.workbook.layout import CONTENT, ITEM, Field, Part
from campaigncheck.workbook.problems import Fault
from campaigncheck.workbook.state import State, get, is_wanted, missing, put

_LOOKED_AT = 10
_BESIDE = 2
"""Columns to the right of the values, for help and examples."""


class _Frame(NamedTuple):
    """The row of headings of a form, and the columns of items and of values."""

    head: int
    item: int
    content: int


def read_form(state: State, part: Part, sheet: Sheet) -> None:
    """Read a form."""
    frame = _frame(sheet.rows)
    below = {row: cells for row, cells in sheet.rows.items() if row > frame.head}
    state.refuse_merged(part, sheet, frame.head)
    filled = {row: cells for row, cells in below.items() if frame.content in cells}
    state.warn_hidden(part, sheet, filled, max(frame.head, 1), (frame.content,))
    fields, seen = known(part.fields), dict[Path, int]()
    for row, cells in below.items():
        item = cells.get(frame.item)
        field = fields.get(plain(item.text)) if item is not None else None
        if field is None:
            _strange(state, part, sheet, frame, cells)
        elif field.path in seen:
            hint = told.HEADING_TWICE_HINT(cell=f"{letters(frame.item)}{seen[field.path]}")
            fault = Fault(told.HEADING_TWICE(name=field.title), hint)
            state.tell(field.path, sheet.cell(row, frame.item), fault)
        else:
            seen[field.path] = row
            _value(state, field, sheet, frame, cells.get(frame.content), row)
        _strays(state, sheet, frame, cells)
    there = {
        field.path for field in part.fields if get(state.values, field.path) is not None or state.is_bad(field.path)
    }
    for field in part.fields:
        if field.path not in there and is_wanted(field, there):
            state.tell(field.path, state.cells.get(field.path, sheet.cell(1, 1)), missing(field))


def _frame(rows: Rows) -> _Frame:
    for row in sorted(rows)[:_LOOKED_AT]:
        titles = {plain(given.text): column for column, given in rows[row].items()}
        item = next((titles[plain(said)] for said in ITEM if plain(said) in titles), None)
        content = next((titles[plain(said)] for said in CONTENT if plain(said) in titles), None)
        if item is not None and content is not None:
            return _Frame(row, item, content)
    return _Frame(0, 1, 2)


def _value(state: State, field: Field, sheet: Sheet, frame: _Frame, given: Given | None, row: int) -> None:
    at = sheet.cell(row, frame.content)
    value = state.value(field, given, field.path, at)
    if value is not None:
        put(state.values, field.path, value)
    state.mark(field.path, at, filled=given is not None)


def _strange(state: State, part: Part, sheet: Sheet, frame: _Frame, cells: Mapping[int, Given]) -> None:
    """Tell of a value whose item is not known, or not there."""
    item, content = cells.get(frame.item), cells.get(frame.content)
    if content is None:
        return
    if item is not None:
        state.tell((), sheet.cell(item.row, item.column), strange_heading(item, part.fields))
    else:
        hint = told.NO_ITEM_HINT(column=letters(frame.content))
        state.tell((), sheet.cell(content.row, content.column), Fault(told.NO_ITEM(), hint))


def _strays(state: State, sheet: Sheet, frame: _Frame, cells: Mapping[int, Given]) -> None:
    """Tell of what stands further to the right, where nothing is read."""
    titled = sheet.rows.get(frame.head, {})
    for column, given in cells.items():
        if column > frame.content + _BESIDE and column not in titled:
            hint = told.NO_ITEM_HINT(column=letters(frame.content))
            state.tell((), sheet.cell(given.row, column), Fault(told.NO_ITEM(), hint))
