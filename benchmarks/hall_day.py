"""A day of a hall, customer by customer: who comes when and for what, and when each is called.

Customers come by Poisson processes at the rates of the hour, premium customers are served first without interrupting
anybody, counters open and close with the hour, a closing counter finishes its customer, and whoever is inside at closing
time is served. Service is lognormal; its mean depends on the transaction, so that the mixture has the mean and the
variability of the hour.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TRANSACTIONS = {
    "new_plan": (0.30, 1.25),
    "broadband": (0.15, 1.50),
    "sim": (0.25, 0.90),
    "payment": (0.30, 0.5833333333333334),
}
"""Transactions with their share and the mean of their service as a multiple of the hall's; the multiples average to 1."""


class Hour(NamedTuple):
    """One hour of a hall on one type of day."""

    counters: int
    premium: float
    other: float
    mean: float
    scv: float


class Campaign(NamedTuple):
    """Customers that a campaign brings to every hall, each day on average, and their minutes at the counter."""

    id: str
    a_day: float
    minutes: float
    scv: float = 0.2


Day = dict[int, Hour]


class Visits(NamedTuple):
    """The customers of a hall's day: seconds of the day when tickets are taken and called and finished, and what for."""

    taken: Floats
    called: Floats
    finished: Floats
    premium: NDArray[np.bool_]
    transaction: NDArray[np.int64]
    campaign: NDArray[np.int64]


def simulate(day: Day, campaigns: Sequence[Campaign], random: np.random.Generator) -> Visits:
    """Return the customers of a hall's day in the order of their tickets."""
    taken, premium, transaction, campaign, service = _comers(day, campaigns, random)
    called = np.array(serve(taken.tolist(), premium.tolist(), service.tolist(), _staff(day)))
    return Visits(taken, called, called + service, premium, transaction, campaign)


def _comers(
    day: Day, campaigns: Sequence[Campaign], random: np.random.Generator
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64], Floats]:
    """Draw who comes when, for what, and how long each is served."""
    total = sum(hour.premium + hour.other for hour in day.values())
    parts = []
    for hour, about in day.items():
        share = (about.premium + about.other) / total if total else 0.0
        groups = [(about.premium, True, -1), (about.other, False, -1)]
        groups += [(campaign.a_day * share, False, at) for at, campaign in enumerate(campaigns)]
        for mean, premium, campaign in groups:
            people = int(random.poisson(mean))
            moments = hour * 3600 + 3600 * random.random(people)
            parts.append((moments, np.full(people, premium), np.full(people, campaign), hour))
    taken = np.concatenate([part[0] for part in parts])
    premium_all = np.concatenate([part[1] for part in parts])
    campaign_all = np.concatenate([part[2] for part in parts])
    hours = np.concatenate([np.full(len(part[0]), part[3]) for part in parts])
    kinds = random.choice(len(TRANSACTIONS), len(taken), p=[share for share, _ in TRANSACTIONS.values()])
    service = _services(day, campaigns, hours, kinds, campaign_all, random)
    order = np.argsort(taken, kind="stable")
    return taken[order], premium_all[order], kinds[order], campaign_all[order], service[order]


def _services(
    day: Day, campaigns: Sequence[Campaign], hours: NDArray[np.int64], kinds: NDArray[np.int64],
    campaign: NDArray[np.int64], random: np.random.Generator,
) -> Floats:  # fmt: skip
    """Draw lognormal times of service, in seconds."""
    multiples = np.array([multiple for _, multiple in TRANSACTIONS.values()])
    spread = sum(share * multiple**2 for share, multiple in TRANSACTIONS.values())
    means, scvs = np.zeros(len(hours)), np.zeros(len(hours))
    for hour, about in day.items():
        here = hours == hour
        means[here], scvs[here] = about.mean * multiples[kinds[here]], max(0.0, (1 + about.scv) / spread - 1)
    for at, drawn in enumerate(campaigns):
        means[campaign == at], scvs[campaign == at] = drawn.minutes, drawn.scv
    sigma = np.sqrt(np.log1p(scvs))
    return np.asarray(60 * means * np.exp(sigma * random.standard_normal(len(hours)) - sigma**2 / 2))


def _staff(day: Day) -> list[tuple[float, int]]:
    """Return the moments at which the number of open counters changes; what is open at closing time stays."""
    return [(hour * 3600.0, about.counters) for hour, about in sorted(day.items())]


def serve(taken: list[float], premium: list[bool], service: list[float], staff: list[tuple[float, int]]) -> list[float]:
    """Return when each customer is called: premium first, each in the order in which they came."""
    called = [0.0] * len(taken)
    free = _openings(staff)
    heapq.heapify(free)
    working, shift, coming = 0, 0, 0
    first: deque[int] = deque()
    others: deque[int] = deque()
    left = len(taken)
    while left:
        moment, opening = heapq.heappop(free)
        while shift + 1 < len(staff) and staff[shift + 1][0] <= moment:
            shift += 1
        if opening:
            working += 1
        if working > staff[shift][1]:
            working -= 1
            continue
        while coming < len(taken) and taken[coming] <= moment:
            (first if premium[coming] else others).append(coming)
            coming += 1
        if first or others:
            at = first.popleft() if first else others.popleft()
            called[at] = moment
            heapq.heappush(free, (moment + service[at], False))
            left -= 1
        else:
            heapq.heappush(free, (taken[coming], False))
    return called


def _openings(staff: list[tuple[float, int]]) -> list[tuple[float, bool]]:
    """Return when counters open: as many as there are to be more than in the hour before."""
    found, before = [], 0
    for moment, counters in staff:
        found += [(moment, True)] * max(0, counters - before)
        before = counters
    return found
