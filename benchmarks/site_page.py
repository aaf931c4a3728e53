"""Turns the results of ``site_speed`` into docs/site-speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal, circumstances, targets

RESULTS = Path(__file__).with_name("site.json")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "site-speed.md"
SECONDS, MEGABYTES, FIRST, SEARCH = 60.0, 60.0, 300.0, 50.0
WALL, MEMORY = 0, 2

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    opening = [
        "<!-- written by python -m benchmarks.write_docs; do not edit -->",
        "# How fast the site is",
        "",
        "Whole processes of `campaigncheck site`, and what Chromium tells of the site opened from a folder. The search runs over",
        "the questions of the site; where these are fewer than 30,000 they are repeated with other figures, so that no two texts",
        "are equal. Figures are medians.",
        "",
        *circumstances(results["machine"], f"generated campaigns (`benchmarks/corpus`, seed {results['seed']})."),
    ]
    closing = [
        "None of the generated campaigns is launched. A campaign that customers can get has a guided script, too: about 40 kB",
        "more in each language.",
        "",
        "## Measure again",
        "",
        "```",
        "pip install -e '.[bench]'",
        "python -m benchmarks.site_speed",
        "python -m benchmarks.write_docs",
        "```",
    ]
    parts = ("\n".join(opening), targets(goals(results)), _more(results), _searches(results), "\n".join(closing))
    return "\n\n".join(parts) + "\n"


def goals(results: Results) -> Iterator[Goal]:
    """Yield the targets with what was measured."""
    size, wall = results["size"], _median(results, WALL)
    count = f"{results['count']:,} campaigns"
    yield Goal(f"{count}, both languages", f"{wall:.1f} s", f"under {SECONDS:g} s", wall < SECONDS)
    yield Goal("size of that site", f"{size['mb']:.1f} MB", f"under {MEGABYTES:g} MB", size["mb"] < MEGABYTES)
    kilobytes = size["first_kb"]
    yield Goal("first page before charts", f"{kilobytes:.0f} kB", f"under {FIRST:g} kB", kilobytes < FIRST)
    slowest = max(middle for middle, _ in results["searched_ms"].values())
    what = f"slowest question among {results['questions']:,}"
    yield Goal(what, f"{slowest:.0f} ms", f"under {SEARCH:g} ms", slowest < SEARCH)


def _more(results: Results) -> str:
    size, page = results["size"], results["page"]
    return "\n".join((
        "## More figures",
        "",
        "| what | measured |",
        "|---|---:|",
        f"| memory while the site is made | {_median(results, MEMORY):.0f} MB |",
        f"| pages | {size['pages']:,} |",
        f"| search index, loaded when the search field is first used | {size['index_mb']:.1f} MB |",
        f"| first page can be used | {page['interactive_ms']:.0f} ms |",
        f"| first page is complete, with its charts | {page['loaded_ms']:.0f} ms |",
        f"| search made ready ({results['texts']:,} texts) | {results['prepared_ms']:.0f} ms |",
    ))  # fmt: skip


def _searches(results: Results) -> str:
    rows = [
        f"| {query} | {middle:.1f} ms | {most:.1f} ms |" for query, (middle, most) in results["searched_ms"].items()
    ]
    return "\n".join(("## Search", "", "| typed | median | slowest |", "|---|---:|---:|", *rows))


def _median(results: Results, field: int) -> float:
    return float(median(sample[field] for sample in results["made"]))
