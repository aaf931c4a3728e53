"""Whatever interrupts ``clear``, a clearance is there whole, as it was, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from tests.clearance.repository import FILE, ID, Home

STEPS = ["fsync", "chmod", "replace"]
"""What writing a file is made of, in order."""


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("before", [None, b"as it was"])
def test_nothing_is_torn(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException, before: bytes | None
) -> None:
    FILE.parent.mkdir()
    if before is not None:
        FILE.write_bytes(before)
    monkeypatch.setattr(os, step, _raising(error))
    if isinstance(error, KeyboardInterrupt):
        with pytest.raises(click.Abort):
            home.clear("--key", "company.key")
    else:
        done = home.clear("--key", "company.key")
        assert (done.code, done.err) == (2, f"clearances/{ID}.json cannot be written: No space left on device")
    assert [path.name for path in FILE.parent.iterdir()] == ([FILE.name] if before is not None else [])
    assert before is None or FILE.read_bytes() == before


def _raising(error: BaseException) -> Callable[..., Any]:
    def stop(*_: Any, **__: Any) -> Any:
        raise error

    return stop


RUN = "import sys; sys.argv[0] = 'campaigncheck'; from campaigncheck.cli.main import main; main()"
SIGNALLED = "import os; os.fsync = lambda handle: os.kill(os.getpid(), {number}); " + RUN


def start(folder: Path, code: str = RUN) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, "clear", ID, "--key", "company.key", "--today", "2026-10-19"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, told = process.communicate(timeout=120)
    return process.returncode, told.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_it_writes_it_says_so(cleared: Home, number: int) -> None:
    FILE.write_bytes(b"as it was")
    done = finish(start(cleared.folder, SIGNALLED.format(number=int(number))))
    assert (done[0], done[1].strip()) == (130, "已中断，没有留下写了一半的文件。")
    assert [(path.name, path.read_bytes()) for path in FILE.parent.iterdir()] == [(FILE.name, b"as it was")]


def test_killed_at_any_moment_it_leaves_a_whole_one_or_none(cleared: Home) -> None:
    whole = FILE.read_bytes()
    began = time.monotonic()
    assert finish(start(cleared.folder))[0] == 0
    took = time.monotonic() - began
    for moment in (0.6, 0.8, 0.9, 1.0):
        FILE.unlink(missing_ok=True)
        process = start(cleared.folder)
        time.sleep(took * moment)
        process.kill()
        finish(process)
        assert not FILE.exists() or FILE.read_bytes() == whole
    assert finish(start(cleared.folder))[0] == 0
    assert FILE.read_bytes() == whole
    assert cleared.verify("clearances").code == 0
