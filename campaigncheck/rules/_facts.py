"""The one fact that the answer to a topic must carry (contract §3).

Whether a fact is there is asked of every answer of every campaign, so the cheap test comes first: a price is
looked for as it is usually written, and only where that fails all figures of the answer are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.language.denial import affirms
from campaigncheck.language.expressions import expression
from campaigncheck.messages import Text, figure
from campaigncheck.rulekit.wording import CHANNEL_NAMES
from campaigncheck.rules._amounts import charges, states
from campaigncheck.rules._audience import untold
from campaigncheck.spec.model import Campaign, Offer


class Fact(NamedTuple):
    """A fact that an answer lacks: what it is called, and what was expected."""

    name: Text
    expected: str


_AMOUNT = Text("价格", "the price")
_LATER = Text("之后的金额", "the later amount")
_CHARGE = Text("提前解约的收费", "the early-exit charge")
_CHANNELS = Text("可以取消的渠道", "a channel on which to cancel")
_CONDITIONS = Text("办理条件", "the conditions")
_MONTHS = Text("免费几个月", "the free months")
_GIFT = Text("赠品怎么领", "how to get the gift")
_WHERE = Text("办理的渠道", "a channel on which to get it")
_START = Text("什么时候生效", "when it starts")
_PAPERS = Text("要带的东西", "what to bring")
_MINUTES = Text("要几分钟", "how many minutes it takes")
_ELSEWHERE = Text("不用排队的渠道", "a channel without a queue")
_SOLD_OUT = Text("办满或送完以后怎么办", "what happens when it is sold out")
_OLD_PLAN = Text("原来的套餐会怎样", "what becomes of the plan one has")
_TOGETHER = Text("能不能一起享受", "what it can be combined with")
_NOT_TOGETHER = Text("不能一起享受的是什么", "what it cannot be combined with")
_WHOM = Text("可以找的渠道", "whom to ask")

_CHANNEL_WORDS: dict[str, re.Pattern[str]] = {
    "hall": expression("营业厅(?<!手机营业厅)(?<!网上营业厅)(?<!掌上营业厅)|门店|到店|厅里|店里|网点|柜台"),
    "app": expression("app|客户端|手机应用|手机营业厅|掌上营业厅|手机厅|小程序|手机上"),
    "web": expression("网上|网站|网页|官网|网厅"),
    "sms": expression("短信(?<!有短信)(?<!收到短信)(?!提醒|告诉|通知|告知|确认|验证码|说明)|发送|回复(?!您|客户)|编辑"),
    "hotline": expression("热线|客服|电话(?<!回电话)|拨"),
    "self_service": expression("自助"),
    "agent": expression("代理|代办|合作网点|营业厅|门店"),
    "outbound_call": expression("电话|热线|客服"),
}
_FREE = expression(
    r"免费(?<!不免费)(?<!不是免费)|不收钱|不要钱|不花钱|不用付|不付钱|不交钱|不用交|不收费|零元|不另收|不用花钱|不需要付|没有费用"
    r"|不产生费用|不扣|0\s*元(?<![\d.]0元)(?<![\d.]0 元)"
)
FactOf = Callable[[Campaign, str, Catalogues], Fact | None]
"""Returns the fact of one topic if its answers lack it, None if they carry it or need none."""


# --- figures ---------------------------------------------------------------------------------------------------------


def _price(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    return _amounts(_AMOUNT, (offer.price.amount for offer in campaign.offers if offer.price), answer)


def _price_after(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    return _amounts(_LATER, _later_amounts(campaign.offers), answer)


def _amounts(name: Text, amounts: Iterable[float], answer: str) -> Fact | None:
    """Return the amounts that an answer does not state; for nothing to pay there are many words."""
    missing = [
        amount for amount in amounts if not (amount == 0 and _FREE.search(answer)) and not states(answer, amount, "元")
    ]
    return Fact(name, "、".join(f"{figure(amount)} 元" for amount in dict.fromkeys(missing))) if missing else None


def _later_amounts(offers: list[Offer]) -> Iterator[float]:
    for offer in offers:
        if offer.price and offer.price.then is not None:
            yield offer.price.then
        elif offer.price and offer.free_months:
            yield offer.price.amount


def _early_exit(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    """Return the clauses of which not one charge is in the answer."""
    clauses = [offer.early_exit for offer in campaign.offers if offer.contract_months and offer.early_exit]
    missing = [
        clause
        for clause in clauses
        if charges(clause) and not any(states(answer, value, unit) for value, unit in charges(clause))
    ]
    return Fact(_CHARGE, "；".join(dict.fromkeys(missing))) if missing else None


def _free_end(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    months = [float(offer.free_months) for offer in campaign.offers if offer.free_months]
    if not months or re.search(r"取消|停|退订|不续|提醒", answer):
        return None
    if any(states(answer, month, "月") for month in months):
        return None
    told = any(states(answer, amount, "元") for amount in _later_amounts(campaign.offers))
    return None if told else Fact(_MONTHS, "、".join(f"{figure(month)} 个月" for month in months))


_MINUTES_TOLD = expression(
    r"[0-9０-９一二两三四五六七八九十半]\s*(?:多|来)?(?:个)?(?:半|多)?(?:分钟|分(?![之期档月])|小时|刻钟|钟头|秒)"
)


# --- who and where ---------------------------------------------------------------------------------------------------


def _eligibility(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    """Return the conditions of the audience that the answer does not tell; all customers need none."""
    missing = untold(campaign.audience, answer.lower(), catalogues.attributes.attributes)
    return Fact(_CONDITIONS, "、".join(missing)) if missing else None


def _cancel(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    """Return the channels for cancelling that the answer leaves out: who has no app must hear of the hall."""
    folded = answer.lower()
    channels = {channel for offer in campaign.offers for channel in offer.cancel}
    missing = [channel for channel in channels if not affirms(folded, _CHANNEL_WORDS[channel])]
    return Fact(_CHANNELS, _named(sorted(missing))) if missing else None


def _how_to_get(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    return _any_channel(_WHERE, campaign.channels, answer)


def _without_queueing(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    others = [channel for channel in campaign.channels if channel != "hall"]
    if not others or "预约" in answer:
        return None
    return _any_channel(_ELSEWHERE, others, answer)


def _any_channel(name: Text, channels: Iterable[str], answer: str) -> Fact | None:
    folded = answer.lower()
    for channel in channels:
        if affirms(folded, _CHANNEL_WORDS[channel]):
            return None
    return Fact(name, _named(channels))


def _named(channels: Iterable[str]) -> str:
    return "、".join(CHANNEL_NAMES[channel].zh for channel in channels)


_CONTACT = expression(
    r"热线|电话|客服|[aA][pP][pP]|客户端|营业厅|门店|柜台|网点|短信|微信|公众号|小程序|网上|官网|邮箱|@|专席|拨|\d{5,11}"
    r"|(?:找|问|联系)[^，。；]{0,8}(?:经理|专员|店长|师傅|工作人员)"
)


_BROUGHT = expression(
    r"身份证|(?:学生|居住|军官|士兵|残疾|工作|毕业|通行|户口|房产|结婚|驾驶|登记|回乡|社保)(?:证|卡)|户口[本簿]|护照|执照|公章"
    r"|介绍信|委托书|通知书|有效证件|原件|手机|银行卡|旧卡|收据|发票|不(?:用|需要?|必)[^，。；]{0,3}带|无需|空手|刷脸"
)


# --- what happens ----------------------------------------------------------------------------------------------------

_NOT_THEN = expression(
    r"不(?:用|必|需要?)?等到?(?:下个?月|次月)|不(?:是|会|能)?(?:立即|立刻|马上|立马|当场|当天|下个?月|次月)"
)
_NEXT_MONTH = expression(
    r"下个?月|次月|下一个?月|下一?个?账期|隔月|第二个月|月初|1\s*[日号](?<!\d1[日号])(?<!\d1\s[日号])|一号"
)
_AT_ONCE = expression(
    r"立即|立刻|马上|立马|当场|当时|当天|当日|即时|即刻|实时|随即|现场|今天|同一天"
    r"|(?:\d|几|[一二两三四五六七八九十半])\s*(?:多)?(?:个)?(?:分钟|秒|小时|天|工作日)"
)
_THEN = expression(r"就(?:能|可以?|会|有|生效|到账|开通|变|是|算|开始|行|好|用)|即可|随时|直接")
_ON_DATE = expression(r"[0-9０-９一二三四五六七八九十]\s*[日号月天]|当[天日]|那[天日]|[约选定]的|到货")
_STARTS = {"immediate": "办好立即生效", "next_month": "下个月 1 日生效", "on_date": "生效的日期"}


def _takes_effect(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    """Return when the offers start, if the answer has none of it: it may speak of the first of several."""
    said = _NOT_THEN.sub("", answer) if "不" in answer else answer
    for offer in campaign.offers:
        if _starts(offer.takes_effect, said):
            return None
    return Fact(_START, "、".join(dict.fromkeys(_STARTS[offer.takes_effect] for offer in campaign.offers)))


def _starts(kind: str, answer: str) -> bool:
    if kind == "next_month":
        return _NEXT_MONTH.search(answer) is not None
    if kind == "on_date":
        return _ON_DATE.search(answer) is not None
    if _AT_ONCE.search(answer):
        return True
    return _THEN.search(answer) is not None and _NEXT_MONTH.search(answer) is None


_FETCHED = expression(r"领|取|拿|带走|当场|到账|发放")
_SENT = expression(r"寄|邮|快递|送到|送货|送上门|上门|配送|发货|物流|到账")


def _gift(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    gifts = [offer.gift for offer in campaign.offers if offer.gift]
    missing = [gift.name for gift in gifts if not (_SENT if gift.collect == "post" else _FETCHED).search(answer)]
    return Fact(_GIFT, "、".join(missing)) if missing else None


_AFTERWARDS = expression(
    r"不再|没有了|就没有|停|结束|截止|候补|补[货发寄上]|换成|改[送成为]|照[常样旧]|[还仍]能|[还仍]可以|可以按|不能|办不了|不收|已[满办领送换]|原价|退"
    r"|不扣|登记|优先|顺延|另选|别的|其他|下[一次期批]"
)


def _sold_out(campaign: Campaign, answer: str, _: Catalogues) -> Fact | None:
    """Return what is to be told; how many there are suffices."""
    if _AFTERWARDS.search(answer):
        return None
    counts = [offer.quota for offer in campaign.offers if offer.quota]
    counts += [offer.gift.quantity for offer in campaign.offers if offer.gift]
    if not counts or any(str(count) in answer for count in counts):
        return None
    return Fact(_SOLD_OUT, f"一共 {counts[0]} 份，满了以后怎么办")


_BECOMES = expression(
    r"停|换|变|改[成为用]|保留|留[着到]|[再还]留|作废|失效|到期|照[旧常样用]|继续|取消|恢复|还在|并存|叠加|代替|替换|覆盖|一起用|用到|结束|不(?:受)?影响|不动|原样|接着"
)


_CAN = expression(
    r"能(?<![不没]能)|可以(?<!不可以)|不(?:受)?影响|不冲突|[还都]在|分开算|照[常样旧用买办]|行(?<!不行)|同时|叠加|算(?<!不算)"
)
_CANNOT = expression(
    r"不能|不可|不行|不得|只[能可选有限]|选一|除|冲突|要等|到期|没法|无法|不支持|不参加|停掉|另一个|不叠加|不享|不再|不含|互斥|先(?:取消|退|停)"
)


def _stacking(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    """Return which side is left out: what the offers allow beside them, or what they rule out."""
    can, cannot = _CAN.search(answer) is not None, _CANNOT.search(answer) is not None
    if can and cannot:
        return None
    with_, without = _patterns(campaign, "stacks_with"), _patterns(campaign, "excludes")
    if without and not cannot:
        return Fact(_NOT_TOGETHER, "、".join(without))
    if (with_ and not can) or not (can or cannot):
        return Fact(_TOGETHER, "、".join(with_ or without) or "能或者不能")
    return None


def _patterns(campaign: Campaign, field: str) -> list[str]:
    """Return the product patterns of all offers; other campaigns are known to customers by no id."""
    found = dict.fromkeys(pattern for offer in campaign.offers for pattern in getattr(offer, field))
    return [pattern for pattern in found if not pattern.startswith("campaign:")]


def _words(told: re.Pattern[str], name: Text, expected: str) -> FactOf:
    """Return the check of a fact that is the same for all campaigns: the answer has no word of it."""

    def missing(_: Campaign, answer: str, __: Catalogues) -> Fact | None:
        return None if told.search(answer) else Fact(name, expected)

    return missing


FACTS: dict[str, FactOf] = {
    "eligibility": _eligibility,
    "how_to_get": _how_to_get,
    "documents": _words(_BROUGHT, _PAPERS, "身份证原件等；什么都不用带也要写明"),
    "handling_time": _words(_MINUTES_TOLD, _MINUTES, "大约几到几分钟"),
    "without_queueing": _without_queueing,
    "takes_effect": _takes_effect,
    "price": _price,
    "price_after": _price_after,
    "free_end": _free_end,
    "gift_collect": _gift,
    "sold_out": _sold_out,
    "existing_plan": _words(_BECOMES, _OLD_PLAN, "停用、保留还是换掉，从哪天起"),
    "stacking": _stacking,
    "cancel": _cancel,
    "early_exit": _early_exit,
    "dispute": _words(_CONTACT, _WHOM, "客服热线等"),
}
