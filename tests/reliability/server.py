"""Runs commands in processes that begin warm, so that hundreds of them can be started and killed.

It has imported everything and read the catalogues; then each line of standard input is an order (JSON). ``start`` forks a
process that runs a command as from a shell, and answers with its id; ``wait`` answers with its exit code.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO
from typing import Any

import pytest

from campaigncheck.cli import main as program
from tests.clearance.repository import load_once

MARKED = frozenset({"tempfile.mkstemp", "os.rename", "os.mkdir", "os.remove", "os.link", "sqlite3.connect"})
"""What writing is made of, as Python's auditing names it."""


def mark(channel: int) -> Callable[[str, tuple[Any, ...]], None]:
    """Return what sends a byte before each of these steps."""

    def tell(event: str, _: tuple[Any, ...]) -> None:
        if event in MARKED:
            os.write(channel, b".")

    return tell


def warm(folder: str, calls: list[list[str]]) -> None:
    """Run commands here, so that all they import and read is there before processes are made."""
    load_once(pytest.MonkeyPatch())
    os.chdir(folder)
    for name, *arguments in calls:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            command = getattr(import_module(f"campaigncheck.cli.{name}"), name)
            command.main(arguments, standalone_mode=False)


def limit(most: int, *, kill: bool) -> None:
    """Let no file grow beyond so many bytes: writing more fails as on a full disk, or kills in the middle of it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if kill else signal.SIG_IGN)


def run(
    folder: str,
    arguments: list[str],
    out: str,
    environment: dict[str, str],
    marks: str | None = None,
    most: tuple[int, bool] | None = None,
) -> None:
    """Run a command in this process, which ends with it."""
    os.chdir(folder)
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(f"{out}.out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.dup2(os.open(f"{out}.err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    if marks is not None:
        sys.addaudithook(mark(os.open(marks, os.O_WRONLY)))
    if most is not None:
        limit(most[0], kill=most[1])
    sys.argv = ["campaigncheck", *arguments]
    program.main()


def answer(order: dict[str, Any]) -> int:
    """Do what a line asks for."""
    what = order.pop("do")
    if what == "warm":
        warm(**order)
        return 0
    if what == "wait":
        return os.waitstatus_to_exitcode(os.waitpid(order["process"], 0)[1])
    process = os.fork()
    if process == 0:
        run(**order)
    return process


def serve() -> None:
    """Answer until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        print(answer(json.loads(line)), file=answers, flush=True)


if __name__ == "__main__":
    serve()
