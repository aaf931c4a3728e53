"""The pictures of a forecast as files: SVG, and PNG where the package for it is installed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from campaigncheck.drawing.canvas import Drawing, svg
from campaigncheck.engine.errors import UsageError
from campaigncheck.forecast import pictures
from campaigncheck.forecast.page import Told
from campaigncheck.handling.picture import counter
from campaigncheck.messages import Lang, Text

PATTERN = re.compile(r"(?:days|hours|counter|stress)-.+\.(?:svg|png)")
"""How the files are named."""
ZOOM = 3
"""Pixels of a PNG for each unit of a drawing, so that it can be printed."""
_LONGEST = 60
_UNSAFE = re.compile(r"[^0-9a-z_]+")
_SAMPLE = "营"

_NO_PACKAGE = Text("做 PNG 要用 resvg-py，还没有装", "PNG needs resvg-py, which is not installed")
_NO_PACKAGE_HINT = Text(
    "运行 pip install 'campaigncheck[pictures]'；或者用 --picture-format svg。",
    "Run pip install 'campaigncheck[pictures]', or use --picture-format svg.",
)
_NO_FONT = Text("这台机器上没有中文字体，做不了 PNG", "no font on this machine has Chinese characters, so no PNG")
_NO_FONT_HINT = Text(
    "Debian、Ubuntu：apt install fonts-noto-cjk；Fedora：dnf install google-noto-sans-cjk-fonts；"
    "macOS：brew install --cask font-noto-sans-cjk-sc；或者用 --picture-format svg。",
    "Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts; "
    "macOS: brew install --cask font-noto-sans-cjk-sc; or use --picture-format svg.",
)


def made(told: Told, kinds: Sequence[str], lang: Lang) -> dict[str, bytes]:
    """Return the pictures as files by name, in order.

    Raises:
        UsageError: for PNG, where the package is missing or no font has Chinese characters.
    """
    found: dict[str, bytes] = {}
    for name, drawing in _drawings(told, lang):
        text = str(svg(drawing, lang, "file"))
        if "svg" in kinds:
            found[f"{name}.svg"] = text.encode()
        if "png" in kinds:
            found[f"{name}.png"] = png(text)
    return found


def _drawings(told: Told, lang: Lang) -> Iterator[tuple[str, Drawing]]:
    for month in told.series.months():
        yield f"days-{month.month:%Y-%m}", pictures.days(month, lang)
    for item in told.series.hours():
        yield f"hours-{safe(item.hall)}-{date.fromordinal(item.day)}", pictures.hours(item, lang)
    for name, pictured in told.counters.drawn:
        yield f"counter-{safe(name)}", counter(pictured, lang)
    for curve in told.curves:
        yield f"stress-{safe(curve.id)}", pictures.stress(curve, lang)


def safe(name: str) -> str:
    """Return a name that any file may have, and no two names share, whether or not capitals count.

    What is changed in it, or cut, leaves a digest of the whole name behind.
    """
    plain = _UNSAFE.sub("-", name.lower()).strip("-")[:_LONGEST].strip("-")
    if plain == name:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{plain}-{digest}" if plain else digest


def png(text: str) -> bytes:
    """Return an SVG as PNG; the same fonts give the same bytes.

    Raises:
        UsageError: where the package is missing or no font has Chinese characters.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise UsageError(_NO_PACKAGE(), _NO_PACKAGE_HINT()) from error
    if not _has_chinese():
        raise UsageError(_NO_FONT(), _NO_FONT_HINT())
    return bytes(svg_to_bytes(svg_string=text, zoom=ZOOM))


@cache
def _has_chinese() -> bool:
    """Whether a font has Chinese characters: a sample leaves other marks than what no font has."""
    from resvg_py import svg_to_bytes

    def drawn(text: str) -> bytes:
        sample = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="5" y="30" font-size="24">{text}</text></svg>'
        return bytes(svg_to_bytes(svg_string=sample))

    return drawn(_SAMPLE) != drawn("\uf8fe")
