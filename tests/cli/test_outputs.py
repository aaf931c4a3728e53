"""``check --format a --format b:FILE``: several outputs of one run, whole, and the exit code of the run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from campaigncheck.report import FORMATS
from tests.report.reading import PLACES

ROOT = Path(__file__).parents[2]
ASKED = ("check", "docs/examples/blocked", "--today", "2026-12-01")


def call(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "campaigncheck", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_all_formats_of_one_run_tell_the_same_places(tmp_path: Path) -> None:
    names = [name for name in FORMATS if name != "text"]
    files = {name: tmp_path / f"out.{name}" for name in names}
    done = call(*ASKED, "--format", "text", *(f"--format={name}:{file}" for name, file in files.items()))
    assert (done.returncode, done.stderr) == (1, "")
    found = {"text": sorted(PLACES["text"](done.stdout))}
    found |= {name: sorted(PLACES[name](file.read_text("utf-8"))) for name, file in files.items() if name in PLACES}
    findings = json.loads(files["json"].read_text("utf-8"))["findings"]
    assert len(findings) > 20
    expected = sorted((item["rule"], item["path"], item["line"], item["column"]) for item in findings)
    assert found == dict.fromkeys(PLACES, expected)
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in files.values()}


@pytest.mark.parametrize("name", ["sarif", "markdown", "html"])
def test_a_file_holds_what_standard_output_would(name: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    printed = call(*ASKED, "--format", name)
    written = call(*ASKED, "--format", f"{name}:{file}")
    assert (printed.returncode, written.returncode, written.stdout) == (1, 1, "")
    assert file.read_text("utf-8") == printed.stdout


def test_standard_output_takes_one_format() -> None:
    done = call(*ASKED, "--format", "sarif,junit", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "only one format can go to standard output" in done.stderr


def test_a_format_that_is_not_there_is_refused_with_those_that_are() -> None:
    done = call(*ASKED, "--format", "checkstyle", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Known: text, json, jsonl, sarif, junit, github, gitlab, markdown, html, words" in done.stderr


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    done = call(*ASKED, "--format", f"junit:{tmp_path / 'no' / 'x.xml'}", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "x.xml" in done.stderr


def test_a_file_name_that_is_no_text_stops_no_format(tmp_path: Path) -> None:
    spec = (ROOT / "docs/examples/blocked/sh-2027-blocked-faq.yaml").read_bytes()
    (tmp_path / os.fsdecode(b"a\xff.yaml")).write_bytes(spec)
    names = [name for name in FORMATS if name != "text"]
    asked = [f"--format={name}:out.{name}" for name in names]
    done = call("check", ".", "--today", "2026-12-01", "--format=text", *asked, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("a\\udcff.yaml\n")
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["findings"][0]["path"] == "a\udcff.yaml"
    assert all((tmp_path / f"out.{name}").read_text("utf-8") for name in names)
