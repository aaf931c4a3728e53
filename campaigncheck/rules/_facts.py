"""The one fact that the answer to a topic must carry (contract §3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.language.figures import figures
from campaigncheck.messages import Text, figure
from campaigncheck.rulekit.wording import CHANNEL_NAMES
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

_CHANNEL_WORDS: dict[str, re.Pattern[str]] = {
    "hall": re.compile("(?<!手机)(?<!网上)(?<!掌上)营业厅|门店|到店|厅里|店里|网点|柜台"),
    "app": re.compile("app|客户端|手机应用|手机营业厅|掌上营业厅|手机厅"),
    "web": re.compile("网上|网站|网页|官网|网厅"),
    "sms": re.compile("短信|发送|回复|编辑"),
    "hotline": re.compile("热线|客服|电话|拨打|拨"),
    "self_service": re.compile("自助"),
    "agent": re.compile("代理|代办|合作网点|营业厅|门店"),
    "outbound_call": re.compile("电话|热线|客服"),
}
_FREE = re.compile(
    r"免费|不收钱|不要钱|不花钱|不用付|不收费|0\s*元|零元|不另收|不用花钱|不需要付|没有费用|不产生费用|不扣"
)


def missing_fact(campaign: Campaign, topic: str, answers: str, catalogues: Catalogues) -> Fact | None:
    """Return the fact that a topic's answers should carry and do not; None if they do or need none."""
    return FACTS[topic](campaign, answers, catalogues)


def _states(answer: str, amount: float) -> bool:
    """Whether an answer states an amount, in whatever numerals."""
    return _written(answer, figure(amount)) or any(abs(amount - said) < 0.005 for said in figures(answer))


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
    missing = [
        amount for amount in amounts if not _states(answer, amount) and not (amount == 0 and _FREE.search(answer))
    ]
    return Fact(_AMOUNT, _yuan(missing)) if missing else None


def _price_after(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    missing = [amount for amount in _later_amounts(campaign.offers) if not _states(answer, amount)]
    return Fact(_LATER, _yuan(missing)) if missing else None


def _later_amounts(offers: list[Offer]) -> Iterator[float]:
    for offer in offers:
        if offer.price and offer.price.then is not None:
            yield offer.price.then
        elif offer.price and offer.free_months:
            yield offer.price.amount


def _early_exit(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    """Return the clauses of which not one figure is in the answer."""
    clauses = [offer.early_exit for offer in campaign.offers if offer.contract_months and offer.early_exit]
    missing = [
        clause for clause in clauses if figures(clause) and not any(_states(answer, item) for item in figures(clause))
    ]
    return Fact(_CHARGE, "；".join(dict.fromkeys(missing))) if missing else None


def _cancel(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    channels = sorted({channel for offer in campaign.offers for channel in offer.cancel})
    folded = answer.lower()
    missing = [CHANNEL_NAMES[channel].zh for channel in channels if not _CHANNEL_WORDS[channel].search(folded)]
    return Fact(_CHANNELS, "、".join(missing)) if missing else None


def _eligibility(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    """Return the conditions of the audience that the answer does not tell; all customers need none."""
    folded = answer.lower()
    missing = [
        condition.shown
        for group in campaign.audience
        for condition in _of_group(repr(group), _Written(group, catalogues.attributes.attributes))
        if not condition.told(folded)
    ]
    return Fact(_CONDITIONS, "、".join(dict.fromkeys(missing))) if missing else None


class _Condition(NamedTuple):
    """Something an answer has to tell: any of these words, or any of these numbers."""

    shown: str
    words: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()

    def told(self, answer: str) -> bool:
        """Whether an answer (in lower case) tells it."""
        return any(word in answer for word in self.words) or any(_states(answer, number) for number in self.numbers)


class _Written:
    """A group and what its attributes are, equal to any other with the same attributes: the key tells groups apart."""

    def __init__(self, group: dict[str, Any], attributes: dict[str, AttributeEntry]) -> None:
        self.group, self.attributes = group, attributes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written) and self.attributes is other.attributes

    def __hash__(self) -> int:
        return id(self.attributes)


@lru_cache(maxsize=1 << 12)
def _of_group(written: str, group: _Written) -> tuple[_Condition, ...]:
    """Return what an answer has to tell about a group, worked out once for each way of writing it."""
    return tuple(
        condition
        for name, value in group.group.items()
        if name in group.attributes
        for condition in _conditions(name, group.attributes[name], value)
    )


def _conditions(name: str, entry: AttributeEntry, condition: Any) -> Iterator[_Condition]:
    """Yield what an answer has to tell about one attribute.

    Of named values one suffices (an answer may name those that are left out), of a range each of its ends.
    """
    values = condition if isinstance(condition, list) else [condition]
    if entry.type == "boolean":
        yield _Condition(entry.label.zh, (*entry.words, re.sub(r"^(?:有|在|没有)", "", entry.label.zh)))
    elif entry.type == "enum":
        names = [entry.names.get(str(value), str(value)) for value in values]
        left_out = [entry.names.get(other, other) for other in entry.values if other not in values]
        words = tuple(word.lower().removesuffix("客户") for word in (*names, *left_out))
        yield _Condition("、".join(names), words)
    else:
        for value in values:
            for number in figures(str(value)):
                words, numbers = _spellings(name, number)
                strict = str(value).lstrip().startswith((">", "<"))
                beside = (number - 1, number + 1) if strict else ()
                yield _Condition(f"{entry.label.zh} {value}", words, (*numbers, *beside))


def _spellings(name: str, number: float) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the words and numbers that say a number: months also in years."""
    if name.endswith("_months") and number == 6:
        return ("半年",), (number,)
    if name.endswith("_months") and number % 12 == 0:
        return (), (number, number / 12)
    if name.endswith("_months") and number == 18:
        return ("一年半",), (number,)
    return (), (number,)


def _free_end(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    months = [float(offer.free_months) for offer in campaign.offers if offer.free_months]
    later = list(_later_amounts(campaign.offers))
    told = any(_states(answer, number) for number in (*months, *later))
    if not months or told or re.search(r"取消|停|退订|不续|提醒", answer):
        return None
    return Fact(_MONTHS, "、".join(figure(month) for month in months))


def _gift(campaign: Campaign, answer: str, catalogues: Catalogues) -> Fact | None:
    gifts = [offer.gift for offer in campaign.offers if offer.gift]
    told = re.search(r"领|寄|送到|邮|快递|带走|当场|到账", answer)
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
