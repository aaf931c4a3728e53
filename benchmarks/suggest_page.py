"""The section of docs/coordination-speed.md about ``campaigncheck suggest``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal

RESULTS = Path(__file__).with_name("suggest.json")
LIMIT = 10
"""Seconds that finding ways to run a campaign may take."""

WALL, MEMORY = 0, 2
_TITLES = {
    "city": "of a city",
    "province": "of a province",
    "country": "of the whole country",
    "crowded": "of a province with many others",
}

Results = dict[str, Any]


def read() -> Results:
    """Read what was measured."""
    results: Results = json.loads(RESULTS.read_text(encoding="utf-8"))
    return results


def goals(results: Results) -> Iterator[Goal]:
    """Yield the target with what was measured."""
    slowest = max(sample[WALL] for samples in results["samples"].values() for sample in samples)
    what = f"`suggest` in a portfolio of {results['campaigns']:,}, slowest of all"
    yield Goal(what, f"{slowest:.1f} s", f"under {LIMIT} s", slowest < LIMIT)


def section(results: Results) -> str:
    """Return the section."""
    lines = [
        f"## Ways to run a campaign, in a portfolio of {results['campaigns']:,}",
        "",
        "| campaign | others put in its way | rules that they break | ways found | median s | slowest s | peak MB |",
        "|---|---:|---|---:|---:|---:|---:|",
        *(_line(name, results) for name in results["found"]),
    ]
    note = (
        "Whole processes of `campaigncheck suggest`, from start to exit code, with the reading of all specs. The portfolio\n"
        f"is the generated one of docs/performance.md (seed {results['seed']}), with campaigns put in that clash and crowd. Most of\n"
        "the time of the country's campaign goes into its several hundred cities."
    )
    return "\n".join((*lines, "", note))


def _line(name: str, results: Results) -> str:
    found, samples = results["found"][name], results["samples"][name]
    walls = [sample[WALL] for sample in samples]
    memory = max(sample[MEMORY] for sample in samples)
    cells = (_TITLES[name], found["others"], " ".join(found["rules"]), found["suggestions"])
    return f"| {' | '.join(map(str, cells))} | {median(walls):.1f} | {max(walls):.1f} | {memory:.0f} |"
