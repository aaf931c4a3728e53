"""What a change costs: how far a plan is from what was planned. The figures are assumptions (docs/suggest.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from campaigncheck.algebra.audience import Attribute, Constraint, Group, meet_constraints
from campaigncheck.understand.conditions import read_audience

WHOLE = 1_000_000
"""Cost of giving up everything: every day, every city, every customer."""

SHIFTED_DAY = 5_000
"""Cost of starting a day later or earlier: two hundred days weigh as much as giving the campaign up."""

AGREEMENT = 50_000
"""Cost of an agreement with another campaign: a twentieth of the whole."""

WITHOUT_HALLS = 200_000
"""Cost of leaving the halls: customers move to other channels, and some stay away."""

MOVED_POINT = 1_500
"""Cost of each percent of the demand that moves out of halls which go on selling: somebody has to win customers over."""

ANOTHER_KIND = 30_000
"""Cost of each further kind of change: one change is easier to agree on than two."""

NUMBER_KEPT = 0.5
"""Share of customers taken to be left when a number is limited: how they spread over it is not known."""


class Amounts(NamedTuple):
    """How much a plan changes, in the units that have a price.

    Attributes:
        shifted: days by which the start moves.
        lost_days: days that it is shorter.
        cities: cities left out.
        halls: halls left out in the cities that stay.
        narrowing: cost of the audience's limits (:func:`narrowing`).
        agreements: campaigns with which something is to be agreed.
        without_halls: 1 if it is no longer sold at the counter.
        moved: percent of the demand that move to electronic channels.
        kinds: how many kinds of change there are.
    """

    shifted: Any = 0
    lost_days: Any = 0
    cities: Any = 0
    halls: Any = 0
    narrowing: Any = 0
    agreements: Any = 0
    without_halls: Any = 0
    moved: Any = 0
    kinds: Any = 0


@dataclass(frozen=True)
class Prices:
    """What the changes of one campaign cost: shares of its own days, cities and halls."""

    days: int
    cities: int
    halls: int

    def total(self, amounts: Amounts) -> Any:
        """Return the cost of a plan; of the solver's variables, an expression of it."""
        return (
            SHIFTED_DAY * amounts.shifted
            + _part(self.days) * amounts.lost_days
            + _part(self.cities) * amounts.cities
            + _part(self.halls) * amounts.halls
            + amounts.narrowing
            + AGREEMENT * amounts.agreements
            + WITHOUT_HALLS * amounts.without_halls
            + MOVED_POINT * amounts.moved
            + ANOTHER_KIND * amounts.kinds
        )


def _part(count: int) -> int:
    return WHOLE // max(1, count)


def narrowing(
    attributes: Mapping[str, Attribute], groups: Sequence[Mapping[str, Any]], name: str, kept: Constraint
) -> int:
    """Return the cost of limiting an audience by one attribute: the share of its customers that is lost."""
    audience, _ = read_audience(attributes, list(groups))
    shares = [_share(attributes[name], group, kept) for group in audience]
    return round(WHOLE * (1 - sum(shares) / max(1, len(shares))))


def _share(attribute: Attribute, group: Group, kept: Constraint) -> float:
    """Return the share of a group that is kept, every value of an attribute being as frequent as any other."""
    before = dict(group).get(attribute.name, attribute.everything)
    both = meet_constraints(before, kept)
    if both == before or not both:
        return 1.0 if both else 0.0
    if isinstance(before, int) and isinstance(both, int):
        return both.bit_count() / before.bit_count()
    return NUMBER_KEPT
