"""A way in which a campaign could run, and how far it is from what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from campaigncheck.algebra.audience import Constraint
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.examine import Examined
from campaigncheck.messages import Message, Text, figure
from campaigncheck.rulekit.wording import CHANNEL_NAMES
from campaigncheck.source.edit import Drop, Put, edit
from campaigncheck.spec.model import Campaign
from campaigncheck.suggest.conditions import narrow, share_kept, write_condition
from campaigncheck.understand.clauses import ELECTRONIC
from campaigncheck.understand.entry import Entry

LOST_REACH = 1000
"""Cost of giving up everything: every day, every city, every customer."""

SHIFTED_DAY = 5
"""Cost of a day's shift: two hundred days weigh as much as giving the campaign up (assumption)."""

AGREEMENT = 50
"""Cost of an agreement with another campaign: as much as a twentieth of the reach (assumption)."""

WITHOUT_HALLS = 200
"""Cost of leaving the halls: customers move to other channels, and some stay away (assumption)."""

ANOTHER_KIND = 30
"""Cost of each further kind of change: one change is easier to agree on than two (assumption)."""

_MOVE = Text("{days} 天后再开始：{start} 至 {end}", "start {days} days later: {start} to {end}")
_MOVE_UP = Text("提前 {days} 天：{start} 至 {end}", "start {days} days earlier: {start} to {end}")
_SHORTEN = Text("缩短 {days} 天：{start} 至 {end}", "{days} days shorter: {start} to {end}")
_CITIES = Text("去掉 {count} 个城市：{names}", "leave out {count} cities: {names}")
_HALLS = Text("去掉 {count} 个营业厅：{names}", "leave out {count} halls: {names}")
_ELECTRONIC = Text("不在营业厅办，营业厅的 {share} 转到{channels}", "not in halls: their {share} move to {channels}")
_AUDIENCE = Text("客户范围收窄：{label}限于 {kept}", "narrow the audience: {label} limited to {kept}")
_STACKING = Text(
    "和“{campaign}”商定可以同享，写进 stacks_with", "agree with “{campaign}” that both can be held (stacks_with)"
)


class Plan(NamedTuple):
    """When, where, for whom and how a campaign would run.

    Attributes:
        start, last: the first and last day, as ordinals.
        cities: the cities kept, as bits.
        halls: the halls kept, of those it names.
        in_halls: whether it is still sold at the counter.
        kept: attributes that the audience is limited to.
        stacking: campaigns with which it is agreed that both can be held.
    """

    start: int
    last: int
    cities: int
    halls: frozenset[str]
    in_halls: bool
    kept: tuple[tuple[str, Constraint], ...] = ()
    stacking: tuple[str, ...] = ()


class Change(NamedTuple):
    """One difference from what was planned, for people and for programs."""

    kind: str
    message: Message
    data: dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """The campaign that is to pass, as written and as understood."""

    item: Examined
    campaign: Campaign
    entry: Entry
    text: str
    catalogues: Catalogues
    titles: Mapping[str, str]

    @property
    def planned(self) -> Plan:
        """The campaign as it stands."""
        period = self.campaign.period
        return Plan(
            period.start.toordinal(), period.end.toordinal(), self.entry.cities, self.entry.halls, self.entry.in_halls
        )

    @property
    def electronic(self) -> list[str]:
        """The electronic channels on which it is sold."""
        return [channel for channel in self.campaign.channels if channel in ELECTRONIC]

    def write(self, plan: Plan) -> str:
        """Return the spec with a plan carried out.

        Raises:
            EditError: when the spec is written in a way that the change cannot be made in place.
        """
        return edit(self.text, [change for changes in self._edits(plan) for change in changes])

    def cost(self, plan: Plan) -> int:
        """Return how far a plan is from what was planned: the smaller, the better."""
        planned = self.planned
        length = planned.last - planned.start + 1
        lost_days = length - (plan.last - plan.start + 1)
        cost = SHIFTED_DAY * abs(plan.start - planned.start) + LOST_REACH * lost_days // length
        cost += LOST_REACH * (planned.cities & ~plan.cities).bit_count() // planned.cities.bit_count()
        if planned.halls:
            cost += LOST_REACH * len(planned.halls - plan.halls) // len(planned.halls)
        for name, kept in plan.kept:
            cost += round(LOST_REACH * (1 - share_kept(self.catalogues.domain[name], kept)))
        cost += AGREEMENT * len(plan.stacking) + WITHOUT_HALLS * (planned.in_halls and not plan.in_halls)
        return cost + ANOTHER_KIND * len({change.kind for change in self.changes(plan)})

    def changes(self, plan: Plan) -> list[Change]:
        """Return what a plan changes."""
        return [*self._days(plan), *self._places(plan), *self._customers(plan), *self._agreements(plan)]

    def _days(self, plan: Plan) -> Iterator[Change]:
        planned = self.planned
        start, end = date.fromordinal(plan.start), date.fromordinal(plan.last)
        shift, lost = plan.start - planned.start, planned.last - planned.start - (plan.last - plan.start)
        data = {"start": str(start), "end": str(end)}
        if shift and not lost:
            text = _MOVE if shift > 0 else _MOVE_UP
            yield Change("shift", text(days=abs(shift), start=start, end=end), {"days": shift, **data})
        elif lost:
            yield Change("shorten", _SHORTEN(days=lost, start=start, end=end), {"days": -lost, **data})

    def _places(self, plan: Plan) -> Iterator[Change]:
        regions, planned = self.catalogues.regions, self.planned
        codes = list(regions.names(planned.cities & ~plan.cities))
        if codes:
            names = [regions.name(code) for code in codes]
            yield Change("drop_cities", _CITIES(count=len(codes), names=names), {"cities": codes})
        halls = sorted(planned.halls - plan.halls)
        if halls and plan.in_halls:
            known = self.catalogues.network.halls
            names = [known[hall].name if hall in known else hall for hall in halls]
            yield Change("drop_halls", _HALLS(count=len(halls), names=names), {"halls": halls})
        if planned.in_halls and not plan.in_halls:
            share = self._share_of_halls()
            channels = [CHANNEL_NAMES[channel] for channel in self.electronic]
            message = _ELECTRONIC(share=_PERCENT(percent=figure(100 * share)), channels=channels)
            yield Change("electronic", message, {"share": share, "channels": self.electronic})

    def _customers(self, plan: Plan) -> Iterator[Change]:
        for name, kept in plan.kept:
            written = write_condition(self.catalogues.domain[name], kept)
            label = self.catalogues.attributes.attributes[name].label.text
            shown = [_shown(item) for item in (written if isinstance(written, list) else [written])]
            yield Change("narrow", _AUDIENCE(label=label, kept=shown), {"attribute": name, "condition": written})

    def _agreements(self, plan: Plan) -> Iterator[Change]:
        for name in plan.stacking:
            yield Change("stacking", _STACKING(campaign=self.titles.get(name, name)), {"campaign": name})

    def _share_of_halls(self) -> float:
        demand = self.campaign.demand
        return demand.channel_share.get("hall", 0.0) if demand else 0.0

    def _edits(self, plan: Plan) -> Iterator[Iterable[Put | Drop]]:
        planned = self.planned
        if plan.start != planned.start:
            yield [Put(("period", "start"), date.fromordinal(plan.start))]
        if plan.last != planned.last:
            yield [Put(("period", "end"), date.fromordinal(plan.last))]
        if plan.cities != planned.cities:
            yield self._region_edits(planned.cities & ~plan.cities)
        if plan.halls != planned.halls and plan.in_halls:
            gone = [index for index, hall in enumerate(self.campaign.halls) if hall not in plan.halls]
            yield [Drop(("halls", index)) for index in reversed(gone)]
        if plan.in_halls != planned.in_halls:
            yield self._channel_edits()
        if plan.kept:
            yield [Put(("audience",), self._narrowed(plan))]
        if plan.stacking:
            yield self._stacking_edits(plan.stacking)

    def _region_edits(self, gone: int) -> Iterator[Put | Drop]:
        """Leave cities out: those written out are deleted, those inside a province are excluded."""
        regions, written = self.catalogues.regions, self.campaign.regions
        whole = [
            index for index, code in enumerate(written.include) if (mask := regions.masks[code]) and mask & ~gone == 0
        ]
        yield from (Drop(("regions", "include", index)) for index in reversed(whole))
        left = 0
        for index, code in enumerate(written.include):
            left |= regions.masks[code] if index not in whole else 0
        exclude = list(written.exclude)
        for code in regions.names(gone & left):
            yield Put(("regions", "exclude", len(exclude)), code)
            exclude.append(code)

    def _channel_edits(self) -> Iterator[Put | Drop]:
        yield Drop(("channels", self.campaign.channels.index("hall")))
        if self.campaign.halls:
            yield Drop(("halls",))
        demand = self.campaign.demand
        share: dict[str, float] = {str(name): part for name, part in demand.channel_share.items()} if demand else {}
        moved = share.pop("hall", 0.0)
        if moved:
            takers = [channel for channel in self.electronic if share.get(channel)] or self.electronic
            whole = sum(share.get(channel, 0.0) for channel in takers)
            for channel in takers:
                part = share.get(channel, 0.0) / whole if whole else 1 / len(takers)
                share[channel] = round(share.get(channel, 0.0) + moved * part, 4)
            share[takers[-1]] = round(1 - sum(value for key, value in share.items() if key != takers[-1]), 4)
            yield Put(("demand", "channel_share"), share)

    def _narrowed(self, plan: Plan) -> list[dict[str, Any]]:
        groups: list[dict[str, Any]] = [dict(group) for group in self.campaign.audience]
        for name, kept in plan.kept:
            groups = narrow(self.catalogues.domain, groups, name, kept)
        return groups

    def _stacking_edits(self, names: Sequence[str]) -> list[Put | Drop]:
        return [
            Put(("offers", index, "stacks_with", len(offer.stacks_with) + more), f"campaign:{name}")
            for index, offer in enumerate(self.campaign.offers)
            for more, name in enumerate(names)
        ]


_PERCENT = Text("{percent}%", "{percent} %")


def _shown(value: Any) -> Text | str:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    return str(value)
