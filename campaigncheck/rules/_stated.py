"""What a spec states, subject by subject, and what follows from it.

The subjects are those of :mod:`campaigncheck.language.subjects`. A value that follows (a sum, a difference, the month
after the last one at a price) points at the field that it follows from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
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
        self._known: dict[tuple[str, float | None], list[Value]] = {}

    def of(self, subject: str, beside: float | None = None) -> list[Value]:
        """Return the values of a subject; empty if the spec says nothing about it.

        Args:
            subject: what a figure is about.
            beside: the figure that decides which value is meant.
        """
        values = self._known.get((subject, beside))
        if values is None:
            values = self._known[subject, beside] = list(_OF[subject](self, beside))
        return values

    @cached_property
    def facts(self) -> frozenset[Figure]:
        """The further figures that texts may state; one without a unit that is known has none."""
        return frozenset(figure for fact in self.campaign.facts for figure in _all_figures(fact))

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
        return list(self._charged("元"))

    def _charged(self, unit: str) -> Iterator[Value]:
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


def _all_figures(fact: str) -> Iterator[Figure]:
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


# --- what the spec gives for each subject ----------------------------------------------------------------------------

Of = Callable[[Statement, float | None], Iterable[Value]]


def _price(said: Statement, _: float | None) -> Iterator[Value]:
    yield from said.amounts
    yield from said.later


def _first_price(said: Statement, months: float | None) -> list[Value]:
    """Return the first prices; of several offers those whose first price holds for the months that are told."""
    exact = [value for value in said.amounts if _holds_for(said, value, months)]
    return exact + _endless(said) if exact else said.amounts


def _endless(said: Statement) -> list[Value]:
    """Return the prices of offers that have only one: they hold whatever months are told of the others."""
    return [value for value in said.amounts if not any(said.offers[value.offer or 0].phases)]


def _holds_for(said: Statement, value: Value, months: float | None) -> bool:
    each = said.offers[value.offer or 0]
    return bool(each.held) and months in (each.held, each.free + each.held)


def _turn_price(said: Statement, month: float | None) -> list[Value]:
    """Return the prices that begin with a month: after the free months, or after those at the first price."""
    found = [value for value in said.later if _turns(said, value, month)]
    found += [value for value in said.amounts if said.offers[value.offer or 0].free + 1 == month]
    return found + _endless(said) if found else _later_price(said, None)


def _turns(said: Statement, value: Value, month: float | None) -> bool:
    each = said.offers[value.offer or 0]
    return bool(each.held) and each.free + each.held + 1 == month


def _later_price(said: Statement, _: float | None) -> list[Value]:
    """Return the later prices, and the first ones that follow free months or have no end."""
    lasting = [value for value in said.amounts if _lasts(said.offers[value.offer or 0])]
    return [*said.later, *lasting]


def _lasts(each: Numbered) -> bool:
    return bool(each.free) or not each.held or each.offer.price is None or each.offer.price.then is None


def _deposit(said: Statement, _: float | None) -> Iterator[Value]:
    for value in said.amounts:
        price = said.offers[value.offer or 0].offer.price
        if price and price.per == "once":
            yield value


def _total(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield what is paid in a year, over the months of a price, and over the whole contract."""
    for value in said.amounts:
        each = said.offers[value.offer or 0]
        price = each.offer.price
        if price is None or price.per != "month":
            yield value
            continue
        months = dict.fromkeys((each.held, each.offer.contract_months, 12))
        for length in filter(None, months):
            yield value._replace(value=_paid(each, length))
            yield value._replace(value=price.amount * length, named=False)


def _paid(each: Numbered, months: int) -> float:
    """Return what the first months cost altogether, phase by phase."""
    price = each.offer.price
    if price is None:
        return 0.0
    free = min(each.free, months)
    first = min(each.held, months - free) if each.held else months - free
    return first * price.amount + (months - free - first) * (price.then or 0.0)


def _difference(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield by how much a price rises, or lies under the list price."""
    for first in said.amounts:
        for other in (*said.later, *said.tiers):
            if other.offer == first.offer and other.value != first.value:
                yield other._replace(value=abs(other.value - first.value))


def _remaining(said: Statement, months: float | None) -> Iterator[Value]:
    for charge in said.charges:
        clause = said.offers[charge.offer or 0].offer.early_exit or ""
        yield charge._replace(value=charge.value * (months or 0.0)) if _BY_MONTH.search(clause) else charge


_BY_MONTH = expression("每|几个|月数|剩余|余下|逐月|按月")


def _phases(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield after how many months a price changes."""
    for each in said.offers:
        for months, field in each.phases:
            yield Value(months, (*each.path, *field.split(".")), each.position)


def _first_months(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield how long the first price holds; as long as the contract if nothing else is said."""
    yield from _phases(said, None)
    for each in said.offers:
        if each.offer.contract_months and not (each.held or each.free):
            yield Value(each.offer.contract_months, (*each.path, "contract_months"), each.position)


def _free(said: Statement, _: float | None) -> Iterator[Value]:
    for each in said.offers:
        if each.free:
            yield Value(each.free, (*each.path, "free_months"), each.position)
        elif each.held and each.offer.price and not each.offer.price.amount:
            yield Value(each.held, (*each.path, "price", "for_months"), each.position)


def _contract(said: Statement, _: float | None) -> Iterator[Value]:
    for each in said.offers:
        if each.offer.contract_months:
            yield Value(each.offer.contract_months, (*each.path, "contract_months"), each.position)


def _any_months(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield the months at which a price changes, then those of the contracts."""
    yield from _phases(said, None)
    for value in _contract(said, None):
        yield value._replace(named=not any(said.offers[value.offer or 0].phases))


def _used(said: Statement, _: float | None) -> Iterator[Value]:
    yield from _any_months(said, None)
    yield from said.limits("tenure_months")


def _obliged(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield how long one must stay: as long as the contract if there is one."""
    contract = list(_contract(said, None))
    yield from contract or _any_months(said, None)
    for limit in said.limits("tenure_months"):
        yield limit._replace(named=not contract)


def _year_price(said: Statement, year: float | None) -> Iterator[Value]:
    """Yield the prices in a year of an offer: the second begins with the 13th month."""
    for value in said.amounts:
        each = said.offers[value.offer or 0]
        price, begin, end = value.value, 12 * ((year or 1) - 1), 12 * (year or 1)
        changes = bool(each.held) and each.offer.price is not None and each.offer.price.then is not None
        if not changes or begin < each.free + each.held:
            yield value
        if changes and end > each.free + each.held:
            yield from (later for later in said.later if later.offer == value.offer and later.value != price)


def _turn(said: Statement, _: float | None) -> Iterator[Value]:
    for value in _any_months(said, None):
        yield value._replace(value=value.value + 1)
    for each in said.offers:
        if each.offer.takes_effect == "next_month":
            yield Value(2, (*each.path, "takes_effect"), each.position, named=False)


def _turn_year(said: Statement, _: float | None) -> Iterator[Value]:
    for value in _any_months(said, None):
        if value.value % 12 == 0:
            yield value._replace(value=value.value / 12 + 1)


def _day_number(said: Statement, end: str, later: int) -> Value:
    day = getattr(said.campaign.period, end) + timedelta(days=later)
    return Value(day.year * 10_000.0 + day.month * 100 + day.day, ("period", end))


def _quota(said: Statement, _: float | None) -> Iterator[Value]:
    for each in said.offers:
        if each.offer.quota:
            yield Value(each.offer.quota, (*each.path, "quota"), each.position)
        if each.offer.gift and each.offer.gift.quantity:
            yield Value(each.offer.gift.quantity, (*each.path, "gift", "quantity"), each.position)


def _discount(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield the first price as tenths of the later one, or of the list price."""
    for first in said.amounts:
        for other in (*said.later, *said.tiers):
            if other.offer == first.offer and other.value > first.value > 0:
                yield first._replace(value=round(first.value / other.value * 10, 1))


def _points(said: Statement, _: float | None) -> Iterator[Value]:
    for figure, path in said.names.items():
        if figure.unit == "积分":
            yield Value(figure.value, path, int(path[1]))
    for index, fact in enumerate(said.campaign.facts):
        for figure in _all_figures(fact):
            if figure.unit == "积分":
                yield Value(figure.value, ("facts", index))


_OF: dict[str, Of] = {
    "price": _price,
    "first_price": _first_price,
    "turn_price": _turn_price,
    "later_price": _later_price,
    "deposit": _deposit,
    "total": _total,
    "difference": _difference,
    "remaining_charge": _remaining,
    "charge": lambda said, _: said.charges,
    "charge_share": lambda said, _: said._charged("%"),
    "each": lambda said, _: [*_price(said, None), *said.charges],
    "tier": lambda said, _: [*said.tiers, *_price(said, None)] if said.tiers else [],
    "spend": lambda said, _: said.limits("monthly_spend"),
    "first_months": _first_months,
    "later_months": _any_months,
    "free_months": _free,
    "contract_months": _contract,
    "used_months": _used,
    "obliged_months": _obliged,
    "year_price": _year_price,
    "run_months": _any_months,
    "turn": _turn,
    "free_turn": _free,
    "turn_year": _turn_year,
    "tenure": lambda said, _: said.limits("tenure_months"),
    "age": lambda said, _: said.limits("age"),
    "first_day": lambda said, _: [_day_number(said, "start", 0)],
    "last_day": lambda said, _: [_day_number(said, "end", 0)],
    "deadline": lambda said, _: [_day_number(said, "end", 0)],
    "last_month": lambda said, _: [Value(said.campaign.period.end.month, ("period", "end"))],
    "speed": lambda said, _: said.sizes("m", "broadband"),
    "data": lambda said, _: said.sizes("g", "data"),
    "quota": _quota,
    "discount": _discount,
    "points": _points,
}
