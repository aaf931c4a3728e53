"""Folding text for comparison without moving a character."""

from __future__ import annotations

import re

_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05\uff0b\uff3f]")
_NARROW = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0B, 0xFF3F)
}


def fold(text: str) -> str:
    """Return ``text`` in lower case with half-width letters, digits, %, + and _; every character keeps its place."""
    if _WIDE.search(text):
        text = text.translate(_NARROW)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
