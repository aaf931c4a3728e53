"""Every sentence a user reads, in Chinese and English side by side.

A :class:`Text` holds both languages of one message, so neither can be forgotten; values are put in
by name when it is rendered. Arguments may be plain values, dates, numbers, another ``Text``, a
``Message`` or a list of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


class Text(NamedTuple):
    """One message in both languages, with ``{named}`` places for values."""

    zh: str
    en: str

    def __call__(self, **args: object) -> Message:
        """Bind values to the named places."""
        return Message(self, args)


@lru_cache(maxsize=1 << 12)
def literal(zh: str, en: str) -> Text:
    """Return a text without named places: braces in it are braces."""
    return Text(zh.replace("{", "{{").replace("}", "}}"), en.replace("{", "{{").replace("}", "}}"))


class Message(NamedTuple):
    """A text with its values, not yet in a language."""

    text: Text
    args: Mapping[str, object]

    def render(self, lang: Lang) -> str:
        """Return the sentence in ``lang``; missing values are a programming error (KeyError)."""
        template: str = getattr(self.text, lang)
        if not self.args:
            return template.format()
        return template.format(**{name: show(value, lang) for name, value in self.args.items()})


def show(value: Any, lang: Lang) -> str:
    """Write one value the way the reader of ``lang`` expects it."""
    if isinstance(value, Message):
        return value.render(lang)
    if isinstance(value, Text):
        return value().render(lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return figure(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence | frozenset | set):
        items = value if isinstance(value, Sequence) else sorted(value)
        return ("、" if lang == "zh" else ", ").join(show(item, lang) for item in items)
    return str(value)


@lru_cache(maxsize=1 << 12)
def figure(value: float, digits: int = 2) -> str:
    """Write a number with at most ``digits`` decimals and no trailing zeros."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
