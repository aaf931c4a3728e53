"""One automaton over all words of all lexicons.

Matching is by Aho and Corasick (1975), so its cost does not grow with the number of words. All
overlapping matches are found; a term counts unless a longer allowed word, an everyday word or a longer
term covers it. Words that begin or end with a Latin letter or digit have their boundary there: next
to Chinese they stand alone, inside a longer Latin word they do not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple, TypeVar

from daachorse import CharwiseDoubleArrayAhoCorasick

from campaigncheck.catalogue.models import ForbiddenEntry, Glossary, Overlay, TermEntry, VagueEntry, Wording
from campaigncheck.language.answers import TRIGGERS
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_UNSEEN = expression(f"[{_INVISIBLE}]+")
_SPACE = expression(" (?<=[\u4e00-\u9fff] ) *(?=[\u4e00-\u9fff])")
_GAP = expression(f"[{_INVISIBLE}]+|[ \u3000](?<=[\u4e00-\u9fff].)[ \u3000]*(?=[\u4e00-\u9fff])")
_PRINTABLE = expression("[!-~]")
_SEAM = expression("(?<=[!-~])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[!-~])")

Kind = Literal["term", "forbidden", "ambiguous", "conditional", "trigger", "allow"]
_KINDS: tuple[Kind, ...] = ("term", "forbidden", "ambiguous", "conditional")
_THROUGH_UNSEEN: frozenset[Kind] = frozenset(_KINDS)
_THROUGH_SPACES: frozenset[Kind] = frozenset(("forbidden", "ambiguous", "conditional"))


E = TypeVar("E", bound=TermEntry | ForbiddenEntry | VagueEntry)


class Word(NamedTuple):
    """One word to look for: what it is, and the entry it belongs to.

    A ``bounded`` word begins or ends with a Latin letter or digit, so it has to stand alone there. A word with a
    ``region`` holds only there.
    """

    text: str
    kind: Kind
    entry: str
    bounded: bool = False
    region: str = ""


class Hit(NamedTuple):
    """An entry found at ``text[start:end]``."""

    kind: Kind
    entry: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The entry's name, in whichever lexicon it stands."""
        return self.entry.rpartition(_OF)[2]


_OF = "\x1f"
"""Stands between a region and the name of an entry of its own."""


Match = tuple[int, int, int]
"""Where a word was found, from and to, and its number."""


class Lexicon:
    """Looks for the words of the glossary and of the wording in one pass; those of regions are laid over the country's."""

    def __init__(self, glossary: Glossary, wording: Wording, overlays: Mapping[str, Overlay] | None = None) -> None:
        self.terms: dict[str, TermEntry] = dict(glossary.terms)
        self.forbidden: dict[str, ForbiddenEntry] = dict(wording.forbidden)
        self.ambiguous: dict[str, VagueEntry] = dict(wording.ambiguous)
        self.conditional: dict[str, VagueEntry] = dict(wording.conditional)
        words = _words(glossary, wording)
        self._by_name = {text: self.terms[entry] for text, kind, entry in words if kind == "term"}
        self._words = [word for item in words for word in _spaced(*item)]
        self.layered: dict[tuple[Kind, str], list[str]] = {}
        for region, overlay in (overlays or {}).items():
            self._lay_over(region, overlay)
        self._regions = frozenset(region for regions in self.layered.values() for region in regions)
        self._bounded = [word.bounded for word in self._words]
        self._settled = lru_cache(maxsize=1 << 15)(self._settle)
        self._longest = max(len(word.text) for word in self._words)
        self._automaton = CharwiseDoubleArrayAhoCorasick([word.text for word in self._words])

    def _lay_over(self, region: str, overlay: Overlay) -> None:
        """Add the words of a region, under keys of their own."""
        self._add("term", region, overlay.terms, self.terms)
        self._add("forbidden", region, overlay.forbidden, self.forbidden)
        self._add("ambiguous", region, overlay.ambiguous, self.ambiguous)
        self._add("conditional", region, overlay.conditional, self.conditional)

    def _add(self, kind: Kind, region: str, entries: Mapping[str, E], known: dict[str, E]) -> None:
        for name, entry in entries.items():
            key = f"{region}{_OF}{name}"
            known[key] = entry
            self.layered.setdefault((kind, name), []).append(region)
            texts: list[tuple[str, Kind]] = [(text, kind) for text in (name, *entry.variants)]
            for text, role in [*texts, *((text, "allow") for text in entry.allow)]:
                self._words += [word._replace(region=region) for word in _spaced(fold(text), role, key)]

    def term(self, name: str) -> TermEntry | None:
        """Return the entry of a term by any of its names."""
        return self._by_name.get(fold(name))

    def find(self, text: str, levels: Sequence[str] = ()) -> list[Hit]:
        """Return the entries found in a text, in order of place; one hit per entry and place.

        Characters that nobody sees are looked through, and so are spaces inside phrases: 最 佳.

        Args:
            text: the text.
            levels: the regions whose own words hold, the nearest first.
        """
        folded = fold(text)
        found = self.find_folded(folded, levels)
        return _joined(found, self._across_gaps(folded, levels)) if _has_gap(folded) else found

    def _across_gaps(self, folded: str, levels: Sequence[str]) -> Iterator[Hit]:
        """Yield what is found only when the gaps are left out, at its place in the whole text."""
        for gap, kinds in ((_UNSEEN, _THROUGH_UNSEEN), (_GAP, _THROUGH_SPACES)):
            gaps = [match.span() for match in gap.finditer(folded)]
            if gaps:
                gone = {index for start, end in gaps for index in range(start, end)}
                kept = [index for index in range(len(folded)) if index not in gone]
                for hit in self.find_folded("".join([folded[index] for index in kept]), levels):
                    if hit.kind in kinds:
                        yield hit._replace(start=kept[hit.start], end=kept[hit.end - 1] + 1)

    def find_folded(self, folded: str, levels: Sequence[str] = ()) -> list[Hit]:
        """Like :meth:`find` for a text that is folded already."""
        matches = self._automaton.find_overlapping(folded)
        if not matches:
            return []
        bounded, words = self._bounded, self._words
        found = [match for match in matches if not bounded[match[2]] or _stands_alone(folded, match[0], match[1])]
        found.sort(key=itemgetter(0))
        if self.layered:
            levels = [level for level in levels if level in self._regions]
            found = [match for match in found if self._holds(words[match[2]], levels)]
        return [
            Hit(kind, entry, base + start, base + end)
            for base, cluster in _clusters(found)
            for kind, entry, start, end in self._settled(cluster)
        ]

    def _settle(self, cluster: tuple[Match, ...]) -> tuple[Hit, ...]:
        """Return what counts of some words that overlap: the same ones meet again and again."""
        words = self._words
        return tuple(_uncovered([(start, end, words[index]) for start, end, index in cluster], self._longest))

    def _holds(self, word: Word, levels: Sequence[str]) -> bool:
        """Whether a word is of a level that holds, and no nearer level has an entry of its name."""
        if word.region and word.region not in levels:
            return False
        nearer = levels[: levels.index(word.region)] if word.region else levels
        kinds = _KINDS if word.kind == "allow" else (word.kind,)
        name = word.entry.rpartition(_OF)[2]
        return not any(region in nearer for kind in kinds for region in self.layered.get((kind, name), ()))


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
    """Add the hits across gaps that overlap none of their kind, or hold all that they overlap: 名额 有限 holds 有限."""
    for hit in across:
        met = [other for other in found if hit.kind == other.kind and hit.start < other.end and other.start < hit.end]
        if all(hit.start <= other.start and other.end <= hit.end and hit[2:] != other[2:] for other in met):
            found = [other for other in found if other not in met]
            found.append(hit)
    return sorted(found, key=lambda hit: (hit.start, -hit.end, hit.kind, hit.entry))


def _spaced(text: str, kind: Kind, entry: str) -> Iterator[Word]:
    """Yield a word, and how it looks with a space between Latin and Chinese, as many people write."""
    if not _PRINTABLE.search(text):
        yield Word(text, kind, entry)
        return
    bounded = kind != "trigger" and (_latin(text[0]) or _latin(text[-1]))
    yield Word(text, kind, entry, bounded)
    spaced = _SEAM.sub(" ", text)
    if spaced != text:
        yield Word(spaced, kind, entry, bounded)


def _words(glossary: Glossary, wording: Wording) -> list[tuple[str, Kind, str]]:
    """Return the folded text, kind and entry of every word to look for."""
    words: list[tuple[str, Kind, str]] = []
    for term, entry in glossary.terms.items():
        words += ((text, "term", term) for text in (term, *entry.variants))
        words += ((text, "allow", term) for text in entry.allow)
    for kind, entries in _sections(wording):
        for phrase, item in entries.items():
            words += ((text, kind, phrase) for text in (phrase, *item.variants))
            words += ((text, "allow", phrase) for text in item.allow)
    words += ((text, "trigger", text) for text in TRIGGERS)
    words += ((text, "allow", "") for text in glossary.everyday)
    # All at once is many times faster; no word holds a character that YAML refuses.
    folded = fold("\0".join([text for text, _, _ in words])).split("\0")
    found = [(text, kind, entry) for text, (_, kind, entry) in zip(folded, words, strict=True)]
    terms = {text for text, kind, _ in found if kind == "term"}
    return [item for item in found if item[2] or _holds_any(item[0], terms)]


def _holds_any(word: str, terms: Set[str]) -> bool:
    """Whether an everyday word has a term inside it: the others never excuse anything."""
    ends = range(1, len(word) + 1)
    return any(word[start:end] in terms for end in ends for start in range(end))


def _sections(wording: Wording) -> Iterator[tuple[Kind, Mapping[str, ForbiddenEntry | VagueEntry]]]:
    yield "forbidden", wording.forbidden
    yield "ambiguous", wording.ambiguous
    yield "conditional", wording.conditional


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _stands_alone(text: str, start: int, end: int) -> bool:
    if _latin(text[start]) and start and _latin(text[start - 1]):
        return False
    return not (_latin(text[end - 1]) and end < len(text) and _latin(text[end]))


Placed = tuple[int, int, Word]
"""A word at ``text[start:end]``."""
_MANY = 64
"""Words that overlap one after another without a gap: more than any sentence has."""


def _uncovered(cluster: list[Placed], longest: int) -> list[Hit]:
    """Keep the words that no other word covers: a strictly longer one of their kind, or an allowed one.

    An allowed word of an entry excuses that entry; an everyday word excuses every term. No word is longer than
    ``longest`` characters.
    """
    hits: dict[tuple[Kind, int, int, str], Hit] = {}
    for placed in cluster:
        start, end, word = placed
        if word.kind != "allow" and (len(cluster) == 1 or not _is_covered(placed, cluster, longest)):
            hits[word.kind, start, end, word.entry] = Hit(word.kind, word.entry, start, end)
    return _apart(sorted(hits.values(), key=lambda hit: (hit.start, -hit.end, hit.kind, hit.entry)))


def _clusters(found: list[Match]) -> Iterator[tuple[int, tuple[Match, ...]]]:
    """Yield the words that overlap each other, directly or through others; only they can cover each other.

    The places in a cluster are counted from where it begins, which is told with it.
    """
    cluster: list[Match] = []
    base = reached = 0
    for start, end, index in found:
        if start >= reached:
            if cluster:
                yield base, tuple(cluster)
                cluster = []
            base = start
        cluster.append((start - base, end - base, index))
        if end > reached:
            reached = end
    if cluster:
        yield base, tuple(cluster)


def _is_covered(placed: Placed, cluster: list[Placed], longest: int) -> bool:
    """Whether another word of a cluster, which is in order of start, covers one."""
    start, end, word = placed
    if len(cluster) > _MANY:  # 送送送…: only those near it can
        low, high = (bisect_left(cluster, at, key=itemgetter(0)) for at in (end - longest, start + 1))
        cluster = cluster[low:high]
    return any(
        low <= start and end <= high and _excuses(other, word, longer=high - low > end - start)
        for low, high, other in cluster
    )


def _apart(hits: list[Hit]) -> list[Hit]:
    """Of hits of one kind that overlap keep the first: one stretch of text is found once.

    Names of one entry that overlap are one stretch: 流量不限 and 不限量 in 流量不限量.
    """
    kept: list[Hit] = []
    last: dict[Kind, int] = {}
    for hit in hits:
        at = last.get(hit.kind)
        if at is None or hit.start >= kept[at].end:
            last[hit.kind] = len(kept)
            kept.append(hit)
        elif hit.entry == kept[at].entry and hit.end > kept[at].end:
            kept[at] = kept[at]._replace(end=hit.end)
    return kept


def _excuses(other: Word, word: Word, longer: bool) -> bool:
    if other.kind == "allow":
        return longer if other.entry == word.entry else not other.entry and word.kind == "term"
    return longer and other.kind == word.kind
