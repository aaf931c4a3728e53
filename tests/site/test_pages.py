"""The pages of the examples: whole, closed to the outside, alike in both languages."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from urllib.parse import unquote, urldefrag

import lxml.html

from campaigncheck.messages import LANGS
from campaigncheck.site.words import NAVIGATION
from tests.site.sites import built, examples, page, pages


@cache
def parsed(path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(built()[path].decode("utf-8"))


def links(path: str) -> list[tuple[str, str]]:
    """The files that a page leads to or loads, each with the place in it."""
    found = []
    for link in parsed(path).xpath("//@href | //@src"):
        target, place = urldefrag(link)
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        found.append((inside, unquote(place)))
    return found


def test_every_campaign_has_a_page_in_both_languages() -> None:
    made = built()
    for case in examples().cases:
        for lang in LANGS:
            (heading,) = page(made, case.page, lang).xpath("//h1")
            assert heading.text_content() == case.outcome.title


def test_every_link_leads_somewhere() -> None:
    found = {(target, place): path for path in pages(built()) for target, place in links(path)}
    ids = {path: set(parsed(path).xpath("//@id")) for path in pages(built())}
    assert {target: path for (target, _), path in found.items() if target not in built()} == {}
    places = [(target, place, path) for (target, place), path in found.items() if place and "=" not in place]
    assert [item for item in places if item[1] not in ids[item[0]]] == []
    assert len(places) > 50


def test_a_page_is_closed_to_the_outside() -> None:
    for path in pages(built()):
        root = parsed(path)
        (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
        assert not root.xpath("//@style | //style | //iframe | //object | //embed | //base | //form[@action]")
        assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
        for script in root.xpath("//script"):
            assert (script.text or "", "defer" in script.attrib) == ("", True)
        assert not [link for link in root.xpath("//@href | //@src") if re.match(r"[a-z]+:|//", link)]


def test_what_refers_to_something_on_the_page_finds_it() -> None:
    for path in pages(built()):
        root = parsed(path)
        ids = Counter(root.xpath("//@id"))
        assert max(ids.values()) == 1
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set(root.xpath(f"//@{name}")) <= set(ids)
        for field in root.xpath("//input | //select"):
            assert root.xpath(f"//label[@for='{field.get('id')}']")


def test_a_page_has_its_landmarks_and_a_heading() -> None:
    for path in pages(built()):
        root = parsed(path)
        assert len(root.xpath("//main[@id='main']")) == len(root.xpath("//h1")) == len(root.xpath("//nav")) == 1
        assert root.xpath("//a[@class='skip']/@href") == ["#main"]
        assert root.get("lang") == ("en" if path.startswith("en/") else "zh-CN")
        levels = [int(node.tag[1]) for node in root.xpath("//h1 | //h2 | //h3 | //h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels))


def shape(path: str) -> list[tuple[str, str | None, str | None]]:
    """The elements of a page without those of pictures, where words are cut to fit."""
    found = [node for node in parsed(path).iter(lxml.etree.Element) if not node.xpath("ancestor::svg")]
    return [(node.tag, node.get("id"), node.get("class")) for node in found]


def test_both_languages_have_the_same_structure() -> None:
    for path in pages(built()):
        if not path.startswith("en/"):
            assert shape(path) == shape(f"en/{path}"), path


def test_the_switch_of_languages_leads_to_the_same_page() -> None:
    for path in pages(built()):
        (other,) = parsed(path).xpath("//a[@id='other']/@href")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), other))
        assert target == (path.removeprefix("en/") if path.startswith("en/") else f"en/{path}")


def test_english_pages_say_nothing_in_chinese_but_what_is_marked_as_such() -> None:
    texts = []
    for path in ("en/index.html", "en/campaigns.html", "en/calendar.html", "en/load.html", "en/gone.html"):
        for node in parsed(path).xpath("//body//*[not(ancestor-or-self::*[@lang='zh-CN' or self::svg])]"):
            texts += [text for text in (node.text, *(child.tail for child in node)) if text]
    known = {finding.message.render("en") for finding in examples().report.findings}
    assert [text for text in texts if re.search("[\u4e00-\u9fff]", text) and text.strip() not in known] == []


def test_the_navigation_names_every_section() -> None:
    for path in pages(built()):
        names = parsed(path).xpath("//nav//a/text()")
        lang = "en" if path.startswith("en/") else "zh"
        assert names == [getattr(entry.name, lang) for entry in NAVIGATION]


def test_the_first_page_is_small() -> None:
    first = sum(len(built()[name]) for name in ("index.html", "assets/site.css", "assets/site.js"))
    assert first < 60_000


def test_pages_of_campaigns_are_small_enough_for_thousands() -> None:
    sizes = [len(data) for path, data in built().items() if "c/" in path]
    assert sum(sizes) / len(sizes) < 14_000
