"""The way from draft to launch: which stage can follow which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from campaigncheck.history.histories import Known
    from campaigncheck.history.lives import Reached


ORDER = ("draft", "testing", "optimising", "approved", "launched")
"""The stages in their order; a campaign may be retired from any of them."""

FIRST = ("draft", "testing")
"""Where a campaign may begin: whoever has nothing to think over any more submits it for the test at once."""

LATE = frozenset(ORDER[2:])
"""The stages that somebody has to have come to from another."""


class Step(NamedTuple):
    """How a campaign came to its stage: from where (None: from nowhere), and the commit that took the step.

    A step that the base branch does not know yet has no commit.
    """

    before: Reached | None
    taken: Reached | None


def last_step(known: Known, stage: str) -> Step | None:
    """Return how a campaign came to its stage; None where nobody can say, or where there was nothing to come from.

    A time at which it was retired does not count: it comes back as what it was before.
    """
    life = known.life
    if life is None:
        return Step(None, None) if known.begun else None
    if not life.stages:  # nothing that could be read
        return None
    taken: Reached | None = None
    for stay in life.stages:
        if stay.stage not in (stage, "retired"):
            return Step(stay, taken)
        if stay.stage == stage:
            taken = stay
    return _from_nowhere(known, taken)


def _from_nowhere(known: Known, taken: Reached | None) -> Step | None:
    return Step(None, taken) if known.whole and known.begun else None


def may_follow(before: str | None, stage: str) -> bool:
    """Whether a stage can be reached: from the one before it, by going back, or at the beginning."""
    if stage == "retired":
        return True
    if before is None or before == "retired":
        return stage in FIRST
    return ORDER.index(stage) <= ORDER.index(before) + 1


def next_stage(before: str | None) -> str:
    """Return the furthest stage that can be reached."""
    return FIRST[-1] if before is None else ORDER[min(ORDER.index(before) + 1, len(ORDER) - 1)]
