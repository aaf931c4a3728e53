"""Turns the results of ``calibrate_speed`` into docs/calibration-speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).with_name("calibrate.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "calibration-speed.md"
MAIN = 50_000_000
SECONDS = 90
MEGABYTES = 4_000
LINEAR = 1.2
"""Time is called linear if a further ticket costs at most this many times as much in the largest run as in the smallest."""

WALL, CPU, MEMORY = range(3)

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    opening = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# How long calibrating takes",
        "",
        "Whole processes of `campaigncheck calibrate` on DuckDB, from start to exit code: reading and checking every ticket,",
        "arrivals, counters, service, and writing the results. Figures are medians; the slowest run counts for the targets.",
        "",
        *circumstances(
            results["machine"],
            f"simulated tickets as Parquet (`benchmarks/tickets.py`, seed {results['seed']}), 90 days of as many halls as "
            "it takes.",
        ),
    ]
    closing = [
        "## Measure again",
        "",
        "```",
        "pip install -e '.[bench]'",
        "python -m benchmarks.calibrate_speed",
        "python -m benchmarks.write_docs",
        "```",
    ]
    parts = ("\n".join(opening), targets(goals(results)), _sizes(results), "\n".join(closing))
    return "\n\n".join(parts) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield every target with what was measured; a size that was not run is judged by the largest that was."""
    sizes = sorted(map(int, results["samples"]))
    largest = sizes[-1]
    samples = results["samples"][str(largest)]
    wall, memory = (max(sample[field] for sample in samples) for field in (WALL, MEMORY))
    allowed = SECONDS * largest / MAIN
    yield Goal(f"{largest:,} tickets, DuckDB", f"{wall:.1f} s", f"under {allowed:g} s", wall < allowed)
    yield Goal(f"peak memory at {largest:,} tickets", f"{memory:.0f} MB", "under 4 GB", memory < MEGABYTES)
    if len(sizes) > 1:
        times = _each(results, sizes[-1]) / _each(results, sizes[0])
        what = f"processor time a ticket, {sizes[-1]:,} beside {sizes[0]:,}"
        yield Goal(what, f"{times:.2f} ×", f"at most {LINEAR} ×", times <= LINEAR)


def _each(results: Results, rows: int) -> float:
    """Return the microseconds of processor that a ticket costs."""
    seconds: float = median(sample[CPU] for sample in results["samples"][str(rows)])
    return seconds / rows * 1e6


def _sizes(results: Results) -> str:
    lines = [
        "## Sizes",
        "",
        "| tickets | MB of Parquet | seconds | processor, seconds | µs of processor a ticket | peak MB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for rows in sorted(map(int, results["samples"])):
        samples = results["samples"][str(rows)]
        wall, cpu = (median(sample[field] for sample in samples) for field in (WALL, CPU))
        memory = max(sample[MEMORY] for sample in samples)
        cells = (f"{rows:,}", f"{results['megabytes'][str(rows)]:.0f}", f"{wall:.1f}", f"{cpu:.1f}")
        lines.append(f"| {' | '.join(cells)} | {_each(results, rows):.2f} | {memory:.0f} |")
    return "\n".join(lines)
