"""From a campaign's handling steps to timed steps, with what each of them weighs."""

from __future__ import annotations

from collections.abc import Sequence
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
    for index, use in enumerate(campaign.handling.steps):
        timed = _timed(use, catalogue)
        if timed is not None:
            found.append(PlannedStep(index, use.step, timed, step_mean(timed)))
    return found


def handling_time(steps: Sequence[PlannedStep]) -> Estimate | None:
    """Return the estimated handling time of one transaction; None if there are no usable steps."""
    return estimate(tuple(sorted(step.timed for step in steps))) if steps else None


def _timed(use: StepUse, catalogue: Steps) -> TimedStep | None:
    entry = catalogue.steps.get(use.step)
    minutes = use.minutes or (entry.minutes if entry else None)
    if minutes is None or sorted(minutes) != minutes:
        return None
    low, likely, high = minutes
    return TimedStep(low, likely, high, use.times, use.share)
