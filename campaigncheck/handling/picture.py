"""The picture of a handling time: how likely each length of a transaction is, and its steps end to end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from campaigncheck.drawing.canvas import WIDTH, Drawing, fitted
from campaigncheck.drawing.scale import ticks
from campaigncheck.handling.shape import Part, Shape, heaviest
from campaigncheck.messages import Lang, Message, Text

MOST = 8
"""Steps that have a place of their own in the picture."""
_LEFT = 8.0
_NARROW = 210.0
"""The small picture stands beside a table, and its letters must not become small."""
_ROW, _AXIS = 15.0, 18.0
_ENOUGH = 13.0
"""A step that is so wide has its number written on it."""
_TELLING = 0.005
"""So much of it has to lie beyond the picture to be spoken of."""

_TITLE = Text("{title}：柜台办一笔要多久", "{title}: minutes at the counter")
_HERE = Text("柜台办一笔要多久", "minutes at the counter")
_UNIT = Text("0 分钟", "0 min")
_MEAN = Text("平均 {minutes} 分钟", "mean {minutes} min")
_P80 = Text("八成在 {minutes} 分钟以内", "80 % within {minutes} min")
_P90 = Text("九成在 {minutes} 分钟以内", "90 % within {minutes} min")
_USUALLY = Text("一般 {minutes} 分钟左右", "usually about {minutes} min")
_LONGER = Text("十位里有一位超过 {minutes} 分钟", "one in ten over {minutes} min")
_MEAN_LIMIT = Text("标准：平均 {minutes} 分钟", "standard: mean {minutes} min")
_P90_LIMIT = Text("标准：九成在 {minutes} 分钟以内", "standard: 90 % within {minutes} min")
_STEPS = Text("步骤加起来平均 {minutes} 分钟", "steps: {minutes} min on average")
_STEP = Text("{name} {minutes} 分钟（{percent}%）", "{name} {minutes} min ({percent}%)")
_TAKES = Text("{minutes} 分钟，{percent}%", "{minutes} min, {percent}%")
_OTHERS = Text("其余 {count} 步", "{count} other steps")
_SLOWEST = Text("最慢：{halls}", "slowest: {halls}")
_FASTEST = Text("最快，平均 {minutes} 分钟：{halls}", "fastest, mean {minutes} min: {halls}")
_ELSEWHERE = Text("没有单列步骤的营业厅", "halls without steps of their own")
_MANY = Text("{hall}等 {count} 家营业厅", "{hall} and others, {count} halls")
_ESTIMATED = Text("按步骤估计", "estimated from the steps")
_TIMED = Text("试办 {count} 笔量到的", "timed in {count} rehearsals")
_BEYOND = Text("另有 {percent}% 要更久，没有画出来", "another {percent}% take longer and are not drawn")
_DESCRIPTION = Text("{figures}。{steps}：{parts}。", "{figures}. {steps}: {parts}.")
_NAMED = Text("{name}", "{name}")


class Limits(NamedTuple):
    """The minutes at which a handling time is too long: its mean, its 90th percentile."""

    mean: float
    p90: float


class Pictured(NamedTuple):
    """What is drawn of a campaign.

    Attributes:
        title: of the campaign.
        shapes: its handling time, the slowest halls first; at least one.
        names: what steps are called, by id.
        halls: what halls are called, by id.
        limits: the standard, if it is to be shown.
    """

    title: str
    shapes: tuple[Shape, ...]
    names: Mapping[str, Text]
    halls: Mapping[str, str]
    limits: Limits | None = None


class _Mark(NamedTuple):
    """Minutes that stand out, how their line is drawn, what is said of them."""

    minutes: float
    css: str
    said: Message


def counter(pictured: Pictured, lang: Lang) -> Drawing:
    """Draw a handling time with its standard and all that belongs to it, to stand on its own."""
    shape, drawing = pictured.shapes[0], Drawing(_TITLE(title=pictured.title).render(lang))
    drawing.label(6, 18, fitted(pictured.title, WIDTH - 12, 14), "head")
    marks = [*_figures(shape), *_standards(pictured)]
    top = _density(drawing, pictured.shapes, 30, 78, lang)
    top = _marks(drawing, marks, shape, (30, top), lang)
    top = _kinds(drawing, pictured, top + 4, lang)
    top = _stack(drawing, pictured, top + 8, 20, lang)
    drawing.height = _legend(drawing, pictured, top + 6, lang) + 4
    drawing.description = description(pictured, marks, lang)
    return drawing


def small(pictured: Pictured, lang: Lang) -> Drawing:
    """Draw a handling time beside the table of its steps, whose numbers it shows."""
    shape, drawing = pictured.shapes[0], Drawing(_HERE().render(lang), width=_NARROW)
    estimate = shape.estimate
    marks = [_mark("mean", estimate.p50, _USUALLY), _mark("p90", estimate.p90, _LONGER)]
    top = _marks(drawing, marks, shape, (4, _density(drawing, pictured.shapes[:1], 4, 40, lang)), lang)
    if len(pictured.shapes) > 1:
        slowest = _SLOWEST(halls=place(shape.halls, pictured.halls)).render(lang)
        drawing.label(_LEFT, top + 11, fitted(slowest, _across(drawing), 11), "soft")
        top += _ROW
    drawing.height = _stack(drawing, pictured, top + 3, 17, lang) + 2
    drawing.description = description(pictured, marks, lang)
    return drawing


def description(pictured: Pictured, marks: Sequence[_Mark], lang: Lang) -> str:
    """Say what is drawn to those who do not see it."""
    shape = pictured.shapes[0]
    parts = [
        _STEP(name=_name(part, pictured), minutes=f"{part.minutes:.1f}", percent=percent(part.minutes, shape.plain))
        for part in heaviest(shape.parts, MOST)
    ]
    steps = _STEPS(minutes=f"{shape.plain:.1f}")
    figures = [mark.said for mark in marks]
    return _DESCRIPTION(figures=figures, steps=steps, parts=parts).render(lang)


def percent(part: float, whole: float) -> int:
    """Return a part in per cent of the whole."""
    return int(100 * part / whole + 0.5)


def place(halls: Sequence[str], names: Mapping[str, str]) -> Message:
    """Name halls shortly."""
    if not halls:
        return _ELSEWHERE()
    first = names.get(halls[0], halls[0])
    return _NAMED(name=first) if len(halls) == 1 else _MANY(hall=first, count=len(halls))


def _mark(css: str, minutes: float, said: Text) -> _Mark:
    return _Mark(minutes, css, said(minutes=f"{minutes:.1f}"))


def _figures(shape: Shape) -> Iterator[_Mark]:
    figures = shape.estimate
    yield _mark("mean", figures.mean, _MEAN)
    yield _mark("p80", figures.p80, _P80)
    yield _mark("p90", figures.p90, _P90)


def _standards(pictured: Pictured) -> Iterator[_Mark]:
    if pictured.limits:
        mean, p90 = pictured.limits
        yield _Mark(mean, "promise", _MEAN_LIMIT(minutes=mean))
        yield _Mark(p90, "promise", _P90_LIMIT(minutes=p90))


def _density(drawing: Drawing, shapes: Sequence[Shape], high: float, tall: float, lang: Lang) -> float:
    """Draw how likely each length is, and return where that ends; of several places the slowest and the fastest."""
    shape, low = shapes[0], high + tall
    highest = max(share for one in (shape, shapes[-1]) for share in one.shares) or 1.0
    drawn = [("area", shape.shares), *([("timed", shape.measured)] if shape.timed else [])]
    drawn += [("other", shapes[-1].shares)] if len(shapes) > 1 else []
    for css, shares in drawn:
        drawing.line(_outline(drawing, [share / highest * tall for share in shares], low), css)
    drawing.line([(_LEFT, low), (_LEFT + _across(drawing), low)], "grid")
    for step in ticks(shape.end):
        if step <= shape.end:
            drawing.line([(_x(drawing, step, shape), low), (_x(drawing, step, shape), low + 3)], "grid")
            said = f"{step:g}" if step else _UNIT().render(lang)
            drawing.label(_x(drawing, step, shape), low + 14, said, "soft", "middle" if step else "start")
    return low + _AXIS


def _x(drawing: Drawing, minutes: float, shape: Shape) -> float:
    return _LEFT + min(minutes / shape.end, 1.0) * _across(drawing)


def _across(drawing: Drawing) -> float:
    return drawing.width - 2 * _LEFT


def _outline(drawing: Drawing, heights: Sequence[float], low: float) -> list[tuple[float, float]]:
    wide = _across(drawing) / len(heights)
    points, before = [(_LEFT, low)], 0.0
    for at, height in enumerate([*heights, 0.0]):
        if height != before:
            points += [(_LEFT + at * wide, low - before), (_LEFT + at * wide, low - height)]
        before = height
    return [*points, (_LEFT + _across(drawing), low)]


def _marks(drawing: Drawing, marks: Sequence[_Mark], shape: Shape, panel: tuple[float, float], lang: Lang) -> float:
    """Draw a line for each mark, and say below what it is: a row for each, so that none covers another."""
    high, top = panel
    low = top - _AXIS
    for mark in marks:
        x = _x(drawing, mark.minutes, shape)
        drawing.line([(x, high), (x, low)], mark.css)
        drawing.line([(x, top + 2), (x, top + _ROW - 2)], mark.css)
        left = x > drawing.width / 2
        drawing.label(x - 5 if left else x + 5, top + 11, mark.said.render(lang), anchor="end" if left else "start")
        top += _ROW
    return top


def _kinds(drawing: Drawing, pictured: Pictured, top: float, lang: Lang) -> float:
    """Say what is measured and what is estimated, at which halls, and how many are not drawn."""
    for css, said in _keys(pictured):
        if css:
            drawing.line([(_LEFT, top + 10), (_LEFT, top + 2), (_LEFT + 10, top + 2), (_LEFT + 10, top + 10)], css)
        drawing.label(
            _LEFT + 15 if css else _LEFT, top + 10, fitted(said.render(lang), _across(drawing) - 15, 11), "soft"
        )
        top += _ROW
    return top


def _keys(pictured: Pictured) -> Iterator[tuple[str, Message]]:
    slowest, fastest = pictured.shapes[0], pictured.shapes[-1]
    if slowest.timed:
        yield "area", _ESTIMATED()
        yield "timed", _TIMED(count=slowest.timed)
    if len(pictured.shapes) > 1:
        yield "" if slowest.timed else "area", _SLOWEST(halls=place(slowest.halls, pictured.halls))
        fast = place(fastest.halls, pictured.halls)
        yield "other", _FASTEST(halls=fast, minutes=f"{fastest.estimate.mean:.1f}")
    if slowest.beyond >= _TELLING:
        yield "", _BEYOND(percent=percent(slowest.beyond, 1))


def _stack(drawing: Drawing, pictured: Pictured, top: float, tall: float, lang: Lang) -> float:
    """Draw the steps end to end, and return where that ends."""
    shape = pictured.shapes[0]
    drawing.label(_LEFT, top + 11, _STEPS(minutes=f"{shape.plain:.1f}").render(lang), "strong")
    x, top = _LEFT, top + 17
    for at, part in enumerate(heaviest(shape.parts, MOST)):
        wide = part.minutes / shape.plain * _across(drawing)
        share = percent(part.minutes, shape.plain)
        told = _STEP(name=_name(part, pictured), minutes=f"{part.minutes:.1f}", percent=share).render(lang)
        drawing.box(x, top, wide, tall, _css(part, at), told)
        if wide >= _ENOUGH and part.number:
            drawing.label(x + wide / 2, top + tall / 2 + 4, str(part.number), _on(part, at), "middle")
        x += wide
    return top + tall


def _css(part: Part, at: int) -> str:
    return f"s{at % 2}" if part.number else "rest"


def _on(part: Part, at: int) -> str:
    return "on number" if _css(part, at) == "s0" else "strong number"


def _legend(drawing: Drawing, pictured: Pictured, top: float, lang: Lang) -> float:
    """Name the steps, a line each."""
    shape = pictured.shapes[0]
    for at, part in enumerate(heaviest(shape.parts, MOST)):
        drawing.box(_LEFT, top + 2, 16, 12, _css(part, at))
        if part.number:
            drawing.label(_LEFT + 8, top + 12, str(part.number), _on(part, at), "middle")
        takes = _TAKES(minutes=f"{part.minutes:.1f}", percent=percent(part.minutes, shape.plain)).render(lang)
        drawing.label(_LEFT + 22, top + 12, fitted(_name(part, pictured).render(lang), 205, 11))
        drawing.label(_LEFT + _across(drawing), top + 12, takes, "label", "end")
        top += _ROW + 1
    return top


def _name(part: Part, pictured: Pictured) -> Message:
    if not part.number:
        return _OTHERS(count=len(pictured.shapes[0].parts) - MOST + 1)
    name = pictured.names.get(part.id)
    return _NAMED(name=name if name else part.id)
