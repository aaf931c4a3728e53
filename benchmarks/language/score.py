"""Compares what the language rules find in labelled texts with what an editor marked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.examine import Examiner
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete

RULES = ("LANG001", "LANG002", "LANG003", "LANG005")
_TODAY = date(2026, 12, 1).toordinal()


class Flag(NamedTuple):
    """A problem that an editor marked: the rules that may say so, the first of them its own, and where."""

    rules: tuple[str, ...]
    start: int
    end: int


class Labelled(NamedTuple):
    """One text with its marks, and the rules for which it is labelled: findings of the others are not counted."""

    id: str
    text: str
    flags: tuple[Flag, ...]
    rules: tuple[str, ...] = RULES


class Found(NamedTuple):
    """What a rule found in a text."""

    rule: str
    start: int
    end: int


class Score(NamedTuple):
    """How one rule did.

    Attributes:
        marked: problems that an editor marked.
        hit: those of them that were found.
        right: findings that hit a mark.
        false: findings that hit none.
    """

    marked: int
    hit: int
    right: int
    false: int

    @property
    def precision(self) -> float:
        """The share of findings that are right."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of marked problems that were found."""
        return self.hit / self.marked if self.marked else 1.0


def read(file: Path) -> list[Labelled]:
    """Read a corpus.

    Raises:
        ValueError: when a mark is not in its text.
    """
    texts: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["texts"]
    return [Labelled(item["id"], item["text"], tuple(_flags(item)), _labelled_for(item)) for item in texts]


def _labelled_for(item: dict[str, Any]) -> tuple[str, ...]:
    return (item["only"],) if "only" in item else RULES


def _flags(item: dict[str, Any]) -> Iterable[Flag]:
    for flag in item["flags"]:
        start = item["text"].find(flag["span"])
        if start < 0:
            raise ValueError(f"{item['id']}: {flag['span']} is not in the text")
        yield Flag((flag["rule"], *flag.get("alt", ())), start, start + len(flag["span"]))


def examiner() -> Examiner:
    """Return what examines texts by the rules as they come."""
    return Knowledge.of(RuleFiles.at(None)).examiner(Selection(select=RULES), _TODAY)


def findings(reader: Examiner, text: str) -> list[Found]:
    """Return what the language rules find in a text of a campaign; of rules that others explain, only these."""
    spec = complete("texts:\n  - {channel: poster, text: " + json.dumps(text, ensure_ascii=False) + "}\n")
    examined = reader.examine_text(SpecFile("text.yaml", "text.yaml", True), spec)
    return [
        Found(located.rule, *located.problem.span)
        for located in examined.located
        if located.rule in RULES and located.problem.span and located.problem.path[0] == "texts"
    ]


def scores(texts: Sequence[tuple[Labelled, Sequence[Found]]]) -> dict[str, Score]:
    """Return each rule's score.

    A finding is right if it overlaps a mark whose rules it is one of; a mark is hit by any such finding, and counts
    for its own rule.
    """
    marked, hit, right, false = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for labelled, found in texts:
        for flag in labelled.flags:
            marked[flag.rules[0]] += 1
            hit[flag.rules[0]] += any(_hits(item, flag) for item in found)
        for item in (item for item in found if item.rule in labelled.rules):
            (right if any(_hits(item, flag) for flag in labelled.flags) else false)[item.rule] += 1
    return {rule: Score(marked[rule], hit[rule], right[rule], false[rule]) for rule in RULES}


def _hits(found: Found, flag: Flag) -> bool:
    return found.rule in flag.rules and found.start < flag.end and flag.start < found.end
