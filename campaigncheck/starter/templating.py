"""The files of a new repository as templates: comments in two languages side by side, and a few values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Template

from campaigncheck.messages import Lang

_COMMENT = re.compile(r"(?P<indent>\s*)#(?P<lang>zh|en) (?P<said>.*)")


class _Values(Template):
    """Values are written ``%%{name}``: neither shells nor CI expressions know that."""

    delimiter = "%%"


def render(name: str, lang: Lang, values: Mapping[str, str]) -> str:
    """Return a file with the comments of one language and the values put in."""
    text = files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
    return _Values("\n".join(_lines(text, lang)) + "\n").substitute(values)


def _lines(text: str, lang: Lang) -> Iterator[str]:
    for line in text.splitlines():
        comment = _COMMENT.fullmatch(line)
        if comment is None:
            yield line
        elif comment["lang"] == lang:
            yield f"{comment['indent']}# {comment['said']}"
