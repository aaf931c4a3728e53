"""The calendar page: what runs where and when, by region and by theme; crowded days, blackouts, holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.calendar import words
from campaigncheck.calendar.load import Row
from campaigncheck.calendar.model import Calendar, union
from campaigncheck.labels import STAGES
from campaigncheck.messages import Message, Text
from campaigncheck.site.model import Case, Site
from campaigncheck.site.pages import Page
from campaigncheck.understand.entry import STAGES as STAGE_ORDER

WORDS: dict[str, Text] = {
    "title": words.TITLE,
    "nothing": Text(
        "日历里没有营销案：都结束了，或者都读不懂。", "Nothing to show: all campaigns are over, or none can be read."
    ),
    "picture_of": Text(
        "时间轴：每个营销案一条，表里有同样的内容",
        "Timeline with a bar for each campaign; the table below says the same",
    ),
    "by": Text("怎么分组", "Grouped by"),
    "by_region": Text("按地区", "By region"),
    "by_theme": Text("按主题", "By theme"),
    "hint": Text(
        "点一条看这个营销案；拖动下面和右边的滑块放大。", "Select a bar to open its campaign; drag the sliders to zoom."
    ),
    "search": Text("搜索", "Search"),
    "search_hint": Text("名称、编号、地区……", "title, id, region…"),
    "region": Text("地区", "Region"),
    "theme": Text("主题", "Theme"),
    "stage": Text("阶段", "Stage"),
    "all": Text("全部", "all"),
    "reset": Text("清除", "Clear"),
    "shown": Text("{total} 个营销案中的 {shown} 个", "{shown} of {total} campaigns"),
    "count": Text("共 {total} 个营销案", "{total} campaigns"),
    "campaign": Text("营销案", "Campaign"),
    "where": Text("地区", "Where"),
    "when": Text("日期", "When"),
    "themes": Text("主题", "Themes"),
    "no_theme": Text("没有写主题", "no theme"),
    "themes_title": Text("按主题看", "By theme"),
    "crowded": Text("拥挤", "crowded"),
    "crowded_days": Text("厅里拥挤的日子", "Crowded days in halls"),
    "crowded_why": Text(
        "同一个城市的营业厅里，同时进行的营销案超过了上限。从今天算起，仓库里所有的营销案都计算在内。",
        "More campaigns at one time in a city's halls than are allowed; counted from today on over the whole repository.",
    ),
    "not_crowded": Text("没有拥挤的日子。", "There are none."),
    "most": Text("最多同时", "At one time"),
    "most_of": Text("{most} 个（上限 {limit}）", "{most} ({limit} allowed)"),
    "days_crowded": Text("{days} 天拥挤", "{days} crowded days"),
    "blackouts": Text("不宜上线的日子", "Days on which nothing should be launched"),
    "blackouts_why": Text(
        "每月头 {days} 天和末 {days} 天、节假日和节前一天，营业厅人多，不要安排上线。地区另有规定的，以检查结果为准。",
        "The first and last {days} days of a month, public holidays and the days before them: halls are busy. "
        "Where a region has rules of its own, the check goes by those.",
    ),
    "holidays": Text("公共假日", "Public holidays"),
    "provisional": Text("暂定", "provisional"),
    "today": Text("今天", "today"),
    "blackout": Text("不宜上线", "no launches"),
}


class Line(NamedTuple):
    """A campaign in the calendar; ``crowded`` are its crowded days as the picture wants them."""

    case: Case
    row: Row
    stage: Text
    places: Message
    days: Message
    themes: list[str]
    crowded: str
    crowded_days: Message | None
    region: str


class Group(NamedTuple):
    """The campaigns of a province, or those of several."""

    code: str
    name: Text | str
    lines: list[Line]


def pages(site: Site) -> Iterator[Page]:
    """Yield the calendar."""
    made = site.calendar
    values: dict[str, object] = {"page": WORDS, "calendar": made}
    if made is not None:
        values |= _values(site, made)
    yield Page(
        "calendar.html",
        WORDS["title"],
        "calendar.html.j2",
        values,
        "calendar",
        ("echarts.min.js", "chart.js", "filter.js", "calendar.js") if made else (),
    )


def _values(site: Site, made: Calendar) -> dict[str, object]:
    groups = list(_groups(site, made))
    lines = [line for group in groups for line in group.lines]
    shown = {line.row.stage for line in lines}
    return {
        "window": words.span(made.window),
        "first": made.window.start,
        "last": made.window.end,
        "groups": groups,
        "total": len(lines),
        "stages": [(name, STAGES[name]) for name in STAGE_ORDER if name in shown],
        "themes": _themes(lines),
        "crowds": list(_crowds(site, made)),
        "holidays": [
            (words.holiday_name(item.name, site.lang), item.days, words.span(item.days), item.provisional)
            for item in made.holidays
        ],
        "unknown": _unknown(made),
        "blackout_days": site.catalogues.whole_limit("blackout_days"),
        "blackouts": _spans(blackouts(site, made.window)),
    }


def _groups(site: Site, made: Calendar) -> Iterator[Group]:
    for code, rows in made.groups():
        name = words.COUNTRYWIDE if code == COUNTRY else made.regions.name(code)
        lines = [_line(site.by_path[row.path], row, made, code) for row in rows if row.path in site.by_path]
        if lines:
            yield Group(code, name, lines)


def _line(case: Case, row: Row, made: Calendar, region: str) -> Line:
    crowded = made.crowded(row)
    total = sum(days.length for days in crowded)
    return Line(
        case,
        row,
        STAGES[row.stage],
        words.places(row.cities, made.regions),
        words.span(row.days),
        [_plain(theme) for theme in row.themes],
        _spans(crowded),
        WORDS["days_crowded"](days=total) if crowded else None,
        region,
    )


def _plain(theme: str) -> str:
    """Return a theme as one word: spaces part themes in the data of a row."""
    return "_".join(theme.split())


def _themes(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        for theme in line.themes:
            found.setdefault(theme, []).append(line)
    return sorted(found.items())


def _crowds(site: Site, made: Calendar) -> Iterator[tuple[Message, Message, Message, list[tuple[str, Case | None]]]]:
    """Yield days, places, how many, and whose."""
    for cities, crowd in made.crowds:
        yield (
            words.span(crowd.days),
            words.places(cities, made.regions),
            WORDS["most_of"](most=crowd.most, limit=crowd.limit),
            [(made.titles[name], site.by_id.get(name)) for name in crowd.campaigns],
        )


def _unknown(made: Calendar) -> Message | None:
    known = made.holidays_until
    return words.UNKNOWN_HOLIDAYS(year=known) if made.window.end.year > known else None


def blackouts(site: Site, window: Days) -> list[Days]:
    """Return the days of a window on which nothing should be launched, as FREQ003 has it for the country."""
    edge, holidays = site.catalogues.whole_limit("blackout_days"), site.catalogues.calendar.holidays
    spans = []
    for ordinal in range(window.first, window.last + 1):
        day, tomorrow = date.fromordinal(ordinal), date.fromordinal(ordinal + 1)
        last = date.fromordinal(ordinal + edge) if edge else day
        if day.day <= edge or last.month != day.month or day in holidays or tomorrow in holidays:
            spans.append(Days(ordinal, ordinal))
    return union(spans)


def _spans(days: Iterable[Days]) -> str:
    return " ".join(f"{item.start}/{item.end}" for item in days)
