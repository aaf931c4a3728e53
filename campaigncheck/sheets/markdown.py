"""A sheet as Markdown, for wikis and pull requests; what a campaign says is text in it, and nothing else.

The escapes hold in CommonMark and in what GitHub, GitLab and common wikis make of it. Braces are written as character
references, because some wikis fill in templates before they read the Markdown.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from markupsafe import Markup

from campaigncheck.messages import Lang, show
from campaigncheck.pages import printable
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.render import words
from campaigncheck.sheets.templating import fill

_ESCAPES = str.maketrans(
    {
        **{char: f"\\{char}" for char in "\\`*_[]~$|#"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "{": "&#123;",
        "}": "&#125;",
        "@": "&#64;",
        "\t": " ",
    }
)
_BLANK = Markup("&nbsp;")
"""Marks around nothing would themselves be shown, or be a line across the page."""

_LINK = re.compile(r"(?i)(?<![A-Za-z0-9])(?:(?:https?|ftp):(?=//)|www\.)")
_ITEM = re.compile(r"(?m)^([-+=:]|[0-9]+(?=[.)](?:\s|$)))")
_LINES = re.compile(r"[ \t]*\n\s*")


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> str:
    """Return a sheet as Markdown, by a site's own template if it has one."""
    marks = {name: Markup(show(PAGE[name], lang)) for name in ("colon", "comma")}  # noqa: S704 - fixed words
    own = {**words(lang), **marks, "sheet": sheet, "cell": _cell}
    return fill("sheet.md.j2", own, templates, finalize=escape)


def escape(value: Any) -> Markup:
    """Return a value as Markdown that says just this; a line break stays one."""
    if isinstance(value, Markup):
        return value
    lines = _LINES.sub("\n", printable(str(value)).strip())
    if not lines:
        return _BLANK
    return Markup(_ITEM.sub(_not_special, _LINK.sub(_no_link, lines.translate(_ESCAPES))).replace("\n", "\\\n"))  # noqa: S704


def _cell(value: str) -> Markup:
    """Return a value for a cell of a table, which is one line."""
    return Markup(str(escape(value)).replace("\\\n", "<br>"))  # noqa: S704 - escape() has taken care of it


def _not_special(match: re.Match[str]) -> str:
    mark = match[0]
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _no_link(match: re.Match[str]) -> str:
    return match[0][:-1] + f"&#{ord(match[0][-1])};"
