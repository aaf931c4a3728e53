"""Spark and DuckDB write the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.hall_day import Campaign
from benchmarks.tickets import joined, read_hours, tickets, write
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from tests.calibration.test_tickets import LINES, parquet
from tests.calibration.world import HEADER, HOURS, day_of_hours, rules_folder

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated tickets in CSV and Parquet, with and without zones, a tenth of them spoilt in every way."""
    folder = tmp_path_factory.mktemp("spark 测试")
    hours = HOURS + "".join(
        day_of_hours(hall, kind) for hall in ("sc-cd-001", "sc-cd-002") for kind in ("workday", "weekend")
    )
    rules_folder(folder, hours=hours)
    calendar = load_catalogues(RuleFiles.at(None)).calendar
    days = [date(2026, 9, 7) + timedelta(days=number) for number in range(14)]
    network = read_hours(folder / "rules" / "network" / "hours.csv")
    for name, as_csv in (("text", True), ("columns", False)):
        made = tickets(network, days, [Campaign("sc-x", 5, 3.5)], calendar, seed=len(name))
        write(folder / "tickets" / name, joined(made, 2500), as_csv, 0.01, seed=3)
    for unit, zone in (("us", None), ("ms", "UTC"), ("us", "America/New_York"), ("ns", None)):
        parquet(folder / "tickets" / f"{unit}-{(zone or 'none').replace('/', '-')}.parquet", unit, zone)
    (folder / "tickets" / "lines.csv").write_text(HEADER + "".join(line for line, _ in LINES), encoding="utf-8")
    return folder


def calibrate(home: Path, engine: str, zone: str) -> dict[str, bytes]:
    """Run the command on an engine, on a machine that is somewhere else; return what it writes."""
    command = [sys.executable, "-m", "campaigncheck", "calibrate", "tickets", "-o", engine, "--engine", engine]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, env={**os.environ, "TZ": zone})
    assert done.returncode == 0, done.stderr
    found = {str(file.relative_to(home / engine)): file.read_bytes() for file in (home / engine).rglob("*.*")}
    return found | {"text": done.stdout.replace(f" {engine}", " folder").encode()}


def test_both_engines_write_the_same_bytes(home: Path) -> None:
    duckdb = calibrate(home, "duckdb", "Asia/Shanghai")
    spark = calibrate(home, "spark", "America/New_York")
    assert sorted(duckdb) == ["calibration.json", "network/halls.csv", "network/hours.csv", "rejected.csv", "text"]
    assert spark == duckdb
    assert len(duckdb["rejected.csv"].splitlines()) > 500


def test_an_address_without_a_cluster_is_told(home: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "campaigncheck",
        "calibrate",
        "tickets",
        "-o",
        "no",
        "--engine",
        "spark",
        "--lang",
        "en",
    ]
    done = subprocess.run([*command, "--master", "nowhere"], cwd=home, capture_output=True, text=True)
    assert done.returncode == 2
    assert "error: Spark does not start:" in done.stderr
    assert "Mend: It needs Java 17 or later" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / "no").exists()
