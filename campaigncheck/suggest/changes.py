"""What a plan changes, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from campaigncheck.algebra.audience import Attribute, Constraint
from campaigncheck.messages import Message, Text, figure
from campaigncheck.rulekit.wording import CHANNEL_NAMES
from campaigncheck.suggest.conditions import write_condition
from campaigncheck.suggest.plan import Plan, Subject

_MOVE = Text("推迟 {days} 天：{start} 至 {end}", "start {days} days later: {start} to {end}")
_MOVE_UP = Text("提前 {days} 天：{start} 至 {end}", "start {days} days earlier: {start} to {end}")
_SHORTEN = Text("少办 {lost} 天：{start} 至 {end}", "{lost} days shorter: {start} to {end}")
_BOTH = Text(
    "推迟 {days} 天、少办 {lost} 天：{start} 至 {end}", "start {days} days later, {lost} days shorter: {start} to {end}"
)
_BOTH_UP = Text(
    "提前 {days} 天、少办 {lost} 天：{start} 至 {end}",
    "start {days} days earlier, {lost} days shorter: {start} to {end}",
)
_CITIES = Text("去掉 {count} 个城市：{names}", "leave out {names}")
_MANY_CITIES = Text("去掉 {count} 个城市：{names}等", "leave out {count} cities: {names} and others")
_MOST = 10
"""How many cities a sentence names."""
_CITIES_KEPT = Text(
    "只留 {count} 个城市：{names}，其余 {lost} 个去掉", "keep only {names}, and leave out the other {lost}"
)
_HALLS = Text("去掉 {count} 个营业厅：{names}", "leave out the halls {names}")
_ELECTRONIC = Text("不在营业厅办，只在 {channels} 上办", "not sold in halls any more, but on {channels}")
_ELECTRONIC_SHARE = Text(
    "不在营业厅办，营业厅的 {share} 业务量转到 {channels}",
    "not sold in halls any more: their {share} of the demand moves to {channels}",
)
_SOME = Text(
    "把 {moved} 的业务量从营业厅引导到 {channels}，营业厅还承担 {left}",
    "win over {moved} of the demand from halls to {channels}; halls keep {left}",
)
_AUDIENCE = Text("客户范围收窄，只限{who}的客户", "narrow the audience: only customers with {who}")
_IS = Text("{label} {values}", "{label} {values}")
_NOT = Text("不是“{label}”", "not “{label}”")
_FROM = Text("{low} {unit}及以上", "{low} {unit} or more")
_UP_TO = Text("{high} {unit}及以下", "at most {high} {unit}")
_BETWEEN = Text("{low} 到 {high} {unit}", "{low} to {high} {unit}")
_STACKING = Text(
    "和“{campaign}”商定两边可以同时享受，写进 stacks_with",
    "agree with “{campaign}” that both can be held, and say so in stacks_with",
)
_PERCENT = Text("{percent}%", "{percent} %")


class Change(NamedTuple):
    """One difference from what was planned."""

    kind: str
    message: Message
    data: dict[str, Any]


def changes(subject: Subject, plan: Plan) -> list[Change]:
    """Return what a plan changes."""
    found = (_days, _places, _channels, _demand, _customers, _agreements)
    return [change for part in found for change in part(subject, plan)]


def _days(subject: Subject, plan: Plan) -> Iterator[Change]:
    planned = subject.planned
    shift, lost = plan.start - planned.start, planned.length - plan.length
    if not shift and not lost:
        return
    start, end = date.fromordinal(plan.start), date.fromordinal(plan.last)
    if not lost:
        text = _MOVE if shift > 0 else _MOVE_UP
    elif plan.last > planned.last or plan.start < planned.start:
        text = _BOTH if shift > 0 else _BOTH_UP
    else:
        text = _SHORTEN
    message = text(days=abs(shift), lost=lost, start=start, end=end)
    data = {"start": str(start), "end": str(end)}
    if lost:
        yield Change("shorten", message, {"days": -lost, "shift": shift, **data})
    else:
        yield Change("shift", message, {"days": shift, **data})


def _places(subject: Subject, plan: Plan) -> Iterator[Change]:
    regions = subject.catalogues.regions
    codes = list(regions.names(subject.planned.cities & ~plan.cities))
    if codes:
        yield Change("drop_cities", _cities(subject, plan, codes), {"cities": codes})
    halls = subject.halls_lost(plan)
    if halls and plan.in_halls:
        names = subject.catalogues.network.names(halls)
        yield Change("drop_halls", _HALLS(count=len(halls), names=names), {"halls": halls})


def _cities(subject: Subject, plan: Plan, codes: list[str]) -> Message:
    """Name the cities that go or those that stay, whichever are fewer."""
    regions = subject.catalogues.regions
    kept = list(regions.names(plan.cities))
    if len(kept) < len(codes) and len(kept) <= _MOST:
        names = [regions.name(code) for code in kept]
        return _CITIES_KEPT(count=len(kept), names=names, lost=len(codes))
    names = [regions.name(code) for code in codes[:_MOST]]
    return (_CITIES if len(codes) <= _MOST else _MANY_CITIES)(count=len(codes), names=names)


def _channels(subject: Subject, plan: Plan) -> Iterator[Change]:
    if subject.planned.in_halls and not plan.in_halls:
        demand = subject.campaign.demand
        share = demand.channel_share.get("hall", 0.0) if demand else 0.0
        channels = [CHANNEL_NAMES[channel] for channel in subject.electronic]
        text = _ELECTRONIC_SHARE if share else _ELECTRONIC
        message = text(share=_PERCENT(percent=figure(100 * share)), channels=channels)
        yield Change("electronic", message, {"share": share, "channels": subject.electronic})


def _demand(subject: Subject, plan: Plan) -> Iterator[Change]:
    demand = subject.campaign.demand
    if plan.moved and demand:
        left = round(demand.channel_share["hall"] - plan.moved / 100, 4)
        channels = [CHANNEL_NAMES[channel] for channel in subject.electronic]
        shown = {"moved": _PERCENT(percent=plan.moved), "left": _PERCENT(percent=figure(100 * left))}
        data = {"moved": plan.moved / 100, "left": left, "channels": subject.electronic}
        yield Change("share", _SOME(channels=channels, **shown), data)


def _customers(subject: Subject, plan: Plan) -> Iterator[Change]:
    for name, kept in plan.kept:
        written = write_condition(subject.catalogues.domain[name], kept)
        message = _AUDIENCE(who=_who(subject, name, kept))
        yield Change("narrow", message, {"attribute": name, "condition": written})


def _who(subject: Subject, name: str, kept: Constraint) -> Message:
    """Describe the customers that an attribute is limited to."""
    attribute, entry = subject.catalogues.domain[name], subject.catalogues.attributes.attributes[name]
    label = entry.label.text
    if not isinstance(kept, int):
        unit = entry.unit.text if entry.unit else ""
        return _IS(label=label, values=[_span(attribute, unit, *span) for span in kept])
    values = [value for index, value in enumerate(attribute.values) if kept >> index & 1]
    if entry.type == "boolean":
        negated = entry.negated.text if entry.negated else _NOT
        return (label if values == [True] else negated)(label=label)
    return _IS(label=label, values=[entry.names.get(str(value), str(value)) for value in values])


def _span(attribute: Attribute, unit: Text | str, low: int, high: int) -> Message:
    values = {"low": figure(low / attribute.scale), "high": figure(high / attribute.scale), "unit": unit}
    if high >= attribute.largest:
        return _FROM(**values)
    return (_UP_TO if low == 0 else _BETWEEN)(**values)


def _agreements(subject: Subject, plan: Plan) -> Iterator[Change]:
    for name in plan.stacking:
        yield Change("stacking", _STACKING(campaign=subject.others[name].title), {"campaign": name})
