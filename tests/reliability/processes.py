"""Starts commands, kills them at a moment, and tells how they ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


class Ended(NamedTuple):
    """How a command ended: its exit code, minus the signal if it was killed; when it had come how far."""

    code: int
    out: bytes
    err: str
    times: tuple[float, ...] = ()

    @property
    def killed(self) -> bool:
        return self.code in (-signal.SIGKILL, -signal.SIGXFSZ)


class Moment(NamedTuple):
    """When to kill: so many steps of writing into a run, and so many seconds later."""

    steps: int
    later: float


class Server:
    """A warm process that makes others; see :mod:`tests.reliability.server`."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._numbers = count()
        command = [sys.executable, "-m", "tests.reliability.server"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def warm(self, folder: Path, calls: Sequence[Sequence[str]]) -> None:
        """Let it run commands itself."""
        self._ask("warm", folder=str(folder), calls=calls)

    def run(
        self,
        folder: Path,
        *arguments: str,
        at: Moment | None = None,
        most: tuple[int, bool] | None = None,
        **environment: str,
    ) -> Ended:
        """Run a command to its end, or kill it at a moment.

        ``most`` is how many bytes a file may have, and whether writing more kills the process; else it fails.
        """
        marks = self._place / f"marks-{next(self._numbers)}"
        os.mkfifo(marks)
        process, out = self.start(folder, arguments, environment, marks=str(marks), most=most)
        with marks.open("rb", buffering=0) as channel:
            times = [time.monotonic()]
            while at is None or len(times) <= at.steps:
                if not channel.read(1):
                    break
                times.append(time.monotonic())
            else:
                time.sleep(at.later)
                os.kill(process, signal.SIGKILL)
        marks.unlink()
        ended = self.wait(process, out)
        return ended._replace(times=(*times, time.monotonic()))

    def start(
        self, folder: Path, arguments: Sequence[str], environment: Mapping[str, str], **more: Any
    ) -> tuple[int, Path]:
        """Start a command; return its process and where it says what it says."""
        out = self._place / f"run-{next(self._numbers)}"
        order = {"folder": str(folder), "arguments": arguments, "environment": environment, "out": str(out)}
        return self._ask("start", **order, **more), out

    def wait(self, process: int, out: Path) -> Ended:
        """Wait until a command has ended."""
        code = self._ask("wait", process=process)
        said, told = Path(f"{out}.out"), Path(f"{out}.err")
        ended = Ended(code, said.read_bytes(), told.read_text(encoding="utf-8"))
        said.unlink()
        told.unlink()
        return ended

    def _ask(self, what: str, **order: Any) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **order}) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def gaps(times: Sequence[float]) -> list[float]:
    """Return how long each step took, the first being all that is before any."""
    return [later - earlier for earlier, later in pairwise(times)]
