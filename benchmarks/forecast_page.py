"""Turns the results of ``forecast_speed`` into docs/forecast-speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from textwrap import fill
from typing import Any

from benchmarks.parts import WIDTH, Goal, circumstances, targets

RESULTS = Path(__file__).with_name("forecast.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "forecast-speed.md"
HALLS = 30_000
DAYS = 90
CAMPAIGNS = 2_000
JOBS = 2
SECONDS = 60
MEGABYTES = 6_000

WALL, CPU = range(2)

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    opening = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# How long a national forecast takes",
        "",
        f"Whole processes of `campaigncheck forecast -o` with {JOBS} processes, from start to exit code: reading the network and",
        "the campaigns, who comes where, waits of every hall, day, hour and class with and without the campaigns, and writing a",
        "row for each. Figures are medians; the slowest run counts for the targets. Memory is that of a run of its own.",
        "",
        *circumstances(results["machine"], _data(results)),
    ]
    closing = [
        "## Measure again",
        "",
        "```",
        "pip install -e '.[bench]'",
        "python -m benchmarks.forecast_speed",
        "python -m benchmarks.write_docs",
        "```",
    ]
    parts = ("\n".join(opening), targets(goals(results)), _sizes(results), _exact(results), "\n".join(closing))
    return "\n\n".join(parts) + "\n"


def _data(results: Results) -> str:
    shares = sorted(results["brought"].values())
    return (
        f"made-up halls of 2 to 8 counters, evenly over all cities, open from 9 to 19 (`benchmarks/forecast_speed.py`, seed "
        f"{results['seed']}); {CAMPAIGNS:,} campaigns of `benchmarks/corpus` that draw people to halls within the {DAYS} days. "
        f"For {HALLS:,} halls {results['times']} times as many people come as the corpus says, in smaller networks in proportion: "
        f"{_span(shares)} more than always come."
    )


def _span(shares: list[float]) -> str:
    low, high = f"{shares[0]:.1%}", f"{shares[-1]:.1%}"
    return low if low == high else f"{low} to {high}"


def goals(results: Results) -> Iterator[Goal]:
    """Yield both targets with what was measured; a size that was not run is judged by the largest that was."""
    largest = max(map(int, results["samples"]))
    wall = max(sample[WALL] for sample in results["samples"][str(largest)])
    memory = results["memory"][str(largest)]
    allowed = SECONDS * largest / HALLS
    what = f"{largest:,} halls × {DAYS} days × 10 hours × 2 classes, {CAMPAIGNS:,} campaigns, {JOBS} processes"
    yield Goal(what, f"{wall:.1f} s", f"under {allowed:g} s", wall < allowed)
    yield Goal("peak memory of all processes together", f"{memory:,.0f} MB", "under 6 GB", memory < MEGABYTES)


def _sizes(results: Results) -> str:
    lines = [
        "## Sizes",
        "",
        "| halls | days of halls with campaigns | rows | MB of Parquet | seconds | processor, seconds | peak MB, all processes |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for halls in sorted(map(int, results["samples"])):
        samples, found = results["samples"][str(halls)], results["written"][str(halls)]
        wall, cpu = (median(sample[field] for sample in samples) for field in (WALL, CPU))
        memory = results["memory"][str(halls)]
        cells = (
            f"{halls:,}", f"{found['days']:,}", f"{found['rows']:,}", f"{results['megabytes'][str(halls)]:.0f}",
            f"{wall:.1f}", f"{cpu:.1f}", f"{memory:,.0f}",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _exact(results: Results) -> str:
    lines = [
        "## Where the exact method is needed",
        "",
        *fill(
            "Days on which the quick look leaves no doubt are not worked out exactly, nor are those of halls whose worst day keeps "
            "its promises (docs/waiting.md says how near the quick look comes).",
            WIDTH,
        ).splitlines(),
        "",
        "| halls | days worked out exactly | of all | promises that break | of these because of the campaigns |",
        "|---:|---:|---:|---:|---:|",
    ]
    for halls in sorted(map(int, results["written"])):
        found = results["written"][str(halls)]
        share = found["exact"] / max(found["days"], 1)
        cells = (f"{halls:,}", f"{found['exact']:,}", f"{share:.2%}", f"{found['broken']:,}", f"{found['caused']:,}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
