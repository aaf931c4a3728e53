"""Turns sheets into pages: pure functions from a sheet to HTML."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaigncheck import __version__
from campaigncheck.messages import Lang, show
from campaigncheck.sheets.edition import Listed
from campaigncheck.sheets.labels import PAGE, STATES, VERDICTS
from campaigncheck.sheets.model import Sheet

_HTML_LANGS: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}


def render(sheet: Sheet, lang: Lang) -> str:
    """Return the page of a sheet."""
    return environment().get_template("sheet.html.j2").render(_words(lang), sheet=sheet)


def render_index(sheets: Iterable[Listed], issued: date, lang: Lang) -> str:
    """Return the page that lists all sheets."""
    ordered = sorted(sheets, key=lambda item: item.order)
    groups = [(STATES[name], list(items)) for name, items in groupby(ordered, key=lambda item: item.group)]
    return environment().get_template("index.html.j2").render(_words(lang), groups=groups, issued=issued)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return where templates run: what a campaign says is text there, never markup and never code."""
    made = ImmutableSandboxedEnvironment(
        loader=PackageLoader("campaigncheck.sheets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["say"] = _say
    return made


@pass_context
def _say(context: Context, value: Any) -> str:
    return show(value, context["lang"])


def _words(lang: Lang) -> dict[str, Any]:
    return {
        "lang": lang,
        "html_lang": _HTML_LANGS[lang],
        "page": PAGE,
        "verdicts": VERDICTS,
        "tool": f"campaigncheck {__version__}",
    }
