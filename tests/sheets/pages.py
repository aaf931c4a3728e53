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
from campaigncheck.sheets.render import write
from campaigncheck.source.document import read
from campaigncheck.source.place import START
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign

TODAY = date(2026, 12, 1)
PAYLOADS = (
    "<script>alert(1)</script>",
    "</dd></div></dl><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "</style><script>alert(1)</script>",
    "</title><base href=//example.com>",
    "<!-- <b> -->",
    "]]><svg/onload=alert(1)>",
    "&lt;b&gt;&amp;&#60;script&#62;",
    "{{ 7 * 7 }}{% for x in y %}{# z #}",
    "{0.__class__} {message} {}",
    "javascript:alert(1)",
    "\u202e\u2066<b>\u0000\u0008",
    "=1+1",
    "@SUM(1)|cmd",
    "|a|*b*|[c](d)_e_`f`~~g~~$h$",
    "&#x1F600; &amp;",
    "_x0041_ #N/A",
    "![x](http://example.com/x) <http://example.com>",
    "- a\n1. b\n# c\n> d\n---\n    e\n+ f",
    "e\u0301\u0327\u20dd \U0001f600\ufe0f\u200d",
)
"""What somebody might write to make a text more than text."""
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


def everything(text: str) -> dict[str, Any]:
    """A campaign in which every free text, and every key that is one, is ``text``."""
    offer = {
        "name": text, "product": "tv.plus", "kind": "trial", "early_exit": text, "contract_months": 3,
        "gift": {"name": text, "quantity": 1, "collect": "hall"}, "opt_in_code": text[:20],
        "excludes": [text, f"campaign:{text}"[:100]], "stacks_with": [text],
        "audience": [{"brand": text}, {"age": [text, True]}],
    }  # fmt: skip
    return {
        "spec": 1, "id": "sample", "title": text, "summary": text, "stage": "testing",
        "owner": {"region": "510000", "department": text, "contact": text},
        "period": {"start": "2027-03-01", "end": "2027-03-31"},
        "regions": {"include": ["510104", "999999"], "exclude": ["513200"]},
        "halls": ["sc-cd-001", "no-such-hall"], "channels": ["hall", "app"],
        "audience": [{"brand": [text, "全球通"], "shoe-size": text}, {"broadband": text, "monthly_spend": text}],
        "offers": [{**offer, "id": f"o{quota}", "quota": quota} for quota in (1, 2, 3)],
        "texts": [{"channel": "app", "text": text}],
        "terms": {text: text}, "answers": [{"phrase": text, "answer": text}], "facts": [text],
        "faq": [{"topic": "price", "q": text, "a": text, "short": text[:70]}, {"topic": "no-such", "q": text, "a": text}],
        "handling": {"steps": ["sign", "no_such"]},
        "support": {"contact": text, "hours": None},
    }  # fmt: skip


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
    return write(sheet(campaign(text), today=today), lang)


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
