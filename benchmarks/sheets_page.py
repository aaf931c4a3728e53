"""Turns the results of ``check_sheets`` into docs/sheets-speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).with_name("sheets.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "sheets-speed.md"
LIMITS = {"html": 20, "pdf": 60}
"""Seconds that 1,000 HTML sheets and 100 PDFs may take."""

WALL, CPU, MEMORY = range(3)
_NAMES = {
    "html": "HTML",
    "pdf": "PDF",
    "pdf_one_process": "PDF, `--jobs 1`",
    "markdown": "Markdown",
    "json": "JSON",
    "docx": "Word",
    "xlsx": "Excel",
}

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    opening = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# How long sheets take",
        "",
        "Whole processes of `campaigncheck faq`, from start to exit code, with the check of all campaigns. Figures are",
        "medians; the slowest run counts for the targets.",
        "",
        *circumstances(
            results["machine"], f"generated campaigns (`benchmarks/corpus`, seed {results['seed']}), none broken."
        ),
    ]
    closing = [
        "## Measure again",
        "",
        "```",
        "pip install -e '.[bench]'",
        "python -m benchmarks.check_sheets",
        "python -m benchmarks.write_docs",
        "```",
    ]
    parts = ("\n".join(opening), targets(goals(results)), _formats(results), "\n".join(closing))
    return "\n\n".join(parts) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield every target with what was measured."""
    for name, limit in LIMITS.items():
        slowest = max(sample[WALL] for sample in results["samples"][name])
        what = f"{results['jobs'][name]['count']:,} sheets as {_NAMES[name]}"
        yield Goal(what, f"{slowest:.1f} s", f"under {limit} s", slowest < limit)


def _formats(results: Results) -> str:
    lines = [
        "## Formats",
        "",
        "| format | sheets | seconds | ms a sheet | processor, seconds | peak MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, title in _NAMES.items():
        count, samples = results["jobs"][name]["count"], results["samples"][name]
        wall, cpu = (median(sample[field] for sample in samples) for field in (WALL, CPU))
        memory = max(sample[MEMORY] for sample in samples)
        cells = (title, f"{count:,}", f"{wall:.1f}", f"{wall / count * 1000:.0f}", f"{cpu:.1f}", f"{memory:.0f}")
        lines.append(f"| {' | '.join(cells)} |")
    note = (
        "Memory is that of the largest process. Start and check are in the figures, and weigh most on the small runs."
    )
    return "\n".join((*lines, "", note))
