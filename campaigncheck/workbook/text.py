"""Text in cells: what XML cannot hold, or a spreadsheet would read otherwise, is written by its number, as Excel does."""

from __future__ import annotations

import re

LONGEST = 32_767
"""Characters that a cell can hold."""

_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ALL_BLANK = re.compile(r"\s+\Z")


def escaped(text: str) -> str:
    """Return a text as a cell holds it; blanks alone are written by number, since a cell of blanks counts as empty."""
    if _ALL_BLANK.match(text):
        return "".join(map(_number, text))
    return _TO_ESCAPE.sub(lambda match: "".join(map(_number, match.group())), text)


def _number(character: str) -> str:
    return f"_x{ord(character):04X}_"


def unescaped(text: str) -> str:
    """Return the text that a cell means; half a character stays as it is written."""
    return _WRITTEN.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)


def units(text: str) -> int:
    """Return how long a text is as spreadsheets count: in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
