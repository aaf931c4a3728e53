"""Search over questions, answers, terms and codes as one types: Chinese, pinyin, initials, or mixed.

The index is a script that hands over data, since a page opened from a file may not fetch anything. Equal texts stand in
it once; how characters are read stands in a table of its own, so no text is repeated in pinyin.
``assets/search-core.js`` searches it; :mod:`campaigncheck.site.search_match` tells in Python what it must find.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from campaigncheck.messages import LANGS, Message
from campaigncheck.pages import printable
from campaigncheck.sheets.model import Sheet
from campaigncheck.site.frontline_words import KIND_NAMES, SEARCH
from campaigncheck.site.model import Case, Site
from campaigncheck.site.search_readings import readings

DATA, WORDS = "assets/search-data.js", "assets/search-words.js"
KINDS = ("campaign", "question", "answer", "term", "code")
"""What an entry is: a campaign by its name, a question, a phrase with a prepared answer, a term, a code to text."""

CODE = "opt_in_code"


class Found(NamedTuple):
    """One entry: its kind, the number of its campaign, what is asked, and what is answered."""

    kind: str
    case: int
    asked: str
    answered: str


class Index(NamedTuple):
    """What is searched: the campaigns (page and name), and the entries in the order of campaigns."""

    cases: tuple[tuple[str, str], ...]
    entries: tuple[Found, ...]


def index(site: Site) -> Index:
    """Return everything of a site that can be found."""
    cases = tuple((case.name, printable(case.title)) for case in site.cases)
    found = (
        Found(kind, number, printable(asked.strip()), printable(answered.strip()))
        for number, case in enumerate(site.cases)
        for kind, asked, answered in _entries(case)
    )
    return Index(cases, tuple(found))


def _entries(case: Case) -> Iterator[tuple[str, str, str]]:
    yield "campaign", case.title, case.id
    sheet = case.sheet
    if sheet is None:
        return
    for topic in sheet.topics:
        for entry in topic.questions:
            yield "question", entry.q, entry.a
    for phrase, answer in sheet.answers:
        yield "answer", phrase, answer
    for term, explained in sheet.terms:
        yield "term", term, explained
    for code, offer in codes(sheet):
        yield "code", code, offer


def codes(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the codes that customers text, each with the name of its offer."""
    for table in sheet.offers:
        for row in table.rows:
            if row.name == CODE:
                for name, cell in zip(table.names, row.cells, strict=True):
                    if isinstance(cell[0], Message) and "code" in cell[0].args:
                        yield str(cell[0].args["code"]), name


def encode(index: Index) -> dict[str, Any]:
    """Return an index as data: each text once, entries as four numbers each, readings by character."""
    numbers: dict[str, int] = {}
    cases = [(name, numbers.setdefault(title, len(numbers))) for name, title in index.cases]
    entries: list[int] = []
    for kind, case, asked, answered in index.entries:
        entries += (KINDS.index(kind), case)
        entries += (numbers.setdefault(text, len(numbers)) for text in (asked, answered))
    return {"kinds": KINDS, "cases": cases, "texts": list(numbers), "entries": entries, "read": readings(numbers)}


def decode(value: dict[str, Any]) -> Index:
    """Return the index that was made data."""
    texts, flat, kinds = value["texts"], value["entries"], value["kinds"]
    cases = tuple((name, texts[title]) for name, title in value["cases"])
    rows: Iterable[list[int]] = (flat[at : at + 4] for at in range(0, len(flat), 4))
    return Index(cases, tuple(Found(kinds[kind], case, texts[q], texts[a]) for kind, case, q, a in rows))


def script(name: str, value: Any) -> bytes:
    """Return a script that hands over data under a name."""
    return f"window.{name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def files(site: Site) -> dict[str, bytes]:
    """Return the index, the same for both languages, and the words of the search field in both."""
    words = {lang: {name: getattr(text, lang) for name, text in (SEARCH | KIND_NAMES).items()} for lang in LANGS}
    return {
        DATA: script("campaigncheckSearchData", encode(index(site))),
        WORDS: script("campaigncheckSearchWords", words),
    }
