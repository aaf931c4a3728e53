"""What each step costs the counters, and which to simplify first."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.handling.pert import TimedStep
from campaigncheck.handling.plan import PlannedStep
from campaigncheck.handling.words import counter_customers
from campaigncheck.spec.model import Campaign

MONTH = 30
"""Days of a month."""

_MINUTES = 60.0

Why = Literal["", "listed_twice", "repeated", "not_for_all"]
"""Why a step may go: it was there before, it is done several times, or transactions do without it."""


class StepCost(NamedTuple):
    """A step, the mean minutes it adds to a transaction, how many of them could be saved and why, and how it is timed."""

    id: str
    minutes: float
    saves: float = 0.0
    why: Why = ""
    timed: TimedStep | None = None


class Transactions(NamedTuple):
    """Transactions at the counters still to come, and in a month of them (all, if there is less than a month left)."""

    total: float
    monthly: float

    def hours(self, minutes: float) -> tuple[float, float]:
        """Return the hours that minutes of each transaction add up to, in all and a month."""
        return self.total * minutes / _MINUTES, self.monthly * minutes / _MINUTES


@lru_cache(maxsize=1 << 12)
def step_costs(steps: tuple[PlannedStep, ...]) -> tuple[StepCost, ...]:
    """Return what the steps of a transaction cost, in their order."""
    seen: set[str] = set()
    found = []
    for step in steps:
        found.append(StepCost(step.id, step.minutes, *_saving(step, step.id in seen), step.timed))
        seen.add(step.id)
    return tuple(found)


def _saving(step: PlannedStep, again: bool) -> tuple[float, Why]:
    if again:
        return step.minutes, "listed_twice"
    if step.timed.times > 1:
        return step.minutes * (1 - 1 / step.timed.times), "repeated"
    return (step.minutes, "not_for_all") if step.timed.share < 1 else (0.0, "")


def simplest(costs: tuple[StepCost, ...], most: int = 3) -> list[StepCost]:
    """Return the steps to simplify first: those that may go, by the minutes saved; of equal ones the earlier."""
    return sorted((cost for cost in costs if cost.saves > 0), key=lambda cost: -cost.saves)[:most]


def transactions(campaign: Campaign, today: int) -> Transactions | None:
    """Return the transactions still to come at the counters; None if the spec does not tell."""
    people = counter_customers(campaign, today)
    if people is None:
        return None
    total = people / (1 + campaign.demand.enquiries) if campaign.demand else 0.0
    days = Days.of(campaign.period.start, campaign.period.end)
    left = days.last - max(days.first, today) + 1
    return Transactions(total, total * MONTH / max(MONTH, left))
