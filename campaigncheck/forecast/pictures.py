"""The pictures of a forecast: waiting by hour, halls × days, and the stress curve."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from campaigncheck.drawing.canvas import WIDTH, Drawing, fitted
from campaigncheck.drawing.scale import ticks
from campaigncheck.forecast.curve import Curve, Point
from campaigncheck.forecast.series import MONTH_DAYS, DayWait, HallDayWaits, HeatMonth, HeatRow, HourWait
from campaigncheck.messages import Lang, Text

CLASSES = (Text("高端客户", "Premium customers"), Text("其他客户", "Other customers"))
USED = (25, 50, 75, 100, 150, 200)
"""Per cent of a promise at which the colour of a heat map changes; above 100 it is broken."""
_COLOURS = ("u0", "u1", "u2", "u3", "o0", "o1", "o2")
_LEFT, _RIGHT = 34.0, WIDTH - 6
_PANEL, _BAR_WIDE = 92.0, 0.36
_NAMES, _ROW = 111.0, 17.0
_CELL = (WIDTH - _NAMES) / MONTH_DAYS
_BROKEN = "!"
"""Beside the colour, for those who see none, and on paper."""
_LEAST_USED, _MOST_USED = 1.5, 2.5
"""A curve is drawn up to so many times the promise: at least, and at most."""

_HOURS = Text("{hall} {day} 每个钟头平均等多久", "{hall}, {day}: mean wait hour by hour")
_UNIT = Text("分钟", "min")
_ASSUMED = Text("{day}（数据是估计的）", "{day} (assumed figures)")
_BEFORE, _AFTER = Text("不办活动", "without"), Text("办活动", "with campaigns")
_OVER, _PROMISE = Text("超过承诺", "over promise"), Text("承诺", "promise")
_BAR = Text(
    "{hour} 点：不办活动 {before} 分钟，办活动 {after} 分钟，承诺 {promise} 分钟",
    "{hour}:00: {before} min without, {after} min with campaigns, {promise} min promised",
)
_MONTH = Text("{month}：各厅每天最久的平均等候占承诺的百分比", "{month}: worst mean wait of each day, % of the promise")
_CELL_TITLE = Text(
    "{hall} {day}：{after} 分钟，承诺 {promise} 分钟（{used}%）",
    "{hall}, {day}: {after} min, {promise} min promised ({used}%)",
)
_OF_THE_PROMISE = Text("占承诺", "of promise")
_CURVE = Text(
    "{campaign}：办的人越多，{hall} {day} 等得越久",
    "{campaign}: the more people, the longer the wait in {hall} on {day}",
)
_CURVE_AT = Text("{hall} {day} 最紧的钟头", "{hall}, {day}, tightest hour")
_TIMES = Text("是计划的几倍", "times the people planned")
_OF_PROMISE = Text("平均等候占承诺的 %", "mean wait, % of the promise")
_PLANNED = Text("计划", "planned")
_MOST = Text("最多 {uptake} 笔（{times} 倍）", "at most {uptake} ({times} times)")
_POINT = Text(
    "{times} 倍：占承诺的 {used}%，守住 {kept}% 的承诺",
    "{times} times: {used}% of the promise, {kept}% of promises kept",
)


class Place(NamedTuple):
    """Where figures lie on a drawing: up to ``top``, between two heights."""

    top: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """Return the height of a figure."""
        return self.low - min(value, self.top) / self.top * (self.low - self.high)


def hours(waits: HallDayWaits, lang: Lang) -> Drawing:
    """Draw the worst day of a hall: two bars an hour, without and with the campaigns, and the promise as a line."""
    day = date.fromordinal(waits.day)
    drawing = Drawing(_HOURS(hall=waits.name, day=day).render(lang))
    drawing.label(6, 18, fitted(waits.name, WIDTH - 12, 14), "head")
    when = _ASSUMED(day=day).render(lang) if waits.assumed else day.isoformat()
    drawing.label(6, 35, when, "soft")
    figures = [figure for hours in waits.classes for hour in hours for figure in hour[1:]]
    steps = ticks(max(figures, default=1.0))
    top = 42.0
    for name, of in zip(CLASSES, waits.classes, strict=True):
        place = Place(steps[-1], top + 24 + _PANEL, top + 24)
        drawing.label(6, top + 10, name().render(lang), "strong")
        _grid(drawing, place, steps, lang)
        _bars(drawing, of, place, lang)
        top = place.low + 20
    _hours_legend(drawing, top, lang)
    drawing.height = top + 20
    return drawing


def _grid(drawing: Drawing, place: Place, steps: Sequence[float], lang: Lang) -> None:
    for step in steps:
        drawing.line([(_LEFT, place.y(step)), (_RIGHT, place.y(step))], "grid")
        drawing.label(_LEFT - 4, place.y(step) + 4, f"{step:g}", "soft", "end")
    drawing.label(_RIGHT, place.high - 6, _UNIT().render(lang), "soft", "end")


def _bars(drawing: Drawing, of: Sequence[HourWait], place: Place, lang: Lang) -> None:
    if not of:
        return
    first, slots = of[0].hour, of[-1].hour - of[0].hour + 1
    wide = (_RIGHT - _LEFT) / slots
    each = 1 if slots <= 13 else 2
    for hour in of:
        left = _LEFT + (hour.hour - first) * wide
        _bar(drawing, left + wide * (0.48 - _BAR_WIDE), wide * _BAR_WIDE, hour.before, "before", place)
        _bar(drawing, left + wide * 0.52, wide * _BAR_WIDE, hour.after, "after" if hour.kept else "over", place)
        if (hour.hour - first) % each == 0:
            drawing.label(left + wide / 2, place.low + 13, str(hour.hour), "soft", "middle")
        drawing.target(left, place.high, wide, place.low - place.high, bar_title(hour, lang))
    for promise, group in groupby(of, key=lambda hour: hour.promise):
        same = [hour.hour - first for hour in group]
        y = place.y(promise)
        drawing.line([(_LEFT + same[0] * wide, y), (_LEFT + (same[-1] + 1) * wide, y)], "promise")


def _bar(drawing: Drawing, x: float, width: float, value: float, css: str, place: Place) -> None:
    y = place.y(value)
    drawing.box(x, y, width, place.low - y, css)


def bar_title(hour: HourWait, lang: Lang) -> str:
    """Say what an hour is like."""
    before, after = minutes(hour.before), minutes(hour.after)
    return _BAR(hour=hour.hour, before=before, after=after, promise=f"{hour.promise:g}").render(lang)


def _hours_legend(drawing: Drawing, top: float, lang: Lang) -> None:
    x = 6.0
    for css, text, wide in (("before", _BEFORE, 76), ("after", _AFTER, 108), ("over", _OVER, 88)):
        drawing.box(x, top, 10, 10, css)
        drawing.label(x + 14, top + 9, text().render(lang))
        x += wide
    drawing.line([(x, top + 5), (x + 16, top + 5)], "promise")
    drawing.label(x + 20, top + 9, _PROMISE().render(lang))


def days(month: HeatMonth, lang: Lang) -> Drawing:
    """Draw a month of halls: a row each, a box a day; the darker, and marked with a dot, the further over the promise."""
    drawing = Drawing(_MONTH(month=f"{month.month:%Y-%m}").render(lang))
    drawing.label(6, 18, f"{month.month:%Y-%m}", "head")
    for day in (1, 5, 10, 15, 20, 25, 30):
        if day <= len(month.rows[0].days):
            drawing.label(_NAMES + (day - 0.5) * _CELL, 34, str(day), "soft", "middle")
    top = 40.0
    for row in month.rows:
        drawing.label(4, top + 12, fitted(row.name, _NAMES - 8, 11))
        for at, wait in enumerate(row.days):
            _cell(drawing, row, month.month.replace(day=at + 1), wait, _NAMES + at * _CELL, top, lang)
        top += _ROW
    _days_legend(drawing, top + 8, lang)
    drawing.height = top + 40
    return drawing


def _cell(drawing: Drawing, row: HeatRow, day: date, wait: DayWait | None, x: float, y: float, lang: Lang) -> None:
    if wait is None:
        drawing.box(x + 0.25, y + 0.5, _CELL - 0.5, _ROW - 1, "none")
        return
    told = _CELL_TITLE(
        hall=row.name, day=day, after=minutes(wait.after), promise=f"{wait.promise:g}", used=percent(wait.used)
    )
    drawing.box(x + 0.25, y + 0.5, _CELL - 0.5, _ROW - 1, colour(wait.used), told.render(lang))
    if wait.used > 1:
        drawing.label(x + _CELL / 2, y + 12, _BROKEN, "mark", "middle")


def colour(used: float) -> str:
    """Return the class of a share of a promise; exactly the whole of it is kept."""
    return _COLOURS[sum(used * 100 > bound for bound in USED)]


def _days_legend(drawing: Drawing, top: float, lang: Lang) -> None:
    x, wide = 6.0, 38.0
    for at, css in enumerate(_COLOURS):
        drawing.box(x, top, wide - 1, 11, css)
        if at > USED.index(100):
            drawing.label(x + wide / 2, top + 9, _BROKEN, "mark", "middle")
        x += wide
        if at < len(USED):
            drawing.label(x, top + 23, f"{USED[at]}%", "soft", "middle")
    drawing.label(x + 6, top + 9, _OF_THE_PROMISE().render(lang), "soft")


def stress(curve: Curve, lang: Lang) -> Drawing:
    """Draw how far the tightest promise is used up by more people, and mark the most that keep it."""
    bound = curve.binding
    day = date.fromordinal(bound.day)
    drawing = Drawing(_CURVE(campaign=curve.title, hall=curve.name, day=day).render(lang), 282)
    drawing.label(6, 18, fitted(curve.title, WIDTH - 12, 14), "head")
    drawing.label(6, 35, fitted(_CURVE_AT(hall=curve.name, day=day).render(lang), WIDTH - 12, 11), "soft")
    drawing.label(6, 53, _OF_PROMISE().render(lang), "soft")
    worst = max(point.used for point in curve.points)
    place = Place(min(max(math.ceil(worst * 2) / 2, _LEAST_USED), _MOST_USED), 246, 96)
    for step in range(0, int(place.top * 100) + 1, 50):
        y = place.y(step / 100)
        drawing.line([(_LEFT, y), (_RIGHT, y)], "promise" if step == 100 else "grid")
        drawing.label(_LEFT - 4, y + 4, str(step), "soft", "end")
    _curve(drawing, curve, place, lang)
    drawing.label((_LEFT + _RIGHT) / 2, 277, _TIMES().render(lang), "soft", "middle")
    return drawing


def _curve(drawing: Drawing, curve: Curve, place: Place, lang: Lang) -> None:
    end = curve.points[-1].factor

    def x(factor: float) -> float:
        return _LEFT + factor / end * (_RIGHT - _LEFT)

    for step in ticks(end):
        if step <= end:
            drawing.label(x(step), place.low + 15, f"{step:g}", "soft", "middle")
    drawing.line([(x(1), place.low), (x(1), place.high)], "planned")
    most = curve.binding.factor
    drawing.line([(x(most), place.low), (x(most), place.high)], "most")
    drawing.line([(x(point.factor), place.y(point.used)) for point in _drawn(curve.points)], "curve")
    told = _MOST(uptake=f"{curve.uptake:,}", times=f"{most:.2f}").render(lang)
    _above(drawing, x(most), place.high - 22, told, "strong")
    _above(drawing, x(1), place.high - 7, _PLANNED().render(lang), "soft")
    wide = (_RIGHT - _LEFT) / len(curve.points)
    for point in curve.points:
        drawing.target(x(point.factor) - wide / 2, place.high, wide, place.low - place.high, point_title(point, lang))


def _above(drawing: Drawing, x: float, y: float, text: str, css: str) -> None:
    """Write over a line, or as near to that as there is room."""
    if x < WIDTH / 3:
        drawing.label(x - 4, y, text, css)
    elif x > WIDTH * 2 / 3:
        drawing.label(x + 4, y, text, css, "end")
    else:
        drawing.label(x, y, text, css, "middle")


def _drawn(points: Sequence[Point]) -> Iterator[Point]:
    """Yield the points up to where the curve leaves the picture, and that place."""
    last: Point | None = None
    for point in points:
        if point.used > _MOST_USED:
            if last is not None:
                part = (_MOST_USED - last.used) / (point.used - last.used)
                yield Point(last.factor + part * (point.factor - last.factor), _MOST_USED, point.kept)
            return
        yield point
        last = point


def point_title(point: Point, lang: Lang) -> str:
    """Say what so many people do."""
    return _POINT(times=f"{point.factor:.2f}", used=percent(point.used), kept=f"{point.kept * 100:.0f}").render(lang)


def minutes(value: float) -> str:
    """Write minutes to a tenth."""
    return f"{value:.1f}"


def percent(share: float) -> str:
    """Write a share in whole per cent, rounded so that what is over the whole does not read as the whole."""
    return str(math.ceil(share * 100) if share > 1 else math.floor(share * 100 + 0.5))
