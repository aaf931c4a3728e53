"""Numbers in Chinese text: Arabic, full-width and Chinese numerals, 半 and 两."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from campaigncheck.language.expressions import expression

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = expression("[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?")
_ARABIC = expression(r"(?<![A-Za-z0-9.])([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*([十百千万亿]?)")


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[float, ...]:
    """Return every number in a text, in order; each also as the years it makes if 半 follows or precedes.

    ``29.9 元``, ``２９.９元``, ``二十九元九``'s 29, ``1.2 万`` (12000), ``一年半`` (1 and 1.5).
    """
    folded = unicodedata.normalize("NFKC", text)
    found: list[tuple[int, float]] = []
    for match in _ARABIC.finditer(folded):
        value = float(match[1].replace(",", ""))
        scale = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}[match[2]]
        found.append((match.start(), value * scale))
    for match in _CHINESE.finditer(folded):
        if match.start() and folded[match.start() - 1].isdigit():
            continue
        number = chinese_number(match[0])
        if number is not None:
            found.append((match.start(), number))
    return tuple(value for _, value in sorted(found))


def chinese_number(text: str) -> float | None:
    """Return the value of a Chinese numeral (二十九, 一百零五, 三千, 二〇二七, 一点五); None if it is none."""
    whole, _, fraction = text.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    return value + (float("0." + "".join(str(_DIGITS[char]) for char in fraction)) if fraction else 0.0)


def _whole(text: str) -> float | None:
    if not any(char in _UNITS or char in "万亿" for char in text):
        return float("".join(str(_DIGITS[char]) for char in text)) if text else None
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or (1 if char == "十" and not section else 0)) * _UNITS[char]
            digit = 0
        else:
            total = (total + section + digit) * (10_000 if char == "万" else 100_000_000)
            section = digit = 0
    return float(total + section + digit) or None
