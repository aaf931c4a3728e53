"""Words and phrases that all outputs of the calendar share."""

from __future__ import annotations

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.messages import Lang, Message, Text

TITLE = Text("营销日历", "Campaign calendar")
SPAN = Text("{start} 至 {end}", "{start} to {end}")
PROVISIONAL = Text("{name}（暂定）", "{name} (provisional)")
COUNTRYWIDE = Text("全国和跨省", "Nationwide, and across provinces")
UNKNOWN_HOLIDAYS = Text("{year} 年以后的节假日还没有数据。", "Nothing is known yet about public holidays after {year}.")
_DAY = Text("{day}", "{day}")
_ALL = Text("全国", "the whole country")
_BUT = Text("{whole}（不含{without}）", "{whole} (except {without})")
_LIST = Text("{items}", "{items}")

_HOLIDAYS = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn",
    "国庆节": "National Day",
}


def visible(text: str) -> str:
    """Replace characters that would move a cursor, hide text or break a line."""
    return "".join(char if char.isprintable() else "�" for char in text)


def span(days: Days) -> Message:
    """Write a period with its years."""
    return _DAY(day=days.start) if days.length == 1 else SPAN(start=days.start, end=days.end)


def holiday_name(name: str, lang: Lang) -> str:
    """Name a public holiday; two that fall on one day are both named. What has no English name keeps its own."""
    if lang == "zh":
        return name
    return ", ".join(_HOLIDAYS.get(part, part) for part in name.split("、"))


def places(cities: int, regions: RegionTree) -> Message:
    """Name a set of cities: whole provinces, provinces but for a few cities, and single cities."""
    if cities == regions.masks.get(COUNTRY):
        return _LIST(items=[_ALL])
    items: list[Message | str] = []
    for province in regions.provinces:
        there = regions.masks[province]
        missing = there & ~cities
        if cities & there and 2 * missing.bit_count() < there.bit_count():
            items.append(_province(province, missing, regions))
            cities &= ~there
    return _LIST(items=[*items, *(regions.name(code) for code in regions.names(cities))])


def _province(code: str, missing: int, regions: RegionTree) -> Message | str:
    if not missing:
        return regions.name(code)
    return _BUT(whole=regions.name(code), without=[regions.name(city) for city in regions.names(missing)])
