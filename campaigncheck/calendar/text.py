"""The calendar for a terminal: a Gantt that stays in line whatever is Chinese in it.

Bars are plain ASCII: block and line characters are one cell wide in some terminals and two in those set
up for Chinese, and nothing would stand under its month any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text as Styled

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.calendar import words
from campaigncheck.calendar.axis import Axis, Scale, axes, place
from campaigncheck.calendar.load import Row
from campaigncheck.calendar.model import Calendar, Holiday, SharedCrowd
from campaigncheck.labels import STAGES
from campaigncheck.messages import Lang, Text

WIDTH = 110
NARROWEST = 60
_NARROWEST_CHART, _WIDEST_TITLE, _WIDEST_PLACES = 24, 40, 30
_MOST_CROWDS = 30
_RUNS, _CROWDED, _OVER, _BEFORE, _AFTER, _TODAY, _HOLIDAY, _PROVISIONAL = "=#-<>|*?"

_COLOURS = {
    "draft": "black on white",
    "testing": "black on yellow",
    "optimising": "black on cyan",
    "approved": "white on blue",
    "launched": "black on green",
    "retired": "white on bright_black",
}
_CROWDED_COLOUR = "bold white on red"

_HEAD = Text("{title}  {span}  （今天 {today}）", "{title}  {span}  (today {today})")
_YEAR = Text("年", "year")()
_MONTH = Text("月", "month")()
_DAY = Text("日", "day")()
_ROW_TODAY = Text("今天 {mark}", "today {mark}")
_ROW_HOLIDAYS = Text("节假日 {mark}，暂定 {provisional}", "public holidays {mark}, provisional {provisional}")
_ROW_CROWDED = Text("拥挤 {mark}", "crowded {mark}")
_LEGEND = Text(
    "{runs} 进行  {crowded} 厅里拥挤  {over} 已过去  {before} {after} 超出所示时段",
    "{runs} runs  {crowded} crowded halls  {over} gone by  {before} {after} beyond what is shown",
)
_CROWDS = Text(
    "厅里拥挤的日子（一个城市的营业厅里同时进行的营销案太多）：",
    "Crowded days (too many campaigns at one time in a city's halls):",
)
_CROWD = Text(
    "{span}  最多 {most} 个（上限 {limit}）  {places}：{titles}",
    "{span}  up to {most} ({limit} allowed)  {places}: {titles}",
)
_MORE = Text("另有 {count} 段，html 里都有。", "{count} more; html has them all.")
_NOT_CROWDED = Text(
    "没有拥挤的日子：每个城市的营业厅里，同时进行的营销案都没有超过上限。",
    "No crowded days: nowhere more campaigns at one time in a city's halls than are allowed.",
)
_HOLIDAYS = Text("节假日：{names}", "Public holidays: {names}")
_TOTAL = Text("共 {count} 个营销案。", "Campaigns: {count}.")


class _Columns(NamedTuple):
    """Cells of the columns before the chart; none means the column is left out."""

    title: int
    id: int
    places: int
    stage: int
    dates: int

    @property
    def wide(self) -> int:
        return sum(cells + 1 for cells in self if cells) + 1


class _Line(NamedTuple):
    """What stands before the bar of a campaign, in the order of the columns."""

    title: str
    id: str
    places: str
    stage: str
    dates: str


def write(calendar: Calendar, lang: Lang, colour: bool = False, width: int = WIDTH, scale: Scale | None = None) -> str:
    """Write the calendar as text, ``width`` cells wide; colour only where asked for."""
    out = StringIO()
    console = Console(
        file=out, width=width, no_color=not colour, force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for line in _Writer(calendar, lang, width).lines(scale):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


class _Writer:
    """One calendar in one language and width."""

    def __init__(self, calendar: Calendar, lang: Lang, width: int) -> None:
        self.calendar = calendar
        self.lang: Lang = lang
        self.width = width
        self.years = max(row.days.last for row in calendar.rows) - min(row.days.first for row in calendar.rows) > 365
        self.texts = {row.id: self._line(row) for row in calendar.rows}
        weeks = calendar.window.length // 7 + 2
        self.columns = _columns(list(self.texts.values()), width, weeks)

    def lines(self, scale: Scale | None) -> Iterator[Styled]:
        calendar = self.calendar
        title = words.TITLE().render(self.lang)
        head = _HEAD(title=title, span=words.span(calendar.window), today=calendar.today)
        yield from self._wrapped(head.render(self.lang), "bold")
        for axis in axes(calendar.window, self.width - self.columns.wide, scale):
            yield Styled()
            yield from self._chart(axis)
        yield Styled()
        yield from self._wrapped(self._legend(), "dim")
        for paragraph in (self._holidays(), *self._crowds(), _TOTAL(count=len(calendar.rows)).render(self.lang)):
            yield from self._wrapped(paragraph)

    def _line(self, row: Row) -> _Line:
        places = words.places(row.cities, self.calendar.regions).render(self.lang)
        return _Line(row.title, row.id, places, STAGES[row.stage]().render(self.lang), self._dates(row.days))

    def _dates(self, days: Days) -> str:
        """Write a period without its years where these can be no other."""
        start, end = days.start.isoformat(), days.end.isoformat()
        if not self.years:
            start, end = start[5:], end[5:]
        return start if days.length == 1 else f"{start}..{end}"

    def _chart(self, axis: Axis) -> Iterator[Styled]:
        yield from self._head(axis)
        for code, rows in self.calendar.groups():
            shown = [row for row in rows if not row.days.meet(axis.days).empty]
            if shown:
                name = words.COUNTRYWIDE().render(self.lang) if code == COUNTRY else self.calendar.regions.name(code)
                yield Styled(name, style="bold underline")
            for row in shown:
                yield self._bar(row, axis)

    def _head(self, axis: Axis) -> Iterator[Styled]:
        wide = len(axis.cells)
        calendar, lang = self.calendar, self.lang
        for name, ticks in ((_YEAR, axis.years()), (_MONTH, axis.months(lang)), (_DAY, axis.dates())):
            labels = place(ticks, wide)
            if labels:
                yield self._marked(name.render(lang), labels, "dim")
        today = calendar.today.toordinal()
        marks = "".join(_TODAY if cell.first <= today <= cell.last else " " for cell in axis.cells)
        yield self._marked(_ROW_TODAY(mark=_TODAY).render(lang), marks, "bold")
        marks = "".join(_holiday_mark(calendar.holidays, cell) for cell in axis.cells)
        label = _ROW_HOLIDAYS(mark=_HOLIDAY, provisional=_PROVISIONAL).render(lang)
        yield self._marked(label, marks, "magenta")
        marks = "".join(_CROWDED if _meets(calendar.crowded_days, cell) else " " for cell in axis.cells)
        yield self._marked(_ROW_CROWDED(mark=_CROWDED).render(lang), marks, "bold red")

    def _marked(self, label: str, marks: str, style: str) -> Styled:
        wide = self.columns.wide - 1
        return Styled(" " * (wide - cell_len(label)) + label + " ").append(marks, style=style)

    def _bar(self, row: Row, axis: Axis) -> Styled:
        text = self.texts[row.id]
        cells = [fit(part, wide) for part, wide in zip(text, self.columns, strict=True) if wide]
        line = Styled(" " + " ".join(cells) + " ")
        crowded = self.calendar.crowded(row)
        last = len(axis.cells) - 1
        marks = [self._mark(row, cell, crowded, index in (0, last)) for index, cell in enumerate(axis.cells)]
        for mark, run in groupby(marks):
            line.append("".join(run), style=_style(mark, row.stage))
        return line

    def _mark(self, row: Row, cell: Days, crowded: Sequence[Days], at_end: bool) -> str:
        if row.days.meet(cell).empty:
            return " "
        if at_end and cell.first == self.calendar.window.first > row.days.first:
            return _BEFORE
        if at_end and cell.last == self.calendar.window.last < row.days.last:
            return _AFTER
        if _meets(crowded, cell):
            return _CROWDED
        return _OVER if cell.last < self.calendar.today.toordinal() else _RUNS

    def _legend(self) -> str:
        return _LEGEND(runs=_RUNS, crowded=_CROWDED, over=_OVER, before=_BEFORE, after=_AFTER).render(self.lang)

    def _holidays(self) -> str:
        names = [self._holiday(holiday) for holiday in self.calendar.holidays]
        said = _HOLIDAYS(names=names).render(self.lang) if names else ""
        if self.calendar.window.end.year > self.calendar.holidays_until:
            said += " " * bool(said)
            said += words.UNKNOWN_HOLIDAYS(year=self.calendar.holidays_until).render(self.lang)
        return said

    def _holiday(self, holiday: Holiday) -> str:
        name = words.holiday_name(holiday.name, self.lang)
        return f"{name} {self._dates(holiday.days)}{_PROVISIONAL if holiday.provisional else ''}"

    def _crowds(self) -> Iterator[str]:
        found = self.calendar.crowds
        if not found:
            yield _NOT_CROWDED().render(self.lang)
            return
        yield _CROWDS().render(self.lang)
        for shared in found[:_MOST_CROWDS]:
            yield "  " + self._crowd(shared)
        if len(found) > _MOST_CROWDS:
            yield "  " + _MORE(count=len(found) - _MOST_CROWDS).render(self.lang)

    def _crowd(self, shared: SharedCrowd) -> str:
        days, most, limit, campaigns = shared.crowd
        titles = [self.calendar.titles[name] for name in campaigns]
        where = words.places(shared.cities, self.calendar.regions)
        said = _CROWD(span=self._dates(days), most=most, limit=limit, places=where, titles=titles)
        return said.render(self.lang)

    def _wrapped(self, paragraph: str, style: str = "") -> Iterator[Styled]:
        """Break a paragraph at the width; further lines are indented."""
        indent = "    " if paragraph.startswith(" ") else "  "
        line = ""
        for piece in _pieces(paragraph):
            if line.strip() and cell_len(line) + cell_len(piece.rstrip()) > self.width:
                yield Styled(line.rstrip(), style=style)
                line, piece = indent, piece.lstrip()
            line += piece
        if line.strip():
            yield Styled(line.rstrip(), style=style)


def _pieces(paragraph: str) -> Iterator[str]:
    """Yield the smallest pieces between which a line may break: words, and Chinese characters.

    A closing mark stays with what is before it.
    """
    piece = ""
    for char in paragraph:
        narrow = char != " " and cell_len(char) < 2
        begins = (
            piece and char not in " ，、。：；（）" and (not narrow or cell_len(piece[-1]) == 2 or piece[-1] == " ")
        )
        if begins and piece.strip() and piece[-1] != "（":
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _columns(lines: Sequence[_Line], width: int, weeks: int) -> _Columns:
    """Give every column what it needs, and less to titles and places where the chart would be left too little."""
    needed = _Columns(*(max(map(cell_len, cells)) for cells in zip(*lines, strict=True)))
    needed = needed._replace(title=min(needed.title, _WIDEST_TITLE), places=min(needed.places, _WIDEST_PLACES))
    room = width - max(_NARROWEST_CHART, min(weeks, width * 3 // 8))
    for id_wide in (needed.id, 0):
        if needed._replace(id=id_wide).wide <= room:
            return needed._replace(id=id_wide)
    left = max(12, room - _Columns(0, 0, 0, needed.stage, needed.dates).wide - 2)
    title = min(needed.title, left - min(needed.places, left // 3))
    return _Columns(title, 0, min(needed.places, left - title), needed.stage, needed.dates)


def fit(text: str, wide: int) -> str:
    """Pad a text to so many cells, or cut it and say so; a double-width character is never cut in half."""
    if cell_len(text) <= wide:
        return set_cell_size(text, wide)
    return set_cell_size(set_cell_size(text, wide - 2).rstrip(" （(、,") + "..", wide)


def _meets(parts: Iterable[Days], cell: Days) -> bool:
    return any(part.first <= cell.last and cell.first <= part.last for part in parts)


def _holiday_mark(holidays: Iterable[Holiday], cell: Days) -> str:
    found = [holiday.provisional for holiday in holidays if _meets([holiday.days], cell)]
    if not found:
        return " "
    return _PROVISIONAL if all(found) else _HOLIDAY


def _style(mark: str, stage: str) -> str:
    if mark == " ":
        return ""
    return _CROWDED_COLOUR if mark == _CROWDED else _COLOURS[stage]
