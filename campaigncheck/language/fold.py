"""Folding text for comparison without moving a character."""

from __future__ import annotations

from campaigncheck.language.expressions import expression
from campaigncheck.language.traditional import SIMPLIFIED, TRADITIONAL

_UNLIKE = expression(f"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05\uff0b\uff0d-\uff0f\uff3f{TRADITIONAL}]")
_PLAIN = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "％＋－．／＿"))
_ALIKE = {code: code - 0xFEE0 for code in _PLAIN} | str.maketrans(TRADITIONAL, SIMPLIFIED)


def fold(text: str) -> str:
    """Return ``text`` in lower case, simplified, with half-width letters, digits and %+-./_.

    Every character keeps its place.
    """
    if _UNLIKE.search(text):
        text = text.translate(_ALIKE)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
