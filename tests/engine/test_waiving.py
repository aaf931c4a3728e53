"""Exceptions: what they let pass, what they do not, and what is said of those that do not hold."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from campaigncheck.engine.finding import INTERNAL, Report, Waived
from campaigncheck.messages import LANGS
from campaigncheck.rulekit.sample import complete
from tests.cli.test_check import call
from tests.engine.test_run import crash_in, raising
from tests.engine.waivers import (
    ABOUT_OLDER,
    BOTH,
    FAULTY,
    LAST,
    ONE,
    THREE,
    checked,
    held,
    open_ones,
    said,
    waiver,
)
from tests.support.checking import TODAY, check_specs, places


def test_a_finding_under_an_exception_is_there_and_counted_apart(tmp_path: Path) -> None:
    before = checked(tmp_path, ONE, "")
    report = checked(tmp_path, ONE, "# 例外\n" + waiver(reason="系统四月才能合并"))
    assert places(report.findings) == places(before.findings) == [BOTH[0]]
    waived = Waived("系统四月才能合并", "省公司服务部", LAST, str(tmp_path / "waivers.yaml"), 2)
    assert [item.waived for item in report.findings] == [waived]
    assert [item.severity for item in report.findings] == ["error"]
    assert (report.waived, report.count("error"), report.reaches("note")) == (1, 0, False)
    assert (before.waived, before.count("error"), before.reaches("error")) == (0, 1, True)
    assert [(item.verdict, item.errors, item.waived) for item in report.outcomes] == [("pass", 0, 1)]
    assert [(item.verdict, item.errors, item.waived) for item in before.outcomes] == [("blocked", 1, 0)]
    assert (report.verdicts("pass"), report.verdicts("blocked")) == (1, 0)


@pytest.mark.parametrize(("days", "holds"), [(-1, True), (0, True), (1, False)])
def test_the_last_day_is_the_last(tmp_path: Path, days: int, holds: bool) -> None:
    report = checked(tmp_path, ONE, waiver(expires=f"{TODAY - timedelta(days=days)}"))
    over = f"the exception ended on {TODAY - timedelta(days=days)} and no longer holds"
    assert said(report) == ([] if holds else [(5, 12, over)])
    assert held(report) == ([("faulty", "/texts/0/text")] if holds else [])
    assert report.outcomes[0].verdict == ("pass" if holds else "blocked")


def test_every_field_that_is_wrong_is_named_at_its_place(tmp_path: Path) -> None:
    wrong = waiver(rule="LANG033", campaign="fualty", approver="王经理", expires="2026-11-30")
    assert said(checked(tmp_path, ONE, wrong)) == [
        (1, 9, "there is no rule “LANG033”"),
        (2, 13, "there is no campaign “fualty” in the repository"),
        (5, 12, "the exception ended on 2026-11-30 and no longer holds"),
    ]
    report = checked(tmp_path, ONE, waiver(approver="王经理", expires="2026-11-30"))
    assert said(report) == [
        (4, 13, "the approver “王经理” is not in the policy"),
        (5, 12, "the exception ended on 2026-11-30 and no longer holds"),
    ]
    assert open_ones(report)[-1] == BOTH[0]
    assert {(item.severity, item.campaign) for item in report.findings if item.rule == "WAIV001"} == {
        ("error", "faulty")
    }


@pytest.mark.parametrize("field", ["rule", "campaign", "reason", "approver", "expires"])
@pytest.mark.parametrize("blank", [None, '""', '" "', "　", "~", '"\\u200b"', "[a]", "1"])
def test_an_entry_without_a_field_lets_nothing_pass(tmp_path: Path, field: str, blank: str | None) -> None:
    entry = waiver(**{field: blank or "x"})
    lines = entry.splitlines()
    at = next(number for number, line in enumerate(lines) if f"{field}:" in line)
    if blank is None:
        first = lines.pop(at)
        lines[0] = lines[0] if at else "- " + lines[0].removeprefix("  ")
        assert f"{field}: x" in first
    report = checked(tmp_path, ONE, "\n".join(lines) + "\n")
    assert held(report) == []
    assert [line for line, _, _ in said(report)] == [1 if blank is None else at + 1]
    assert report.outcomes[0].verdict == "blocked"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("rule: LANG003\n", (1, 1)),
        ("LANG003\n", (1, 1)),
        ("- LANG003\n", (1, 3)),
        ("- []\n", (1, 3)),
        ("-\n", (1, 2)),
        (waiver() + "  Reason: 又一个\n", (6, 3)),
        (waiver() + "  reason: 又一个\n", (6, 3)),
        (waiver(pointer="texts/0"), (6, 12)),
        (waiver(related="Other Campaign"), (6, 12)),
        (waiver(facts="sha256:12"), (6, 10)),
        (waiver(hash="md5:" + "0" * 32), (6, 9)),
        (waiver(reason="好" * 501), (3, 11)),
        (waiver(expires="2027-02-29"), (5, 12)),
        (waiver(expires="2027-3-31"), (5, 12)),
        (waiver(expires="9999-12-31"), (5, 12)),
        (waiver(expires="[2027-03-31]"), (5, 12)),
        (waiver(reason="&x 试点") + "- *x\n", (6, 3)),
        (waiver() + "---\n" + waiver(), (6, 1)),
        (waiver() + "\x07", (6, 1)),
        (waiver(reason="!!str 试点"), (3, 11)),
    ],
)
def test_malformed_is_an_error_at_its_place(tmp_path: Path, text: str, place: tuple[int, int]) -> None:
    report = checked(tmp_path, ONE, text)
    assert [item[:2] for item in said(report)] == [place]
    malformed = [item for item in report.findings if item.rule == "WAIV001"]
    assert all(item.hint.render(lang) for item in malformed for lang in LANGS)
    kept = "&x" in text  # an anchor in a reason leaves its entry whole
    assert (report.waived, report.outcomes[0].verdict) == ((1, "pass") if kept else (0, "blocked"))


@pytest.mark.parametrize("data", ["试点".encode("gbk"), b"\xff\xfe-\x00", b"- {rule: LANG003\xc3}", b"[" * 3000])
def test_a_file_that_cannot_be_read_lets_nothing_pass(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "waivers.yaml"
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "faulty.yaml").write_text(complete(ONE), encoding="utf-8")
    path.write_bytes(waiver().encode() + data)
    done = call("check", "--today", "2026-12-01", "--select", "LANG003,WAIV001", "--format", "json", cwd=tmp_path)
    found = json.loads(done.stdout)["findings"]
    assert (done.returncode, [item["rule"] for item in found]) == (1, ["LANG003", "WAIV001"])
    assert [item["waived"] for item in found] == [False, False]


@pytest.mark.parametrize("empty", ["[]\n", "# 还没有\n", "\n", "---\n"])
def test_no_entries_are_no_error(tmp_path: Path, empty: str) -> None:
    assert open_ones(checked(tmp_path, ONE, empty)) == [BOTH[0]]


@pytest.mark.parametrize("rule", ["SPEC001", "SPEC004", "SPEC005", "WAIV001"])
def test_some_rules_know_no_exception(tmp_path: Path, rule: str) -> None:
    report = checked(tmp_path, f'{ONE}regions: {{include: ["999999"]}}\n', waiver(rule=rule))
    assert said(report) == [(1, 9, f"no exception can be made from {rule}")]
    assert [item.rule for item in report.findings if item.path == "faulty.yaml"] == ["LANG003", "SPEC004"]
    assert (held(report), report.outcomes[0].verdict) == ([], "invalid")


def test_a_crash_knows_no_exception(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash_in(monkeypatch, "LANG003", check=raising)
    report = checked(tmp_path, ONE, waiver())
    assert [(item.rule, item.waived) for item in report.findings] == [(INTERNAL, None)]
    named = checked(tmp_path, ONE, waiver(rule="INTERNAL"))
    assert sorted(item.rule for item in named.findings if item.waived is None) == [INTERNAL, "WAIV001"]


@pytest.mark.parametrize(
    ("pointer", "covered"),
    [
        ('""', ["/texts/0/text", "/texts/1/text"]),
        ("/texts", ["/texts/0/text", "/texts/1/text"]),
        ("/texts/0", ["/texts/0/text"]),
        ("/texts/1/text", ["/texts/1/text"]),
        ("/text", []),
        ("/texts/", []),
        ("/texts/10", []),
        ("/texts/1/tex", []),
        ("/texts/1/text/0", []),
        ("/TEXTS", []),
        ("/", []),
    ],
)
def test_a_pointer_narrows(tmp_path: Path, pointer: str, covered: list[str]) -> None:
    report = checked(tmp_path, FAULTY, waiver(pointer=pointer))
    assert held(report) == [("faulty", item) for item in covered]
    nothing = (1, 9, "the exception fits nothing: faulty has no such LANG003")
    assert said(report) == ([] if covered else [nothing])
    verdicts = {0: "blocked", 1: "blocked", 2: "pass"}
    assert report.outcomes[0].verdict == verdicts[len(covered)]


def test_what_fits_nothing_names_the_places_it_may_have_meant(tmp_path: Path) -> None:
    report = checked(tmp_path, FAULTY, waiver(pointer="/texts/2"))
    useless = next(item for item in report.findings if item.rule == "WAIV001")
    assert [(item.path, item.place.line, item.pointer) for item in useless.related] == [
        ("faulty.yaml", 3, "/texts/0/text"),
        ("faulty.yaml", 4, "/texts/1/text"),
    ]
    assert "faulty.yaml:3 (/texts/0/text), faulty.yaml:4 (/texts/1/text)" in useless.hint.render("en")


def involved(report: Report, waived: bool) -> list[list[str]]:
    return [[other.campaign for other in f.related] for f in report.findings if (f.waived is not None) == waived]


def test_a_related_campaign_narrows(tmp_path: Path) -> None:
    report = check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), waivers=ABOUT_OLDER)
    assert (involved(report, waived=True), involved(report, waived=False)) == ([["older"]], [["early"]])
    assert {item.id: item.verdict for item in report.outcomes} == {"early": "pass", "older": "pass", "late": "blocked"}
    both = ABOUT_OLDER + waiver(rule="CONF001", campaign="late", related="early", pointer="/offers/0/excludes/0")
    report = check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), waivers=both)
    assert (report.waived, report.outcomes[1].verdict) == (2, "pass")
    assert [item.id for item in report.outcomes] == ["early", "late", "older"]


@pytest.mark.parametrize("related", ["late", "nobody", "faulty"])
def test_a_campaign_that_is_not_involved_fits_nothing(tmp_path: Path, related: str) -> None:
    waivers = waiver(rule="CONF001", campaign="late", related=related)
    report = check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), waivers=waivers)
    assert said(report) == [(1, 9, "the exception fits nothing: late has no such CONF001")]
    assert report.waived == 0


def test_an_exception_for_the_other_campaign_is_none_for_this_one(tmp_path: Path) -> None:
    waivers = waiver(rule="CONF001", campaign="older", related="late")
    report = check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), waivers=waivers)
    assert (report.waived, said(report)[0][:2]) == (0, (1, 9))


def test_nothing_is_said_of_what_was_not_asked_for(tmp_path: Path) -> None:
    useless = (
        waiver(campaign="early") + waiver(campaign="late", rule="TIME004") + waiver(campaign="older", approver="谁")
    )
    quiet = check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), chosen=("late",), waivers=useless)
    assert said(quiet) == []
    chosen = check_specs(tmp_path, THREE, select=("LANG003", "WAIV001"), chosen=("early",), waivers=useless)
    assert [item[:2] for item in said(chosen)] == [(1, 9)]
    everybody = check_specs(tmp_path, THREE, select=("LANG003", "TIME004", "WAIV001"), waivers=useless)
    assert [item[:2] for item in said(everybody)] == [(1, 9), (6, 9), (14, 13)]


def test_what_a_chosen_campaign_causes_in_others_is_under_their_exceptions(tmp_path: Path) -> None:
    report = check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), chosen=("older",), waivers=ABOUT_OLDER)
    assert (involved(report, waived=True), report.reaches("error"), said(report)) == ([["older"]], False, [])
    other = check_specs(tmp_path, THREE, select=("CONF001", "WAIV001"), chosen=("early",), waivers=ABOUT_OLDER)
    assert (involved(other, waived=False), other.reaches("error"), said(other)) == ([["early"]], True, [])


@pytest.mark.parametrize("over", ["stage: retired\n", "period: {start: 2026-01-01, end: 2026-11-30}\n"])
def test_an_exception_for_a_campaign_that_is_over_fits_nothing(tmp_path: Path, over: str) -> None:
    assert [item[:2] for item in said(checked(tmp_path, ONE + over, waiver()))] == [(1, 9)]
