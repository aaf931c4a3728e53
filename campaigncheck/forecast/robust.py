"""Which assumption flips a campaign's verdict, and by how much it has to be wrong.

One assumption at a time is multiplied, the others stay as they are. The verdict is that of WAIT001:
whether a promise breaks with the campaign that holds with those that have right of way; it is looked at on those days
of those halls that are nearest to breaking one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.arrivals import Arrivals, CityDays, Crowd, Moments
from campaigncheck.waiting.days import Ints
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.together import Search, glance, together, waiting

WIDEST = 4.0
"""Assumptions are thought to be right within a factor of this."""
HALVINGS = 10
NEAREST = 12
"""Days of halls that are looked at, the nearest to breaking a promise."""


Change = Callable[[CityDays, int, float], CityDays]
"""Multiplies one assumption about a city, or about its campaign of a number."""
_Used = list[tuple[float, int, int]]
"""The share of a promise that is used up, the day and the hall."""


class Flip(NamedTuple):
    """How many times an assumption has to be what it is taken to be for the verdict to turn; None: not within reason."""

    assumption: str
    factor: float | None


class Robustness(NamedTuple):
    """What a campaign's verdict rests on."""

    id: str
    breaks: bool
    flips: tuple[Flip, ...]


def _people(city: CityDays, number: int, factor: float) -> CityDays:
    return _with(city, number, lambda crowd: replace(crowd, people=crowd.people * factor))


def _asking(city: CityDays, number: int, factor: float) -> CityDays:
    return _with(city, number, lambda crowd: replace(crowd, asking=crowd.asking * factor))


def _service(city: CityDays, number: int, factor: float) -> CityDays:
    return _with(city, number, lambda crowd: replace(crowd, service=crowd.service and crowd.service.scaled(factor)))


def _enquiries(city: CityDays, _: int, factor: float) -> CityDays:
    return replace(city, half=city.half * factor)


def _base(city: CityDays, _: int, factor: float) -> CityDays:
    hours = city.hours
    return replace(city, hours=replace(hours, premium=hours.premium * factor, other=hours.other * factor))


def _variability(city: CityDays, _: int, factor: float) -> CityDays:
    return replace(city, hours=replace(city.hours, scv=city.hours.scv * factor))


def _with(city: CityDays, number: int, change: Callable[[Crowd], Crowd]) -> CityDays:
    crowds = [change(crowd) if at == number else crowd for at, crowd in enumerate(city.crowds)]
    return replace(city, crowds=tuple(crowds))


ASSUMPTIONS: dict[str, Change] = {
    "uptake": _people,
    "enquiries": _asking,
    "handling": _service,
    "enquiry_time": _enquiries,
    "usual_arrivals": _base,
    "usual_variability": _variability,
}


class _Near(NamedTuple):
    """The days of a city's halls that are near to breaking a promise because of a campaign."""

    city: CityDays
    promises: Promises
    number: int
    which: tuple[Ints, Ints]

    def breaks(self, change: Change, factor: float) -> Search[bool]:
        """Find whether the campaign breaks a promise that holds with those before it, if an assumption is changed."""
        city = change(self.city, self.number, factor)
        shape = (city.days.length, len(city.halls))
        others = Moments.none(shape)
        for crowd in city.crowds[: self.number]:
            others = others.plus(city.drawn(crowd))
        promised = self.promises.minutes(city.hall_days(Moments.none(shape).at(self.which), self.which))
        without = city.hall_days(others.at(self.which), self.which)
        own = city.drawn(city.crowds[self.number])
        with_it = city.hall_days(others.plus(own).at(self.which), self.which)
        before = yield from waiting(without)
        after = yield from waiting(with_it)
        return bool((with_it.comes & (after.mean > promised) & (before.mean <= promised)).any())


def robustness(portfolio: Portfolio, catalogues: Catalogues, today: int, asked: frozenset[str]) -> Iterator[Robustness]:
    """Yield what the verdict of each campaign rests on that is asked about and draws somebody, in order of path."""
    arrivals = Arrivals(portfolio, catalogues, today)
    cities = [(arrivals.city(code), Promises.of(catalogues, code)) for code in arrivals.cities]
    used = together([_used(city, promises) for city, promises in cities])
    drawing = {crowd.entry.id for city, _ in cities for crowd in city.crowds}
    names = [entry.id for entry in portfolio.entries if entry.id in asked and entry.id in drawing]
    near = [_nearest(name, cities, used) for name in names]
    if (
        catalogues.network.hall_hours.left_out is not None
    ):  # nobody knows of campaigns that draw people to no other halls
        names, near = [name for name, some in zip(names, near, strict=True) if some], [some for some in near if some]
    now = together([_breaks(some, _people, 1.0) for some in near])
    flips = together(
        [_flip(some, change, breaks) for some, breaks in zip(near, now, strict=True) for change in ASSUMPTIONS.values()]
    )
    for at, (name, breaks) in enumerate(zip(names, now, strict=True)):
        own = flips[at * len(ASSUMPTIONS) : (at + 1) * len(ASSUMPTIONS)]
        yield Robustness(name, breaks, tuple(map(Flip, ASSUMPTIONS, own)))


def _breaks(near: Sequence[_Near], change: Change, factor: float) -> Search[bool]:
    found = False
    for item in near:
        broken = yield from item.breaks(change, factor)
        found |= broken
    return found


def _flip(near: Sequence[_Near], change: Change, breaks: bool) -> Search[float | None]:
    """Find the factor next to 1 with which the verdict turns: above 1 if it holds now, below 1 if it breaks."""
    far = 1 / WIDEST if breaks else WIDEST
    turned = yield from _breaks(near, change, far)
    if turned == breaks:
        return None
    same, other = 0.0, float(np.log(far))
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        turned = yield from _breaks(near, change, float(np.exp(middle)))
        if turned == breaks:
            same = middle
        else:
            other = middle
    return float(np.exp(other))


def _nearest(name: str, cities: Sequence[tuple[CityDays, Promises]], used: Sequence[Sequence[_Used]]) -> list[_Near]:
    """Return the days on which the campaign is nearest to breaking a promise, by the quick method."""
    found = [
        (-share, at, number, day, hall)
        for at, (city, _) in enumerate(cities)
        for number, crowd in enumerate(city.crowds)
        if crowd.entry.id == name
        for share, day, hall in used[at][number]
    ]
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for _, at, number, day, hall in sorted(found)[:NEAREST]:
        groups.setdefault((at, number), []).append((day, hall))
    return [
        _Near(*cities[at], number, (np.array([day for day, _ in rows]), np.array([hall for _, hall in rows])))
        for (at, number), rows in groups.items()
    ]


def _used(city: CityDays, promises: Promises) -> Search[list[_Used]]:
    """Find for each campaign and the worst day of each hall how far promises are used up with those before it."""
    total = Moments.none((city.days.length, len(city.halls)))
    found: list[_Used] = []
    for crowd in city.crowds:
        total = total.plus(city.drawn(crowd))
        there = crowd.people > 0
        days, halls = np.nonzero(there if city.left_out is None else there & ~city.left_out)
        which = (days, halls)
        promised = promises.minutes(city.hall_days(Moments.none(total.premium.shape).at(which), which))
        quick = yield from glance(city.hall_days(total.at(which), which))
        used = (quick / promised).max(axis=(1, 2)).round(9)
        order = np.lexsort((days, -used, halls))
        first = order[np.concatenate([[True], np.diff(halls[order]) != 0])] if days.size else order
        found.append([(float(used[row]), int(days[row]), int(halls[row])) for row in first.tolist()])
    return found
