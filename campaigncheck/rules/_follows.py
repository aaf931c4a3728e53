"""Whether a figure that the spec does not give follows from what it gives: a sum, a difference, several months' charge."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import Told
from campaigncheck.rules._by_subject import is_by_month
from campaigncheck.rules._passage import Passage
from campaigncheck.rules._stated import NEAR, Statement, Value


def follows(said: Statement, one: Told, values: list[Value], passage: Passage) -> bool:
    """Whether a figure follows from what the spec or the text itself states."""
    check = _FOLLOWING.get(one.subject)
    return check is not None and check(said, one, values, passage)


def _same(one: Told, value: float) -> bool:
    return abs(one.figure.value - value) < NEAR


def _price_follows(said: Statement, one: Told, _: list[Value], __: Passage) -> bool:
    """Whether an amount is a list price (where no time is told), or what all offers cost together."""
    if one.subject in ("price", "tier") and any(_same(one, tier.value) for tier in said.tiers):
        return True
    return len(said.offers) > 1 and any(_same(one, value) for value in said.together)


def _money_follows(said: Statement, one: Told, values: list[Value], passage: Passage) -> bool:
    """Whether a sum or difference follows from other figures: those of the spec, or of the same text."""
    figures = {figure for figure in passage.figures(one) if figure != one.figure}
    money = {round(figure.value, 2) for figure in figures if figure.unit == "元"}
    money |= said.money
    times = {figure.value for figure in figures if figure.unit in ("月", "天")} | {12.0}
    target = one.figure.value
    if any(round(target - amount, 2) in money or round(target + amount, 2) in money for amount in money):
        return True
    sums = {round(value.value, 2) for value in (*values, *said.charges)} | money
    return any(_times(target, number) in sums for number in times if number)


def _times(target: float, number: float) -> float | None:
    """Return what makes a sum when it is paid so many times; none if no such amount does."""
    amount = round(target / number, 2)
    return amount if abs(amount * number - target) < NEAR else None


def _is_added(said: Statement, one: Told) -> bool:
    """Whether customers pay a price more than before they had the offer: 每月多付 30 元."""
    added = one.clause.rstrip().endswith(_PAID_MORE) and "比" not in one.clause
    return added and any(_same(one, value.value) for value in (*said.amounts, *said.later))


_PAID_MORE = ("多付", "多交", "多花", "多出", "多收", "多掏", "多扣", "多")


def _charge_follows(said: Statement, one: Told, values: list[Value], passage: Passage) -> bool:
    """Whether a charge is that of several months, which the text speaks of; by the month it is exact."""
    if _BY_MONTH.search(one.clause):
        return False
    several = _MONTHS.search(passage.sentence(one)) is not None
    return any(
        _is_times(one, charge.value, said.longest)
        for charge in said.charges
        if charge.value and several and is_by_month(said, charge)
    )


def _is_times(one: Told, amount: float, most: int) -> bool:
    number = round(one.figure.value / amount)
    return 1 <= number <= most and _same(one, amount * number)


_BY_MONTH = expression("每|几个")
_MONTHS = expression("剩|月|年|最多|最高|封顶|至多|不超过|以内|[比例]如|举例|一共|总共|合计")
"""Words of the months for which one is charged together, of the most that it may be, and of an example."""


def _quota_follows(said: Statement, one: Told, values: list[Value], passage: Passage) -> bool:
    """Whether a count is one of the further facts, what several offers have together, or one of the shares of it."""
    quotas = [value.value for value in values if value.path[-1] == "quota"]
    gifts = [value.value for value in values if value.path[-1] == "quantity"]
    if one.figure.value in said.counts or any(_same(one, total) for total in (sum(quotas), sum(gifts))):
        return True
    shares = passage.counts(one)[:_SHARES]
    if one.figure.value in shares:
        shares.remove(one.figure.value)
    sums = {sum(some) for number in range(1, len(shares) + 1) for some in combinations(shares, number)}
    return any(value.value - one.figure.value in sums for value in values)


_SHARES = 8
"""So many shares of a quota are added up at most."""
_MORE = expression("超过|大于|多于|高于")
_LESS = expression("不到|不足|未满|不满|低于|小于")


def _limit_follows(said: Statement, one: Told, _: list[Value], __: Passage) -> bool:
    """Whether a limit is told from the other side: 超过 59 岁 and 60 岁以上 are the same."""
    value = one.figure.value
    beyond = 1.0 if _MORE.search(one.clause) else -1.0 if _LESS.search(one.clause) else 0.0
    edges = said.edges(_ATTRIBUTE[one.subject])
    return any(abs(edge - value) < 3 * NEAR or (beyond and _same(one, edge - beyond)) for edge in edges)


_ATTRIBUTE = {"tenure": "tenure_months", "age": "age", "spend": "monthly_spend"}


def _size_follows(said: Statement, one: Told, _: list[Value], __: Passage) -> bool:
    return one.figure.value in said.beside


_FOLLOWING: dict[str, Callable[[Statement, Told, list[Value], Passage], bool]] = {
    **dict.fromkeys(("price", "first_price", "turn_price", "later_price", "year_price"), _price_follows),
    "free_turn": lambda _, one, values, __: any(one.figure.value <= value.value for value in values),
    "tier": _price_follows,
    "total": _money_follows,
    "difference": lambda said, one, *rest: _is_added(said, one) or _money_follows(said, one, *rest),
    "charge": _charge_follows,
    "quota": _quota_follows,
    "gift_each": lambda said, one, *_: one.figure.value in said.counts,
    **dict.fromkeys(_ATTRIBUTE, _limit_follows),
    "speed": _size_follows,
    "data": _size_follows,
}
