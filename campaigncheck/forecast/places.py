"""Expected waits for others, as JSON: each hall's quiet hours, and quieter halls to send people to in busy ones.

Ticket machines, web pages and daily sheets read it. Days on which all halls of a city are alike are told once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.forecast.left_out import data
from campaigncheck.forecast.model import CityForecast, Forecast
from campaigncheck.messages import Lang
from campaigncheck.waiting.arrivals import CityDays, Moments
from campaigncheck.waiting.days import Flags, Floats, HallDays, Ints, Waits
from campaigncheck.waiting.promises import Promises

VERSION = 1
NEARBY = 3
"""Halls to send people to, at most."""
SHORTER, SAVES = 0.5, 2.0
"""A hall is quieter if people wait there at most half as long, and at least two minutes less."""
_MINUTES = 1
"""Digits behind the point: nobody plans by the second."""
_ELSEWHERE = 1e6
"""Halls of the same district come first, whatever the wait in others; minutes are always fewer."""


def write(forecast: Forecast, catalogues: Catalogues, lang: Lang = "zh") -> str:
    """Write the halls of all cities, in order of city and hall: a line each, since there may be many.

    Days that cannot be judged have no waits; what is left out is told behind.
    """
    halls = (hall for city in forecast.cities for hall in Places.of(city, catalogues).halls())
    lines = ",\n".join(json.dumps(hall, ensure_ascii=False, separators=(",", ":")) for hall in halls)
    today = date.fromordinal(forecast.today).isoformat()
    lost = ""
    if forecast.left_out:
        lost = f',"left_out":{json.dumps(data(forecast.left_out, lang), ensure_ascii=False, separators=(",", ":"))}'
    return f'{{"version":{VERSION},"today":"{today}","halls":[\n{lines}\n]{lost}}}\n'


@dataclass(frozen=True, eq=False)
class Places:
    """The halls of a city; kinds of days are told once for each hall and each set of days that are alike.

    ``kinds`` says which kind of day each day of each hall is, shape (days, halls); all else has a row for each kind.
    """

    city: CityDays
    kinds: Ints
    with_all: HallDays
    after: Waits
    promised: Floats
    catalogues: Catalogues

    @classmethod
    def of(cls, forecast: CityForecast, catalogues: Catalogues) -> Places:
        """Return the halls of a city that has been foreseen."""
        return cls(
            forecast.city, forecast.kinds, forecast.with_all, forecast.after, forecast.promised, catalogues
        )  # fmt: skip

    def halls(self) -> Iterator[dict[str, Any]]:
        """Yield what is told of each hall."""
        city, network = self.city, self.catalogues.network
        kinds, group_of = self.groups
        instead = [self._instead(group) for group in kinds]
        dates = [date.fromordinal(city.days.first + day).isoformat() for day in range(city.days.length)]
        for at, hall in enumerate(city.halls):
            days, number = _distinct([self._day(group[at], of[at]) for group, of in zip(kinds, instead, strict=True)])
            yield {
                "hall": hall,
                "name": network.names([hall])[0],
                "city": city.city,
                "assumed": bool(city.hours.assumed[city.rows[at]]),
                "dates": {
                    day: number[group]
                    for day, group, lost in zip(dates, group_of.tolist(), self._lost(at), strict=True)
                    if not lost
                },
                "days": days,
            }

    def _lost(self, hall: int) -> list[bool]:
        """Return which days of a hall cannot be judged."""
        lost = self.city.left_out
        return [False] * self.city.days.length if lost is None else lost[:, hall].tolist()

    @cached_property
    def groups(self) -> tuple[Ints, Ints]:
        """The sets of days on which all halls are alike: the kind of each hall in each set, and the set of each day."""
        kinds, first, group = np.unique(self.kinds, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        return kinds[order], place[group.reshape(-1)]

    @cached_property
    def busy(self) -> Flags:
        """Which hours of each kind of day are busy without any campaign; shape (kinds, hours)."""
        kinds = self.kinds
        _, first = np.unique(kinds, return_index=True)
        which = (first // kinds.shape[1], first % kinds.shape[1])
        usual = self.city.hall_days(Moments.none(kinds.shape).at(which), which)
        return Promises.of(self.catalogues, self.city.city).in_busy_hours(usual)

    @cached_property
    def everybody(self) -> Floats:
        """How long anybody waits on average, of both classes; shape (kinds, hours)."""
        days, mean = self.with_all, self.after.mean
        people = days.premium + days.other
        minutes = mean[..., 0] * days.premium + mean[..., 1] * days.other
        return np.asarray(np.divide(minutes, people, out=mean.mean(axis=2), where=people > 0))

    def _instead(self, kinds: Ints) -> list[dict[int, list[int]]]:
        """Return for each hall and busy hour the halls to send people to; ``kinds`` is the kind of day of each hall."""
        wait, is_open = self.everybody[kinds], self.with_all.counters[kinds] > 0
        broken = self.with_all.comes & (self.after.mean > self.promised)
        kept = ~broken[kinds].any(axis=2) & is_open
        busy = self.busy[kinds]
        found: list[dict[int, list[int]]] = [{} for _ in kinds]
        for hour in np.flatnonzero(busy.any(axis=0)).tolist():
            here, there = wait[:, hour, None], wait[None, :, hour]
            quieter = kept[None, :, hour] & (there <= SHORTER * here) & (here - there >= SAVES)
            score = np.where(quieter, self._apart * _ELSEWHERE + np.round(there, 6), np.inf)
            nearest = np.argsort(score, axis=1, kind="stable")[:, :NEARBY]
            for hall in np.flatnonzero(busy[:, hour] & quieter.any(axis=1)).tolist():
                found[hall][hour] = [other for other in nearest[hall].tolist() if quieter[hall, other]]
        return found

    @cached_property
    def _apart(self) -> Floats:
        """Which halls are in different districts of the city, as far as halls.csv tells; shape (halls, halls)."""
        network = self.catalogues.network
        district = np.array([network.halls[hall].region for hall in self.city.halls])
        return np.asarray(district[:, None] != district[None, :], np.float64)

    def _day(self, kind: int, instead: dict[int, list[int]]) -> dict[str, Any]:
        """Return the hours of a day of a hall."""
        first = self.city.hours.first
        hours = np.flatnonzero(self.with_all.counters[kind] > 0).tolist()
        quiet = [first + hour for hour in hours if not self.busy[kind, hour]]
        return {"quiet": quiet, "hours": [self._hour(kind, hour, instead.get(hour)) for hour in hours]}

    def _hour(self, kind: int, hour: int, instead: list[int] | None) -> dict[str, Any]:
        premium, other = self.after.mean[kind, hour].round(_MINUTES).tolist()
        told: dict[str, Any] = {
            "hour": self.city.hours.first + hour,
            "busy": bool(self.busy[kind, hour]),
            "wait": {"premium": premium, "other": other},
        }
        if instead:
            told["instead"] = [self.city.halls[hall] for hall in instead]
        return told


def _distinct(days: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[int]]:
    """Return days without those that are alike, and which of them each one is."""
    found: dict[str, int] = {}
    number = [found.setdefault(json.dumps(day), len(found)) for day in days]
    return [json.loads(day) for day in found], number
