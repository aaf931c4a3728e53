"""The CSV tables of ``rules/``: regions, and the network of halls and hotlines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
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
_TWICE = Text("“{key}”已经出现过", "“{key}” has been listed before")
_NO_REGION = Text("没有代码为“{code}”的地区", "there is no region “{code}”")
_NO_NUMBER = Text("“{given}”不是 0 以上的数", "“{given}” is no number from 0 on")
_BAD_CODE = Text("“{given}”不是 6 位数字代码", "“{given}” is no code of 6 digits")
_NO_HALL = Text("营业厅“{hall}”不在 halls.csv 里", "the hall “{hall}” is not in halls.csv")
_NOT_CURRENT = Text("替代代码“{code}”不是现行代码", "the successor “{code}” is no current code")


class FormerRegion(NamedTuple):
    """A code that has left GB/T 2260, and the current codes that took its place."""

    code: str
    name: str
    left: str
    successors: tuple[str, ...]


class Hall(NamedTuple):
    """A business hall; ``hours`` are the first and last minute of the day in which a counter is open."""

    id: str
    name: str
    region: str
    hours: tuple[int, int] | None


@dataclass(frozen=True)
class Network:
    """The halls and hotlines of a repository; empty when it describes none."""

    halls: Mapping[str, Hall]
    hotline: Mapping[str, tuple[int, int]]
    regions: RegionTree
    _opening: dict[int, Hall | None] = field(default_factory=dict, repr=False, compare=False)

    def opening(self, cities: int) -> Hall | None:
        """Return what stands for all halls of some cities: the one open longest, with the hours of all.

        None if no hours are known there. Worked out once for each set of cities.
        """
        if cities not in self._opening:
            here = [hall for city in self.regions.names(cities) for hall in self._by_city.get(city, ())]
            self._opening[cities] = widest(here)
        return self._opening[cities]

    def names(self, halls: Iterable[str]) -> list[str]:
        """Return what halls are called; one that is not known is called by its id."""
        return [self.halls[hall].name if hall in self.halls else hall for hall in halls]

    @cached_property
    def city_of(self) -> dict[str, str]:
        """The city of each hall."""
        return {hall.id: self.regions.city(hall.region) or hall.region for hall in self.halls.values()}

    @cached_property
    def _by_city(self) -> dict[str | None, list[Hall]]:
        found: dict[str | None, list[Hall]] = {}
        for hall in self.halls.values():
            found.setdefault(self.regions.city(hall.region), []).append(hall)
        return found


def widest(halls: Iterable[Hall]) -> Hall | None:
    """Return the hall that is open longest, with the first and last minute that any of them is open."""
    known = [(hall.hours, hall) for hall in halls if hall.hours]
    if not known:
        return None
    _, longest = max(known, key=lambda item: (item[0][1] - item[0][0], item[1].name))
    return longest._replace(hours=(min(hours[0] for hours, _ in known), max(hours[1] for hours, _ in known)))


class _Row(NamedTuple):
    line: int
    cells: list[str]


def table_rows(path: Path, columns: tuple[str, ...], optional: int = 0) -> Iterator[_Row]:
    """Yield the rows of a table after checking its header.

    Raises:
        CatalogueError: when the file cannot be read or its header or a row's width is wrong.
    """
    try:
        text = decode(read_bytes(str(path), MAX_TABLE_BYTES))
    except SourceError as error:
        raise CatalogueError([problem(shown(path), error.message, BAD_ROW_HINT(expected=",".join(columns)))]) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    needed = columns[: len(columns) - optional]
    if tuple(header) not in (columns, needed):
        hint = BAD_HEADER_HINT(given=",".join(header))
        raise CatalogueError([problem(shown(path), BAD_HEADER(expected=",".join(columns)), hint)])
    for cells in reader:
        if not cells:
            continue
        if len(cells) != len(header):
            what = _WRONG_WIDTH(given=len(cells), expected=len(header))
            raise CatalogueError([bad_row(path, reader.line_num, what, columns)])
        yield _Row(reader.line_num, cells)


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
            problems.append(bad_row(path, line, _TWICE(key=region.code), columns))
        rows[region.code], lines[region.code] = region, line
    problems += [
        bad_row(path, lines[region.code], _NO_REGION(code=region.parent), columns)
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


HALL_COLUMNS = ("hall", "name", "region")
HOUR_COLUMNS = (
    "hall", "day_type", "hour", "counters", "arrivals_premium", "arrivals_other", "service_mean", "service_scv", "source",
)  # fmt: skip
HOTLINE_COLUMNS = ("region", "day_type", "hour", "agents", "calls", "talk_mean")


def load_network(files: RuleFiles, regions: RegionTree) -> Network:
    """Read the halls with their opening hours, and the hotlines' hours.

    Raises:
        CatalogueError: for a hall listed twice, an unknown region or hall, or a number that is none.
    """
    names = _halls(files, regions)
    hours = _opening(files.network("hours.csv"), HOUR_COLUMNS, 1, known=names)
    halls = {key: Hall(key, name, region, hours.get(key)) for key, (name, region) in names.items()}
    hotline = _opening(files.network("hotline.csv"), HOTLINE_COLUMNS, 0, known=regions.regions)
    return Network(halls, hotline, regions)


def _halls(files: RuleFiles, regions: RegionTree) -> dict[str, tuple[str, str]]:
    path = files.network("halls.csv")
    if path is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    problems: list[CatalogueProblem] = []
    for line, (hall, name, region) in table_rows(path, HALL_COLUMNS):
        if hall in found:
            problems.append(bad_row(path, line, _TWICE(key=hall), HALL_COLUMNS))
        if regions.regions.get(region) is None or regions.city(region) is None:
            problems.append(bad_row(path, line, _NO_REGION(code=region), HALL_COLUMNS))
        found[hall] = (name, region)
    if problems:
        raise CatalogueError(problems)
    return found


def _opening(
    path: Path | None, columns: tuple[str, ...], optional: int, known: Mapping[str, object]
) -> dict[str, tuple[int, int]]:
    """Return for each hall or region the minutes of the day from the first staffed hour to the last."""
    found: dict[str, tuple[int, int]] = {}
    problems: list[CatalogueProblem] = []
    for line, cells in table_rows(path, columns, optional) if path else ():
        key, hour, staff = cells[0], cells[2], cells[3]
        if key not in known:
            missing = _NO_HALL(hall=key) if columns is HOUR_COLUMNS else _NO_REGION(code=key)
            problems.append(bad_row(path, line, missing, columns))  # type: ignore[arg-type]
        elif not (hour.isascii() and hour.isdigit() and int(hour) < 24 and _number(staff) is not None):
            given = hour if _number(staff) is not None else staff
            problems.append(bad_row(path, line, _NO_NUMBER(given=given), columns))  # type: ignore[arg-type]
        elif _number(staff):
            first, last = found.get(key, (24 * 60, 0))
            found[key] = (min(first, int(hour) * 60), max(last, int(hour) * 60 + 60))
    if problems:
        raise CatalogueError(problems)
    return found


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
