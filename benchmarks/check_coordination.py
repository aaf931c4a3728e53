"""Measure how fast campaigns are compared with each other, beside the same joins in DuckDB.

Usage: python -m benchmarks.check_coordination [--output FILE] [--rounds N] [--counts 10000,30000,100000,200000]

Each measurement is a process of its own over a made-up national portfolio (``benchmarks/national``) that is
loaded already; the rules run on one core. Rounds are interleaved, so that whatever else the machine does
falls on all. ``python -m benchmarks.write_docs`` makes docs/coordination-speed.md of the results.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.check_speed import machine
from benchmarks.command import options, save
from benchmarks.national.page import MAIN, RESULTS
from benchmarks.national.portfolio import SEED
from benchmarks.timing import measure

ROOT = Path(__file__).resolve().parents[1]
COUNTS = (10_000, 30_000, int(MAIN), 200_000)
PACKAGES = ("campaigncheck", "numpy", "duckdb")
ONE_CORE = ("taskset", "-c", "0")


def taken(name: str, count: int, into: Path) -> dict[str, Any]:
    """Take one measurement, in a process of its own; all but the peer's stay on one core."""
    pinned = ONE_CORE if name != "peer" and shutil.which(ONE_CORE[0]) else ()
    command = (*pinned, sys.executable, "-m", "benchmarks.national.measures", name, str(count), str(into))
    sample = measure(command, ROOT)
    print(f"{name} {count}: {sample.wall:.1f} s, {sample.memory:.0f} MB", file=sys.stderr)
    result: dict[str, Any] = json.loads(into.read_text(encoding="utf-8"))
    return {**result, "memory": sample.memory}


def run(counts: Sequence[int], rounds: int) -> dict[str, Any]:
    """Take every measurement so many times."""
    about = machine()
    about["packages"] = {name: version(name) for name in PACKAGES}
    results: dict[str, Any] = {"machine": about, "seed": SEED, "rules": {}, "peer": [], "change": []}
    with TemporaryDirectory(prefix="campaigncheck-coordination-") as folder:
        into = Path(folder) / "result.json"
        for _ in range(rounds):
            for count in counts:
                results["rules"].setdefault(str(count), []).append(taken("rules", count, into))
            for name in ("peer", "change"):
                results[name].append(taken(name, int(MAIN), into))
    return results


def _arguments() -> argparse.Namespace:
    parser = options("check_coordination", __doc__, RESULTS)
    parser.add_argument(
        "--counts", default=",".join(map(str, COUNTS)), metavar="N,…", help="sizes, with 100000 (%(default)s)"
    )
    return parser.parse_args()


def main() -> None:
    """Measure, and write the results."""
    given = _arguments()
    results = run([int(count) for count in given.counts.split(",")], given.rounds)
    save(results, given.output)


if __name__ == "__main__":
    main()
