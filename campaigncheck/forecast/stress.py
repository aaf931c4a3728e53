"""How many people a campaign may draw before a promise breaks: of each hall, and of all together.

The campaign's people are multiplied until the first promise breaks that holds without it; all other campaigns stay as
they are planned. A quick method finds which days bind, the exact one finds how many people they bear, and then looks
once more at all days that are about as bad.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.forecast.newton import FINE, FLATTEST, MOST, STEEPEST, Newton
from campaigncheck.forecast.processes import side_by_side
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.arrivals import Arrivals, Moments
from campaigncheck.waiting.blame import CityBlame
from campaigncheck.waiting.days import Floats, HallDays, Ints, load
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.screen import doubtful
from campaigncheck.waiting.together import Search, glance, together, waiting

ALIKE = 0.85
"""Days are looked at that the quick method finds at least so bad beside those that bind."""

_HALVINGS = 6
_FULL, _OVERLOADED = 0.95, 1.5
"""Shares of the counters' time in the worst hour; the quick method looks for what a hall bears up to the latter."""
_NUDGE = 1.02
_FLATTER = 0.83
"""What the exact method finds grows by less than what the quick one does."""
_ROUNDS = 40
"""Turns that the exact method has at most; it needs three or four."""
_ALONE = 2
"""Turns in which it looks at a guess alone, since that is hardly near enough yet."""


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


def stress(
    portfolio: Portfolio,
    catalogues: Catalogues,
    today: int,
    asked: frozenset[str],
    *,
    last: int | None = None,
    jobs: int = 1,
) -> Iterator[Stress]:
    """Yield how much halls bear of each campaign that is asked about and draws somebody, in order of path.

    Halls that cannot be judged are left out, and so are campaigns that draw people to no others.

    Args:
        portfolio: all campaigns.
        catalogues: with the network.
        today: days gone by are not looked at.
        asked: the campaigns that are asked about; the others are there all the same.
        last: the last day that is looked at, if not all are.
        jobs: how many processes work it out.
    """
    arrivals = Arrivals(portfolio, catalogues, today, last)
    found: dict[str, list[Bearable]] = {}
    for some in side_by_side(jobs, _of_cities, (arrivals, asked), arrivals.cities):
        for name, bearable in some:
            found.setdefault(name, []).extend(bearable)
    for entry in portfolio.entries:
        if entry.id in found and (found[entry.id] or catalogues.network.hall_hours.left_out is None):
            halls = tuple(sorted(found[entry.id], key=lambda item: item.hall))
            least = min((item.factor for item in halls), default=MOST)
            assert entry.draws is not None
            yield Stress(entry.id, entry.draws.uptake, int(entry.draws.uptake * least), halls)


def _of_cities(given: tuple[Arrivals, frozenset[str]], cities: tuple[str, ...]) -> list[tuple[str, list[Bearable]]]:
    """Return how much the halls of some cities bear of each campaign that is asked about."""
    arrivals, asked = given
    blames = [CityBlame(arrivals.city(code), Promises.of(arrivals.catalogues, code)) for code in cities]
    wanted = [
        (crowd.entry.id, blame, number)
        for blame in blames
        for number, crowd in enumerate(blame.city.crowds)
        if crowd.entry.id in asked
    ]
    every = together([_of_city(blame, number) for _, blame, number in wanted])
    return [(name, bearable) for (name, *_), bearable in zip(wanted, every, strict=True)]


class _Case(NamedTuple):
    """Kinds of days on which a campaign draws somebody: what others add, and what it adds."""

    blame: CityBlame
    which: tuple[Ints, Ints]
    others: Moments
    own: Moments

    def rows(self, chosen: Ints) -> _Case:
        """Return some of the kinds."""
        which = (self.which[0][chosen], self.which[1][chosen])
        others, own = (Moments(*(part[chosen] for part in moments)) for moments in (self.others, self.own))
        return _Case(self.blame, which, others, own)

    def days(self, factors: Floats) -> HallDays:
        """Return the days with so many times the campaign's people."""
        return self.blame.city.hall_days(self.others.plus(self.own.times(factors)), self.which)

    @property
    def promised(self) -> Floats:
        """The promises in minutes; (kinds, hours, 2)."""
        nothing = Moments.none(self.which[0].shape)
        return self.blame.promises.minutes(self.blame.city.hall_days(nothing, self.which))

    @property
    def halls(self) -> Ints:
        """The hall of each."""
        return self.which[1]


class _Bound(NamedTuple):
    """Kinds of days with the waits that must not be exceeded: of promises that hold without the campaign."""

    case: _Case
    minutes: Floats

    def rows(self, chosen: Ints) -> _Bound:
        """Return some of the kinds."""
        return _Bound(self.case.rows(chosen), self.minutes[chosen])

    def exact(self, factors: Floats) -> Search[Floats]:
        """Find how far each promise is used up, 1 being the whole of it; shape (kinds, hours, 2)."""
        found = yield from waiting(self.case.days(factors))
        return np.asarray(found.mean / self.minutes)

    def quick(self, factors: Floats) -> Search[Floats]:
        """Find roughly how far the one is used up that is most; shape (kinds,)."""
        found = yield from glance(self.case.days(factors))
        return np.asarray((found / self.minutes).max(axis=(1, 2)))


class _Borne(NamedTuple):
    """What kinds of days bear: how many times the people planned, and the hour and class that bind, as one number."""

    factors: Floats
    binding: Ints


def _of_city(blame: CityBlame, number: int) -> Search[list[Bearable]]:
    """Find how much each hall of a city bears of one campaign, in order of halls."""
    case = _case(blame, number)
    if not len(case.halls):
        return []
    foremost, rest = _foremost(case)
    bound = yield from _bound(case.rows(foremost))
    nearest = yield from _nearest(bound)
    guesses = yield from _roughly(bound.rows(nearest))
    rows = foremost[nearest]
    found = yield from _of_halls(bound.rows(nearest), guesses)
    missed = yield from _missed(case, rows, np.concatenate([np.delete(foremost, nearest), rest]), found.factors)
    if missed.size:
        more = yield from _bound(case.rows(missed))
        again = yield from _of_halls(more, found.factors[np.searchsorted(case.halls[rows], case.halls[missed])])
        found, rows = _least(case, (rows, missed), (found, again))
    return [_told(case.rows(rows), found, row) for row in range(len(rows))]


def _told(case: _Case, found: _Borne, row: int) -> Bearable:
    city = case.blame.city
    hour, of = divmod(int(found.binding[row]), 2)
    day, hall = int(case.which[0][row]), int(case.which[1][row])
    factor = float(found.factors[row])
    return Bearable(city.halls[hall], factor, city.days.first + day, city.hours.first + hour, of == 0)


def _least(case: _Case, rows: tuple[Ints, Ints], found: tuple[_Borne, _Borne]) -> tuple[_Borne, Ints]:
    """Return of each hall the kind of day that bears least, in order of halls."""
    every = np.concatenate(rows)
    factors, binding = (np.concatenate(parts) for parts in zip(*found, strict=True))
    first = _first_of_each(case.halls[every], factors)
    return _Borne(factors[first], binding[first]), every[first]


def _case(blame: CityBlame, number: int) -> _Case:
    city = blame.city
    (days, halls), _ = blame.kinds
    drawn = city.crowds[number].people[days, halls] > 0
    there = np.flatnonzero(drawn if city.left_out is None else drawn & ~city.left_out[days, halls])
    which = (days[there], halls[there])
    others = Moments.none((city.days.length, len(city.halls)))
    for at, added in enumerate(blame.drawn):
        if at != number:
            others = others.plus(added)
    return _Case(blame, which, others.at(which), blame.drawn[number].at(which))


def _foremost(case: _Case) -> tuple[Ints, Ints]:
    """Return of each hall and type of day the kind with most work, and the others on which more of anything comes."""
    types = case.blame.city.types[case.which[0]]
    alike = case.halls * (int(types.max()) + 1) + types
    first = _first_of_each(alike, -(case.others.work + case.own.work))
    leader = first[np.searchsorted(alike[first], alike)]
    more = np.zeros(len(alike), np.bool_)
    for part in (*case.others, *case.own):
        more |= part > part[leader] * (1 + 1e-9) + 1e-9
    return first, np.flatnonzero(more)


def _first_of_each(group: Ints, by: Floats) -> Ints:
    """Return where the least of each group stands, in order of groups; of equal ones the first."""
    order = np.lexsort((np.arange(len(group)), by, group))
    first = np.concatenate([[True], np.diff(group[order]) != 0])
    return np.asarray(order[first], np.int64)


def _bound(case: _Case) -> Search[_Bound]:
    """Find which promises hold without the campaign."""
    promised = case.promised
    usual = case.days(np.zeros(len(case.halls)))
    quick = yield from glance(usual)
    holds = np.broadcast_to((usual.counters > 0)[..., None], promised.shape).copy()
    near = np.flatnonzero(doubtful(usual, quick, promised).any(axis=(1, 2)))
    if len(near):
        found = yield from waiting(usual.rows(near))
        holds[near] &= found.mean <= promised[near]
    return _Bound(case, np.where(holds, promised, np.inf))


def _nearest(bound: _Bound) -> Search[Ints]:
    """Find the kind of day of each hall that seems to bind: the one used up most when its busiest hour is nearly full."""
    halls = bound.case.halls
    each = _where_loaded(bound.case, _FULL)
    first = _first_of_each(halls, each)
    used = yield from bound.quick(each[first][np.searchsorted(halls[first], halls)])
    return _first_of_each(halls, -used)


def _roughly(bound: _Bound) -> Search[Floats]:
    """Find by the quick method how many times the people planned each kind of day bears; shape (kinds,)."""
    low, high = np.zeros(len(bound.minutes)), _where_loaded(bound.case, _OVERLOADED)
    used = yield from bound.quick(high)
    free = used <= 1
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        used = yield from bound.quick(middle)
        low, high = np.where(used <= 1, middle, low), np.where(used <= 1, high, middle)
    return np.where(free, MOST, (low + high) / 2)


def _where_loaded(case: _Case, most: float) -> Floats:
    """Return how many times the people planned take so much of the counters' time in the worst hour; shape (kinds,)."""
    empty, one = (load(case.days(np.full(len(case.halls), factor))) for factor in (0.0, 1.0))
    each = np.divide(most - empty, one - empty, out=np.full_like(one, MOST), where=one - empty > 1e-12)
    return np.asarray(np.clip(each.min(axis=1), FINE, MOST))


def _of_halls(bound: _Bound, guesses: Floats) -> Search[_Borne]:
    """Find exactly how many times the people planned each kind of day bears, from a guess on."""
    search = Newton(np.clip(guesses, FINE, MOST), (yield from _slopes(bound, guesses)))
    for turn in range(_ROUNDS):
        rows = search.unsettled
        if not len(rows):
            break
        looks = list(search.looks(rows, both=turn >= _ALONE))
        every, at = (np.concatenate(parts) for parts in zip(*looks, strict=True))
        used = yield from bound.rows(every).exact(at)
        found = np.split(used, np.cumsum([len(some) for some, _ in looks])[:-1])
        for (some, ends), values in zip(looks, found, strict=True):
            if len(some):
                search.learn(some, ends, values.reshape(len(some), -1))
        search.step(rows, halve=turn >= _ROUNDS // 4)
    return _Borne(np.minimum(search.low, MOST), search.binding)


def _slopes(bound: _Bound, guesses: Floats) -> Search[Floats]:
    """Find by how many per cent waits grow with each per cent of people; shape (kinds,)."""
    at = np.clip(guesses, FINE, MOST / _NUDGE)
    here = yield from bound.quick(at)
    there = yield from bound.quick(at * _NUDGE)
    grown = np.log(np.maximum(there, 1e-12) / np.maximum(here, 1e-12)) / np.log(_NUDGE)
    return np.asarray(np.clip(grown * _FLATTER, FLATTEST, STEEPEST))


def _missed(case: _Case, chosen: Ints, others: Ints, factors: Floats) -> Search[Ints]:
    """Find days that break a promise with as many people as those chosen bear; only days about as bad can."""
    at = np.searchsorted(case.halls[chosen], case.halls[np.concatenate([chosen, others])])
    both = case.rows(np.concatenate([chosen, others]))
    quick = yield from glance(both.days(factors[at]))
    used = (quick / both.promised).max(axis=(1, 2))
    near: Ints = others[used[len(chosen) :] >= ALIKE * used[: len(chosen)][at[len(chosen) :]]]
    if not len(near):
        return near
    bound = yield from _bound(case.rows(near))
    exact = yield from bound.exact(factors[np.searchsorted(case.halls[chosen], case.halls[near])])
    return np.asarray(near[(exact > 1 + 1e-9).any(axis=(1, 2))], np.int64)
