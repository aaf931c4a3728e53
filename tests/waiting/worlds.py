"""A small network, and campaigns that draw people to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from campaigncheck.algebra.audience import ANYBODY
from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.catalogue.network import Hall, HallHours, HotlineHours, Network
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.draws import Draws
from campaigncheck.understand.entry import Entry

BUILTIN = load_catalogues(RuleFiles.at(None))
REGIONS = BUILTIN.regions
TODAY = date(2027, 3, 1).toordinal()
WHERE = {"a1": "510104", "a2": "510105", "b1": "510703"}
"""Two halls in one city, one in another."""
CITIES = REGIONS.masks["510100"] | REGIONS.masks["510700"]
FIRST = 9
COUNTERS = np.array([3, 3, 2, 3])
PEOPLE = {"a1": [10, 20, 10, 20], "a2": [5, 10, 5, 10], "b1": [8, 16, 8, 8]}
"""Who comes on a workday; on weekends half as many, on month edges one and a half times as many, on holidays nobody."""
DAYS = (1.0, 0.5, 0.0, 1.5)


def hall_hours(closed: Iterable[str] = ()) -> HallHours:
    """Return the hours of the halls that are not closed."""
    halls = [name for name in WHERE if name not in set(closed)]
    people = np.array([[np.array(PEOPLE[name]) * factor for factor in DAYS] for name in halls])
    counters = np.where(people > 0, COUNTERS, 0)
    return HallHours(
        {name: at for at, name in enumerate(halls)}, FIRST, counters, people * 0.2, people * 0.8,
        np.full(people.shape, 5.0), np.full(people.shape, 0.8), np.zeros(len(halls), np.bool_),
    )  # fmt: skip


def hotline_hours() -> HotlineHours:
    """Return one hotline, open from 8 to 20."""
    calls = np.zeros((1, 4, 24))
    calls[0, :, 8:20] = 300
    agents = np.where(calls > 0, 20, 0)
    return HotlineHours({"510000": 0}, agents, calls, np.where(calls > 0, 180.0, 0.0))


def catalogues(hours: HallHours | None = None) -> Catalogues:
    """Return the built-in catalogues with the small network."""
    halls = {name: Hall(name, name, region, (540, 780)) for name, region in WHERE.items()}
    hours = hours if hours is not None else hall_hours()
    return replace(BUILTIN, network=Network(halls, {"510000": (480, 1200)}, REGIONS, hours, hotline_hours()))


def entry(name: str, draws: Draws | None, *, cities: int = CITIES, stage: str = "testing", **more: object) -> Entry:
    """Return a campaign; days gone by do not count."""
    period = draws.period if draws is not None else Days(TODAY, TODAY)
    defaults: dict[str, object] = {
        "path": f"{name}.yaml", "title": name, "stage": stage, "start": period.first, "cities": cities,
        "days": Days(max(TODAY, period.first), period.last), "halls": frozenset(), "channels": frozenset({"hall"}),
        "audience": ANYBODY, "offers": (), "parent": None, "draws": draws, "service": (4.0, 1.0),
    }  # fmt: skip
    return Entry(id=name, **{**defaults, **more})  # type: ignore[arg-type]


def draws(hall: float, first: int = 0, last: int = 27, **more: object) -> Draws:
    """Return what a campaign draws, from some day after today to another."""
    defaults: Mapping[str, object] = {
        "uptake": int(hall), "hall": hall, "hotline": 0.0, "asks_hall": 0.0, "asks_hotline": 0.0, "front_loaded": False,
        "period": Days(TODAY + first, TODAY + last), "premium": None,
    }  # fmt: skip
    return Draws(**{**defaults, **more})  # type: ignore[arg-type]


def portfolio(*campaigns: Entry) -> Portfolio:
    """Return some campaigns together."""
    return Portfolio.of(campaigns, REGIONS)
