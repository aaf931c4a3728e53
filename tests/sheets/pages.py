"""Makes sheets for tests, and takes pages apart again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.engine.finding import Finding, Verdict
from campaigncheck.messages import Lang, Text
from campaigncheck.rulekit.sample import complete
from campaigncheck.sheets.model import Judged, Sheet, build
from campaigncheck.sheets.render import render
from campaigncheck.source.document import read
from campaigncheck.source.place import START
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign

TODAY = date(2026, 12, 1)
VOID = frozenset({"meta", "br", "link", "img", "input", "base", "hr"})


@cache
def catalogues() -> Catalogues:
    """The built-in catalogues."""
    return load_catalogues(RuleFiles.at(None))


def campaign(text: str) -> Campaign:
    """The campaign of a fragment, the required fields filled in."""
    return fitted(read(complete(text), "test.yaml")[0])


def fitted(value: Mapping[str, Any]) -> Campaign:
    """The campaign of plain values, which have to fit."""
    found = fit(Campaign, value)
    assert isinstance(found, Campaign), found
    return found


def sheet(
    given: Campaign,
    *,
    verdict: Verdict = "pass",
    errors: Sequence[Finding] = (),
    titles: Mapping[str, str] | None = None,
    today: date = TODAY,
) -> Sheet:
    """The sheet of a campaign with a verdict."""
    return build(Judged(given, verdict, errors, "0123456789abcdef" * 4), catalogues(), titles or {}, today)


def page(text: str, lang: Lang = "zh", today: date = TODAY) -> str:
    """The page of a fragment that passes."""
    return render(sheet(campaign(text), today=today), lang)


def error(text: str, rule: str = "CONF001", line: int = 7) -> Finding:
    """An error with a text of its own."""
    place = START._replace(line=line)
    return Finding(rule, "error", "sample", "sample.yaml", place, "", Text("{x}", "{x}")(x=text), Text("", "")())


class Parsed(HTMLParser):
    """A page taken apart: elements with attributes in order, the text outside of styles, and what is wrong."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self.faults: list[str] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} is closed but not open")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.style += data
        else:
            self.texts.append((self._open[-1] if self._open else "", data))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def text(self) -> str:
        """Everything a reader sees, and the title."""
        return "".join(data for _, data in self.texts)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements with the names of their attributes."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    def all(self, name: str) -> list[str]:
        """The texts directly inside elements of a kind, not blank."""
        return [data.strip() for tag, data in self.texts if tag == name and data.strip()]


def plain(text: str) -> str:
    """Text with every blank an ordinary one and no two together."""
    return " ".join(text.split())
