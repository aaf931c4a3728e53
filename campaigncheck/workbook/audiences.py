"""Reads the sheet about customers: a row is a group of conditions, of the campaign or of one of its offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from campaigncheck.source.place import Cell, Path
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.grid import Given, Sheet
from campaigncheck.workbook.headings import Columns
from campaigncheck.workbook.layout import KEY, PARTS, Part
from campaigncheck.workbook.problems import Fault
from campaigncheck.workbook.state import State
from campaigncheck.workbook.tables import open_table


class _Group(NamedTuple):
    """A row: the offer that it is about (empty: the campaign), where that is, its conditions, and their cells."""

    offer: str
    at: Cell
    conditions: dict[str, Any]
    cells: dict[str, Cell]


def read_audiences(state: State, part: Part, sheet: Sheet) -> None:
    """Read the sheet, and put its rows where they belong; all offers have been read before."""
    columns = open_table(state, part, sheet)
    if columns is None:
        return
    for row, cells in columns.entries():
        group = _group(state, part, sheet, columns, row, cells)
        if group is not None:
            _place(state, group)


def _group(
    state: State, part: Part, sheet: Sheet, columns: Columns, row: int, cells: Mapping[int, Given]
) -> _Group | None:
    conditions: dict[str, Any] = {}
    places: dict[str, Cell] = {}
    offer, filled = "", False
    for column, field in columns.fields.items():
        at, name = sheet.cell(row, column), str(field.path[0])
        value = state.value(field, cells.get(column), part.path, at)
        if name == KEY:
            offer = value or ""
            continue
        places[name] = at
        filled |= column in cells
        if value is not None:
            conditions[name] = value
    at = sheet.cell(row, min(cells.keys() & columns.fields.keys()))
    if filled:
        return _Group(offer, at, conditions, places)
    state.tell(part.path, at, Fault(told.NO_CONDITION(), told.NO_CONDITION_HINT()))
    return None


def _place(state: State, group: _Group) -> None:
    offers = state.values.get("offers", [])
    holder: dict[str, Any] = state.values
    base: Path = ()
    if group.offer:
        number = _offer(state, group, [str(offer.get("id", "")) for offer in offers])
        if number is None:
            return
        holder, base = offers[number], ("offers", number)
    groups = holder.setdefault("audience", [])
    path: Path = (*base, "audience", len(groups))
    groups.append(group.conditions)
    state.cells[path] = group.at
    state.cells.setdefault(path[:-1], group.at)
    state.cells.update({(*path, name): cell for name, cell in group.cells.items()})


def _offer(state: State, group: _Group, ids: list[str]) -> int | None:
    """Return the number of the offer that a row is about; None where there is none, which is told."""
    given = group.offer
    if given[0] == "#" and given[1:].isdecimal() and 0 < int(given[1:]) <= len(ids):
        return int(given[1:]) - 1
    if ids.count(given) == 1:
        return ids.index(given)
    if given in ids:
        fault = Fault(told.TWO_OFFERS(given=given), told.TWO_OFFERS_HINT())
    else:
        sheet = next(part.title for part in PARTS if part.name == "offers")
        names = [name for name in ids if name]
        fault = Fault(told.NO_OFFER(given=given), told.NO_OFFER_HINT(sheet=sheet, names=names))
    state.tell(("audience",), group.at, fault)
    return None
