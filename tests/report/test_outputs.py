"""All outputs of ``check``: kept whole, the same places in each, and right for the programs that read them."""

from __future__ import annotations

import json
import re
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from campaigncheck import __version__
from campaigncheck.engine.finding import INTERNAL, Finding, Report
from campaigncheck.messages import LANGS, Lang
from campaigncheck.report import FORMATS, text, writer
from campaigncheck.report.schema import report_schema
from tests.report import made as making
from tests.report.made import unsure, whole
from tests.report.reading import PLACES

GOLDEN = Path(__file__).parent / "golden" / "outputs"
SUFFIXES = {
    "text": "txt", "json": "json", "jsonl": "jsonl", "sarif": "sarif", "junit": "xml",
    "github": "log", "gitlab": "gitlab.json", "markdown": "md", "html": "html",
}  # fmt: skip
REGENERATE = 'python -c "from tests.report.test_outputs import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the outputs is meant, and look at the diff."""

FILES = {
    **{f"whole.{lang}.{suffix}": (whole, name, lang) for name, suffix in SUFFIXES.items() for lang in LANGS},
    **{f"unsure.zh.{suffix}": (unsure, name, "zh") for name, suffix in SUFFIXES.items()},
}


def made(name: str) -> str:
    """An output; of the rules in a SARIF log only those with findings, and the first line of their pages, which change."""
    report, format_name, lang = FILES[name]
    text = writer(format_name)(report(), lang)
    if format_name == "sarif":
        text = json.dumps(_shortened(json.loads(text)), ensure_ascii=False, indent=1) + "\n"
    return text.replace(f"campaigncheck {__version__}", "campaigncheck VERSION")


def _shortened(log: dict[str, Any]) -> dict[str, Any]:
    run = log["runs"][0]
    found = {result["ruleId"] for result in run["results"]}
    for rule in run["tool"]["driver"]["rules"]:
        for key in rule.get("help", {}):
            rule["help"][key] = rule["help"][key].splitlines()[0]
    run["tool"]["driver"]["rules"] = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] in found]
    for result in run["results"]:
        result["ruleIndex"] = "as in the whole log"
    return log


def regenerate() -> None:
    """Write the outputs anew."""
    for name in FILES:
        (GOLDEN / name).write_text(made(name), encoding="utf-8", newline="\n")


@pytest.mark.parametrize("name", FILES)
def test_the_output_is_the_one_kept(name: str) -> None:
    kept = (GOLDEN / name).read_bytes().decode()
    now = made(name)
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_every_format_has_its_outputs_kept() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == set(FILES)
    assert set(SUFFIXES) == set(PLACES) == set(FORMATS) - {"words"}


def _expected(report: Report) -> list[tuple[str, str, int, int]]:
    return sorted((item.rule, item.path, *item.place[:2]) for item in report.findings)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PLACES)
def test_the_places_are_the_same_in_all_formats(name: str, lang: Lang) -> None:
    assert len(whole().findings) == 10
    assert sorted(PLACES[name](writer(name)(whole(), lang))) == _expected(whole())


@pytest.mark.parametrize("name", sorted(set(PLACES) - {"sarif", "github", "gitlab"}))
def test_a_crash_stands_at_its_file_too(name: str) -> None:
    found = sorted(PLACES[name](writer(name)(unsure(), "zh")))
    assert [item for item in found if item[0] == INTERNAL] == _expected(unsure())


def test_json_lines_are_the_json_report_in_lines() -> None:
    for report in (whole(), unsure()):
        told = json.loads(writer("json")(report, "zh"))
        lines = [json.loads(line) for line in writer("jsonl")(report, "zh").splitlines()]
        kinds = [line.pop("type") for line in lines]
        assert kinds == sorted(kinds, key=["report", "campaign", "finding", "unread", "catalogue_problem"].index)
        by_kind = {kind: [line for line, own in zip(lines, kinds, strict=True) if own == kind] for kind in kinds}
        assert by_kind["report"] == [{key: told[key] for key in ("version", "tool", "summary")}]
        assert by_kind["campaign"] == told["campaigns"]
        assert by_kind["finding"] == told["findings"]
        assert [line["path"] for line in by_kind.get("unread", [])] == told["unread"]
        assert by_kind.get("catalogue_problem", []) == told.get("catalogue_problems", [])


@pytest.mark.parametrize("report", [whole, unsure])
def test_the_json_report_fits_its_schema(report: Any) -> None:
    Draft202012Validator(report_schema()).validate(json.loads(writer("json")(report(), "zh")))


def test_json_tells_exceptions_and_counts_them_apart() -> None:
    told = json.loads(writer("json")(whole(), "en"))
    assert told["summary"] == {
        "campaigns": 4, "pass": 2, "blocked": 1, "invalid": 1, "errors": 5, "warnings": 2, "notes": 1, "waived": 2,
    }  # fmt: skip
    apart = [item for item in told["findings"] if item["waived"]]
    assert [item["rule"] for item in apart] == ["FREQ001", "TIME001"]
    assert apart[0]["waiver"] == {
        "reason": "系统四月才能合并", "approver": "省公司服务部", "expires": "2027-03-31", "path": "waivers.yaml", "line": 1,
    }  # fmt: skip
    assert all("waiver" not in item for item in told["findings"] if not item["waived"])


def test_every_finding_has_a_fingerprint_of_its_own() -> None:
    findings = json.loads(writer("json")(whole(), "en"))["findings"]
    assert len({item["fingerprint"] for item in findings}) == len(findings)


def test_of_many_campaigns_the_text_report_lists_those_with_findings() -> None:
    fine = [making.outcome(f"fine-{number}", f"campaigns/{number}.yaml", "pass") for number in range(text.MOST)]
    noted = making.outcome("noted", "campaigns/noted.yaml", "pass", (0, 0, 1, 0))
    apart = making.outcome("apart", "campaigns/apart.yaml", "pass", (0, 0, 0, 1))
    few = writer("text")(making.report(outcomes=tuple(fine)), "zh")
    many = writer("text")(making.report(outcomes=(*fine, noted, apart)), "zh")
    assert few.count("fine-") == text.MOST
    assert "没有列出" not in few
    assert [line.split()[0] for line in many.splitlines()[1:3]] == ["noted", "apart"]
    assert "fine-" not in many
    assert "另有 100 个营销案没有问题，表里没有列出；--format json 里有全部。" in many


def test_the_text_report_shows_exceptions_apart() -> None:
    lines = writer("text")(whole(), "zh").splitlines()
    apart = lines.index("已放行的例外")
    assert [line.split()[2] for line in lines[apart + 1 :] if line.startswith("  campaigns/city")] == ["FREQ001"]
    assert not any(line.split()[2:3] in (["FREQ001"], ["TIME001"]) for line in lines[:apart])
    assert lines[-1].endswith("错误 5，警告 2，提示 1，已放行的例外 2。")


def test_without_exceptions_nothing_is_said_of_them() -> None:
    assert "例外" not in writer("text")(unsure(), "zh")
    assert "aived" not in writer("text")(unsure(), "en")


def test_nothing_found_is_an_output_too() -> None:
    findings: tuple[Finding, ...] = ()
    for name, read in PLACES.items():
        assert list(read(writer(name)(Report("V", "sha256:", (), findings, (), {}), "zh"))) == []


def test_the_page_about_outputs_tells_of_every_format() -> None:
    page = (Path(__file__).parents[2] / "docs" / "outputs.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page.partition("## What maps")[0], re.MULTILINE)
    assert [name for row in table for name in re.findall(r"\w+", row)] == list(FORMATS)
