"""Whether characters that look like a term are only the ends of ordinary words: 拿出|账单 holds no 出账.

Words are those of jieba's dictionary, found by the most probable path; its guesses at unknown words are left
out, since the terms that are looked for are unknown words themselves.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from campaigncheck.language.fold import fold


def straddles_words(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins inside a word and ends inside a word."""
    seams = _seams(text)
    return start not in seams and end not in seams


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins inside a word, or is short and ends inside one; a numeral is no part of what follows it.

    Stricter than :func:`straddles_words`: right for everyday phrases, all of whose words the dictionary knows. A longer
    phrase may end inside a word that goes on: 基本不收|钱.
    """
    seams = _seams(text)
    return (start not in seams and text[start - 1] not in _NUMERALS) or (end - start < _LONG and end not in seams)


_LONG = 3
_NUMERALS = frozenset("0123456789零一二两三四五六七八九十百千万半几")


@lru_cache(maxsize=256)
def _seams(text: str) -> frozenset[int]:
    """Return where words begin and end."""
    from rjieba import cut  # takes 90 ms to import, and only texts with a finding need it

    return frozenset(accumulate(map(len, cut(fold(text), False)), initial=0))
