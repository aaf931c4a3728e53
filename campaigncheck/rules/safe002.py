"""SAFE002: a free or discounted period that ends in a higher charge, and nobody says that customers are reminded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campaigncheck.language.reminders import is_itself_one, promises
from campaigncheck.messages import Text, figure
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign, Offer, Price

_FREE = Text(
    "“{name}”免费 {months} 个月以后{per}收 {amount} 元，宣传文字和 FAQ 里都没有说会提前提醒客户",
    "“{name}” costs {amount} yuan {per} after {months} free months, and neither texts nor FAQ say that customers are reminded",
)
_DEARER = Text(
    "“{name}”{months}以后从{per} {amount} 元涨到 {then} 元，宣传文字和 FAQ 里都没有说会提前提醒客户",
    "“{name}” goes up from {amount} to {then} yuan {per}{months}, and neither texts nor FAQ say that customers are reminded",
)
_MONTHS = Text("优惠的 {months} 个月", " after {months} months")
_SOME_TIME = Text("优惠期", " once the discount ends")
_HINT = Text(
    "在 FAQ（{topic}）或一段宣传文字里写明什么时候、怎样提醒，例如：“到期前 7 天发短信提醒您，不想用了可以取消。”系统也要照这样配。",
    "Say in the FAQ ({topic}) or in a text when and how customers are reminded, such as “到期前 7 天发短信提醒您，不想用了可以取消。”, "
    "and set the system up for it.",
)
_PER = {
    "month": Text("每月", "a month"),
    "once": Text("一次", "once"),
    "day": Text("每天", "a day"),
}
_ABOUT_END = ("price_after", "free_end")


class _Told(NamedTuple):
    """Something customers read or hear, with what it answers."""

    text: str
    asked: str = ""
    about_end: bool = False


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield each offer that gets dearer by itself without anybody being told that a reminder comes before."""
    campaign = view.campaign
    rising = [
        (index, offer) for index, offer in enumerate(campaign.offers) if offer.price and _rises(offer, offer.price)
    ]
    for index, offer in rising:
        if not any(_reminds(campaign, offer, item) for item in _told(campaign)) and not _is_sent(campaign, offer):
            yield _problem(index, offer)


def _rises(offer: Offer, price: Price) -> bool:
    """Whether customers pay more after a while without doing anything."""
    later = price.then or 0
    return later > price.amount or (offer.free_months > 0 and max(price.amount, later) > 0)


def _told(campaign: Campaign) -> Iterator[_Told]:
    """Yield what the campaign tells its customers, first where a reminder is likeliest: looking closely takes a while."""
    for likely in (True, False):
        for text in campaign.texts:
            if (_USUAL in text.text) is likely:
                yield _Told(text.text)
        for entry in campaign.faq:
            if (_USUAL in entry.a) is likely:
                yield _Told(entry.a, entry.q, entry.topic in _ABOUT_END)
    for entry in campaign.faq:
        if entry.short:
            yield _Told(entry.short, entry.q, entry.topic in _ABOUT_END)
    for answer in campaign.answers:
        yield _Told(answer.answer, answer.phrase)


_USUAL = "提醒"


def _reminds(campaign: Campaign, offer: Offer, told: _Told) -> bool:
    """Whether a text promises a reminder about an offer: none that only names other offers."""
    months = offer.free_months + (offer.price.for_months or 0 if offer.price else 0)
    contract = offer.contract_months == months
    found = promises(told.text, told.asked, contract=contract, about_end=told.about_end)
    return any(_is_about(campaign, offer, told.text[low:high]) for low, high in found)


def _is_sent(campaign: Campaign, offer: Offer) -> bool:
    """Whether one of the texts is the reminder itself."""
    return any(
        is_itself_one(text.text, text.channel) and _is_about(campaign, offer, text.text) for text in campaign.texts
    )


def _is_about(campaign: Campaign, offer: Offer, sentence: str) -> bool:
    names = sorted({item.name for item in campaign.offers if item.name in sentence}, key=len, reverse=True)
    left, named = sentence, set()
    for name in names:
        if name in left:
            named.add(name)
            left = left.replace(name, " ")
    return not named or offer.name in named


def _problem(index: int, offer: Offer) -> Problem:
    price = offer.price
    assert price is not None
    per = _PER[price.per]
    if offer.free_months > 0 and max(price.amount, price.then or 0) > 0:
        path: Path = ("offers", index, "free_months")
        amount = figure(price.amount or price.then or 0)
        message = _FREE(name=offer.name, months=offer.free_months, per=per, amount=amount)
        return Problem(path, message, _HINT(topic="free_end"))
    months = _MONTHS(months=price.for_months) if price.for_months else _SOME_TIME()
    path = ("offers", index, "price", "then")
    amounts = {"amount": figure(price.amount), "then": figure(price.then or 0)}
    return Problem(path, _DEARER(name=offer.name, months=months, per=per, **amounts), _HINT(topic="price_after"))


_OFFER = (
    "offers:\n  - {id: a, name: 彩铃, product: vas.ringback, kind: trial, free_months: 3, price: {amount: 5}, confirm: twice}\n"
    "faq:\n  - {topic: free_end, q: 免费期满了怎么办？, a: 从第 4 个月开始每月 5 元。"
)

RULE = Rule(
    id="SAFE002",
    title=Text(
        "免费或优惠期满要多收钱，却不提醒", "a free or cheaper period ends in a higher charge without a reminder"
    ),
    severity="error",
    why=Text(
        "免费几个月，到期不声不响开始扣费，客户只会记得被扣了钱。",
        "Months for free and then a silent charge: all that customers remember is the charge.",
    ),
    source=Text(
        "投诉分析：免费期结束前没有提醒就收费，是增值业务投诉的主要原因之一；FAQ 或一段文字里说明会提醒就算。",
        "Complaint analysis: charges without a reminder before a free period ends. Saying so in the FAQ or in a text suffices.",
    ),
    passing=Sample(_OFFER + "到期前 7 天发短信提醒您。}\n"),
    failing=Sample(_OFFER + "}\n", places=((2, 72),)),
    check=check,
)
