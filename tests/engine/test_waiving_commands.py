"""Exceptions from the command line, in reports, and what comes of them elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from campaigncheck.aftercare.campaigns import of_report
from campaigncheck.messages import LANGS
from campaigncheck.report import FORMATS, writer
from tests.calibration.complaints_world import HEADER, complaint, write_specs
from tests.cli.test_check import call
from tests.engine.waivers import (
    FAULTY,
    ONE,
    checked,
    own_rules,
    waiver,
    write_repository,
)


def verdict(folder: Path, *arguments: str) -> tuple[int, str, int]:
    """Check a repository by the command; return the exit code, the verdict and the count of exceptions."""
    done = call("check", "--today", "2026-12-01", "--format", "json", *arguments, cwd=folder)
    found = json.loads(done.stdout)
    return done.returncode, found["campaigns"][0]["verdict"], found["summary"]["waived"]


def test_the_command(tmp_path: Path) -> None:
    write_repository(tmp_path, waiver())
    (tmp_path / "others.yaml").write_text(waiver(expires="2026-11-30"), encoding="utf-8")
    assert verdict(tmp_path) == (0, "pass", 1)
    assert verdict(tmp_path, "--no-waivers") == (1, "blocked", 0)
    assert verdict(tmp_path, "--waivers", "others.yaml") == (1, "blocked", 0)
    assert verdict(tmp_path, "--waivers", "waivers.yaml", "--fail-on", "error") == (0, "pass", 1)
    assert verdict(tmp_path / "campaigns", ".") == (0, "pass", 1)
    assert verdict(tmp_path, "--today", "2027-03-31") == (0, "pass", 1)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--waivers", "nowhere.yaml"), "no such path"),
        (("--waivers", "waivers.yaml", "--no-waivers"), "--waivers and --no-waivers exclude each other"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    write_repository(tmp_path, waiver())
    done = call("check", "--lang", "en", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_folder_is_no_file_of_exceptions(tmp_path: Path) -> None:
    write_repository(tmp_path)
    (tmp_path / "waivers.yaml").mkdir()
    assert verdict(tmp_path) == (1, "blocked", 0)


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"words"}))
def test_every_format_tells_of_exceptions(tmp_path: Path, name: str) -> None:
    report = checked(
        tmp_path, FAULTY, waiver(pointer="/texts/0", reason="系统四月才能合并") + waiver(campaign="nobody")
    )
    for lang in LANGS:
        assert "nobody" in writer(name)(report, lang)
    if name in ("text", "json", "jsonl", "sarif", "markdown", "html"):
        assert "系统四月才能合并" in writer(name)(report, "zh")


def test_the_sheet_of_a_campaign_under_an_exception_carries_no_banner(tmp_path: Path) -> None:
    write_repository(tmp_path, waiver())
    sheets = {}
    for folder in ("passed", "blocked"):
        done = call("faq", "-o", folder, "--format", "json,html", "--today", "2026-12-01", cwd=tmp_path)
        assert done.returncode == 0
        html = (tmp_path / folder / "faulty.html").read_text(encoding="utf-8")
        sheets[folder] = (json.loads((tmp_path / folder / "faulty.json").read_text("utf-8"))["status"]["verdict"], html)
        (tmp_path / "waivers.yaml").unlink(missing_ok=True)
    assert [sheets[folder][0] for folder in ("passed", "blocked")] == ["pass", "blocked"]
    assert ["全国第一" in sheets[folder][1] for folder in ("passed", "blocked")] == [False, True]


PAID = "demand: {uptake: 12000, enquiries: 0.5}\n"


def test_what_is_waived_is_left_after_the_launch(tmp_path: Path) -> None:
    """An exception costs what the same finding costs as a warning: it goes along with the launch."""
    rules = own_rules(tmp_path, policy="severities: {LANG003: warning}\n")
    cares = {
        "blocked": of_report(checked(tmp_path, ONE + PAID, "")),
        "waived": of_report(checked(tmp_path, ONE + PAID, waiver())),
        "warned": of_report(checked(tmp_path, ONE + PAID, "", rules=rules)),
    }
    care = {name: item["faulty.yaml"] for name, item in cares.items()}
    assert care["waived"].left == care["warned"].left == care["blocked"].as_it_is
    assert care["waived"].left.findings == 1
    assert (care["waived"].left.complaints or 0) > 0
    assert care["blocked"].left.findings == 0
    assert [(share.fault.blocking, share.fault.waived) for share in care["waived"].shares] == [(False, True)]


def test_measured_complaints_do_not_heed_exceptions(tmp_path: Path) -> None:
    """A finding that passed under an exception met the customers all the same."""
    write_specs(tmp_path)
    orders = HEADER + "".join(complaint(f"P{at:02}") for at in range(20))
    (tmp_path / "orders.csv").write_text(orders, encoding="utf-8")
    told = []
    for _ in range(2):
        done = call("calibrate", "--complaints", "orders.csv", "-o", "out", cwd=tmp_path)
        files = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
        told.append((done.returncode, done.stdout, done.stderr, files))
        exceptions = waiver(rule="LANG005") + waiver(rule="SAFE001") + waiver(rule="TIME004", approver="谁")
        (tmp_path / "waivers.yaml").write_text(exceptions, encoding="utf-8")
    assert told[0] == told[1]
    assert told[0][0] == 0
