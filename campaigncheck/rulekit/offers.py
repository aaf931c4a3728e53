"""What two offers have to do with each other: patterns, exclusion, shared customers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache

from campaigncheck.algebra.audience import meet
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.overlap import Overlap
from campaigncheck.understand.entry import Entry, OfferFacts

CAMPAIGN = "campaign:"


@lru_cache(maxsize=1 << 16)
def matches(pattern: str, name: str) -> bool:
    """Whether a product path or campaign id matches a pattern with ``*``."""
    return fnmatchcase(name, pattern)


def excluded_by(patterns: tuple[str, ...], product: str, campaign: str | None) -> int | None:
    """Return the position of the first pattern that names a product, or another campaign's id."""
    for index, pattern in enumerate(patterns):
        if pattern.startswith(CAMPAIGN):
            if campaign is not None and matches(pattern[len(CAMPAIGN) :], campaign):
                return index
        elif matches(pattern, product):
            return index
    return None


def related(first: Entry, second: Entry) -> bool:
    """Whether one is the other's parent."""
    return first.parent == second.id or second.parent == first.id


def shared(portfolio: Portfolio, first: Entry, one: OfferFacts, second: Entry, other: OfferFacts) -> Overlap | None:
    """Return the days, cities and customers of two offers; None if nobody is offered both."""
    customers = meet(one.audience, other.audience)
    if not customers:
        return None
    days, cities = (first.days, first.cities) if first is second else portfolio.shared(first, second)
    return Overlap(days, cities, customers) if cities else None


def own_pairs(portfolio: Portfolio) -> Iterator[tuple[Entry, OfferFacts, Entry, OfferFacts]]:
    """Yield every two offers of one campaign."""
    for entry in portfolio.entries:
        for index, one in enumerate(entry.offers):
            for other in entry.offers[index + 1 :]:
                yield entry, one, entry, other


def cross_pairs(
    portfolio: Portfolio, worthwhile: Callable[[Entry, Entry], bool]
) -> Iterator[tuple[Entry, OfferFacts, Entry, OfferFacts]]:
    """Yield every two offers of two campaigns that share days and a place and are ``worthwhile`` to compare."""
    for first, second in portfolio.pairs:
        if worthwhile(first, second):
            for one in first.offers:
                for other in second.offers:
                    yield first, one, second, other
