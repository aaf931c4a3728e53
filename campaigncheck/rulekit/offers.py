"""What two offers have to do with each other: patterns, exclusion, shared customers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import combinations

from campaigncheck.algebra.audience import meet
from campaigncheck.portfolio.index import Pairs, Portfolio
from campaigncheck.portfolio.overlap import Overlap
from campaigncheck.portfolio.signs import Flags, Vocabulary, common
from campaigncheck.rulekit.rule import PortfolioView
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


def naming(patterns_of: Callable[[OfferFacts], tuple[str, ...]], pairs: Pairs) -> Flags:
    """Return for each pair whether a pattern of one campaign's offers names the other or something it offers."""
    pairs = pairs.compact()
    entries = pairs.entries
    named = [frozenset(pattern for offer in entry.offers for pattern in patterns_of(offer)) for entry in entries]
    everything = Vocabulary(pattern for patterns in set(named) for pattern in sorted(patterns))
    sold = _products(entries)
    products = frozenset(name for names in set(sold) for name in names)
    hits = {product: frozenset(item for item in everything.names if matches(item, product)) for product in products}
    hit = _for_each(sold, lambda names: frozenset(item for name in names for item in hits[name]))
    of_campaign = _campaign_hits(entries, everything)
    none: frozenset[str] = frozenset()
    answering = [found | of_campaign.get(entry.id, none) for entry, found in zip(entries, hit, strict=True)]
    says, answers = everything.signs(named), everything.signs(answering)
    return common(says, answers, pairs.left, pairs.right) | common(answers, says, pairs.left, pairs.right)


def _products(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """Return the products that each campaign offers."""
    return [tuple([offer.product for offer in entry.offers]) for entry in entries]


def _for_each(
    items: Sequence[tuple[str, ...]], make: Callable[[tuple[str, ...]], frozenset[str]]
) -> list[frozenset[str]]:
    """Return what is made of each item; of those alike it is made once."""
    made = {item: make(item) for item in set(items)}
    return [made[item] for item in items]


def _campaign_hits(entries: Sequence[Entry], patterns: Vocabulary) -> dict[str, frozenset[str]]:
    """Return, by id, the campaign patterns that name a campaign; found by the part before the first ``*``."""
    ids = sorted(entry.id for entry in entries)
    found: dict[str, set[str]] = {}
    for item in patterns.names:
        if item.startswith(CAMPAIGN):
            pattern = item[len(CAMPAIGN) :]
            prefix = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
            for index in range(bisect_left(ids, prefix), len(ids)):
                if not ids[index].startswith(prefix):
                    break
                if matches(pattern, ids[index]):
                    found.setdefault(ids[index], set()).add(item)
    return {name: frozenset(items) for name, items in found.items()}


def selling_the_same(pairs: Pairs, part: Callable[[str], str] = str) -> Flags:
    """Return for each pair whether both offer the same product (or the same ``part`` of its path)."""
    pairs = pairs.compact()
    sold = _for_each(_products(pairs.entries), lambda names: frozenset([part(name) for name in names]))
    products = Vocabulary(product for products in set(sold) for product in sorted(products))
    signs = products.signs(sold)
    return common(signs, signs, pairs.left, pairs.right)


def related(first: Entry, second: Entry) -> bool:
    """Whether one is the other's parent."""
    return first.parent == second.id or second.parent == first.id


def shared(portfolio: Portfolio, first: Entry, one: OfferFacts, second: Entry, other: OfferFacts) -> Overlap | None:
    """Return the days, cities and customers of two offers; None if nobody is offered both."""
    customers = meet(one.audience, other.audience)
    if not customers:
        return None
    if first is second:
        return Overlap(first.days, first.cities, customers)
    days, cities = portfolio.shared(first, second, customers, (one.id, other.id))
    return Overlap(days, cities, customers) if cities else None


def own_pairs(view: PortfolioView) -> Iterator[tuple[Entry, OfferFacts, Entry, OfferFacts]]:
    """Yield every two offers of one campaign that is asked for."""
    portfolio = view.portfolio
    asked = portfolio.entries if view.focus is None else portfolio.some(view.focus)
    for entry in asked:
        if len(entry.offers) > 1:
            for one, other in combinations(entry.offers, 2):
                yield entry, one, entry, other


def cross_pairs(pairs: Pairs) -> Iterator[tuple[Entry, OfferFacts, Entry, OfferFacts]]:
    """Yield every two offers of two campaigns."""
    for first, second in pairs:
        for one in first.offers:
            for other in second.offers:
                yield first, one, second, other
