"""What a spec states: its figures, each with the field that gives it and the offer that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from campaigncheck.language.amounts import COUNTED, Figure, amount_of, figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.rules._amounts import charges
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign, Offer

NEAR = 0.005


class Value(NamedTuple):
    """A value that a spec gives, where, and by which of its offers (None: the campaign as a whole).

    One that is not ``named`` agrees as well, but is not what one would tell first.
    """

    value: float
    path: Path
    offer: int | None = None
    named: bool = True


class Numbered(NamedTuple):
    """An offer with its position, and its amounts of money and months as far as it has them."""

    position: int
    offer: Offer

    @property
    def path(self) -> Path:
        """The path of the offer."""
        return ("offers", self.position)

    @property
    def free(self) -> int:
        """How many months cost nothing at first."""
        return self.offer.free_months

    @property
    def held(self) -> int:
        """How many months its first price holds; 0 if no end is given."""
        return (self.offer.price.for_months or 0) if self.offer.price else 0

    @property
    def phases(self) -> Iterator[tuple[int, str]]:
        """The months at which its price may change, with the field that says so."""
        if self.free:
            yield self.free, "free_months"
        if self.held:
            yield self.free + self.held, "price.for_months"
            if self.free:
                yield self.held, "price.for_months"


_PRODUCT_SIZE = expression(r"\.(?:[a-z]+-)?(\d+)([mg])$")
_TIER = expression(r"^plan\.\dg-(\d+)$")


_LINES = {"broadband": "宽带", "tv": "电视 iptv 机顶盒", "roaming": "漫游", "data": "流量包 加油包", "device": "分期"}
"""Words for the products of a line that need no naming."""


class Statement:
    """What one campaign states."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.offers = [Numbered(index, offer) for index, offer in enumerate(campaign.offers)]
        self._edges: dict[str, set[float]] = {}
        self.known: dict[tuple[str, float | None], list[Value]] = {}

    @cached_property
    def facts(self) -> frozenset[Figure]:
        """The further figures that texts may state; one without a unit that is known has none."""
        return frozenset(figure for fact in self.campaign.facts for figure in all_figures(fact))

    @cached_property
    def counts(self) -> frozenset[float]:
        """The further figures that may be counts of anything."""
        return frozenset(figure.value for figure in self.facts if figure.unit in _COUNTS)

    @cached_property
    def names(self) -> dict[Figure, Path]:
        """The figures in the names of offers and gifts."""
        found: dict[Figure, Path] = {}
        for index, offer in self.offers:
            for stated in figures_in(fold(offer.name)):
                found.setdefault(stated.figure, ("offers", index, "name"))
            for stated in figures_in(fold(offer.gift.name)) if offer.gift else ():
                found.setdefault(stated.figure, ("offers", index, "gift", "name"))
        return found

    @cached_property
    def gifts(self) -> tuple[str, ...]:
        """What is given away, folded."""
        return tuple(fold(offer.gift.name.strip()) for offer in self.campaign.offers if offer.gift)

    @cached_property
    def words(self) -> str:
        """What the campaign and its offers are called, folded."""
        names = [self.campaign.title, self.campaign.summary, *(offer.name for offer in self.campaign.offers)]
        lines = [_LINES.get(offer.product.partition(".")[0], "") for offer in self.campaign.offers]
        return fold("\n".join([*names, *lines]))

    @cached_property
    def called(self) -> dict[int, frozenset[str]]:
        """What each offer is called and no other is: its name, its speed."""
        names: dict[int, set[str]] = {}
        for index, offer in self.offers:
            size = _PRODUCT_SIZE.search(offer.product)
            names[index] = {fold(offer.name)} | (_speeds(size) if size and size[2] == "m" else set())
        return {
            index: frozenset(
                name
                for name in own
                if not any(name in other for to, all_ in names.items() if to != index for other in all_)
            )
            for index, own in names.items()
        }

    @cached_property
    def offer_names(self) -> list[tuple[int, str]]:
        """The name of each offer."""
        return [(each.position, fold(each.offer.name)) for each in self.offers]

    @cached_property
    def together(self) -> tuple[float, ...]:
        """What all offers cost a month: at first, and later."""
        prices = [each.offer.price for each in self.offers if each.offer.price]
        later = [price.amount if price.then is None else price.then for price in prices]
        return sum(price.amount for price in prices), sum(later)

    @cached_property
    def amounts(self) -> list[Value]:
        """The first prices of the offers."""
        return [
            Value(each.offer.price.amount, (*each.path, "price", "amount"), each.position)
            for each in self.offers
            if each.offer.price
        ]

    @cached_property
    def later(self) -> list[Value]:
        """The later prices of the offers."""
        return [
            Value(each.offer.price.then, (*each.path, "price", "then"), each.position)
            for each in self.offers
            if each.offer.price and each.offer.price.then is not None
        ]

    @cached_property
    def tiers(self) -> list[Value]:
        """The list prices that the products are named for: plan.5g-99."""
        found = []
        for each in self.offers:
            tier = _TIER.match(each.offer.product)
            if tier:
                found.append(Value(float(tier[1]), (*each.path, "product"), each.position))
        return found

    @cached_property
    def money(self) -> frozenset[float]:
        """All prices, to the cent."""
        return frozenset(round(value.value, 2) for value in (*self.amounts, *self.later, *self.tiers))

    @cached_property
    def longest(self) -> int:
        """How many months the longest contract or first price holds."""
        return max([each.offer.contract_months for each in self.offers] + [each.held for each in self.offers])

    @cached_property
    def charges(self) -> list[Value]:
        """What leaving early costs, in yuan."""
        return list(self.charged("元"))

    def charged(self, unit: str) -> Iterator[Value]:
        """Yield what leaving early costs in a unit: yuan, or a share."""
        for each in self.offers:
            for value, of in charges(each.offer.early_exit) if each.offer.early_exit else ():
                if of == unit:
                    yield Value(value, (*each.path, "early_exit"), each.position)

    def limits(self, attribute: str) -> Iterator[Value]:
        """Yield the limits that an audience sets on an attribute."""
        yield from _limits(self.campaign.audience, ("audience",), None, attribute)
        for each in self.offers:
            yield from _limits(each.offer.audience, (*each.path, "audience"), each.position, attribute)

    def edges(self, attribute: str) -> set[float]:
        """Return the first values within the limits on an attribute: 60 of >59."""
        if attribute in self._edges:
            return self._edges[attribute]
        found = self._edges[attribute] = set()
        audiences = [self.campaign.audience, *(each.offer.audience for each in self.offers)]
        for written in (
            written for audience in audiences for group in audience for written in _given(group, attribute)
        ):
            bound = _BOUND.match(written)
            if bound:
                beside = {">": 1.0, "<": -1.0}.get(bound[1] or "", 0.0)
                found |= {float(number) + beside for number in filter(None, bound.groups()[1:])}
        return found

    def sizes(self, letter: str, line: str) -> Iterator[Value]:
        """Yield the sizes of the products of a line, and of those that they exclude or go with."""
        own = [each for each in self.offers if each.offer.product.startswith(line + ".")]
        for each in own:
            size = _PRODUCT_SIZE.search(each.offer.product)
            if size and size[2] == letter:
                yield Value(_megas(size), (*each.path, "product"), each.position)
        if own:
            for figure, path in self.names.items():
                if figure.unit == "M":
                    yield Value(figure.value, path, int(path[1]))

    @cached_property
    def beside(self) -> frozenset[float]:
        """The sizes of products that the offers exclude or go with."""
        found = set()
        for each in self.offers:
            for pattern in (*each.offer.excludes, *each.offer.stacks_with):
                size = _PRODUCT_SIZE.search(pattern)
                if size:
                    found.add(_megas(size))
        return frozenset(found)


def _speeds(size: re.Match[str]) -> set[str]:
    return {size[1] + "m", size[1] + "兆"} | ({"千兆"} if size[1] == "1000" else set())


def _megas(size: re.Match[str]) -> float:
    return float(size[1]) * (1000 if size[2] == "g" else 1)


def all_figures(fact: str) -> Iterator[Figure]:
    """Yield the figures of a fact, also those without a unit."""
    folded = fold(fact)
    read = list(figures_in(folded))
    yield from (stated.figure for stated in read)
    for number in _BARE.finditer(folded):
        value = amount_of(number[0])
        if value is not None and not any(stated.start <= number.start() < stated.end for stated in read):
            yield Figure(value, "")


_BARE = expression(r"\d[\d,]*(?:\.\d+)?\s*[百千万]?")
_COUNTS = COUNTED | {"人", ""}


_BOUND = expression(r"\s*(>=|<=|>|<)?\s*(\d+(?:\.\d+)?)(?:\s*\.\.\s*(\d+(?:\.\d+)?))?\s*$")


def _given(group: dict[str, Any], attribute: str) -> list[str]:
    """Return the conditions that a group sets on an attribute, as they are written."""
    given = group.get(attribute, [])
    return [str(written) for written in (given if isinstance(given, list) else [given])]


def _limits(groups: list[dict[str, Any]], path: Path, offer: int | None, attribute: str) -> Iterator[Value]:
    for index, group in enumerate(groups):
        for written in _given(group, attribute):
            bound = _BOUND.match(written)
            if bound:
                for number in filter(None, bound.groups()[1:]):
                    yield Value(float(number), (*path, index, attribute), offer)
