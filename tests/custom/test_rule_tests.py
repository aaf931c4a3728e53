"""``campaigncheck rules test``: every sample of every rule, and rules that never fire."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from click.testing import CliRunner

from campaigncheck.cli.main import cli
from campaigncheck.engine import rule_tests
from campaigncheck.engine.site import every_rule
from tests.support.own_rules import rule, write_rules

TEN = Path(__file__).parents[2] / "benchmarks" / "custom_rules.yaml"


@pytest.fixture
def only_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the built-in rules, which tests of their own try."""
    monkeypatch.setattr(rule_tests, "every_rule", lambda own: {name: every_rule(own)[name] for name in own})


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        cli, ["rules", "test", "--rules", str(folder / "rules"), *arguments], standalone_mode=False
    )
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.stdout


@pytest.mark.usefixtures("only_own")
def test_ten_rules_as_a_site_may_write_them_do_what_their_samples_show(tmp_path: Path) -> None:
    (tmp_path / "rules" / "custom").mkdir(parents=True)
    copyfile(TEN, tmp_path / "rules" / "custom" / "ten.yaml")
    code, shown = run(tmp_path, "--format", "json")
    result = json.loads(shown)
    assert (code, len(result["rules"]), result["summary"]["samples"]) == (0, 10, 25)
    assert not any(item["failures"] or item["never"] for item in result["rules"])


@pytest.mark.usefixtures("only_own")
def test_what_fails_is_told_with_the_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    samples: dict[str, Any] = {
        "fires": [{"spec": "title: 好\n", "places": [[1, 8]]}],
        "passes": [{"spec": "title: 坏\n"}],
    }
    write_rules(
        tmp_path,
        rule("SITE001", "campaign.title == '好'", samples=samples),
        rule("SITE002", "campaign.title == '坏'", samples=samples, at="/title"),
        rule("SITE003", "1 / (size(campaign.offers) - 1) == 1", samples=samples),
    )
    code, shown = run(tmp_path, "--lang", "en")
    assert code == 1
    assert shown.splitlines() == [
        "SITE001, sample 1: expected line 1, column 8, found line 1, column 1",
        "  From: rules/custom/own.yaml, line 2",
        "SITE002, sample 1: expected line 1, column 8, found nothing",
        "SITE002, sample 2: should pass, but fires at line 1, column 8",
        "SITE002 never fires: in none of its samples, and in none of the 0 campaigns here",
        "  From: rules/custom/own.yaml, line 33",
        *[
            f"SITE003, sample {number}: the rule SITE003 (rules/custom/own.yaml:54) cannot be evaluated on this campaign: "
            "INVALID_ARGUMENT: divide by zero"
            for number in (1, 2)
        ],
        "SITE003 never fires: in none of its samples, and in none of the 0 campaigns here",
        "  From: rules/custom/own.yaml, line 54",
        "Tried 6 samples of 3 rules, 3030 sentences of lexicons and 0 campaigns: 7 wrong.",
    ]


@pytest.mark.usefixtures("only_own")
def test_a_sentence_of_a_lexicon_that_does_not_show_its_word_is_told(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "glossary.yaml").write_text(
        "extends: builtin\nabout: {title: t, source: s}\nterms:\n"
        "  川享卡: {plain: 卡, explain: 一种卡。, group: number, fires: 办一张卡。, trap: 川享卡很好。}\n",
        encoding="utf-8",
    )
    code, shown = run(tmp_path)
    assert code == 1
    assert shown.splitlines()[:2] == [
        "LANG001 的词“川享卡”：在它自己的例句里没查出来：办一张卡。",
        "LANG001 的词“川享卡”：不该查的句子也查出来了：川享卡很好。",
    ]


def test_everything_that_is_built_in_does_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    code, shown = run(tmp_path)
    assert (code, shown.count("\n")) == (0, 1), shown
