"""Counter steps scaled so that campaigns take as long as the tickets say.

Tickets do not show single steps. What they show is the sum of a campaign's steps, and campaigns share steps: each step of
the catalogue gets one factor, found by scaling it again and again by how far the campaigns that use it are from their
measured means, weighted by its minutes and their tickets (iterative proportional fitting). With one campaign all its steps
get the same factor; times that a spec gives itself stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import yaml

from campaigncheck.calibration.past import PastCampaign
from campaigncheck.catalogue.models import Steps

ENOUGH = 100
"""Tickets from which on a campaign's measured mean counts."""

FARTHEST = 4.0
"""A campaign that takes so many times as long or as short as its steps is another transaction than its spec says."""

_ROUNDS = 1000


class ScaledStep(NamedTuple):
    """A step with its new times in minutes, the factor, and what that rests on."""

    id: str
    minutes: tuple[float, float, float]
    factor: float
    tickets: int
    campaigns: tuple[str, ...]


def scale(past: Sequence[PastCampaign], catalogue: Steps) -> list[ScaledStep]:
    """Return the steps that the tickets change, in the order of the catalogue."""
    usable = [campaign for campaign in past if _usable(campaign)]
    names = [name for name in catalogue.steps if any(name in _shared(campaign) for campaign in usable)]
    if not names:
        return []
    minutes = np.array([[_shared(campaign).get(name, 0.0) for name in names] for campaign in usable])
    fixed = np.array([sum(step.minutes for step, ours in campaign.steps if not ours) for campaign in usable])
    measured = np.array([float(campaign.handling.mean[0]) for campaign in usable])
    tickets = np.array([int(campaign.handling.rows[0]) for campaign in usable])
    factors = np.ones(len(names))
    weights = minutes * tickets[:, None]
    for _ in range(_ROUNDS):
        ratio = measured / (fixed + minutes @ factors)
        factors = factors * (weights * ratio[:, None]).sum(axis=0) / weights.sum(axis=0)
    found = []
    for at, name in enumerate(names):
        users = tuple(campaign.id for campaign in usable if name in _shared(campaign))
        low, likely, high = (round(value * float(factors[at]), 3) for value in catalogue.steps[name].minutes)
        used = int(tickets[minutes[:, at] > 0].sum())
        found.append(ScaledStep(name, (low, likely, high), round(float(factors[at]), 4), used, users))
    return found


def _shared(campaign: PastCampaign) -> dict[str, float]:
    """Return the minutes of a campaign's steps whose times are the catalogue's."""
    found: dict[str, float] = {}
    for step, ours in campaign.steps:
        if ours and step.minutes > 0:
            found[step.id] = found.get(step.id, 0.0) + step.minutes
    return found


def _usable(campaign: PastCampaign) -> bool:
    if not _shared(campaign) or int(campaign.handling.rows[0]) < ENOUGH:
        return False
    fixed = sum(step.minutes for step, ours in campaign.steps if not ours)
    measured = float(campaign.handling.mean[0])
    planned = sum(step.minutes for step, _ in campaign.steps)
    return measured > fixed and 1 / FARTHEST < measured / planned < FARTHEST


def write_steps(scaled: Sequence[ScaledStep], catalogue: Steps) -> str:
    """Write the whole catalogue of steps with the scaled ones in it; the others stay what they were."""
    changed = {step.id: step for step in scaled}
    whole = len(changed) == len(catalogue.steps) or not catalogue.about.assumption
    about = {
        "title": catalogue.about.title,
        "source": f"campaigncheck calibrate 按取号记录调整了 {len(changed)} 个步骤；其余：{catalogue.about.source}",
        "assumption": not whole,
    }
    steps = {}
    for name, entry in catalogue.steps.items():
        step = changed.get(name)
        written: dict[str, object] = {
            "name": {"zh": entry.name.zh, "en": entry.name.en},
            "minutes": list(step.minutes) if step else list(entry.minutes),
        }
        if entry.once:
            written["once"] = True
        source = _source(step) if step else entry.source
        if source:
            written["source"] = source
        steps[name] = written
    return yaml.safe_dump(
        {"about": about, "steps": steps}, allow_unicode=True, sort_keys=False, default_flow_style=None, width=160
    )


def _source(step: ScaledStep) -> str:
    return (
        f"实测（measured）：取号记录看不出单个步骤，按 {'、'.join(step.campaigns)} 共 {step.tickets} 笔办理的实测平均用时，"
        f"把共用的步骤一起按比例调整，这一步乘以 {step.factor:g}。"
    )
