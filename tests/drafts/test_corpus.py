"""Drafts for all examples and for generated specs: they cover what is needed, and all but their gaps stand the check."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.corpus.__main__ import generate
from campaigncheck.drafts.draft import Drafts, drafts
from campaigncheck.engine.examine import Examiner
from campaigncheck.engine.judge import judge
from campaigncheck.language.answers import DRAFT
from tests.drafts.drafting import ROOT, examined, examiner, judged, without_faq

GENERATED = 60
_NOT_SAID = {"cancel", "dispute", "existing_plan", "sold_out"}
"""Topics of which sound specs do not say everything."""


class Bare(NamedTuple):
    """A campaign without its questions, the drafts for it, and the topics that FAQ001 says are missing."""

    text: str
    found: Drafts
    by: Examiner
    missing: frozenset[str]


@cache
def bare() -> dict[str, Bare]:
    """Every example that is not over, and a generated corpus."""
    with TemporaryDirectory() as name:
        generate(Path(name), GENERATED, broken=0)
        made = _bare(Path(name), examiner(Path(name) / "rules"))
    return {**_bare(ROOT, examiner()), **made}


def _bare(home: Path, by: Examiner) -> dict[str, Bare]:
    paths = sorted((home / "campaigns").glob("*/*.yaml"))
    texts = {path.name: without_faq(path.read_text(encoding="utf-8")) for path in paths}
    known = examined(texts, by, selected=True)
    report, _ = judge(known, by, "")
    missing: dict[str, set[str]] = {item.id: set() for item in known}
    for finding in report.findings:
        if finding.rule == "FAQ001":
            missing[finding.campaign] |= set(re.findall(r"（(\w+)）", finding.message.render("zh")))
    return {
        item.id: Bare(texts[item.spec.file], drafts(known, item.id, by), by, frozenset(missing[item.id]))
        for item in known
        if item.entry is not None
    }


def test_there_is_enough_of_every_topic() -> None:
    topics = [entry.topic for item in bare().values() for entry in item.found.entries]
    assert set(topics) == set(examiner().catalogues.faq.topics)
    assert len(bare()) > GENERATED


def test_drafts_answer_what_is_missing_and_nothing_else() -> None:
    drafted = {name: {entry.topic for entry in item.found.entries} for name, item in bare().items()}
    assert drafted == {name: item.missing for name, item in bare().items()}


def test_every_draft_blocks() -> None:
    found = {name: judged(item.text, item.found, item.by, marked=True) for name, item in bare().items()}
    assert found == {name: [("FAQ002", entry.topic) for entry in item.found.entries] for name, item in bare().items()}


def test_without_the_mark_only_the_gaps_are_found() -> None:
    found = {name: judged(item.text, item.found, item.by, marked=False) for name, item in bare().items()}
    gaps = {
        name: [("FAQ002", entry.topic) for entry in item.found.entries if "（请写明：" in entry.a]
        for name, item in bare().items()
    }
    assert found == gaps
    assert {topic for topics in gaps.values() for _, topic in topics} == _NOT_SAID


def test_gaps_and_marks_are_counted() -> None:
    for item in bare().values():
        assert item.found.gaps == sum(entry.a.count("（请写明：") for entry in item.found.entries)
        assert all(entry.a.startswith(DRAFT) and entry.a.count(DRAFT) == 1 for entry in item.found.entries)
