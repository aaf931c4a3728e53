"""Says what an offer costs, and what leaving it costs."""

from __future__ import annotations

import re

from campaigncheck.drafts.case import Case, each_offer, gap
from campaigncheck.drafts.ways import WAYS_TO_CANCEL, listed_ways
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
        return f"{_told(case, index, found[0])}。{_price_after(case, index, offer)}"
    return "，".join(_told(case, index, phase) for phase in found) + "。"


def _skips_the_amount(offer: Offer) -> bool:
    """Whether there is a price of which the spec does not say when it is due: free months and ``then`` only."""
    price = offer.price
    return bool(price and offer.free_months and price.then is not None and price.for_months is None and price.amount)


def _price_after(case: Case, index: int, offer: Offer) -> str | None:
    if offer.price is None:
        return _unpriced(offer) if offer.free_months else None
    if _skips_the_amount(offer):
        return f"{_charged(case, index, 'amount')}{_MONTHS_UNKNOWN}，以后{_charged(case, index, 'then')}。"
    later = phases(offer)[1:] if offer.free_months or offer.price.then is not None else []
    return "，".join(_told(case, index, phase) for phase in later) + "。" if later else None


def _unpriced(offer: Offer) -> str:
    """Say what follows a free time without a price: an offer that renews by itself will have one."""
    return "免费期过了就停用，不会扣钱。" if offer.renewal == "none" else f"{_PRICE_UNKNOWN}。"


def _free_end(case: Case, index: int, offer: Offer) -> str | None:
    if not offer.free_months:
        return None
    free = f"前 {case.number(offer.free_months, 'offers', index, 'free_months')} 个月{_NOTHING}"
    if offer.price is None:
        return f"{free}，{_unpriced(offer)}"
    itself = "，到期自动接着用" if offer.renewal == "automatic" else ""
    return f"{free}{itself}，{_price_after(case, index, offer)}"


def _early_exit(case: Case, index: int, offer: Offer) -> str | None:
    if not offer.contract_months:
        return None
    months = case.number(offer.contract_months, "offers", index, "contract_months")
    if not offer.early_exit:
        return f"要用满 {months} 个月。提前停用{_CHARGE_UNKNOWN}。"
    charge = case.tell(("offers", index, "early_exit"), offer.early_exit.rstrip("。；，, ."))
    return f"要用满 {months} 个月。{'' if _ON_LEAVING.search(charge) else '没用满就停，'}{charge}。"


def _told(case: Case, index: int, phase: Phase) -> str:
    """Say one price, and in which months it holds."""
    amount = _amount(case, index, phase)
    if phase.per == "once" and phase.amount is not None:
        return amount
    if phase.last is None:
        return amount if phase.first == 1 else f"从第 {phase.first} 个月开始{amount}"
    if phase.first == phase.last:
        return f"第 {phase.first} 个月{amount}"
    return f"前 {phase.last} 个月{amount}" if phase.first == 1 else f"第 {phase.first} 到 {phase.last} 个月{amount}"


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
