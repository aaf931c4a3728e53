"""``check --watch``: a real process that checks again whenever something it reads has changed."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

from campaigncheck.rulekit.sample import complete
from tests.cli.test_check import ROOT, call
from tests.cli.test_effective import OWN_RULE

WAITING = "Checks again when something changes; Ctrl-C ends it.\n"
FAILSAFE = 120
"""Seconds after which a test that hangs is ended; none of them waits for time to pass."""
GOOD = complete("id: good\n")
JARGON = complete("id: good\ntexts: [{channel: poster, text: 装一套FTTR}]\n")
CLEAR, SUM = b"\x1b[2J", "共 1 个营销案".encode()
OWN = "extends: builtin\nabout: {title: 本省, source: 省公司规定}\n"


class Watch:
    """A running ``check --watch`` and what it says, round by round."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def round(self) -> str:
        """Return everything until it waits for the next change."""
        assert self.process.stdout is not None
        said: list[str] = []
        while not said or said[-1] != WAITING:
            line = self.process.stdout.readline()
            assert line, "".join(said)
            said.append(line)
        return "".join(said[:-1])

    def rest(self, ending: signal.Signals) -> tuple[int, str]:
        """End it by a signal; return its exit code and its last words."""
        self.process.send_signal(ending)
        assert self.process.stdout is not None
        said = self.process.stdout.read().strip()
        return self.process.wait(), said


def until(terminal: int, end: bytes) -> bytes:
    """Return what a terminal shows up to the first line with an ending."""
    shown = b""
    while end not in shown:
        shown += os.read(terminal, 1 << 12)
    return shown


@contextmanager
def watch(site: Path, *arguments: str) -> Iterator[Watch]:
    command = [
        sys.executable,
        "-m",
        "campaigncheck",
        "check",
        "--watch",
        "--lang",
        "en",
        "--today",
        "2026-12-01",
        *arguments,
    ]
    environment = {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    process = subprocess.Popen(
        command, cwd=site, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    failsafe = Timer(FAILSAFE, process.kill)
    failsafe.start()
    try:
        with process:
            yield Watch(process)
            process.kill()
    finally:
        failsafe.cancel()
        process.kill()


def put(path: Path, text: str) -> None:
    """Write a file as editors do: another one takes its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.fresh")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path / "campaigns" / "good.yaml", GOOD)
    return tmp_path


def test_it_checks_again_when_a_spec_changes(site: Path) -> None:
    with watch(site) as running:
        assert "pass 1, blocked 0" in running.round()
        put(site / "campaigns" / "good.yaml", JARGON)
        said = running.round()
        assert said.startswith("changed: campaigns/good.yaml\n")
        assert ("LANG001" in said, "pass 0, blocked 1" in said) == (True, True)
        put(site / "campaigns" / "sub" / "other.yaml", complete("id: other\n"))
        assert "campaigns/sub" in running.round()
        (site / "campaigns" / "good.yaml").unlink()
        said = running.round()
        assert ("campaigns/good.yaml" in said, "Campaigns: 1 (pass 1" in said) == (True, True)
        assert running.rest(signal.SIGINT) == (130, "interrupted; no half-written file is left.")


def test_rules_that_come_go_and_break_are_told(site: Path) -> None:
    put(site / "campaigns" / "good.yaml", JARGON)
    with watch(site) as running:
        assert "blocked 1" in running.round()
        put(site / "rules" / "policy.yaml", OWN + "severities: {LANG001: warning}\n")
        said = running.round()
        assert ("changed: " in said, "rules" in said.splitlines()[0], "pass 1, blocked 0" in said) == (True, True, True)
        put(site / "rules" / "policy.yaml", OWN + "severities: {LANG999: error}\n")
        said = running.round()
        assert said.startswith("changed: rules/policy.yaml\nrules/policy.yaml:3:14 error: there is no rule “LANG999”\n")
        (site / "rules").rename(site / "former")
        assert "blocked 1" in running.round()
        assert running.rest(signal.SIGTERM)[0] == 130


def test_a_rule_of_the_site_is_read_again(site: Path) -> None:
    own = site / "rules" / "custom" / "own.yaml"
    put(own, OWN_RULE.replace("> 180", "> 10000"))
    with watch(site) as running:
        assert "SITE001" not in running.round()
        put(own, OWN_RULE.replace("> 180", "> 0"))
        assert ("SITE001" in running.round()) is True


def test_waivers_beside_the_folders_count(site: Path) -> None:
    put(site / "campaigns" / "good.yaml", JARGON)
    waiver = "- {rule: LANG001, campaign: good, reason: 试点, approver: 省公司服务部, expires: 2026-12-31}\n"
    with watch(site) as running:
        assert "blocked 1" in running.round()
        put(site / "waivers.yaml", waiver)
        said = running.round()
        assert (said.splitlines()[0], "blocked 0" in said) == ("changed: waivers.yaml", True)
        (site / "waivers.yaml").unlink()
        assert "blocked 1" in running.round()


def test_a_spec_named_by_itself_is_watched_with_the_rest(site: Path, tmp_path: Path) -> None:
    alone = tmp_path / "draft.yaml"
    put(alone, complete("id: draft\n"))
    with watch(site, "draft.yaml") as running:
        assert "Campaigns: 1 (pass 1" in running.round()
        put(alone, "spec: 1\nid: draft\n")
        assert "invalid 1" in running.round()
        put(site / "campaigns" / "twin.yaml", complete("id: draft\n"))
        put(alone, complete("id: draft\n"))
        said = running.round()
        while "SPEC003" not in said:
            said = running.round()
        assert running.rest(signal.SIGINT)[0] == 130


def test_what_editors_leave_behind_starts_nothing(site: Path) -> None:
    with watch(site) as running:
        running.round()
        put(site / "campaigns" / ".good.yaml.swp", "x")
        put(site / "campaigns" / "good.yaml~", GOOD)
        put(site / "campaigns" / "notes.txt", "x")
        put(site / "campaigns" / "good.yaml", JARGON)
        assert running.round().startswith("changed: campaigns/good.yaml\n")


def test_everything_gone_is_told_and_mended(site: Path) -> None:
    with watch(site) as running:
        running.round()
        (site / "campaigns" / "good.yaml").unlink()
        assert "error: there is nothing to check in campaigns\n" in running.round()
        put(site / "campaigns" / "good.yaml", GOOD)
        assert "pass 1" in running.round()


def test_a_terminal_is_cleared_between_rounds(site: Path) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "campaigncheck", "check", "--watch", "--today", "2026-12-01"]
    environment = {"PYTHONPATH": str(ROOT), "TERM": "xterm", "PATH": "/usr/bin:/bin"}
    process = subprocess.Popen(
        command, cwd=site, env=environment, stdout=slave, stderr=subprocess.PIPE, encoding="utf-8"
    )
    os.close(slave)
    failsafe = Timer(FAILSAFE, process.kill)
    failsafe.start()
    try:
        assert process.stderr is not None
        assert process.stderr.readline() == "有改动会再查一遍；按 Ctrl-C 结束。\n"
        assert CLEAR not in until(master, SUM)
        put(site / "campaigns" / "good.yaml", JARGON)
        assert process.stderr.readline() == "改了 campaigns/good.yaml\n"
        assert CLEAR in until(master, SUM)
    finally:
        failsafe.cancel()
        process.kill()
        process.communicate()
        os.close(master)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--format", "json"), "--format json does not go with --watch"),
        (("--format", "text:out.txt"), "--format text:out.txt does not go with --watch"),
        (("--fix",), "--fix does not go with --watch"),
        (("--diff",), "--diff does not go with --watch"),
        (("--write-baseline", "known.json"), "--write-baseline does not go with --watch"),
        (("--select", "NONE"), "there is no rule “NONE”"),
        (("nowhere",), "there is no such path: nowhere"),
    ],
)
def test_wrong_usage_ends_it_at_once(site: Path, arguments: tuple[str, ...], says: str) -> None:
    done = call("check", "--watch", "--lang", "en", *arguments, cwd=site)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", f"error: {says}")


def test_without_the_library_it_says_what_to_install(site: Path) -> None:
    hidden = site / "hidden" / "watchfiles.py"
    put(hidden, "raise ImportError\n")
    environment = {"PYTHONPATH": f"{hidden.parent}:{ROOT}", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "campaigncheck", "check", "--watch", "--lang", "en"]
    done = subprocess.run(command, cwd=site, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "error: --watch needs watchfiles, which is not installed\n  Mend: Install it: pip install 'campaigncheck[watch]'\n",
    )
