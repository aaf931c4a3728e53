"""``check --fix`` and ``--diff`` as they are called: what is written, what is said where, exit codes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from campaigncheck.cli.check import check
from campaigncheck.rulekit.sample import complete
from tests.cli.test_check import call

NOW = ("--today", "2026-12-01")
BEFORE = complete("""\
id: wide # 编号
# 海报
texts:
  - channel: poster # 一楼
    text: >-
      宽带升到３００Ｍ，
      请带上旧的MSISDN。
""")
AFTER = BEFORE.replace("３００Ｍ", "300M").replace("MSISDN", "手机号码")
DIFF = """\
--- a/wide.yaml
+++ b/wide.yaml
@@ -3,8 +3,8 @@
 texts:
   - channel: poster # 一楼
     text: >-
-      宽带升到３００Ｍ，
-      请带上旧的MSISDN。
+      宽带升到300M，
+      请带上旧的手机号码。
 spec: 1
 title: 积分换话费
 owner: {region: "510000", department: 市场经营部, contact: marketing@example.com}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with one spec that can be repaired."""
    (tmp_path / "wide.yaml").write_text(BEFORE, "utf-8")
    return tmp_path


def spec(home: Path, name: str = "wide.yaml") -> str:
    return (home / name).read_text("utf-8")


@pytest.mark.parametrize("options", [("--diff",), ("--fix", "--diff")])
def test_diff_shows_the_repairs_and_writes_nothing(home: Path, options: tuple[str, ...]) -> None:
    done = call("check", "wide.yaml", *options, *NOW, cwd=home)
    assert (done.returncode, done.stdout, spec(home)) == (1, DIFF, BEFORE)
    assert done.stderr == "可以自动改 2 处：wide.yaml 2 处。文件没有动，用 --fix 写进去。\n"


def test_the_diff_of_a_marked_file_can_be_applied(home: Path) -> None:
    (home / "a b.yaml").write_text(BEFORE.replace("id: wide # 编号", "id: marked"), "utf-8-sig")
    done = call("check", "a b.yaml", "--diff", *NOW, cwd=home)
    before = spec(home, "a b.yaml")
    subprocess.run(["git", "apply", "-"], cwd=home, input=done.stdout.encode(), check=True)
    assert spec(home, "a b.yaml") == before.replace("３００Ｍ", "300M").replace("MSISDN", "手机号码")
    assert before.startswith("\ufeff")


@pytest.mark.parametrize(("option", "bars"), [("--diff", 2), ("--fix", 3)])
def test_a_person_who_waits_sees_how_far_it_is(
    home: Path, option: str, bars: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[list[int]] = []

    @contextmanager
    def bar(total: int, *_: object) -> Iterator[Callable[[int], None]]:
        shown.append([total])
        yield shown[-1].append

    monkeypatch.chdir(home)
    monkeypatch.setattr("campaigncheck.cli.check.progress", bar)
    check.main(["wide.yaml", option, *NOW], standalone_mode=False)
    assert [(done[0], sum(done[1:])) for done in shown] == [(1, 1), (2, 2), (1, 1)][:bars]


def test_fix_writes_them_and_reports_what_is_left(home: Path) -> None:
    done = call("check", "wide.yaml", "--fix", *NOW, "--lang", "en", "--select", "LANG", cwd=home)
    assert (done.returncode, spec(home)) == (0, AFTER)
    assert done.stderr == "Repaired: 2 (wide.yaml 2).\n"
    assert done.stdout == call("check", "wide.yaml", *NOW, "--lang", "en", "--select", "LANG", cwd=home).stdout
    assert "errors 0, warnings 0, notes 0." in done.stdout


def test_a_second_time_there_is_nothing_to_do(home: Path) -> None:
    call("check", "wide.yaml", "--fix", *NOW, cwd=home)
    again = call("check", "wide.yaml", "--fix", *NOW, cwd=home)
    shown = call("check", "wide.yaml", "--diff", *NOW, cwd=home)
    assert (again.returncode, again.stderr, spec(home)) == (0, "没有可以自动改的。\n", AFTER)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "", "没有可以自动改的。\n")


def test_diff_is_1_too_where_findings_remain(home: Path) -> None:
    (home / "wide.yaml").write_text(complete("id: bad\ntexts:\n  - {channel: poster, text: 全国第一}\n"), "utf-8")
    done = call("check", "wide.yaml", "--diff", *NOW, cwd=home)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "没有可以自动改的。\n")


def test_what_is_not_repaired_is_told_with_its_place(home: Path) -> None:
    long = "一二三四五六七八九十" * 5 + "一二三四五"
    (home / "wide.yaml").write_text(complete(f"id: bad\ntexts:\n  - {{channel: poster, text: {long}低消}}\n"), "utf-8")
    done = call("check", "wide.yaml", "--fix", *NOW, cwd=home)
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert told[0] == "没有可以自动改的。"
    assert told[1].startswith("wide.yaml:3:84 LANG001 没有自动改：改了会多出 LANG004（")


def test_the_diff_has_standard_output_to_itself(home: Path) -> None:
    refused = call("check", "wide.yaml", "--diff", "--format", "json", *NOW, "--lang", "en", cwd=home)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "standard output is taken by --diff" in refused.stderr
    done = call("check", "wide.yaml", "--diff", "--format", "json:report.json", *NOW, cwd=home)
    findings = json.loads(spec(home, "report.json"))["findings"]
    assert (done.returncode, done.stdout) == (1, DIFF)
    assert [(item["rule"], item["line"]) for item in findings if item["rule"].startswith("LANG")] == [
        ("LANG006", 6),
        ("LANG001", 7),
    ]


def test_a_read_only_file_is_an_error_and_nothing_is_written(home: Path) -> None:
    (home / "other.yaml").write_text(BEFORE.replace("id: wide", "id: other"), "utf-8")
    (home / "wide.yaml").chmod(0o444)
    done = call("check", ".", "--fix", *NOW, cwd=home)
    assert (done.returncode, done.stdout, spec(home)) == (2, "", BEFORE)
    assert spec(home, "other.yaml") == BEFORE.replace("id: wide", "id: other")
    assert done.stderr.startswith("错误：wide.yaml 是只读的，一个文件也没有改\n  怎么改：")


def test_only_what_is_named_is_written(home: Path) -> None:
    for folder, name in (("campaigns", "context"), ("open", "proposal")):
        (home / folder).mkdir()
        (home / folder / "x.yaml").write_text(BEFORE.replace("id: wide", f"id: {name}"), "utf-8")
    done = call("check", "wide.yaml", "--with", "open", "--fix", *NOW, cwd=home)
    assert (done.stderr, spec(home)) == ("自动改好 2 处：wide.yaml 2 处。\n", AFTER)
    assert spec(home, "campaigns/x.yaml") == BEFORE.replace("id: wide", "id: context")
    assert spec(home, "open/x.yaml") == BEFORE.replace("id: wide", "id: proposal")


def test_only_selected_rules_repair(home: Path) -> None:
    call("check", "wide.yaml", "--fix", "--select", "LANG006", *NOW, cwd=home)
    assert spec(home) == BEFORE.replace("３００Ｍ", "300M")
    call("check", "wide.yaml", "--fix", "--ignore", "LANG006", *NOW, cwd=home)
    assert spec(home) == AFTER


def test_broken_files_stay_as_they_are(home: Path) -> None:
    (home / "broken.yaml").write_text("id: [３\n", "utf-8")
    done = call("check", ".", "--fix", *NOW, cwd=home)
    assert (done.returncode, spec(home), spec(home, "broken.yaml")) == (1, AFTER, "id: [３\n")
    assert "SPEC001" in done.stdout


def test_worker_processes_repair_the_same(tmp_path: Path) -> None:
    for number in range(140):
        text = BEFORE.replace("id: wide", f"id: x-{number}").replace("510100", f"51{number % 9 + 10:02d}00")
        (tmp_path / f"x{number}.yaml").write_text(text, "utf-8")
    options = ("check", ".", "--diff", "--ignore", "FREQ,CONF", *NOW)
    first, second = call(*options, cwd=tmp_path), call(*options, "--jobs", "2", cwd=tmp_path)
    assert first.stdout.count("+++ b/x") > 100
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
