"""A handling time drawn with characters: its steps end to end, how likely each length is, and the standard beside the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from rich.cells import cell_len

from campaigncheck.drawing.scale import ticks
from campaigncheck.handling.shape import Part, Shape, heaviest
from campaigncheck.messages import Lang, Message, Text

WIDEST = 80
"""The picture is no wider, however wide the screen."""

_ROOMY = 70
"""On a narrower screen two cells become one."""

_MOST = 5
_FILLS = "█▓▒░·"
_LEVELS = "▁▂▃▄▅▆▇█"
_HERE, _LIMIT = "▲", "│"
_GAP = 2
_TELLING = 0.005
"""So much of it has to lie beyond the picture to be spoken of."""

_STEPS = Text("步骤", "steps")
_TIME = Text("用时", "time")
_P50 = Text("中位", "median")
_MEAN = Text("平均", "mean")
_P90 = Text("九成", "p90")
_MINUTES = Text("{minutes} 分钟", "{minutes} min")
_PART = Text("{fill} {name} {minutes}", "{fill} {name} {minutes}")
_OTHERS = Text("其余 {count} 步", "{count} other steps")
_AGAINST = Text("{minutes}（标准 {limit}）", "{minutes} (standard {limit})")
_ALONE = Text("{minutes}", "{minutes}")
_TIMED = Text(
    "步骤加起来 {plain} 分钟；试办了 {count} 笔，合在一起算。",
    "The steps add up to {plain} min; {count} rehearsals count together with them.",
)
_BEYOND = Text("另有 {percent}% 要更久，没有画出来。", "Another {percent}% take longer and are not drawn.")
_PLACES = Text(
    "各厅步骤不一样，这是最慢的；最快的平均 {minutes} 分钟。",
    "Halls have different steps; this is the slowest of them. The fastest takes {minutes} min on average.",
)


def lines(
    shapes: Sequence[Shape], names: Mapping[str, Text], limits: Mapping[str, float], lang: Lang, width: int
) -> Iterator[str]:
    """Yield the picture line by line.

    Args:
        shapes: the handling time at each kind of hall, the slowest first; at least one.
        names: what steps are called.
        limits: the standards to show: ``mean``, ``p90``.
        lang: in which language.
        width: cells that a line may take.
    """
    shape = shapes[0] if width >= _ROOMY else _coarser(shapes[0])
    indent = max(cell_len(name().render(lang)) for name in (_STEPS, _TIME, _P50, _MEAN, _P90)) + _GAP
    minutes = _MINUTES(minutes=f"{shape.plain:.1f}").render(lang)
    parts = heaviest(shape.parts, _MOST)
    yield _row(_STEPS, f"{_bar(parts, shape)} {minutes}", indent, lang)
    yield from _wrapped(list(_legend(parts, shape, names, lang)), indent, min(width, WIDEST))
    yield _row(_TIME, _sparks(shape), indent, lang)
    figures = shape.estimate
    yield _row(_P50, _mark(figures.p50, None, shape, lang), indent, lang)
    yield _row(_MEAN, _mark(figures.mean, limits.get("mean"), shape, lang), indent, lang)
    yield _row(_P90, _mark(figures.p90, limits.get("p90"), shape, lang), indent, lang)
    yield " " * indent + _axis(shape, lang)
    yield from (note.render(lang) for note in _notes(shapes))


def _coarser(shape: Shape) -> Shape:
    """Return the shape on half as many cells."""
    halves = [before + after for before, after in zip(shape.shares[::2], shape.shares[1::2], strict=True)]
    return shape._replace(width=2 * shape.width, shares=tuple(halves))


def _row(name: Text, drawn: str, indent: int, lang: Lang) -> str:
    said = name().render(lang)
    return said + " " * (indent - cell_len(said)) + drawn


def _column(minutes: float, shape: Shape) -> int:
    """Return the column of the axis on which some minutes lie."""
    return min(int(minutes / shape.width), len(shape.shares) - 1)


def _bar(parts: Sequence[Part], shape: Shape) -> str:
    """Draw the steps end to end on the axis of the times."""
    ends = [round(minutes / shape.width) for minutes in accumulate(part.minutes for part in parts)]
    before = [0, *ends]
    return "".join(fill * (end - start) for fill, start, end in zip(_FILLS, before, ends, strict=False))


def _legend(parts: Sequence[Part], shape: Shape, names: Mapping[str, Text], lang: Lang) -> Iterator[str]:
    for fill, part in zip(_FILLS, parts, strict=False):
        name = names.get(part.id, part.id) if part.number else _OTHERS(count=len(shape.parts) - _MOST + 1)
        yield _PART(fill=fill, name=name, minutes=f"{part.minutes:.1f}").render(lang)


def _wrapped(items: Sequence[str], indent: int, width: int) -> Iterator[str]:
    """Yield items side by side, as many a line as have room."""
    line = ""
    for item in items:
        longer = f"{line}{' ' * _GAP}{item}" if line else item
        if line and indent + cell_len(longer) > width:
            yield " " * indent + line
            longer = item
        line = longer
    yield " " * indent + line


def _sparks(shape: Shape) -> str:
    highest = max(shape.shares)
    return "".join(_spark(share / highest if highest else 0.0) for share in shape.shares)


def _spark(share: float) -> str:
    """Draw a share of the highest; what would not be seen is blank."""
    if share * len(_LEVELS) < 0.1:
        return " "
    return _LEVELS[min(int(share * len(_LEVELS)), len(_LEVELS) - 1)]


def _mark(minutes: float, limit: float | None, shape: Shape, lang: Lang) -> str:
    """Mark some minutes on the axis, and the standard for them, and write both."""
    if limit is None:
        said = _ALONE(minutes=f"{minutes:.1f}")
        return " " * _column(minutes, shape) + f"{_HERE} {said.render(lang)}"
    marks = {_column(limit, shape): _LIMIT} | {_column(minutes, shape): _HERE}
    drawn = "".join(marks.get(at, " ") for at in range(max(marks) + 1))
    return f"{drawn} {_AGAINST(minutes=f'{minutes:.1f}', limit=limit).render(lang)}"


def _axis(shape: Shape, lang: Lang) -> str:
    """Write round minutes where they lie on the axis."""
    line = ""
    for step in ticks(shape.end):
        column = _column(step, shape)
        if step < shape.end and (not line or column > len(line)):
            line = f"{line:<{column}}{step:g}"
    return _MINUTES(minutes=line).render(lang)


def _notes(shapes: Sequence[Shape]) -> Iterator[Message]:
    shape = shapes[0]
    if shape.timed:
        yield _TIMED(plain=f"{shape.plain:.1f}", count=shape.timed)
    if len(shapes) > 1:
        yield _PLACES(minutes=f"{shapes[-1].estimate.mean:.1f}")
    if shape.beyond >= _TELLING:
        yield _BEYOND(percent=round(100 * shape.beyond))
