"""The page of a check: one file, closed to the outside, with nothing on it that is not text."""

from __future__ import annotations

import re
from typing import get_args

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.messages import LANGS, Lang
from campaigncheck.pages import printable
from campaigncheck.report.excerpts import AROUND, MARKED, MOST, Row, rows
from campaigncheck.report.html import STAGES, write
from campaigncheck.source.place import Lines, Place
from campaigncheck.spec.types import Stage
from tests.report.made import NASTY, finding, report, unsure, whole


def page(lang: Lang = "zh") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(write(whole(), lang))


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_fetched_and_nothing_runs(lang: Lang) -> None:
    text = write(whole(), lang)
    found = lxml.html.document_fromstring(text)
    assert not found.xpath("//script | //link | //img | //iframe | //@src | //@onclick | //*[@style]")
    assert set(found.xpath("//@href")) == {"#c1", "#c2", "#c3"}
    assert "url(" not in text
    assert "default-src 'none'" in found.xpath("string(//meta[@http-equiv]/@content)")


def test_every_link_has_its_place() -> None:
    ids = page().xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page().xpath("//@href")} <= set(ids)
    assert set(page().xpath("//@aria-labelledby")) <= set(ids)


def test_nasty_texts_are_texts() -> None:
    messages = [item.text_content() for item in page("en").find_class("message")]
    assert NASTY in messages
    assert not page().xpath("//article//b[normalize-space() = '免费']")


def test_a_finding_shows_its_lines_with_what_is_meant_marked() -> None:
    (article,) = page().xpath("//article[.//b = 'LANG004']")
    (row,) = article.findall(".//tr")
    assert (row.findtext("th"), row.findtext(".//mark")) == ("8", "最高３００Ｍ，<b>免费</b>|@team")
    (several,) = page().xpath("//article[.//b = 'FAQ001']")
    assert [row.findtext("th") for row in several.findall(".//tr")] == ["7", "8"]
    assert several.xpath(".//dl/div[1]/dd/text()") == [NASTY]


def test_other_places_are_shown_with_theirs() -> None:
    (article,) = page().xpath("//article[.//b = 'CONF001']")
    assert [item.text for item in article.xpath(".//dd/code")] == [
        "campaigns/city.yaml:2:8",
        "campaigns/迎春 50%,a:b.yaml:4:9",
    ]
    assert [item.text for item in article.xpath(".//dd//mark")] == ["春", "speedup"]


def test_exceptions_stand_apart_with_who_granted_them() -> None:
    apart = page().xpath("//section[h2[@id = 'waived']]/article")
    assert [item.findtext(".//b") for item in apart] == ["FREQ001", "TIME001"]
    assert len(page().xpath("//article")) == len(whole().findings)
    told = [item.text_content() for item in apart[0].findall(".//dd")[:4]]
    assert told == ["系统四月才能合并", "省公司服务部", "2027-03-31", "waivers.yaml:1"]


def test_the_figures_are_those_of_the_run() -> None:
    told = [item.text_content() for item in page().xpath("//dl[@class = 'summary']//dd")]
    assert told == ["2", "1", "1", "5", "2", "1", "2"]


def test_what_went_wrong_is_on_the_page() -> None:
    text = lxml.html.document_fromstring(write(unsure(), "zh")).text_content()
    for part in (
        "营业厅和热线的数据有 1 处错",
        "rules/network/hours.csv:7:3",
        "读不懂，没有拿来比对：campaigns/@别的|.yaml",
    ):
        assert part in text


def test_every_stage_has_a_name() -> None:
    assert set(STAGES) == set(get_args(Stage))


@settings(max_examples=60)
@given(st.text(st.one_of(st.sampled_from("<>&\"'{}%\r\x00\u202e"), st.characters())))
def test_what_is_read_is_what_was_written(text: str) -> None:
    source = "x" + printable(text).replace("\n", " ")
    made = report(
        finding(path="a.yaml", message=text, place=Place(1, 2, 1, len(source) + 1)), sources={"a.yaml": source}
    )
    found = lxml.html.document_fromstring(write(made, "en"))
    (message,) = found.find_class("message")
    assert message.text_content() == printable(text)
    assert (found.findtext(".//mark") or "")[: MARKED - 1] == source[1:MARKED]


@given(st.text("ab，\n", max_size=80), st.data())
def test_an_excerpt_is_the_lines_of_its_place(text: str, data: st.DataObject) -> None:
    lines = Lines(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = lines.place(start, end)
    shown, more = rows(lines, place)
    if shown:
        assert len(shown) + more == place.end_line - place.line + 1
        assert len(shown) <= MOST
        assert shown[0].number == place.line
    for row in shown:
        if len(lines.line(row.number)) <= AROUND:
            assert row.before + row.marked + row.after == lines.line(row.number)
    if place.line == place.end_line and shown:
        assert shown[0].marked == text[start:end]


def test_long_lines_are_cut_around_what_is_marked() -> None:
    lines = Lines("a" * 500 + "b" * 500 + "c" * 500)
    ((row,), more) = rows(lines, Place(1, 501, 1, 1001))
    assert row == Row(1, "…" + "a" * (AROUND - 1), "b" * (MARKED - 1) + "…", "c" * (AROUND - 1) + "…")
    assert more == 0


def test_a_place_in_an_empty_line_shows_nothing() -> None:
    assert rows(Lines("\n\n"), Place(1, 1, 2, 1)) == ([], 0)
    assert not re.search("<mark>", write(report(finding()), "zh"))
