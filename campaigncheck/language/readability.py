"""Sentences that are hard to read, and what makes them so.

Two things make reading hard, whatever the formula: long sentences and unfamiliar words. The published formulas for
Chinese are fitted to textbooks and to learners of the language and need its grammar analysed, so none of them is used
here. What ISO 24495-1:2023 (Plain language) asks for is counted instead: clear and concise sentences of familiar
words. It gives no numbers; those are limits of the policy.

A sentence ends at 。？！, as GB/T 15834-2011 (punctuation) has it, and at a line break; beyond the standard also at ；,
because parts that it joins are read one by one, like the lines of a list. Characters are letters, digits and Chinese
characters; punctuation, blanks and links are not counted, and sentences without Chinese are not judged.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from campaigncheck.language.expressions import expression
from campaigncheck.language.officialese import Stilted, officialese
from campaigncheck.language.stops import begin_of

Kind = Literal["length", "clauses", "brackets", "particles", "officialese"]

_END = "。！？；!?;\n"
_STOP = expression(f"[{_END}]")
_BREAK = f"，、：,:（）()【】“”‘’「」…{_END}"
_BLANK = " \t\r\u3000"
_TRAILING = f"{_BLANK}”’」』）)】"
"""What may stand between a full stop and the next sentence without belonging to it."""
_LINK = expression(
    r"https?://[\w./?=&%#:~-]+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net)(?!\w)[\w./?=&%#:~-]*", re.ASCII
)
_CHARACTER = expression(r"[^\W_]")
_CHINESE = expression("[\u4e00-\u9fff]")
_COMMA = expression(r"，|,(?![0-9]{3})")

_OPEN, _CLOSE = "（(【[〔", "）)】]〕"
_NESTED = expression(f"[{re.escape(_OPEN)}][^{re.escape(_CLOSE)}{_END}]*[{re.escape(_OPEN)}]")
_APART = 8
"""How many characters may stand between two 的 of one chain."""
_DE = f"(?<![目真似])的(?![确话士{_BREAK}]|$)"
"""A 的 that joins a word to the one it describes; 目的, 真的, 的话, and the 的 that closes a statement do not."""


class Limits(NamedTuple):
    """The most characters and comma clauses of a sentence, and the most 的 of one chain, that are readable."""

    length: int
    clauses: int
    particles: int


class Flaw(NamedTuple):
    """What makes a sentence hard at ``text[start:end]``: how much of it there is, or the officialese."""

    kind: Kind
    start: int
    end: int
    amount: int = 0
    words: tuple[Stilted, ...] = ()


class Hard(NamedTuple):
    """A hard sentence of the text with this number, and its flaws, the worst first."""

    number: int
    flaws: tuple[Flaw, ...]


def hard_sentences(texts: Sequence[str], limits: Limits) -> list[Hard]:
    """Return the sentences of some texts that are hard to read, in order."""
    joined = "\n".join(texts)
    suspects = _suspects(joined, texts, limits)
    if not suspects:
        return []
    starts = list(accumulate([len(text) + 1 for text in texts], initial=0))
    found: list[Hard] = []
    reached = (-1, 0)
    for at in sorted(suspects):
        number = bisect_right(starts, at) - 1
        at -= starts[number]
        if (number, at) < reached:
            continue  # in a sentence that has been looked at
        start, end = _sentence_at(texts[number], at)
        reached = (number, end)
        flaws = _flaws(texts[number][start:end], limits)
        if flaws:
            found.append(Hard(number, tuple([_moved(flaw, start) for flaw in flaws])))
    return found


def _moved(flaw: Flaw, by: int) -> Flaw:
    words = tuple([word._replace(start=word.start + by, end=word.end + by) for word in flaw.words])
    return flaw._replace(start=flaw.start + by, end=flaw.end + by, words=words)


def _sentence_at(text: str, at: int) -> tuple[int, int]:
    """Return the sentence that holds the character at a place, without its full stop and the blanks around it."""
    low = begin_of(text, at, _END)
    stop = _STOP.search(text, at)
    high = stop.start() if stop else len(text)
    while low < at and text[low] in _TRAILING:
        low += 1
    while high > low and text[high - 1] in _BLANK:
        high -= 1
    return low, high


# --- sentences worth a look: most texts have none --------------------------------------------------------------------


def _suspects(joined: str, texts: Sequence[str], limits: Limits) -> list[int]:
    """Return a place in every sentence of the joined texts that may be hard to read."""
    length, most, particles = limits
    found = _long_runs(joined, length)
    found += [item.start for item in officialese(joined)]
    found += [match.start() for match in _chain(particles).finditer(joined)]
    if joined.count("（") + joined.count("(") > 1 or "【" in joined or "[" in joined or "〔" in joined:
        found += [match.start() for match in _NESTED.finditer(joined)]
    if [1 for text in texts if text.count("，") >= most] or "," in joined:
        found += _strung(texts, most)
    return found


def _strung(texts: Sequence[str], most: int) -> Iterator[int]:
    """Yield a place in every sentence with so many commas that it may have more than ``most`` clauses."""
    low = 0
    for text in texts:
        if text.count("，") + text.count(",") >= most:
            yield from (low + match.start() for match in _commas(most).finditer(text))
        low += len(text) + 1


def _long_runs(text: str, most: int) -> list[int]:
    """Return a place in every sentence of more than ``most`` characters, links included."""
    strides = _strides(most)
    found: list[int] = []
    at = 0
    while True:
        match = strides.match(text, at)
        at = match.end() if match else at
        if len(text) - at <= most:
            return found
        stop = _STOP.search(text, at + most)
        end = stop.start() if stop else len(text)
        if len(_CHARACTER.findall(text, at, end)) > most:
            found.append(at + most)
        if stop is None:
            return found
        at = stop.end()


@lru_cache(maxsize=16)
def _strides(most: int) -> re.Pattern[str]:
    """Return a pattern that strides from full stop to full stop, as far as each can be reached from the last."""
    return re.compile(f"(?s:(?:.{{0,{most}}}[{_END}])*+)")


@lru_cache(maxsize=16)
def _commas(most: int) -> re.Pattern[str]:
    """Return a pattern of so many commas in one sentence."""
    return re.compile(f"(?:[，,][^{_END}，,]*+){{{most}}}")


@lru_cache(maxsize=16)
def _chain(most: int) -> re.Pattern[str]:
    """Return a pattern of more 的 than ``most`` in a row."""
    return re.compile(f"的(?:[^{_BREAK}]{{1,{_APART}}}?的){{{most}}}")


# --- what makes a sentence hard --------------------------------------------------------------------------------------


def _flaws(sentence: str, limits: Limits) -> list[Flaw]:
    """Return what makes a sentence hard to read, the worst first."""
    if not _CHINESE.search(sentence):
        return []
    found: list[Flaw] = []
    if len(sentence) > limits.length:
        length = len(_CHARACTER.findall(_LINK.sub("", sentence) if "." in sentence else sentence))
        if length > limits.length:
            found.append(Flaw("length", 0, len(sentence), length))
    if sentence.count("，") + sentence.count(",") >= limits.clauses:
        clauses = sum([_CHARACTER.search(clause) is not None for clause in _COMMA.split(sentence)])
        if clauses > limits.clauses:
            found.append(Flaw("clauses", 0, len(sentence), clauses))
    if _NESTED.search(sentence):
        found += _nested(sentence)
    if sentence.count("的") > limits.particles:
        found += _chained(sentence, limits.particles)
    words = officialese(sentence)
    if words:
        found.append(Flaw("officialese", words[0].start, words[0].end, len(words), tuple(words)))
    return found


def _nested(sentence: str) -> list[Flaw]:
    """Return the first brackets that hold others, from the outer one to where it closes."""
    opened: list[int] = []
    deepest = 0
    for index, char in enumerate(sentence):
        if char in _OPEN:
            opened.append(index)
            deepest = max(deepest, len(opened))
        elif char in _CLOSE and opened:
            start = opened.pop()
            if not opened:
                if deepest > 1:
                    return [Flaw("brackets", start, index + 1, deepest)]
                deepest = 0
    return []


def _chained(sentence: str, most: int) -> list[Flaw]:
    """Return the first chain of more than ``most`` 的, from the clause it begins in to the last 的 of it."""
    chain: list[int] = []
    for match in _JOINING.finditer(sentence):
        if chain and not _LINKED.fullmatch(sentence, chain[-1] + 1, match.start()):
            if len(chain) > most:
                break
            chain = []
        chain.append(match.start())
    if len(chain) <= most:
        return []
    return [Flaw("particles", _clause_start(sentence, chain[0]), chain[-1] + 1, len(chain))]


_JOINING = expression(_DE)
_LINKED = expression(f"[^{_BREAK}]{{1,{_APART}}}")


def _clause_start(sentence: str, at: int) -> int:
    """Return where the words begin that the 的 at a place follows."""
    while at and sentence[at - 1] not in _BREAK + _BLANK:
        at -= 1
    return at
