"""From a campaign's handling steps to timed steps, with what each of them weighs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.catalogue.models import Steps
from campaigncheck.handling.pert import Estimate, TimedStep, estimate, step_mean
from campaigncheck.spec.model import Campaign, StepUse


class PlannedStep(NamedTuple):
    """A step of a campaign: its position in the list, its id, its times, the mean minutes it adds."""

    position: int
    id: str
    timed: TimedStep
    minutes: float


def planned_steps(campaign: Campaign, catalogue: Steps) -> list[PlannedStep]:
    """Return the campaign's usable steps in order; unknown ones and impossible times are left out."""
    found = []
    for position, use in enumerate(campaign.handling.steps):
        timed = _timed(use, catalogue)
        if timed is not None:
            found.append(PlannedStep(position, use.step, timed, step_mean(timed)))
    return found


def handling_time(steps: Sequence[PlannedStep]) -> Estimate | None:
    """Return the estimated handling time of one transaction; None if there are no usable steps."""
    return _in_any_order(tuple([step.timed for step in steps])) if steps else None


@lru_cache(maxsize=1 << 14)
def _in_any_order(steps: tuple[TimedStep, ...]) -> Estimate:
    """Estimate steps in one fixed order, so that theirs cannot change a digit."""
    return estimate(tuple(sorted(steps)))


def _timed(use: StepUse, catalogue: Steps) -> TimedStep | None:
    minutes = use.minutes
    if minutes is None:
        entry = catalogue.steps.get(use.step)
        if entry is None:
            return None
        minutes = entry.minutes
    low, likely, high = minutes
    return TimedStep(low, likely, high, use.times, use.share) if low <= likely <= high else None


def heaviest(steps: Sequence[PlannedStep], most: int = 3) -> list[PlannedStep]:
    """Return the steps that weigh most, by the mean minutes each adds; of equal ones the earlier."""
    return sorted(steps, key=lambda step: (-step.minutes, step.position))[:most]
