"""The page: whole without scripts, closed to the outside, and no campaign can break out of its text."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from campaigncheck.calendar import page
from campaigncheck.calendar.wanted import Wanted
from campaigncheck.messages import Lang
from tests.calendar.repositories import golden, made
from tests.sheets.pages import Parsed, plain

EVIL = '</script><script>alert(1)</script><img src=x onerror=alert(1)>&quot;" onload="x'


def script(text: str) -> str:
    (found,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("wanted", [Wanted(), Wanted(stages=("retired",)), Wanted(regions=("510700",))])
def test_pages_are_well_formed(lang: Lang, wanted: Wanted) -> None:
    parsed = Parsed(page.write(golden(wanted), lang))
    assert parsed.faults == []
    assert parsed.comments == []
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_nothing_comes_from_outside() -> None:
    text = page.write(golden(), "zh")
    parsed = Parsed(text)
    names = {tag for tag, _ in parsed.elements}
    assert not names & {"link", "img", "iframe", "object", "embed", "base", "a", "video", "audio", "svg"}
    assert not [name for _, attributes in parsed.elements for name in attributes if name in ("src", "href", "action")]
    assert not re.search(r"url\(|@import|https?:|//[a-z]", text.replace(script(text), ""))
    assert not re.search(r"fetch|XMLHttp|import\(|https?:|eval|innerHTML|document\.write", script(text))


def test_only_its_own_script_may_run() -> None:
    text = page.write(golden(), "zh")
    digest = base64.b64encode(hashlib.sha256(script(text).encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    metas = [attributes.get("content") for tag, attributes in Parsed(text).elements if tag == "meta"]
    assert policy in metas


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    quoted = EVIL.replace("\\", "\\\\").replace('"', '\\"')
    specs = {
        name: f'title: "{words}"\nowner: {{region: "510100", department: "{words}", contact: "{words}"}}\n'
        for name, words in (("evil", quoted), ("tame", "平常"))
    }
    hostile = Parsed(page.write(made(tmp_path / "a", {"one": specs["evil"]}, today=date(2027, 3, 1)), "zh"))
    harmless = Parsed(page.write(made(tmp_path / "b", {"one": specs["tame"]}, today=date(2027, 3, 1)), "zh"))
    assert hostile.shape == harmless.shape
    assert EVIL in hostile.text


def test_without_a_script_everything_is_there() -> None:
    parsed = Parsed(page.write(golden(), "zh"))
    text = plain(parsed.text)
    for row in golden().rows:
        for words in (row.title, row.id, *row.offers, row.department, f"{row.days.start} 至 {row.days.end}"):
            assert words in text
    hidden = [attributes["id"] for _, attributes in parsed.elements if "hidden" in attributes]
    assert hidden == ["filters", "none"]
    assert "共 5 个营销案" in text
    assert "4 个（上限 3）" in text
    assert "16 天拥挤" in text
    assert "国庆节 2027-10-01 至 2027-10-05 暂定" in text


def test_everything_to_filter_by_can_be_chosen() -> None:
    parsed = Parsed(page.write(golden(Wanted(regions=("510000",))), "en"))
    values = [attributes.get("value") for tag, attributes in parsed.elements if tag == "option"]
    assert values[:4] == ["", "510000", "510100", "510300"]
    assert values[-6:] == ["", "draft", "testing", "optimising", "approved", "launched"]
    assert {"autumn", "broadband", "family", "plan", "points"} <= set(parsed.all("option"))
    labels = {attributes["for"] for tag, attributes in parsed.elements if tag == "label" and "for" in attributes}
    assert labels == {"search", "region", "theme", "stage"}


def test_rows_tell_the_script_where_they_run() -> None:
    rows = [
        attributes for tag, attributes in Parsed(page.write(golden(), "zh")).elements
        if tag == "tr" and attributes.get("class") == "campaign"
    ]  # fmt: skip
    found = {(row["data-at"], row["data-under"], row["data-stage"], "data-crowded" in row) for row in rows}
    assert ("000000", "", "optimising", True) in found
    assert ("510100", "000000 510000", "testing", True) in found
    assert ("510100 510700", "000000 510000", "draft", True) in found


def test_a_bar_lies_where_its_days_are() -> None:
    found = golden(Wanted(start=date(2027, 9, 1), end=date(2027, 9, 20), themes=("points",)))
    (style,) = [
        attributes["style"] for tag, attributes in Parsed(page.write(found, "zh")).elements
        if tag == "span" and "draft" in str(attributes.get("class"))
    ]  # fmt: skip
    assert style == "left:70.000%;width:30.000%"
    assert "draft cut-right" in page.write(found, "zh")


def test_the_table_can_be_read_aloud() -> None:
    parsed = Parsed(page.write(golden(), "en"))
    heads = [attributes for tag, attributes in parsed.elements if tag == "th"]
    assert all("scope" in attributes for attributes in heads)
    tracks = [attributes for _, attributes in parsed.elements if str(attributes.get("class", "")).startswith("track")]
    assert tracks
    assert all(attributes.get("aria-hidden") == "true" for attributes in tracks)
    assert [attributes.get("lang") for tag, attributes in parsed.elements if tag == "html"] == ["en"]
    own = [attributes.get("lang") for tag, attributes in parsed.elements if tag == "summary"]
    assert own == ["zh-CN"] * 5


def test_light_dark_and_print_are_seen_to() -> None:
    style = Parsed(page.write(golden(), "zh")).style
    for part in ("prefers-color-scheme: dark", "@media print", "size: A4 landscape", "max-width: 60rem"):
        assert part in style
