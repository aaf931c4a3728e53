"""The handling time of a campaign as everybody is told it: steps and rehearsals together, at the place where it takes longest.

A step may happen only in some halls or on some channels. What a place has of its own stands in for what is general:
where a use of a step names the hall or the channel, the uses of that step that name neither do not count there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import fsum
from typing import NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.handling.pert import Estimate, spread
from campaigncheck.handling.plan import PlannedStep, handling_time, planned_steps
from campaigncheck.handling.rehearsals import Rehearsed, combined, rehearsed
from campaigncheck.spec.model import Campaign, StepUse, Trial

_MINUTE = 60.0
PRIOR = "rehearsal_prior"
"""The figure of the policy that says how many timings an estimate counts for."""


class Variant(NamedTuple):
    """The handling time at one kind of place; no halls are all those that have no steps of their own.

    ``plain`` is estimated from the steps, ``estimate`` holds ``timings`` of these halls, in minutes, as well.
    """

    channel: str
    halls: tuple[str, ...]
    steps: tuple[PlannedStep, ...]
    plain: Estimate
    estimate: Estimate
    timings: tuple[float, ...] = ()


class CounterTime(NamedTuple):
    """How long a transaction takes.

    Attributes:
        steps: what is done, where it takes longest.
        estimate: steps and rehearsals together, where it takes longest; None without steps.
        plain: the mean that the steps alone let expect where it was rehearsed.
        rehearsed: what was timed.
        variants: the places that differ, if any do.
        timings: what was timed, in minutes, where no places differ.
        prior: how many timings the estimate counts for; 0 where nothing was timed.
    """

    steps: list[PlannedStep]
    estimate: Estimate | None
    plain: float | None = None
    rehearsed: Rehearsed | None = None
    variants: tuple[Variant, ...] = ()
    timings: tuple[float, ...] = ()
    prior: float = 0.0


def counter_time(campaign: Campaign, catalogues: Catalogues) -> CounterTime:
    """Return the handling time of a campaign.

    Campaigns without rehearsals whose steps are the same everywhere are most, and cost nothing more than their estimate.
    """
    steps = planned_steps(campaign, catalogues.steps)
    trials = campaign.handling.trials
    if not varies(campaign):
        return _everywhere(campaign, steps, catalogues)
    prior = catalogues.limit(PRIOR, campaign.owner.region)
    places = _places(campaign, steps, prior)
    measured = rehearsed(trials)
    counters = [place for place in places if place.channel == places[0].channel]
    if not counters:
        return CounterTime(steps, None, None, measured)
    worst = max(counters, key=lambda place: (place.estimate.mean, place.estimate.p90))
    expected = _expected(counters, trials) if trials else None
    return CounterTime(
        [*worst.steps], worst.estimate, expected, measured, tuple(places), prior=prior if trials else 0.0
    )


def _everywhere(campaign: Campaign, steps: list[PlannedStep], catalogues: Catalogues) -> CounterTime:
    """Return the handling time where it is the same everywhere."""
    plain, trials = handling_time(steps), campaign.handling.trials
    if not trials:
        return CounterTime(steps, plain)
    if plain is None:
        return CounterTime(steps, None, None, rehearsed(trials))
    prior, timings = catalogues.limit(PRIOR, campaign.owner.region), _minutes(trials)
    estimate = _with(steps, plain, timings, prior)
    return CounterTime(steps, estimate, plain.mean, rehearsed(trials), timings=timings, prior=prior)


def varies(campaign: Campaign) -> bool:
    """Whether some step happens only in some halls or on some channels."""
    return any(use.halls or use.channels for use in campaign.handling.steps)


def together(one: StepUse, other: StepUse) -> bool:
    """Whether there is a place at which two uses of a step both count."""
    if bool(one.halls) != bool(other.halls) or bool(one.channels) != bool(other.channels):
        return False
    return _meet(one.halls, other.halls) and _meet(one.channels, other.channels)


def _meet(some: Sequence[str], others: Sequence[str]) -> bool:
    return not some or not others or not set(some).isdisjoint(others)


def _places(campaign: Campaign, steps: Sequence[PlannedStep], prior: float) -> list[Variant]:
    """Return the places that differ: counters first, then other channels whose steps are their own."""
    found: list[Variant] = []
    for channel in _channels(campaign):
        rehearsals = () if found and found[0].channel != channel else campaign.handling.trials
        groups = _groups(campaign, channel)
        elsewhere = set(chain.from_iterable(groups.values()))
        for positions, halls in groups.items():
            here = tuple([step for step in steps if step.position in positions])
            plain = handling_time(here)
            if plain is not None:
                general = "" in halls or "" not in elsewhere
                timed = _minutes(
                    trial for trial in rehearsals if trial.hall in halls or (general and trial.hall not in elsewhere)
                )
                named = () if "" in halls else tuple(halls)
                found.append(Variant(channel, named, here, plain, _with(here, plain, timed, prior), timed))
    return found


def _channels(campaign: Campaign) -> list[str]:
    """Return the channels on which steps are taken: the hall, and what steps name."""
    named = {channel for use in campaign.handling.steps for channel in use.channels}
    found: list[str] = [channel for channel in campaign.channels if channel in named and channel != "hall"]
    return ["hall", *found] if "hall" in campaign.channels or not found else found


def _groups(campaign: Campaign, channel: str) -> dict[frozenset[int], list[str]]:
    """Return halls by the positions of the steps that are taken there; "" are all halls that no step names."""
    uses = campaign.handling.steps
    named = {hall for use in uses for hall in use.halls} if channel == "hall" else set()
    rest = [] if campaign.halls and named.issuperset(campaign.halls) else [""]
    groups: dict[frozenset[int], list[str]] = {}
    for hall in (*rest, *sorted(named)):
        groups.setdefault(_taken(uses, hall, channel), []).append(hall)
    return groups


def _taken(uses: Sequence[StepUse], hall: str, channel: str) -> frozenset[int]:
    """Return the positions of the steps taken at a place: of each step the uses that name most of the place."""
    found: dict[str, tuple[int, list[int]]] = {}
    for position, use in enumerate(uses):
        if (use.halls and hall not in use.halls) or (use.channels and channel not in use.channels):
            continue
        names = bool(use.halls) + bool(use.channels)
        most, positions = found.get(use.step, (names, []))
        if names >= most:
            found[use.step] = (names, [*positions, position] if names == most else [position])
    return frozenset(position for _, positions in found.values() for position in positions)


def _minutes(trials: Iterable[Trial]) -> tuple[float, ...]:
    return tuple([value / _MINUTE for trial in trials for value in trial.seconds])


def _with(steps: Sequence[PlannedStep], plain: Estimate, timings: Sequence[float], prior: float) -> Estimate:
    if not timings:
        return plain
    return combined(plain, spread(tuple(sorted([step.timed for step in steps]))), timings, prior)


def _expected(places: Sequence[Variant], trials: Sequence[Trial]) -> float:
    """Return the mean that the steps let expect of the rehearsals, where each was timed."""
    by_hall = {hall: place.plain.mean for place in places for hall in place.halls}
    general = next((place.plain.mean for place in places if not place.halls), places[0].plain.mean)
    timed = sum(len(trial.seconds) for trial in trials)
    return fsum(by_hall.get(trial.hall, general) * len(trial.seconds) for trial in trials) / timed
