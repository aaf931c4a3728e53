"""Text in GitHub Flavored Markdown that stays text: no markup, links, mentions, references or HTML come of it."""

from __future__ import annotations

import re

from campaigncheck.pages import printable

BREAK = "<!-- -->"
"""Stands between characters that together would become a link, a mention or a reference; nobody sees it."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}
_SPECIAL = re.compile(r"[\\`*_\[\]~|#!^$&<>]")
_JOINED = re.compile(
    r"@"  # mentions, addresses
    r"|[#~](?=\w)|[!%&$^](?=[\w\"{])"  # references of GitHub and GitLab
    r"|:(?=//|[\w+-]+:)"  # addresses of pages, emoji
    r"|[Ww]{3}(?=\.)"
    r"|(?<=[A-Za-z])-(?=\d)"  # tickets
    r"|[0-9A-Fa-f]{6}(?=[0-9A-Fa-f])",  # commits
    re.ASCII,
)
_BLANKS = re.compile(r"\s+", re.ASCII)
_TICKS = re.compile(r"`+")


def escape(text: str) -> str:
    """Write a text on one line."""
    parts = _JOINED.split(one_line(text))
    joints = [*_JOINED.findall(one_line(text)), ""]
    return "".join(
        _plain(part) + _plain(joint) + (BREAK if joint else "") for part, joint in zip(parts, joints, strict=True)
    )


def code(text: str) -> str:
    """Write a text on one line as code, which a cell of a table cannot hold; an empty one is nothing at all."""
    shown = one_line(text)
    if not shown:
        return ""
    fence = "`" * (max((len(ticks) for ticks in _TICKS.findall(shown)), default=0) + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def one_line(text: str) -> str:
    """Return a text as it is shown: on one line, without blanks at its ends."""
    return _BLANKS.sub(" ", printable(text)).strip(" ")


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), text)
