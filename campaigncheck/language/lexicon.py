"""One automaton over all words of all lexicons.

Matching is by Aho and Corasick (1975), so its cost does not grow with the number of words. All
overlapping matches are found; a term counts unless a longer allowed word, an everyday word or a longer
term covers it. Words that begin or end with a Latin letter or digit have their boundary there: next
to Chinese they stand alone, inside a longer Latin word they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from campaigncheck.catalogue.models import ForbiddenEntry, Glossary, TermEntry, Wording
from campaigncheck.language.answers import TRIGGERS
from campaigncheck.language.fold import fold

_SEAM = re.compile("(?<=[!-~])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[!-~])")

Kind = Literal["term", "forbidden", "trigger", "allow"]


class Word(NamedTuple):
    """One word to look for: what it is, and the entry it belongs to.

    A ``bounded`` word begins or ends with a Latin letter or digit, so it has to stand alone there.
    """

    text: str
    kind: Kind
    entry: str
    bounded: bool = False


class Hit(NamedTuple):
    """An entry found at ``text[start:end]``."""

    kind: Kind
    entry: str
    start: int
    end: int


class Lexicon:
    """Looks for the words of the glossary and of forbidden wording in one pass."""

    def __init__(self, glossary: Glossary, wording: Wording) -> None:
        self.terms: dict[str, TermEntry] = glossary.terms
        self.forbidden: dict[str, ForbiddenEntry] = wording.forbidden
        words = (spaced for word in _words(glossary, wording) for spaced in _spaced(word))
        self._words = [word._replace(bounded=_is_bounded(word)) for word in words]
        self._automaton = AhoCorasick(
            [word.text for word in self._words],
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA,
        )

    def find(self, text: str) -> list[Hit]:
        """Return the entries found in a text, in order of place; one hit per entry and place."""
        return self.find_folded(fold(text))

    def find_folded(self, folded: str) -> list[Hit]:
        """Like :meth:`find` for a text that is folded already."""
        matches = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        if not matches:
            return []
        words = self._words
        found = [
            (start, end, words[index])
            for index, start, end in matches
            if not words[index].bounded or _stands_alone(folded, start, end)
        ]
        return _uncovered(found)


def _spaced(word: Word) -> Iterator[Word]:
    """Yield a word, and how it looks with a space between Latin and Chinese, as many people write."""
    yield word
    spaced = _SEAM.sub(" ", word.text)
    if spaced != word.text:
        yield word._replace(text=spaced)


def _words(glossary: Glossary, wording: Wording) -> Iterable[Word]:
    for term, entry in glossary.terms.items():
        yield from (Word(fold(text), "term", term) for text in (term, *entry.variants))
        yield from (Word(fold(text), "allow", term) for text in entry.allow)
    for phrase, item in wording.forbidden.items():
        yield from (Word(fold(text), "forbidden", phrase) for text in (phrase, *item.variants))
        yield from (Word(fold(text), "allow", phrase) for text in item.allow)
    yield from (Word(text, "allow", "") for text in _useful(glossary))
    yield from (Word(fold(text), "trigger", text) for text in TRIGGERS)


def _useful(glossary: Glossary) -> Iterator[str]:
    """Yield the everyday words that have a term inside them: the others never excuse anything."""
    terms = [fold(text) for term, entry in glossary.terms.items() for text in (term, *entry.variants)]
    for word in map(fold, glossary.everyday):
        if any(term in word for term in terms):
            yield word


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_bounded(word: Word) -> bool:
    return word.kind != "trigger" and (_latin(word.text[0]) or _latin(word.text[-1]))


def _stands_alone(text: str, start: int, end: int) -> bool:
    if _latin(text[start]) and start and _latin(text[start - 1]):
        return False
    return not (_latin(text[end - 1]) and end < len(text) and _latin(text[end]))


def _uncovered(found: list[tuple[int, int, Word]]) -> list[Hit]:
    """Keep the words that no other word covers: a strictly longer one of their kind, or an allowed one.

    An allowed word of an entry excuses that entry; an everyday word excuses every term.
    """
    hits: dict[tuple[Kind, int, int, str], Hit] = {}
    for start, end, word in found:
        if word.kind == "allow":
            continue  # excuses others and is nothing itself
        covered = any(
            low <= start and end <= high and _excuses(other, word, longer=high - low > end - start)
            for low, high, other in found
        )
        if not covered:
            hits[word.kind, start, end, word.entry] = Hit(word.kind, word.entry, start, end)
    return _apart(sorted(hits.values(), key=lambda hit: (hit.start, -hit.end, hit.kind, hit.entry)))


def _apart(hits: list[Hit]) -> list[Hit]:
    """Of hits of one kind that overlap keep the first: one stretch of text is found once."""
    kept: list[Hit] = []
    reached: dict[Kind, int] = {}
    for hit in hits:
        if hit.start >= reached.get(hit.kind, 0):
            kept.append(hit)
            reached[hit.kind] = hit.end
    return kept


def _excuses(other: Word, word: Word, longer: bool) -> bool:
    if other.kind == "allow":
        return longer if other.entry == word.entry else not other.entry and word.kind == "term"
    return longer and other.kind == word.kind
