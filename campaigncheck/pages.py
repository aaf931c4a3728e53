"""Where the templates of pages run: what a campaign says is text there, never markup and never code."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from campaigncheck import __version__
from campaigncheck.messages import Lang, show

BUILTIN = "builtin"
"""Under this prefix a site's own templates find those that they stand in for."""

_HTML_LANGS: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}

_LINE_BREAK = re.compile("\r\n?|[\u0085\u2028\u2029]")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return a text in which every character may be shown, whatever shows it.

    Control characters are no characters of XML, and what turns the direction of reading round would turn round what
    stands beside it, too: both become the replacement character, so that it is seen that something was there.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub("\ufffd", _LINE_BREAK.sub("\n", text))


def plain(value: Any) -> Any:
    """Return a value as it may be shown; what is markup already stays."""
    return printable(value) if value.__class__ is str else value


@cache
def environment(
    package: str,
    folder: Path | None = None,
    finalize: Callable[[Any], Any] = plain,
    kind: type[ImmutableSandboxedEnvironment] = ImmutableSandboxedEnvironment,
) -> ImmutableSandboxedEnvironment:
    """Return where the templates of a package run; those in ``folder`` stand in for the ones of their name."""
    made = kind(
        loader=_loader(package, folder),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["say"] = _say
    made.filters["qr"] = _qr
    return made


def _loader(package: str, folder: Path | None) -> BaseLoader:
    builtin = PackageLoader(package)
    if folder is None:
        return builtin
    return ChoiceLoader([FileSystemLoader(folder), PrefixLoader({BUILTIN: builtin}), builtin])


@pass_context
def _say(context: Context, value: Any) -> str:
    return show(value, context["lang"])


def _qr(address: str) -> Markup:
    """Draw a QR code of an address; the quiet zone around it is part of the drawing."""
    import segno

    drawn = segno.make_qr(address, error="m").svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn)  # noqa: S704 - made of numbers only


def common_words(lang: Lang) -> dict[str, Any]:
    """Return what every page needs: its language, and the program that made it."""
    return {"lang": lang, "html_lang": _HTML_LANGS[lang], "tool": f"campaigncheck {__version__}"}
