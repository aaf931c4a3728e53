"""How characters are read: a table of the characters that texts use, with every reading of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_PLAIN = re.compile(r"[a-z]+")


def readings(texts: Iterable[str]) -> dict[str, str]:
    """Return the readings of the Chinese characters in some texts, without tones, parted by spaces."""
    used: set[str] = set()
    for text in texts:
        used.update(text)
    found = {char: " ".join(of(char)) for char in sorted(used) if _CHINESE.match(char)}
    return {char: read for char, read in found.items() if read}


@cache
def of(char: str) -> tuple[str, ...]:
    """Return all readings of a character, the usual one first; ü is typed as v."""
    from pypinyin import Style, pinyin  # its tables take a while to load

    (found,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return tuple(dict.fromkeys(read for read in found if _PLAIN.fullmatch(read)))
