"""What the other campaigns need to know of a campaign: small, exact, immutable.

A portfolio of many thousand campaigns holds an :class:`Entry` of each, not the whole spec.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from campaigncheck.algebra.audience import Audience
from campaigncheck.algebra.days import Days
from campaigncheck.spec.model import Offer
from campaigncheck.understand.meaning import Meaning

STAGES = ("draft", "testing", "optimising", "approved", "launched", "retired")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def right_of_way(stage: str, start: int) -> tuple[int, int]:
    """Return a rank, smaller first: the later stage, then the earlier start (contract §2)."""
    return -STAGES.index(stage), start


class OfferFacts(NamedTuple):
    """One offer as others see it."""

    position: int
    id: str
    product: str
    audience: Audience
    excludes: tuple[str, ...]
    stacks_with: tuple[str, ...]
    terms: tuple[Any, ...]
    code: str | None
    local: frozenset[str]


class Entry(NamedTuple):
    """A campaign as others see it. ``days`` begin no earlier than today, ``start`` is the real start."""

    id: str
    path: str
    title: str
    stage: str
    start: int
    days: Days
    cities: int
    halls: frozenset[str]
    channels: frozenset[str]
    audience: Audience
    offers: tuple[OfferFacts, ...]
    parent: str | None
    topics: frozenset[str]

    @property
    def rank(self) -> tuple[int, int]:
        """Right of way, smaller first."""
        return right_of_way(self.stage, self.start)

    @property
    def in_halls(self) -> bool:
        """Whether it is sold at the counter."""
        return "hall" in self.channels


TERMS = (
    "price.amount", "price.per", "price.for_months", "price.then", "free_months", "contract_months", "early_exit",
    "renewal", "gift",
)  # fmt: skip
"""What a customer is told about an offer, in the order of :attr:`OfferFacts.terms`."""


def describe(meaning: Meaning, path: str, today: int) -> Entry | None:
    """Return the entry of a campaign, or None if it counts for nothing.

    Retired campaigns count for nothing, nor do those that are over, that are nowhere, or that end
    before they start.
    """
    campaign = meaning.campaign
    days = Days.of(campaign.period.start, campaign.period.end)
    if campaign.stage == "retired" or days.empty or days.last < today or not meaning.cities:
        return None
    offers = zip(campaign.offers, meaning.offer_customers, strict=True)
    return Entry(
        id=campaign.id,
        path=path,
        title=campaign.title,
        stage=campaign.stage,
        start=days.first,
        days=Days(max(today, days.first), days.last),
        cities=meaning.cities,
        halls=frozenset(campaign.halls),
        channels=frozenset(campaign.channels),
        audience=meaning.customers,
        offers=tuple(_offer(index, offer, customers) for index, (offer, customers) in enumerate(offers)),
        parent=campaign.parent,
        topics=frozenset(entry.topic for entry in campaign.faq),
    )


def _offer(index: int, offer: Offer, customers: Audience) -> OfferFacts:
    return OfferFacts(
        position=index,
        id=offer.id,
        product=offer.product,
        audience=customers,
        excludes=tuple(offer.excludes),
        stacks_with=tuple(offer.stacks_with),
        terms=_terms(offer),
        code=fold_code(offer.opt_in_code),
        local=frozenset(offer.local),
    )


def _terms(offer: Offer) -> tuple[Any, ...]:
    price = offer.price
    return (
        price.amount if price else None,
        price.per if price else None,
        price.for_months if price else None,
        price.then if price else None,
        offer.free_months,
        offer.contract_months,
        _charge(offer.early_exit),
        offer.renewal,
        (_plain(offer.gift.name), offer.gift.collect) if offer.gift else None,
    )


@lru_cache(maxsize=1 << 12)
def _charge(text: str | None) -> Any:
    """Reduce an early-exit clause to its figures: wording may differ between campaigns, money may not."""
    if text is None:
        return None
    figures = tuple(float(figure) for figure in _FIGURE.findall(unicodedata.normalize("NFKC", text)))
    return figures or _plain(text)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


@lru_cache(maxsize=1 << 12)
def fold_code(code: str | None) -> str | None:
    """Write an opt-in code the way the SMS platform compares it: no case, width or blanks."""
    return "".join(unicodedata.normalize("NFKC", code).casefold().split()) if code else None
