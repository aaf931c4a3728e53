"""Figures and Latin words written with full-width characters: ３００Ｍ, ２９．９元, ５０％, ＡＰＰ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campaigncheck.language.expressions import expression

_DIGIT = "0-9０-９"
_SIGN = f"{_DIGIT}A-Za-zＡ-Ｚａ-ｚ"
_WIDE = expression("[０-９Ａ-Ｚａ-ｚ]")
_TIME = f"(?<=[{_DIGIT}])：(?=[0-5０-５][{_DIGIT}](?![{_SIGN}]))"
_LINK = "[：:][／/]{2}"
_RUN = expression(f"[{_SIGN}]+(?:(?:[.．+＋\\-－/／:@＠_＿]|{_TIME}|{_LINK})[{_SIGN}]+)*(?:(?<=[{_DIGIT}])％)?")
"""Letters and digits with the points, signs and colons between them; a comma may part two figures, so it stays."""
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Wide(NamedTuple):
    """A figure or a word at ``text[start:end]`` with full-width characters, and how it is written plainly."""

    start: int
    end: int
    plain: str


def wide_figures(text: str) -> Iterator[Wide]:
    """Yield the runs of a text that have full-width digits or letters; Chinese punctuation is none of them."""
    if _WIDE.search(text):
        for match in _RUN.finditer(text):
            written = match.group()
            if _WIDE.search(written):
                yield Wide(*match.span(), written.translate(_NARROW))
