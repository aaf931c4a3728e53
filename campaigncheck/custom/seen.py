"""What a rule about two campaigns sees of each: what the program keeps of every campaign (``Entry``), by the names of the spec.

Whole specs are not kept, so texts, handling, demand, readiness and sign-offs are not here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from pydantic import BaseModel

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.models import level_of
from campaigncheck.spec.types import Channel
from campaigncheck.understand.entry import Entry, OfferFacts


class SeenOwner(BaseModel):
    """Who runs it."""

    region: str
    level: str


class SeenPeriod(BaseModel):
    """When it runs."""

    start: date
    end: date
    days: int


class SeenPrice(BaseModel):
    """What an offer costs; an offer without a price, or at no price at all, has none."""

    amount: float
    per: str
    for_months: int | None
    then: float | None


class SeenOffer(BaseModel):
    """One offer; ``opt_in_code`` as the SMS platform compares it."""

    id: str
    name: str
    product: str
    price: SeenPrice | None
    contract_months: int
    free_months: int
    early_exit: str | None
    renewal: str
    takes_effect: str
    gift: str | None
    opt_in_code: str | None
    excludes: list[str]
    stacks_with: list[str]
    local: list[str]


class SeenAnswer(BaseModel):
    """One entry of the FAQ."""

    topic: str
    q: str
    a: str


class SeenCampaign(BaseModel):
    """A campaign as others see it; ``cities`` are the codes of the cities it runs in."""

    id: str
    title: str
    stage: str
    owner: SeenOwner
    period: SeenPeriod
    parent: str | None
    themes: list[str]
    halls: list[str]
    channels: list[Channel]
    cities: list[str]
    offers: list[SeenOffer]
    faq: list[SeenAnswer]
    terms: dict[str, str]
    facts: list[str]


class Shared(BaseModel):
    """What two campaigns share: days, ends included, and cities."""

    start: date
    end: date
    days: int
    cities: list[str]


def seen(entry: Entry, regions: RegionTree, wanted: Collection[str]) -> dict[str, Any]:
    """Return what is wanted of a campaign's entry, by the names of the spec."""
    return {name: of(entry, regions) for name, of in _FIELDS.items() if name in wanted}


def cities(mask: int, regions: RegionTree) -> list[str]:
    """Return the codes of cities given as bits, in order."""
    return [code for index, code in enumerate(regions.cities) if mask >> index & 1] if mask else []


def _period(entry: Entry) -> dict[str, Any]:
    start, end = date.fromordinal(entry.start), date.fromordinal(entry.days.last)
    return {"start": start, "end": end, "days": entry.days.last - entry.start + 1}


_FIELDS: dict[str, Callable[[Entry, RegionTree], Any]] = {
    "id": lambda entry, _: entry.id,
    "title": lambda entry, _: entry.title,
    "stage": lambda entry, _: entry.stage,
    "owner": lambda entry, _: {"region": entry.owner, "level": level_of(entry.owner)},
    "period": lambda entry, _: _period(entry),
    "parent": lambda entry, _: entry.parent,
    "themes": lambda entry, _: sorted(entry.themes),
    "halls": lambda entry, _: sorted(entry.halls),
    "channels": lambda entry, _: sorted(entry.channels),
    "cities": lambda entry, regions: cities(entry.cities, regions),
    "offers": lambda entry, _: [_offer(offer) for offer in entry.offers],
    "faq": lambda entry, _: [{"topic": item.topic, "q": item.question, "a": item.answer} for item in entry.said],
    "terms": lambda entry, _: dict(entry.terms),
    "facts": lambda entry, _: list(entry.facts),
}


def _offer(offer: OfferFacts) -> dict[str, Any]:
    amount, per, for_months, then, free_months, contract_months, _, renewal, _ = offer.terms
    price = {"amount": amount, "per": per, "for_months": for_months, "then": then} if amount is not None else None
    return {
        "id": offer.id,
        "name": offer.name,
        "product": offer.product,
        "price": price,
        "contract_months": contract_months,
        "free_months": free_months,
        "early_exit": offer.early_exit,
        "renewal": renewal,
        "takes_effect": offer.takes_effect,
        "gift": offer.gift,
        "opt_in_code": offer.code,
        "excludes": list(offer.excludes),
        "stacks_with": list(offer.stacks_with),
        "local": sorted(offer.local),
    }
