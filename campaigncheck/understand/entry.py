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
from campaigncheck.language.figures import figures
from campaigncheck.spec.model import Offer
from campaigncheck.understand.draws import Draws
from campaigncheck.understand.meaning import Meaning

STAGES = ("draft", "testing", "optimising", "approved", "launched", "retired")
_LATENESS = {stage: number for number, stage in enumerate(STAGES)}
_MONTHLY = re.compile("每个?月|按月|剩.{0,4}月")


def right_of_way(stage: str, start: int) -> tuple[int, int]:
    """Return a rank, smaller first: the later stage, then the earlier start (contract §2)."""
    return -_LATENESS[stage], start


class OfferFacts(NamedTuple):
    """One offer as others see it; ``terms`` are in the order of :data:`TERMS`, ``limited`` its quotas."""

    position: int
    id: str
    name: str
    product: str
    audience: Audience
    excludes: tuple[str, ...]
    stacks_with: tuple[str, ...]
    terms: tuple[Any, ...]
    code: str | None
    local: frozenset[str]
    early_exit: str | None = None
    gift: str | None = None
    takes_effect: str = "immediate"
    limited: tuple[int, ...] = ()


class Said(NamedTuple):
    """Something the FAQ answers: its position there, the topic, the question and the answer."""

    position: int
    topic: str
    question: str
    answer: str


class Entry(NamedTuple):
    """A campaign as others see it. ``days`` begin no earlier than today, ``start`` is the real start.

    ``owner`` is the region that runs it, ``said`` its FAQ, ``terms`` its explanations, ``prepared`` the
    phrases with prepared answers, ``facts`` the further figures that it may state, ``draws`` whom it
    draws, ``service`` the mean and the deviation of a transaction at the counter in minutes, and ``submitted`` the
    day on which it was, if it says.
    """

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
    owner: str = ""
    themes: frozenset[str] = frozenset()
    said: tuple[Said, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    prepared: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()
    draws: Draws | None = None
    service: tuple[float, float] | None = None
    submitted: int | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """Right of way, smaller first."""
        return right_of_way(self.stage, self.start)

    @property
    def in_halls(self) -> bool:
        """Whether it is sold at the counter."""
        return "hall" in self.channels

    def sells_like(self, parent: Entry) -> bool:
        """Whether it is at the counter if the campaign is that it localises: only then it stands in for it there."""
        return self.in_halls or not parent.in_halls

    @property
    def is_above(self) -> bool:
        """Whether a province or the country runs it, and not a city."""
        return self.owner.endswith("0000")

    def goes_with(self, other: Entry) -> bool:
        """Whether this localises the other, or both the same campaign, or both have a theme in common."""
        akin = self.parent is not None and self.parent in (other.id, other.parent)
        return akin or not self.themes.isdisjoint(other.themes)

    @property
    def topics(self) -> frozenset[str]:
        """The topics that its FAQ answers."""
        return frozenset(item.topic for item in self.said)


TERMS = (
    "price.amount", "price.per", "price.for_months", "price.then", "free_months", "contract_months", "early_exit",
    "renewal", "gift",
)  # fmt: skip
"""What a customer is told about an offer, in the order of :attr:`OfferFacts.terms`."""


def describe(meaning: Meaning, path: str, today: int, service: tuple[float, float] | None = None) -> Entry | None:
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
        owner=campaign.owner.region,
        themes=frozenset(campaign.themes),
        said=tuple([Said(index, item.topic, item.q, item.a) for index, item in enumerate(campaign.faq)]),
        terms=tuple(campaign.terms.items()),
        prepared=tuple([(item.phrase, item.answer) for item in campaign.answers]),
        facts=tuple(campaign.facts),
        draws=meaning.draws,
        service=service,
        submitted=campaign.submitted.toordinal() if campaign.submitted else None,
    )


def _offer(index: int, offer: Offer, customers: Audience) -> OfferFacts:
    return OfferFacts(
        position=index,
        id=offer.id,
        name=offer.name,
        product=offer.product,
        audience=customers,
        excludes=tuple(offer.excludes),
        stacks_with=tuple(offer.stacks_with),
        terms=_terms(offer),
        code=fold_code(offer.opt_in_code),
        local=frozenset(offer.local),
        early_exit=offer.early_exit,
        gift=offer.gift.name if offer.gift else None,
        takes_effect=offer.takes_effect,
        limited=tuple([number for number in (offer.quota, offer.gift and offer.gift.quantity) if number]),
    )


def _terms(offer: Offer) -> tuple[Any, ...]:
    price = offer.price
    if price is not None and not price.amount and not price.then:  # nothing to pay, however it is written
        price = None
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
    amounts = frozenset(figures(text))
    return (amounts, bool(_MONTHLY.search(text))) if amounts else _plain(text)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


@lru_cache(maxsize=1 << 12)
def fold_code(code: str | None) -> str | None:
    """Write an opt-in code the way the SMS platform compares it: no case, width or blanks."""
    return "".join(unicodedata.normalize("NFKC", code).casefold().split()) if code else None
