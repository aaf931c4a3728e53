"""Runs the checker on specs given as text, in a folder of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection

TODAY = date(2026, 12, 1)


def check_specs(
    folder: Path,
    specs: Mapping[str, str],
    *,
    select: tuple[str, ...] = (),
    today: date = TODAY,
    rules: Path | None = None,
    chosen: tuple[str, ...] | None = None,
    waivers: str = "",
) -> Report:
    """Check the specs (name → YAML text) as one repository; ``chosen`` are those asked for (default all).

    ``waivers`` are its exceptions, as YAML.
    """
    files = []
    for name, text in sorted(specs.items()):
        path = folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        files.append(SpecFile(str(path), f"{name}.yaml", chosen is None or name in chosen))
    rule_files = RuleFiles.at(rules)
    exceptions = folder / "waivers.yaml" if waivers else None
    if exceptions is not None:
        exceptions.write_text(waivers, encoding="utf-8", newline="")
    return run_with(knowledge(rule_files), Job(files, rule_files, Selection(select), today, waivers=exceptions)).report


@lru_cache(maxsize=1)
def knowledge(files: RuleFiles) -> Knowledge:
    """Load the built-in catalogues once for many tests; a folder of rules is loaded afresh when it differs."""
    return Knowledge.of(files)


def places(findings: tuple[Finding, ...]) -> list[tuple[str, str, int, int]]:
    """Return (file, rule, line, column) of each finding, in order."""
    return [(_name(item.path), item.rule, item.place.line, item.place.column) for item in findings]


def _name(path: str) -> str:
    """Return the name of a file without its ending; the exceptions' file is shown with its folder."""
    return Path(path).name.removesuffix(".yaml") if path.startswith("/") else path.removesuffix(".yaml")
