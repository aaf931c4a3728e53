"""Where the templates of pages run: what a campaign says is text there, never markup and never code."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaigncheck import __version__
from campaigncheck.messages import Lang, show

_HTML_LANGS: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}


@cache
def environment(package: str) -> ImmutableSandboxedEnvironment:
    """Return where the templates of a package run."""
    made = ImmutableSandboxedEnvironment(
        loader=PackageLoader(package),
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


def common_words(lang: Lang) -> dict[str, Any]:
    """Return what every page needs: its language, and the program that made it."""
    return {"lang": lang, "html_lang": _HTML_LANGS[lang], "tool": f"campaigncheck {__version__}"}
