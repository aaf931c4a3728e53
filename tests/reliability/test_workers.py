"""Workers end with the process that they work for, also when that is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.reliability.commands import DAY
from tests.reliability.processes import ROOT
from tests.reliability.repository import write_hundred

pytestmark = pytest.mark.reliability

IN_PIECES = "from campaigncheck.engine import run; run.CHUNK = 4; from campaigncheck.cli.main import main; main()"
PATIENCE = 60.0
"""Seconds after which a worker that is still there will stay for ever."""


def children(process: int) -> list[int]:
    """Return the processes that one has started."""
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_there(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "arguments",
    [("check", "--no-cache", "--jobs", "2"), ("faq", "--format", "pdf", "--jobs", "2", "-o", "out")],
    ids=["check", "faq"],
)
def test_workers_end_with_their_parent(arguments: tuple[str, ...], tmp_path: Path) -> None:
    write_hundred(tmp_path)
    command = [sys.executable, "-c", IN_PIECES, *arguments, *DAY]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    workers: list[int] = []
    while parent.poll() is None and len(workers) < 2:
        workers = children(parent.pid)
    parent.kill()
    parent.wait()
    assert len(workers) >= 2
    end = time.monotonic() + PATIENCE
    while any(map(is_there, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    left = [worker for worker in workers if is_there(worker)]
    for worker in left:
        os.kill(worker, 9)
    assert left == []
