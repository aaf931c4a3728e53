"""Turns sheets into pages: pure functions from a sheet to HTML."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaigncheck import pages
from campaigncheck.messages import Lang
from campaigncheck.sheets.edition import Listed
from campaigncheck.sheets.labels import PAGE, STATES, VERDICTS
from campaigncheck.sheets.model import Sheet


def render(sheet: Sheet, lang: Lang) -> str:
    """Return the page of a sheet."""
    return environment().get_template("sheet.html.j2").render(_words(lang), sheet=sheet)


def render_index(sheets: Iterable[Listed], issued: date, lang: Lang) -> str:
    """Return the page that lists all sheets."""
    ordered = sorted(sheets, key=lambda item: item.order)
    groups = [(STATES[name], list(items)) for name, items in groupby(ordered, key=lambda item: item.group)]
    return environment().get_template("index.html.j2").render(_words(lang), groups=groups, issued=issued)


def environment() -> ImmutableSandboxedEnvironment:
    """Return where the templates of sheets run."""
    return pages.environment("campaigncheck.sheets")


def _words(lang: Lang) -> dict[str, Any]:
    return {**pages.common_words(lang), "page": PAGE, "verdicts": VERDICTS}
