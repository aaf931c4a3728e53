"""Files of own rules that cannot be used: what is told, and where; nothing else ever comes of them."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.engine.run import Knowledge
from tests.support.own_rules import rule, write_rules

TEN = Path(__file__).parents[2] / "benchmarks" / "custom_rules.yaml"


def told(rules: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(CatalogueError) as caught:
        Knowledge.of(RuleFiles.at(rules))
    return [
        (Path(item.path).name, item.place.line, item.place.column, item.message.render("en"))
        for item in caught.value.problems
    ]


def change(**other: Any) -> dict[str, Any]:
    return rule(**{"name": "SITE001", "scope": "offer", **other})


@pytest.mark.parametrize(
    ("changed", "line", "column", "message"),
    [
        (change(when="offer.nam == ''"), 8, 15, "an offer has no “nam”"),
        (change(at="/prise/amount"), 33, 7, "at points nowhere: an offer has no “prise”"),
        (change(at="/price/amount/x"), 33, 7, "at points nowhere: a group of fields has no “x”"),
        (change(at="/cancel/first"), 33, 7, "at points nowhere: “first” should be a number, from 0"),
        (change(message={"zh": "话 {offer.id", "en": "x"}), 10, 11, "a brace is without its other half"),
        (change(name="CONF900"), 2, 7, "CONF is what built-in rules are called"),
        (change(name="GATE900"), 2, 7, "GATE is what built-in rules are called"),
        (change(name="site1"), 2, 7, "“site1” is not in the right form"),
        (change(scope="customer"), 7, 8, "“customer” is not one of the allowed values"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, changed: dict[str, Any], line: int, column: int, message: str
) -> None:
    assert told(write_rules(tmp_path, changed)) == [("own.yaml", line, column, message)]


def test_a_rule_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    write_rules(tmp_path, rule("SITE001"), name="a.yaml")
    rules = write_rules(tmp_path, rule("SITE002"), rule("SITE001"), name="b.yaml")
    ((file, line, _, message),) = told(rules)
    assert (file, line) == ("b.yaml", 34)
    assert re.fullmatch("the rule SITE001 is there twice: see .*a.yaml:2", message)


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    rules = write_rules(tmp_path, rule("SITE001"))
    (rules / "custom" / "notes.txt").write_text("x")
    assert told(rules) == [("notes.txt", 1, 1, "the folder custom holds .yaml files only")]


@pytest.mark.parametrize("missing", ["fires", "passes"])
def test_samples_of_both_kinds_are_needed(tmp_path: Path, missing: str) -> None:
    changed = rule("SITE001")
    changed["samples"] = {**changed["samples"], missing: []}
    ((_, _, _, message),) = told(write_rules(tmp_path, changed))
    assert message == "the list needs 1 or more entries"


@given(st.integers(0, 2**32))
@settings(max_examples=50)
def test_damaged_files_are_taken_or_refused_and_nothing_else(seed: int) -> None:
    from tempfile import TemporaryDirectory

    random, text = Random(seed), TEN.read_text(encoding="utf-8")
    for _ in range(random.randrange(1, 4)):
        start = random.randrange(len(text))
        piece = random.choice(
            [
                "",
                "{",
                "}",
                "'",
                '"',
                "\n",
                ": ",
                "offer",
                "[1]",
                "(",
                "￥",
                "has(",
                "/0",
                "&&",
                text[start : start + 40],
            ]
        )
        text = text[:start] + piece + text[start + random.randrange(12) :]
    with TemporaryDirectory() as folder:
        custom = Path(folder) / "custom"
        custom.mkdir()
        (custom / "own.yaml").write_text(text, encoding="utf-8")
        try:
            Knowledge.of(RuleFiles.at(Path(folder)))
        except CatalogueError as error:
            problems = error.problems
        else:
            return
    assert all(problem.message.render("zh") and problem.hint.render("en") for problem in problems)
