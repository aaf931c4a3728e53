"""The one fact that the answer to a topic must carry (contract §3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.language.figures import figures
from campaigncheck.messages import Text, figure
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
_GIFT = Text("赠品名称", "the gift")

_CHANNEL_WORDS: dict[str, tuple[str, ...]] = {
    "hall": ("营业厅", "门店", "到店", "厅里", "网点", "柜台"),
    "app": ("app", "客户端", "手机应用"),
    "web": ("网上", "网站", "网页", "官网"),
    "sms": ("短信", "发送", "回复"),
    "hotline": ("热线", "客服", "电话", "拨打"),
    "self_service": ("自助",),
    "agent": ("代理", "代办点", "合作网点", "代理点", "营业厅"),
    "outbound_call": ("电话", "热线"),
}
_FREE = re.compile(
    r"免费|不收钱|不要钱|不花钱|不用付|不收费|0\s*元|零元|不另收|不用花钱|不需要付|没有费用|不产生费用|不扣"
)


def missing_fact(campaign: Campaign, topic: str, answers: str, catalogues: Catalogues) -> Fact | None:
    """Return the fact that a topic's answers should carry and do not; None if they do or need none."""
    return FACTS[topic](campaign, answers, catalogues)


def _states(answer: str, amounts: Iterable[float]) -> bool:
    """Whether an answer states one of the amounts, in whatever numerals."""
    return any(_written(answer, figure(amount)) for amount in amounts) or any(
        abs(amount - said) < 0.005 for amount in amounts for said in figures(answer)
    )


def _written(answer: str, number: str) -> bool:
    """Whether a number stands in an answer in plain digits: the usual case, without reading all figures."""
    at = answer.find(number)
    while at >= 0:
        before, after = answer[at - 1 : at], answer[at + len(number) : at + len(number) + 1]
        if not (before.isdigit() or before in (".", ",")) and not (after.isdigit() or after in (".", ",")):
            return after not in ("十", "百", "千", "万", "亿")
        at = answer.find(number, at + 1)
    return False


def _price(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    amounts = [offer.price.amount for offer in campaign.offers if offer.price]
    if not amounts or _states(answer, amounts) or ((0 in amounts or _free(campaign)) and _FREE.search(answer)):
        return None
    return Fact(_AMOUNT, _yuan(amounts))


def _free(campaign: Campaign) -> bool:
    return any(offer.free_months for offer in campaign.offers)


def _price_after(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    amounts = list(_later_amounts(campaign.offers))
    return None if not amounts or _states(answer, amounts) else Fact(_LATER, _yuan(amounts))


def _later_amounts(offers: list[Offer]) -> Iterator[float]:
    for offer in offers:
        if offer.price and offer.price.then is not None:
            yield offer.price.then
        elif offer.price and offer.free_months:
            yield offer.price.amount


def _early_exit(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    clauses = [offer.early_exit for offer in campaign.offers if offer.contract_months and offer.early_exit]
    charges = [amount for clause in clauses for amount in figures(clause)]
    return None if not charges or _states(answer, charges) else Fact(_CHARGE, "；".join(clauses))


def _cancel(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    channels = sorted({channel for offer in campaign.offers for channel in offer.cancel})
    folded = answer.lower()
    if not channels or any(word in folded for channel in channels for word in _CHANNEL_WORDS[channel]):
        return None
    return Fact(_CHANNELS, "、".join(_CHANNEL_WORDS[channel][0] for channel in channels))


def _eligibility(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    """Any one condition of the audience suffices here; all customers need none."""
    wanted = [word for group in campaign.audience for word in _condition_words(group, catalogues)]
    words = [word for word in wanted if isinstance(word, str)]
    numbers = [word for word in wanted if isinstance(word, float)]
    folded = answer.lower()
    if not wanted or any(word in folded for word in words) or (numbers and _states(answer, numbers)):
        return None
    return Fact(_CONDITIONS, "、".join(figure(word) if isinstance(word, float) else word for word in wanted))


def _condition_words(group: dict[str, Any], catalogues: Catalogues) -> Iterator[str | float]:
    for name, condition in group.items():
        entry = catalogues.attributes.attributes.get(name)
        values = condition if isinstance(condition, list) else [condition]
        if entry is None:
            continue
        if entry.type == "boolean":
            yield re.sub(r"^(?:有|在|没有)", "", entry.label.zh)
        for value in values if entry.type != "boolean" else ():
            if entry.type == "enum":
                yield entry.names.get(str(value), str(value)).lower().removesuffix("客户")
            else:
                yield from _spellings(name, str(value))


def _spellings(name: str, condition: str) -> Iterator[str | float]:
    """Yield the numbers of a range, in years too where it counts months, and one more for strict bounds."""
    for number in figures(condition):
        yield number
        if name.endswith("_months") and number % 12 == 0:
            yield number / 12
        if name.endswith("_months") and number == 6:
            yield "半年"
        if "<" in condition or ">" in condition:
            yield number - 1
            yield number + 1


def _free_end(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    months = [float(offer.free_months) for offer in campaign.offers if offer.free_months]
    later = list(_later_amounts(campaign.offers))
    if not months or _states(answer, [*months, *later]) or re.search(r"取消|停|退订|不续|提醒", answer):
        return None
    return Fact(_MONTHS, "、".join(figure(month) for month in months))


def _gift(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    gifts = [offer.gift for offer in campaign.offers if offer.gift]
    told = any(re.search(r"领|寄|送到|邮|快递|带走|当场|自动到账|到账", answer) for _ in gifts)
    return None if not gifts or told else Fact(_GIFT, "、".join(gift.name for gift in gifts))


def _yuan(amounts: Iterable[float]) -> str:
    return "、".join(f"{figure(amount)} 元" for amount in dict.fromkeys(amounts))


FACTS: dict[str, Callable[[Campaign, str, Catalogues], Fact | None]] = {
    "price": _price,
    "price_after": _price_after,
    "early_exit": _early_exit,
    "cancel": _cancel,
    "eligibility": _eligibility,
    "free_end": _free_end,
    "gift_collect": _gift,
}
