"""Measure how long it takes to find ways to run a campaign that clashes, in a portfolio of 2,000.

Usage: python -m benchmarks.check_suggest [--output FILE] [--rounds N]

The portfolio is generated (``benchmarks/corpus``) and crowded: in each region that is looked at as many
campaigns are put in as make every rule about several campaigns speak up. Whole processes are measured, from
start to exit code. ``python -m benchmarks.write_docs`` shows the results in docs/coordination-speed.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.check_speed import TODAY, interleave, machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED, generate
from benchmarks.suggest_page import RESULTS
from benchmarks.timing import measure

COUNT = 2_000
PACKAGES = ("campaigncheck", "ortools", "numpy")
PRODUCTS = ("broadband.300m", "broadband.1000m", "vas.video", "data.monthly-10g", "points.exchange", "roaming.day-pass")
CHANNELS = ("hall, app", "hall, app, sms", "app, sms", "hall", "app, sms, outbound_call")
AUDIENCES = ("brand: 全球通", 'age: "<30"', "broadband: true", 'tenure_months: ">=12"', "network: [4G, 5G]")
FIRST = date(2027, 3, 4)
SPREAD = 200
"""Days over which the campaigns that crowd a region begin."""


class Subject(NamedTuple):
    """A campaign that is looked at: its region, and how many others crowd it."""

    name: str
    region: str
    others: int


SUBJECTS = (
    Subject("city", "510100", 16),
    Subject("province", "440000", 16),
    Subject("country", "000000", 16),
    Subject("crowded", "330000", 60),
)


def crowd(subject: Subject, random: Random) -> Iterator[tuple[str, str]]:
    """Yield the specs of a campaign and of those that crowd its region: name and text."""
    yield (
        f"bench-{subject.name}",
        _spec(f"bench-{subject.name}", subject.region, "draft", FIRST, 45, random, clash=True),
    )
    for number in range(subject.others):
        name = f"bench-{subject.name}-{number:02}"
        start = FIRST + timedelta(days=random.randrange(-SPREAD // 3, SPREAD * 2 // 3))
        yield (
            name,
            _spec(name, subject.region, "approved", start, random.randrange(20, 90), random, clash=number % 2 == 0),
        )


def _spec(name: str, region: str, stage: str, start: date, days: int, random: Random, clash: bool) -> str:
    """Write a spec; one that clashes excludes, and shares its product line and code with the others."""
    product = random.choice(PRODUCTS[:2] if clash else PRODUCTS[2:])
    more = ', excludes: ["broadband.*"], opt_in_code: KD' if clash else ""
    return "\n".join(
        (
            "spec: 1", f"id: {name}", f"title: 测速用的 {name}", f"stage: {stage}",
            f'owner: {{region: "{region}", department: 市场部, contact: bench@example.com}}',
            "themes: [bench]", f"period: {{start: {start}, end: {start + timedelta(days=days)}}}",
            f'regions: {{include: ["{region}"]}}', f"channels: [{random.choice(CHANNELS)}]",
            f"audience: [{{{random.choice(AUDIENCES)}}}]",
            "offers:", f"  - {{id: a, name: 体验, product: {product}, kind: trial{more}}}", "",
        )
    )  # fmt: skip


def prepare(folder: Path) -> None:
    """Write the portfolio."""
    generate(folder, COUNT)
    into = folder / "campaigns" / "bench"
    into.mkdir()
    for subject in SUBJECTS:
        for name, text in crowd(subject, Random(f"{SEED}/{subject.name}")):
            (into / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")


def command(subject: Subject) -> tuple[str, ...]:
    """Return the command that looks for ways to run a campaign."""
    tool = str(Path(sys.executable).with_name("campaigncheck"))
    return (tool, "suggest", f"bench-{subject.name}", "--today", TODAY, "--format", "json")


def outcome(subject: Subject, folder: Path) -> dict[str, Any]:
    """Return how many rules stand in the way of a campaign, and how many ways were found."""
    done = subprocess.run(command(subject), cwd=folder, capture_output=True, encoding="utf-8", check=False)
    advice = json.loads(done.stdout)
    rules = sorted({finding["rule"] for finding in advice["in_the_way"]})
    return {"others": subject.others, "rules": rules, "suggestions": len(advice["suggestions"])}


def run(base: Path, rounds: int) -> dict[str, Any]:
    """Write the portfolio and measure every campaign in turn, so many times."""
    folder = base / "portfolio"
    prepare(folder)
    measure(command(SUBJECTS[0]), folder)  # compiles modules, warms the page cache
    samples = interleave({subject.name: command(subject) for subject in SUBJECTS}, folder, rounds)
    about = machine()
    about["packages"] = {name: version(name) for name in PACKAGES}
    found = {subject.name: outcome(subject, folder) for subject in SUBJECTS}
    return {"machine": about, "seed": SEED, "campaigns": COUNT, "found": found, "samples": samples}


def main() -> None:
    """Measure, and write the results."""
    given = options("check_suggest", __doc__, RESULTS).parse_args()
    with TemporaryDirectory(prefix="campaigncheck-suggest-") as base:
        results = run(Path(base), given.rounds)
    save(results, given.output)


if __name__ == "__main__":
    main()
