"""What is wrong with the lexicons: entries that contradict each other or can never be found, and looser ones below."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from campaigncheck.catalogue import models
from campaigncheck.catalogue.problems import CONTRADICTION, CONTRADICTION_HINT, CatalogueProblem, problem
from campaigncheck.messages import Text
from campaigncheck.source.document import Document

Entry = models.TermEntry | models.ForbiddenEntry | models.VagueEntry

_ALLOW = Text("“{allow}”里并不包含“{term}”，永远不会用上", "“{allow}” does not contain “{term}” and can never apply")
_PATTERN = Text("“{pattern}”不是合法的正则表达式", "“{pattern}” is no valid regular expression")
_TWICE = Text("“{word}”既在“{first}”里又在“{second}”里", "“{word}” belongs to “{first}” and to “{second}”")
_NEVER = Text(
    "“{term}”被常用词“{word}”完全盖住，永远查不出来", "“{term}” is an everyday word “{word}” and can never match"
)
_LOOSER = Text(
    "“{word}”在上一级是 {above}，这里写成 {here}，放宽了", "“{word}” is {above} one level up; {here} here is looser"
)
_LOOSER_HINT = Text("下级只能收紧：去掉 severity，或者写得更严。", "A lower level may only be stricter: drop severity.")


class Words(NamedTuple):
    """The country's lexicons."""

    glossary: models.Glossary
    wording: models.Wording


def check_glossary(glossary: models.Glossary, document: Document, problems: list[CatalogueProblem]) -> None:
    everyday = {word.casefold() for word in glossary.everyday}
    for term, entry in glossary.terms.items():
        _check_allow(document, ("terms", term), [term, *entry.variants], entry.allow, problems)
        if term.casefold() in everyday:
            what = _NEVER(term=term, word=term)
            place = document.place(("terms", term), key=True)
            problems.append(problem(document.path, CONTRADICTION(what=what), CONTRADICTION_HINT(), place))


def check_wording(wording: models.Wording, document: Document, problems: list[CatalogueProblem]) -> None:
    for section, entries in _phrases(wording).items():
        named: dict[str, str] = {}
        for phrase, entry in entries.items():
            _check_allow(document, (section, phrase), [phrase, *entry.variants], entry.allow, problems)
            _check_patterns(document, (section, phrase), entry, problems)
            for name in (phrase, *entry.variants):
                first = named.setdefault(name.casefold(), phrase)
                if first != phrase:
                    place = document.place((section, phrase), key=True)
                    what = _TWICE(word=name, first=first, second=phrase)
                    problems.append(problem(document.path, CONTRADICTION(what=what), CONTRADICTION_HINT(), place))


def _check_allow(
    document: Document, path: tuple[str, ...], words: list[str], allow: list[str], problems: list[CatalogueProblem]
) -> None:
    folded = [word.casefold() for word in words]
    for index, longer in enumerate(allow):
        if not any(word in longer.casefold() and word != longer.casefold() for word in folded):
            what = _ALLOW(allow=longer, term=words[0])
            place = document.place((*path, "allow", index))
            problems.append(problem(document.path, CONTRADICTION(what=what), CONTRADICTION_HINT(), place))


def _check_patterns(document: Document, path: tuple[str, ...], entry: Entry, problems: list[CatalogueProblem]) -> None:
    if isinstance(entry, models.VagueEntry):
        for key, pattern in (("before", entry.before), ("then", entry.then)):
            try:
                with warnings.catch_warnings(action="error"):  # what Python only doubts is refused as well
                    re.compile(pattern)
            except (re.error, Warning):
                place = document.place((*path, key))
                what = _PATTERN(pattern=pattern)
                problems.append(problem(document.path, CONTRADICTION(what=what), CONTRADICTION_HINT(), place))


def overlay_problems(
    overlay: models.Overlay, document: Document, above: Sequence[models.Overlay], words: Words
) -> Iterator[CatalogueProblem]:
    """Yield what is wrong with the words of a region.

    Args:
        overlay: the region's overlay.
        document: where it is written.
        above: the overlays of the levels above it, the nearest first.
        words: the country's words.
    """
    for section, entries in _sections(overlay).items():
        upper = [*(_sections(level)[section] for level in above), _country(words)[section]]
        for name, entry in entries.items():
            problems: list[CatalogueProblem] = []
            _check_allow(document, (section, name), [name, *entry.variants], entry.allow, problems)
            _check_patterns(document, (section, name), entry, problems)
            yield from problems
            known = next((level[name] for level in upper if name in level), None)
            if known is not None and models.is_looser(entry.severity, known.severity):
                message = _LOOSER(word=name, above=known.severity, here=entry.severity)
                place = document.place((section, name, "severity"))
                yield problem(document.path, message, _LOOSER_HINT(), place)


def _sections(overlay: models.Overlay) -> dict[str, Mapping[str, Entry]]:
    return {"terms": overlay.terms, **_phrases(overlay)}


def _country(words: Words) -> dict[str, Mapping[str, Entry]]:
    return {"terms": words.glossary.terms, **_phrases(words.wording)}


def _phrases(words: models.Wording | models.Overlay) -> dict[str, Mapping[str, Entry]]:
    return {"forbidden": words.forbidden, "ambiguous": words.ambiguous, "conditional": words.conditional}
