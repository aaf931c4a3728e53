"""Ranges of merged cells."""

from __future__ import annotations

import re

from campaigncheck.workbook.grid import Rows

_SPAN = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})\Z")


def meets(span: str, head: int, rows: Rows) -> tuple[int, int] | None:
    """Return the first cell of a merged range that reaches below the row of headings and holds anything; else None."""
    match = _SPAN.match(span)
    if match is None:
        return None
    left, top, right, bottom = _column(match[1]), int(match[2]), _column(match[3]), int(match[4])
    if bottom <= head:
        return None
    filled = (row for row in rows if top <= row <= bottom)
    return (top, left) if any(left <= column <= right for row in filled for column in rows[row]) else None


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
