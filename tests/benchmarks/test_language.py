"""What docs/language.md says is what the rules do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.language.__main__ import measure, own
from benchmarks.language.page import LEAST, PAGE, page, together
from benchmarks.language.page import read as results
from benchmarks.language.score import RULES, Flag, Found, Labelled, Score, read, scores
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues

SEVERITIES = load_catalogues(RuleFiles.at(None)).policy.severities
FLAG = Flag(("LANG002", "LANG005"), 2, 5)
TEXT = Labelled("x", "流量不限量，随时办", (FLAG,))


def test_the_page_is_what_the_results_make_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(results())


@pytest.mark.parametrize("name", own())
def test_the_results_are_those_of_the_rules(name: str) -> None:
    assert results()[name] == measure(read(own()[name]))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_blocks_is_right_nine_times_in_ten(rule: str) -> None:
    assert SEVERITIES[rule] != "error" or together(results())[rule].precision >= LEAST


def test_a_finding_hits_what_it_overlaps_by_any_of_its_rules() -> None:
    found = scores([(TEXT, [Found("LANG005", 4, 6)])])
    assert found["LANG002"] == Score(marked=1, hit=1, right=0, false=0)
    assert found["LANG005"] == Score(marked=0, hit=0, right=1, false=0)


@pytest.mark.parametrize("item", [Found("LANG001", 2, 5), Found("LANG002", 5, 8), Found("LANG002", 0, 2)])
def test_a_finding_beside_it_or_of_another_rule_is_a_false_alarm(item: Found) -> None:
    found = scores([(TEXT, [item])])
    assert found["LANG002"].hit == 0
    assert found[item.rule].false == 1


def test_a_text_labelled_for_one_rule_says_nothing_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    flag = {"span": "x", "rule": "LANG001"}
    file.write_text(json.dumps({"texts": [{"id": "a", "text": "xy", "only": "LANG001", "flags": [flag]}]}))
    found = scores([(read(file)[0], [Found("LANG001", 1, 2), Found("LANG002", 1, 2)])])
    assert found["LANG001"] == Score(marked=1, hit=0, right=0, false=1)
    assert found["LANG002"] == Score(0, 0, 0, 0)


def test_shares_of_nothing_are_whole() -> None:
    assert (Score(0, 0, 0, 0).precision, Score(0, 0, 0, 0).recall) == (1, 1)


def test_a_mark_that_is_not_in_its_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text(json.dumps({"texts": [{"id": "a", "text": "x", "flags": [{"span": "y", "rule": "LANG001"}]}]}))
    with pytest.raises(ValueError, match="y is not in the text"):
        read(file)
