"""Measures whole processes: wall clock, processor time and peak memory, as the kernel counts them."""

from __future__ import annotations

import os
import subprocess
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
    begin = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        errors = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in OK:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {errors.decode('utf-8', 'replace')[-2000:]}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _environment() -> dict[str, str]:
    """Return the environment of a user: compiled modules are kept, nothing is traced or redirected."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}
