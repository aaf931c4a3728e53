"""What happens hour by hour in halls and on hotlines, read from their tables; faulty rows take out only their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.columns import Columns
from campaigncheck.catalogue.faults import EMPTY, Fault, as_shown
from campaigncheck.catalogue.hourly import HOURS, Hourly
from campaigncheck.catalogue.tables import NO_REGION
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.messages import Message, Text

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

HALL_BOUNDS = {
    "counters": 1_000.0, "arrivals_premium": 20_000.0, "arrivals_other": 20_000.0, "service_mean": 600.0, "service_scv": 100.0,
}  # fmt: skip
LINE_BOUNDS = {"agents": 20_000.0, "calls": 1_000_000.0, "talk_mean": 36_000.0}
"""The most that a figure may be by the hour: no hall is a hundredth as busy, and no queue of more is worked out."""
SHORTEST = 0.01
"""Nobody is served in less: minutes in halls, seconds on the telephone."""
MEASURED, ASSUMED = "measured", "assumed"
_SOURCES = {MEASURED: 0, ASSUMED: 1}
_GUESSES = 20
"""For so many unknown names the nearest known one is looked for."""

_NO_HALL = Text("营业厅“{hall}”不在 halls.csv 里", "the hall “{hall}” is not in halls.csv")
_NO_HALL_HINT = Text("在 halls.csv 里加上它，或者改正这里的编号。", "Add it to halls.csv, or correct the id here.")
_NEAREST_HALL = Text(
    "是不是 {nearest}？不是的话，在 halls.csv 里加上它。", "Is it {nearest}? If not, add it to halls.csv."
)
NO_REGION_HINT = Text(
    "写 6 位行政区划代码，例如 510100（见 rules/regions.csv）。",
    "Write a code of 6 digits such as 510100 (rules/regions.csv).",
)
_NO_SERVICE = Text("有人在办，service_mean 却是 0", "somebody is served, but service_mean is 0")
_NO_SERVICE_HINT = Text(
    "填一笔业务平均几分钟；不知道可以先填估计值，source 写 assumed。",
    "Enter the mean minutes of a transaction; an estimate will do, with source assumed.",
)
_NO_TALK = Text("有人接电话，talk_mean 却是 0", "calls are answered, but talk_mean is 0")
_NO_TALK_HINT = Text("填一个电话平均几秒。", "Enter the mean seconds of a call.")
_NOBODY_SERVES = Text("有客户来，却没有开着的柜台", "customers come, but no counter is open")
_NOBODY_SERVES_HINT = Text(
    "写上开几个柜台；如果不营业，来客也要写 0。",
    "Enter the open counters; if it is closed, nobody comes either: write 0.",
)
_NO_AGENT = Text("有电话打进来，却没有人接", "calls come in, but nobody answers")
_NO_AGENT_HINT = Text("写上几个人接；如果不开，电话也要写 0。", "Enter the agents; if it is closed, write 0 calls.")
_NO_SOURCE = Text("“{given}”不是数据来源（{known}）", "“{given}” is no source ({known})")
_NO_SOURCE_HINT = Text(
    "实测的写 measured，估计的写 assumed。", "Write measured for what was measured, assumed for an estimate."
)


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
    left_out: Flags | None = None
    """Which halls cannot be judged on which type of day, because their rows have faults; None: all can.

    Their hours are empty, as if they were closed. Shape (halls, types of day)."""
    aside: Floats | None = None
    """How many customers come in a day where that is left out. Shape (halls, types of day)."""

    @property
    def arrivals(self) -> Floats:
        """Customers of both classes."""
        return np.asarray(self.premium + self.other)

    @property
    def daily(self) -> Floats:
        """Customers of both classes in a day, also where waits are left out. Shape (halls, types of day)."""
        daily = self.arrivals.sum(axis=2)
        return np.asarray(daily if self.aside is None else daily + self.aside)


@dataclass(frozen=True, eq=False)
class HotlineHours:
    """What happens on the hotline of each region, hour by hour: arrays of the shape (regions, types of day, 24).

    ``calls`` are those of the hour, ``talk`` is their mean length in seconds; ``left_out`` and ``aside`` are as in halls.
    """

    regions: Mapping[str, int]
    agents: Ints
    calls: Floats
    talk: Floats
    left_out: Flags | None = None
    aside: Floats | None = None

    @property
    def daily(self) -> Floats:
        """Calls in a day, also where the hotline is left out. Shape (regions, types of day)."""
        daily = self.calls.sum(axis=2)
        return np.asarray(daily if self.aside is None else daily + self.aside)


_Opening = list[tuple[int, int] | None]
_T = TypeVar("_T")


class Read(NamedTuple, Generic[_T]):
    """A table of hours as read: what it says, the first and last minute of each place's days, and the faults."""

    hours: _T
    opening: _Opening
    faults: tuple[Fault, ...]


def read_halls(table: Columns, known: Iterable[str], spoilt: Iterable[str]) -> Read[HallHours]:
    """Read the hours of halls.

    Args:
        table: the table.
        known: all halls, in order.
        spoilt: those among them that have faults of their own.
    """
    there = {*table.cells[0], *(item.cells[0] for item in table.misfits)}
    keys = {key: number for number, key in enumerate(key for key in known if key in there)}
    read = Hourly(table, keys, HALL_BOUNDS)
    _tell_unknown_halls(read)
    _tell_impossible_halls(read)
    assumed = _assumed(read)
    counters = read.whole("counters")
    out = read.finish(_among(keys, spoilt))
    rows = read.laid
    used = read.hours[rows][counters[rows] > 0]
    first, last = (int(used.min()), int(used.max())) if used.size else (0, 0 if keys else -1)
    rows = rows[(read.hours[rows] >= first) & (read.hours[rows] <= last)]
    columns = (counters.astype(np.float64), *(read.numbers[name] for name in HALL_BOUNDS if name != "counters"))
    laid = [_laid(read, rows, column, first, last) for column in columns]
    opening = _opening(laid[0], first)
    left_out = aside = None
    if out.any():
        summed = np.asarray((laid[1] + laid[2]).sum(axis=2))
        readable = read.readable["arrivals_premium"] & read.readable["arrivals_other"]
        left_out, aside = out, read.usually(out, summed, columns[1] + columns[2], readable)
        for part in laid:
            part[out] = 0.0
    counted = laid[0].astype(np.int64)
    hours = HallHours(keys, first, counted, laid[1], laid[2], laid[3], laid[4], assumed, left_out, aside)
    return Read(hours, opening, tuple(read.faults.found))


def read_hotlines(table: Columns, regions: Iterable[str]) -> Read[HotlineHours]:
    """Read the hours of hotlines.

    Args:
        table: the table.
        regions: the codes of all regions.
    """
    codes = set(regions)
    there = dict.fromkeys((*table.cells[0], *(item.cells[0] for item in table.misfits)))
    keys = {key: number for number, key in enumerate(key for key in there if key in codes)}
    read = Hourly(table, keys, LINE_BOUNDS)
    given = table.cells[0]
    read.faults.wrong(
        read.places < 0, 0, lambda row: (NO_REGION(code=as_shown(given[row])), NO_REGION_HINT())
    )  # fmt: skip
    agents, calls, talk = (read.numbers[name] for name in LINE_BOUNDS)
    read.wrong((agents == 0) & (calls > 0), "agents", _NO_AGENT, _NO_AGENT_HINT)
    read.wrong((agents > 0) & (calls > 0) & (talk < SHORTEST), "talk_mean", _NO_TALK, _NO_TALK_HINT)
    whole = read.whole("agents")
    out = read.finish(np.zeros(len(keys), np.bool_))
    laid = [_laid(read, read.laid, column, 0, HOURS - 1) for column in (whole.astype(np.float64), calls, talk)]
    opening = _opening(laid[0], 0)
    left_out = aside = None
    if out.any():
        left_out, aside = out, read.usually(out, laid[1].sum(axis=2), calls, read.readable["calls"])
        for part in laid:
            part[out] = 0.0
    hours = HotlineHours(keys, laid[0].astype(np.int64), laid[1], laid[2], left_out, aside)
    return Read(hours, opening, tuple(read.faults.found))


def _tell_unknown_halls(read: Hourly) -> None:
    from campaigncheck.spec.load import nearest_name  # loads what is only needed where something is wrong

    given = read.table.cells[0]
    asked: set[str] = set()

    @cache
    def hint(name: str) -> Message:
        asked.add(name)
        nearest = nearest_name(name, read.known) if len(asked) <= _GUESSES else None
        return _NEAREST_HALL(nearest=nearest) if nearest else _NO_HALL_HINT()

    def tell(row: int) -> tuple[Message, Message]:
        name = as_shown(given[row])
        return (_NO_HALL(hall=name), hint(name)) if name.strip() else (EMPTY(column="hall"), _NO_HALL_HINT())

    read.faults.wrong(read.places < 0, 0, tell)


def _tell_impossible_halls(read: Hourly) -> None:
    counters, premium, other, mean, _ = (read.numbers[name] for name in HALL_BOUNDS)
    read.wrong((counters == 0) & (premium + other > 0), "counters", _NOBODY_SERVES, _NOBODY_SERVES_HINT)
    read.wrong((counters > 0) & (mean < SHORTEST), "service_mean", _NO_SERVICE, _NO_SERVICE_HINT)


def _assumed(read: Hourly) -> Flags:
    """Return which halls have assumed figures, after noting sources that are none."""
    found = np.zeros(len(read.known), np.bool_)
    if "source" not in read.table.names:
        return found
    column = read.column("source")
    given = read.table.cells[column]
    sources = np.fromiter(map(_SOURCES.get, given, repeat(-1)), np.int64, len(given))

    def tell(row: int) -> tuple[Message, Message]:
        return _NO_SOURCE(given=as_shown(given[row]), known=", ".join(_SOURCES)), _NO_SOURCE_HINT()

    read.faults.wrong(sources < 0, column, tell)
    found[read.places[(read.places >= 0) & (sources == _SOURCES[ASSUMED])]] = True
    return found


def _among(keys: Mapping[str, int], names: Iterable[str]) -> Flags:
    found = np.zeros(len(keys), np.bool_)
    found[[keys[name] for name in names if name in keys]] = True
    return found


def _laid(read: Hourly, rows: Ints, column: Floats, first: int, last: int) -> Floats:
    found = np.zeros((len(read.known), len(DAY_TYPES), last - first + 1))
    found[read.places[rows], read.kinds[rows], read.hours[rows] - first] = column[rows]
    return found


def _opening(staff: Floats, first: int) -> _Opening:
    """Return for each place the minutes of the day from its first staffed hour to its last, of all types of day."""
    staffed = np.any(staff > 0, axis=1)
    if not staffed.size:
        return [None] * len(staff)
    begin, end = staffed.argmax(axis=1), staffed.shape[1] - staffed[:, ::-1].argmax(axis=1)
    return [
        ((start + first) * 60, (stop + first) * 60) if is_open else None
        for start, stop, is_open in zip(begin.tolist(), end.tolist(), staffed.any(axis=1).tolist(), strict=True)
    ]
