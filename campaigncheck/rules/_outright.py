"""A quick look at all texts of a campaign for what they may say outright, without a figure, against the spec.

A channel that the spec does not have, leaving for nothing where it is charged for, a place that is not the campaign's.
Nearly always there is none, and then :mod:`campaigncheck.rules._contrary`, which reads whole clauses, is not asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.expressions import expression
from campaigncheck.rules._amounts import charges
from campaigncheck.spec.model import Campaign


class Missing(NamedTuple):
    """The channels on which an offer cannot be had, and those on which it cannot be cancelled."""

    getting: frozenset[str]
    cancelling: frozenset[str]


class Doubts(NamedTuple):
    """What a campaign's texts may say against its spec: the channels it lacks, whether leaving is charged for."""

    missing: Missing | None
    charged: bool
    places: bool


NEEDLES: dict[str, tuple[str, ...]] = {
    "hall": ("营业厅", "门店", "柜台"),
    "app": ("App", "APP", "app", "客户端", "掌上营业厅", "手机营业厅"),
    "web": ("网上营业厅", "网上厅", "电子厅", "官网", "网站", "网厅"),
    "sms": ("短信", "SMS", "回复", "发送", "编辑"),
    "hotline": ("热线", "电话", "100"),
    "self_service": ("自助",),
    "agent": ("代理", "合作网点"),
}
"""How the channels are called. 网上 and 小程序 alone may be the app or the web site, and are left aside."""
GETTING = "办|开通|订购|参加|报名|申请|下单"
CANCELLING = "取消|退订|退掉|停掉|关掉|退|停"
_REACHED = {
    "hall": ("agent",),
    "hotline": ("outbound_call",),
}
"""Channels whose customers may be told of another: agents have halls, too."""
_FREE = expression(
    r"(?:随时|中途|提前|任何时候|什么时候|想[停退走]就)[^。；！？\n]{0,24}?(?:不[^，。；！？\n]{0,6}[收扣交付赔补]|[没无免元0０][有收]?\s?(?:任何)?违约金|一分)"
)
_ONLY = ("只限", "仅限", "全省", "全国")
_PLACES = expression(
    r"(?:^|[，。；！？：\n（( ])[^，。；！？：\n（( ]{0,8}(?:[只仅]限(?!本人|机主|新|老|个人|一|1|首)|全[省国][^，。；！？\n]{0,10}[办加享])"
)


def outright(campaign: Campaign, texts: str) -> Doubts | None:
    """Return what the texts of a campaign may say against its spec; None if nothing."""
    missing = _missing(
        tuple(campaign.channels), tuple([tuple(offer.cancel) for offer in campaign.offers]), _code(campaign)
    )
    ways = _ways(missing, texts)
    charged = charges_to_leave(campaign) and _FREE.search(texts) is not None
    places = any(word in texts for word in _ONLY) and _PLACES.search(texts) is not None
    return Doubts(missing if ways else None, charged, places) if ways or charged or places else None


def charges_to_leave(campaign: Campaign) -> bool:
    """Whether leaving is charged for, whichever of the offers it is."""
    return all(_is_charged(offer.early_exit) for offer in campaign.offers)


@lru_cache(maxsize=1 << 12)
def _is_charged(clause: str | None) -> bool:
    """Whether a clause about leaving early charges something whenever that is."""
    if not clause or _SOMETIMES.search(clause):
        return False
    return any(value > 0 and unit for value, unit in charges(clause))


_SOMETIMES = expression("[不免无]|以内|之内|天内")


def _code(campaign: Campaign) -> bool:
    return any(offer.opt_in_code for offer in campaign.offers)


@lru_cache(maxsize=1 << 12)
def _missing(channels: tuple[str, ...], cancel: tuple[tuple[str, ...], ...], by_code: bool) -> Missing:
    """Return the channels that are missing; where no offer says how it is cancelled, none is for cancelling."""
    cancelling = frozenset(channel for each in cancel for channel in each)
    return Missing(
        _without({*channels, "sms"} if by_code else set(channels)),
        _without(cancelling) if cancelling else frozenset(),
    )


def _without(channels: set[str] | frozenset[str]) -> frozenset[str]:
    return frozenset(channel for channel in NEEDLES if channels.isdisjoint((channel, *_REACHED.get(channel, ()))))


def _ways(missing: Missing, texts: str) -> bool:
    """Whether a channel that is missing stands before a word for what cannot be done there."""
    return any(needle in texts and near.search(texts) is not None for needle, near in _needles(missing))


@lru_cache(maxsize=1 << 12)
def _needles(missing: Missing) -> list[tuple[str, re.Pattern[str]]]:
    """Return how missing channels are called, each with what it looks like before what cannot be done there."""
    return [
        (needle, _near(needle, channel in missing.getting, channel in missing.cancelling))
        for channel in NEEDLES
        if channel in missing.getting or channel in missing.cancelling
        for needle in NEEDLES[channel]
    ]


@lru_cache(maxsize=128)
def _near(needle: str, getting: bool, cancelling: bool) -> re.Pattern[str]:
    deeds = "|".join([*[GETTING] * getting, *[CANCELLING] * cancelling])
    told = rf"[^，。；！？：\n会写看查怎]{{0,16}}?(?:{deeds})|\s?[上里]?(?:[就也都]行|即可|[也都]?可以[，。；！\n])"
    return re.compile(rf"{needle}{_EXACTLY.get(needle, '')}(?:{told})")


_CODE_BEHIND = r"(?=\s?[“\"]?[A-Za-z])"
_EXACTLY = {
    "营业厅": "(?<![上机]营业厅)",
    "短信": "(?:(?<=[发复辑送条个]短信)|(?=[上也都就、能可]))",
    "电话": "(?<=[打拨个服]电话)",
    **dict.fromkeys(("回复", "发送", "编辑"), _CODE_BEHIND),
    "100": "(?:86|10|00)",
}
"""What must stand beside a needle for it to be the channel. It comes behind: a pattern is quick that begins with letters."""
