"""Reads sheets with headings: tables, an entry a row, and lists, a list a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from campaigncheck.messages import LANGS
from campaigncheck.source.place import Cell, Path
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.grid import Given, Sheet
from campaigncheck.workbook.headings import Columns, find_columns, plain
from campaigncheck.workbook.layout import KEY, MARKS, Field, Part
from campaigncheck.workbook.problems import Fault
from campaigncheck.workbook.state import State, is_wanted, missing, put
from campaigncheck.workbook.values import example, read, shown


def read_lists(state: State, part: Part, sheet: Sheet) -> None:
    """Read a sheet on which each column is a list."""
    columns = open_table(state, part, sheet)
    if columns is None:
        return
    rows = columns.rows
    for column, field in columns.fields.items():
        state.cells[field.path] = sheet.cell(columns.row, column)
        items = _list(state, field, sheet, field.path, [rows[row][column] for row in rows if column in rows[row]])
        if items:
            put(state.values, field.path, items)
        elif field.required and not any(column in cells for cells in rows.values()):
            fault = Fault(told.MISSING_LIST(title=field.title), told.MISSING_HINT(example=field.example))
            state.tell(field.path, state.cells[field.path], fault)
    _refuse_missing(state, part, sheet, columns)


def read_table(state: State, part: Part, sheet: Sheet) -> None:
    """Read a sheet on which each row is an entry."""
    columns = open_table(state, part, sheet)
    if columns is None:
        return
    if columns.rows:
        _refuse_missing(state, part, sheet, columns)
    elif part.name == "offers":
        fault = Fault(told.MISSING_LIST(title=part.title), told.MISSING_HINT(example=part.fields[1].example))
        state.tell(part.path, state.cells[part.path], fault)
    entries = _Entries(state, part, sheet, columns)
    for row, cells in columns.entries():
        entries.add(row, cells)


def open_table(state: State, part: Part, sheet: Sheet) -> Columns | None:
    """Return the columns of a sheet with the rows that are meant; None for a sheet without headings, which is told."""
    columns = find_columns(sheet, part, state.found)
    if columns is None:
        return None
    if part.path:
        state.cells[part.path] = _first(sheet, columns)
    state.refuse_merged(part, sheet, columns.row)
    columns = columns._replace(rows=dict(_meant(state, part, sheet, columns)))
    state.warn_hidden(part, sheet, columns.rows, columns.row, columns.fields)
    _refuse_strays(state, part, sheet, columns)
    return columns


def _first(sheet: Sheet, columns: Columns) -> Cell:
    """Return the first heading of a sheet."""
    return sheet.cell(columns.row, min(columns.fields, default=1))


def _meant(state: State, part: Part, sheet: Sheet, columns: Columns) -> Iterator[tuple[int, dict[int, Given]]]:
    """Yield the rows that are meant: below the headings, neither help nor example, with anything in them."""
    first = columns.numbering or 1
    for row, cells in sheet.rows.items():
        if row <= columns.row:
            continue
        mark = _mark(cells.get(first)) if first not in columns.fields else None
        if mark == "example":
            _refuse_changed(state, part, sheet, columns, cells)
        rest = {column: given for column, given in cells.items() if column != columns.numbering}
        if mark is None and rest:
            yield row, rest


def _mark(given: Given | None) -> str | None:
    """Return what a row is marked as, in its first column: help, example, or nothing."""
    text = plain(given.text) if given is not None else ""
    return next((name for name, said in MARKS.items() if text in (plain(said.zh), plain(said.en))), None)


def _refuse_changed(state: State, part: Part, sheet: Sheet, columns: Columns, cells: Mapping[int, Given]) -> None:
    """Tell of an example that somebody has written over: what is there would be lost."""
    for column, given in cells.items():
        field = columns.fields.get(column)
        if field is None or field.kind.name == "code" or _is_example(state, field, given):
            continue
        hint = told.CHANGED_EXAMPLE_HINT(cell=cells[min(cells)].name)
        fault = Fault(told.CHANGED_EXAMPLE(mark=MARKS["example"]), hint)
        state.tell(part.path, sheet.cell(given.row, column), fault)
        return


def _is_example(state: State, field: Field, given: Given) -> bool:
    if given.fault is not None:
        return False
    texts = [shown(example(field.kind, field.example, state.words, lang)) for lang in LANGS]
    return shown(given.value) in texts or _means(state, field, given.value) == _means(state, field, field.example)


def _means(state: State, field: Field, given: Any) -> Any:
    return read(field.kind, given, state.words).value


def _refuse_strays(state: State, part: Part, sheet: Sheet, columns: Columns) -> None:
    """Tell of what stands under no heading; a list that goes on to the right needs none."""
    rest = columns.rest(part)
    for cells in columns.rows.values():
        for column, given in cells.items():
            if column not in sheet.rows[columns.row] and (rest is None or column < rest):
                state.tell((), sheet.cell(given.row, column), Fault(told.NO_HEADING(), told.NO_HEADING_HINT()))


def _refuse_missing(state: State, part: Part, sheet: Sheet, columns: Columns) -> None:
    """Tell of headings that are gone though something has to stand below them."""
    there = {field.path for field in columns.fields.values()}
    for field in part.fields:
        if field.required and field.path not in there:
            state.tell((*part.path, *field.path), _first(sheet, columns), missing(field))


def _list(state: State, field: Field, sheet: Sheet, path: Path, given: list[Given]) -> list[Any]:
    """Read cells as the items of one list."""
    items: list[Any] = []
    for cell in given:
        at = sheet.cell(cell.row, cell.column)
        value = state.value(field, cell, (*path, len(items)), at)
        if value is not None:
            state.cells[(*path, len(items))] = at
            items.append(value)
    return items


class _Entries:
    """The entries of a table: a list, or a mapping, of values or of groups of fields."""

    def __init__(self, state: State, part: Part, sheet: Sheet, columns: Columns) -> None:
        self.state, self.part, self.sheet, self.columns = state, part, sheet, columns
        self.key_field = next((field for field in part.fields if field.path[:1] == (KEY,)), None)
        self.count = 0
        self.keys: dict[str, int] = {}

    def add(self, row: int, cells: Mapping[int, Given]) -> None:
        """Add the entry of a row."""
        step = self.count if self.key_field is None else self._key(self.key_field, row, cells)
        if step is None:
            return
        base: Path = (*self.part.path, step)
        entry = self._entry(base, row, cells)
        if entry is not None:
            put(self.state.values, base, entry)
            self.count += 1

    def _key(self, field: Field, row: int, cells: Mapping[int, Given]) -> str | None:
        column = next((column for column, item in self.columns.fields.items() if item.path == field.path), None)
        if column is None:
            return None
        at, given = self.sheet.cell(row, column), cells.get(column)
        if given is None:
            self.state.tell(self.part.path, at, missing(field))
            return None
        value: str | None = self.state.value(field, given, (*self.part.path, given.text), at)
        if value in self.keys:
            hint = told.KEY_TWICE_HINT(cell=self.sheet.cell(self.keys[value], column).name)
            self.state.tell((*self.part.path, value), at, Fault(told.KEY_TWICE(key=given.text), hint))
            return None
        if value is not None:
            self.keys[value] = row
            self.state.cells[(*self.part.path, value)] = at
        return value

    def _entry(self, base: Path, row: int, cells: Mapping[int, Given]) -> Any:
        """Return the entry of a row; None if it is a single value that is not there, which is told."""
        entry: dict[str, Any] = {}
        there: set[Path] = set()
        self.state.cells.setdefault(base, self.sheet.cell(row, min(cells.keys() & self.columns.fields.keys())))
        for column, field in self.columns.fields.items():
            if field.path[:1] == (KEY,):
                continue
            path, at = (*base, *field.path), self.sheet.cell(row, column)
            value = self._value(field, path, row, cells, column)
            self.state.mark(path, at, filled=column in cells)
            if not field.path:
                if column not in cells:
                    self.state.tell(path, at, missing(field))
                return value
            if value is not None:
                put(entry, field.path, value)
            if column in cells:
                there.add(field.path)
        self._refuse_gaps(base, row, there)
        is_bare_step = self.part.name == "steps" and entry.keys() == {"step"}
        return entry["step"] if is_bare_step else entry

    def _value(self, field: Field, path: Path, row: int, cells: Mapping[int, Given], column: int) -> Any:
        if column == self.columns.rest(self.part):
            given = [cells[number] for number in sorted(cells) if number >= column]
            return _list(self.state, field, self.sheet, path, given) or None
        return self.state.value(field, cells.get(column), path, self.sheet.cell(row, column))

    def _refuse_gaps(self, base: Path, row: int, there: set[Path]) -> None:
        """Tell what is not filled in though it has to be."""
        for column, field in self.columns.fields.items():
            if field.path[:1] not in ((), (KEY,)) and field.path not in there and is_wanted(field, there):
                several = isinstance(field.path[-1], int)
                fault = Fault(told.GAP(title=field.title), told.GAP_HINT()) if several else missing(field)
                self.state.tell((*base, *field.path), self.sheet.cell(row, column), fault)
