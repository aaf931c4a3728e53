"""The frontline pages: who is live where and when, what the script makes of it, and one city's page as kept."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import lxml.html
import pytest

from campaigncheck.messages import LANGS, Lang
from campaigncheck.pages import printable
from campaigncheck.sheets.daily.build import build as build_daily
from campaigncheck.sheets.daily.place import find_place
from campaigncheck.sheets.guide_flow import build as build_guide
from campaigncheck.site import frontline
from campaigncheck.site.build import assets
from campaigncheck.site.frontline import DATA, data, guided
from campaigncheck.site.frontline_places import Places
from campaigncheck.site.model import Site
from campaigncheck.site.pages import FOLDERS, write
from tests.sheets.pages import PAYLOADS, Parsed, everything
from tests.site.sites import ROOT, TODAY, built, examples, page, site_of, written

CHENGDU, ZIGONG, HALL, OTHER_HALL = "510100", "510300", "sc-cd-001", "sc-cd-002"
PARENT = (
    "id: parent\ntitle: 全省的\nstage: launched\nperiod: {start: 2026-11-01, end: 2027-01-31}\n"
    'regions: {include: ["510000"]}\n'
)
CHILD = (
    "id: child\ntitle: 成都的\nstage: launched\nparent: parent\nperiod: {start: 2026-12-10, end: 2026-12-20}\n"
    'regions: {include: ["510100"]}\n'
)
TESTED = CHILD.replace("launched", "testing")
ONE_HALL = CHILD + f"halls: [{HALL}]\n"
OVER = PARENT.replace("2027-01-31", "2026-11-30")
SCRIPT = """
const fs = require("fs");
globalThis.window = globalThis;
const given = JSON.parse(fs.readFileSync(0, "utf8"));
(0, eval)(given.core);
const ask = ([day, place]) => window.campaigncheckLive(given.data, day, place).map((item) => item.case);
console.log(JSON.stringify(given.asked.map(ask)));
"""

Told = list[tuple[str, date, date]]


@cache
def family(*specs: str) -> Site:
    """A site of some campaigns, all of which pass the check."""
    with TemporaryDirectory() as folder:
        files = written(Path(folder), {f"{number}.yaml": spec for number, spec in enumerate(specs)})
        return passing(site_of(files, ROOT / "rules"))


def passing(site: Site) -> Site:
    """The same site, had nothing been found."""
    cases = tuple(case._replace(outcome=case.outcome._replace(verdict="pass")) for case in site.cases)
    return replace(
        site,
        cases=cases,
        by_path={case.outcome.path: case for case in cases},
        by_id={case.id: case for case in cases},
    )


def told(site: Site, place: str) -> Told:
    """What is live at a place, from when to when."""
    places = Places(site)
    (spot,) = [spot for spot in places.spots if spot.id == place]
    return [(item.case.id, item.days.start, item.days.end) for item in places.live(spot)]


WHOLE: Told = [("parent", date(2026, 11, 1), date(2027, 1, 31))]
IN_TURN: Told = [
    ("parent", date(2026, 11, 1), date(2026, 12, 9)),
    ("child", date(2026, 12, 10), date(2026, 12, 20)),
    ("parent", date(2026, 12, 21), date(2027, 1, 31)),
]


def test_a_child_stands_in_for_its_parent_on_its_days() -> None:
    site = family(PARENT, CHILD)
    assert told(site, CHENGDU) == told(site, HALL) == IN_TURN
    assert told(site, ZIGONG) == WHOLE


def test_a_child_that_may_not_be_used_takes_nobodys_place() -> None:
    assert told(family(PARENT, TESTED), CHENGDU) == WHOLE


def test_a_child_in_one_hall_leaves_its_parent_to_the_others() -> None:
    site = family(PARENT, ONE_HALL)
    assert told(site, HALL) == IN_TURN
    assert told(site, OTHER_HALL) == WHOLE
    assert told(site, CHENGDU) == [*WHOLE, IN_TURN[1]]


def test_what_is_over_is_nowhere() -> None:
    assert Places(family(OVER)).spots == ()


def test_it_is_what_the_daily_sheets_say() -> None:
    site, found = examples(), 0
    for spot in Places(site).spots[::5]:
        place = find_place(spot.id, site.catalogues)
        for ahead in (0, 20, 60):
            on = TODAY + timedelta(ahead)
            wanted = {card.line.id for card in build_daily(site.run, place, on, TODAY).cards}
            assert {name for name, start, end in told(site, spot.id) if start <= on <= end} == wanted
            found += len(wanted)
    assert found > 10


def in_node(site: Site, asked: list[tuple[str, str]]) -> Any:
    """Which campaigns (by number) the script calls live on a day at a place."""
    node = shutil.which("node")
    assert node, "install the package nodejs"
    core = assets()["assets/frontline-live.js"].decode("utf-8")
    value = json.dumps({"core": core, "data": json.loads(json.dumps(data(site))), "asked": asked})
    done = subprocess.run([node, "-e", SCRIPT], input=value, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("specs", [(PARENT, CHILD), (PARENT, ONE_HALL), (PARENT, TESTED)])
def test_the_script_says_the_same(specs: tuple[str, ...]) -> None:
    site = family(*specs)
    days = [TODAY + timedelta(ahead) for ahead in (0, 8, 9, 19, 20, 61, 62)]
    asked = [(on, spot.id) for spot in Places(site).spots for on in days]
    numbers = {case.id: number for number, case in enumerate(site.cases)}
    wanted = [
        sorted(numbers[name] for name, start, end in told(site, place) if start <= on <= end) for on, place in asked
    ]
    found = in_node(site, [(on.isoformat(), place) for on, place in asked])
    assert [sorted(one) for one in found] == wanted
    assert [] in wanted
    assert in_node(site, [("2026-12-01", "no-such-place")]) == [[]]


def test_a_city_has_a_page_with_what_is_live_and_what_comes() -> None:
    site = family(PARENT, CHILD)
    made = write(frontline.pages(site), "zh", TODAY)
    city = lxml.html.document_fromstring(made[f"f/{CHENGDU}.html"].decode("utf-8"))
    rows = {
        section.get("aria-labelledby"): section.xpath(".//li/b/a/text()") for section in city.xpath("//main//section")
    }
    assert rows == {"live": ["全省的"], "ahead": ["成都的", "全省的"]}
    chooser = lxml.html.document_fromstring(made["frontline.html"].decode("utf-8"))
    links = chooser.xpath("//section[@aria-labelledby='cities']//a/@href")
    assert links == [f"f/{spot.id}.html" for spot in Places(site).spots if not spot.is_hall]


@pytest.mark.parametrize("lang", LANGS)
def test_every_campaign_that_may_be_used_has_its_whole_guided_script(lang: Lang) -> None:
    cases = [case for case in examples().cases if guided(case)]
    assert cases
    for case in cases:
        assert case.sheet is not None
        guide = build_guide(case.sheet)
        found = page(built(), f"g/{case.name}.html", lang)
        assert found.xpath("//section[contains(@class, 'node')]/@id") == [f"s-{node.id}" for node in guide.nodes]
        for node, shown in zip(guide.nodes, found.xpath("//section[contains(@class, 'node')]"), strict=True):
            links = shown.xpath(".//ul[@class='choices']//a/@href")
            assert links == [f"#s-{choice.to}" for choice in node.choices]
    assert {path for path in built() if path.startswith(f"{FOLDERS[lang]}g/")} == {
        f"{FOLDERS[lang]}g/{case.name}.html" for case in cases
    }


def test_the_data_are_in_the_site_once() -> None:
    text = built()[DATA].decode("utf-8").removeprefix("window.campaigncheckFrontline=").rstrip(";\n")
    assert json.loads(text) == json.loads(json.dumps(data(examples())))
    assert len(json.loads(text)["places"]) > 10


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_text(payload: str) -> None:
    with TemporaryDirectory() as folder:
        spec = everything(payload) | {"id": "sample", "stage": "launched", "regions": {"include": [CHENGDU]}}
        spec |= {"period": {"start": "2026-11-01", "end": "2027-01-31"}}
        site = passing(site_of(written(Path(folder), {"0.yaml": spec}), None))
    for lang in LANGS:
        made = write(frontline.pages(site.speaking(lang)), lang, TODAY)
        assert {f"{FOLDERS[lang]}{name}" for name in (f"f/{CHENGDU}.html", "g/sample.html")} <= set(made)
        for data_ in made.values():
            assert Parsed(data_.decode("utf-8")).faults == []
            root = lxml.html.document_fromstring(data_.decode("utf-8"))
            assert not root.xpath("//img | //iframe | //style | //script[text()] | //base")
            assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
        title = page(made, f"f/{CHENGDU}.html", lang).xpath("string(//li/b/a)")
        assert " ".join(title.split()) == " ".join(printable(payload).split())
