"""What trials teach: whom to keep away from, and where and when there is no room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigncheck.algebra.audience import Constraint
from campaigncheck.algebra.days import Days
from campaigncheck.suggest.plan import Plan
from campaigncheck.understand.entry import Entry


class Crowded(NamedTuple):
    """Starts at which too much begins within some days in some cities.

    Attributes:
        cities: the cities, as bits.
        starts: the first and the last such start.
        kept: the audience's limits with which that was found; it holds without them as well.
        halls: the halls with which that was found, where only they matter; None where halls do not.
    """

    cities: int
    starts: Days
    kept: tuple[tuple[str, Constraint], ...]
    halls: frozenset[str] | None


class Busy(NamedTuple):
    """A plan with which people would wait too long unless enough of the demand moves out of the halls.

    ``least`` is how much, in percent; it is more than can move where that does not help.
    """

    plan: Plan
    least: int


@dataclass
class Learnt:
    """Everything learnt so far.

    Attributes:
        rivals: campaigns that are in conflict with this one where they meet, and by which rules.
        beside: campaigns of cities that would be alone beside this one.
        crowded: starts that do not do.
        busy: plans with which people would wait too long.
        failed: plans that were tried in vain, whatever the reason.
        disagreed: rivals with which an agreement is not enough.
        always_met: rivals that are met although a child could stand in for one of the two.
        needed: cities, as bits, that cannot be left out because a child of the campaign runs there.
    """

    rivals: dict[str, set[str]] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)
    crowded: list[Crowded] = field(default_factory=list)
    busy: list[Busy] = field(default_factory=list)
    failed: list[Plan] = field(default_factory=list)
    disagreed: set[str] = field(default_factory=set)
    always_met: set[str] = field(default_factory=set)
    needed: int = 0

    def contradict(self, names: Iterable[str], rule: str, tried: Plan | None) -> None:
        """Take a conflict with some campaigns into account that a plan, if one was tried, did not avoid."""
        for name in names:
            self.rivals.setdefault(name, set()).add(rule)
            if tried is not None and name in tried.stacking:
                self.disagreed.add(name)
            elif tried is not None:
                self.always_met.add(name)


def crowded_starts(start: int, company: list[Entry], window: int) -> Days:
    """Return the starts at which a campaign begins within ``window`` days together with the same company as on ``start``."""
    days = Days(max(other.start for other in company) - window + 1, min(other.start for other in company) + window - 1)
    return days if days.first <= start <= days.last else Days(start, start)
