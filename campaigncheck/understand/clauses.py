"""Which clauses a campaign has, and where: they decide what it must answer and prepare."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign, Offer

ELECTRONIC = frozenset({"app", "web", "sms", "self_service"})
_EQUIVALENT = {"agent": "hall", "outbound_call": "hotline"}


def is_recurring(offer: Offer) -> bool:
    """Whether a customer goes on paying until cancelling: automatic renewal or a monthly price."""
    return offer.renewal == "automatic" or (offer.price is not None and _charges(offer) and offer.price.per == "month")


def _charges(offer: Offer) -> bool:
    price = offer.price
    return price is not None and (price.amount > 0 or (price.then or 0) > 0)


def is_paid(offer: Offer) -> bool:
    """Whether ordering the offer ever costs money."""
    return _charges(offer)


def cancel_channel(channel: str) -> str:
    """Return the channel on which a customer of ``channel`` would cancel (contract §7)."""
    return _EQUIVALENT.get(channel, channel)


Clause = Callable[[Campaign], Path | None]
"""Says where in a campaign a condition holds first; None if it does not."""


def _offers(holds: Callable[[Offer], Path | None]) -> Clause:
    """Lift a condition on one offer, which names the clause within it, to a campaign."""

    def clause(campaign: Campaign) -> Path | None:
        for index, offer in enumerate(campaign.offers):
            path = holds(offer)
            if path is not None:
                return ("offers", index, *path)
        return None

    return clause


def _channel(name: str) -> Clause:
    def clause(campaign: Campaign) -> Path | None:
        channels: list[str] = list(campaign.channels)
        return ("channels", channels.index(name)) if name in channels else None

    return clause


def _always(campaign: Campaign) -> Path:
    return ("faq",)


def _hall_and_electronic(campaign: Campaign) -> Path | None:
    if "hall" not in campaign.channels:
        return None
    electronic = (index for index, channel in enumerate(campaign.channels) if channel in ELECTRONIC)
    found = next(electronic, None)
    return None if found is None else ("channels", found)


def _later_price(offer: Offer) -> Path | None:
    return ("price", "then") if offer.price and offer.price.then is not None else None


def _quota(offer: Offer) -> Path | None:
    if offer.quota is not None:
        return ("quota",)
    return ("gift", "quantity") if offer.gift else None


def _combination(offer: Offer) -> Path | None:
    if offer.excludes:
        return ("excludes",)
    return ("stacks_with",) if offer.stacks_with else None


def _monthly_price(offer: Offer) -> Path | None:
    monthly = offer.price is not None and offer.price.per == "month" and _charges(offer)
    return ("price",) if monthly else None


CLAUSES: dict[str, Clause] = {
    "always": _always,
    "hall": _channel("hall"),
    "sms": _channel("sms"),
    "hall_and_electronic": _hall_and_electronic,
    "price": _offers(lambda offer: ("price",) if offer.price else None),
    "later_price": _offers(_later_price),
    "free_months": _offers(lambda offer: ("free_months",) if offer.free_months else None),
    "gift": _offers(lambda offer: ("gift",) if offer.gift else None),
    "quota": _offers(_quota),
    "plan_product": _offers(lambda offer: ("product",) if offer.product.startswith("plan.") else None),
    "combination": _offers(_combination),
    "automatic_renewal": _offers(lambda offer: ("renewal",) if offer.renewal == "automatic" else None),
    "monthly_price": _offers(_monthly_price),
    "contract": _offers(lambda offer: ("contract_months",) if offer.contract_months else None),
}
"""Every condition of ``faq.yaml`` and ``readiness.yaml`` that one campaign alone decides."""


def clause(campaign: Campaign, conditions: Sequence[str]) -> Path | None:
    """Return the first clause of a campaign that meets one of the conditions; None if none does."""
    for condition in conditions:
        holds = CLAUSES.get(condition)
        found = holds(campaign) if holds else None
        if found is not None:
            return found
    return None
