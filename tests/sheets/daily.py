"""Makes daily sheets of small repositories for tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, Run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete
from campaigncheck.sheets.daily.build import build
from campaigncheck.sheets.daily.model import Daily, Line, Unusable
from campaigncheck.sheets.daily.place import find_place

DAY = date(2027, 3, 10)
HALL, OTHER_HALL = "sc-cd-001", "sc-cd-003"
RULES = Path(__file__).parents[2] / "rules"


@cache
def knowledge() -> Knowledge:
    """The catalogues of this repository, its halls among them."""
    return Knowledge.of(RuleFiles.at(RULES))


def files(folder: Path, specs: Mapping[str, str]) -> list[SpecFile]:
    """Write specs, completed and launched unless they say otherwise, with their names as ids."""
    found = []
    for name, text in sorted(specs.items()):
        path = folder / f"{name}.yaml"
        fragment = f"id: {name}\n{text}" if "title:" in text else f"id: {name}\ntitle: {name}\n{text}"
        path.write_text(complete(fragment if "stage:" in text else f"{fragment}stage: launched\n"), encoding="utf-8")
        found.append(SpecFile(str(path), f"campaigns/{name}.yaml", True))
    return found


def checked(given: list[SpecFile], today: date = DAY) -> Run:
    """A run of the SPEC rules only: what is launched and no nonsense passes."""
    return run_with(knowledge(), Job(given, RuleFiles.at(RULES), Selection(("SPEC",)), today))


def daily(
    folder: Path,
    specs: Mapping[str, str],
    where: str = HALL,
    on: date = DAY,
    *,
    today: date | None = None,
    linked: Collection[str] = (),
) -> Daily:
    """The sheet of a repository."""
    done = checked(files(folder, specs), today or on)
    return build(done, find_place(where, done.catalogues), on, today or on, linked)


def ids(lines: Collection[Line | Unusable]) -> list[str]:
    """The ids of campaigns."""
    return [item.line.id if isinstance(item, Unusable) else item.id for item in lines]


def live(sheet: Daily) -> list[str]:
    """The ids of the live campaigns, in order of the sheet."""
    return [card.line.id for card in sheet.cards]


def period(start: str, end: str) -> str:
    """The line of a period in 2027."""
    return f"period: {{start: 2027-{start}, end: 2027-{end}}}\n"
