"""What a search finds, told as plainly as possible; the script that runs in browsers must find the same.

A word that is typed fits a text from some place on if each of its letters is used up in turn: every character of the
text takes itself, or the beginning of one of its readings. So ``kuandai``, ``kd``, ``kuand`` and ``宽d`` all fit 宽带.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campaigncheck.site.search import Index

MOST = 30
"""Results that are shown, and characters of a question that are looked at."""

EXACT, PREFIX, INSIDE = 3, 2, 1
_QUESTION, _ANSWER, _NAME = 2, 2, 1


class Hit(NamedTuple):
    """A result: the number of its entry, and how well it fits; what is live comes before what is not."""

    entry: int
    score: int
    live: bool


def fold(text: str) -> str:
    """Return a text as it is compared: small letters, full-width forms as plain ones."""
    return "".join(map(_folded, text))


def _folded(char: str) -> str:
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    elif code == 0x3000:
        code = 0x20
    return chr(code + 32 if 65 <= code <= 90 else code)


def words(query: str) -> list[str]:
    """Return what is looked for: the words of a question, each of which must fit."""
    return [word for word in fold(query)[:MOST].split(" ") if word]


def ends(word: str, text: str, at: int, read: Mapping[str, str]) -> set[int]:
    """Return where a word that begins at a place of a folded text may end."""
    if not word:
        return {at}
    if at >= len(text):
        return set()
    taken = {1} if word[0] == text[at] else set()
    for reading in read.get(text[at], "").split():
        taken |= {size for size in range(1, len(reading) + 1) if word[:size] == reading[:size] and size <= len(word)}
    return set().union(*(ends(word[size:], text, at + 1, read) for size in taken)) if taken else set()


def fits(word: str, text: str, read: Mapping[str, str]) -> int:
    """Return how well a word fits a text: exactly, from its beginning, inside of it, or not (0)."""
    text = fold(text)
    first = ends(word, text, 0, read)
    if first:
        return EXACT if len(text) in first else PREFIX
    return INSIDE if any(ends(word, text, at, read) for at in range(1, len(text))) else 0


def score(word: str, asked: str, answered: str, name: str, read: Mapping[str, str]) -> int:
    """Return how well a word fits an entry: its question before its answer before the name of its campaign."""
    found = fits(word, asked, read)
    if found:
        return _QUESTION + found
    if fits(word, answered, read):
        return _ANSWER
    return _NAME if fits(word, name, read) else 0


def find(query: str, index: Index, read: Mapping[str, str], live: frozenset[int] = frozenset()) -> list[Hit]:
    """Return the best results in order: live ones first, then the better fit, then the order of the index."""
    wanted = words(query)
    hits: list[Hit] = []
    for number, (_, case, asked, answered) in enumerate(index.entries):
        scores = [score(word, asked, answered, index.cases[case][1], read) for word in wanted]
        if scores and min(scores) > 0 and max(scores) > _NAME:
            hits.append(Hit(number, min(scores), case in live))
    return sorted(hits, key=lambda hit: (not hit.live, -hit.score, hit.entry))[:MOST]
