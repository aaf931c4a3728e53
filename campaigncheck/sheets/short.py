"""Short answers: one Chinese SMS for each question, made of whole sentences, or none at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from campaigncheck.language.answers import judge
from campaigncheck.sheets.short_harmless import harmless
from campaigncheck.spec.model import FaqEntry

MOST = 70
"""UTF-16 code units of one SMS in Chinese; a longer one is sent, and paid for, as several."""

LEAST = 10
"""Characters under which a part of an answer says too little, as for whole answers (``answer_length``)."""

_STOPS = "。！？!?"
_OPENING, _CLOSING = "（(【[「『“‘《", "）)】]」』”’》"
_MARK = re.compile(rf"[{_STOPS}]++|[{re.escape(_OPENING + _CLOSING)}]")

_ANNOUNCES = re.compile(
    r"以下|如下|下面|下列|[：:]$|(?:^| )\d+[.、)）](?!\d)|[①-⑳]|[一二两三四五六七八九十几\d]\s*(?:条|步|种|样|个(?:条件|办法|步骤))"
)
"""What announces something that must not be cut off, or is one of a list."""


def units(text: str) -> int:
    """Return how much of an SMS a text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def short_form(entry: FaqEntry) -> str | None:
    """Return the answer to a question in one SMS; None if somebody has to write it.

    It is the entry's own short answer, or as many whole sentences from the beginning of its answer as there is room
    for. What is left out is known to be harmless; anything else might limit what was said, or charge for it.
    """
    if is_draft(entry):
        return None
    if entry.short:
        own = " ".join(entry.short.split())
        return own if 0 < units(own) <= MOST else None
    said = sentences(entry.a)
    count = _fitting(said)
    kept, rest = _joined(said[:count]), said[count:]
    if not kept or not all(map(harmless, rest)):
        return None
    if rest and (any(_ANNOUNCES.search(sentence) for sentence in said[:count]) or judge(entry.q, kept, LEAST)):
        return None
    return kept


def is_draft(entry: FaqEntry) -> bool:
    """Whether nobody has checked yet what would be sent."""
    return judge(entry.q, entry.short or entry.a, LEAST) == "draft"


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with its stop, blanks drawn together.

    A stop within quotation marks or brackets ends a sentence only where they hold the whole of it, and a line break
    ends none: it may be one of a list.
    """
    text = " ".join(text.split())
    cuts = [0, *_ends(text), len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(cuts)]
    return [part for part in parts if part]


def _ends(text: str) -> Iterator[int]:
    """Yield where sentences end, behind the stops and the brackets that close with them."""
    start, opened, depth = 0, 0, 0
    for match in _MARK.finditer(text):
        mark, end = match[0], match.end()
        if mark in _OPENING:
            opened = opened if depth else match.start()
            depth += 1
            continue
        if mark in _CLOSING and depth == 0:
            continue
        if mark in _CLOSING:
            depth -= 1
            # Blanks are drawn together: more than one character in between is no blank.
            whole = text[end - 2] in _STOPS and opened - start <= 1 and not text[start:opened].strip()
        else:
            end -= _unfinished(mark, text[end : end + 1])
            whole = end > match.start()
        if whole and depth == 0:
            start = end
            yield start


def _unfinished(stops: str, behind: str) -> int:
    """Return how many of the stops at the end of a run end no sentence: “!” and “?” do so before a blank only."""
    return 0 if behind in ("", " ") else len(stops) - len(stops.rstrip("!?"))


def _fitting(said: list[str]) -> int:
    count = 0
    while count < len(said) and units(_joined(said[: count + 1])) <= MOST:
        count += 1
    return count


def _joined(said: list[str]) -> str:
    """Return sentences as one text; after a Chinese stop there is no blank."""
    return "".join(f"{sentence} " if sentence[-1] in "!?" else sentence for sentence in said).rstrip()
