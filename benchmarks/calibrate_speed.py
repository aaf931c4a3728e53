"""Measure how long calibrating takes: 5, 20 and 50 million tickets as Parquet.

Usage: python -m benchmarks.calibrate_speed [--output FILE] [--rounds N] [--rows N,N,...] [--folder DIR]

The tickets are simulated (``benchmarks/tickets.py``) into a folder, which is kept if it is named: 50 million take some
minutes to make and a gigabyte. Whole processes of ``campaigncheck calibrate`` are measured, from start to exit code.
``python -m benchmarks.write_docs`` shows the results in docs/calibration-speed.md.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.calibrate_page import RESULTS
from benchmarks.check_speed import machine
from benchmarks.command import options, save
from benchmarks.tickets import SEED
from benchmarks.timing import Sample, measure

PACKAGES = ("campaigncheck", "ibis-framework", "duckdb", "pyarrow", "numpy")
ROWS = (5_000_000, 20_000_000, 50_000_000)
NETWORK = Path(__file__).resolve().parents[1] / "rules" / "network"


def made(base: Path, rows: int) -> Path:
    """Return a folder with so many tickets and the halls they come from; made if it is not there yet."""
    folder = base / str(rows)
    if not (folder / "done").exists():
        command = [
            sys.executable,
            "-m",
            "benchmarks.tickets",
            str(folder),
            "--rows",
            str(rows),
            "--network",
            str(NETWORK),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=Path(__file__).resolve().parents[1])
        (folder / "rules").mkdir()
        (folder / "network").rename(folder / "rules" / "network")
        (folder / "done").touch()
    return folder


def command() -> tuple[str, ...]:
    """Return the command that is measured."""
    return (
        str(Path(sys.executable).with_name("campaigncheck")),
        "calibrate",
        "tickets",
        "-o",
        "out",
        "--rules",
        "rules",
    )


def run(base: Path, sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Calibrate each size in turn, so many rounds."""
    samples: dict[str, list[Sample]] = {str(rows): [] for rows in sizes}
    folders = {rows: made(base, rows) for rows in sizes}
    for number in range(rounds):
        for rows, folder in folders.items():
            samples[str(rows)].append(measure(command(), folder))
            print(f"{number + 1}/{rounds} {rows:,}: {samples[str(rows)][-1].wall:.1f} s", file=sys.stderr)
    about = machine()
    about["packages"] = {name: version(name) for name in PACKAGES}
    megabytes = {
        str(rows): sum(file.stat().st_size for file in (folder / "tickets").iterdir()) / 1e6
        for rows, folder in folders.items()
    }
    return {"machine": about, "seed": SEED, "megabytes": megabytes, "samples": samples}


def main() -> None:
    """Measure, and write the results."""
    parser = options("calibrate_speed", __doc__, RESULTS)
    parser.add_argument("--rows", type=lambda text: [int(part) for part in text.split(",")], default=list(ROWS))
    parser.add_argument("--folder", type=Path, help="where tickets are made, and kept")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="campaigncheck-tickets-") as base:
        save(run(given.folder or Path(base), sorted(given.rows), given.rounds), given.output)


if __name__ == "__main__":
    main()
