"""What the glossary advises keeps to the rules itself: its plain words, its explanations, and both beside the term."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.examine import Examiner
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules._repairs import clause

RULES = ("LANG001", "LANG002", "LANG003", "LANG005")
KNOWLEDGE = Knowledge.of(RuleFiles.at(None))
EXAMINER: Examiner = KNOWLEDGE.examiner(Selection(select=RULES), date(2026, 12, 1).toordinal())


def found(text: str) -> Counter[tuple[str, str]]:
    """Return which of the rules find what in a text for customers."""
    spec = complete("texts:\n  - {channel: poster, text: " + json.dumps(text, ensure_ascii=False) + "}\n")
    examined = EXAMINER.examine_text(SpecFile("x.yaml", "x.yaml", True), spec)
    at_places = ((item.rule, item.problem.span) for item in examined.located if item.rule in RULES)
    return Counter((rule, text[slice(*span)] if span else "") for rule, span in at_places)


def advice() -> Iterator[tuple[str, str]]:
    """Yield each term with each text that the tool proposes for it."""
    for term, entry in KNOWLEDGE.lexicon.terms.items():
        for text in (entry.plain, entry.explain, f"{term}（{clause(entry.explain)}）"):
            yield term, text


def by_rule(findings: Counter[tuple[str, str]]) -> Counter[str]:
    """Count findings by their rule: 存话费送 in the plain words is what 存费送 was in the term."""
    return Counter({rule: sum(n for (name, _), n in findings.items() if name == rule) for rule, _ in findings})


def test_no_advice_brings_up_anything_that_the_term_did_not() -> None:
    new = {text: more for term, text in advice() if (more := by_rule(found(text)) - by_rule(found(term)))}
    assert new == {}


def test_the_explanation_beside_a_term_explains_it() -> None:
    beside = {term: text for term, text in advice() if text.startswith(f"{term}（")}
    assert len(beside) == len(KNOWLEDGE.lexicon.terms)
    assert [text for text in beside.values() if any(rule == "LANG001" for rule, _ in found(text))] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网速变慢", [("LANG002", "网速变慢")]),
        ("闲时流量（20元）", [("LANG001", "闲时流量")]),
        ("在最好的网络上", [("LANG003", "最好的")]),
        ("送话费", [("LANG005", "送话费")]),
    ],
)
def test_each_rule_would_be_seen(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(found(text)) == expected


def test_no_explanation_has_brackets_of_its_own() -> None:
    marked = [term for term, entry in KNOWLEDGE.lexicon.terms.items() if set("（）()【】") & set(entry.explain)]
    assert marked == []
