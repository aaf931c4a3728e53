"""Turns the results of ``custom_rules`` into docs/custom-rules-speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).with_name("custom_rules.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "custom-rules-speed.md"
SECONDS = 5.0
WALL, CPU, MEMORY = range(3)

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    opening = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# What a site's own rules cost",
        "",
        "Whole processes of `campaigncheck check --format json` on one core, without what earlier runs have kept: the same",
        "campaigns once without own rules and once with ten of them (`benchmarks/custom_rules.yaml`: two about campaigns, three",
        "about offers, two about texts, two about FAQ, one about pairs). Figures are medians. The target is judged by processor",
        "time: a run is one process, and its wall clock is at the mercy of whatever else the machine does.",
        "",
        *circumstances(
            results["machine"],
            f"{results['specs']:,} generated campaigns (`benchmarks/corpus`, seed {results['seed']}).",
        ),
    ]
    closing = [
        "## Measure again",
        "",
        "```",
        "pip install -e '.[bench]'",
        "python -m benchmarks.custom_rules",
        "python -m benchmarks.write_docs",
        "```",
    ]
    return "\n\n".join(("\n".join(opening), targets(goals(results)), _table(results), "\n".join(closing))) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield the target with what was measured."""
    more = _median(results, "with", CPU) - _median(results, "without", CPU)
    what = f"{results['rules']} rules on {results['specs']:,} campaigns, beyond the run without them (processor time)"
    yield Goal(what, f"{more:.1f} s", f"under {SECONDS:g} s", more < SECONDS)


def _table(results: Results) -> str:
    rows = [
        f"| {name} | {_median(results, name, WALL):.1f} s | {_median(results, name, CPU):.1f} s "
        f"| {_median(results, name, MEMORY):.0f} MB |"
        for name in ("without", "with")
    ]
    return "\n".join(("## Runs", "", "| own rules | wall clock | processor | memory |", "|---|---|---|---|", *rows))


def _median(results: Results, name: str, field: int) -> float:
    return float(median(sample[field] for sample in results["samples"][name]))
