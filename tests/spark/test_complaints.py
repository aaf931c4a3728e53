"""Spark and DuckDB measure the same rates of complaints, to the last byte."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from benchmarks.complaints import orders, spoilt, studied, write
from campaigncheck.calibration.past import EPOCH
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from tests.calibration.complaints_world import HEADER, write_specs
from tests.calibration.test_complaints import LINES, parquet

pytestmark = pytest.mark.spark

DAYS = range((date(2026, 3, 1) - EPOCH).days, (date(2026, 4, 30) - EPOCH).days)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated complaints in CSV and Parquet, with and without zones, some spoilt in every way, a file damaged."""
    folder = tmp_path_factory.mktemp("spark 投诉")
    campaigns = studied([str(write_specs(folder))], DAYS, load_catalogues(RuleFiles.at(None)))
    rows = list(orders(campaigns, DAYS, {"SAFE001": 0.02, "LANG005": 0.01}, 0.003, 0.1, 0.05, seed=5))
    made, _ = spoilt(rows, 0.03, seed=5)
    write(folder / "complaints" / "made.csv", made[::2])
    write(folder / "complaints" / "made.parquet", made[1::2])
    for unit, zone in (("us", None), ("ms", "UTC"), ("us", "America/New_York"), ("ns", None)):
        parquet(folder / "complaints" / f"{unit}-{(zone or 'none').replace('/', '-')}.parquet", unit, zone)
    (folder / "complaints" / "lines.csv").write_text(HEADER + "".join(line for line, _ in LINES), encoding="utf-8")
    (folder / "complaints" / "cut.parquet").write_bytes((folder / "complaints" / "made.parquet").read_bytes()[:-50])
    return folder


def measure(home: Path, engine: str, zone: str) -> dict[str, bytes]:
    """Run the command on an engine, on a machine that is somewhere else; return what it writes."""
    command = [sys.executable, "-m", "campaigncheck", "calibrate", "--complaints", "complaints"]
    command += ["-o", engine, "--engine", engine]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, env={**os.environ, "TZ": zone})
    assert done.returncode == 0, done.stderr
    found = {file.name: file.read_bytes() for file in (home / engine).iterdir()}
    return found | {"text": done.stdout.replace(f" {engine}", " folder").encode()}


def test_both_engines_write_the_same_bytes(home: Path) -> None:
    duckdb = measure(home, "duckdb", "Asia/Shanghai")
    spark = measure(home, "spark", "America/New_York")
    assert sorted(duckdb) == ["complaints.csv", "complaints.json", "rejected-complaints.csv", "text"]
    assert spark == duckdb
    assert len(duckdb["rejected-complaints.csv"].splitlines()) > 60
    assert len(duckdb["complaints.csv"].splitlines()) > 4
