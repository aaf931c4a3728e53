"""Measure how long workbooks take: 500 imported, one checked, one exported.

Usage: python -m benchmarks.workbook_speed [--output FILE] [--rounds N]

The campaigns are generated (``benchmarks/corpus``), none is broken, and each is made a workbook beforehand. Whole processes
are measured, from start to exit code. ``python -m benchmarks.write_docs`` shows the results in docs/workbook-speed.md.
"""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.check_speed import TODAY, machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED, generate
from benchmarks.timing import Sample, measure
from benchmarks.workbook_page import COUNT, RESULTS
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.source.document import load
from campaigncheck.workbook.write import write_template

PACKAGES = ("campaigncheck", "openpyxl", "pyyaml", "pydantic")
TOOL = str(Path(sys.executable).with_name("campaigncheck"))
COMMANDS = {
    "import": ("import", "books", "-o", "new", "--force"),
    "import_two": ("import", "books", "-o", "new", "--force", "--jobs", "2"),
    "check": ("check", "one.xlsx", "--today", TODAY),
    "export": ("export", "one.yaml", "-o", "out.xlsx", "--force"),
}


def prepare(folder: Path) -> int:
    """Write the workbooks of so many campaigns; return the bytes of all."""
    generate(folder, COUNT, broken=0)
    catalogues = load_catalogues(RuleFiles.at(folder / "rules"))
    books = folder / "books"
    books.mkdir()
    for path in sorted((folder / "campaigns").rglob("*.yaml")):
        values, _, _ = load(str(path), path.name)
        (books / f"{path.stem}.xlsx").write_bytes(write_template(catalogues, "zh", values))
        shutil.copy(path, folder / "one.yaml")
        shutil.copy(books / f"{path.stem}.xlsx", folder / "one.xlsx")
    shutil.rmtree(folder / "campaigns")
    return sum(path.stat().st_size for path in books.iterdir())


def run(folder: Path, rounds: int) -> dict[str, Any]:
    """Measure every command in turn, so many rounds."""
    size = prepare(folder)
    samples: dict[str, list[Sample]] = {name: [] for name in COMMANDS}
    for number in range(rounds):
        for name, arguments in COMMANDS.items():
            shutil.rmtree(folder / "new", ignore_errors=True)
            samples[name].append(measure((TOOL, *arguments), folder))
            print(f"{number + 1}/{rounds} {name}: {samples[name][-1].wall:.2f} s", file=sys.stderr)
    about = machine()
    about["packages"] = {name: version(name) for name in PACKAGES}
    return {"machine": about, "seed": SEED, "bytes": size, "samples": samples}


def main() -> None:
    """Measure, and write the results."""
    given = options("workbook_speed", __doc__, RESULTS).parse_args()
    with TemporaryDirectory(prefix="campaigncheck-workbooks-") as base:
        results = run(Path(base), given.rounds)
    save(results, given.output)


if __name__ == "__main__":
    main()
