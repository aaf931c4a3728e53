"""Whether a figure that a text tells agrees with what the spec states about the same thing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import combinations
from math import ceil, floor
from typing import NamedTuple

from campaigncheck.handling.pert import Estimate
from campaigncheck.language.amounts import Figure, Stated, figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.subjects import Told, counts_in, told
from campaigncheck.rules._stated import NEAR, Statement, Value


class Mismatch(NamedTuple):
    """A figure that disagrees, and the values of which it should be one."""

    told: Told
    expected: tuple[Value, ...]


class Passage:
    """A folded text with the figures in it, the question that it answers, and the offers that it names."""

    def __init__(self, said: Statement, text: str, question: str = "") -> None:
        self.text = text
        self._context = f"{question}\n{text}"
        self._said = said

    @cached_property
    def named(self) -> list[int]:
        """The offers that the text or its question names."""
        return self.named_in(self._context)

    def named_in(self, text: str) -> list[int]:
        """Return the offers whose names no other offer has that stand in a text."""
        return [index for index, name in self._said.offer_names if name in text]

    @cached_property
    def _figures(self) -> tuple[list[int], list[Stated]]:
        stated = list(figures_in(self.text, examples=True))
        return [one.start for one in stated], stated

    @cached_property
    def _counts(self) -> tuple[list[int], list[float]]:
        counted = list(counts_in(self.text))
        return [start for start, _ in counted], [value for _, value in counted]

    def figures(self, one: Told) -> Iterator[Figure]:
        """Yield the figures near another."""
        starts, stated = self._figures
        for other in stated[_from(starts, one) : _to(starts, one)]:
            yield other.figure

    def counts(self, one: Told) -> list[float]:
        """Return the numbers of things near a figure."""
        starts, values = self._counts
        return values[_from(starts, one) : _to(starts, one)]


_NEARBY = 200
"""How many characters around a sum are searched for what it is the sum of."""


def _from(starts: list[int], one: Told) -> int:
    return bisect_left(starts, one.start - _NEARBY)


def _to(starts: list[int], one: Told) -> int:
    return bisect_right(starts, one.end + _NEARBY)


def mismatches(
    said: Statement, handling: Estimate | None, text: str, topic: str, question: str = ""
) -> Iterator[Mismatch]:
    """Yield the figures of a text that disagree with the spec, in the order of the text's units.

    Args:
        said: what the spec states.
        handling: the estimated handling time at the counter.
        text: the text, as it is written.
        topic: the FAQ topic that it answers; empty elsewhere.
        question: the question that it answers; empty elsewhere.
    """
    passage = Passage(said, fold(text), fold(question))
    all_told = list(told(passage.text, topic))
    for number, one in enumerate(all_told):
        if one.figure in said.facts:
            continue
        if one.subject in ("minutes", "minutes_at_most"):
            expected = _minutes(one, handling)
        elif one.subject in _DAYS:
            expected = _day(said, one, all_told[max(0, number - 1) : number + 2])
        else:
            expected = _expected(said, one, passage)
        if expected:
            yield Mismatch(one, expected)


def _expected(said: Statement, one: Told, passage: Passage) -> tuple[Value, ...]:
    """Return the values that a figure should have; none if it has one of them, or may have any."""
    values = said.of(one.subject, one.beside)
    if one.subject in _PRICES and any(thing not in said.words for thing in _THINGS.findall(one.clause)):
        return ()
    if not values or (one.subject not in _STRICT and one.figure in said.names):
        return ()
    meant = _named(said, one, values, passage)
    if _is_one_of(one, meant) or _follows(said, one, values, passage):
        return ()
    return tuple(_counted(said, one, meant, passage) if one.subject == "quota" else meant)


_PRICES = frozenset({"price", "first_price", "turn_price", "later_price"})
_THINGS = expression(
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

_BY_OFFER = frozenset({"price", "first_price", "turn_price", "later_price", "year_price", "quota"})
_JOINED = expression(r"\s*(?:[和、或与及/]|以及)\s*")
_OF_IT = expression(
    r"(?:[第从自起以之后前头首每个月年到期满就是要只收付费免不钱元，、:：\s\d一二三四五六七八九十两半用您恢复]|开始|扣|优惠|看|听)*"
)
"""What is said of an offer without naming it again: 之后每月."""
_SEVERAL = expression("都|比|一起|换|分别|各|依次|一共|加|另|其[他它]|别的|两[样项个](?!月)|同时|连同")
_LEAD = 80
"""How many characters before a figure are searched for the name of an offer."""


def _named(said: Statement, one: Told, values: list[Value], passage: Passage) -> list[Value]:
    """Return the values of the offer that is meant: named right before the figure, or alone in the whole text."""
    if one.subject not in _BY_OFFER or len(said.offers) < 2 or any(word in one.clause for word in _EITHER):
        return values
    offer = _named_before(said.called, one.clause)
    if offer is None and one.subject != "quota":
        offer = _meant(passage, one)
    return [value for value in values if value.offer == offer] or values


_EITHER = ("都", "比", "一起", "换", "分别", "各")


def _named_before(called: Mapping[int, frozenset[str]], clause: str) -> int | None:
    """Return the offer that is named last in a clause; none if it stands together with another."""
    places = sorted(
        (clause.rindex(name) + len(name), len(name), index)
        for index, names in called.items()
        for name in names
        if name in clause
    )
    if not places:
        return None
    last, others = places[-1], [place for place in places if place[2] != places[-1][2]]
    begin = last[0] - last[1]
    if others and (others[-1][0] > begin or _JOINED.fullmatch(clause[others[-1][0] : begin])):
        return None
    return last[2]


def _meant(passage: Passage, one: Told) -> int | None:
    """Return the only offer that a text speaks of, or else the only one in the sentence before a figure."""
    lead = _SENTENCE.split(passage.text[max(0, one.start - _LEAD) : one.start])[-1]
    if _SEVERAL.search(lead) or not _OF_IT.fullmatch(one.clause):
        return None
    named = passage.named_in(lead)
    if not named and _OF_IT.fullmatch(lead):
        named = passage.named
    return named[0] if len(named) == 1 else None


_SENTENCE = expression(r"[。！？；!?;\n]")


# --- what follows from the spec --------------------------------------------------------------------------------------


def _follows(said: Statement, one: Told, values: list[Value], passage: Passage) -> bool:
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


def _counted(said: Statement, one: Told, values: list[Value], passage: Passage) -> list[Value]:
    """Return the counts of the kind that is told, places or gifts; all of them together where it is told so."""
    after = passage.text[one.start : one.end + 4]
    kind = "quota" if _PLACES.search(after) else "quantity" if _GIFTS.search(f"{one.clause}{after}") else None
    same = [value for value in values if kind is None or value.path[-1] == kind] or values
    kinds = {value.path[-1] for value in same}
    if _ALTOGETHER.search(one.clause) and len(same) > 1 and len(kinds) == 1:
        return [same[0]._replace(value=sum(value.value for value in same))]
    return same


_PLACES = expression("名额|[户位名人]")
_GIFTS = expression("礼|备|领")
_ALTOGETHER = expression("一共|总共|合计|共计?")


def _charge_follows(said: Statement, one: Told, values: list[Value], _: Passage) -> bool:
    """Whether a charge is that of several months; by the month it is exact."""
    if _BY_MONTH.search(one.clause):
        return False
    return any(_is_times(one, charge.value, said.longest) for charge in said.charges if charge.value)


def _is_times(one: Told, amount: float, most: int) -> bool:
    number = round(one.figure.value / amount)
    return 1 <= number <= most and _same(one, amount * number)


_BY_MONTH = expression("每|几个")


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
    years = {period.start.year, min(period.start.year + 1, period.end.year), period.end.year}
    return any(
        (period.start.year, period.start.month, period.start.day)
        <= (year, value // 100, value % 100)
        <= (period.end.year, period.end.month, period.end.day)
        for year in (years if one.beside is None else [int(one.beside)])
    )
