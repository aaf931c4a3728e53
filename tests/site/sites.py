"""Sites of a few campaigns, built in memory, and what is found on their pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Lang
from campaigncheck.rulekit.sample import complete
from campaigncheck.site.build import build
from campaigncheck.site.clearances import standings
from campaigncheck.site.earlier import Earlier
from campaigncheck.site.model import Given, Site, gather
from campaigncheck.site.pages import FOLDERS

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 12, 1)
EARLIER = tuple(
    Earlier(
        date(2026, month, 1),
        {"campaigns": 28, "pass": 20 + month, "blocked": 8 - month % 5, "invalid": 0, "errors": 45, "warnings": 7,
         "notes": 0, "waived": 0},
    )
    for month in (9, 10, 11)
)  # fmt: skip


@cache
def knowledge(rules: Path | None) -> Knowledge:
    """The catalogues of a folder; None for the built-in ones."""
    return Knowledge.of(RuleFiles.at(rules), TABLES)


def site_of(
    specs: list[SpecFile], rules: Path | None, earlier: tuple[Earlier, ...] = (), waivers: Path | None = None
) -> Site:
    """The site of some specs; its clearances are those of the repository."""
    job = Job(specs, RuleFiles.at(rules), Selection(), TODAY, waivers=waivers)
    done = run_with(knowledge(rules), job)
    asked = frozenset(outcome.id for outcome in done.report.outcomes)
    return gather(done, TODAY, Given(standings(knowledge(rules), job, asked, ROOT / "clearances"), earlier))


@cache
def examples() -> Site:
    """The site of the examples, with those that are blocked and a trend."""
    files = [
        *sorted((ROOT / "campaigns").rglob("*.yaml")),
        *sorted((ROOT / "docs" / "examples" / "blocked").glob("*.yaml")),
    ]
    specs = [SpecFile(str(file), file.relative_to(ROOT).as_posix(), True) for file in files]
    return site_of(specs, ROOT / "rules", EARLIER)


@cache
def built() -> dict[str, bytes]:
    """The files of that site."""
    return build(examples())


def written(folder: Path, specs: Mapping[str, str | dict[str, Any]]) -> list[SpecFile]:
    """Specs written to a folder, each under its name: fragments are completed, values are written as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, (name, given) in enumerate(specs.items()):
        text = complete(given) if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
        file = folder / f"{number}.yaml"
        file.write_text(text, encoding="utf-8")
        found.append(SpecFile(str(file), f"campaigns/{name}", True))
    return found


def page(made: Mapping[str, bytes], path: str, lang: Lang = "zh") -> lxml.html.HtmlElement:
    """A page of a site, taken apart."""
    return lxml.html.document_fromstring(made[FOLDERS[lang] + path].decode("utf-8"))


def pages(made: Mapping[str, bytes]) -> list[str]:
    """The paths of all pages."""
    return sorted(path for path in made if path.endswith(".html"))
