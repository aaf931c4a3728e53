"""Measures whole processes: wall clock, processor time and peak memory, as the kernel counts them.

As a program (``python timing.py COMMAND …``) it runs one command and prints what it took. That program
is small on purpose: the kernel counts to a new process the memory of the one it was forked from.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

OK = (0, 1)
"""Exit codes of a run that did its work; 1 says that something was found."""


class Sample(NamedTuple):
    """One run: seconds of wall clock and of processor (its children's too), and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str], folder: Path) -> Sample:
    """Run a command to its end in a folder.

    Memory is that of the largest process, so with several worker processes it is less than the sum.

    Raises:
        RuntimeError: when the command fails; a failed run measures nothing.
    """
    launcher = [sys.executable, "-I", "-S", __file__, *command]
    done = subprocess.run(
        launcher, cwd=folder, env=_environment(), capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}")
    return Sample(*json.loads(done.stdout))


def _environment() -> dict[str, str]:
    """Return the environment of a user: compiled modules are kept, nothing is traced or redirected."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}


def _launch(command: Sequence[str]) -> int:
    """Run a command, print its sample, and return its exit code if it failed."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
    return 0 if process.returncode in OK else process.returncode


if __name__ == "__main__":
    sys.exit(_launch(sys.argv[1:]))
