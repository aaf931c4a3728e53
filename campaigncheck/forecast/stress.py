"""How many people a campaign may draw before a promise breaks: of each hall, and of all together.

The campaign's people are multiplied until the first promise breaks that holds without it; all other campaigns stay as
they are planned. A quick method finds which days bind, the exact one finds how many people they bear, and then looks
once more at all days that are about as bad.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.arrivals import Arrivals, Moments
from campaigncheck.waiting.blame import CityBlame
from campaigncheck.waiting.days import HallDays
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.together import Search, glance, together, waiting

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST = 64.0
"""More than so many times the people planned are not looked for."""
HALVINGS = 14
"""Halvings of the interval; the last one is narrower than a two-hundredth of the people planned."""
NEAR = 2
"""Days of each hall that are worked out exactly before others are looked at."""
ALIKE = 0.85
"""Days are looked at that the quick method finds at least so bad beside those that bind."""
SURE = 0.5
"""Promises that the quick method finds used up by less than this hold."""


class Bearable(NamedTuple):
    """How much one hall bears of one campaign.

    Attributes:
        hall: the hall.
        factor: how many times the people planned; ``MOST`` if even that many break nothing.
        day: the day that binds, as an ordinal.
        hour: its hour.
        premium: whether it is the promise to premium customers that binds.
    """

    hall: str
    factor: float
    day: int
    hour: int
    premium: bool


class Stress(NamedTuple):
    """How much all halls bear of one campaign; ``uptake`` is the largest for the whole of it."""

    id: str
    planned: int
    uptake: int
    halls: tuple[Bearable, ...]

    @property
    def binding(self) -> Bearable | None:
        """The hall that bears least; None if none is bound."""
        bound = [item for item in self.halls if item.factor < MOST]
        return min(bound, key=lambda item: (item.factor, item.hall), default=None)


def stress(portfolio: Portfolio, catalogues: Catalogues, today: int, asked: frozenset[str]) -> Iterator[Stress]:
    """Yield how much halls bear of each campaign that is asked about and draws somebody, in order of path.

    Halls that cannot be judged are left out, and so are campaigns that draw people to no others.
    """
    arrivals = Arrivals(portfolio, catalogues, today)
    blames = [CityBlame(arrivals.city(code), Promises.of(catalogues, code)) for code in arrivals.cities]
    wanted = [
        (crowd.entry.id, blame, number)
        for blame in blames
        for number, crowd in enumerate(blame.city.crowds)
        if crowd.entry.id in asked
    ]
    found: dict[str, list[Bearable]] = {}
    every = together([_of_city(blame, number) for _, blame, number in wanted])
    for (name, _, _), bearable in zip(wanted, every, strict=True):
        found.setdefault(name, []).extend(bearable)
    for entry in portfolio.entries:
        if entry.id in found and (found[entry.id] or catalogues.network.hall_hours.left_out is None):
            halls = tuple(sorted(found[entry.id], key=lambda item: item.hall))
            least = min((item.factor for item in halls), default=MOST)
            assert entry.draws is not None
            yield Stress(entry.id, entry.draws.uptake, int(entry.draws.uptake * least), halls)


class _Case(NamedTuple):
    """Kinds of days on which a campaign draws somebody, what others add, what it adds, and what must hold."""

    blame: CityBlame
    which: tuple[Ints, Ints]
    others: Moments
    own: Moments
    bounds: Floats

    def rows(self, chosen: Ints) -> _Case:
        """Return some of the kinds."""
        which = (self.which[0][chosen], self.which[1][chosen])
        others, own = (Moments(*(part[chosen] for part in moments)) for moments in (self.others, self.own))
        return _Case(self.blame, which, others, own, self.bounds[chosen])

    def days(self, factors: Floats) -> HallDays:
        """Return the days with so many times the campaign's people."""
        return self.blame.city.hall_days(self.others.plus(self.own.times(factors)), self.which)

    def exact(self, factors: Floats) -> Search[Floats]:
        """Find how far each promise is used up, 1 being the whole of it; shape (kinds, hours, 2)."""
        found = yield from waiting(self.days(factors))
        return np.asarray(found.mean / self.bounds)

    def quick(self, factors: Floats) -> Search[Floats]:
        """Find roughly the same."""
        found = yield from glance(self.days(factors))
        return np.asarray(found / self.bounds)


def _of_city(blame: CityBlame, number: int) -> Search[list[Bearable]]:
    """Find how much each hall of a city bears of one campaign, in order of halls."""
    case = yield from _case(blame, number)
    if not len(case.bounds):
        return []
    nearest = yield from _bearable(case, exact=False)
    chosen = _nearest_of_each_hall(case.which[1], nearest)
    least = yield from _least_of_each_hall(case.rows(chosen))
    missing = yield from _missed(case, chosen, least)
    if missing.size:  # the quick method took other days for those that bind
        chosen = np.union1d(chosen, missing)
        least = yield from _least_of_each_hall(case.rows(chosen))
    part = case.rows(chosen)
    used = yield from part.exact(np.array([least[hall] for hall in part.which[1].tolist()]))
    found = []
    for hall in sorted(least):
        rows = np.flatnonzero(part.which[1] == hall)
        row, hour, of = np.unravel_index(int(np.argmax(used[rows])), used[rows].shape)
        day = int(part.which[0][rows[row]])
        city = blame.city
        found.append(
            Bearable(city.halls[hall], least[hall], city.days.first + day, city.hours.first + int(hour), of == 0)
        )
    return found


def _missed(case: _Case, chosen: Ints, least: dict[int, float]) -> Search[Ints]:
    """Find days that break a promise with as many people as those chosen bear; only days about as bad can."""
    halls = case.which[1]
    factors = np.array([least[hall] for hall in halls.tolist()])
    quick = yield from case.quick(factors)
    used = quick.max(axis=(1, 2))
    worst = np.zeros(halls.max() + 1)
    np.maximum.at(worst, halls[chosen], used[chosen])
    doubtful = np.setdiff1d(np.flatnonzero(used >= ALIKE * worst[halls]), chosen)
    exact = yield from case.rows(doubtful).exact(factors[doubtful])
    return np.asarray(doubtful[(exact > 1 + 1e-9).any(axis=(1, 2))])


def _case(blame: CityBlame, number: int) -> Search[_Case]:
    city = blame.city
    (days, halls), _ = blame.kinds
    drawn = city.crowds[number].people[days, halls] > 0
    there = np.flatnonzero(drawn if city.left_out is None else drawn & ~city.left_out[days, halls])
    which = (days[there], halls[there])
    others = Moments.none((city.days.length, len(city.halls)))
    for at, added in enumerate(blame.drawn):
        if at != number:
            others = others.plus(added)
    without = others.at(which)
    usual = city.hall_days(without, which)
    promised = blame.promises.minutes(city.hall_days(Moments.none(which[0].shape), which))
    quick = yield from glance(usual)
    holds = np.broadcast_to((usual.counters > 0)[..., None], promised.shape).copy()
    doubtful = np.flatnonzero((quick > SURE * promised).any(axis=(1, 2)))
    found = yield from waiting(usual.rows(doubtful))
    holds[doubtful] &= found.mean <= promised[doubtful]
    return _Case(blame, which, without, blame.drawn[number].at(which), np.where(holds, promised, np.inf))


def _bearable(case: _Case, *, exact: bool) -> Search[Floats]:
    """Find for each kind of day how many times the people planned it bears; shape (kinds,)."""
    look = case.exact if exact else case.quick
    low, high = np.zeros(len(case.bounds)), np.full(len(case.bounds), MOST)
    used = yield from look(high)
    free = (used <= 1).all(axis=(1, 2))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        used = yield from look(middle)
        kept = (used <= 1).all(axis=(1, 2))
        low, high = np.where(kept, middle, low), np.where(kept, high, middle)
    return np.where(free, MOST, low)


def _nearest_of_each_hall(halls: Ints, factors: Floats) -> Ints:
    """Return the kinds of each hall that bear least, :data:`NEAR` of each."""
    order = np.lexsort((np.arange(len(halls)), factors, halls))
    first = np.concatenate([[True], np.diff(halls[order]) != 0])
    begin = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    return np.sort(order[np.arange(len(order)) - begin < NEAR])


def _least_of_each_hall(case: _Case) -> Search[dict[int, float]]:
    factors = yield from _bearable(case, exact=True)
    found: dict[int, float] = {}
    for hall, factor in zip(case.which[1].tolist(), factors.tolist(), strict=True):
        found[hall] = min(factor, found.get(hall, MOST))
    return found
