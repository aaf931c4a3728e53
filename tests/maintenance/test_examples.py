"""What the documentation shows is what the program draws and writes now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.maintenance.examples import SLOW, pictures
from campaigncheck.report import writer
from tests.support.checking import knowledge

DOCS = Path("docs")


def test_the_pictures_of_the_documentation_are_drawn_anew() -> None:
    committed = {path: path.read_bytes().decode("utf-8") for path, _ in pictures()}
    assert committed == dict(pictures()), "regenerate them: python -m campaigncheck.maintenance.docs"
    assert {path.name for path in (DOCS / "examples").glob("*.svg")} == {path.name for path in committed}


def test_the_picture_in_text_is_the_one_that_is_written() -> None:
    rules = RuleFiles.at(None)
    job = Job([SpecFile(str(SLOW), SLOW.name, True)], rules, Selection(("TIME001",)), date(2026, 12, 1))
    text = writer("text")(run_with(knowledge(rules), job).report, "en")
    drawn = text[text.index("\nsteps ") + 1 : text.index("The steps add up")]
    page = (DOCS / "handling-time.md").read_text(encoding="utf-8")
    assert "".join(f"    {line}\n" for line in drawn.splitlines()) in page
