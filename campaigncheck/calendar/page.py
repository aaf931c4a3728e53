"""The calendar as one page: a table with a Gantt in it, to be filtered and searched where scripts run.

Nothing is fetched from anywhere. The page's policy lets only its own script run, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from campaigncheck import pages
from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.calendar import words
from campaigncheck.calendar.load import Row
from campaigncheck.calendar.model import Calendar
from campaigncheck.labels import CHANNELS, STAGES
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.understand.entry import STAGES as STAGE_ORDER

PAGE: dict[str, Text] = {
    "title": words.TITLE,
    "as_of": Text("制表日期", "As of"),
    "search": Text("搜索", "Search"),
    "search_hint": Text("名称、编号、优惠、部门……", "title, id, offer, department…"),
    "region": Text("地区", "Region"),
    "theme": Text("主题", "Theme"),
    "stage": Text("阶段", "Stage"),
    "all": Text("全部", "all"),
    "whole": Text("全省", "whole province"),
    "only_crowded": Text("只看碰上拥挤的", "only those in a crowd"),
    "reset": Text("清除", "Clear"),
    "count": Text("共 {total} 个营销案", "{total} campaigns"),
    "shown": Text("{total} 个营销案中的 {shown} 个", "{shown} of {total} campaigns"),
    "none": Text("没有符合条件的营销案。", "No campaign fits."),
    "campaigns": Text("营销案和日期", "Campaigns and dates"),
    "campaign": Text("营销案", "Campaign"),
    "where": Text("地区", "Where"),
    "when": Text("日期", "When"),
    "timeline": Text("时间轴", "Timeline"),
    "number": Text("编号", "Id"),
    "themes": Text("主题", "Themes"),
    "offers": Text("优惠", "Offers"),
    "channels": Text("渠道", "Channels"),
    "halls": Text("只在这些厅", "Only in halls"),
    "owner": Text("负责", "Owner"),
    "parent": Text("落地自", "Localises"),
    "crowded": Text("拥挤", "crowded"),
    "crowded_days": Text("厅里拥挤的日子", "Crowded days in halls"),
    "crowded_why": Text(
        "同一个城市的营业厅里，同时进行的营销案超过了上限。从今天算起，仓库里所有的营销案都计算在内。",
        "More campaigns at one time in a city's halls than are allowed; counted from today on over the whole repository.",
    ),
    "not_crowded": Text("没有拥挤的日子。", "There are none."),
    "most": Text("最多同时", "At one time"),
    "most_of": Text("{most} 个（上限 {limit}）", "{most} ({limit} allowed)"),
    "holidays": Text("公共假日", "Public holidays"),
    "provisional": Text("暂定", "provisional"),
    "today": Text("今天", "today"),
    "comma": Text("，", ", "),
    "countrywide": words.COUNTRYWIDE,
    "days_crowded": Text("{days} 天拥挤", "{days} crowded days"),
}

_MONTH = Text("{month}月", "{name}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_LABELS = 12
_ROOM_FOR_A_YEAR = 9.0
"""Per cent of the timeline that the label of the first year takes on a telephone, before the next year's."""


class Piece(NamedTuple):
    """Where something lies on the timeline, in per cent of it."""

    left: str
    width: str


class Mark(NamedTuple):
    """A stripe behind all bars: which colour, how wide, and where, as CSS places a background."""

    colour: str
    position: str
    width: str


class Month(NamedTuple):
    """The start of a month on the timeline; only some are labelled, and few have their year above them."""

    left: str
    label: Message | None
    year: str | None


class Line(NamedTuple):
    """One campaign as the page shows it; ``at`` and ``under`` tell the script where it runs."""

    row: Row
    stage: Text
    places: Message
    days: Message
    channels: list[Text]
    halls: list[str]
    parent: str | None
    bar: Piece
    cut: str
    crowded: list[Piece]
    crowded_days: Message | None
    at: list[str]
    under: list[str]


class Choice(NamedTuple):
    """A province of the filter with its cities."""

    code: str
    name: str
    cities: list[tuple[str, str]]


def write(calendar: Calendar, lang: Lang) -> str:
    """Return the page."""
    where = environment()
    script = where.get_template("page.js").render()
    return where.get_template("calendar.html.j2").render(
        pages.common_words(lang),
        page=PAGE,
        calendar=calendar,
        window=words.span(calendar.window),
        view=_View(calendar, lang),
        script=Markup(script),  # noqa: S704  # the package's own file, without a value in it
        digest="sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def environment() -> ImmutableSandboxedEnvironment:
    """Return where the templates of calendars run."""
    return pages.environment("campaigncheck.calendar")


@dataclass(frozen=True)
class _View:
    """What the template asks of a calendar."""

    calendar: Calendar
    lang: Lang

    def groups(self) -> Iterator[tuple[object, list[Line]]]:
        """Yield the campaigns of each province."""
        for code, rows in self.calendar.groups():
            name: object = PAGE["countrywide"] if code == COUNTRY else self.calendar.regions.name(code)
            yield name, [self._line(row) for row in rows]

    def _line(self, row: Row) -> Line:
        calendar, window = self.calendar, self.calendar.window
        crowded = calendar.crowded(row)
        total = sum(days.length for days in crowded)
        cover = calendar.regions.cover(row.cities)
        cuts = [(row.days.first < window.first, "cut-left"), (row.days.last > window.last, "cut-right")]
        return Line(
            row=row,
            stage=STAGES[row.stage],
            places=words.places(row.cities, calendar.regions),
            days=words.span(row.days),
            channels=[CHANNELS[name] for name in row.channels],
            halls=sorted(row.halls),
            parent=calendar.titles.get(row.parent, row.parent) if row.parent else None,
            bar=self._piece(row.days),
            cut=" ".join(name for is_cut, name in cuts if is_cut),
            crowded=[self._piece(days) for days in crowded],
            crowded_days=PAGE["days_crowded"](days=total) if crowded else None,
            at=cover,
            under=sorted({above for code in cover for above in _above(code, calendar.regions)}),
        )

    def crowds(self) -> Iterator[tuple[Message, Message, Message, list[str], list[str], list[str]]]:
        """Yield days, places, how many, whose, and for the script the regions of each crowd."""
        regions = self.calendar.regions
        for cities, crowd in self.calendar.crowds:
            cover = regions.cover(cities)
            yield (
                words.span(crowd.days),
                words.places(cities, regions),
                PAGE["most_of"](most=crowd.most, limit=crowd.limit),
                [self.calendar.titles[name] for name in crowd.campaigns],
                cover,
                sorted({above for code in cover for above in _above(code, regions)}),
            )

    def holidays(self) -> Iterator[tuple[str, Message, bool, Piece]]:
        """Yield name and days of each public holiday, whether it is provisional, and where it lies."""
        for holiday in self.calendar.holidays:
            name = words.holiday_name(holiday.name, self.lang)
            yield name, words.span(holiday.days), holiday.provisional, self._piece(holiday.days)

    def crowded(self) -> Iterator[Piece]:
        """Yield where the crowded days lie."""
        return map(self._piece, self.calendar.crowded_days)

    def unknown_holidays(self) -> Message | None:
        """Say so where the window goes beyond the years whose holidays are known."""
        known = self.calendar.holidays_until
        return words.UNKNOWN_HOLIDAYS(year=known) if self.calendar.window.end.year > known else None

    def marks(self) -> Iterator[Mark]:
        """Yield the stripes behind the bars, the foremost first: today, public holidays, the starts of months."""
        today = self.today()
        if today:
            yield Mark("today", today.left, "2px")
        for _, _, _, piece in self.holidays():
            room = 100 - float(piece.width)
            yield Mark("holiday", f"{100 * float(piece.left) / room if room else 0:.3f}", f"{piece.width}%")
        for month in self.months():
            yield Mark("line", month.left, "1px")

    def months(self) -> list[Month]:
        """Return the months of the timeline, with as many labels as there is room for."""
        firsts = list(_month_starts(self.calendar.window))
        step = -(-len(firsts) // _MOST_LABELS)
        lefts = [self._piece(Days.of(day, day)).left for day in firsts]
        januaries = [float(left) for left, day in zip(lefts, firsts, strict=True) if day.month == 1]
        room = min(januaries, default=100.0) > _ROOM_FOR_A_YEAR
        return [
            Month(left, _label(day) if index % step == 0 else None, _year(day, index == 0 and room))
            for index, (left, day) in enumerate(zip(lefts, firsts, strict=True))
        ]

    def today(self) -> Piece | None:
        """Return where today lies, if it is shown."""
        today = self.calendar.today.toordinal()
        window = self.calendar.window
        return self._piece(Days(today, today)) if window.first <= today <= window.last else None

    def stages(self) -> list[tuple[str, Text]]:
        """Return the stages of what is shown."""
        shown = {row.stage for row in self.calendar.rows}
        return [(name, STAGES[name]) for name in STAGE_ORDER if name in shown]

    def themes(self) -> list[str]:
        """Return the themes of what is shown."""
        return sorted({theme for row in self.calendar.rows for theme in row.themes})

    def choices(self) -> Iterator[Choice]:
        """Yield the provinces of what is shown, with their cities."""
        regions = self.calendar.regions
        for code in regions.provinces:
            cities = list(regions.names(self.calendar.cities & regions.masks[code]))
            if cities:
                yield Choice(code, regions.name(code), [(city, regions.name(city)) for city in cities if city != code])

    def _piece(self, days: Days) -> Piece:
        window = self.calendar.window
        shown = days.meet(window)
        left = 100 * (shown.first - window.first) / window.length
        return Piece(f"{left:.3f}", f"{100 * shown.length / window.length:.3f}")


def _above(code: str, regions: RegionTree) -> Iterator[str]:
    """Yield the regions above a node of the region tree."""
    if code != COUNTRY:
        yield COUNTRY
        province = regions.province(code)
        if province != code:
            yield province


def _month_starts(window: Days) -> Iterator[date]:
    """Yield the first day of the window, and of each month that begins in it."""
    for ordinal in range(window.first, window.last + 1):
        day = date.fromordinal(ordinal)
        if day.day == 1 or ordinal == window.first:
            yield day


def _label(day: date) -> Message:
    return _MONTH(month=day.month, name=_MONTHS[day.month - 1])


def _year(day: date, first: bool) -> str | None:
    return str(day.year) if first or day.month == 1 else None
