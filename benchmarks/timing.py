"""Measures whole processes: wall clock, processor time and peak memory, as the kernel counts them.

As a program (``python timing.py HOW COMMAND …``) it runs one command and prints what it took. That program
is small on purpose: the kernel counts to a new process the memory of the one it was forked from.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
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


LARGEST, TOGETHER = "largest", "together"
"""Whose memory is told: that of the largest process, or of all together."""
_LOOKS = 0.2
"""Seconds between two looks at the memory of all processes; each takes some milliseconds of every gigabyte."""


def measure(command: Sequence[str], folder: Path, *, together: bool = False) -> Sample:
    """Run a command to its end in a folder.

    Memory is that of the largest process, so with several worker processes it is less than the sum; ``together`` it is
    that of all processes, what they share counted once (Linux), as far as five looks a second see it; they make it slower.

    Raises:
        RuntimeError: when the command fails; a failed run measures nothing.
    """
    launcher = [sys.executable, "-I", "-S", __file__, TOGETHER if together else LARGEST, *command]
    done = subprocess.run(
        launcher, cwd=folder, env=_environment(), capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}")
    return Sample(*json.loads(done.stdout))


def _environment() -> dict[str, str]:
    """Return the environment of a user: compiled modules are kept, nothing is traced or redirected."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}


def _launch(how: str, command: Sequence[str]) -> int:
    """Run a command, print its sample, and return its exit code if it failed."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        seen = _watched(process.pid) if how == TOGETHER else [0.0]
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss / 1024, *seen)]))
    return 0 if process.returncode in OK else process.returncode


def _watched(root: int) -> list[float]:
    """Return a list to which the memory of a process and all below it is added, again and again until it ends."""
    seen = [0.0]

    def watch() -> None:
        while alive := _family(root):
            seen.append(sum(map(_megabytes, alive)))
            time.sleep(_LOOKS)

    threading.Thread(target=watch, daemon=True).start()
    return seen


def _family(root: int) -> list[int]:
    """Return the processes that are there still: one, and all below it."""
    found = []
    try:
        children = [child for task in os.listdir(f"/proc/{root}/task") for child in _children(root, task)]
        found = [root]
    except OSError:
        return found
    return found + [one for child in children for one in _family(child)]


def _children(process: int, task: str) -> list[int]:
    with open(f"/proc/{process}/task/{task}/children", encoding="ascii") as stream:
        return [int(child) for child in stream.read().split()]


def _megabytes(process: int) -> float:
    """Return the memory of a process; what it shares with others counts in part."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as stream:
            return sum(int(line.split()[1]) for line in stream if line.startswith("Pss:")) / 1024
    except OSError:
        return 0.0


if __name__ == "__main__":
    sys.exit(_launch(sys.argv[1], sys.argv[2:]))
