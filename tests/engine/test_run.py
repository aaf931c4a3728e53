"""The engine: crashes stay apart, the same input gives the same bytes, severities follow policy and stage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.cli.check import check as check_command
from campaigncheck.engine.finding import INTERNAL, Report
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import CHUNK, Job, run
from campaigncheck.engine.selection import Selection
from campaigncheck.report import FORMATS, writer
from campaigncheck.rulekit.rule import Problem, Rule
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules
from tests.support.checking import TODAY, check_specs, places

ROOT = Path(__file__).parents[2]
BLOCKED = sorted((ROOT / "docs" / "examples" / "blocked").glob("*.yaml"))
FAULTY = complete("id: faulty\ntexts:\n  - {channel: poster, text: 全国第一品牌，装FTTR。}\n")
CLEAN = complete('id: clean\nregions: {include: ["440100"]}\n')
SOFT = {"FAQ", "TIME", "READY", "SAFE", "GATE"}


def told(report: Report) -> list[tuple[Any, ...]]:
    """Return everything that is told of the findings but their severities."""
    return [
        (item.path, item.place, item.rule, item.pointer, item.message.render("zh"), item.hint.render("zh"))
        for item in report.findings
    ]


def crash_in(monkeypatch: pytest.MonkeyPatch, name: str, **checks: Any) -> None:
    """Make a rule raise."""
    rules: dict[str, Rule] = {**all_rules(), name: replace(all_rules()[name], **checks)}
    monkeypatch.setattr("campaigncheck.engine.site.all_rules", lambda: rules)


def raising(view: object) -> list[Problem]:
    raise ZeroDivisionError("三 over 零")


def test_a_rule_that_raises_is_one_finding_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = check_specs(tmp_path, {"faulty": FAULTY, "clean": CLEAN})
    crash_in(monkeypatch, "LANG001", check=raising)
    report = check_specs(tmp_path, {"faulty": FAULTY, "clean": CLEAN})
    internal = [item for item in report.findings if item.rule == INTERNAL]
    assert [(item.path, item.severity, item.place[:2]) for item in internal] == [
        ("clean.yaml", "error", (1, 1)),
        ("faulty.yaml", "error", (1, 1)),
    ]
    assert "LANG001" in internal[0].message.render("en")
    assert "ZeroDivisionError: 三 over 零" in internal[0].message.render("zh")
    others = [item for item in told(before) if item[2] != "LANG001"]
    assert [item for item in told(report) if item[2] != INTERNAL] == others
    assert ("faulty", "LANG003") in [place[:2] for place in places(report.findings)]
    assert {outcome.verdict for outcome in report.outcomes} == {"blocked"}


def test_what_a_rule_found_before_it_raised_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = all_rules()["LANG003"].check
    assert original is not None

    def half(view: Any) -> Iterator[Problem]:
        yield next(iter(original(view)))
        raise KeyError("later")

    crash_in(monkeypatch, "LANG003", check=half)
    report = check_specs(tmp_path, {"faulty": FAULTY})
    assert {"LANG003", INTERNAL} <= {item.rule for item in report.findings}


def test_a_rule_about_all_campaigns_that_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash_in(monkeypatch, "FREQ001", check_portfolio=raising)
    report = check_specs(tmp_path, {"faulty": FAULTY, "clean": CLEAN})
    assert [item.rule for item in report.findings].count(INTERNAL) == 1
    assert "LANG001" in {item.rule for item in report.findings}
    assert report.crashed


@pytest.mark.parametrize("fail_on", ["error", "note"])
def test_a_crash_is_exit_code_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail_on: str) -> None:
    (tmp_path / "clean.yaml").write_text(CLEAN, encoding="utf-8")
    crash_in(monkeypatch, "LANG001", check=raising)
    arguments = [
        str(tmp_path),
        "--today",
        "2026-12-01",
        "--fail-on",
        fail_on,
        "--format",
        f"json:{tmp_path / 'out.json'}",
    ]
    assert check_command.main(arguments, standalone_mode=False) == 3
    assert check_command.main([*arguments, "--ignore", "LANG001"], standalone_mode=False) in (0, 1)


CITIES = [f"{province}{city:02d}00" for province in (13, 21, 37, 44, 51) for city in range(1, 10)]


def many(folder: Path, number: int) -> list[SpecFile]:
    """Write specs with faults of all kinds, some not readable at all, a few in each city of some provinces."""
    faults = ["", "texts:\n  - {channel: poster, text: 装FTTR。}\n", "stage: testing\n", "zzz: 1\n", "title: [\n"]
    faults += ["period: {start: 2027-03-09, end: 2027-03-08}\n"]
    files = []
    for index in range(number):
        file = folder / f"c{index:03d}.yaml"
        city = CITIES[index * 7 % len(CITIES)]
        text = f'id: c-{index:03d}\nregions: {{include: ["{city}"]}}\n' + faults[index % len(faults)]
        file.write_text(complete(text), encoding="utf-8")
        files.append(SpecFile(str(file), file.name, True))
    return files


def test_one_process_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    specs = many(tmp_path, CHUNK + 50)
    seen: list[int] = []
    reports = [run(Job(specs, RuleFiles.at(None), Selection(), TODAY, jobs), seen.append).report for jobs in (1, 2)]
    assert sum(seen) == 2 * len(specs)
    for name in FORMATS:
        assert writer(name)(reports[0], "zh") == writer(name)(reports[1], "zh")
    assert {outcome.verdict for outcome in reports[0].outcomes} == {"pass", "blocked", "invalid"}


def test_hash_seed_locale_and_time_zone_do_not_matter(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "campaigncheck", "check", "docs/examples/blocked", "--today", "2026-12-01"]
    arguments += [part for name in FORMATS for part in ("--format", f"{name}:{tmp_path / name}")]
    settings = [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "12345", "LC_ALL": "C", "TZ": "America/Los_Angeles"},
        {"PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.GBK", "PYTHONIOENCODING": "latin-1", "TZ": "Asia/Shanghai", "COLUMNS": "40"},
    ]  # fmt: skip
    written: dict[str, set[bytes]] = {name: set() for name in ("standard output", *FORMATS)}
    for extra in settings:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHONIO"))}
        done = subprocess.run(
            [*arguments, "--format", "text"], cwd=ROOT, env={**environment, **extra}, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (1, b"")
        written["standard output"].add(done.stdout)
        for name in FORMATS:
            written[name].add((tmp_path / name).read_bytes())
    assert [name for name, contents in written.items() if len(contents) != 1] == []


def test_findings_come_in_order(tmp_path: Path) -> None:
    report = run(Job(many(tmp_path, 60), RuleFiles.at(None), Selection(), TODAY)).report
    order = [(item.path, item.place[:2], item.rule) for item in report.findings]
    assert order == sorted(order)
    assert [outcome.path for outcome in report.outcomes] == sorted(outcome.path for outcome in report.outcomes)


@pytest.mark.parametrize("file", BLOCKED, ids=lambda file: file.stem)
def test_a_draft_has_the_same_findings_and_only_milder_severities(file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "\nstage: draft" not in text
    stage = next(line for line in text.splitlines() if line.startswith("stage:"))
    as_it_is = check_specs(tmp_path, {"x": text})
    draft = check_specs(tmp_path, {"x": text.replace(stage, "stage: draft".ljust(len(stage)))})
    assert told(draft) == told(as_it_is)
    for before, after in zip(as_it_is.findings, draft.findings, strict=True):
        softened = before.severity == "error" and before.rule.rstrip("0123456789") in SOFT
        assert after.severity == ("warning" if softened else before.severity)


def test_from_testing_on_errors_count_in_full(tmp_path: Path) -> None:
    fragment = "channels: [hall, app]\nfaq: []\n"
    for stage in ("testing", "optimising", "approved", "launched"):
        report = check_specs(tmp_path, {"x": complete(f"stage: {stage}\n{fragment}")}, select=("FAQ", "TIME003"))
        assert {item.severity for item in report.findings} == {"error"}
    draft = check_specs(tmp_path, {"x": complete(f"stage: draft\n{fragment}")}, select=("FAQ", "TIME003"))
    assert {item.severity for item in draft.findings} == {"warning"}
    assert draft.outcomes[0].verdict == "pass"


def test_a_policy_of_one_s_own_changes_severities_and_nothing_else(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    text = "about: {title: 本省尺度, source: 测试}\nextends: builtin\nseverities: {LANG003: note, LANG001: warning}\n"
    (rules / "policy.yaml").write_text(text + "limits: {}\nhours: {}\nstages: {}\n", encoding="utf-8")
    ours = check_specs(tmp_path, {"faulty": FAULTY}, rules=rules)
    builtin = check_specs(tmp_path, {"faulty": FAULTY})
    assert told(ours) == told(builtin)
    severities = {item.rule: item.severity for item in ours.findings}
    assert (severities["LANG003"], severities["LANG001"]) == ("note", "warning")
    assert ours.policy != builtin.policy


CONFLICT = 'offers:\n  - {id: x, name: 提速, product: broadband.300m, kind: discount, excludes: ["broadband.*"]}\n'
OTHER = "offers:\n  - {id: y, name: 千兆, product: broadband.1000m, kind: trial}\n"


def test_chosen_paths_tell_their_own_findings_and_those_they_cause(tmp_path: Path) -> None:
    specs = {
        "early": complete(f"id: early\nstage: approved\n{OTHER}"),
        "late": complete(f"id: late\nstage: testing\n{CONFLICT}"),
        "away": complete('id: away\nregions: {include: ["440100"]}\n'),
    }
    expected = [("late", "CONF001")]
    for chosen, found in ((None, expected), (("late",), expected), (("early",), expected), (("away",), [])):
        report = check_specs(tmp_path, specs, select=("CONF001",), chosen=chosen)
        assert [place[:2] for place in places(report.findings)] == found
        assert [outcome.id for outcome in report.outcomes] == sorted(chosen or specs)


@pytest.mark.parametrize("over", ["stage: retired\n", "period: {start: 2026-01-01, end: 2026-11-30}\n"])
def test_what_is_over_is_only_read(tmp_path: Path, over: str) -> None:
    text = complete(f"{over}zzz: 1\n") if "retired" in over else complete(over + 'regions: {include: ["999999"]}\n')
    report = check_specs(tmp_path, {"x": text})
    assert {item.rule for item in report.findings} == {"SPEC002" if "retired" in over else "SPEC004"}
    quiet = check_specs(tmp_path, {"x": complete(f"{over}texts:\n  - {{channel: poster, text: 全国第一。}}\n")})
    assert quiet.findings == ()


def test_the_last_day_still_counts(tmp_path: Path) -> None:
    text = complete("period: {start: 2026-11-01, end: 2026-12-01}\ntexts:\n  - {channel: poster, text: 全国第一。}\n")
    assert check_specs(tmp_path, {"x": text}, today=date(2026, 12, 1)).findings != ()
    assert check_specs(tmp_path, {"x": text}, today=date(2026, 12, 2)).findings == ()


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    broken = {f"b{number:03d}": "title: [" for number in range(500)}
    report = check_specs(tmp_path, {**broken, "faulty": FAULTY})
    assert [item.rule for item in report.findings].count("SPEC001") == 500
    assert {"LANG001", "LANG003"} <= {item.rule for item in report.findings if item.path == "faulty.yaml"}
    assert report.verdicts("invalid") == 500


def test_the_summary_adds_up(tmp_path: Path) -> None:
    report = run(Job(many(tmp_path, 60), RuleFiles.at(None), Selection(), TODAY)).report
    summary = json.loads(writer("json")(report, "en"))["summary"]
    assert summary["campaigns"] == 60 == summary["pass"] + summary["blocked"] + summary["invalid"]
    assert summary["errors"] == sum(outcome.errors for outcome in report.outcomes)
    assert summary["warnings"] == sum(outcome.warnings for outcome in report.outcomes)
