"""Makes docs/language-speed.md of the results of ``python -m benchmarks.check_words``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parts import Goal, circumstances, targets

PAGE = Path(__file__).resolve().parents[2] / "docs" / "language-speed.md"
RESULTS = Path(__file__).resolve().parents[1] / "words.json"
SECONDS, TIMES, GROWTH = 10, 20, 1.2
WALL = 0

Results = dict[str, Any]


def _seconds(samples: list[list[float]]) -> float:
    return median(sample[WALL] for sample in samples)


def goals(results: Results) -> Iterator[Goal]:
    """Yield the targets with what was measured."""
    sizes, peer = results["sizes"], results["peer"]
    cost = _seconds(sizes["with"]) - _seconds(sizes["without"])
    what = f"all rules about language and FAQ on {results['specs']:,} specs, {peer['terms']:,} terms, one process"
    yield Goal(what, f"{cost:.1f} s", f"under {SECONDS} s", cost < SECONDS)
    times = _seconds(peer["samples"]["textlint"]) / _seconds(peer["samples"]["check"])
    what = f"textlint with a rule for each of {peer['terms']:,} terms, on the same texts"
    yield Goal(what, f"{times:.0f} × as long", f"at least {TIMES} ×", times >= TIMES)
    spans = [_seconds(samples) for name, samples in sizes.items() if name.isdigit()]
    growth = max(spans) / min(spans)
    yield Goal(
        "the slowest size of the lexicon, beside the quickest",
        f"{growth:.2f} ×",
        f"at most {GROWTH} ×",
        growth <= GROWTH,
    )


_OPENING = (
    "<!-- written by python -m benchmarks.write_docs; do not edit -->",
    "# How fast the rules about language and FAQ are",
    "",
    "Whole processes, from start to exit code; medians of interleaved runs.",
    "",
)
_CLOSING = (
    "",
    "## Measure again",
    "",
    "```",
    "npm install textlint textlint-rule-prh   # in a folder of its own",
    "python -m benchmarks.check_words --textlint FOLDER",
    "python -m benchmarks.write_docs",
    "```",
    "",
)


def page(results: Results) -> str:
    """Return the whole page."""
    sizes, peer = results["sizes"], results["peer"]
    data = (
        f"generated campaigns (`benchmarks/corpus`, seed {results['seed']}) without faults; "
        f"the {peer['specs']:,} for textlint have {peer['characters']:,} characters that customers read."
    )
    lines = [*_OPENING, *circumstances(results["machine"], data), "", targets(goals(results)), "", "## Figures", ""]
    lines += ["| terms in the lexicon | specs | rules of LANG and FAQ alone, s |", "|---:|---:|---:|"]
    lines += [
        f"| {int(name):,} | {results['specs']:,} | {_seconds(samples):.2f} |"
        for name, samples in sizes.items()
        if name.isdigit()
    ]
    lines += ["", f"With all rules it takes {_seconds(sizes['with']):.2f} s, without those of LANG and FAQ "]
    lines[-1] += f"{_seconds(sizes['without']):.2f} s ({peer['terms']:,} terms)."
    took = {name: _seconds(samples) for name, samples in peer["samples"].items()}
    lines += [
        "",
        f"textlint took {took['textlint']:.1f} s for {peer['specs']:,} texts, campaigncheck {took['check']:.2f} s for the specs that they",
        "are from, with the parsing and all rules of LANG and FAQ; textlint looked for the terms alone",
        f"and found {peer['found']:,}, for it knows neither longer words nor explanations.",
    ]
    return "\n".join((*lines, *_CLOSING))
