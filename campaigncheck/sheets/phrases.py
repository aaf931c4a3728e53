"""Puts dates, places, customers and products into the words of the counter."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.messages import Message, Text, show
from campaigncheck.rulekit.wording import products
from campaigncheck.spec.model import Campaign, Period

Words = Message | Text | str
"""Something that can be said in either language; a plain string is said as it is."""

_CAMPAIGN, _CUSTOMER = "campaign:", "客户"
_WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = Text("{year} 年 {month} 月 {day} 日（{weekday}）", "{weekday} {day} {name} {year}")
_SHORT_DAY = Text("{month} 月 {day} 日（{weekday}）", "{weekday} {day} {name} {year}")
_PERIOD = Text("{start}到 {end}", "{start} to {end}")
_ONE_DAY = Text("{start}，只有一天", "{start}, one day only")

_DATES = Text("{start} 至 {end}", "{start} to {end}")

_AND = Text("{first}，{second}", "{first}, {second}")
_OR = Text("{first}或{last}", "{first} or {last}")
_OR_APART = Text("{first} 或 {last}", "{first} or {last}")
_LIST = Text("{items}", "{items}")
_BUT = Text("{places}，不含{without}", "{places}, except {without}")
_PARTS = Text("{whole}（{parts}）", "{whole} ({parts})")

ANYBODY = Text("所有客户", "all customers")
_IS = Text("{label}是{value}", "{label}: {value}")
_NOT = Text("不是“{label}”", "not “{label}”")
_MEASURED = Text("{label}{value}", "{label} {value}")
_EQUAL = Text(" {value} {unit}", "{value} {unit}")
_BETWEEN = Text(" {low} 到 {high} {unit}", "{low} to {high} {unit}")
_BOUNDS: dict[str, Text] = {
    ">=": Text("满 {value} {unit}", "{value} {unit} or more"),
    ">": Text("超过 {value} {unit}", "over {value} {unit}"),
    "<=": Text("不超过 {value} {unit}", "up to {value} {unit}"),
    "<": Text("不到 {value} {unit}", "under {value} {unit}"),
}
_BOUND = re.compile(r"(>=|<=|>|<)\s*([0-9.]+)\Z")
_BETWEEN_ENDS = re.compile(r"([0-9.]+?)\s*\.\.\s*([0-9.]+)\Z")

_OTHER_CAMPAIGN = Text("活动“{title}”", "the campaign “{title}”")
_OTHER_CAMPAIGNS = Text("编号为 {pattern} 的活动", "campaigns numbered {pattern}")


def day(value: date, short: bool = False) -> Message:
    """Write a day with its weekday; in Chinese without the year if ``short``."""
    return (_SHORT_DAY if short else _DAY)(
        year=value.year,
        month=value.month,
        day=value.day,
        name=_MONTHS[value.month - 1],
        weekday=_WEEKDAYS[value.weekday()],
    )


def date_words(value: date, short: Text, whole: Text, year: int) -> Message:
    """Write a day in given words, in the shorter ones if it is in a year."""
    return (short if value.year == year else whole)(
        year=value.year, month=value.month, day=value.day, name=_MONTHS[value.month - 1]
    )


def period(given: Period) -> Message:
    """Write a period; the year of the end is left out if it is that of the start."""
    if given.start == given.end:
        return _ONE_DAY(start=day(given.start))
    return _PERIOD(start=day(given.start), end=day(given.end, short=given.start.year == given.end.year))


def dates(given: Period) -> Message:
    """Write a period as short as can be."""
    return _DATES(start=given.start, end=given.end)


def listed(items: Iterable[Words]) -> Message:
    """Write a list."""
    return _LIST(items=list(items))


def _either(items: Sequence[Words]) -> Words:
    if len(items) == 1:
        return items[0]
    before, behind = show(items[-2], "zh")[-1:], show(items[-1], "zh")[:1]
    either = _OR_APART if before.isascii() and behind.isascii() else _OR
    return either(first=list(items[:-1]), last=items[-1])


def places(campaign: Campaign, tree: RegionTree) -> Message:
    """Name where a campaign runs, the way the spec means it.

    Whole cities are drawn together to provinces. Counties are named as they are written: though rules
    compare city by city, a customer has to know which part of the city is meant.
    """
    include, exclude = campaign.regions.include, campaign.regions.exclude
    where = listed(_regions(include, tree))
    return _BUT(places=where, without=listed(_regions(exclude, tree))) if exclude else where


def _regions(codes: Sequence[str], tree: RegionTree) -> list[Words]:
    parts: dict[str, list[str]] = {}
    whole: list[str] = []
    for code in codes:
        city = tree.city(code) if code in tree.regions else code
        if city in (None, code):
            whole.append(code)
        else:
            parts.setdefault(str(city), []).append(code)
    named: list[Words] = [tree.name(code) for code in _drawn_together(whole, tree)]
    for city, counties in parts.items():
        named.append(_PARTS(whole=tree.name(city), parts=[tree.name(code) for code in dict.fromkeys(counties)]))
    return named


def _drawn_together(codes: Sequence[str], tree: RegionTree) -> list[str]:
    unknown = [code for code in dict.fromkeys(codes) if code not in tree.regions]
    return [*tree.cover(tree.scope(codes)), *unknown]


def audience(groups: Sequence[Mapping[str, Any]], catalogues: Catalogues) -> tuple[Words, ...]:
    """Write each group of customers as one phrase; no groups means everybody."""
    return tuple(_group(group, catalogues) for group in groups) or (ANYBODY,)


def _group(group: Mapping[str, Any], catalogues: Catalogues) -> Words:
    entries = catalogues.attributes.attributes
    conditions = [_condition(name, entries.get(name), given) for name, given in group.items()]
    return reduce(lambda first, second: _AND(first=first, second=second), conditions) if conditions else ANYBODY


def _condition(name: str, entry: AttributeEntry | None, given: Any) -> Words:
    values = given if isinstance(given, list) else [given]
    if entry is None or not values:
        return _IS(label=entry.label.text if entry else name, value=[str(value) for value in values])
    if entry.type == "boolean":
        return _either([_yes_or_no(entry, value) for value in values])
    if entry.type == "enum":
        return _named(entry, _either(_shortened([_value(entry, value) for value in values])))
    return _either([_measure(entry, str(value)) for value in values])


def _yes_or_no(entry: AttributeEntry, value: object) -> Words:
    label = entry.label.text
    if value is True:
        return label
    if value is False:
        return entry.negated.text if entry.negated else _NOT(label=label)
    return _IS(label=label, value=str(value))


def _named(entry: AttributeEntry, value: Words) -> Words:
    return entry.phrase.text(value=value) if entry.phrase else _IS(label=entry.label.text, value=value)


def _shortened(values: list[Words]) -> list[Words]:
    """Say what several names end with only once: “个人或家庭客户”."""
    chinese = [show(value, "zh") for value in values]
    if len(values) < 2 or not all(name.endswith(_CUSTOMER) and name != _CUSTOMER for name in chinese):
        return values
    short: list[Words] = [
        Text(_escape(name.removesuffix(_CUSTOMER)), _escape(show(value, "en")))
        for name, value in zip(chinese, values, strict=True)
    ]
    return [*short[:-1], values[-1]]


def _value(entry: AttributeEntry, value: object) -> Words:
    """The catalogue gives other names in Chinese only; in English the value speaks for itself."""
    name = entry.names.get(str(value))
    if name is None:
        return str(value)
    return Text(_escape(name), _escape(str(value)))


def _measure(entry: AttributeEntry, given: str) -> Words:
    words: dict[str, object] = {"unit": entry.unit.text if entry.unit else ""}
    bound, ends = _BOUND.match(given.strip()), _BETWEEN_ENDS.match(given.strip())
    if bound:
        value = _BOUNDS[bound[1]](value=bound[2], **words)
    elif ends:
        value = _BETWEEN(low=ends[1], high=ends[2], **words)
    else:
        value = _EQUAL(value=given, **words)
    return entry.phrase.text(value=value) if entry.phrase else _MEASURED(label=entry.label.text, value=value)


def _escape(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def patterns(given: Iterable[str], catalogues: Catalogues, titles: Mapping[str, str]) -> tuple[Words, ...]:
    """Name the products and campaigns that patterns mean; ``titles`` are the known campaigns', in order of id."""
    found: list[Words] = []
    for pattern in given:
        if pattern.startswith(_CAMPAIGN):
            found += _campaigns(pattern[len(_CAMPAIGN) :], titles)
        else:
            found += products(pattern, catalogues)
    return tuple(item for index, item in enumerate(found) if item not in found[:index])


def _campaigns(pattern: str, titles: Mapping[str, str]) -> list[Words]:
    names = [pattern] if pattern in titles else fnmatch.filter(titles, pattern)
    return [_OTHER_CAMPAIGN(title=titles[name]) for name in names] or [_OTHER_CAMPAIGNS(pattern=pattern)]
