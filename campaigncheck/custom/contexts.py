"""What expressions are asked of: each campaign is converted once, whatever the number of rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.custom import Scope
from campaigncheck.catalogue.models import level_of
from campaigncheck.custom.asking import Measured
from campaigncheck.custom.bounds import ALL
from campaigncheck.custom.expressions import Compiled, language
from campaigncheck.custom.seen import SeenCampaign, Shared, cities, seen
from campaigncheck.custom.shape import message, moment, plain
from campaigncheck.rulekit.rule import CampaignView
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.entry import Entry

_KEPT = 256
"""Campaigns kept converted; more than go through the rules together."""
_SEEN_KEPT = 20_000

_LISTS: dict[Scope, tuple[str, str]] = {
    "offer": ("offers", "offer"),
    "text": ("texts", "text"),
    "faq": ("faq", "entry"),
}
"""Where the parts are that a rule looks at one at a time, and by which name."""


EVERYTHING = frozenset((*Campaign.model_fields, *SeenCampaign.model_fields))


def wanted(scope: Scope, expressions: Iterable[Compiled], variables: Collection[str]) -> frozenset[str]:
    """Return the fields of some variables that expressions ask for."""
    asked = {name for item in expressions for variable, name in item.bounds.fields if variable in variables}
    own = {_LISTS[scope][0]} if scope in _LISTS else set()
    return EVERYTHING if ALL in asked else frozenset(asked | own)


class Case(NamedTuple):
    """One thing that a rule looks at: where it stands, and its values as the library holds them."""

    path: Path
    activation: Any


@dataclass(frozen=True)
class Context:
    """One campaign as expressions see it."""

    campaign: Campaign
    today: int
    wanted: frozenset[str] = EVERYTHING

    @cached_property
    def values(self) -> dict[str, Any]:
        """The campaign's fields as plain values, those that any rule asks for."""
        given = self.campaign.__dict__
        value: dict[str, Any] = plain({name: given[name] for name in given if name in self.wanted})
        if "owner" in value:
            value["owner"]["level"] = self.owner_level
        if "period" in value:
            period = self.campaign.period
            value["period"]["days"] = period.end.toordinal() - period.start.toordinal() + 1
        return value

    @cached_property
    def message(self) -> Any:
        """The campaign as a message."""
        return message(Campaign, self.values)

    @cached_property
    def measured(self) -> Measured:
        """How large it is."""
        return Measured((self.values,), self.message.ByteSize())

    @property
    def owner_level(self) -> str:
        """The level of whoever runs it."""
        return level_of(self.campaign.owner.region)

    def cases(self, scope: Scope) -> list[Case]:
        """Return what a rule of this kind looks at, one after the other."""
        known = self._cases.get(scope)
        if known is None:
            known = self._cases[scope] = list(self._made(scope))
        return known

    @cached_property
    def _cases(self) -> dict[Scope, list[Case]]:
        return {}

    def _made(self, scope: Scope) -> Iterable[Case]:
        values = {"campaign": self.message, "owner_level": self.owner_level, "today": moment(self.today)}
        activation = language(scope).env.Activation
        if scope not in _LISTS:
            return [Case((), activation(values))]
        where, name = _LISTS[scope]
        parts = enumerate(getattr(self.message, where))
        return [Case((where, index), activation({**values, name: part})) for index, part in parts]


@dataclass
class Contexts:
    """The campaigns converted last, for all rules together.

    ``wanted`` are the fields that any of these asks for: of a campaign, and of the two of a pair.
    """

    wanted: frozenset[str] = EVERYTHING
    wanted_of_others: frozenset[str] = EVERYTHING
    kept: dict[int, Context] = field(default_factory=dict)
    seen: dict[str, tuple[Entry, dict[str, Any], Any]] = field(default_factory=dict)

    def of(self, view: CampaignView) -> Context:
        """Return a campaign as expressions see it."""
        key = id(view.campaign)  # it is kept with the context, so nothing else can have its number
        known = self.kept.get(key)
        if known is None or known.today != view.today:
            if len(self.kept) >= _KEPT:
                self.kept.clear()
            known = self.kept[key] = Context(view.campaign, view.today, self.wanted)
        return known

    def of_entry(self, entry: Entry, regions: RegionTree) -> tuple[dict[str, Any], Any]:
        """Return what others see of a campaign, as plain values and as a message."""
        known = self.seen.get(entry.id)
        if known is None or known[0] is not entry:
            if len(self.seen) >= _SEEN_KEPT:
                self.seen.clear()
            values = plain(seen(entry, regions, self.wanted_of_others))
            known = self.seen[entry.id] = entry, values, message(SeenCampaign, values)
        return known[1], known[2]


def shared(days: Days, mask: int, regions: RegionTree) -> tuple[dict[str, Any], Any]:
    """Return what two campaigns share, as plain values and as a message."""
    values = plain({"start": days.start, "end": days.end, "days": days.length, "cities": cities(mask, regions)})
    return values, message(Shared, values)
