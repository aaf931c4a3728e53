"""READY004: no support contact for the front line, or its hours do not cover the halls' and the hotline's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.catalogue.network import widest
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample

_NONE = Text("没有写一线遇到问题找谁", "nothing says whom the front line asks")
_NONE_HINT = Text(
    '加上 support: {{contact: 省业务支撑台 内线 8001, hours: "{hours}"}}',
    'Add support: {{contact: …, hours: "{hours}"}}',
)
_NO_HOURS = Text("支撑电话没有写值守时间", "the support contact has no hours")
_NO_HOURS_HINT = Text('加上 hours，至少 "{hours}"。', 'Add hours, at least "{hours}".')
_GAP = Text(
    "支撑值守 {hours}，没有覆盖{what}的 {needed}（{where}）",
    "support from {hours} does not cover the {needed} of {what} ({where})",
)
_GAP_HINT = Text('把值守时间改成至少 "{hours}"。', 'Extend the hours to at least "{hours}".')
_HALLS = Text("营业厅", "the halls")
_HOTLINE = Text("热线", "the hotline")
_ASSUMED = Text("没有数据，按一般时间", "no data, usual hours assumed")
_SOLD = Text("在这里办理", "sold here")

_DAY = 24 * 60


class _Need(NamedTuple):
    """Minutes of the day that somebody has to be reachable, for whom, and who opens longest."""

    channel: str
    what: Text
    where: object
    first: int
    last: int


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield one problem for a missing contact or hours, else one for each channel not covered."""
    needs = list(_needs(view))
    support = view.campaign.support
    if not needs or (support and support.hours and _covered(minutes(support.hours), needs)):
        return
    wanted = _clock(min(need.first for need in needs), max(need.last for need in needs))
    if support is None:
        path = ("channels", view.campaign.channels.index(needs[0].channel))  # type: ignore[arg-type]
        yield Problem(path, _NONE(), _NONE_HINT(hours=wanted))
    elif support.hours is None:
        yield Problem(("support", "contact"), _NO_HOURS(), _NO_HOURS_HINT(hours=wanted))
    else:
        yield from _gaps(view, support.hours, needs, wanted)


def _covered(hours: tuple[int, int], needs: list[_Need]) -> bool:
    return all(_covers(hours, need) for need in needs)


def _covers(hours: tuple[int, int], need: _Need) -> bool:
    """Whether support that keeps these hours every day is there; past midnight it is yesterday's that still is."""
    first, last = hours
    if last - first >= _DAY:
        return True
    return any(first - back <= need.first and need.last <= last - back for back in (0, _DAY))


def _gaps(view: CampaignView, hours: str, needs: list[_Need], wanted: str) -> Iterator[Problem]:
    first, last = given = minutes(hours)
    if last <= _DAY:  # hours through the night are meant for something else, and no use widening
        wanted = _clock(min(first, *(need.first for need in needs)), max(last, *(need.last for need in needs)))
    for need in needs:
        if _covers(given, need):
            continue
        channel = view.campaign.channels.index(need.channel)  # type: ignore[arg-type]
        message = _GAP(hours=hours, what=need.what, needed=_clock(need.first, need.last), where=need.where)
        sold = (Related(None, ("channels", channel), _SOLD()),)
        yield Problem(("support", "hours"), message, _GAP_HINT(hours=wanted), related=sold)


def _needs(view: CampaignView) -> Iterator[_Need]:
    channels = view.campaign.channels
    if "hall" in channels:
        yield _halls(view)
    if "hotline" in channels:
        yield _hotline(view)


def _halls(view: CampaignView) -> _Need:
    network, names = view.catalogues.network, view.campaign.halls
    named = [network.halls[name] for name in names if name in network.halls]
    hall = widest(named) if named else network.opening(view.meaning.cities)
    if hall is None or hall.hours is None:
        first, last = minutes(view.catalogues.policy.hours["hall"].value)
        return _Need("hall", _HALLS, _ASSUMED, first, last)
    return _Need("hall", _HALLS, hall.name, *hall.hours)


def _hotline(view: CampaignView) -> _Need:
    tree, cities = view.catalogues.regions, view.meaning.cities
    found = [(hours, code) for code, hours in view.catalogues.network.hotline.items() if tree.masks[code] & cities]
    if not found:
        first, last = minutes(view.catalogues.policy.hours["hotline"].value)
        return _Need("hotline", _HOTLINE, _ASSUMED, first, last)
    first, last = min(hours[0] for hours, _ in found), max(hours[1] for hours, _ in found)
    return _Need("hotline", _HOTLINE, [tree.name(code) for _, code in found], first, last)


@lru_cache(maxsize=1024)
def minutes(hours: str) -> tuple[int, int]:
    """Return the first and last minute of the day of ``08:00-20:00``; past midnight the end is a day later."""
    begin, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in hours.split("-"))
    return (begin, end) if begin < end else (begin, end + _DAY)


def _clock(first: int, last: int) -> str:
    """Write hours as a spec has them; an end on the next day is the clock time there."""
    if last - first >= _DAY:
        first, last = 0, _DAY
    elif last > _DAY:
        last -= _DAY
    return f"{first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}"


RULE = Rule(
    id="READY004",
    title=Text("一线没有可找的支撑，或值守时间不够", "no support for the front line, or not at all hours"),
    severity="warning",
    why=Text(
        "柜台前的客户等着答复，一线打出去的电话却没人接。",
        "A customer waits at the counter and nobody answers the clerk's call.",
    ),
    source=Text(
        "上线前支撑到位的要求；没有营业厅和热线数据时按 rules/policy.yaml 的假设时间。",
        "Support has to be in place before a launch; without data the hours assumed in rules/policy.yaml count.",
    ),
    passing=Sample('channels: [hall, hotline]\nsupport: {contact: 省业务支撑台 内线 8001, hours: "08:00-20:00"}\n'),
    failing=Sample(
        'channels: [hall, hotline]\nsupport: {contact: 省业务支撑台 内线 8001, hours: "09:00-18:00"}\n',
        places=((2, 43),),
    ),
    check=check,
)
