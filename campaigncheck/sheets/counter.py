"""How a transaction goes at the counter, step by step, with minutes."""

from __future__ import annotations

from dataclasses import dataclass

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.handling.counter import counter_time
from campaigncheck.handling.picture import Pictured, percent
from campaigncheck.handling.shape import Shape, shapes
from campaigncheck.labels import CHANNELS
from campaigncheck.messages import Message, Text, figure
from campaigncheck.sheets.phrases import Words, listed
from campaigncheck.spec.model import Campaign, StepUse

_MINUTES = Text("{likely}（{low}–{high}）", "{likely} ({low}–{high})")
_SAME = Text("{likely}", "{likely}")
_TAKES = Text("{likely} 分钟（{low} 到 {high} 分钟）", "{likely} minutes ({low} to {high})")
_TAKES_ALWAYS = Text("{likely} 分钟", "{likely} minutes")
_UNKNOWN = Text("没有用时", "no time known")
_SHARE = Text("约 {percent}% 的客户要做", "for about {percent} % of customers")
_TIMES = Text("做 {times} 遍", "{times} times")
_HALLS = Text("只在{halls}", "only at {halls}")
_CHANNELS = Text("只在{channels}办理时", "only for {channels}")
_TOTAL = Text(
    "平均 {mean} 分钟，十位客户里九位在 {p90} 分钟以内", "{mean} minutes on average, 9 of 10 within {p90} minutes"
)
_UNTIMED = Text(
    "这些步骤都没有用时，不知道办完一笔要多久。",
    "None of these steps takes a time that is known, so nobody knows how long it takes.",
)
_PART = Text("{bar} {percent}%", "{bar} {percent}%")
_PER_BLOCK = 5
"""Per cent of the whole time for which a bar has a block."""
_NOT_HERE = Text("这个活动不在柜台办。请客户用：{channels}。", "Not sold at the counter. Customers use: {channels}.")
_NO_STEPS = Text("还没有写柜台办理步骤。", "The steps at the counter are not written yet.")


@dataclass(frozen=True, slots=True)
class CounterStep:
    """One step: what it is called, its minutes for a table and for a sentence, what else there is to say.

    ``part`` is what it takes of the whole, as a bar of characters and in per cent; None if it is not taken, or not here.
    """

    name: Words
    minutes: Message
    takes: Message
    notes: tuple[Message, ...]
    part: Message | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """The steps with their total, or why there are none; what is drawn of them.

    Nothing is drawn where no step takes any time; ``untimed`` says so.
    """

    steps: tuple[CounterStep, ...]
    total: Message | None
    instead: Message | None
    picture: Pictured | None = None
    untimed: Message | None = None


def counter(campaign: Campaign, catalogues: Catalogues) -> Counter:
    """Return what happens at the counter."""
    time = counter_time(campaign, catalogues)
    drawn, estimate = shapes(time), time.estimate
    steps = tuple(_step(use, catalogues, _part(at, drawn)) for at, use in enumerate(campaign.handling.steps, 1))
    total = _TOTAL(mean=f"{estimate.mean:.1f}", p90=f"{estimate.p90:.1f}") if estimate else None
    untimed = _UNTIMED() if steps and not drawn else None
    return Counter(steps, total, None if steps else _instead(campaign), _picture(campaign, drawn, catalogues), untimed)


def _picture(campaign: Campaign, drawn: tuple[Shape, ...], catalogues: Catalogues) -> Pictured | None:
    if not drawn:
        return None
    known, halls = catalogues.steps.steps, drawn[0].halls
    names = {part.id: known[part.id].name.text for part in drawn[0].parts if part.id in known}
    return Pictured(campaign.title, drawn, names, dict(zip(halls, catalogues.network.names(halls), strict=True)))


def _part(number: int, drawn: tuple[Shape, ...]) -> Message | None:
    """Return what a step takes of the whole."""
    for part in drawn[0].parts if drawn else ():
        if part.number == number:
            share = percent(part.minutes, sum(part.minutes for part in drawn[0].parts))
            return _PART(bar="█" * max(1, round(share / _PER_BLOCK)), percent=share)
    return None


def _instead(campaign: Campaign) -> Message:
    if "hall" in campaign.channels:
        return _NO_STEPS()
    return _NOT_HERE(channels=listed(CHANNELS[channel] for channel in campaign.channels))


def _step(use: StepUse, catalogues: Catalogues, part: Message | None) -> CounterStep:
    entry = catalogues.steps.steps.get(use.step)
    minutes = use.minutes or (entry.minutes if entry else None)
    notes = []
    if use.times > 1:
        notes.append(_TIMES(times=use.times))
    if use.share < 1:
        notes.append(_SHARE(percent=figure(use.share * 100)))
    if use.halls:
        notes.append(_HALLS(halls=catalogues.network.names(use.halls)))
    if use.channels:
        notes.append(_CHANNELS(channels=listed(CHANNELS[channel] for channel in use.channels)))
    return CounterStep(entry.name.text if entry else use.step, _minutes(minutes), _takes(minutes), tuple(notes), part)


def _minutes(minutes: list[float] | None) -> Message:
    if minutes is None:
        return _UNKNOWN()
    low, likely, high = (figure(value) for value in minutes)
    return _SAME(likely=likely) if low == high else _MINUTES(low=low, likely=likely, high=high)


def _takes(minutes: list[float] | None) -> Message:
    if minutes is None:
        return _UNKNOWN()
    low, likely, high = (figure(value) for value in minutes)
    return _TAKES_ALWAYS(likely=likely) if low == high else _TAKES(low=low, likely=likely, high=high)
