"""Write docs/performance.md, coordination-speed.md, language.md, language-speed.md, sheets-speed.md, calibration-speed.md,
forecast-speed.md, waiting.md, custom-rules-speed.md, daily-speed.md and workbook-speed.md from the results of the measurements.

Those are made by ``python -m benchmarks.check_speed``, ``check_coordination``, ``check_suggest``, ``language``,
``check_sheets``, ``calibrate_speed``, ``forecast_speed``, ``waiting_accuracy``, ``custom_rules``, ``daily_speed``
and ``workbook_speed``.

Usage: python -m benchmarks.write_docs [--check]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import calibrate_page as calibration
from benchmarks import custom_rules_page as own_rules
from benchmarks import daily_page as daily
from benchmarks import forecast_page as forecast
from benchmarks import sheets_page as sheets
from benchmarks import site_page as site
from benchmarks import waiting_page as waiting
from benchmarks import workbook_page as workbook
from benchmarks.language import page as language
from benchmarks.language import speed as words
from benchmarks.national import page as coordination
from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).with_name("results.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
WALL, CPU, MEMORY = range(3)
MAIN = "10000"
LINEAR = 1.2
"""Time is called linear if a further spec costs at most this many times as much in the larger half of the range."""

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    parts = (
        _opening(results),
        targets(goals(results)),
        _sizes(results),
        _growth(results),
        _peers(results),
        _starts(results),
        _closing(),
    )
    return "\n\n".join(parts) + "\n"


def _opening(results: Results) -> str:
    return "\n".join(
        (
            "<!-- written by python -m benchmarks.write_docs; do not edit -->",
            "# Performance",
            "",
            "Whole processes, from start to exit code, with everything a user pays for: starting Python, loading the",
            "catalogues, all rules, the comparison of all campaigns with each other, and the JSON report. The yardstick",
            "is the parse alone: a script that reads the same files and composes them with PyYAML's C loader, and does",
            "nothing else. Runs that are compared are interleaved, ratios are taken pair by pair, figures are medians.",
            "",
            *circumstances(results["machine"], _data(results["corpus"])),
        )
    )  # fmt: skip


def _data(corpus: dict[str, Any]) -> str:
    main = corpus["sizes"][MAIN]
    lines, kilobytes = main["lines"] / main["specs"], main["bytes"] / main["specs"] / 1000
    return (
        f"generated campaigns (`benchmarks/corpus`, seed {corpus['seed']}), on average {lines:.0f} lines and "
        f"{kilobytes:.1f} kB each, ten questions and more, in block and flow style, spread over the country's cities "
        f"and two years; {corpus['broken']:.0%} have a real problem, the others pass."
    )


def goals(results: Results) -> Iterator[Goal]:
    """Yield every target with what was measured."""
    runs, peers, starts = results["sizes"][MAIN], results["peers"], results["starts"]
    wall, cpu = ratio(runs, "road", "parse", WALL), ratio(runs, "road", "parse", CPU)
    shown = f"{wall:.2f} × (processor time {cpu:.2f} ×)"
    what = "10,000 specs, one process, beside the parse alone, without the rules that read every sentence"
    yield Goal(what, shown, "at most 1.5 ×", max(wall, cpu) <= 1.5)
    yield Goal("the same, aim", shown, "1.0 ×", max(wall, cpu) <= 1.0)
    words = _median(runs["check"], WALL) - _median(runs["no_words"], WALL)
    yield Goal("all rules about language and FAQ on 10,000 specs, one core", f"{words:.1f} s", "under 10 s", words < 10)
    memory = max(sample[MEMORY] for sample in runs["check"])
    yield Goal("peak memory at 10,000 specs", f"{memory:.0f} MB", "under 1 GB", memory < 1000)
    growth = slope(results, "check")
    yield Goal(
        "growth from 1,000 to 20,000: cost of a further spec, upper half to lower",
        f"{growth:.2f} ×",
        f"linear (at most {LINEAR} ×)",
        growth <= LINEAR,
    )
    one, help_ = (median(sample[WALL] for sample in starts[name]) for name in ("one_spec", "help"))
    yield Goal("one spec", f"{one:.2f} s", "under 0.5 s", one < 0.5)
    yield Goal("`campaigncheck --help`", f"{help_:.2f} s", "under 0.2 s", help_ < 0.2)
    for name, title in (("check_jsonschema", "check-jsonschema"), ("yamllint", "yamllint")):
        times = ratio(peers, name, "check", WALL)
        yield Goal(f"{title} on 1,000 of the files", f"{times:.1f} × as long", "at least 5 ×", times >= 5)


def ratio(runs: dict[str, list[list[float]]], upper: str, lower: str, field: int) -> float:
    """Return the median of the ratios of runs that followed each other."""
    return median(one[field] / other[field] for one, other in zip(runs[upper], runs[lower], strict=True))


def slope(results: Results, name: str) -> float:
    """Return what a further spec costs between the two largest sizes, by what it costs between the two smallest."""
    counts = sorted(map(int, results["sizes"]))
    seconds = {count: _median(results["sizes"][str(count)][name], CPU) for count in counts}
    steps = [(seconds[high] - seconds[low]) / (high - low) for low, high in pairwise(counts)]
    return steps[-1] / steps[0]


def _median(samples: list[list[float]], field: int) -> float:
    return median(sample[field] for sample in samples)


_NAMES = {
    "parse": "parse alone (PyYAML composing)",
    "values": "campaigncheck's loader alone",
    "check": "check, one process, all rules",
    "road": "check without LANG002, LANG004, LANG005, LANG006, FAQ003, FAQ004 (which read every sentence)",
    "no_words": "check without LANG and FAQ",
    "check_jobs_2": "check, `--jobs 2`",
}


def _sizes(results: Results) -> str:
    lines = [
        "## Checking a repository",
        "",
        "| specs | run | seconds | processor | peak MB | of the parse, pair by pair |",
        "|---:|---|---:|---:|---:|---|",
    ]
    for count, runs in results["sizes"].items():
        for name, title in _NAMES.items():
            wall, cpu, memory = (_median(runs[name], field) for field in (WALL, CPU, MEMORY))
            beside = "" if name == "parse" else _beside(runs, name)
            lines.append(f"| {int(count):,} | {title} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {beside} |")
    note = "Memory is that of the largest process; with two workers the sum is larger."
    return "\n".join((*lines, "", note))


def _beside(runs: dict[str, list[list[float]]], name: str) -> str:
    pairs = zip(runs[name], runs["parse"], strict=True)
    return ", ".join(f"{one[WALL] / other[WALL]:.2f}" for one, other in pairs)


def _growth(results: Results) -> str:
    lines = ["## Growth", "", "| specs | check, ms a spec | parse alone, ms a spec |", "|---:|---:|---:|"]
    for count, runs in results["sizes"].items():
        cells = (f"{_median(runs[name], CPU) / int(count) * 1000:.3f}" for name in ("check", "parse"))
        lines.append(f"| {int(count):,} | {' | '.join(cells)} |")
    note = (
        "Processor time. Start-up weighs most on the smallest repository. Cities and days stay the same, so a larger\n"
        "repository is also a denser one, in which each campaign meets more others."
    )
    return "\n".join((*lines, "", note))


def _peers(results: Results) -> str:
    titles = {
        "check": "campaigncheck check (everything)",
        "check_jsonschema": "check-jsonschema (the schema alone)",
        "yamllint": "yamllint -d relaxed (the form of the YAML alone)",
    }
    lines = [
        "## Beside other tools",
        "",
        "On 1,000 of the same files.",
        "",
        "| tool | seconds | ms a file | of campaigncheck |",
        "|---|---:|---:|---:|",
    ]
    for name, title in titles.items():
        wall = _median(results["peers"][name], WALL)
        times = ratio(results["peers"], name, "check", WALL)
        lines.append(f"| {title} | {wall:.2f} | {wall:.2f} | {times:.1f} × |")
    return "\n".join(lines)


def _starts(results: Results) -> str:
    lines = ["## Start", "", "| run | median s | slowest s |", "|---|---:|---:|"]
    for name, title in (("one_spec", "check of one spec"), ("help", "`campaigncheck --help`")):
        walls = [sample[WALL] for sample in results["starts"][name]]
        lines.append(f"| {title} | {median(walls):.3f} | {max(walls):.3f} |")
    return "\n".join(lines)


def _closing() -> str:
    return "\n".join(
        (
            "## Measure again",
            "",
            "```",
            "pip install -e '.[bench]'",
            "python -m benchmarks.check_speed",
            "python -m benchmarks.write_docs",
            "```",
        )
    )


def main() -> int:
    """Write the pages, or say whether they are what the results make them."""
    pages = {
        PAGE: page(_read(RESULTS)),
        coordination.PAGE: coordination.page(_read(coordination.RESULTS)),
        language.PAGE: language.page(language.read()),
        sheets.PAGE: sheets.page(_read(sheets.RESULTS)),
        calibration.PAGE: calibration.page(_read(calibration.RESULTS)),
        forecast.PAGE: forecast.page(_read(forecast.RESULTS)),
        words.PAGE: words.page(_read(words.RESULTS)),
        waiting.PAGE: waiting.page(_read(waiting.RESULTS)),
        own_rules.PAGE: own_rules.page(_read(own_rules.RESULTS)),
        daily.PAGE: daily.page(_read(daily.RESULTS)),
        site.PAGE: site.page(_read(site.RESULTS)),
        workbook.PAGE: workbook.page(_read(workbook.RESULTS)),
    }
    if "--check" in sys.argv[1:]:
        return int(any(not file.is_file() or file.read_text(encoding="utf-8") != text for file, text in pages.items()))
    for file, text in pages.items():
        file.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _read(file: Path) -> Results:
    results: Results = json.loads(file.read_text(encoding="utf-8"))
    return results


if __name__ == "__main__":
    sys.exit(main())
