"""Turns the results of ``workbook_speed`` into docs/workbook-speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).with_name("workbook.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "workbook-speed.md"
COUNT = 500
"""Workbooks that are imported."""
LIMIT = 60
"""Seconds that this may take."""
WALL, CPU, MEMORY = range(3)
_NAMES = {
    "import": (f"`import` of {COUNT} workbooks", COUNT),
    "import_two": (f"`import` of {COUNT} workbooks, `--jobs 2`", COUNT),
    "check": ("`check` of one workbook, nothing around it", 1),
    "export": ("`export` of one campaign", 1),
}

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    size = results["bytes"] / COUNT / 1024
    opening = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# How long workbooks take",
        "",
        "Whole processes, from start to exit code. Figures are medians; the slowest run counts for the target.",
        "",
        *circumstances(
            results["machine"],
            f"generated campaigns (`benchmarks/corpus`, seed {results['seed']}), none broken, each exported as a workbook of "
            f"{size:.0f} KB on average.",
        ),
    ]
    closing = [
        "## Measure again",
        "",
        "```",
        "pip install -e '.[bench]'",
        "python -m benchmarks.workbook_speed",
        "python -m benchmarks.write_docs",
        "```",
    ]
    return "\n\n".join(("\n".join(opening), targets(goals(results)), _table(results), "\n".join(closing))) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield the target with what was measured."""
    for name in ("import", "import_two"):
        slowest = max(sample[WALL] for sample in results["samples"][name])
        yield Goal(_NAMES[name][0], f"{slowest:.1f} s", f"under {LIMIT} s", slowest < LIMIT)


def _table(results: Results) -> str:
    lines = [
        "## Commands",
        "",
        "| what | seconds | ms a workbook | processor, seconds | peak MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, (title, count) in _NAMES.items():
        samples = results["samples"][name]
        wall, cpu = (median(sample[field] for sample in samples) for field in (WALL, CPU))
        memory = max(sample[MEMORY] for sample in samples)
        cells = (title, f"{wall:.1f}", f"{wall / count * 1000:.0f}", f"{cpu:.1f}", f"{memory:.0f}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join((*lines, "", "Memory is that of the largest process."))
