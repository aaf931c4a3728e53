"""Repositories of a few campaigns, and the calendars made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from campaigncheck.calendar.load import Loaded, read_all
from campaigncheck.calendar.model import Calendar, build
from campaigncheck.calendar.wanted import Wanted, known
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.engine.repository import SpecFile
from campaigncheck.rulekit.sample import complete

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2027, 8, 15)


@cache
def catalogues() -> Catalogues:
    """The built-in catalogues."""
    return load_catalogues(RuleFiles.at(None))


def write_specs(folder: Path, specs: Mapping[str, str]) -> list[SpecFile]:
    """Write specs, completed and with their names as ids, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, text in sorted(specs.items()):
        path = folder / f"{name}.yaml"
        fragment = text if text.startswith("id:") else f"id: {name}\n{text}"
        path.write_text(complete(fragment), encoding="utf-8")
        files.append(SpecFile(str(path), f"campaigns/{name}.yaml", True))
    return files


def loaded(folder: Path, specs: Mapping[str, str]) -> Loaded:
    """What is read of some specs."""
    return read_all(write_specs(folder, specs), catalogues(), lambda done: None)


def calendar(given: Loaded, wanted: Wanted | None = None, today: date = TODAY) -> Calendar:
    """The calendar of what was read."""
    return build(given, known(wanted or Wanted(), catalogues(), given.rows), catalogues(), today)


def made(folder: Path, specs: Mapping[str, str], wanted: Wanted | None = None, today: date = TODAY) -> Calendar:
    """The calendar of some specs."""
    return calendar(loaded(folder, specs), wanted, today)


def golden(wanted: Wanted | None = None) -> Calendar:
    """The calendar of the repository whose outputs are kept."""
    paths = sorted((GOLDEN / "campaigns").glob("*.yaml"))
    files = [SpecFile(str(path), f"campaigns/{path.name}", True) for path in paths]
    return calendar(read_all(files, catalogues(), lambda done: None), wanted)
