"""Says where and how something is done: got, cancelled, asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaigncheck.drafts.case import Case, each_offer, gap, joined
from campaigncheck.labels import chinese_day
from campaigncheck.spec.model import Campaign, Offer
from campaigncheck.understand.clauses import ELECTRONIC, cancel_channel

_WAYS: dict[str, str] = {
    "hall": "到营业厅",
    "app": "在手机 App 里",
    "web": "在网上营业厅",
    "sms": "发短信",
    "hotline": "打客服热线",
    "self_service": "在自助终端上",
    "agent": "到代理点",
    "outbound_call": "接到我们打的电话时",
}
WAYS_TO_CANCEL: dict[str, str] = {**_WAYS, "outbound_call": "打客服热线"}
_CODE_UNKNOWN = gap("发什么内容")
_CANCEL_UNKNOWN = gap("在哪里取消，怎么取消") + "。"
_WHOM_UNKNOWN, _DAYS_UNKNOWN = gap("打哪个电话，或者到哪里"), gap("几天内")
_CONFIRMED = {"once": "要您确认一次才算办好。", "twice": "要您确认两次才算办好。"}


def listed_ways(channels: Sequence[str], ways: Mapping[str, str] = _WAYS) -> str:
    """Say on which channels, each way once, in their order."""
    return "、".join(dict.fromkeys(ways[channel] for channel in channels))


def how_to_get(case: Case) -> str:
    """Answer where and how to get it, from when until when."""
    campaign = case.campaign
    others = [channel for channel in campaign.channels if channel != "sms"]
    said = [f"{listed_ways(others)}{'都' if len(others) > 1 else ''}可以办。"] if others else []
    if "sms" in campaign.channels:
        said.append(("也可以" if others else "") + _by_message(case))
    return "".join([*said, _only_halls(case), _confirmed(campaign), _until(case)])


def _by_message(case: Case) -> str:
    """Say what to send: each offer has a code of its own."""
    coded = [(index, offer, offer.opt_in_code) for index, offer in enumerate(case.campaign.offers)]
    codes = [
        (case.tell(("offers", index, "opt_in_code"), code), offer.name)
        for index, offer, code in coded
        if code is not None
    ]
    if not codes:
        return f"发短信办{_CODE_UNKNOWN}。"
    if len(coded) == 1:
        return f"发短信 {codes[0][0]} 办。"
    return "；".join(joined(f"发短信 {code} 办", name) for code, name in codes) + "。"


def _only_halls(case: Case) -> str:
    known = case.catalogues.network.halls
    names = [known[hall].name for hall in case.campaign.halls if hall in known]
    return f"营业厅只有这些能办：{'、'.join(names)}。" if names and "hall" in case.campaign.channels else ""


def _confirmed(campaign: Campaign) -> str:
    times = {offer.confirm for offer in campaign.offers}
    return _CONFIRMED.get(times.pop(), "") if len(times) == 1 else ""


def _until(case: Case) -> str:
    period = case.campaign.period
    start = case.tell(("period", "start"), chinese_day(period.start))
    end = case.tell(("period", "end"), chinese_day(period.end))
    return f"只有 {start}这一天能办。" if period.start == period.end else f"从 {start}到 {end}都能办。"


def without_queueing(case: Case) -> str:
    """Answer where it can be had without queueing at the counter."""
    ways = [channel for channel in case.campaign.channels if channel in ELECTRONIC]
    return f"{listed_ways(ways)}{'都' if len(ways) > 1 else ''}可以办，不用在柜台排队。"


def cancel(case: Case) -> str:
    """Answer where it can be cancelled."""
    return each_offer(case, _cancel) or _CANCEL_UNKNOWN


def _cancel(case: Case, index: int, offer: Offer) -> str:
    ways = {**WAYS_TO_CANCEL, "sms": f"发短信{_CODE_UNKNOWN}"}
    channels = list(dict.fromkeys(offer.cancel))
    said = listed_ways(channels, ways)
    return f"不想用了，{said}{'都' if len(channels) > 1 else ''}可以取消。" if said else _CANCEL_UNKNOWN


def dispute(case: Case) -> str:
    """Answer whom to ask about a bill; the contact in the spec is the front line's, not the customers'."""
    reached = dict.fromkeys(cancel_channel(channel) for channel in case.campaign.channels)
    ways = [channel for channel in ("hotline", "hall") if channel in reached]
    whom = f"{listed_ways(ways)}{'都' if len(ways) > 1 else ''}可以问" if ways else f"请找{_WHOM_UNKNOWN}"
    return f"{whom}，我们查清楚以后{_DAYS_UNKNOWN}给您答复。"
