"""Each entry of LANG002 and LANG005 fires on its own sample and spares its trap, as the rules use it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.models import VagueEntry
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.engine.examine import Examiner
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete

KNOWLEDGE = Knowledge.of(RuleFiles.at(None))
EXAMINER: Examiner = KNOWLEDGE.examiner(Selection(select=("LANG002", "LANG005")), date(2026, 12, 1).toordinal())
SECTIONS = {"LANG002": KNOWLEDGE.lexicon.ambiguous, "LANG005": KNOWLEDGE.lexicon.conditional}
ENTRIES = [
    pytest.param(rule, name, entry, id=f"{rule}-{name}")
    for rule, entries in SECTIONS.items()
    for name, entry in entries.items()
]


def flagged(rule: str, text: str, entry: str, variants: list[str]) -> bool:
    """Whether a rule points at a place where one of an entry's names stands, or at part of it."""
    spec = complete("texts:\n  - {channel: poster, text: " + json.dumps(text, ensure_ascii=False) + "}\n")
    examined = EXAMINER.examine_text(SpecFile("x.yaml", "x.yaml", True), spec)
    spans = [item.problem.span for item in examined.located if item.rule == rule and item.problem.span]
    names = [match.span() for name in (entry, *variants) for match in re.finditer(re.escape(name), text, re.IGNORECASE)]
    return any(start < high and low < end for start, end in spans for low, high in names)


@pytest.mark.parametrize(("rule", "name", "entry"), ENTRIES)
def test_it_fires_on_its_sample(rule: str, name: str, entry: VagueEntry) -> None:
    assert flagged(rule, entry.fires, name, entry.variants)


@pytest.mark.parametrize(("rule", "name", "entry"), ENTRIES)
def test_it_spares_its_trap(rule: str, name: str, entry: VagueEntry) -> None:
    assert entry.trap is None or not flagged(rule, entry.trap, name, entry.variants)


@pytest.mark.parametrize(("rule", "least"), [("LANG002", 150), ("LANG005", 60)])
def test_the_lexicon_is_large(rule: str, least: int) -> None:
    assert len(SECTIONS[rule]) >= least


@pytest.mark.parametrize(
    ("text", "found"),
    [("审核约6天。", ["约"]), ("跟您约好了。", []), ("全屋三室起装。", ["起"]), ("从第13个月起每月30元。", []), ("问：限时吗？答：不是。", []),
     ("这个卡基本不收钱。", ["基本不收"]), ("全家共享优惠。", []),
     # The phrase is named whole, and not more than it.
     ("换卡一般三天办好。", ["一般"]), ("现场办理一般半小时。", []), ("等号一般10秒。", []), ("一般要求带身份证。", []),
     ("这款性价比很高。", ["性价比很高"]), ("老客户可办。", ["老客户"]), ("到期后按原价收。", ["到期后"]), ("条件许可就装。", ["条件许可"]),
     # A day's share is plain beside the price of the month.
     ("每天不到 2 块钱，全家用。", ["不到"]), ("每天不到 2 块钱，一个月59元。", []), ("每月 59 元（平均每天不到 2 块钱）。", []),
     ("原价10元，现在只要不到5元。", ["不到"]),
     ("全家套餐零门槛开通。", ["零门槛"]), ("充满50元，无门槛使用。", [])],
)  # fmt: skip
def test_what_stands_beside_a_phrase_decides(text: str, found: list[str]) -> None:
    spec = complete("texts:\n  - {channel: poster, text: " + json.dumps(text, ensure_ascii=False) + "}\n")
    examined = EXAMINER.examine_text(SpecFile("x.yaml", "x.yaml", True), spec)
    spans = [item.problem.span for item in examined.located if item.rule == "LANG002" and item.problem.span]
    assert [text[start:end] for start, end in spans] == found


def test_a_pattern_that_is_none_is_refused(tmp_path: Path) -> None:
    entry = "  约莫着: {why: 大概。, instead: 写清。, then: '(天', fires: 约莫着三天。}"
    text = f"extends: builtin\nabout: {{title: 用语, source: 自写}}\nambiguous:\n{entry}\n"
    (tmp_path / "wording.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogues(RuleFiles.at(tmp_path))
    (problem,) = caught.value.problems
    assert (problem.place.line, problem.place.column) == (4, 39)
    assert problem.message.render("en") == "“(天” is no valid regular expression"


def test_what_the_law_forbids_is_found_once() -> None:
    assert not flagged("LANG005", "来电显示永久免费，请放心。", "免费", [])
    assert flagged("LANG005", "来电显示免费，请放心。", "免费", [])
