"""Turns the results of ``daily_speed`` into docs/daily-speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).with_name("daily.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "daily-speed.md"
MAIN, HUGE = "10000", "100000"
ONE_CHANGED, FASTER, RESTORED = 1.0, 1.7, 15.0
WALL, CPU, MEMORY = range(3)
_RUNS = {
    "cold": "nothing kept, one process",
    "cold_jobs_2": "nothing kept, `--jobs 2`",
    "warm": "one campaign changed, the others kept",
    "since": "the same with `--since HEAD`",
}

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    opening = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# How fast daily work is",
        "",
        "Whole processes of `campaigncheck check` with the report that people read, in a git repository of generated campaigns.",
        "What an earlier run has kept is copied to a new folder before each run, as a CI job restores it; then one campaign is",
        "changed. Rules about several campaigns always run afresh. Runs that are compared are interleaved, figures are medians.",
        "",
        *circumstances(results["machine"], f"generated campaigns (`benchmarks/corpus`, seed {results['seed']})."),
    ]
    closing = [
        "## Measure again",
        "",
        "```",
        "pip install -e '.[bench]'",
        "python -m benchmarks.daily_speed",
        "python -m benchmarks.write_docs",
        "```",
    ]
    return "\n\n".join(("\n".join(opening), targets(goals(results)), _table(results), "\n".join(closing))) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield the targets with what was measured."""
    main = results["sizes"][MAIN]
    warm, since = _median(main, "warm", WALL), _median(main, "since", WALL)
    yield Goal("10,000 campaigns, one changed", f"{warm:.1f} s", f"under {ONE_CHANGED:.1f} s", warm < ONE_CHANGED)
    yield Goal("the same with `--since HEAD`", f"{since:.1f} s", "no longer", since <= warm)
    faster = median(one[WALL] / two[WALL] for one, two in zip(main["cold"], main["cold_jobs_2"], strict=True))
    yield Goal("10,000 campaigns, `--jobs 2`", f"{faster:.2f} × as fast", f"at least {FASTER} ×", faster >= FASTER)
    if HUGE in results["sizes"]:
        huge = _median(results["sizes"][HUGE], "since", WALL)
        what = "100,000 campaigns, one changed, `--since HEAD`, what was kept restored"
        yield Goal(what, f"{huge:.1f} s", f"under {RESTORED:g} s", huge < RESTORED)


def _table(results: Results) -> str:
    rows = [
        f"| {int(count):,} | {told} | {_median(runs, name, WALL):.1f} s | {_median(runs, name, CPU):.1f} s "
        f"| {_median(runs, name, MEMORY):.0f} MB |"
        for count, runs in results["sizes"].items()
        for name, told in _RUNS.items()
    ]
    head = ("## Runs", "", "| campaigns | run | wall clock | processor | memory |", "|---:|---|---:|---:|---:|")
    return "\n".join((*head, *rows, "", "Memory is that of the largest process."))


def _median(runs: dict[str, list[list[float]]], name: str, field: int) -> float:
    return float(median(sample[field] for sample in runs[name]))
