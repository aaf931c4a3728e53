"""Says what an offer costs, and what leaving it costs."""

from __future__ import annotations

import re

from campaigncheck.drafts.case import Case, each_offer, gap
from campaigncheck.drafts.ways import WAYS_TO_CANCEL, listed_ways
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Offer
from campaigncheck.understand.phases import Phase, phases

_NOTHING = "不收钱"
_ON_LEAVING = re.compile("停|退|解约|提前|没用满|[未不]满")
"""A clause that says itself when it holds."""
_PER = {"month": "每月 {} 元", "once": "一次付 {} 元", "day": "每天 {} 元"}
_PRICE_UNKNOWN = gap("免费期过了以后怎么收钱")
_CHARGE_UNKNOWN = gap("收不收钱，收多少")
_MONTHS_UNKNOWN = gap("收几个月")


def price(case: Case) -> str:
    """Answer what it costs."""
    return each_offer(case, _price) or ""


def price_after(case: Case) -> str:
    """Answer what it costs once the first price, or the free time, is over."""
    return each_offer(case, _price_after) or _PRICE_UNKNOWN


def free_end(case: Case) -> str:
    """Answer what happens at the end of the free time."""
    said = each_offer(case, _free_end) or ""
    channels = [channel for offer in case.campaign.offers if offer.free_months for channel in offer.cancel]
    ways = listed_ways(channels, WAYS_TO_CANCEL)
    return f"{said}\n不想接着用，请在那之前取消：{ways}都可以。" if ways else said


def early_exit(case: Case) -> str:
    """Answer what leaving early costs."""
    return each_offer(case, _early_exit) or _CHARGE_UNKNOWN


def _price(case: Case, index: int, offer: Offer) -> str:
    found = phases(offer)
    if offer.price is None:
        return _free_end(case, index, offer) or f"{_NOTHING}。"
    if _skips_the_amount(offer):
        return f"{_free(case, index)}。{_price_after(case, index, offer)}"
    return "，".join(_told(case, index, phase, "前" if phase.first == 1 else "后面") for phase in found) + "。"


def _skips_the_amount(offer: Offer) -> bool:
    """Whether there is a price of which the spec does not say when it is due: free months and ``then`` only."""
    price = offer.price
    return bool(price and offer.free_months and price.then is not None and price.for_months is None and price.amount)


def _price_after(case: Case, index: int, offer: Offer, begin: str = "") -> str | None:
    """Say what follows the first price or the free time; ``begin`` is what was said of that."""
    if offer.price is None:
        return _unpriced(offer) if offer.free_months else None
    if _skips_the_amount(offer):
        return f"{_charged(case, index, 'amount')}{_MONTHS_UNKNOWN}，以后{_charged(case, index, 'then')}。"
    later = phases(offer)[1:] if offer.free_months or offer.price.then is not None else []
    if not later:
        return None
    told = [_told(case, index, phase, "后面" if begin or number else "头") for number, phase in enumerate(later)]
    if begin:
        return "，".join(told) + "。"
    if offer.free_months:
        return f"免费期过了，{'，'.join(told)}。"
    months = case.number(offer.price.for_months or 0, *_months(index))
    return f"用满 {months} 个月以后，{_amount(case, index, later[0])}。"


def _unpriced(offer: Offer) -> str:
    """Say what follows a free time without a price: an offer that renews by itself will have one."""
    return "免费期过了就停用，不会扣钱。" if offer.renewal == "none" else f"{_PRICE_UNKNOWN}。"


def _free_end(case: Case, index: int, offer: Offer) -> str | None:
    if not offer.free_months:
        return None
    free = _free(case, index)
    if offer.price is None:
        return f"{free}，{_unpriced(offer)}"
    itself = "，到期自动接着用" if offer.renewal == "automatic" else ""
    return f"{free}{itself}，{_price_after(case, index, offer, free)}"


def _free(case: Case, index: int) -> str:
    months = case.number(case.campaign.offers[index].free_months, "offers", index, "free_months")
    return f"前 {months} 个月{_NOTHING}"


def _months(index: int) -> Path:
    return "offers", index, "price", "for_months"


def _early_exit(case: Case, index: int, offer: Offer) -> str | None:
    if not offer.contract_months:
        return None
    months = case.number(offer.contract_months, "offers", index, "contract_months")
    if not offer.early_exit:
        return f"要用满 {months} 个月。提前停用{_CHARGE_UNKNOWN}。"
    words = offer.early_exit.rstrip("。；，, .")
    when = "" if _ON_LEAVING.search(words) else "没用满就停，"
    return f"要用满 {months} 个月。{when}{case.tell(('offers', index, 'early_exit'), words)}。"


def _told(case: Case, index: int, phase: Phase, first: str) -> str:
    """Say one price, and how long it holds: counted from the one before, so that every figure is one of the spec's."""
    price = case.campaign.offers[index].price
    amount = _amount(case, index, phase)
    if phase.amount is None:
        return _free(case, index)
    if phase.per == "once":
        return amount
    if phase.last is None or price is None or price.for_months is None:
        return amount if phase.first == 1 else f"以后{amount}"
    return f"{first} {case.number(price.for_months, *_months(index))} 个月{amount}"


def _amount(case: Case, index: int, phase: Phase) -> str:
    price = case.campaign.offers[index].price
    if price is None or phase.amount is None:
        return _NOTHING
    last = phase.last is None and phase.first > 1 and phase.amount == price.then
    return _charged(case, index, "then" if last else "amount")


def _charged(case: Case, index: int, name: str) -> str:
    """Say one of the two amounts of a price."""
    price = case.campaign.offers[index].price
    value = getattr(price, name)
    return _PER[price.per].format(case.number(value, "offers", index, "price", name)) if price and value else _NOTHING
