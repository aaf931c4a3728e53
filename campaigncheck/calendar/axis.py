"""The time axis of the Gantt for a terminal: days, weeks or months cut into cells of one character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from rich.cells import cell_len

from campaigncheck.algebra.days import Days
from campaigncheck.messages import Lang, Text

Scale = Literal["day", "week", "month"]
SCALES: tuple[Scale, ...] = ("day", "week", "month")

_WIDEST: dict[Scale, int] = {"day": 3, "week": 7, "month": 10}
"""Cells that one unit takes at most, so that few units are not stretched over the whole screen."""

_NARROWEST: dict[Scale, int] = {"day": 1, "week": 1, "month": 2}

_MONTH = Text("{month}", "{name}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Tick(NamedTuple):
    """A label and the cell it begins in."""

    cell: int
    label: str


@dataclass(frozen=True)
class Axis:
    """Some units of time side by side, each ``wide`` cells."""

    scale: Scale
    units: tuple[Days, ...]
    wide: int

    @cached_property
    def cells(self) -> tuple[Days, ...]:
        """The days of each cell; a day that is stretched over several cells is in all of them."""
        return tuple(cell for unit in self.units for cell in _split(unit, self.wide))

    @property
    def days(self) -> Days:
        """The days of the whole axis."""
        return Days(self.units[0].first, self.units[-1].last)

    def cell(self, day: int) -> int:
        """Return the first cell that a day is in."""
        return next(index for index, cell in enumerate(self.cells) if day <= cell.last)

    def years(self) -> Iterator[Tick]:
        """Yield where each year starts, and where the axis begins if there is room before the next year."""
        firsts = [Tick(self.cell(day.toordinal()), str(day.year)) for day in self._firsts() if self._starts_year(day)]
        begin = Tick(0, str(self.days.start.year))
        if not firsts or firsts[0].cell > len(begin.label):
            yield begin
        yield from firsts

    def _starts_year(self, day: date) -> bool:
        return day.month == 1 and day.toordinal() >= self.days.first

    def months(self, lang: Lang) -> Iterator[Tick]:
        """Yield where each month starts."""
        for day in self._firsts():
            label = _MONTH(month=day.month, name=_MONTHS[day.month - 1]).render(lang)
            yield Tick(self.cell(max(day.toordinal(), self.days.first)), label)

    def dates(self) -> Iterator[Tick]:
        """Yield the day of the month of each Monday, where there is room for it."""
        for unit in self.units if self.scale != "month" else ():
            if unit.start.weekday() == 0:
                yield Tick(self.cell(unit.first), str(unit.start.day))

    def _firsts(self) -> Iterator[date]:
        """Yield the first day of each month on the axis; the first may lie before it."""
        day = self.days.start.replace(day=1)
        while day.toordinal() <= self.days.last:
            yield day
            day = (day + timedelta(days=32)).replace(day=1)


def axes(window: Days, width: int, scale: Scale | None) -> list[Axis]:
    """Cut a window into the axes that show it in ``width`` cells, one under the other.

    Without a scale the finest is taken that fits into one axis, else months.
    """
    for name in [scale] if scale else SCALES:
        units = tuple(_units(window, name))
        if len(units) * _NARROWEST[name] <= width:
            return [Axis(name, units, min(_WIDEST[name], width // len(units)))]
    name = scale or "month"
    most = max(1, width // _NARROWEST[name])
    return [Axis(name, units[at : at + most], _NARROWEST[name]) for at in range(0, len(units), most)]


def place(ticks: Iterator[Tick], width: int) -> str:
    """Write labels where they begin; those that would touch the one before are left out."""
    row = ""
    for cell, label in ticks:
        used = cell_len(row)
        if cell + cell_len(label) <= width and (used < cell or not row):
            row += " " * (cell - used) + label
    return row


def _units(window: Days, scale: Scale) -> Iterator[Days]:
    """Yield the days, weeks from Monday or months of a window; the first and last are cut to it."""
    first = window.first
    while first <= window.last:
        last = min(window.last, _unit_end(date.fromordinal(first), scale))
        yield Days(first, last)
        first = last + 1


def _unit_end(day: date, scale: Scale) -> int:
    if scale == "day":
        return day.toordinal()
    if scale == "week":
        return day.toordinal() + 6 - day.weekday()
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() - 1


def _split(unit: Days, parts: int) -> Iterator[Days]:
    """Cut a unit into as many parts; with fewer days than parts, parts share a day."""
    for part in range(parts):
        first = unit.first + part * unit.length // parts
        last = unit.first + (part + 1) * unit.length // parts - 1
        yield Days(first, max(first, last))
