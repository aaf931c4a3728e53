"""Turns sheets into pages: pure functions from a sheet to HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from campaigncheck import pages
from campaigncheck.drawing.canvas import svg
from campaigncheck.handling.picture import small
from campaigncheck.messages import Lang, Text
from campaigncheck.sheets.edition import Listed
from campaigncheck.sheets.labels import PAGE, STATES, VERDICTS
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.templating import fill

INDEX_PAGE = "index.html.j2"
"""The template of the list of sheets."""


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> str:
    """Return the page of a sheet, by a site's own templates if it has some."""
    drawn = sheet.counter.picture
    picture = svg(small(drawn, lang), lang, "closed") if drawn else None
    return fill("sheet.html.j2", {**words(lang), "sheet": sheet, "picture": picture}, templates)


def render_index(
    sheets: Iterable[Listed],
    issued: date,
    lang: Lang,
    labels: Mapping[str, Text] | None = None,
    templates: Path | None = None,
) -> str:
    """Return the page that lists all sheets; ``labels`` say what files are called by how their names end."""
    ordered = sorted(sheets, key=lambda item: item.order)
    groups = [(STATES[name], list(items)) for name, items in groupby(ordered, key=lambda item: item.group)]
    given = {"groups": groups, "issued": issued, "labels": labels or {}}
    return fill(INDEX_PAGE, {**words(lang), **given}, templates)


def words(lang: Lang) -> dict[str, Any]:
    """Return the fixed words that every template may use."""
    return {**pages.common_words(lang), "page": PAGE, "verdicts": VERDICTS}
