"""The stress curve: how far the promises of the hall that binds are used up by more and more of a campaign's people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.forecast.stress import Bearable, Stress
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.arrivals import Arrivals
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.remedies import HallDay

STEPS = 40
"""Points of a curve, evenly apart, beside the one that is marked."""
BEYOND, AT_LEAST = 1.6, 1.25
"""A curve goes on beyond what is bearable, and beyond what is planned."""


class Point(NamedTuple):
    """So many times the people planned: how much of the tightest promise is used up, and the share of promises kept."""

    factor: float
    used: float
    kept: float


class Curve(NamedTuple):
    """What becomes of the day that binds in the hall that binds, with more and more of a campaign's people."""

    id: str
    title: str
    planned: int
    uptake: int
    binding: Bearable
    name: str
    points: tuple[Point, ...]


def curves(
    portfolio: Portfolio, catalogues: Catalogues, today: int, stresses: Sequence[Stress], most: int
) -> tuple[tuple[Curve, ...], int]:
    """Return the curves of the campaigns that are bound, those that bear least first, and how many are left out."""
    bound = [(item.binding.factor, item.id, item) for item in stresses if item.binding is not None]
    shown = [item for _, _, item in sorted(bound)[:most]]
    return tuple(_curves(portfolio, catalogues, today, shown)), max(len(bound) - most, 0)


def _curves(portfolio: Portfolio, catalogues: Catalogues, today: int, stresses: Sequence[Stress]) -> Iterator[Curve]:
    arrivals = Arrivals(portfolio, catalogues, today)
    city_of = cache(arrivals.city)
    for item in stresses:
        bound = item.binding
        assert bound is not None
        code = catalogues.network.city_of[bound.hall]
        day = HallDay.of(city_of(code), Promises.of(catalogues, code), bound.hall, bound.day)
        name = catalogues.network.names([bound.hall])[0]
        title = portfolio.by_id[item.id].title
        yield Curve(item.id, title, item.planned, item.uptake, bound, name, _points(day, item.id, bound.factor))


def _points(day: HallDay, campaign: str, factor: float) -> tuple[Point, ...]:
    """Return the points of one day; promises count that hold without the campaign."""
    number = next(at for at, crowd in enumerate(day.city.crowds) if crowd.entry.id == campaign)
    factors = sorted({*np.linspace(0.0, max(BEYOND * factor, AT_LEAST), STEPS + 1).tolist(), factor, 1.0})
    others = dict.fromkeys(day.present, 1.0)
    days = day.days([{**others, number: times} for times in [0.0, *factors]])
    promised = day.promises.minutes(day.days([{}]))[0]
    comes = np.stack([days.premium > 0, days.other > 0], axis=2) & (days.counters > 0)[..., None]
    mean = waits(days).mean
    held = comes[-1] & (mean[0] <= promised)
    used = np.where(held, mean / promised, 0.0)[1:]
    kept = (used <= 1).sum(axis=(1, 2), where=held) / max(int(held.sum()), 1)
    return tuple(map(Point, factors, used.max(axis=(1, 2)).tolist(), kept.tolist()))
