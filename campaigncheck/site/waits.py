"""Waiting as the site shows it: city by city and day by day, the halls at risk, and what each campaign does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.forecast.model import CampaignForecast, CityForecast, Forecast
from campaigncheck.forecast.series import Chosen, HallDayWaits, Series
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.days import Floats
from campaigncheck.waiting.telephone import Hotlines, Missed

MOST_HALLS = 60
"""Halls at risk that are listed."""

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CityLoad:
    """A city day by day from ``first`` on (an ordinal).

    Attributes:
        code: of the city.
        first: the first day.
        minutes: minutes of service that the campaigns bring to its counters.
        used: the worst mean wait, in per cent of what is promised.
        wait: that wait in tenths of a minute.
        broken: halls in which a promise breaks because of the campaigns.
        caused: the same by hall over all days: how many days; by its id.
    """

    code: str
    first: int
    minutes: Whole
    used: Whole
    wait: Whole
    broken: Whole
    caused: Mapping[str, int]


class CampaignWaits(NamedTuple):
    """What a campaign does to waiting, and the day and hall at which that is shown hour by hour."""

    forecast: CampaignForecast
    shown: HallDayWaits | None


@dataclass(frozen=True, eq=False)
class Waits:
    """Everything about waiting that pages show."""

    cities: tuple[CityLoad, ...]
    halls: Series
    campaigns: Mapping[str, CampaignWaits]
    missed: tuple[Missed, ...]

    @classmethod
    def of(cls, forecast: Forecast, portfolio: Portfolio, catalogues: Catalogues, asked: frozenset[str]) -> Waits:
        """Work it out."""
        lines = Hotlines(portfolio, catalogues)
        return cls(
            tuple(_city(city, asked) for city in forecast.cities),
            Series.of(forecast, catalogues.network, MOST_HALLS),
            dict(_campaigns(forecast, catalogues, asked)),
            tuple(item for item in lines.missed(asked) if item.entry.id in asked),
        )


def used(city: CityForecast) -> Floats:
    """Return how far each promise is used up: shape (kinds, hours, 2), 0 where nobody comes."""
    return np.where(city.comes, city.after.mean / city.promised, 0.0)


def _city(city: CityForecast, asked: Collection[str]) -> CityLoad:
    total, others = city.city.added(frozenset(asked))
    shares = used(city)
    flat = shares.reshape(len(shares), -1)
    worst = flat.argmax(axis=1)
    wait = city.after.mean.reshape(len(shares), -1)[np.arange(len(shares)), worst]
    breaks = np.asarray((city.broken & (city.before.mean <= city.promised)).any(axis=(1, 2)))
    by_day, hall = flat.max(axis=1)[city.kinds], breaks[city.kinds]
    at = by_day.argmax(axis=1)
    days = np.arange(len(at))
    return CityLoad(
        code=city.city.city,
        first=city.city.days.first,
        minutes=_whole((total.work - others.work).sum(axis=1)),
        used=np.ceil(by_day[days, at] * 100 - 1e-9).astype(np.int64),
        wait=_whole(wait[city.kinds][days, at] * 10),
        broken=hall.sum(axis=1).astype(np.int64),
        caused={name: count for name, count in zip(city.city.halls, hall.sum(axis=0).tolist(), strict=True) if count},
    )


def _whole(figures: Floats) -> Whole:
    return np.asarray(np.floor(figures + 0.5).astype(np.int64))


def _campaigns(
    forecast: Forecast, catalogues: Catalogues, asked: frozenset[str]
) -> Iterator[tuple[str, CampaignWaits]]:
    busiest = _busiest(forecast, asked)
    cities = {hall: city for city in forecast.cities for hall in city.city.halls}
    for item in forecast.campaigns:
        if item.worst is not None:
            hall, day = item.worst[:2]
            city = cities[hall]
            chosen: Chosen | None = Chosen(city, city.city.halls.index(hall), day - city.city.days.first, 0.0, 0.0)
        else:
            chosen = busiest.get(item.id)
        shown = next(Series((chosen,), 0, catalogues.network).hours()) if chosen else None
        yield item.id, CampaignWaits(item, shown if shown and any(shown.classes) else None)


def _busiest(forecast: Forecast, asked: Collection[str]) -> dict[str, Chosen]:
    """Return the hall and day to which each campaign draws most people."""
    found: dict[str, tuple[float, Chosen]] = {}
    for city in forecast.cities:
        for crowd in city.city.crowds:
            name = crowd.entry.id
            if name not in asked or not crowd.people.size:
                continue
            day, hall = np.unravel_index(int(crowd.people.argmax()), crowd.people.shape)
            most = float(crowd.people[day, hall])
            if most > 0 and most > found.get(name, (0.0,))[0]:
                found[name] = most, Chosen(city, int(hall), int(day), 0.0, 0.0)
    return {name: chosen for name, (_, chosen) in found.items()}
