"""How Chinese names are typed with Latin letters: in full, or by their initials; every reading of a character counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

_MOST = 512
"""Readings of one name that are looked at; more only long names of odd characters have."""
_TYPED = re.compile(r"[^a-z0-9]+")


def typed(given: str) -> str:
    """Return what was typed without case, spaces and apostrophes (xi'an)."""
    return _TYPED.sub("", given.casefold().replace("ü", "v"))


@lru_cache(maxsize=1 << 13)
def syllables(character: str) -> tuple[str, ...]:
    """Return how a character is read; what is none reads as itself."""
    from pypinyin import Style, pinyin  # half a second, and only where somebody types Latin letters

    found = pinyin(character, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(typed(item) for item in found[0] if typed(item))) if found else ()


def readings(name: str) -> frozenset[str]:
    """Return all ways to write a name in pinyin, without tones."""
    return frozenset("".join(parts) for parts in _spelt(name))


def initials(name: str) -> frozenset[str]:
    """Return all ways to write a name by the first letters of its characters."""
    return frozenset("".join(part[0] for part in parts) for parts in _spelt(name))


def first_initials(name: str) -> str:
    """Return the initials of a name by the commonest reading of each character."""
    return "".join(part[0] for part in next(iter(_spelt(name)), ()))


def _spelt(name: str) -> list[tuple[str, ...]]:
    parts = [found for character in name if (found := syllables(character))]
    return [chosen for chosen, _ in zip(product(*parts), range(_MOST), strict=False)] if parts else []


def begins(given: str, ways: Iterable[str]) -> bool:
    """Whether what was typed is the beginning of one of the ways."""
    return any(way.startswith(given) for way in ways)
