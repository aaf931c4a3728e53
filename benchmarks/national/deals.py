"""What is sold: products of the catalogue on terms that hardly ever differ, and what can be had together."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from benchmarks.corpus.words import LINES, PRODUCTS, Product
from benchmarks.national.people import draw_narrower
from campaigncheck.algebra.audience import Attribute, Audience, meet
from campaigncheck.understand.entry import OfferFacts, fold_code

OFFERS = (1, 2, 3)
OFFER_SHARES = (70, 24, 6)
OTHER_TERMS = 0.03
"""Share of offers on other terms than everybody else's for the product."""
EXCLUDING = 0.12
STACKING = 0.7
NARROWER = 0.1
"""Share of offers with an audience of their own."""
SAME_CODE = 0.01
"""Share of opt-in codes that others use too."""

_LINE_SHARES = {
    "plan": 16, "broadband": 18, "data": 18, "family": 8, "tv": 8, "vas": 14, "device": 10, "roaming": 3, "points": 5,
}  # fmt: skip
_PRODUCT_SHARES = [
    _LINE_SHARES[product.line] / sum(other.line == product.line for other in PRODUCTS) for product in PRODUCTS
]
_LOCAL = (frozenset[str](), frozenset({"gift"}))
_PER = {"none": "month"}


class Deals:
    """Draws offers; equal parts of them are the same objects, as they are in specs that one process has read."""

    def __init__(self, random: Random, domain: Mapping[str, Attribute]) -> None:
        self._random = random
        self._narrower = [draw_narrower(random, domain) for _ in range(20)]
        self._terms = {product.path: [_terms(product, other) for other in range(3)] for product in PRODUCTS}
        self._stacks = _patterns(random)

    def draw(self, number: int, whom: Audience, by_sms: bool) -> tuple[OfferFacts, ...]:
        """Draw the offers of a campaign."""
        random = self._random
        products = dict.fromkeys(random.choices(PRODUCTS, _PRODUCT_SHARES, k=random.choices(OFFERS, OFFER_SHARES)[0]))
        return tuple([self._offer(number, at, product, whom, by_sms) for at, product in enumerate(products)])

    def _offer(self, number: int, at: int, product: Product, whom: Audience, by_sms: bool) -> OfferFacts:
        random = self._random
        other = random.random() < OTHER_TERMS
        narrower = meet(whom, random.choice(self._narrower)) if random.random() < NARROWER else ()
        return OfferFacts(
            position=at,
            id=product.path.replace(".", "-"),
            name=product.names[number % len(product.names)],
            product=product.path,
            audience=narrower or whom,
            excludes=_excluded(random, product) if random.random() < EXCLUDING else (),
            stacks_with=random.choice(self._stacks[product.line]) if random.random() < STACKING else (),
            terms=self._terms[product.path][1 + number % 2 if other else 0],
            code=self._code(number, at, product) if by_sms else None,
            local=_LOCAL[random.random() < 0.3],
        )

    def _code(self, number: int, at: int, product: Product) -> str | None:
        common = self._random.random() < SAME_CODE
        return fold_code(f"{product.code}{number % 10}" if common else f"{product.code}{number}{'ABC'[at]}")


def _terms(product: Product, other: int) -> tuple[object, ...]:
    """Return what customers are told, in the order of :data:`campaigncheck.understand.entry.TERMS`."""
    amount = product.amounts[other % len(product.amounts)]
    if not amount:
        return (None, None, None, None, 0, 0, None, "none", None)
    later = product.later or None
    contract = 12 if product.line in ("plan", "broadband") else 0
    charge = (frozenset({(10.0, "元")}), True) if contract else None
    renewal = "automatic" if product.per == "month" and not contract else "none"
    return (float(amount), product.per, 12 if later else None, later, 0, contract, charge, renewal, None)


def _excluded(random: Random, product: Product) -> tuple[str, ...]:
    """Draw patterns: products of the same line, one product, last year's campaigns."""
    shape = random.random()
    if shape < 0.25:
        return (f"{product.line}.*",)
    if shape < 0.75:
        return (random.choice(PRODUCTS).path,)
    return (f"campaign:gen-2026-{product.line}-*",)


def _patterns(random: Random) -> dict[str, list[tuple[str, ...]]]:
    """Return, for each line, what offers of it say can be held too: always the line's own products, and more."""
    lines = list(LINES)
    return {
        line: [tuple(f"{name}.*" for name in dict.fromkeys((line, *random.sample(lines, k)))) for k in (1, 2, 3, 4)]
        for line in lines
    }
