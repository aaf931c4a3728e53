"""The CSV tables of ``rules/``: how they are read, and regions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from campaigncheck.algebra.regions import Region, RegionTree
from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.problems import (
    BAD_HEADER,
    BAD_HEADER_HINT,
    BAD_ROW,
    BAD_ROW_HINT,
    CatalogueError,
    CatalogueProblem,
    problem,
)
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import decode, read_bytes
from campaigncheck.source.errors import SourceError
from campaigncheck.source.limits import MAX_TABLE_BYTES
from campaigncheck.source.place import Place

_WRONG_WIDTH = Text("有 {given} 列，应当是 {expected} 列", "{given} columns instead of {expected}")
TWICE = Text("“{key}”已经出现过", "“{key}” has been listed before")
NO_REGION = Text("没有代码为“{code}”的地区", "there is no region “{code}”")
_BAD_CODE = Text("“{given}”不是 6 位数字代码", "“{given}” is no code of 6 digits")
_NOT_CURRENT = Text("替代代码“{code}”不是现行代码", "the successor “{code}” is no current code")


class FormerRegion(NamedTuple):
    """A code that has left GB/T 2260, and the current codes that took its place."""

    code: str
    name: str
    left: str
    successors: tuple[str, ...]


class _Row(NamedTuple):
    line: int
    cells: list[str]


def table_rows(path: Path, columns: tuple[str, ...], optional: int = 0) -> Iterator[_Row]:
    """Yield the rows of a table after checking its header.

    Raises:
        CatalogueError: when the file cannot be read or its header or a row's width is wrong.
    """
    reader = csv.reader(io.StringIO(table_text(path), newline=""))
    header = next(reader, [])
    check_header(path, header, columns, optional)
    for cells in reader:
        if not cells:
            continue
        if len(cells) != len(header):
            what = _WRONG_WIDTH(given=len(cells), expected=len(header))
            raise CatalogueError([bad_row(path, reader.line_num, what, columns)])
        yield _Row(reader.line_num, cells)


def table_text(path: Path) -> str:
    """Return the text of a table.

    Raises:
        CatalogueError: when it cannot be read.
    """
    try:
        return decode(read_bytes(str(path), MAX_TABLE_BYTES))
    except SourceError as error:
        raise CatalogueError([problem(shown(path), error.message, error.hint, error.place)]) from error


def check_header(path: Path, header: Sequence[str], columns: tuple[str, ...], optional: int) -> None:
    """Refuse a table whose header is another; its last columns may be missing if they are optional.

    Raises:
        CatalogueError: when it is.
    """
    if tuple(header) not in (columns, columns[: len(columns) - optional]):
        hint = BAD_HEADER_HINT(given=",".join(header))
        raise CatalogueError([problem(shown(path), BAD_HEADER(expected=",".join(columns)), hint)])


def bad_row(path: Path, line: int, what: Message, columns: tuple[str, ...]) -> CatalogueProblem:
    return problem(shown(path), BAD_ROW(what=what), BAD_ROW_HINT(expected=",".join(columns)), Place(line, 1, line, 1))


def load_regions(files: RuleFiles) -> RegionTree:
    """Read ``regions.csv`` into a tree.

    Raises:
        CatalogueError: for a wrong code, a code listed twice, or an unknown parent.
    """
    path, columns = files.path("regions.csv"), ("code", "name", "parent")
    rows: dict[str, Region] = {}
    lines: dict[str, int] = {}
    problems: list[CatalogueProblem] = []
    for line, cells in table_rows(path, columns):
        region = Region(*cells)
        if not (region.code.isascii() and region.code.isdigit() and len(region.code) == 6):
            problems.append(bad_row(path, line, _BAD_CODE(given=region.code), columns))
        elif region.code in rows:
            problems.append(bad_row(path, line, TWICE(key=region.code), columns))
        rows[region.code], lines[region.code] = region, line
    problems += [
        bad_row(path, lines[region.code], NO_REGION(code=region.parent), columns)
        for region in rows.values()
        if region.parent and region.parent not in rows
    ]
    if problems:
        raise CatalogueError(problems)
    return RegionTree.build(list(rows.values()))


def load_former_regions(files: RuleFiles, regions: RegionTree) -> dict[str, FormerRegion]:
    """Read ``regions-former.csv``: codes that left the standard, by code."""
    path, columns = files.path("regions-former.csv"), ("code", "name", "left", "successors")
    found: dict[str, FormerRegion] = {}
    problems: list[CatalogueProblem] = []
    for line, (code, name, left, successors) in table_rows(path, columns):
        found[code] = FormerRegion(code, name, left, tuple(successors.split()))
        stale = next((item for item in found[code].successors if item not in regions.regions), None)
        if stale is not None:
            problems.append(bad_row(path, line, _NOT_CURRENT(code=stale), columns))
    if problems:
        raise CatalogueError(problems)
    return found
