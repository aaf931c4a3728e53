"""Which sheet, and which column or row, is which: by its name in either language, or by its key in the spec."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from campaigncheck.source.place import Path
from campaigncheck.spec.load import nearest_name
from campaigncheck.spec.types import NAME_PATTERN
from campaigncheck.workbook import problems as told
from campaigncheck.workbook.grid import Given, Rows, Sheet
from campaigncheck.workbook.layout import (
    KEY,
    NOTES,
    NUMBERING,
    OPTIONS,
    READ_ME,
    Field,
    Part,
    attribute,
)
from campaigncheck.workbook.problems import Fault, Found

_LOOKED_AT = 20
"""Headings stand in one of the first rows."""
_ATTRIBUTE = re.compile(NAME_PATTERN)


class Columns(NamedTuple):
    """The row of headings of a sheet, the field that each column holds, and the rows that are meant."""

    row: int
    fields: dict[int, Field]
    numbering: int | None
    rows: Rows

    def rest(self, part: Part) -> int | None:
        """Return the column from which the last list of a part goes on to the right; None where there is none."""
        last = part.fields[-1].path
        return (
            next((column for column, field in self.fields.items() if field.path == last), None) if part.rest else None
        )

    def entries(self) -> Iterator[tuple[int, dict[int, Given]]]:
        """Yield the rows with anything under a heading."""
        return ((row, cells) for row, cells in self.rows.items() if not self.fields.keys().isdisjoint(cells))


def plain(title: str) -> str:
    """Return a heading without what does not matter: blanks, the star of what is required, upper case."""
    return "".join(title.split()).rstrip("*＊").casefold()


def _names(field: Field) -> Iterator[str]:
    yield from (plain(field.title().render("zh")), plain(field.title().render("en")))
    if KEY not in field.path and field.path:
        yield plain(".".join(map(str, field.path)))


def known(fields: Iterable[Field]) -> dict[str, Field]:
    """Return fields by everything that their headings may say."""
    return {name: field for field in fields for name in _names(field)}


def find_columns(sheet: Sheet, part: Part, found: list[Found]) -> Columns | None:
    """Return the columns of a table; what is wrong with the headings is added to ``found``."""
    names = known(part.fields)
    row = next((number for number in sorted(sheet.rows)[:_LOOKED_AT] if _is_heading(sheet, number, names)), None)
    if row is None:
        if sheet.rows:
            hint = told.NO_HEADINGS_HINT(names=[field.title for field in part.fields])
            found.append(Found(part.path, sheet.cell(1, 1), Fault(told.NO_HEADINGS(), hint)))
        return None
    columns: dict[int, Field] = {}
    numbering: int | None = None
    for column, given in sheet.rows[row].items():
        title = plain(given.text)
        if title in _NUMBERING:
            numbering = column
            continue
        field = names.get(title) or _attribute(part, given)
        if field is None:
            found.append(Found(part.path, sheet.cell(row, column), strange_heading(given, part.fields)))
        elif any(field.path == other.path for other in columns.values()):
            first = next(at for at, other in columns.items() if other.path == field.path)
            hint = told.HEADING_TWICE_HINT(cell=sheet.cell(row, first).name)
            found.append(Found(part.path, sheet.cell(row, column), Fault(told.HEADING_TWICE(name=given.text), hint)))
        else:
            columns[column] = field
    return Columns(row, columns, numbering, {})


_NUMBERING = frozenset({plain(NUMBERING.zh), plain(NUMBERING.en)})


def _is_heading(sheet: Sheet, row: int, names: dict[str, Field]) -> bool:
    return any(plain(given.text) in names for given in sheet.rows[row].values())


def _attribute(part: Part, given: Given) -> Field | None:
    """Return the column of an attribute that no catalogue knows: the rules will say so."""
    text = given.text
    return attribute(text) if part.name == "audience" and _ATTRIBUTE.match(text) else None


def strange_heading(given: Given, fields: Sequence[Field]) -> Fault:
    """Return what to say of a heading, or of the item of a form, that is not known."""
    if given.fault is not None:
        return given.fault
    titles = [said for field in fields for said in (field.title().render("zh"), field.title().render("en"))]
    near = nearest_name(given.text, titles)
    hint = told.DID_YOU_MEAN(nearest=near) if near else told.NO_HEADINGS_HINT(names=[field.title for field in fields])
    return Fault(told.STRANGE_HEADING(name=given.text[:40]), hint)


def match_sheets(sheets: Sequence[Sheet], parts: Sequence[Part], found: list[Found]) -> dict[str, Sheet]:
    """Return the sheet of each part; sheets that are missing, strange or twice there are added to ``found``."""
    titles = {plain(said): part for part in parts for said in (part.title.zh, part.title.en)}
    matched: dict[str, Sheet] = {}
    strange: list[Sheet] = []
    for sheet in sheets:
        part = titles.get(plain(sheet.title))
        if part is None:
            if sheet.rows:
                strange.append(sheet)
        elif part.name in matched:
            message = told.SAME_SHEETS(name=sheet.title, other=matched[part.name].title)
            found.append(Found(part.path, sheet.cell(1, 1), Fault(message, told.SAME_SHEETS_HINT())))
        else:
            matched[part.name] = sheet
    lost = {said: part for part in parts if part.name not in matched for said in (part.title.zh, part.title.en)}
    near = {sheet.title: lost.get(_nearest(sheet.title, lost) or "") for sheet in strange}
    found += [_strange_sheet(sheet, near[sheet.title]) for sheet in strange]
    missed = {part.name for part in near.values() if part is not None}
    found += [_no_sheet(part) for part in parts if _is_needed(part) and part.name not in matched.keys() | missed]
    return matched


def _nearest(title: str, lost: Iterable[str]) -> str | None:
    """Return the missing sheet that a strange one may be: a copy, or one whose name has been changed."""
    names = list(lost)
    return next((name for name in names if name in title), None) or nearest_name(title, names)


def is_own(title: str) -> bool:
    """Tell whether a sheet holds nothing of a spec: what a template brings along, and people's own notes."""
    fixed = {plain(said) for text in (READ_ME, OPTIONS) for said in text}
    return plain(title) in fixed or plain(title).startswith(NOTES)


def _is_needed(part: Part) -> bool:
    return part.name in ("basics", "scope", "offers")


def _strange_sheet(sheet: Sheet, part: Part | None) -> Found:
    if part is None:
        fault = Fault(told.STRANGE_SHEET(name=sheet.title), told.STRANGE_SHEET_HINT())
    else:
        fault = Fault(told.NO_SHEET(name=part.title), told.NO_SHEET_NEAR(given=sheet.title, name=part.title))
    path: Path = part.path if part is not None else ()
    return Found(path, sheet.cell(1, 1), fault)


def _no_sheet(part: Part) -> Found:
    return Found(part.path, None, Fault(told.NO_SHEET(name=part.title), told.NO_SHEET_HINT()))
