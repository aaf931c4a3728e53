"""Halls for tests, and Erlang's formula."""

from __future__ import annotations

from math import factorial

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from campaigncheck.waiting.days import HallDays

PREMIUM, OTHER = range(2)

LATE = 18
"""An hour of a ``steady`` day by which it is settled."""


def hall(
    counters: list[int], premium: list[float], other: list[float], mean: float = 5.0, scv: float = 1.0
) -> HallDays:
    """One day of a hall with the same service all day."""
    size = len(counters)
    return HallDays(
        np.array([counters]),
        np.array([premium], dtype=float),
        np.array([other], dtype=float),
        np.full((1, size), mean),
        np.full((1, size), scv),
        np.full((1, size), mean),
    )


def steady(counters: int, load: float, share: float, mean: float, scv: float) -> HallDays:
    """A hall that is settled by hour 18; those who come then are served before it closes."""
    arrivals = load * counters * 60 / mean
    return hall([counters] * 24, [arrivals * share] * 24, [arrivals * (1 - share)] * 24, mean, scv)


def erlang_c(counters: int, load: float) -> float:
    offered = counters * load
    last = offered**counters / factorial(counters) / (1 - load)
    return last / (sum(offered**k / factorial(k) for k in range(counters)) + last)


@st.composite
def some_days(draw: DrawFn) -> HallDays:
    """A few days of four hours, from empty to overloaded, counters changing."""
    count = draw(st.integers(1, 4))
    rows = []
    for _ in range(count):
        counters = [draw(st.sampled_from([1, 1, 2, 3, 4, 8])) for _ in range(4)]
        mean, scv = draw(st.floats(2, 12)), draw(st.sampled_from([0.0, 0.15, 0.5, 1.0, 1.5, 4.0]))
        loads = [draw(st.floats(0, 1.6)) for _ in range(4)]
        arrivals = [load * staff * 60 / mean for load, staff in zip(loads, counters, strict=True)]
        share = draw(st.sampled_from([0.0, 0.2, 0.5]))
        rows.append(
            hall(counters, [share * came for came in arrivals], [(1 - share) * came for came in arrivals], mean, scv)
        )
    return HallDays(*(np.vstack(parts) for parts in zip(*rows, strict=True)))
