"""The files of the page: those of others as they were built, and words that are all used."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from campaigncheck.maintenance.editor import ASSETS, BUNDLE, LICENCES, MANIFEST, SOURCES
from campaigncheck.messages import LANGS, Lang
from campaigncheck.report.names import SEVERITIES, VERDICTS
from campaigncheck.serve.page import page
from campaigncheck.serve.words import PAGE, PHRASES, SCRIPT
from tests.serve.repositories import settings

TEMPLATE = (files("campaigncheck.serve") / "templates/page.html.j2").read_text(encoding="utf-8")
SCRIPT_TEXT = (ASSETS / "serve.js").read_text(encoding="utf-8")


def test_the_editor_is_the_one_of_the_manifest() -> None:
    manifest = json.loads((ASSETS / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["sha256"] == {
        name: hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() for name in (BUNDLE, LICENCES)
    }
    locked = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for item in (*manifest["packages"], manifest["built_with"]):
        assert locked[f"node_modules/{item['name']}"]["version"] == item["version"]
        assert item["licence"] == "MIT"
    wanted = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {item["name"]: item["version"] for item in manifest["packages"]}.items() >= wanted.items()
    licences = (ASSETS / LICENCES).read_text(encoding="utf-8")
    assert all(f"{item['name']} {item['version']}\n" in licences for item in manifest["packages"])


def test_nothing_of_the_page_asks_anybody_else() -> None:
    for name in ("serve.js", "serve.css", BUNDLE):
        found = set(re.findall(r"https?://[\w./-]+", (ASSETS / name).read_text(encoding="utf-8")))
        assert found <= {"http://www.w3.org/2000/svg"}
    assert "innerHTML" not in SCRIPT_TEXT
    assert "eval(" not in SCRIPT_TEXT


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    assert set(re.findall(r"page\.(\w+)", TEMPLATE)) == set(PAGE)
    used = set(re.findall(r'say\("(\w+)"', SCRIPT_TEXT)) | set(
        re.findall(r'say\(found\.there \? "(\w+)" : "(\w+)"', SCRIPT_TEXT)[0]
    )
    named = {f"severity_{name}" for name in SEVERITIES} | {f"verdict_{name}" for name in VERDICTS}
    named |= {name for name in SCRIPT if name.startswith("stage_")}
    assert used | named == set(SCRIPT)


def test_both_languages_have_the_same_places_for_values() -> None:
    for text in (*PAGE.values(), *SCRIPT.values(), *PHRASES.values()):
        places = [sorted(re.findall(r"\{\w+\}|\$", getattr(text, lang))) for lang in LANGS]
        assert places[0] == places[1]


class _Outline(HTMLParser):
    """The elements of a page with their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None]] = []
        self.labels: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found.append((tag, given.get("id")))
        for name in ("for", "aria-controls", "aria-labelledby"):
            if name in given:
                self.labels[f"{name} {given[name]}"] = given[name]


def _outline(lang: Lang) -> _Outline:
    outline = _Outline()
    outline.feed(page(lang, "n", "t", settings(), saving=True))
    return outline


def test_both_languages_have_the_same_page_and_labels_lead_somewhere() -> None:
    zh, en = _outline("zh"), _outline("en")
    assert zh.found == en.found
    ids = [name for _, name in zh.found if name]
    assert len(ids) == len(set(ids))
    assert set(zh.labels.values()) <= set(ids)


@pytest.mark.parametrize("saving", [True, False])
def test_the_button_that_saves_is_there_only_if_it_may(saving: bool) -> None:
    assert ('id="save"' in page("zh", "n", "t", settings(), saving)) == saving
