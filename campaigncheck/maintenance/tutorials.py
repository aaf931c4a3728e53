"""Tutorials whose every command is run, in a new folder, page after page: what they show is what happened.

A page says it all in its code blocks. ``yaml title="FILE"`` is the beginning of a file, a further block of that name
follows it; ``diff title="FILE"`` changes it. In ``console`` blocks, lines with ``$`` are commands, the others what they
print; ``[…]`` stands for what is left out there, by itself for any lines. ``<!-- day: 2026-11-20 -->`` is the day of
commits from there on. Run as ``python -m campaigncheck.maintenance.tutorials``; ``--check`` writes nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from campaigncheck.files import write_whole

TUTORIALS: tuple[tuple[Path, ...], ...] = (
    (Path("docs/tutorial/marketing.md"), Path("docs/tutorial/launch.md")),
    (Path("docs/tutorial/ci.md"),),
)
"""The tutorials; the pages of one go on where the page before has ended."""

_BLOCK = re.compile(r"^```(?P<kind>[a-z]+)(?: title=\"(?P<title>[^\"\n]+)\")?\n(?P<body>.*?)^```$", re.M | re.S)
_DAY = re.compile(r"^<!-- day: (?P<day>\d{4}-\d{2}-\d{2}) -->$", re.M)
_GAPS = {"[…]\n": r"(?:.*\n)*?", "[…]": ".*?"}
_ROOT = Path(__file__).parents[2]
_WHO = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "Wang Lin"), ("EMAIL", "wanglin@example.com"))
}


class TutorialError(Exception):
    """A page says what cannot be done."""


class Shown(NamedTuple):
    """A command of a page, and what the page shows of its output."""

    command: str
    output: str


def followed(pages: Sequence[Path], root: Path = Path()) -> Iterator[tuple[Path, str]]:
    """Follow one tutorial below ``root``; yield each page with what its commands print now."""
    with TemporaryDirectory() as folder:
        desk = _Desk(Path(folder))
        for page in pages:
            yield page, desk.follow((root / page).read_text(encoding="utf-8"))


def shown(body: str) -> list[Shown]:
    """Return the commands of a console block with their outputs.

    Raises:
        TutorialError: for output before the first command.
    """
    before, *parts = re.split(r"^\$ ", body, flags=re.M)
    if before:
        raise TutorialError(f"no command has printed this: {before}")
    return [Shown(*part.split("\n", 1)) for part in parts]


def agrees(shown: str, printed: str) -> bool:
    """Whether what a page shows is what was printed, but for lines that it leaves out."""
    pieces = re.split(r"(^\[…\]\n|\[…\])", shown, flags=re.M)
    pattern = "".join(_GAPS.get(piece, re.escape(piece)) for piece in pieces)
    return re.fullmatch(pattern, printed) is not None


class _Desk:
    """The folder in which a tutorial is followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "desk"
        self._tools = folder / "tools"
        self._written: set[Path] = set()
        self._code = 0
        self._day = "2026-11-02"
        self._folder.mkdir()
        self._tools.mkdir()
        tool = self._tools / "campaigncheck"
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m campaigncheck "$@"\n', "utf-8")
        tool.chmod(0o700)

    def follow(self, page: str) -> str:
        """Do what a page says; return it with what its commands have printed."""
        steps = sorted([*_BLOCK.finditer(page), *_DAY.finditer(page)], key=re.Match.start)
        parts, end = [], 0
        for step in steps:
            parts += [page[end : step.start()], self._step(step)]
            end = step.end()
        return "".join([*parts, page[end:]])

    def _step(self, step: re.Match[str]) -> str:
        if step.re is _DAY:
            self._day = step["day"]
        elif step["kind"] == "console":
            return f"```console\n{''.join(map(self._run, shown(step['body'])))}```"
        elif step["title"] and step["kind"] == "diff":
            self._change(self._folder / step["title"], step["body"].splitlines(keepends=True))
        elif step["title"]:
            self._write(self._folder / step["title"], step["body"])
        return step[0]

    def _write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a" if file in self._written else "w", encoding="utf-8") as out:
            out.write(text)
        self._written.add(file)

    def _change(self, file: Path, lines: Sequence[str]) -> None:
        old, new = ("".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +"))
        text = file.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise TutorialError(f"{file.name} has this {text.count(old)} times:\n{old}")
        file.write_text(text.replace(old, new), "utf-8")

    def _run(self, step: Shown) -> str:
        if step.command.startswith("cd "):
            self._folder = self._folder / step.command.removeprefix("cd ")
            return f"$ {step.command}\n"
        # -c's first line is the exit code that `$?` shows.
        done = subprocess.run(  # noqa: S603  # commands of our own pages
            ["bash", "-c", f"(exit {self._code})\n{step.command}"],  # noqa: S607  # where it is differs
            cwd=self._folder, env=self._environment(), check=False, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._code = done.returncode
        return f"$ {step.command}\n{step.output if agrees(step.output, done.stdout) else done.stdout}"

    def _environment(self) -> dict[str, str]:
        home = self._tools.parent
        dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{self._day}T10:00:00+0800")
        return {
            **_WHO, **dates, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(home),
            "PATH": os.pathsep.join([str(self._tools), os.defpath]), "PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8",
            "CAMPAIGNCHECK_CACHE": str(home / "cache"),
        }  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write what has changed into the pages; with ``--check`` name those pages and return 1."""
    stale = [
        (page, text)
        for pages in TUTORIALS
        for page, text in followed(pages)
        if page.read_text(encoding="utf-8") != text
    ]
    for page, text in stale:
        print(f"{page.as_posix()} is out of date" if "--check" in arguments else f"writing {page.as_posix()}")
        if "--check" not in arguments:
            write_whole(page, text)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
