"""The national forecast on Spark writes the same bytes as processes of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.spark


def forecast(folder: Path, *options: str, zone: str = "UTC") -> subprocess.CompletedProcess[str]:
    """Foresee the example network; the file goes into a folder of the same name each time."""
    folder.mkdir()
    arguments = [
        str(ROOT / "campaigns"), "--rules", str(ROOT / "rules"), "--today", "2026-12-01", "--days", "30", "-o", "out.parquet",
    ]  # fmt: skip
    command = [sys.executable, "-m", "campaigncheck", "forecast", *arguments, "--lang", "en", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "TZ": zone})


def test_both_engines_write_the_same_bytes(tmp_path: Path) -> None:
    here = forecast(tmp_path / "processes", "--jobs", "2")
    there = forecast(tmp_path / "spark", "--engine", "spark", "--master", "local[2]", zone="America/New_York")
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    assert there.stdout == here.stdout
    assert len(here.stdout.splitlines()) > 5
    files = [(tmp_path / name / "out.parquet").read_bytes() for name in ("processes", "spark")]
    assert files[0] == files[1]
    assert len(files[0]) > 10_000
    assert os.listdir(tmp_path / "spark") == ["out.parquet"]


def test_an_address_without_a_cluster_is_told(tmp_path: Path) -> None:
    done = forecast(tmp_path / "no", "--engine", "spark", "--master", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "error: Spark does not start:" in done.stderr
    assert "Mend: It needs Java 17 or later" in done.stderr
    assert "Traceback" not in done.stderr
    assert os.listdir(tmp_path / "no") == []
