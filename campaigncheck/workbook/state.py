"""A spec under way: what the sheets have said so far, where, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Any

from campaigncheck.source.place import Cell, Path
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.grid import Given, Rows, Sheet, letters
from campaigncheck.workbook.layout import Field, Part
from campaigncheck.workbook.merged import meets
from campaigncheck.workbook.problems import Fault, Found
from campaigncheck.workbook.values import read
from campaigncheck.workbook.vocabulary import Vocabulary


class State:
    """What has been read so far.

    Attributes:
        values: what the spec says.
        cells: where it says so, by path; also of what is left empty.
        found: what is wrong with the workbook.
        words: what cells can name.
    """

    def __init__(self, words: Vocabulary, found: list[Found]) -> None:
        self.values: dict[str, Any] = {}
        self.cells: dict[Path, Cell] = {}
        self.found = found
        self.words = words

    def tell(self, path: Path, cell: Cell | None, fault: Fault) -> None:
        """Keep something that is wrong."""
        self.found.append(Found(path, cell, fault))

    def value(self, field: Field, given: Given | None, path: Path, at: Cell) -> Any:
        """Return the value of a cell, if it has one; what is wrong with it, or how it was understood, is told."""
        if given is None:
            return None
        if given.fault is not None:
            self.tell(path, at, given.fault)
            return None
        reading = read(field.kind, given.value, self.words)
        if reading.fault is not None:
            self.tell(path, at, reading.fault)
        return reading.value

    def mark(self, path: Path, at: Cell, *, filled: bool) -> None:
        """Remember where a path stands; what is around it stands where the first of it that is filled in does."""
        self.cells[path] = at
        if filled:
            for length in range(1, len(path)):
                self.cells.setdefault(path[:length], at)

    def refuse_merged(self, part: Part, sheet: Sheet, head: int) -> None:
        """Tell of merged cells with anything in them below the headings."""
        for span in sheet.layer.merged:
            first = meets(span, head, sheet.rows)
            if first is not None:
                self.tell(part.path, sheet.cell(*first), Fault(told.MERGED(range=span), told.MERGED_HINT()))

    def warn_hidden(self, part: Part, sheet: Sheet, rows: Rows, head: int, columns: Collection[int]) -> None:
        """Tell of what nobody sees though it counts; ``columns`` are those that are read."""
        if not rows:
            return
        messages = [] if sheet.visible else [(sheet.cell(1, 1), told.HIDDEN_SHEET())]
        hidden_rows = sorted(sheet.layer.hidden_rows & rows.keys())
        messages += [(sheet.cell(row, 1), told.HIDDEN_ROW(row=row)) for row in hidden_rows]
        filled = {column for cells in rows.values() for column in cells} & set(columns)
        hidden_columns = sorted(sheet.layer.hidden_columns & filled)
        messages += [
            (sheet.cell(head, column), told.HIDDEN_COLUMN(column=letters(column))) for column in hidden_columns
        ]
        for at, message in messages:
            self.tell(part.path, at, Fault(message, told.HIDDEN_HINT(), "warning"))

    def is_bad(self, path: Path) -> bool:
        """Tell whether something is wrong with what stands at a path."""
        return any(item.path == path for item in self.found)


def missing(field: Field) -> Fault:
    """Return what to say of a cell that has to be filled in."""
    return Fault(told.MISSING(title=field.title), told.MISSING_HINT(example=field.example))


def is_wanted(field: Field, there: Iterable[Path]) -> bool:
    """Tell whether an empty cell has to be filled in: always, or because of what is ``there`` beside it."""
    return field.required or (field.together and any(path[:1] == field.path[:1] for path in there))


def get(values: Any, path: Path) -> Any:
    """Return what stands at a path; None for nothing."""
    for step in path:
        if isinstance(values, list) and isinstance(step, int):
            values = values[step] if step < len(values) else None
        elif isinstance(values, Mapping):
            values = values.get(step)
        else:
            return None
    return values


def put(values: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value at a path, with what has to be around it; lists are filled in order."""
    holder: Any = values
    for step, following in pairwise(path):
        new: Any = [] if isinstance(following, int) else {}
        if isinstance(holder, list):
            holder.append(new)
        holder = holder[-1] if isinstance(holder, list) else holder.setdefault(step, new)
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder[path[-1]] = value
