"""Sentences with expressions in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from campaigncheck.catalogue.custom import Sentences
from campaigncheck.custom import wording
from campaigncheck.custom.asking import Asked
from campaigncheck.custom.expressions import Compiled, ExpressionError, Fault, Language
from campaigncheck.messages import Message, Text

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_LONGEST = 200
"""Characters of a value that are told."""
_MOST = 20
"""Values of a list that are told."""


class Piece(NamedTuple):
    """A value of a sentence: the name that stands for it, and its expression."""

    name: str
    expression: Compiled


@dataclass(frozen=True)
class Template:
    """A sentence in both languages, and the values in it."""

    text: Text
    pieces: tuple[Piece, ...]

    def fill(self, asked: Asked) -> Message:
        """Return the sentence with the values as they are there.

        Raises:
            RuleFaultError: when one cannot be evaluated.
        """
        return self.text(**{piece.name: _told(asked.value(piece.expression)) for piece in self.pieces})


class SentenceError(Exception):
    """Raised with what is wrong with a sentence, and in which language."""

    def __init__(self, faults: list[tuple[str, Fault]]) -> None:
        super().__init__("; ".join(fault.message.render("en") for _, fault in faults))
        self.faults = faults


def template(sentences: Sentences, language: Language, guarded: frozenset[str]) -> Template:
    """Compile a sentence; ``guarded`` fields are known to be there.

    Raises:
        SentenceError: for expressions that cannot be used, and single braces.
    """
    known: dict[str, Piece] = {}
    faults: list[tuple[str, Fault]] = []
    written = {}
    for lang in ("zh", "en"):
        given = getattr(sentences, lang)
        try:
            written[lang] = "".join(_written(given, language, guarded, known))
        except ExpressionError as error:
            faults += [(lang, fault) for fault in error.faults]
    if faults:
        raise SentenceError(faults)
    return Template(Text(written["zh"], written["en"]), tuple(known.values()))


def _written(given: str, language: Language, guarded: frozenset[str], known: dict[str, Piece]) -> Iterator[str]:
    """Yield a sentence piece by piece, names in place of its expressions."""
    end = 0
    for match in _PIECE.finditer(given):
        yield given[end : match.start()]
        end = match.end()
        text = match[1]
        if match[0] in ("{{", "}}"):
            yield match[0]
        elif text is None:
            raise ExpressionError([Fault(match.span(), wording.BRACES(), wording.BRACES_HINT())])
        else:
            if text not in known:
                known[text] = Piece(f"value{len(known)}", _compiled(text, match.start(1), language, guarded))
            yield f"{{{known[text].name}}}"
    yield given[end:]


def _compiled(text: str, start: int, language: Language, guarded: frozenset[str]) -> Compiled:
    try:
        return language.value(text, guarded)
    except ExpressionError as error:
        moved = [fault._replace(span=(fault.span[0] + start, fault.span[1] + start)) for fault in error.faults]
        raise ExpressionError(moved) from error


def _told(value: Any) -> Any:
    """Return a value as a sentence tells it; lists in order of their values, since fields by key have none."""
    if isinstance(value, list):
        return [_told(item) for item in sorted(value)[:_MOST]]
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    return value
