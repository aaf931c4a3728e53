"""Drawings: boxes, lines and labels on a sheet as wide as a telephone, written as SVG by a template.

What is written on them is text whatever it says: the template escapes it. The same drawing stands in pages, which
give it their own colours, and in files, which bring theirs along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from markupsafe import Markup
from rich.cells import cell_len

from campaigncheck import pages
from campaigncheck.messages import Lang

WIDTH = 360.0
"""Drawings are read on telephones without being made smaller."""
_WIDE, _NARROW = 1.0, 0.6
"""How wide a Chinese character, and any other, is for each unit of its size."""
_PACKAGE = "campaigncheck.drawing"

Anchor = Literal["start", "middle", "end"]
Kind = Literal["part", "closed", "file"]
"""Where a drawing stands: part of a page that has its colours, part of one that has not, or in a file of its own."""


class Box(NamedTuple):
    """A rectangle; ``css`` says what it means, ``title`` what a pointer over it tells."""

    x: str
    y: str
    width: str
    height: str
    css: str
    title: str


class Line(NamedTuple):
    """A line through some points, as SVG writes them."""

    points: str
    css: str


class Label(NamedTuple):
    """A text at a place."""

    x: str
    y: str
    anchor: Anchor
    css: str
    text: str


@dataclass
class Drawing:
    """What is drawn: the grid, boxes over it, lines over them, labels over all.

    ``title`` says what it is, ``description`` what it shows, to those who do not see it.
    """

    title: str
    height: float = 0.0
    grid: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    targets: list[Box] = field(default_factory=list)
    """Boxes that nobody sees, over all else: what a pointer over them tells."""
    description: str = ""
    width: float = WIDTH

    def box(self, x: float, y: float, width: float, height: float, css: str, title: str = "") -> None:
        """Draw a rectangle."""
        self.boxes.append(Box(number(x), number(y), number(width), number(height), css, title))

    def target(self, x: float, y: float, width: float, height: float, title: str) -> None:
        """Tell something where a pointer is over a rectangle."""
        self.targets.append(Box(number(x), number(y), number(width), number(height), "target", title))

    def line(self, points: Sequence[tuple[float, float]], css: str) -> None:
        """Draw a line through points; a line of the grid lies below everything."""
        into = self.grid if css == "grid" else self.lines
        into.append(Line(" ".join(f"{number(x)},{number(y)}" for x, y in points), css))

    def label(self, x: float, y: float, text: str, css: str = "label", anchor: Anchor = "start") -> None:
        """Write a text; ``y`` is its base line."""
        self.labels.append(Label(number(x), number(y), anchor, css, text))


def svg(drawing: Drawing, lang: Lang, kind: Kind = "part") -> Markup:
    """Return a drawing as SVG."""
    template = pages.environment(_PACKAGE).get_template("drawing.svg.j2")
    size = {"width": number(drawing.width), "height": number(drawing.height)}
    text = template.render(pages.common_words(lang), drawing=drawing, **size, kind=kind)
    return Markup(text)  # noqa: S704 - the template has escaped what is written


@cache
def style(name: str) -> Markup:
    """Return the colours that drawings have in pages: ``drawing``, or what is other in the ``dark``."""
    return Markup((files(_PACKAGE) / "templates" / f"{name}.css").read_text(encoding="utf-8").rstrip())  # noqa: S704 - our own


def number(value: float) -> str:
    """Write a place on a drawing to a tenth."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def fitted(text: str, width: float, size: float) -> str:
    """Return as much of a text as has room, with an ellipsis where it is cut.

    Args:
        text: on one line.
        width: the room.
        size: of the characters.
    """
    text = pages.printable(text).replace("\n", " ")
    room = width / size
    if _length(text) <= room:
        return text
    while text and _length(text) + _WIDE > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _length(text: str) -> float:
    return sum(_WIDE if cell_len(character) == 2 else _NARROW for character in text)
