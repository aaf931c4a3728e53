"""What would keep the promises of one day in one hall, and who makes how much of its waiting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import factorial
from typing import NamedTuple

import numpy as np

from campaigncheck.waiting.arrivals import CityDays, Crowd, Moments
from campaigncheck.waiting.days import Flags, Floats, HallDays, Ints, Waits
from campaigncheck.waiting.promises import Kind, Promises, past_bearing
from campaigncheck.waiting.together import Search, waiting

MOST_COUNTERS = 4
"""More additional counters than this are no advice that a hall can follow."""
SHARES = tuple(step / 20 for step in range(19, -1, -1))
"""Which shares of a campaign's people are tried, the largest first."""
MOST_PLAYERS = 6
"""Of so many campaigns each has its own share of the waiting; the smallest of more are taken together."""
_NOBODY = 1e-9


class MoreCounters(NamedTuple):
    """So many more counters from one hour of the day to another (the end not included)."""

    counters: int
    start: int
    end: int


class HallDay(NamedTuple):
    """One day of one hall with the campaigns that draw people there, by position in the city's crowds."""

    city: CityDays
    promises: Promises
    day: int
    hall: int

    @classmethod
    def of(cls, city: CityDays, promises: Promises, hall: str, day: int) -> HallDay:
        """Return a day (an ordinal) of a hall."""
        return cls(city, promises, day - city.days.first, city.halls.index(hall))

    @property
    def present(self) -> list[int]:
        """The campaigns that draw somebody there on the day."""
        return [number for number, crowd in enumerate(self.city.crowds) if crowd.people[self.day, self.hall] > 0]

    def days(self, weights: list[dict[int, float]]) -> HallDays:
        """Return the day as often as there are weights, each with so much of each campaign."""
        city = self._alone(len(weights))
        total = Moments.none((len(weights), 1))
        for number in sorted({key for weight in weights for key in weight}):
            crowd = self.city.crowds[number]
            people = np.full((len(weights), 1), crowd.people[self.day, self.hall])
            drawn = city.drawn(Crowd(crowd.entry, people, crowd.asking, crowd.service, crowd.premium))
            factors = np.array([[weight.get(number, 0.0)] for weight in weights])
            total = total.plus(drawn.times(factors))
        which = (np.arange(len(weights)), np.zeros(len(weights), np.int64))
        return city.hall_days(total.at(which), which)

    def _alone(self, times: int) -> CityDays:
        """Return the hall as if it were alone in its city, with the day as often as it is asked for."""
        city, hall = self.city, slice(self.hall, self.hall + 1)
        types = np.full(times, city.types[self.day])
        return CityDays(city.city, city.halls[hall], city.rows[hall], city.days, types, city.hours, (), city.half)

    def broken(self, days: HallDays, before: list[int]) -> Search[Flags]:
        """Find which promises some variants of the day break that hold with the campaigns before; (variants, hours, 2)."""
        promised = self.promises.minutes(self.days([{}]))[0]
        usual = yield from waiting(self.days([dict.fromkeys(before, 1.0)]))
        held = usual.mean[0] <= promised
        found = yield from waiting(days)
        return np.asarray(days.comes & (found.mean > promised) & held)

    def more_counters(self, upto: list[int]) -> Search[MoreCounters | None]:
        """Find the fewest counters, and of them the shortest time, that keep what the last of some campaigns breaks.

        They are open until the last hour that breaks its promise, from the first one on or earlier: queues carry over.
        """
        whole = self.days([dict.fromkeys(upto, 1.0)])
        now = yield from self.broken(whole, upto[:-1])
        hours = np.flatnonzero(now.any(axis=(0, 2)))
        if not hours.size:
            return None
        begins, last = _spells(whole, hours)
        tries = [(more, begin) for more in range(1, MOST_COUNTERS + 1) for begin in begins]
        days = whole.rows(np.zeros(len(tries), np.int64))
        counters = days.counters.copy()
        for row, (more, begin) in enumerate(tries):
            counters[row, begin : last + 1] += more
        then = yield from self.broken(days._replace(counters=counters), upto[:-1])
        kept = np.flatnonzero(~then.any(axis=(1, 2)))
        if not kept.size:
            return None
        more, begin = tries[int(kept[0])]
        return MoreCounters(more, begin + self.city.hours.first, last + self.city.hours.first + 1)

    def bearable(self, upto: list[int]) -> Search[float]:
        """Find the largest share (of :data:`SHARES`) of the last campaign's people that keeps the promises."""
        days = self.days([{**dict.fromkeys(upto, 1.0), upto[-1]: share} for share in SHARES])
        broken = yield from self.broken(days, upto[:-1])
        kept = np.flatnonzero(~broken.any(axis=(1, 2)))
        return SHARES[int(kept[0])] if kept.size else 0.0

    def desk(self, upto: list[int]) -> Search[tuple[int, int] | None]:
        """Find the shortest time in which a desk for the last campaign's people alone would keep the promises.

        They have a queue of their own there, with one clerk; everybody else is served as if they had not come. Returned
        are its first hour, and the one at which it closes.
        """
        rest, whole = (self.days([dict.fromkeys(numbers, 1.0)]) for numbers in (upto[:-1], upto))
        now = yield from self.broken(whole, upto[:-1])
        hours = np.flatnonzero(now.any(axis=(0, 2)))
        if not hours.size:
            return None
        begins, last = _spells(whole, hours)
        hour = np.arange(whole.counters.shape[1])
        inside = np.array([(hour >= begin) & (hour <= last) for begin in begins])
        others = HallDays(*(np.where(inside, mine, all_) for mine, all_ in zip(rest, whole, strict=True)))
        broken = yield from self.broken(others, upto[:-1])
        own = self._own(upto[-1], inside)
        found = yield from waiting(own)
        late = own.comes & (found.mean > self.promises.minutes(self.days([{}])))
        kept = np.flatnonzero(~(broken | late).any(axis=(1, 2)))
        if not kept.size:
            return None
        return begins[int(kept[0])] + self.city.hours.first, last + self.city.hours.first + 1

    def _own(self, number: int, inside: Flags) -> HallDays:
        """Return days of one campaign's people alone, with one counter in some hours; ``inside`` is (days, hours)."""
        usual, more = self.days([{}]), self.days([{number: 1.0}])
        before, after = usual.premium + usual.other, more.premium + more.other
        came = np.maximum(after - before, 0.0)
        work = more.mean * after - usual.mean * before
        effort = more.mean**2 * (1 + more.scv) * after - usual.mean**2 * (1 + usual.scv) * before
        mean = np.divide(work, came, out=more.mean.copy(), where=came > _NOBODY)
        square = np.divide(effort, came, out=mean**2, where=came > _NOBODY)
        scv = np.maximum(np.divide(square, mean**2, out=np.ones_like(mean), where=mean > 0) - 1, 0.0)
        premium, other = np.maximum(more.premium - usual.premium, 0.0), np.maximum(more.other - usual.other, 0.0)
        counters = inside.astype(np.int64)
        parts = (np.where(inside, part, 0.0) for part in (premium, other, mean, scv, mean))
        return HallDays(counters, *parts)

    def past_bearing(self, upto: list[int], customers: Sequence[Kind]) -> Search[tuple[float, float]]:
        """Find how many people wait longer than they bear, with some campaigns and without the last of them."""
        limits = sorted({kind.tolerance for kind in customers})
        days = self.days([dict.fromkeys(upto, 1.0), dict.fromkeys(upto[:-1], 1.0)])
        found = yield from waiting(days, limits)
        after, before = past_bearing(days, found, limits, customers).tolist()
        return after, before

    def shares(self, numbers: list[int]) -> Search[dict[int, float]]:
        """Find each campaign's share of the minutes that people wait more than without any campaign.

        The shares are Shapley values (Shapley 1953): the mean, over all orders in which the campaigns could have
        joined, of what each one adds. They sum to 1, and equal campaigns have equal shares; what a campaign adds alone
        would leave out that queues grow faster than arrivals. Of more than :data:`MOST_PLAYERS` campaigns the
        smallest count as one, whose share is divided by how many people each draws.
        """
        size = {number: float(self.city.crowds[number].people[self.day, self.hall]) for number in numbers}
        order = sorted(numbers, key=lambda number: (-size[number], number))
        players = [[number] for number in order[: MOST_PLAYERS - 1]]
        rest = order[MOST_PLAYERS - 1 :]
        players += [rest] if rest else []
        coalitions = [
            set(some) for count in range(len(players) + 1) for some in combinations(range(len(players)), count)
        ]
        days = self.days([{number: 1.0 for at in sorted(some) for number in players[at]} for some in coalitions])
        waited = yield from waiting(days)
        minutes = _minutes(days, waited)
        value = {frozenset(some): float(minute) for some, minute in zip(coalitions, minutes, strict=True)}
        count = len(players)
        found: dict[int, float] = {}
        for at, group in enumerate(players):
            own = sum(
                factorial(len(some)) * factorial(count - len(some) - 1) / factorial(count)
                * (value[frozenset(some | {at})] - value[frozenset(some)])
                for some in coalitions
                if at not in some
            )  # fmt: skip
            people = sum(size[number] for number in group)
            found |= {number: own * size[number] / people for number in group}
        total = sum(found.values())
        return {number: part / total if total > 0 else 0.0 for number, part in found.items()}


def _spells(days: HallDays, hours: Ints) -> tuple[list[int], int]:
    """Return when help may begin that is there until the last of some hours of a day, and that hour; the latest first.

    There has to be somebody at work all the time.
    """
    first, last = int(hours[0]), int(hours[-1])
    return [begin for begin in range(first, -1, -1) if (days.counters[0, begin : last + 1] > 0).all()], last


def _minutes(days: HallDays, found: Waits) -> Floats:
    """Return the minutes that all people of a day wait together; shape (days,)."""
    staffed = days.counters > 0
    each = found.mean[..., 0] * days.premium + found.mean[..., 1] * days.other
    return np.asarray(np.where(staffed, each, 0.0).sum(axis=1))
