"""What is said of a draft is what ``check`` says of it once it is written to its file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES
from campaigncheck.engine.repository import find_specs
from campaigncheck.engine.run import Job, Knowledge, run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.report.json import data
from campaigncheck.serve.context import Context
from campaigncheck.serve.settings import Draft
from campaigncheck.waiting.memory import remember
from tests.serve.repositories import HOME, SPRING, TODAY, settings

WINTER = "campaigns/sichuan/sc-2026-winter-broadband.yaml"
EXAMPLES = sorted(str(path.relative_to(HOME)) for path in (HOME / "campaigns").rglob("*.yaml"))

CHANGES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "everywhere": lambda text: _line(text, "regions", 'regions: {include: ["000000"]}'),
    "earlier": lambda text: _line(text, "period", "period: {start: 2026-12-31, end: 2027-06-30}"),
    "launched": lambda text: _line(text, "stage", "stage: launched"),
    "another id": lambda text: _line(text, "id", "id: sc-2027-5g-switch"),
    "no faq": lambda text: text.partition("\nfaq:")[0] + "\n",
    "no yaml": lambda text: text + "\n  - [",
    "no campaign": lambda text: _line(text, "offers", "offer:"),
    "nothing": lambda text: "",
}


def _line(text: str, key: str, line: str) -> str:
    """Put another line in the place of that of a key at the top."""
    lines = text.split("\n")
    at = next(number for number, given in enumerate(lines) if given.startswith(f"{key}:"))
    return "\n".join([*lines[:at], line, *lines[at + 1 :]])


def job(path: str, waivers: Path | None = None) -> Job:
    """What ``check PATH`` does."""
    return Job(
        find_specs([path]), RuleFiles.at(Path("rules")), Selection(), TODAY,
        named=True, tolerate=TABLES, waivers=waivers, places=(path,),
    )  # fmt: skip


def said(context: Context, draft: Draft) -> dict[str, Any]:
    return data(context.judge(draft).report, "zh")


@pytest.fixture(scope="module")
def knowledge(loaded: tuple[Path, Context]) -> Knowledge:
    """What ``check`` loads, apart from what the server has loaded."""
    return Knowledge.of(RuleFiles.at(loaded[0] / "rules"), TABLES)


@pytest.mark.parametrize(
    ("path", "change"), [(path, list(CHANGES)[at % len(CHANGES)]) for at, path in enumerate(EXAMPLES)]
)
def test_a_new_version_of_an_example(context: Context, knowledge: Knowledge, path: str, change: str) -> None:
    before = Path(path).read_text(encoding="utf-8")
    text = CHANGES[change](before)
    answered = said(context, Draft(text, path))
    Path(path).write_text(text, encoding="utf-8")
    try:
        checked = data(run_with(knowledge, job(path)).report, "zh")
    finally:
        Path(path).write_text(before, encoding="utf-8")
    assert answered == checked


@pytest.mark.parametrize("change", ["everywhere", "launched", "no faq"])
def test_a_new_campaign(own: Path, change: str) -> None:
    context = Context.load(settings())
    text = _line(CHANGES[change](Path(SPRING).read_text(encoding="utf-8")), "id", "id: sc-2027-another")
    judged = context.judge(Draft(text))
    path = "campaigns/sc-2027-another.yaml"
    assert (judged.item.spec.shown, judged.there) == (path, False)
    Path(path).write_text(text, encoding="utf-8")
    assert data(judged.report, "zh") == data(run(job(path)).report, "zh")
    assert judged.report.findings


def test_under_exceptions(own: Path) -> None:
    text = Path(SPRING).read_text(encoding="utf-8").replace("confirm: twice", "confirm: once")
    entry = {"rule": "SAFE001", "campaign": "sc-2027-spring-broadband", "reason": "试点", "approver": "省公司服务部"}
    lines = [f"{'- ' if not number else '  '}{key}: {value}" for number, (key, value) in enumerate(entry.items())]
    file = own / "waivers.yaml"
    file.write_text("\n".join([*lines, "  expires: 2027-01-31", ""]), encoding="utf-8")
    context = Context.load(settings(file))
    judged = context.judge(Draft(text))
    Path(SPRING).write_text(text, encoding="utf-8")
    assert data(judged.report, "zh") == data(run(job(SPRING, file)).report, "zh")
    assert judged.report.waived == 2


def test_stages_are_those_of_the_branch_not_of_the_draft(own: Path) -> None:
    """What the branch has is read from git, though its file still says what the draft no longer does."""
    for arguments in (
        ["init", "-q", "-b", "main"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first"]
    ):  # fmt: skip
        subprocess.run(["git", *arguments], check=True)
    text = CHANGES["launched"](Path(SPRING).read_text(encoding="utf-8"))
    context = Context.load(settings())
    answered = said(context, Draft(text))
    Path(SPRING).write_text(text, encoding="utf-8")
    assert answered == data(run(job(SPRING)).report, "zh")
    gates = [finding["message"] for finding in answered["findings"] if finding["rule"] == "GATE001"]
    assert any("main" in message for message in gates)


def test_drafts_before_leave_nothing_behind(context: Context) -> None:
    text = Path(SPRING).read_text(encoding="utf-8")
    first = said(context, Draft(text))
    for change in CHANGES.values():
        said(context, Draft(change(text)))
    assert said(context, Draft(text)) == first
    assert said(replace(context), Draft(text)) == first


def test_remembered_waits_are_those_worked_out(context: Context) -> None:
    text = Path(WINTER).read_text(encoding="utf-8").replace("uptake: 7500", "uptake: 750000")
    plain = said(context, Draft(text))
    remember(100)
    try:
        assert [said(context, Draft(text)) for _ in range(2)] == [plain, plain]
    finally:
        remember(0)
    assert {"WAIT001", "WAIT003"} <= {finding["rule"] for finding in plain["findings"]}
