"""Everything that there is to say about a campaign that is to pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from campaigncheck.engine.finding import INTERNAL, Finding
from campaigncheck.suggest.plan import Plan, Subject


class Suggestion(NamedTuple):
    """A plan that was tried, what it costs, and the spec as it would read.

    ``left`` is what is still to be mended by hand; ``new`` of that what the plan itself makes necessary;
    ``give_way`` are the others that have to change because of it, as they had before.
    """

    plan: Plan
    cost: int
    text: str
    left: tuple[Finding, ...]
    new: tuple[Finding, ...]
    give_way: tuple[Finding, ...]


@dataclass(frozen=True)
class Advice:
    """What stands in a campaign's way, and the ways in which it could run.

    Attributes:
        subject: the campaign.
        in_the_way: its findings that keep it from passing.
        by_hand: those of them that no other day, place or customers mend.
        give_way: findings of others that have to give way to it as it stands.
        suggestions: ways to run it, the nearest first.
        within: by how many days it was moved at most.
        gave_up: whether a search was given up before every plan was ruled out.
        unread: files that could not be compared.
    """

    subject: Subject
    in_the_way: tuple[Finding, ...]
    by_hand: tuple[Finding, ...]
    give_way: tuple[Finding, ...]
    suggestions: tuple[Suggestion, ...]
    within: int
    gave_up: bool
    unread: tuple[str, ...]

    @property
    def movable(self) -> tuple[Finding, ...]:
        """What other days, places or customers may mend."""
        return tuple([finding for finding in self.in_the_way if finding not in self.by_hand])

    @property
    def passes(self) -> bool:
        """Whether it passes, as it is or by a suggestion."""
        return not self.in_the_way or any(not item.left for item in self.suggestions)

    @property
    def crashed(self) -> bool:
        """Whether a rule failed."""
        return any(finding.rule == INTERNAL for finding in self.in_the_way)
