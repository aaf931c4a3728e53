"""The network of a repository: its halls and hotlines, with who comes and who serves hour by hour.

Rows that are wrong are kept as faults, and take out only the halls and types of day that they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

import numpy as np

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.columns import Columns, read_columns
from campaigncheck.catalogue.faults import EMPTY, EMPTY_ID_HINT, Fault, Faults, as_shown
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.tables import NO_REGION, TWICE
from campaigncheck.catalogue.timetables import (
    NO_REGION_HINT,
    Floats,
    HallHours,
    HotlineHours,
    Ints,
    read_halls,
    read_hotlines,
)
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.messages import Text

__all__ = ["Floats", "Hall", "HallHours", "HotlineHours", "Ints", "Network", "load_network", "widest"]

HALL_COLUMNS = ("hall", "name", "region")
HOUR_COLUMNS = (
    "hall", "day_type", "hour", "counters", "arrivals_premium", "arrivals_other", "service_mean", "service_scv", "source",
)  # fmt: skip
HOTLINE_COLUMNS = ("region", "day_type", "hour", "agents", "calls", "talk_mean")
_TWICE_HINT = Text(
    "第一次在第 {line} 行；留下对的那一行。", "It was first listed on line {line}: keep the row that is right."
)


class Hall(NamedTuple):
    """A business hall; ``hours`` are the first and last minute of the day in which a counter is open."""

    id: str
    name: str
    region: str
    hours: tuple[int, int] | None


@dataclass(frozen=True)
class Network:
    """The halls and hotlines of a repository; empty when it describes none.

    Attributes:
        halls: the halls by id.
        hotline: the first and last minute of the day in which each region's hotline is answered.
        regions: all regions.
        hall_hours: what happens in halls hour by hour.
        hotline_hours: what happens on hotlines.
        faults: rows that are wrong; what they are about is left out of the hours.
        unplaced: halls that halls.csv lists, of which nobody knows where they are.
        listed_at: the file that lists halls, and the line of each.
    """

    halls: Mapping[str, Hall]
    hotline: Mapping[str, tuple[int, int]]
    regions: RegionTree
    hall_hours: HallHours
    hotline_hours: HotlineHours
    faults: tuple[Fault, ...] = ()
    unplaced: Mapping[str, Hall] = field(default_factory=dict)
    listed_at: tuple[str, Mapping[str, int]] = field(default_factory=lambda: ("", {}))
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
        return [self.listed[hall].name if hall in self.listed else hall for hall in halls]

    def left_out(self, hall: str) -> tuple[int, ...]:
        """Return the types of day on which a hall cannot be judged, since its rows have faults."""
        lost, row = self.hall_hours.left_out, self.hall_hours.halls.get(hall)
        return () if lost is None or row is None else tuple(np.flatnonzero(lost[row]).tolist())

    def reasons(self, hall: str, kinds: Iterable[int]) -> tuple[Fault, ...]:
        """Return why a hall is left out on some types of day, in order of file and line."""
        wanted = {"", *(DAY_TYPES[kind] for kind in kinds)}
        return tuple(fault for fault in self._faults_of.get(hall, ()) if fault.day_type in wanted)

    @cached_property
    def listed(self) -> Mapping[str, Hall]:
        """All halls that halls.csv lists, also those of which nobody knows where they are."""
        return {**self.halls, **self.unplaced} if self.unplaced else self.halls

    @cached_property
    def without_hours(self) -> frozenset[str]:
        """Halls about which hours.csv says nothing that can be read, if it says anything at all."""
        known = self.hall_hours.halls
        if not known and not any(PurePosixPath(fault.problem.path).name == "hours.csv" for fault in self.faults):
            return frozenset()
        return frozenset(hall for hall in self.halls if hall not in known)

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

    @cached_property
    def _faults_of(self) -> dict[str, list[Fault]]:
        found: dict[str, list[Fault]] = {}
        for fault in self.faults:
            found.setdefault(fault.of, []).append(fault)
        return found


def widest(halls: Iterable[Hall]) -> Hall | None:
    """Return the hall that is open longest, with the first and last minute that any of them is open."""
    known = [(hall.hours, hall) for hall in halls if hall.hours]
    if not known:
        return None
    _, longest = max(known, key=lambda item: (item[0][1] - item[0][0], item[1].name))
    return longest._replace(hours=(min(hours[0] for hours, _ in known), max(hours[1] for hours, _ in known)))


def load_network(files: RuleFiles, regions: RegionTree) -> Network:
    """Read the halls and hotlines with their hours; what is wrong with rows is told by ``faults``, all at once.

    Raises:
        CatalogueError: when a file cannot be used at all: unreadable, too large, another header.
    """
    known = _halls(_table(files, "halls.csv", HALL_COLUMNS), regions)
    halls = read_halls(_table(files, "hours.csv", HOUR_COLUMNS, 1), known.lines, known.spoilt)
    lines = read_hotlines(_table(files, "hotline.csv", HOTLINE_COLUMNS), regions.regions)
    at = halls.hours.halls
    placed, unplaced = (
        {key: hall._replace(hours=halls.opening[at[key]] if key in at else None) for key, hall in some.items()}
        for some in (known.placed, known.unplaced)
    )
    answered = {code: hours for code, hours in zip(lines.hours.regions, lines.opening, strict=True) if hours}
    faults = sorted((*known.faults, *halls.faults, *lines.faults), key=lambda fault: fault.problem[:2])
    listed = known.path, known.lines
    return Network(placed, answered, regions, halls.hours, lines.hours, tuple(faults), unplaced, listed)


def _table(files: RuleFiles, name: str, columns: tuple[str, ...], optional: int = 0) -> Columns:
    path = files.network(name)
    if path is None:
        return Columns(name, columns, np.zeros(0, np.int64), tuple([] for _ in columns), (), "")
    return read_columns(path, columns, optional)


class _Halls(NamedTuple):
    """The halls that are listed: with a city and without, the line of each, those with faults, and the faults."""

    path: str
    placed: dict[str, Hall]
    unplaced: dict[str, Hall]
    lines: dict[str, int]
    spoilt: set[str]
    faults: list[Fault]


def _halls(table: Columns, regions: RegionTree) -> _Halls:
    ids, names, codes = table.cells
    usable = {code for code in regions.regions if regions.city(code) is not None}
    unusable = np.array([code not in usable for code in codes], np.bool_)
    nameless = np.array([not hall.strip() for hall in ids], np.bool_)
    lines = dict(zip(reversed(ids), reversed(table.lines.tolist()), strict=True))
    first = np.array([lines[hall] for hall in ids], np.int64)
    again = first != table.lines
    faults = Faults(table)
    faults.wrong(nameless, 0, lambda row: (EMPTY(column="hall"), EMPTY_ID_HINT()))
    faults.wrong(
        again & ~nameless, 0, lambda row: (TWICE(key=as_shown(ids[row])), _TWICE_HINT(line=int(first[row])))
    )  # fmt: skip
    faults.wrong(unusable, 2, lambda row: (NO_REGION(code=as_shown(codes[row])), NO_REGION_HINT()))
    every = {
        hall: Hall(hall, name, code, None)
        for hall, name, code in zip(reversed(ids), reversed(names), reversed(codes), strict=True)
    }
    every = dict(reversed(every.items()))
    for item in table.misfits:
        name = item.cells[0]
        faults.misfit(item, (name if name.strip() else "", ""))
        if name.strip() and name not in every:
            every[name], lines[name] = Hall(name, name, "", None), item.line
    spoilt = {ids[row] for row in np.flatnonzero(faults.spoilt).tolist()} | {item.cells[0] for item in table.misfits}
    every.pop("", None)
    placed = {key: hall for key, hall in every.items() if hall.region in usable}
    unplaced = {key: hall for key, hall in every.items() if key not in placed}
    in_order = {key: lines[key] for key in every}
    return _Halls(table.path, placed, unplaced, in_order, spoilt, faults.found)
