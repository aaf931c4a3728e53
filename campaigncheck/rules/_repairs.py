"""What may be written in place of a term, or beside it, so that customers understand it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from campaigncheck.catalogue.models import TermEntry
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.words import cuts_a_word
from campaigncheck.rulekit.rule import Fix
from campaigncheck.source.changes import Amend, Put
from campaigncheck.source.place import Path

THEIR_WORDS = ("q", "phrase")
"""The last step of paths to words that customers say, or that a text says: nobody else chooses them."""

_CLOSERS = "”’』」》】"
_OPENING, _CLOSING = "（(【[〔［", "）)】]〕］"
_BRACKET = expression(r"[（(]([^（）()\[\]【】]{2,})[）)]")
_PARTED = expression("[^\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_LONGEST = 80
"""The longest explanation in brackets that is taken for one."""


class Use(NamedTuple):
    """A term as it is used: ``text[start:end]`` of the text at a path."""

    path: Path
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The term as it is written here."""
        return self.text[self.start : self.end]


def ways(entry: TermEntry, name: str, uses: Sequence[Use], sheet: bool, late: bool) -> tuple[Fix, ...]:
    """Return how a term can be made plain, the best way first; none where it may be no term but parts of words.

    Words that are often ordinary speech (those that only warn) are not explained: nobody has said that they are terms.

    Args:
        entry: the term's entry in the glossary.
        name: the entry's name.
        uses: every use in the text, or on the whole sheet, before it is explained; the first one is the one found.
        sheet: whether the texts stand on the FAQ sheet, which prints the explanations under ``terms``.
        late: whether it is explained further on; that explanation has to move up, which only its author can do.
    """
    first = uses[0]
    if cuts_a_word(first.text, first.start, first.end):
        return ()
    plain = tuple(_replaced(entry, uses))
    if entry.severity != "error":
        return plain
    if sheet:
        spelt = next((own for own in (name, *entry.variants) if fold(own) == fold(first.word)), name)
        return (*plain, (Put(("terms", spelt), clause(entry.explain)),))
    return plain if late else (*plain, *_in_brackets(entry, first))


def _replaced(entry: TermEntry, uses: Sequence[Use]) -> Iterator[Fix]:
    """Yield the plain words in place of every use, if they may stand in each of them."""
    if entry.exact and all(_fits(entry.plain, use) for use in uses):
        yield tuple(Amend(use.path, use.start, use.end, use.word, entry.plain) for use in uses)


def _fits(plain: str, use: Use) -> bool:
    """Whether words may stand in the place of a term: of a whole word, and nothing around it says a part of them again."""
    if use.path[-1] in THEIR_WORDS or cuts_a_word(use.text, use.start, use.end):
        return False
    before, behind = use.text[: use.start], use.text[use.end :]
    again = any(before.endswith(plain[:size]) or behind.startswith(plain[-size:]) for size in range(1, len(plain)))
    return not again


def _in_brackets(entry: TermEntry, use: Use) -> Iterator[Fix]:
    """Yield the explanation in brackets right after the term, or in those that stand there already."""
    text, at = use.text, _behind_quotes(use)
    if is_within_brackets(text, use.start):
        return
    standing = _BRACKET.match(text, at)
    if standing is None and text[at : at + 1] in tuple(_OPENING):
        return
    for words in (clause(entry.explain), entry.plain):
        if any(sign in words for sign in _OPENING + _CLOSING):
            continue
        end = at + 1 if standing else _behind_blank(text, at)
        new = f"{text[at]}{words}；" if standing else f"（{words}）"
        if len(words) + (len(standing[1]) + 1 if standing else 0) <= _LONGEST:
            yield (Amend(use.path, use.start, end, text[use.start : end], text[use.start : at] + new),)


def _behind_quotes(use: Use) -> int:
    """Return the place behind the quotation marks that close after a term; straight ones close what has opened."""
    text, at = use.text, use.end
    while at < len(text) and (text[at] in _CLOSERS or (text[at] in "'\"" and text.count(text[at], 0, use.start) % 2)):
        at += 1
    return at


def _behind_blank(text: str, at: int) -> int:
    """Return the place behind the blank that parts a Latin term from Chinese: with a bracket between it goes, ONU（…）由师傅装."""
    return at + 1 if _PARTED.match(text, at - 1) else at


def is_within_brackets(text: str, at: int) -> bool:
    """Whether a bracket that opens before a place has not closed there."""
    before = text[:at]
    return any(
        before.count(opening) > before.count(closing) for opening, closing in zip(_OPENING, _CLOSING, strict=True)
    )


def clause(sentence: str) -> str:
    """Return a sentence as it stands in brackets or behind a colon, without its full stop."""
    return sentence.rstrip("。")
