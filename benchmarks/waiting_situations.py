"""Days of halls on which waits are compared with simulation, and what may differ."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmarks.waiting_simulator import HOUR, Day, Floats
from campaigncheck.waiting.days import HallDays

_PROFILE = (30, 45, 60, 66, 66, 60, 54, 60, 50, 35)
_SURGE = (30, 45, 60, 94, 94, 60, 54, 50, 40, 30)
_TWO = (12, 16, 20, 23, 23, 20, 18, 20, 16, 12)
_ONE = (5, 6, 8, 10, 11, 10, 8, 8, 6, 5)
_SHIFTS = (48, 48, 55, 60, 50, 40, 50, 45, 40, 40)


class Situation(NamedTuple):
    """A day, and what is special about it."""

    title: str
    day: Day
    usual: bool = True
    """Whether waits have to be right; else it shows where they cease to be."""


def _day(
    arrivals: tuple[float, ...],
    counters: int | tuple[int, ...],
    scv: float,
    *,
    share: float = 0.2,
    minutes: tuple[float, float] = (5.0, 5.0),
    times: float = 1.0,
) -> Day:
    """Make a day: a share of premium customers, and minutes of service of both."""
    count = len(arrivals)
    return Day(
        counters if isinstance(counters, tuple) else (counters,) * count,
        tuple(share * times * came for came in arrivals),
        tuple((1 - share) * times * came for came in arrivals),
        (minutes[0],) * count,
        (minutes[1],) * count,
        (scv,) * count,
    )


SITUATIONS = {
    "quiet": Situation("quiet, 6 counters", _day(_PROFILE, 6, 1.0, times=0.6)),
    "peak": Situation("lunch peak, 6 counters", _day(_PROFILE, 6, 0.5)),
    "peak_even": Situation("the same, service hardly varies (0.15)", _day(_PROFILE, 6, 0.15)),
    "peak_uneven": Situation("the same, service varies a lot (1.5)", _day(_PROFILE, 6, 1.5)),
    "hour": Situation("overload for an hour at lunch", _day(_PROFILE, (6, 6, 6, 5, 6, 6, 6, 6, 6, 6), 0.5)),
    "hour_uneven": Situation("the same, 1.5", _day(_PROFILE, (6, 6, 6, 5, 6, 6, 6, 6, 6, 6), 1.5)),
    "surge": Situation("surge of two hours", _day(_SURGE, 6, 1.0)),
    "surge_even": Situation("the same, 0.15", _day(_SURGE, 6, 0.15)),
    "one": Situation("one counter", _day(_ONE, 1, 0.5, share=0.3)),
    "one_more": Situation("the same, 1.0", _day(_ONE, 1, 1.0, share=0.3)),
    "two": Situation("two counters", _day(_TWO, 2, 0.5)),
    "two_even": Situation("the same, 0.15", _day(_TWO, 2, 0.15)),
    "two_uneven": Situation("the same, 1.5", _day(_TWO, 2, 1.5)),
    "twenty": Situation("20 counters", _day(_PROFILE, 20, 0.5, times=3.4)),
    "premium": Situation("40 % premium customers, surge", _day(_SURGE, 6, 1.0, share=0.4, times=0.9)),
    "classes": Situation("premium 8 min, others 4 min", _day(_PROFILE, 6, 0.5, minutes=(8.0, 4.0), times=1.05)),
    "long": Situation("12 minutes of service, 3 counters", _day((8, 10, 13, 15, 14, 13, 12, 11, 9, 8), 3, 0.5, minutes=(12.0, 12.0), share=0.4)),
    "shifts": Situation("shifts 4 4 5 5 3 3 5 4 4 4, overloaded", _day(_SHIFTS, (4, 4, 5, 5, 3, 3, 5, 4, 4, 4), 0.5)),
    "shifts_even": Situation("the same, 0.15", _day(_SHIFTS, (4, 4, 5, 5, 3, 3, 5, 4, 4, 4), 0.15)),
    "edge_even": Situation("one counter, 0.15", _day(_ONE, 1, 0.15, share=0.3), usual=False),
    "edge_uneven": Situation("one counter, 1.5", _day(_ONE, 1, 1.5, share=0.3), usual=False),
    "edge_wild": Situation("lunch peak, 6 counters, 6.0", _day(_PROFILE, 6, 6.0), usual=False),
    "edge_premium": Situation(
        "70 % premium, who alone fill both counters",
        _day((8, 12, 16, 24, 22, 14, 10, 8, 8, 6), 2, 1.0, share=0.7, minutes=(7.0, 7.0)),
        usual=False,
    ),
}  # fmt: skip


def hall_days(day: Day) -> HallDays:
    """Return a day as the program is given it: mean and variability of the mixture of all customers."""
    premium, other = np.array(day.premium), np.array(day.other)
    first, second = np.array(day.premium_mean), np.array(day.other_mean)
    total = premium + other
    mean = (premium * first + other * second) / total
    square = (premium * first**2 + other * second**2) / total * (1 + np.array(day.scv))
    return HallDays(
        np.array([day.counters]), premium[None], other[None], mean[None], (square / mean**2 - 1)[None], first[None]
    )


def random_days(count: int, seed: int) -> HallDays:
    """Make days of halls of all sizes, from quiet to overloaded."""
    chance = np.random.default_rng(seed)
    shape = (count, 10)
    size = chance.choice([1, 2, 3, 4, 5, 6, 8, 10, 12, 20], count, p=[0.05, *[0.15] * 5, 0.08, 0.06, 0.04, 0.02])
    counters = np.maximum(size[:, None] + chance.integers(-1, 2, shape) * (chance.random(shape) < 0.2), 1)
    profile = np.array([0.5, 0.8, 1.0, 1.05, 0.95, 0.9, 0.85, 0.9, 0.8, 0.5]) * chance.uniform(0.85, 1.15, shape)
    mean = np.repeat(chance.uniform(3, 9, (count, 1)), 10, axis=1)
    scv = np.repeat(chance.uniform(0.3, 1.5, (count, 1)), 10, axis=1)
    arrivals = chance.uniform(0.3, 1.15, (count, 1)) * profile * size[:, None] * HOUR / mean
    share = chance.uniform(0.05, 0.4, (count, 1))
    return HallDays(counters, arrivals * share, arrivals * (1 - share), mean, scv, mean)


def allowed_mean(truth: Floats) -> Floats:
    """Return how far a mean may be off: 5 % or 15 seconds."""
    return np.maximum(0.05 * truth, 0.25)


def allowed_p90(truth: Floats) -> Floats:
    """Return how far a 90th percentile may be off: 10 % or 30 seconds."""
    return np.maximum(0.1 * truth, 0.5)
