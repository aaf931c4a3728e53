"""Measure how long sheets take: 1,000 as HTML, 100 as PDF, and the other formats.

Usage: python -m benchmarks.check_sheets [--output FILE] [--rounds N]

The campaigns are generated (``benchmarks/corpus``) and none is broken. Whole processes of ``campaigncheck faq`` are
measured, from start to exit code, with the check of all campaigns. ``python -m benchmarks.write_docs`` shows the results
in docs/sheets-speed.md.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.check_speed import TODAY, machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED, generate
from benchmarks.sheets_page import RESULTS
from benchmarks.timing import Sample, measure

PACKAGES = ("campaigncheck", "jinja2", "weasyprint", "fonttools", "python-docx", "openpyxl")


class Job(NamedTuple):
    """A run: so many campaigns in one format."""

    format: str
    sheets: int
    options: tuple[str, ...] = ()


JOBS = {
    "html": Job("html", 1_000),
    "pdf": Job("pdf", 100),
    "pdf_one_process": Job("pdf", 100, ("--jobs", "1")),
    "markdown": Job("markdown", 1_000),
    "json": Job("json", 1_000),
    "docx": Job("docx", 100),
    "xlsx": Job("xlsx", 100),
}


def command(job: Job) -> tuple[str, ...]:
    """Return the command that makes the sheets."""
    tool = str(Path(sys.executable).with_name("campaigncheck"))
    return (tool, "faq", "campaigns", "-o", f"out-{job.format}", "--format", job.format, "--today", TODAY, *job.options)


def run(base: Path, rounds: int) -> dict[str, Any]:
    """Write the campaigns, and measure every job in turn, so many rounds."""
    for count in sorted({job.sheets for job in JOBS.values()}):
        generate(base / str(count), count, broken=0)
    samples: dict[str, list[Sample]] = {name: [] for name in JOBS}
    for number in range(rounds):
        for name, job in JOBS.items():
            samples[name].append(measure(command(job), base / str(job.sheets)))
            print(f"{number + 1}/{rounds} {name}: {samples[name][-1].wall:.2f} s", file=sys.stderr)
    about = machine()
    about["packages"] = {name: version(name) for name in PACKAGES}
    jobs = {name: {"format": job.format, "count": job.sheets} for name, job in JOBS.items()}
    return {"machine": about, "seed": SEED, "jobs": jobs, "samples": samples}


def main() -> None:
    """Measure, and write the results."""
    given = options("check_sheets", __doc__, RESULTS).parse_args()
    with TemporaryDirectory(prefix="campaigncheck-sheets-") as base:
        results = run(Path(base), given.rounds)
    save(results, given.output)


if __name__ == "__main__":
    main()
