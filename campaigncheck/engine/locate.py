"""Turns paths (and spans in texts) into lines and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaigncheck.handling.words import WordCost
from campaigncheck.rulekit.rule import Problem, Related
from campaigncheck.source.document import Document
from campaigncheck.source.place import START, Path, Place, pointer


@dataclass(frozen=True, slots=True)
class Located:
    """A rule's problem with its place in its own spec; related places are found when reporting."""

    rule: str
    problem: Problem
    place: Place
    pointer: str
    related: tuple[Place | None, ...]
    cost: WordCost | None = None


def locate(document: Document, rule: str, problem: Problem, cost: WordCost | None = None) -> Located:
    """Find a problem's place, and those of related places in the same spec."""
    place = document.place(problem.path, key=problem.key, span=problem.span)
    related = tuple(document.place(item.path, key=item.key) if item.spec is None else None for item in problem.related)
    return Located(rule, problem, place, pointer(problem.path), related, cost)


Wanted = tuple[str, Path, bool, tuple[int, int] | None]
"""A place that is asked for: file, path, whether the key is meant, span."""


def locate_all(
    documents: Mapping[str, Document], problems: Sequence[tuple[Document, str, Problem]]
) -> Iterator[Located]:
    """Find the places of problems about several campaigns, and of all that they are related to.

    Args:
        documents: every document that a problem may point into, by path.
        problems: the document that bears each problem, the rule, and the problem.
    """
    # File by file: to find a place a file has to be read once more, and each is read only once.
    wanted = sorted({item for own, _, problem in problems for item in _wanted(own, problem)}, key=lambda item: item[0])
    found = {
        item: documents[item[0]].place(item[1], key=item[2], span=item[3]) for item in wanted if item[0] in documents
    }
    for own, rule, problem in problems:
        place, *related = (found.get(item) for item in _wanted(own, problem))
        yield Located(rule, problem, place or START, pointer(problem.path), tuple(related))


def _wanted(own: Document, problem: Problem) -> Iterator[Wanted]:
    yield own.path, problem.path, problem.key, problem.span
    for item in problem.related:
        yield _related(own, item)


def _related(own: Document, item: Related) -> Wanted:
    return own.path if item.spec is None else item.spec, item.path, item.key, None
