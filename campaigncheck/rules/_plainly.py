"""A quick look at all texts of a campaign: whether every figure stands in the spec as it is written.

Nearly always it does, and then nothing more is asked. What is not found at once (another spelling, a sum, a figure
about something else, a wrong one) is left to :mod:`campaigncheck.rules._figures`, which knows what figures are about.
The quick look must not pass what that would find, as far as it can be seen cheaply: the two prices of an offer are
also looked for behind the words that tell which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from campaigncheck.handling.pert import Estimate
from campaigncheck.language.expressions import expression
from campaigncheck.language.passages import Passage
from campaigncheck.messages import figure
from campaigncheck.spec.model import Campaign, Offer

Pair = tuple[str, str]

_FIGURE = expression(
    r"((?<![0-9０-９])[0-9０-９][0-9０-９.,，．]*+(?:\s?[到至~-]\s?[0-9０-９][0-9０-９.]*+)?+)\s?"
    r"(?:(元|个半?月|月\s?[0-9０-９]{1,2}\s?[日号]|[块圆年岁折%％mMＭ兆]|周岁|[gGＧ](?![a-zA-Z])|积分|分钟)|[gGＧ][bBＢ]|[户份个台位名套本把只盒瓶箱支件笔])"
)
_SPELT = expression(
    "[一二两三四五六七八九十百千万半¥￥](?:(?<=[¥￥])|(?<=[百千万])[户份台位名套个本把只盒瓶箱支件笔](?!月)|(?=[个月年元块岁折分刻积周兆小])"
    "(?:[年元块岁折兆]|个半?月|月[一二三四五六七八九十]+[日号]|周岁|分钟|刻钟|小时|积分))"
)
_PLACED = expression(
    r"[前头后起始](?:(?<=[前头])\s?(\d++)\s?个月(?:[^\d。；\n]{0,8}+([\d.]++)\s?元)?+"
    r"|(?<=[后起始])(?!用)[^\d。；\n前头补赔剩]{0,10}+([\d.]++)\s?元)"
)
"""前 12 个月每月 20 元: the months and the amount; 以后每月 30 元: the later amount."""
_EIGHTEEN = expression("18 ?周?岁")
_SEVERAL_EACH = expression(
    r"送[^，。；！？：\n送]{0,12}?((?<![\d.十百千万])[两二三四五六七八九2-9]\s?[台个把只盒瓶箱支件套份本部张])(?!月|工作日)"
)
"""Several gifts for one customer."""
_ADULT = ("18", "岁")
_UNDER = ("未满", "没满", "不满")
_PARENT = expression(r"[^。；\n]{0,8}(?:家长|监护|大人)")
_TURN = expression(r"第\s?(\d++)\s?个月")
_FREE = expression(r"免费\s?(\d++)\s?个月")
_HELD = expression(
    r"(?:约定[^\d。；\n]{0,4}+|签[下了]?\s?|[要需得]用满\s?|用满\s?(?=\d++\s?个月(?:即可|就行|就可以)))(\d++)\s?个月"
)
_REMAINING = expression(r"剩\s?(\d{1,3})\s?个月[^\d。；\n]{0,8}+(\d++(?:\.\d++)?)\s?元")
_SEVERAL = expression(r"几个\s?([\d.]++)\s?元")


class Words(NamedTuple):
    """The figures in an offer's words, the amounts among them, and the speed as it is called."""

    pairs: frozenset[Pair]
    amounts: frozenset[str]
    spelt: frozenset[str]


class Numbers(NamedTuple):
    """How an offer's figures are written: anywhere, as the first price with its months or the later price, and so on."""

    pairs: frozenset[Pair]
    placed: frozenset[tuple[str, str, str]]
    turns: frozenset[str]
    held: frozenset[str]


Plain = tuple[Offer, Words, Numbers]


def doubtful(campaign: Campaign, handling: Estimate | None, passages: list[Passage], texts: str) -> set[str]:
    """Return the figures in the passages that do not at once stand in the spec as written; ``texts`` joins them."""
    offers = [(offer, _words_of(offer), _numbers_of(offer)) for offer in campaign.offers]
    pairs, spelt = _facts(tuple(campaign.facts))
    audience = repr([campaign.audience, *[offer.audience for offer in campaign.offers if offer.audience]])
    known = [pairs, _days(campaign.period.start, campaign.period.end), _limits(audience)]
    for _, words, numbers in offers:
        known += (words.pairs, numbers.pairs)
    if handling is not None:
        known.append(_counter(floor(handling.mean), ceil(handling.mean)))
    figures = _FIGURE.findall(texts)
    left = set(figures).difference(*known)
    if left:
        left.difference_update(_turns(offers, figures, texts))
        if _ADULT in left and ("'age'" not in audience or _only_minors(texts)):
            left.discard(_ADULT)
    doubts = {number for number, unit in left if unit or len(number) > 1}
    numerals = set(_SPELT.findall(texts))
    if numerals:
        called = spelt.union(*[words.spelt for _, words, _ in offers])
        doubts.update([numeral for numeral in numerals if numeral not in called or _goes_on(numeral, texts)])
    doubts.update(_misplaced(offers, texts))
    if any(offer.gift for offer in campaign.offers):
        doubts.update(_SEVERAL_EACH.findall(texts))
    if len(offers) > 1:
        doubts.update(_of_another(offers, passages))
    return doubts


def _turns(offers: list[Plain], figures: list[Pair], texts: str) -> Iterator[Pair]:
    """Yield the months after the last one at a price that are only told as such: 13 个月 of 第 13 个月."""
    told = _TURN.findall(texts)
    if told:
        for turn in frozenset[str]().union(*[numbers.turns for _, _, numbers in offers]):
            if told.count(turn) == figures.count((turn, "个月")):
                yield turn, "个月"


def _goes_on(numeral: str, texts: str) -> bool:
    """Whether a numeral is anywhere the end of a longer one: 十六个月."""
    at = texts.find(numeral)
    while at >= 0:
        if texts[at - 1 : at] in _DIGITS:
            return True
        at = texts.find(numeral, at + 1)
    return False


_DIGITS = frozenset("一二两三四五六七八九十百千万")


def _only_minors(texts: str) -> bool:
    """Whether 18 years are told only of those who come with a parent, which holds whatever the audience is."""
    return all(
        texts[match.start() - 3 : match.start()].rstrip().endswith(_UNDER) and _PARENT.match(texts, match.end())
        for match in _EIGHTEEN.finditer(texts)
    )


def _misplaced(offers: list[Plain], texts: str) -> Iterator[str]:
    """Yield the figures of the spec that stand behind words that tell of another."""
    if any(numbers.turns for _, _, numbers in offers):
        placed = set(_PLACED.findall(texts)).difference(*[numbers.placed for _, _, numbers in offers])
        yield from (later or amount or months for months, amount, later in placed)
        for free in _FREE.findall(texts):
            if not any((free, "0", "") in numbers.placed for _, _, numbers in offers):
                yield free
        yield from set(_TURN.findall(texts)).difference(*[numbers.turns for _, _, numbers in offers])
        yield from set(_HELD.findall(texts)).difference(*[numbers.held for _, _, numbers in offers])
    for months, amount in _REMAINING.findall(texts):
        if not any(float(charge) * int(months) == float(amount) for _, words, _ in offers for charge in words.amounts):
            yield amount
    several = _SEVERAL.findall(texts)
    if several:
        yield from set(several).difference(*[words.amounts for _, words, _ in offers])


def _of_another(offers: list[Plain], passages: list[Passage]) -> Iterator[str]:
    """Yield the amounts of one offer that stand behind another's name, or where only that is named."""
    own = {offer.name: words.amounts.union(_amounts(numbers.pairs)) for offer, words, numbers in offers}
    others = {name: frozenset().union(*own.values()) - mine for name, mine in own.items()}
    if not any(others.values()):
        return
    names = _any_of(tuple(own))
    for passage in passages:
        if "元" not in passage.text:
            continue
        parts = names.split(passage.text)
        named = {*(names.findall(passage.entry.q) if passage.entry else ()), *parts[1::2]}
        if len(named) == 1:
            yield from others[next(iter(named))].intersection(_YUAN.findall(passage.text))
        else:
            for name, behind in zip(parts[1::2], parts[2::2], strict=True):
                yield from others[name].intersection(_YUAN.findall(behind))


@lru_cache(maxsize=1 << 12)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of several names, the longest first."""
    return re.compile(f"({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})")


def _amounts(pairs: frozenset[Pair]) -> set[str]:
    return {number for number, unit in pairs if unit == "元"}


_YUAN = expression(r"(?<![\d.])(\d[\d.]*+)\s?元")


# --- how the spec's figures are written ------------------------------------------------------------------------------


def _words_of(offer: Offer) -> Words:
    return _words(offer.name, offer.product, offer.early_exit, offer.gift and offer.gift.name)


@lru_cache(maxsize=1 << 12)
def _words(name: str, product: str, early_exit: str | None, gift: str | None) -> Words:
    size = _SIZE.search(product)
    said = (name, early_exit or "", gift or "", f"{size[1]}{size[2].upper()}" if size else "")
    return Words(
        frozenset(_FIGURE.findall(" ".join(said) + " ")),
        frozenset(number for number, unit in _FIGURE.findall(early_exit or "") if unit == "元"),
        _SPEEDS.get(size[1], frozenset()) if size else frozenset(),
    )


def _numbers_of(offer: Offer) -> Numbers:
    price, gift = offer.price, offer.gift
    counts = (offer.quota, gift.quantity if gift else None)
    if price is None:
        return _numbers(counts, None, None, None, offer.free_months, offer.contract_months)
    return _numbers(counts, price.amount, price.then, price.for_months, offer.free_months, offer.contract_months)


@lru_cache(maxsize=1 << 13)
def _numbers(
    counts: tuple[int | None, ...], amount: float | None, then: float | None, held: int | None, free: int, contract: int
) -> Numbers:
    """Return how an offer's figures are written in plain digits."""
    months = {month for month in (free, held, contract, free + held if held else 0) if month}
    pairs = {(str(count), "") for count in counts} | {(str(month), "个月") for month in months}
    pairs |= {(figure(value), "元") for value in (amount, then) if value is not None}
    placed = {(str(month), "", "") for month in months if month != contract or month in (free, held)}
    placed |= {(str(held), figure(amount), "")} if held and amount is not None else set()
    placed |= {(str(free), "0", "")} if free else set()
    later = (then, amount if free or then is None else None)
    placed |= {("", "", figure(value)) for value in later if value is not None}
    turns = {str(month + 1) for month in months}
    return Numbers(frozenset(pairs), frozenset(placed), frozenset(turns), frozenset({str(contract)} - {"0"}))


_SIZE = expression(r"\.(?:[a-z]+-)?(\d+)([mg])$")
_SPEEDS = {"100": frozenset({"百兆"}), "1000": frozenset({"千兆"})}


@lru_cache(maxsize=1 << 12)
def _facts(facts: tuple[str, ...]) -> tuple[frozenset[Pair], frozenset[str]]:
    """Return how further facts are written, in digits and (as far as they have one) in Chinese numerals."""
    said = " ".join(facts) + " "
    pairs = frozenset(_FIGURE.findall(said))
    numerals = {numeral + unit for number, unit in pairs for numeral in _NUMERALS.get(number, ())}
    return pairs | _HARMLESS, frozenset(numerals).union(_SPELT.findall(said))


_HARMLESS = frozenset(
    {("2", "G"), ("3", "G"), ("4", "G"), ("5", "G"), *((str(year), "年") for year in range(2020, 2040))}
)
"""Figures that are never compared: 4G the network, and a year."""
_NUMERALS = {"1": "一", "2": "两二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九"}


@lru_cache(maxsize=1 << 12)
def _days(start: date, end: date) -> frozenset[Pair]:
    """Return the first and the last day as they are written after the month, with blanks and without."""
    return frozenset((str(day.month), f"月{gap}{day.day}{gap}日") for day in (start, end) for gap in (" ", ""))


@lru_cache(maxsize=1 << 12)
def _limits(audience: str) -> frozenset[Pair]:
    """Return the limits of an audience with the units in which they are told."""
    found = set()
    for attribute, condition in _LIMIT.findall(audience):
        numbers = _NUMBER.findall(condition)
        found |= {(number, _UNITS[attribute]) for number in numbers}
        if len(numbers) > 1:
            found |= {(f"{numbers[0]}{gap}到{gap}{numbers[1]}", _UNITS[attribute]) for gap in (" ", "")}
    return frozenset(found)


_UNITS = {"tenure_months": "个月", "age": "岁", "monthly_spend": "元"}
_LIMIT = expression(rf"'({'|'.join(_UNITS)})': (\[[^]]*\]|[^,}}]*)")
_NUMBER = expression(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=256)
def _counter(low: int, high: int) -> frozenset[Pair]:
    """Return how a time at the counter between two whole minutes is told."""
    high = max(high, low + 1)
    return frozenset(
        (minutes, "分钟") for minutes in (f"{low} 到 {high}", f"{low}到{high}", f"{low}-{high}", str(low), str(high))
    )
