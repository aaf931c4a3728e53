"""The network of a repository: its halls and hotlines, with who comes and who serves hour by hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem
from campaigncheck.catalogue.tables import NO_REGION, TWICE, bad_row, table_rows
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.messages import Message, Text

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALL_COLUMNS = ("hall", "name", "region")
HOUR_COLUMNS = (
    "hall", "day_type", "hour", "counters", "arrivals_premium", "arrivals_other", "service_mean", "service_scv", "source",
)  # fmt: skip
HOTLINE_COLUMNS = ("region", "day_type", "hour", "agents", "calls", "talk_mean")
_ASSUMED = "assumed"
_SOURCES = ("measured", _ASSUMED)
_HOURS = 24
_MOST_VARIABLE = 100.0

_NO_NUMBER = Text("“{given}”不是 0 以上的数", "“{given}” is no number from 0 on")
_NO_HALL = Text("营业厅“{hall}”不在 halls.csv 里", "the hall “{hall}” is not in halls.csv")
_NO_DAY_TYPE = Text("“{given}”不是日子的种类（{known}）", "“{given}” is no type of day ({known})")
_NO_HOUR = Text("“{given}”不是 0 到 23 点", "“{given}” is no hour from 0 to 23")
_NOT_WHOLE = Text("{column} 是“{given}”，应当是整数", "{column} is “{given}”, and has to be a whole number")
_NO_SERVICE = Text("有人在办，service_mean 却是 0", "somebody is served, but service_mean is 0")
_TOO_VARIABLE = Text(
    "service_scv 是“{given}”，大得不像真的（一般 0.2 到 2）",
    "service_scv is “{given}”, which cannot be (usually 0.2 to 2)",
)
_NOBODY_SERVES = Text("有客户来，却没有开着的柜台", "customers come, but no counter is open")
_NO_AGENT = Text("有电话打进来，却没有人接", "calls come in, but nobody answers")
_HOLE = Text(
    "缺 {hour} 点这一行：前后两个钟头都有", "the row of hour {hour} is missing, though both its neighbours are there"
)
_NO_SOURCE = Text("“{given}”不是数据来源（{known}）", "“{given}” is no source ({known})")


class Hall(NamedTuple):
    """A business hall; ``hours`` are the first and last minute of the day in which a counter is open."""

    id: str
    name: str
    region: str
    hours: tuple[int, int] | None


@dataclass(frozen=True, eq=False)
class HallHours:
    """What happens in halls on each type of day, hour by hour.

    Arrays have the shape (halls, types of day, hours); hours run from ``first`` on. Arrivals are customers in the hour,
    ``mean`` is minutes of service and ``scv`` its squared coefficient of variation. Where no row says anything the
    hall is closed: no counters.
    """

    halls: Mapping[str, int]
    first: int
    counters: Ints
    premium: Floats
    other: Floats
    mean: Floats
    scv: Floats
    assumed: NDArray[np.bool_]
    """Which halls have figures that nobody measured. Shape (halls,)."""

    @property
    def arrivals(self) -> Floats:
        """Customers of both classes."""
        return np.asarray(self.premium + self.other)


@dataclass(frozen=True, eq=False)
class HotlineHours:
    """What happens on the hotline of each region, hour by hour: arrays of the shape (regions, types of day, 24).

    ``calls`` are those of the hour, ``talk`` is their mean length in seconds.
    """

    regions: Mapping[str, int]
    agents: Ints
    calls: Floats
    talk: Floats


@dataclass(frozen=True)
class Network:
    """The halls and hotlines of a repository; empty when it describes none."""

    halls: Mapping[str, Hall]
    hotline: Mapping[str, tuple[int, int]]
    regions: RegionTree
    hall_hours: HallHours
    hotline_hours: HotlineHours
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


def load_network(files: RuleFiles, regions: RegionTree) -> Network:
    """Read the halls and hotlines with their hours.

    Raises:
        CatalogueError: for a hall listed twice, an unknown region or hall, a number that is none or cannot be, an hour
            listed twice or left out between two others; all that is wrong at once.
    """
    names = _halls(files, regions)
    halls = _Table(files.network("hours.csv"), HOUR_COLUMNS, 1, names)
    hotline = _Table(files.network("hotline.csv"), HOTLINE_COLUMNS, 0, regions.regions)
    hall_hours, hotline_hours = _hall_hours(halls, list(names)), _hotline_hours(hotline)
    problems = [*halls.problems, *hotline.problems]
    if problems:
        raise CatalogueError(problems)
    opening = _opening(hall_hours.counters, hall_hours.first)
    at = hall_hours.halls
    found = {
        key: Hall(key, name, region, opening[at[key]] if key in at else None) for key, (name, region) in names.items()
    }
    answered = _opening(hotline_hours.agents, 0)
    open_lines = {region: hours for region, hours in zip(hotline_hours.regions, answered, strict=True) if hours}
    return Network(found, open_lines, regions, hall_hours, hotline_hours)


def _halls(files: RuleFiles, regions: RegionTree) -> dict[str, tuple[str, str]]:
    path = files.network("halls.csv")
    if path is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    problems: list[CatalogueProblem] = []
    for line, (hall, name, region) in table_rows(path, HALL_COLUMNS):
        if hall in found:
            problems.append(bad_row(path, line, TWICE(key=hall), HALL_COLUMNS))
        if regions.regions.get(region) is None or regions.city(region) is None:
            problems.append(bad_row(path, line, NO_REGION(code=region), HALL_COLUMNS))
        found[hall] = (name, region)
    if problems:
        raise CatalogueError(problems)
    return found


class _Table:
    """A table of hours, column by column, with what is wrong in it."""

    def __init__(self, path: Path | None, columns: tuple[str, ...], optional: int, known: Mapping[str, object]) -> None:
        self.path, self.columns = path, columns
        self.problems: list[CatalogueProblem] = []
        rows = list(table_rows(path, columns, optional)) if path else []
        self.lines = [row.line for row in rows]
        cells = list(zip(*(row.cells for row in rows), strict=True)) if rows else [()] * len(columns)
        self.keys: Sequence[str] = cells[0]
        self._check_keys(known)
        self.types = self._places(cells[1], DAY_TYPES)
        self.hours = self._hours(cells[2])
        self.numbers = [self._numbers(column) for column in cells[3 : 3 + len(columns) - 3 - optional]]
        self.sources: Sequence[str] = cells[len(columns) - 1] if optional and len(cells) == len(columns) else ()

    def complain(self, row: int, what: Message) -> None:
        """Note what is wrong in a row."""
        assert self.path is not None
        self.problems.append(bad_row(self.path, self.lines[row], what, self.columns))

    def wrong(self, rows: NDArray[np.bool_], what: Text, cells: Sequence[object] = (), **facts: object) -> None:
        """Note what is wrong in all rows of some."""
        for row in np.flatnonzero(rows).tolist():
            given = {"given": str(cells[row])} if len(cells) else {}
            self.complain(row, what(**given, **facts))

    def _check_keys(self, known: Mapping[str, object]) -> None:
        for key in sorted(set(self.keys) - set(known)):
            missing = _NO_HALL(hall=key) if self.columns is HOUR_COLUMNS else NO_REGION(code=key)
            for row in (row for row, given in enumerate(self.keys) if given == key):
                self.complain(row, missing)

    def _places(self, given: Sequence[str], known: Sequence[str]) -> Ints:
        places = {name: number for number, name in enumerate(known)}
        found = np.array([places.get(name, -1) for name in given], np.int64)
        self.wrong(found < 0, _NO_DAY_TYPE, given, known=", ".join(known))
        return np.maximum(found, 0)

    def _hours(self, given: Sequence[str]) -> Ints:
        whole = [int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 3 else _HOURS for cell in given]
        found = np.array(whole, np.int64)
        self.wrong(found >= _HOURS, _NO_HOUR, given)
        return np.minimum(found, _HOURS - 1)

    def _numbers(self, given: Sequence[str]) -> Floats:
        try:
            found = np.array(given, np.float64)
        except ValueError:
            found = np.array([_number(cell) for cell in given], np.float64)
        bad = ~(np.isfinite(found) & (found >= 0))
        self.wrong(bad, _NO_NUMBER, given)
        return np.where(bad, 0.0, found)

    def whole(self, column: int) -> Ints:
        """Return a column of whole numbers."""
        found = self.numbers[column]
        rounded = found.astype(np.int64)
        self.wrong(rounded != found, _NOT_WHOLE, found.tolist(), column=self.columns[3 + column])
        return rounded

    def cells(self, keys: Mapping[str, int]) -> tuple[Ints, Ints, Ints]:
        """Return where each row belongs, after noting rows that say the same hour twice and hours left out."""
        rows = np.array([keys.get(key, 0) for key in self.keys], np.int64)
        if self.problems:  # what is wrong already stands for something else here
            return rows, self.types, self.hours
        codes = (rows * len(DAY_TYPES) + self.types) * _HOURS + self.hours
        order = np.argsort(codes, kind="stable")
        steps = np.diff(codes[order])
        same_day = np.diff(codes[order] // _HOURS) == 0
        for at in np.flatnonzero(steps == 0).tolist():
            row = int(order[at + 1])
            key = f"{self.keys[row]},{DAY_TYPES[self.types[row]]},{self.hours[row]}"
            self.complain(row, TWICE(key=key))
        for at in np.flatnonzero((steps > 1) & same_day).tolist():
            row = int(order[at + 1])
            self.complain(row, _HOLE(hour=int(self.hours[order[at]]) + 1))
        return rows, self.types, self.hours


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return np.nan


def _hall_hours(table: _Table, order: Sequence[str]) -> HallHours:
    counters = table.whole(0)
    _, premium, other, mean, scv = table.numbers
    table.wrong((counters == 0) & (premium + other > 0), _NOBODY_SERVES)
    table.wrong((counters > 0) & (mean == 0), _NO_SERVICE)
    table.wrong(scv > _MOST_VARIABLE, _TOO_VARIABLE, scv.tolist())
    sources = np.array([_SOURCES.index(name) if name in _SOURCES else -1 for name in table.sources], np.int64)
    table.wrong(sources < 0, _NO_SOURCE, table.sources, known=", ".join(_SOURCES))
    named = set(table.keys)
    keys = {key: number for number, key in enumerate(key for key in order if key in named)}
    rows, types, hours = table.cells(keys)
    used = hours[counters > 0]
    first, last = (int(used.min()), int(used.max())) if used.size else (0, -1)
    shape = (len(keys), len(DAY_TYPES), last - first + 1)
    inside = (hours >= first) & (hours <= last)
    at = rows[inside], types[inside], hours[inside] - first
    assumed = np.zeros(len(keys), np.bool_)
    if sources.size:
        assumed[rows[sources == _SOURCES.index(_ASSUMED)]] = True
    laid = [_laid(column[inside], at, shape) for column in (counters, premium, other, mean, scv)]
    return HallHours(keys, first, laid[0].astype(np.int64), laid[1], laid[2], laid[3], laid[4], assumed)


def _laid(column: Ints | Floats, at: tuple[Ints, Ints, Ints], shape: tuple[int, int, int]) -> Floats:
    found = np.zeros(shape)
    found[at] = column
    return found


def _hotline_hours(table: _Table) -> HotlineHours:
    agents = table.whole(0)
    _, calls, talk = table.numbers
    table.wrong((agents == 0) & (calls > 0), _NO_AGENT)
    keys = {key: number for number, key in enumerate(dict.fromkeys(table.keys))}
    at = table.cells(keys)
    shape = (len(keys), len(DAY_TYPES), _HOURS)
    laid = [_laid(column, at, shape) for column in (agents, calls, talk)]
    return HotlineHours(keys, laid[0].astype(np.int64), laid[1], laid[2])


def _opening(staff: Ints, first: int) -> list[tuple[int, int] | None]:
    """Return for each place the minutes of the day from its first staffed hour to its last, of all types of day."""
    staffed: NDArray[np.bool_] = np.any(staff > 0, axis=1)
    return list(_spans(staffed, first))


def _spans(open_hours: NDArray[np.bool_], first: int) -> Iterator[tuple[int, int] | None]:
    for row in open_hours:
        hours = np.flatnonzero(row)
        yield (int(hours[0] + first) * 60, int(hours[-1] + first + 1) * 60) if hours.size else None
