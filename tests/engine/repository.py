"""A campaign repository under git, made step by step, and the checker run in it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from campaigncheck.cli.boundary import guarded
from campaigncheck.cli.main import cli
from campaigncheck.rulekit.sample import complete

TODAY = "2026-12-01"
_GIT = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
_AUTHOR = ("-c", "user.name=tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false")

Found = tuple[str, str]


class Answer(NamedTuple):
    """What a call of the checker came to."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    @property
    def found(self) -> list[Found]:
        """The campaign and rule of each finding, in order."""
        return [(item["campaign"], item["rule"]) for item in self.report["findings"]]

    @property
    def told(self) -> list[str]:
        """The campaigns of the report."""
        return [item["id"] for item in self.report["campaigns"]]


class Repository:
    """A folder under git."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir(parents=True, exist_ok=True)

    def git(self, *arguments: str) -> str:
        command = ["git", *_AUTHOR, "-C", str(self.top), *arguments]
        return subprocess.run(command, env=os.environ | _GIT, capture_output=True, encoding="utf-8", check=True).stdout

    def begin(self) -> Repository:
        self.git("init", "-q", "-b", "main")
        return self

    def commit(self, message: str = "step") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def write(self, name: str, text: str) -> Path:
        file = self.top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        return file

    def spec(self, name: str, fragment: str, folder: str = "campaigns") -> Path:
        """Write a whole spec made of a fragment."""
        return self.write(f"{folder}/{name}.yaml", complete(fragment))

    def remove(self, name: str) -> None:
        (self.top / name).unlink()

    def check(self, *arguments: str, inside: str = ".", environment: dict[str, str] | None = None) -> Answer:
        """Run the command in this process, as ``campaigncheck check --format json`` would."""
        formats = () if "--format" in arguments else ("--format", "json")
        day = () if "--today" in arguments else ("--today", TODAY)
        return called(self.top / inside, "check", *arguments, *formats, *day, environment=environment)


def called(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> Answer:
    """Run a command in a folder; what it writes, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    argv, before, now = sys.argv, dict(os.environ), {**_GIT, **(environment or {})}
    try:
        sys.argv = ["campaigncheck", *arguments]
        os.environ.update(now)
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = guarded(cli)
    finally:
        sys.argv = argv
        for name in now:
            os.environ.pop(name)
            if name in before:
                os.environ[name] = before[name]
    return Answer(code, out.getvalue(), err.getvalue())
