"""The one function that turns a path (and a span in a text) into lines and columns."""

from __future__ import annotations

from dataclasses import dataclass

from campaigncheck.rulekit.rule import Problem
from campaigncheck.source.document import Document
from campaigncheck.source.place import Place, pointer


@dataclass(frozen=True, slots=True)
class Located:
    """A rule's problem with its place in its own spec; related places are found when reporting."""

    rule: str
    problem: Problem
    place: Place
    pointer: str
    related: tuple[Place | None, ...]


def locate(document: Document, rule: str, problem: Problem) -> Located:
    """Find a problem's place, and those of related places in the same spec."""
    place = document.place(problem.path, key=problem.key, span=problem.span)
    related = tuple(document.place(item.path, key=item.key) if item.spec is None else None for item in problem.related)
    return Located(rule, problem, place, pointer(problem.path), related)
