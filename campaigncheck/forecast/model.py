"""The forecast of halls: waits with and without the campaigns that are asked about, and what they break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.forecast.left_out import LeftOut, left_out
from campaigncheck.forecast.processes import side_by_side
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.arrivals import Arrivals, CityDays, Moments
from campaigncheck.waiting.blame import Blame, CityBlame
from campaigncheck.waiting.days import CLASSES, Flags, Floats, HallDays, Waits
from campaigncheck.waiting.promises import Promises, past_bearing
from campaigncheck.waiting.promises import kinds as customer_kinds
from campaigncheck.waiting.together import Search, together, waiting
from campaigncheck.waiting.unjudged import Unjudged, unjudged


class Hour(NamedTuple):
    """One hour of one day in one hall, for one class of customers.

    Attributes:
        hall: the hall.
        day: the day, as an ordinal.
        hour: the hour of the day.
        premium: whether it is about premium customers.
        arrivals: how many of them come in the hour.
        counters: open counters.
        mean: minutes that they wait on average.
        p90: minutes that nine of ten of them do not wait longer than.
        before: minutes without the campaigns that are asked about.
        over: the share of them that waits longer than promised.
        queue: customers of both classes who wait, for each counter.
        promise: the promised mean wait in minutes.
        assumed: whether nobody measured the hall's figures.
    """

    hall: str
    day: int
    hour: int
    premium: bool
    arrivals: float
    counters: int
    mean: float
    p90: float
    before: float
    over: float
    queue: float
    promise: float
    assumed: bool

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.mean <= self.promise


@dataclass(frozen=True, eq=False)
class CityForecast:
    """The forecast of a city's halls.

    Days of halls that are alike are worked out once: ``kinds`` says which kind of day each day of each hall is, shape
    (days, halls); all else has a row for each kind.
    """

    city: CityDays
    kinds: NDArray[np.int64]
    halls: NDArray[np.int64]
    with_all: HallDays
    after: Waits
    before: Waits
    promised: Floats
    over: Floats
    impatient: tuple[Floats, Floats]
    """People who wait longer than they bear, with and without the campaigns asked about: shape (kinds,)."""

    @cached_property
    def broken(self) -> Flags:
        """Which promises are broken: shape (kinds, hours, 2)."""
        return np.asarray(self.comes & (self.after.mean > self.promised))

    @cached_property
    def comes(self) -> Flags:
        """For which hours and classes anybody comes: shape (kinds, hours, 2)."""
        return self.with_all.comes

    def hours(self, only_broken: bool = False) -> Iterator[Hour]:
        """Yield all hours in order of hall, day, hour and class; premium customers first."""
        told = self.broken if only_broken else self.comes
        for hall in range(len(self.city.halls)):
            for day in range(self.city.days.length):
                kind = int(self.kinds[day, hall])
                for hour, of in np.argwhere(told[kind]).tolist():
                    yield self._hour(kind, hall, day, hour, of)

    def _hour(self, kind: int, hall: int, day: int, hour: int, of: int) -> Hour:
        days, city = self.with_all, self.city
        counters = int(days.counters[kind, hour])
        return Hour(
            hall=city.halls[hall],
            day=city.days.first + day,
            hour=city.hours.first + hour,
            premium=CLASSES[of] == "premium",
            arrivals=float((days.premium, days.other)[of][kind, hour]),
            counters=counters,
            mean=float(self.after.mean[kind, hour, of]),
            p90=float(self.after.p90[kind, hour, of]),
            before=float(self.before.mean[kind, hour, of]),
            over=float(self.over[kind, hour, of]),
            queue=float(self.after.queue[kind, hour]) / counters,
            promise=float(self.promised[kind, hour, of]),
            assumed=bool(city.hours.assumed[city.rows[hall]]),
        )

    @property
    def past_bearing(self) -> tuple[float, float]:
        """How many people wait longer than they bear on all days, with and without the campaigns asked about."""
        times = np.bincount(self.kinds.reshape(-1), minlength=len(self.promised))
        with_all, without = self.impatient
        return float((with_all * times).sum()), float((without * times).sum())

    @property
    def kept(self) -> tuple[int, int]:
        """How many hours of days in halls there are (both classes apart), and how many keep their promise."""
        times = np.bincount(self.kinds.reshape(-1), minlength=len(self.promised))
        everything = int((self.comes.sum(axis=(1, 2)) * times).sum())
        return everything, everything - int((self.broken.sum(axis=(1, 2)) * times).sum())


class CampaignForecast(NamedTuple):
    """What one campaign does to the halls, over all cities; ``worst`` is None if it breaks nothing.

    Attributes:
        id: the campaign.
        title: what it is called.
        people: who comes to all halls on its busiest day: to buy, and to ask.
        asking: how many of those only ask.
        halls: halls in which a promise breaks because of it.
        days: days on which one does.
        worst: the hour that is furthest over its promise.
        alarms: halls that reach an alarm level because of it.
        not_judged: halls to which it draws people, and of which nobody knows on some days what becomes of them.
        judged: whether anything of it could be judged.
    """

    id: str
    title: str
    people: float
    asking: float
    halls: int
    days: int
    worst: tuple[str, int, int, bool, float, float, float] | None
    alarms: int
    not_judged: int = 0
    judged: bool = True


@dataclass(frozen=True, eq=False)
class Forecast:
    """All cities, with what each campaign that was asked about does."""

    today: int
    cities: tuple[CityForecast, ...]
    campaigns: tuple[CampaignForecast, ...]
    without_demand: tuple[str, ...]
    """Campaigns that are sold in halls and do not say how many will come."""
    left_out: tuple[LeftOut, ...] = ()
    """Halls to which the campaigns asked about draw people, and that cannot be judged, at least on some days."""

    @property
    def halls(self) -> int:
        """How many halls are foreseen, if only on some days."""
        return sum(city.city.halls_judged for city in self.cities)

    def hours(self, only_broken: bool = False) -> Iterator[Hour]:
        """Yield all hours in order of city, hall, day, hour and class."""
        for city in self.cities:
            yield from city.hours(only_broken)

    @property
    def past_bearing(self) -> tuple[float, float]:
        """How many people wait longer than they bear, with and without the campaigns asked about."""
        every = [city.past_bearing for city in self.cities]
        return sum(with_all for with_all, _ in every), sum(without for _, without in every)

    @property
    def kept(self) -> tuple[int, int]:
        """How many promises there are, and how many are kept."""
        every = [city.kept for city in self.cities]
        return sum(all_ for all_, _ in every), sum(kept for _, kept in every)


_BATCH = 64
"""Cities that are worked out together: a whole province, and not so many that they fill the memory."""


def foresee(
    portfolio: Portfolio,
    catalogues: Catalogues,
    today: int,
    asked: frozenset[str],
    progress: Callable[[int], None] = lambda done: None,
    jobs: int = 1,
) -> Forecast:
    """Return the forecast of the halls of all cities in which a campaign that is asked about draws somebody.

    Args:
        portfolio: all campaigns.
        catalogues: with the network.
        today: days gone by are not foreseen.
        asked: the campaigns asked about; the others are there all the same.
        progress: is told how many cities are done.
        jobs: how many processes work; the forecast is the same.
    """  # fmt: skip
    arrivals = Arrivals(portfolio, catalogues, today)
    every: dict[str, CityBlame] = {}
    for code in arrivals.cities:
        city = arrivals.city(code)
        if any(crowd.entry.id in asked for crowd in city.crowds):
            every[code] = CityBlame(city, Promises.of(catalogues, code))
    cities: list[CityForecast] = []
    blames: list[tuple[CityDays, tuple[Blame, ...]]] = []
    for found, broken in side_by_side(jobs, _of_some, (every, asked, catalogues), list(every), _BATCH):
        cities += found
        blames += [(city.city, item) for city, item in zip(found, broken, strict=True)]
        progress(len(found))
    wanted = [entry for entry in portfolio.entries if entry.id in asked]
    lacking = [entry.id for entry in wanted if entry.in_halls and entry.draws is None]
    network = catalogues.network
    lost = unjudged(network, (blame.city for blame in every.values()), wanted)
    campaigns = tuple(_of_campaigns(portfolio, asked, blames, lost))
    return Forecast(today, tuple(cities), campaigns, tuple(lacking), left_out(network, lost))


def _of_some(
    known: tuple[Mapping[str, CityBlame], frozenset[str], Catalogues], codes: tuple[str, ...]
) -> tuple[list[CityForecast], list[tuple[Blame, ...]]]:
    """Return the forecasts of some cities, and which promises break there because of whom."""
    every, asked, catalogues = known
    batch = [every[code] for code in codes]
    cities = together([_of_city(blame, asked, catalogues) for blame in batch])
    return cities, together([blame.search() for blame in batch])


def _of_city(blame: CityBlame, asked: frozenset[str], catalogues: Catalogues) -> Search[CityForecast]:
    city = blame.city
    which, kinds = blame.kinds
    shape = (city.days.length, len(city.halls))
    others = total = Moments.none(shape)
    for crowd, added in zip(city.crowds, blame.drawn, strict=True):
        total = total.plus(added)
        if crowd.entry.id not in asked:
            others = others.plus(added)
    promised = blame.promises.minutes(city.hall_days(Moments.none(shape).at(which), which))
    promises = blame.promises
    customers = customer_kinds(catalogues, city.city)
    limits = sorted({promises.premium, promises.other, promises.quiet, *(kind.tolerance for kind in customers)})
    with_all, without = city.hall_days(total.at(which), which), city.hall_days(others.at(which), which)
    after = yield from waiting(with_all, limits, p90=True)
    before = yield from waiting(without, limits)
    over = np.take_along_axis(after.over, np.searchsorted(limits, promised)[..., None], axis=3)[..., 0]
    impatient = past_bearing(with_all, after, limits, customers), past_bearing(without, before, limits, customers)
    return CityForecast(city, kinds, which[1], with_all, after, before, promised, np.asarray(over), impatient)


def _of_campaigns(
    portfolio: Portfolio,
    asked: frozenset[str],
    blames: list[tuple[CityDays, tuple[Blame, ...]]],
    lost: Mapping[str, Unjudged],
) -> Iterator[CampaignForecast]:
    for entry in portfolio.entries:
        if entry.id not in asked or entry.draws is None or entry.draws.hall <= 0:
            continue
        own = [blame for _, found in blames for blame in found if blame.crowd.entry.id == entry.id]
        cells = [cell for blame in own for cell in blame.promises]
        worst = max(cells, key=lambda cell: (round(cell.worse, 6), cell.hall, -cell.hour, cell.premium), default=None)
        by_day: dict[int, float] = {}
        asking = 0.0
        judged = False
        for city, _ in blames:
            for crowd in city.crowds:
                if crowd.entry.id == entry.id:
                    asking = crowd.asking
                    judged |= city.judged(crowd)
                    for day, people in enumerate(crowd.people.sum(axis=1).tolist(), city.days.first):
                        by_day[day] = by_day.get(day, 0.0) + people
        busiest = max(by_day.values(), default=0.0)
        yield CampaignForecast(
            id=entry.id,
            title=entry.title,
            people=busiest * (1 + asking),
            asking=busiest * asking,
            halls=len({cell.hall for cell in cells}),
            days=len({day for cell in cells for day in cell.days}),
            worst=None if worst is None else (
                worst.hall, worst.days[0], worst.hour, worst.premium, worst.before, worst.after, worst.bound,
            ),
            alarms=len({cell.hall for blame in own for cell in blame.alarms}),
            not_judged=len(lost[entry.id].faulty) + len(lost[entry.id].without) if entry.id in lost else 0,
            judged=judged or entry.id not in lost,
        )  # fmt: skip
