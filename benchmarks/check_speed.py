"""Measure how fast campaigncheck is, beside the parse alone and beside its peers.

Usage: python -m benchmarks.check_speed [--output FILE] [--pairs N] [--counts 1000,10000,20000]

Whole processes are measured, in a folder that holds nothing but the generated repository. Runs that
are compared are interleaved (A B A B …), so that whatever else the machine does falls on both. The
results go to a JSON file; ``python -m benchmarks.write_docs`` makes docs/performance.md of it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.command import save
from benchmarks.corpus.__main__ import BROKEN, SEED, generate
from benchmarks.timing import Sample, measure

RESULTS = Path(__file__).with_name("results.json")
SCHEMA = Path(__file__).resolve().parents[1] / "docs" / "schemas" / "campaign.schema.json"
PARSE_ALONE = Path(__file__).with_name("parse_alone.py")
TODAY = "2026-12-01"
COUNTS = (1_000, 10_000, 20_000)
PEER_COUNT = 1_000
SENTENCES = ("LANG002", "LANG004", "LANG005", "LANG006", "FAQ003", "FAQ004")
"""The rules that read every sentence; they have a target of their own."""
STARTS = 11
PACKAGES = (
    "campaigncheck", "PyYAML", "pydantic", "numpy", "daachorse", "click", "rich", "check-jsonschema", "yamllint",
)  # fmt: skip

Command = Sequence[str]


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def check(folder: Path, *options: str) -> Command:
    """Return the command that checks the repository in a folder."""
    report = f"json:{folder / 'report.json'}"
    return (_tool("campaigncheck"), "check", "campaigns", "--today", TODAY, "--format", report, "--no-cache", *options)


def parse_alone(*what: str) -> Command:
    """Return the command that only parses."""
    return (sys.executable, str(PARSE_ALONE), "campaigns", *what)


def interleave(commands: dict[str, Command], folder: Path, rounds: int) -> dict[str, list[Sample]]:
    """Run each command in turn, so many rounds."""
    samples: dict[str, list[Sample]] = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            samples[name].append(measure(command, folder))
            print(f"{folder.name} {number + 1}/{rounds} {name}: {samples[name][-1].wall:.2f} s", file=sys.stderr)
    return samples


def sized(folder: Path, pairs: int) -> dict[str, list[Sample]]:
    """Measure the parse alone, by PyYAML and by campaigncheck, and the check: whole, by two processes, with fewer rules."""
    commands = {
        "parse": parse_alone(),
        "check": check(folder),
        "values": parse_alone("values"),
        "check_jobs_2": check(folder, "--jobs", "2"),
        "road": check(folder, "--ignore", ",".join(SENTENCES)),
        "no_words": check(folder, "--ignore", "LANG,FAQ"),
    }
    return interleave(commands, folder, pairs)


def peers(folder: Path, pairs: int) -> dict[str, list[Sample]]:
    """Measure the check beside tools that do part of it, on the same files."""
    specs = [str(file.relative_to(folder)) for file in sorted((folder / "campaigns").rglob("*.yaml"))]
    commands = {
        "check": check(folder),
        "check_jsonschema": (_tool("check-jsonschema"), "--schemafile", str(SCHEMA), *specs),
        "yamllint": (_tool("yamllint"), "-d", "relaxed", "campaigns"),
    }
    return interleave(commands, folder, pairs)


def starts(folder: Path) -> dict[str, list[Sample]]:
    """Measure what a person waits for: one spec, and the help."""
    commands = {"one_spec": check(folder), "help": (_tool("campaigncheck"), "--help")}
    return interleave(commands, folder, STARTS)


def size(folder: Path) -> dict[str, int]:
    """Return how many specs there are, with how many lines and bytes."""
    texts = [file.read_bytes() for file in (folder / "campaigns").rglob("*.yaml")]
    return {"specs": len(texts), "lines": sum(text.count(b"\n") for text in texts), "bytes": sum(map(len, texts))}


def machine() -> dict[str, Any]:
    """Describe the machine without naming it."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": {name: version(name) for name in PACKAGES},
        "date": date.today().isoformat(),
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def run(base: Path, counts: Sequence[int], pairs: int) -> dict[str, Any]:
    """Generate the repositories and measure everything."""
    results: dict[str, Any] = {
        "machine": machine(),
        "corpus": {"seed": SEED, "broken": BROKEN, "sizes": {}},
        "sizes": {},
    }
    for count in (1, PEER_COUNT, *counts):
        folder = base / str(count)
        if not folder.exists():
            generate(folder, count)
            results["corpus"]["sizes"][str(count)] = size(folder)
    measure(check(base / str(PEER_COUNT)), base / str(PEER_COUNT))  # compiles modules, warms the page cache
    results["starts"] = starts(base / "1")
    results["peers"] = peers(base / str(PEER_COUNT), pairs)
    for count in counts:
        results["sizes"][str(count)] = sized(base / str(count), pairs)
    return results


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check_speed", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--output", type=Path, default=RESULTS, metavar="FILE", help="where the results go (%(default)s)"
    )
    parser.add_argument(
        "--pairs", type=int, default=3, metavar="N", help="rounds of runs that are compared (%(default)s)"
    )
    parser.add_argument("--counts", default=",".join(map(str, COUNTS)), metavar="N,…", help="sizes (%(default)s)")
    return parser.parse_args()


def main() -> None:
    """Measure, and write the results."""
    given = _arguments()
    with TemporaryDirectory(prefix="campaigncheck-speed-") as base:
        results = run(Path(base), [int(count) for count in given.counts.split(",")], given.pairs)
    save(results, given.output)


if __name__ == "__main__":
    main()
