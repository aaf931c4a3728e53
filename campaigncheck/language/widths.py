"""Figures written with full-width characters: ３００Ｍ, ２９．９元, ５０％."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGIT = "0-9０-９"
_SIGN = f"{_DIGIT}A-Za-zＡ-Ｚａ-ｚ"
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_ANY_DIGIT = re.compile(f"[{_DIGIT}]")
_TIME = f"(?<=[{_DIGIT}])：(?=[0-5０-５][{_DIGIT}](?![{_SIGN}]))"
_FIGURE = re.compile(f"[{_SIGN}]+(?:(?:[.．+＋\\-－/／:]|{_TIME})[{_SIGN}]+)*(?:(?<=[{_DIGIT}])％)?")
"""Letters and digits with the points, signs and colons between them; a comma may part two figures, so it stays."""
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Wide(NamedTuple):
    """A figure at ``text[start:end]`` with full-width characters, and how it is written plainly."""

    start: int
    end: int
    plain: str


def wide_figures(text: str) -> Iterator[Wide]:
    """Yield the figures of a text that have full-width digits or letters; Chinese punctuation is none of them."""
    if _WIDE.search(text):
        for match in _FIGURE.finditer(text):
            written = match.group()
            if _WIDE.search(written) and _ANY_DIGIT.search(written):
                yield Wide(*match.span(), written.translate(_NARROW))
