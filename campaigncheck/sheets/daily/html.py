"""Turns a daily sheet into a page that prints on A4 and reads on a telephone: a pure function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from campaigncheck import pages
from campaigncheck.messages import Lang, Message
from campaigncheck.sheets.daily.model import Answer, Badge, Both, Daily, Line
from campaigncheck.sheets.daily.words import BADGES, COUNTED, PAGE, QUOTED
from campaigncheck.sheets.model import DIGITS
from campaigncheck.sheets.phrases import day
from campaigncheck.sheets.templating import fill

DAILY_PAGE = "daily.html.j2"
"""The template of a daily sheet."""


class Companion(NamedTuple):
    """Another offer beside one: its label, and the titles of the campaigns that decide, each quoted."""

    label: str
    says: tuple[Message, ...]
    contradicts: bool


class Row(NamedTuple):
    """An offer, and the others by whether they may be had with it."""

    label: str
    yes: tuple[Companion, ...]
    no: tuple[Companion, ...]
    ask: tuple[Companion, ...]


def write(daily: Daily, lang: Lang, templates: Path | None = None) -> str:
    """Return the page of a daily sheet, by a site's own templates if it has some."""
    words = {
        **pages.common_words(lang),
        "page": PAGE,
        "badges": BADGES,
        "daily": daily,
        "heading": PAGE["title"](place=daily.place.name, day=day(daily.day)),
        "compared": compared(daily),
        "lists": _lists(daily),
        "told": [row for row in rows(daily) if row.yes or row.no],
        "untold": [row for row in rows(daily) if not (row.yes or row.no)],
        "names": daily.names,
        "date": day,
        "version": daily.digest[:DIGITS],
    }
    return fill(DAILY_PAGE, words, templates)


def compared(daily: Daily) -> Message:
    """Say in one sentence what is different from a week ago."""
    counts: Counter[Badge] = Counter(found.badge for found in _marked(daily) if found.badge is not None)
    parts = [COUNTED[name](count=counts[name]) for name in COUNTED if counts[name]]
    return PAGE["compared"](day=day(daily.before), parts=parts) if parts else PAGE["same"](day=day(daily.before))


def _marked(daily: Daily) -> Iterator[Line]:
    lines = {card.line.id: card.line for card in daily.cards}
    lines.update((found.id, found) for found in (*daily.soon, *daily.gone))
    yield from lines.values()


def _lists(daily: Daily) -> list[tuple[str, tuple[Line, ...]]]:
    """Return the lists of campaigns by name of their heading, those that are not empty."""
    named = {
        "starting": daily.starting,
        "ending_today": daily.ending_today,
        "ending": daily.ending,
        "soon": daily.soon,
        "running": daily.running,
        "gone": daily.gone,
    }
    return [(name, lines) for name, lines in named.items() if lines]


def rows(daily: Daily) -> Iterator[Row]:
    """Yield each offer with all others that a customer can meet beside it."""
    for label in daily.names:
        found = [item for item in daily.both if label in (item.first, item.second)]
        if found:
            yield Row(label, _beside(label, found, "yes"), _beside(label, found, "no"), _beside(label, found, "ask"))


def _beside(label: str, found: list[Both], answer: Answer) -> tuple[Companion, ...]:
    return tuple(
        Companion(
            item.second if item.first == label else item.first,
            tuple(QUOTED(title=title) for title in item.says),
            item.contradicts,
        )
        for item in found
        if item.answer == answer
    )
