"""What the pictures of a forecast show, as figures: the halls that are worst off, their hours and their days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from campaigncheck.catalogue.network import Network
from campaigncheck.forecast.model import CityForecast, Forecast
from campaigncheck.waiting.days import CLASSES, Floats

MONTH_DAYS = 31
"""Every month of a heat map has room for as many days."""


class HourWait(NamedTuple):
    """One hour for one class of customers, in minutes."""

    hour: int
    before: float
    after: float
    promise: float

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.after <= self.promise


class HallDayWaits(NamedTuple):
    """The worst day of a hall; ``classes`` has the hours of premium customers, and those of the others."""

    hall: str
    name: str
    day: int
    assumed: bool
    classes: tuple[tuple[HourWait, ...], ...]


class DayWait(NamedTuple):
    """The hour of a day that uses up most of its promise: its mean wait, and the promise, in minutes."""

    after: float
    promise: float

    @property
    def used(self) -> float:
        """How much of the promise is used up; 1 is the whole of it."""
        return self.after / self.promise


class HeatRow(NamedTuple):
    """A hall in a month: day by day from the 1st on; None where nobody comes or nothing is foreseen."""

    hall: str
    name: str
    days: tuple[DayWait | None, ...]


class HeatMonth(NamedTuple):
    """A month of halls; ``month`` is its first day."""

    month: date
    rows: tuple[HeatRow, ...]


class Chosen(NamedTuple):
    """A hall that is shown: where it stands, the day that is worst, and how far its promises are used up then."""

    city: CityForecast
    hall: int
    day: int
    caused: float
    worst: float

    @property
    def id(self) -> str:
        """The hall."""
        return self.city.city.halls[self.hall]


@dataclass(frozen=True)
class Series:
    """The halls that are shown, worst first, and how many are not."""

    chosen: tuple[Chosen, ...]
    left_out: int
    network: Network

    @classmethod
    def of(cls, forecast: Forecast, network: Network, most: int) -> Series:
        """Choose halls: first those in which a promise breaks because of the campaigns, then by how far it is used up."""
        every = sorted((item for city in forecast.cities for item in _halls(city)), key=_order)
        return cls(tuple(every[:most]), max(len(every) - most, 0), network)

    def hours(self) -> Iterator[HallDayWaits]:
        """Yield the worst day of each hall, hour by hour."""
        for item in self.chosen:
            name = self.network.names([item.id])[0]
            assumed = bool(item.city.city.hours.assumed[item.city.city.rows[item.hall]])
            yield HallDayWaits(item.id, name, item.city.city.days.first + item.day, assumed, tuple(_classes(item)))

    def months(self) -> Iterator[HeatMonth]:
        """Yield the months in which anything is foreseen for the halls."""
        rows = [(item, _days(item)) for item in self.chosen]
        firsts = {date.fromordinal(day).replace(day=1) for _, days in rows for day in days}
        for month in sorted(firsts):
            yield HeatMonth(month, tuple(self._row(item, days, month) for item, days in rows))

    def _row(self, item: Chosen, days: dict[int, DayWait], month: date) -> HeatRow:
        name = self.network.names([item.id])[0]
        first = month.toordinal()
        length = (_next(month) - month).days
        return HeatRow(item.id, name, tuple(days.get(first + day) for day in range(length)))


def _next(month: date) -> date:
    """Return the first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _order(item: Chosen) -> tuple[float, float, str]:
    return -round(item.caused if item.caused > 1 else 0.0, 6), -round(item.worst, 6), item.id


def _used(city: CityForecast) -> Floats:
    """Return how far each promise is used up: shape (kinds, hours, 2), 0 where nobody comes."""
    return np.where(city.comes, city.after.mean / city.promised, 0.0)


def _halls(city: CityForecast) -> Iterator[Chosen]:
    """Yield all halls of a city, each with its worst day: one on which the campaigns break a promise, if there is one."""
    used = _used(city)
    caused = np.where(city.before.mean <= city.promised, used, 0.0).max(axis=(1, 2))[city.kinds]
    worst = used.max(axis=(1, 2))[city.kinds]
    breaks = caused.max(axis=0) > 1
    days = np.where(breaks, caused.argmax(axis=0), worst.argmax(axis=0))
    for hall, day in enumerate(days.tolist()):
        if city.comes[city.kinds[:, hall]].any() or city.city.left_out is None:
            yield Chosen(city, hall, day, float(caused[:, hall].max()), float(worst[:, hall].max()))


def _classes(item: Chosen) -> Iterator[tuple[HourWait, ...]]:
    city = item.city
    kind = int(city.kinds[item.day, item.hall])
    staffed = np.flatnonzero(city.with_all.counters[kind] > 0).tolist()
    for of in range(len(CLASSES)):
        waits = (city.before.mean[kind, :, of], city.after.mean[kind, :, of], city.promised[kind, :, of])
        yield tuple(HourWait(city.city.hours.first + hour, *(float(part[hour]) for part in waits)) for hour in staffed)


def _days(item: Chosen) -> dict[int, DayWait]:
    """Return the worst hour of each day of a hall on which anybody comes."""
    city = item.city
    used = _used(city)
    found = {}
    for day, kind in enumerate(city.kinds[:, item.hall].tolist()):
        if city.comes[kind].any():
            at = np.unravel_index(int(used[kind].argmax()), used[kind].shape)
            found[city.city.days.first + day] = DayWait(
                float(city.after.mean[kind][at]), float(city.promised[kind][at])
            )
    return found
