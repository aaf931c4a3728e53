"""Hostile words in every field, file names and ids: on the site they are words, and no file is outside of it."""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import lxml.html
import pytest

from campaigncheck.messages import LANGS, Lang
from campaigncheck.pages import printable
from campaigncheck.site.build import build
from tests.sheets.pages import PAYLOADS, Parsed, everything
from tests.site.sites import built, page, pages, site_of, written

HARMLESS = "harmless"
NAMES = ('a"b <i>.yaml', "..%2f..yaml", "‮x.yaml", "javascript:alert(1).yaml")


@cache
def made(text: str) -> dict[str, bytes]:
    """A site in which everything that can be is some text: of a spec that fits, of one that does not, of their names."""
    with TemporaryDirectory() as folder:
        fits = everything(text) | {"id": "sample"}
        specs = {f"{text.replace('/', '_')}.yaml": fits, "misfit.yaml": {"id": text, "title": text, "stage": text}}
        return build(site_of(written(Path(folder), specs), None))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_element_is_there_that_harmless_words_do_not_make(payload: str) -> None:
    known = set().union(*(tags(site[path]) for site in (made(HARMLESS), built()) for path in pages(site)))
    found = made(payload)
    assert set().union(*(tags(found[path]) for path in pages(found))) <= known


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_campaign_says_it_as_text(payload: str, lang: Lang) -> None:
    found = page(made(payload), "c/sample.html", lang)
    assert squashed(found.xpath("string(//h1)")) == squashed(printable(payload))
    answers = [squashed(node.text_content()) for node in found.xpath("//section[@aria-labelledby='faq']//dd")]
    assert squashed(printable(payload)) in answers


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_runs_and_nothing_is_fetched(payload: str) -> None:
    for path, data in made(payload).items():
        if not path.endswith(".html"):
            continue
        text = data.decode("utf-8")
        assert Parsed(text).faults == []
        root = lxml.html.document_fromstring(text)
        assert not root.xpath("//img | //base | //iframe | //style | //script[text()]")
        assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
        links = [*root.xpath("//@href"), *root.xpath("//@src")]
        assert [link for link in links if ":" in link or link.startswith("//")] == []


def test_files_of_any_name_have_pages_inside_of_the_site() -> None:
    with TemporaryDirectory() as folder:
        specs = {name: f"id: ../../{number}\n" for number, name in enumerate(NAMES)}
        site = site_of(written(Path(folder), {**specs, "broken.yaml": "a: [\n"}), None)
        found = build(site)
    assert all(posixpath.normpath(path) == path and not path.startswith((".", "/")) for path in found)
    assert len(site.cases) == len(NAMES) + 1
    assert all(case.page in found for case in site.cases)


def test_a_spec_that_cannot_be_read_has_a_page_that_says_why() -> None:
    with TemporaryDirectory() as folder:
        site = site_of(
            written(Path(folder), {"broken.yaml": "a: [\n", "misfit.yaml": {"id": "misfit", "title": 7}}), None
        )
        found = build(site)
    broken = page(found, "c/broken.html")
    assert broken.xpath("//article//h3/a/text()") == ["SPEC001"]
    assert "读不懂" in broken.text_content()
    assert set(page(found, "c/misfit.html", "en").xpath("//article//h3/a/text()")) == {"SPEC002"}


def tags(data: bytes) -> set[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes."""
    return {(name, tuple(attributes)) for name, attributes in Parsed(data.decode("utf-8")).elements}


def squashed(text: str) -> str:
    return " ".join(text.split())
