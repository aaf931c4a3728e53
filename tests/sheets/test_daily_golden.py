"""Daily sheets of one small repository and of this repository's own campaigns, kept whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from difflib import unified_diff
from functools import cache
from pathlib import Path

import pytest
from weasyprint import HTML

from campaigncheck import __version__
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES
from campaigncheck.cli.daily_waits import waits_in
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, Run, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import LANGS, Lang
from campaigncheck.sheets.daily import data, html
from campaigncheck.sheets.daily.build import build
from campaigncheck.sheets.daily.model import Daily
from campaigncheck.sheets.daily.place import find_place
from tests.sheets.daily import DAY, checked
from tests.sheets.pages import Parsed

GOLDEN = Path(__file__).parent / "daily_golden"
OWN = Path(__file__).parents[2] / "campaigns"
OWN_DAY = date(2027, 1, 8)
DOCUMENT = Path(__file__).parents[2] / "docs" / "daily-sheet.md"
REGENERATE = 'python -c "from tests.sheets.test_daily_golden import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the sheets is meant, and look at the diff."""


@cache
def small() -> Run:
    """A repository of which every kind of line is on the sheet."""
    return checked([SpecFile(str(path), path.name, True) for path in sorted((GOLDEN / "campaigns").glob("*.yaml"))])


@cache
def own() -> Run:
    """This repository's campaigns; what the other rules say of them is theirs to test."""
    paths = sorted(OWN.glob("*/*.yaml"))
    specs = [SpecFile(str(path), f"campaigns/{path.parent.name}/{path.name}", True) for path in paths]
    return checked(specs, OWN_DAY)


@cache
def busy() -> Run:
    """The small repository with a network of its own: halls in which people wait, and some of which nothing is known."""
    files = RuleFiles.at(GOLDEN / "rules")
    specs = [SpecFile(str(path), path.name, True) for path in sorted((GOLDEN / "campaigns").glob("*.yaml"))]
    return run_with(Knowledge.of(files, TABLES), Job(specs, files, Selection(("SPEC",)), DAY))


def sheet(done: Run, where: str, on: date) -> Daily:
    """The sheet of a place, one campaign's own sheet beside it."""
    place = find_place(where, done.catalogues)
    return build(done, place, on, on, {"sc-2027-broadband"}, waits_in(done, place, on, on))


SHEETS: dict[str, Callable[[], Daily]] = {
    "hall": lambda: sheet(small(), "sc-cd-001", DAY),
    "city": lambda: sheet(small(), "成都市", DAY),
    "empty": lambda: sheet(small(), "上海市", DAY),
    "own": lambda: sheet(own(), "成都市", OWN_DAY),
    "busy": lambda: sheet(busy(), "sc-cd-001", DAY),
    "busy_city": lambda: sheet(busy(), "成都市", DAY),
}
OUTPUTS: dict[str, tuple[str, Lang]] = {
    "hall.zh.html": ("hall", "zh"),
    "hall.en.html": ("hall", "en"),
    "hall.zh.json": ("hall", "zh"),
    "city.en.json": ("city", "en"),
    "empty.zh.html": ("empty", "zh"),
    "empty.en.json": ("empty", "en"),
    "own.zh.html": ("own", "zh"),
    "own.zh.json": ("own", "zh"),
    "busy.zh.html": ("busy", "zh"),
    "busy.en.json": ("busy", "en"),
    "busy_city.zh.json": ("busy_city", "zh"),
    "busy_city.en.html": ("busy_city", "en"),
}


def made(name: str) -> str:
    """An output; the version of the program, and the digest that follows from it and the rules, are left out."""
    which, lang = OUTPUTS[name]
    found = SHEETS[which]()
    text = html.write(found, lang) if name.endswith("html") else data.write(found, lang)
    text = text.replace(found.digest, "DIGEST").replace(found.digest[:12], "DIGEST")
    text = re.sub(r"(?s)<style>.*?</style>", "<style></style>", text)
    text = text.replace(f'"version": "{__version__}"', '"version": "VERSION"')
    return text.replace(f"campaigncheck {__version__}", "campaigncheck VERSION")


def regenerate() -> None:
    """Write the outputs anew."""
    for name in OUTPUTS:
        (GOLDEN / name).write_text(made(name), encoding="utf-8", newline="\n")


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_is_the_one_kept(name: str) -> None:
    kept = (GOLDEN / name).read_text(encoding="utf-8")
    now = made(name)
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


@pytest.mark.parametrize("lang", LANGS)
def test_three_campaigns_fit_two_pages(lang: Lang) -> None:
    names = ("broadband", "gold", "light")
    paths = [path for path in sorted((GOLDEN / "campaigns").glob("*.yaml")) if path.stem.split("-")[-1] in names]
    three = sheet(checked([SpecFile(str(path), path.name, True) for path in paths]), "sc-cd-001", DAY)
    assert len(three.cards) == 3
    assert len(HTML(string=html.write(three, lang)).render().pages) <= 2


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.iterdir() if file.is_file()} == set(OUTPUTS)


@pytest.mark.parametrize("which", SHEETS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_whole_and_needs_nothing_else(which: str, lang: Lang) -> None:
    page = Parsed(html.write(SHEETS[which](), lang))
    assert page.faults == []
    names = [dict(attributes) for _, attributes in page.elements]
    anchors = [item["id"] for item in names if "id" in item]
    assert len(anchors) == len(set(anchors))
    for link in (str(item["href"]) for item in names if "href" in item):
        assert link == "sc-2027-broadband.html#questions" or link[1:] in anchors
    assert not [tag for tag, _ in page.elements if tag in ("script", "img", "link", "iframe")]
    assert not re.search(r"https?://|url\(|@import", page.style)
    assert "\\" not in page.text
    assert not re.search(r"[{}]|None|Message\(|Text\(", page.text)


def test_every_field_of_the_json_is_told_in_the_document_and_no_other() -> None:
    told = set(re.findall(r"^\| `([a-z_]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == fields(json.loads(data.write(SHEETS["city"](), "zh"))) | fields(
        json.loads(data.write(SHEETS["busy"](), "zh"))
    )


def fields(value: object) -> set[str]:
    """The names of all fields, conditions apart: theirs are the attributes'."""
    if isinstance(value, list):
        return set().union(*(fields(item) for item in value))
    if isinstance(value, dict):
        return set(value).union(*(fields(item) for name, item in value.items() if name != "conditions"))
    return set()
