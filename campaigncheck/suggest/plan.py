"""A way in which a campaign could run, and how far it is from what was planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import NamedTuple

from campaigncheck.algebra.audience import Constraint
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.examine import Examined
from campaigncheck.spec.model import Campaign
from campaigncheck.suggest.cost import Amounts, Prices, narrowing
from campaigncheck.understand.clauses import ELECTRONIC
from campaigncheck.understand.entry import Entry


class Plan(NamedTuple):
    """When, where, for whom and how a campaign would run.

    Attributes:
        start, last: the first and last day, as ordinals.
        cities: the cities kept, as bits.
        halls: the halls kept, of those it names.
        in_halls: whether it is still sold at the counter.
        kept: what the audience is limited to, by attribute.
        stacking: campaigns with which it is agreed that both can be held.
        moved: how much of the demand moves from halls to electronic channels, in percent of all of it.
    """

    start: int
    last: int
    cities: int
    halls: frozenset[str]
    in_halls: bool
    kept: tuple[tuple[str, Constraint], ...] = ()
    stacking: tuple[str, ...] = ()
    moved: int = 0

    @property
    def length(self) -> int:
        """How many days it runs."""
        return self.last - self.start + 1


@dataclass(frozen=True)
class Subject:
    """The campaign that is to pass, as written and as understood, and the others that count."""

    item: Examined
    campaign: Campaign
    entry: Entry
    text: str
    catalogues: Catalogues
    others: Mapping[str, Entry]

    @cached_property
    def planned(self) -> Plan:
        """The campaign as it stands."""
        period = self.campaign.period
        return Plan(
            period.start.toordinal(), period.end.toordinal(), self.entry.cities, self.entry.halls, self.entry.in_halls
        )

    @cached_property
    def electronic(self) -> list[str]:
        """The electronic channels on which it is sold."""
        return [channel for channel in self.campaign.channels if channel in ELECTRONIC]

    @property
    def may_leave_halls(self) -> bool:
        """Whether it could be sold elsewhere than in halls."""
        return self.planned.in_halls and bool(self.electronic)

    @cached_property
    def most_moved(self) -> int:
        """How much of the demand can move out of halls that go on selling it, in percent of all of it."""
        demand = self.campaign.demand
        share = demand.channel_share.get("hall", 0.0) if demand and self.may_leave_halls else 0.0
        return max(0, ceil(round(100 * share, 6)) - 1)

    @cached_property
    def prices(self) -> Prices:
        """What changes cost."""
        planned = self.planned
        return Prices(planned.length, planned.cities.bit_count(), len(planned.halls))

    def city_of(self, hall: str) -> str | None:
        """Return the city of a hall, if the network knows it and the campaign is there."""
        city = self.catalogues.network.city_of.get(hall)
        return city if city and self.catalogues.regions.masks[city] & self.planned.cities else None

    def halls_lost(self, plan: Plan) -> list[str]:
        """Return the halls that are left out in cities that stay."""
        masks = self.catalogues.regions.masks
        lost = sorted(self.planned.halls - plan.halls)
        return [hall for hall in lost if (city := self.city_of(hall)) is None or masks[city] & plan.cities]

    def used(self, plan: Plan) -> frozenset[str]:
        """Return which kinds of change a plan makes use of."""
        planned = self.planned
        within = planned.start <= plan.start and plan.last <= planned.last
        kinds = {
            "later": plan.start > planned.start and not within,
            "earlier": plan.start < planned.start,
            "shorten": plan.length < planned.length,
            "cities": plan.cities != planned.cities,
            "halls": bool(self.halls_lost(plan)),
            "electronic": plan.in_halls != planned.in_halls,
            "narrow": bool(plan.kept),
            "stacking": bool(plan.stacking),
            "share": bool(plan.moved),
        }
        return frozenset(name for name, changed in kinds.items() if changed)

    def narrowing(self, name: str, kept: Constraint) -> int:
        """Return what limiting the audience by one attribute costs."""
        return narrowing(self.catalogues.domain, self.campaign.audience, name, kept)

    def amounts(self, plan: Plan) -> Amounts:
        """Return how much a plan changes."""
        planned = self.planned
        shifted, lost_days = abs(plan.start - planned.start), planned.length - plan.length
        cities, halls = (planned.cities & ~plan.cities).bit_count(), len(self.halls_lost(plan))
        without_halls = int(planned.in_halls and not plan.in_halls)
        kinds = (shifted or lost_days, cities, halls, without_halls, plan.kept, plan.stacking, plan.moved)
        return Amounts(
            shifted=shifted,
            lost_days=lost_days,
            cities=cities,
            halls=halls,
            narrowing=sum(self.narrowing(name, kept) for name, kept in plan.kept),
            agreements=len(plan.stacking),
            without_halls=without_halls,
            moved=plan.moved,
            kinds=sum(map(bool, kinds)),
        )

    def cost(self, plan: Plan) -> int:
        """Return how far a plan is from what was planned: the smaller, the better."""
        cost: int = self.prices.total(self.amounts(plan))
        return cost
