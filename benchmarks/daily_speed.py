"""Measure what daily work with a large repository takes: one campaign changed, with what earlier runs have kept.

Usage: python -m benchmarks.daily_speed [--output FILE] [--rounds N] [--counts 10000,100000]

A repository of generated campaigns (``benchmarks/corpus``) is put into git and checked once, which keeps what was found. At most
10,000 of them are planned or running; the others are those of earlier years, over and retired, since as many at a time would
crowd out one another. Before
each measured run one campaign is changed that was not changed before. Whole processes are measured, in turn, with the report
that people read. ``python -m benchmarks.write_docs`` shows the results in docs/daily-speed.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.check_speed import TODAY, Command, _tool, machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED, generate, specs
from benchmarks.daily_page import RESULTS
from benchmarks.timing import Sample, measure

COUNTS = (10_000, 100_000)
LIVE = 10_000
"""So many campaigns of a repository are planned or running."""
_YEAR = re.compile(r"20[23]\d(?=[-年])")
_STAGE = re.compile(r"(?<![-\w])stage: ?\w+")
_GIT = ("git", "-c", "user.name=campaigncheck", "-c", "user.email=campaigncheck@example.com", "-c", "gc.auto=0")


def _check(*more: str) -> Command:
    return (_tool("campaigncheck"), "check", "--today", TODAY, *more)


RUNS = {
    "cold": _check("--no-cache", "--jobs", "1"),
    "cold_jobs_2": _check("--no-cache", "--jobs", "2"),
    "warm": _check(),
    "since": _check("--since", "HEAD"),
}
CHANGED = ("warm", "since")
"""The runs with one campaign changed, and what earlier ones have kept."""


def run(base: Path, count: int, rounds: int) -> dict[str, list[Sample]]:
    """Make the repository, keep what a first run finds, and measure."""
    folder = base / str(count)
    generate(folder, min(count, LIVE), broken=0)
    for years in range(2, 2 * count // LIVE, 2):
        _write_earlier(folder, years)
    _commit(folder)
    kept, restored = base / f"kept-{count}", base / f"restored-{count}"
    os.environ["CAMPAIGNCHECK_CACHE"] = str(kept)
    subprocess.run(_check("--jobs", "2"), cwd=folder, stdout=subprocess.DEVNULL, check=False)
    changed = _change(folder)
    samples: dict[str, list[Sample]] = {name: [] for name in RUNS}
    for number in range(rounds):
        for name, command in RUNS.items():
            if name in CHANGED:
                next(changed)
                shutil.rmtree(restored, ignore_errors=True)
                shutil.copytree(kept, restored)
                os.environ["CAMPAIGNCHECK_CACHE"] = str(restored)
            samples[name].append(measure(command, folder))
            print(f"{count:,} {number + 1}/{rounds} {name}: {samples[name][-1].wall:.2f} s", file=sys.stderr)
    return samples


def _write_earlier(folder: Path, years: int) -> None:
    """Write the campaigns of so many years ago."""
    for name, text in specs(LIVE, SEED + years, broken=0):
        province, _, file = name.partition("/")
        place = folder / "campaigns" / province / f"{years}-years-ago"
        place.mkdir(exist_ok=True)
        old = _YEAR.sub(lambda year: str(int(year[0]) - years), text)
        old = _STAGE.sub("stage: retired", old).replace("gen-", f"gen{years}-")
        (place / file.replace("gen-", f"gen{years}-")).write_text(old, encoding="utf-8", newline="\n")


def _commit(folder: Path) -> None:
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "campaigns")):
        subprocess.run((*_GIT, *command), cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _change(folder: Path) -> Iterator[Path]:
    """Change one campaign after another, and put back the one before."""
    for file in sorted((folder / "campaigns").rglob("*.yaml"))[::97]:
        before = file.read_text(encoding="utf-8")
        file.write_text(before.replace("\ntitle: ", "\ntitle: 新", 1), encoding="utf-8")
        yield file
        file.write_text(before, encoding="utf-8")


def main() -> None:
    """Measure, and write the results."""
    parser = options("daily_speed", __doc__, RESULTS)
    parser.add_argument("--counts", default=",".join(map(str, COUNTS)), metavar="N,…", help="campaigns (%(default)s)")
    given = parser.parse_args()
    sizes: dict[str, Any] = {}
    with TemporaryDirectory(prefix="campaigncheck-daily-") as base:
        for count in map(int, given.counts.split(",")):
            sizes[str(count)] = run(Path(base), count, given.rounds)
    save({"machine": machine(), "seed": SEED, "sizes": sizes}, given.output)


if __name__ == "__main__":
    main()
