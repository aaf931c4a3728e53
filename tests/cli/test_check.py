"""``campaigncheck check`` as its users call it: exit codes, outputs, and the excerpts in the READMEs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from campaigncheck.report.schema import report_schema
from campaigncheck.rulekit.sample import complete

ROOT = Path(__file__).parents[2]


def call(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "campaigncheck", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_what_happens(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    shown = re.findall(r"```console\n\$ campaigncheck ([^\n]*)\n(.*?)```", text, re.DOTALL)
    assert len(shown) == 2
    for arguments, output in shown:
        assert call(*arguments.split()).stdout == output


def test_the_examples_pass() -> None:
    done = call("check", "campaigns/", "--today", "2026-12-01", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["summary"]["errors"], report["summary"]["campaigns"] >= 24) == (0, 0, True)


def test_the_json_report_fits_its_schema(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    blocked = ("docs/examples/blocked", "campaigns/sichuan")
    done = call("check", *blocked, "--today", "2026-12-01", "--format", "text", "--format", f"json:{out}")
    report = json.loads(out.read_text(encoding="utf-8"))
    Draft202012Validator(report_schema()).validate(report)
    assert (done.returncode, report["summary"]["blocked"]) == (1, 4)
    assert report["findings"] == sorted(
        report["findings"], key=lambda f: (f["path"], f["line"], f["column"], f["rule"])
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere",), "no such path"),
        (("empty",), "nothing to check"),
        (("good.yaml", "--select", "CONF01"), "Did you mean CONF001"),
        (("good.yaml", "--ignore", "SPEC001"), "cannot be ignored"),
        (("good.yaml", "--format", "yaml"), "no format"),
        (("good.yaml", "--format", "text,json"), "only one format"),
        (("good.yaml", "--format", "json:missing/x.json"), "cannot be written"),
        (("good.yaml", "--rules", "missing"), "no rules folder"),
        (("good.yaml", "--today", "2027-02-30"), "YYYY-MM-DD"),
        (("good.yaml", "--jobs", "-1"), "--jobs"),
    ],
)
def test_wrong_usage_is_2_and_says_why(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.yaml").write_text(complete("id: good\n"), "utf-8")
    done = call("check", *arguments, "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert says in done.stderr


def test_fail_on_decides_what_counts(tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text(complete("id: draft\n"), "utf-8")
    codes = [call("check", "draft.yaml", "--fail-on", level, "--today", "2026-12-01", cwd=tmp_path).returncode
             for level in ("error", "warning", "note")]  # fmt: skip
    assert codes == [0, 1, 1]


def test_a_folder_of_broken_files_is_told_file_by_file(tmp_path: Path) -> None:
    for number in range(500):
        (tmp_path / f"x{number:03d}.yaml").write_text(f"a: [{number}\nb: 1\n", "utf-8")
    (tmp_path / "good.yaml").write_text(complete("id: good\n"), "utf-8")
    done = call("check", ".", "--format", "json", "--today", "2026-12-01", cwd=tmp_path)
    summary = json.loads(done.stdout)["summary"]
    assert (done.returncode, summary["invalid"], summary["pass"]) == (1, 500, 1)


def test_no_byte_depends_on_jobs_or_hash_seed(tmp_path: Path) -> None:
    for number in range(300):  # few in each city: what hundreds in one have to do with each other is told at length
        place = f'regions: {{include: ["{(13, 21, 37, 44)[number % 4]}{number // 4 % 9 + 1:02d}00"]}}\n'
        text = complete(f"id: x-{number}\n{place}texts: [{{channel: poster, text: 装一套FTTR}}]\n")
        (tmp_path / f"x{number}.yaml").write_text(text, "utf-8")
    arguments = ("check", ".", "--format", "json", "--today", "2026-12-01")
    assert call(*arguments, cwd=tmp_path).stdout == call(*arguments, "--jobs", "2", cwd=tmp_path).stdout
