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

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")
_SPACE = re.compile(" (?<=[\u4e00-\u9fff] ) *(?=[\u4e00-\u9fff])")
_GAP = re.compile(f"[{_INVISIBLE}]+|[ \u3000](?<=[\u4e00-\u9fff].)[ \u3000]*(?=[\u4e00-\u9fff])")
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
        self._by_name = {
            fold(name): entry for term, entry in glossary.terms.items() for name in (term, *entry.variants)
        }
        words = (spaced for word in _words(glossary, wording) for spaced in _spaced(word))
        self._words = [word._replace(bounded=_is_bounded(word)) for word in words]
        self._automaton = AhoCorasick(
            [word.text for word in self._words],
            matchkind=MatchKind.Standard,
            implementation=Implementation.DFA,
        )

    def term(self, name: str) -> TermEntry | None:
        """Return the entry of a term by any of its names."""
        return self._by_name.get(fold(name))

    def find(self, text: str) -> list[Hit]:
        """Return the entries found in a text, in order of place; one hit per entry and place.

        Characters that nobody sees are looked through, and so are spaces inside forbidden wording: 最 佳.
        """
        folded = fold(text)
        found = self.find_folded(folded)
        return _joined(found, self._across_gaps(folded)) if _has_gap(folded) else found

    def _across_gaps(self, folded: str) -> Iterator[Hit]:
        """Yield what is found only when the gaps are left out, at its place in the whole text."""
        for gap, kinds in ((_UNSEEN, frozenset(("term", "forbidden"))), (_GAP, frozenset(("forbidden",)))):
            gaps = [match.span() for match in gap.finditer(folded)]
            if gaps:
                gone = {index for start, end in gaps for index in range(start, end)}
                kept = [index for index in range(len(folded)) if index not in gone]
                for hit in self.find_folded("".join([folded[index] for index in kept])):
                    if hit.kind in kinds:
                        yield hit._replace(start=kept[hit.start], end=kept[hit.end - 1] + 1)

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


def _has_gap(text: str) -> bool:
    """Whether a text has a gap; looking for single characters is many times faster than the pattern of all of them."""
    return (
        _SPACE.search(text) is not None
        or "\u200b" in text
        or "\u3000" in text
        or "\u200c" in text
        or "\u200d" in text
        or "\u200e" in text
        or "\u200f" in text
        or "\u2060" in text
        or "\ufeff" in text
        or "\u00ad" in text
    )


def _joined(found: list[Hit], across: Iterable[Hit]) -> list[Hit]:
    """Add the hits across gaps that overlap none of their kind."""
    for hit in across:
        if not any(hit.kind == other.kind and hit.start < other.end and other.start < hit.end for other in found):
            found.append(hit)
    return sorted(found, key=lambda hit: (hit.start, -hit.end, hit.kind, hit.entry))


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
