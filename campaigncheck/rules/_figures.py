"""Whether a figure that a text tells agrees with what the spec states about the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from math import ceil, floor
from typing import NamedTuple

from campaigncheck.handling.pert import Estimate
from campaigncheck.language.amounts import figures_in
from campaigncheck.language.fold import fold
from campaigncheck.language.subjects import Told, counts_in, told
from campaigncheck.rules._stated import NEAR, Statement, Value


class Mismatch(NamedTuple):
    """A figure that disagrees, and the values of which it should be one."""

    told: Told
    expected: tuple[Value, ...]


def mismatches(said: Statement, handling: Estimate | None, text: str, topic: str) -> Iterator[Mismatch]:
    """Yield the figures of a text that disagree with the spec, in the order of the text's units.

    Args:
        said: what the spec states.
        handling: the estimated handling time at the counter.
        text: the text, as it is written.
        topic: the FAQ topic that it answers; empty elsewhere.
    """
    folded = fold(text)
    all_told = list(told(folded, topic))
    for number, one in enumerate(all_told):
        if one.figure in said.facts:
            continue
        if one.subject in ("minutes", "minutes_at_most"):
            expected = _minutes(one, handling)
        elif one.subject in _DAYS:
            expected = _day(said, one, all_told[max(0, number - 1) : number + 2])
        else:
            expected = _expected(said, one, folded)
        if expected:
            yield Mismatch(one, expected)


def _expected(said: Statement, one: Told, text: str) -> tuple[Value, ...]:
    """Return the values that a figure should have; none if it has one of them, or may have any."""
    values = said.of(one.subject, one.beside)
    if one.subject in _PRICES and any(thing not in said.words for thing in _THINGS.findall(one.clause)):
        return ()
    if not values or (one.subject not in _STRICT and one.figure in said.names):
        return ()
    meant = _named(said, one, values)
    if _is_one_of(one, meant) or _follows(said, one, values, text):
        return ()
    return tuple(meant)


_PRICES = frozenset({"price", "first_price", "turn_price", "later_price"})
_THINGS = re.compile(
    "副卡|亲情号|小号|副号|来电显示|彩铃|彩印|会员|网盘|云盘|云存储|电视|机顶盒|光猫|路由器|摄像头|漫游|固话|手表|iptv|宽带|流量包|加油包|租金"
    "|靓号|固定ip|积分|原套餐|原来的|老套餐|旧套餐|权益包|安防|视频|分期"
)
"""Things that are sold, each with a price of its own: one that the campaign does not sell has another price."""
_STRICT = frozenset(
    {"first_price", "turn_price", "later_price", "first_months", "later_months", "contract_months", "turn"}
)
"""Subjects told so exactly that a figure in an offer's name is no excuse."""


def _is_one_of(one: Told, values: Sequence[Value]) -> bool:
    said = one.figure.value
    near = 0.06 if one.subject == "discount" else NEAR
    return any(abs(value.value - said) < near for value in values)


# --- which offer is meant --------------------------------------------------------------------------------------------

_BY_OFFER = frozenset({"price", "first_price", "turn_price", "later_price", "quota"})
_JOINED = re.compile(r"\s*(?:[和、或与及/]|以及)\s*$")


def _named(said: Statement, one: Told, values: list[Value]) -> list[Value]:
    """Return the values of the offer that the clause names right before the figure; all if it names none or several."""
    if one.subject not in _BY_OFFER or len(said.offers) < 2:
        return values
    places = sorted(
        (one.clause.rindex(name) + len(name), len(name), index)
        for index, names in said.called.items()
        for name in names
        if name in one.clause
    )
    if not places or any(word in one.clause for word in ("都", "比", "一起", "换", "从")):
        return values
    last, others = places[-1], [place for place in places if place[2] != places[-1][2]]
    if others and (others[-1][0] > last[0] - last[1] or _JOINED.search(one.clause[others[-1][0] : last[0] - last[1]])):
        return values
    return [value for value in values if value.offer == last[2]] or values


# --- what follows from the spec --------------------------------------------------------------------------------------


def _follows(said: Statement, one: Told, values: list[Value], text: str) -> bool:
    """Whether a figure follows from what the spec or the text itself states."""
    check = _FOLLOWING.get(one.subject)
    return check is not None and check(said, one, values, text)


def _same(one: Told, value: float) -> bool:
    return abs(one.figure.value - value) < NEAR


def _price_follows(said: Statement, one: Told, _: list[Value], __: str) -> bool:
    """Whether an amount is a list price, or what all offers cost together."""
    amounts = [value.value for value in said.amounts]
    return any(_same(one, tier.value) for tier in said.tiers) or _same(one, sum(amounts))


def _money_follows(said: Statement, one: Told, values: list[Value], text: str) -> bool:
    """Whether a sum or difference follows from other figures: those of the spec, or of the same text."""
    near = text[max(0, one.start - _NEARBY) : one.end + _NEARBY]
    figures = [stated.figure for stated in figures_in(near, examples=True) if stated.figure != one.figure]
    money = {figure.value for figure in figures if figure.unit == "元"}
    money |= {value.value for value in (*said.amounts, *said.later, *said.tiers)}
    times = {figure.value for figure in figures if figure.unit in ("月", "天")} | {12.0}
    target = one.figure.value
    if any(abs(a + b - target) < NEAR or abs(abs(a - b) - target) < NEAR for a in money for b in money):
        return True
    sums = {value.value for value in (*values, *said.charges)} | money
    return any(abs(amount * number - target) < NEAR for amount in sums for number in times)


_NEARBY = 200
"""How many characters around a sum are searched for what it is the sum of."""


def _charge_follows(said: Statement, one: Told, values: list[Value], _: str) -> bool:
    """Whether a charge is that of several months; by the month it is exact."""
    if one.subject == "charge" and _BY_MONTH.search(one.clause):
        return False
    months = [one.beside] if one.beside else range(1, _longest(said) + 1)
    return any(_same(one, charge.value * number) for charge in said.charges for number in months)


_BY_MONTH = re.compile("每|几个")


def _longest(said: Statement) -> int:
    return max([each.offer.contract_months for each in said.offers] + [each.held for each in said.offers])


def _quota_follows(said: Statement, one: Told, values: list[Value], text: str) -> bool:
    """Whether a count is one of the further facts, what several offers have together, or one of the shares of it."""
    quotas = [value.value for value in values if value.path[-1] == "quota"]
    gifts = [value.value for value in values if value.path[-1] == "quantity"]
    if one.figure.value in said.counts or any(_same(one, total) for total in (sum(quotas), sum(gifts))):
        return True
    shares = counts_in(text[max(0, one.start - _NEARBY) : one.end + _NEARBY])[:_SHARES]
    if one.figure.value in shares:
        shares.remove(one.figure.value)
    sums = {sum(some) for number in range(1, len(shares) + 1) for some in combinations(shares, number)}
    return any(value.value - one.figure.value in sums for value in values)


_SHARES = 8
"""So many shares of a quota are added up at most."""
_MORE = re.compile("超过|大于|多于|高于")
_LESS = re.compile("不到|不足|未满|不满|低于|小于")


def _limit_follows(said: Statement, one: Told, _: list[Value], __: str) -> bool:
    """Whether a limit is told from the other side: 超过 59 岁 and 60 岁以上 are the same."""
    value = one.figure.value
    beyond = 1.0 if _MORE.search(one.clause) else -1.0 if _LESS.search(one.clause) else 0.0
    edges = said.edges(_ATTRIBUTE[one.subject])
    return any(abs(edge - value) < 3 * NEAR or (beyond and _same(one, edge - beyond)) for edge in edges)


_ATTRIBUTE = {"tenure": "tenure_months", "age": "age", "spend": "monthly_spend"}


def _size_follows(said: Statement, one: Told, _: list[Value], __: str) -> bool:
    return one.figure.value in said.beside


_FOLLOWING: dict[str, Callable[[Statement, Told, list[Value], str], bool]] = {
    "price": _price_follows,
    "free_turn": lambda _, one, values, __: any(one.figure.value <= value.value for value in values),
    "tier": _price_follows,
    "total": _money_follows,
    "difference": _money_follows,
    "charge": _charge_follows,
    "remaining_charge": _charge_follows,
    "quota": _quota_follows,
    **dict.fromkeys(_ATTRIBUTE, _limit_follows),
    "speed": _size_follows,
    "data": _size_follows,
}


# --- minutes and days ------------------------------------------------------------------------------------------------


def _minutes(one: Told, handling: Estimate | None) -> tuple[Value, ...]:
    """Return the mean handling time if what is told does not hold it; a single figure may be up to the 90th percentile.

    A range is judged once, at its first end.
    """
    if handling is None or (one.other is not None and one.figure.value > one.other):
        return ()
    mean = handling.mean
    if one.other is not None:
        fits = one.figure.value - _ROUNDED <= mean <= one.other + _ROUNDED
    elif one.subject == "minutes_at_most":
        fits = mean <= one.figure.value + _ROUNDED
    else:
        fits = floor(mean) <= one.figure.value <= ceil(handling.p90)
    return () if fits else (Value(round(mean, 1), ("handling", "steps")),)


_ROUNDED = 0.05
_DAYS = ("first_day", "last_day", "deadline")


def _day(said: Statement, one: Told, around: Sequence[Told]) -> tuple[Value, ...]:
    """Return the campaign's day if another is told; a range within the period may be a part of it.

    So may a deadline for something that is given early.
    """
    period = said.campaign.period
    if period.end < period.start or _fits(said, one) or (one.subject == "deadline" and _is_inside(said, one)):
        return ()
    beside = [other for other in around if other is not one and other.subject in _DAYS]
    first = one.subject == "first_day"
    partner = next(
        (other for other in beside if other.subject != one.subject and (other.start > one.start) == first), None
    )
    if partner is not None and not _fits(said, partner) and _is_inside(said, one) and _is_inside(said, partner):
        return ()
    return tuple(said.of(one.subject))


def _fits(said: Statement, one: Told) -> bool:
    """Whether a day is the campaign's first or last; the day after the last one may be meant as its end."""
    period = said.campaign.period
    days = [period.start] if one.subject == "first_day" else [period.end, period.end + timedelta(days=1)]
    value = one.figure.value
    return any(day.month * 100 + day.day == value and one.beside in (None, day.year) for day in days)


def _is_inside(said: Statement, one: Told) -> bool:
    """Whether a day lies within the period, in any of its years."""
    period, value = said.campaign.period, int(one.figure.value)
    return any(
        (period.start.year, period.start.month, period.start.day)
        <= (year, value // 100, value % 100)
        <= (period.end.year, period.end.month, period.end.day)
        for year in range(period.start.year, period.end.year + 1)
        if one.beside in (None, year)
    )
