"""What a spec gives for each subject that a figure may have, and what follows from it.

The subjects are those of :mod:`campaigncheck.language.subjects`. A value that follows (a sum, a difference, the month
after the last one at a price) points at the field that it follows from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from campaigncheck.language.amounts import COUNTED, figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.rules._stated import Numbered, Statement, Value, all_figures

Of = Callable[[Statement, float | None], Iterable[Value]]


def values_of(said: Statement, subject: str, beside: float | None = None) -> list[Value]:
    """Return the values of a subject; empty if the spec says nothing about it.

    Args:
        said: what the spec states.
        subject: what a figure is about.
        beside: the figure that decides which value is meant.
    """
    values = said.known.get((subject, beside))
    if values is None:
        values = said.known[subject, beside] = list(_OF[subject](said, beside))
    return values


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
        yield charge._replace(value=charge.value * (months or 0.0)) if is_by_month(said, charge) else charge


def is_by_month(said: Statement, charge: Value) -> bool:
    """Whether a charge is for each month that is left."""
    return _BY_MONTH.search(said.offers[charge.offer or 0].offer.early_exit or "") is not None


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


def _gift_each(said: Statement, _: float | None) -> Iterator[Value]:
    """Yield how many gifts one gets: as many as the gift is called by, else one; of several offers one of each."""
    given = [(index, offer.gift) for index, offer in said.offers if offer.gift]
    for index, gift in given:
        counted = [stated.figure.value for stated in figures_in(fold(gift.name)) if stated.figure.unit in COUNTED]
        for value in counted or [1.0]:
            yield Value(value, ("offers", index, "gift", "name"), index)
    for number in range(2, len(given) + 1):
        yield Value(float(number), ("offers", given[0][0], "gift", "name"), None, named=False)


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
        for figure in all_figures(fact):
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
    "charge_share": lambda said, _: said.charged("%"),
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
    "gift_each": _gift_each,
    "discount": _discount,
    "points": _points,
}
