"""Turns a daily sheet into a page that prints on A4 and reads on a telephone: a pure function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial, reduce
from pathlib import Path
from typing import NamedTuple

from campaigncheck import pages
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.sheets.daily.model import Answer, Badge, Daily, Line, OfferLine
from campaigncheck.sheets.daily.waits import WORTH, HallWaits, Untold, clock, minutes
from campaigncheck.sheets.daily.words import BADGES, COUNTED, DATE, DATE_OF_YEAR, LASTS, PAGE, QUOTED, THEN, UNTOLD
from campaigncheck.sheets.model import DIGITS
from campaigncheck.sheets.offers import LASTING
from campaigncheck.sheets.phrases import Words, date_words, day
from campaigncheck.sheets.templating import fill

DAILY_PAGE = "daily.html.j2"
"""The template of a daily sheet."""


class Pair(NamedTuple):
    """Two offers by label, and the titles of the campaigns that decide, each quoted."""

    first: str
    second: str
    says: tuple[Message, ...]
    contradicts: bool


class Pairs(NamedTuple):
    """Every two offers that a customer can meet, each once, by whether they may be had together.

    ``ask``: an offer with the others of which nothing is said; ``untold``: offers of which nothing is said at all.
    """

    yes: tuple[Pair, ...]
    no: tuple[Pair, ...]
    ask: tuple[tuple[str, tuple[str, ...]], ...]
    untold: tuple[str, ...]


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
        "pairs": paired(daily),
        "names": daily.names,
        "waits": _waits(daily),
        "minutes": minutes,
        "clock": clock,
        "date": day,
        "on": partial(_date, year=daily.day.year),
        "price": price,
        "version": daily.digest[:DIGITS],
    }
    return fill(DAILY_PAGE, words, templates)


class Waiting(NamedTuple):
    """What the page tells of waits.

    ``halls`` are those with figures, ``hours`` all hours in which any of them is open; ``assumed`` names what is said of
    figures that nobody measured; ``untold`` are the reasons why there are none, with the halls unless it is all of them;
    ``said``: something is said in busy hours; ``worth``: somewhere people wait long enough to be told.
    """

    halls: tuple[HallWaits, ...]
    hours: tuple[int, ...]
    assumed: str | None
    untold: tuple[tuple[Text, tuple[str, ...]], ...]
    said: bool
    worth: bool


def _waits(daily: Daily) -> Waiting:
    """Return what is told of waits, halls without figures by reason."""
    halls = tuple(item for item in daily.waits if item.untold is None)
    without: dict[Untold, list[str]] = {}
    for item in daily.waits:
        if item.untold is not None:
            without.setdefault(item.untold, []).append(item.name)
    return Waiting(
        halls,
        tuple(sorted({hour.hour for item in halls for hour in item.hours})),
        _assumed(daily, halls),
        tuple((UNTOLD[why], () if len(names) == len(daily.waits) else tuple(names)) for why, names in without.items()),
        any(item.say for item in halls),
        any(hour.other >= WORTH for item in halls for hour in item.hours),
    )


def _assumed(daily: Daily, halls: Sequence[HallWaits]) -> str | None:
    guessed = sum(item.assumed for item in halls)
    if not guessed:
        return None
    if guessed < len(halls):
        return "assumed_some"
    return "assumed_one" if daily.place.kind == "hall" else "assumed_all"


def compared(daily: Daily) -> Message:
    """Say in one sentence what is different from a week ago."""
    counts: Counter[Badge] = Counter(found.badge for found in _marked(daily) if found.badge is not None)
    before = _date(daily.before, daily.day.year)
    parts = [COUNTED[name](count=counts[name]) for name in COUNTED if counts[name]]
    return PAGE["compared"](day=before, parts=parts) if parts else PAGE["same"](day=before)


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


def paired(daily: Daily) -> Pairs:
    """Return what may be had together; offers of which nothing is said are told once, not pair by pair."""
    told = {label for item in daily.both if item.answer != "ask" for label in (item.first, item.second)}
    met = {label for item in daily.both for label in (item.first, item.second)}
    asks: dict[str, list[str]] = {}
    for item in daily.both:
        if item.answer == "ask" and {item.first, item.second} <= told:
            asks.setdefault(item.first, []).append(item.second)
    return Pairs(
        yes=_answered(daily, "yes"),
        no=_answered(daily, "no"),
        ask=tuple((label, tuple(others)) for label, others in asks.items()),
        untold=tuple(label for label in daily.names if label in met - told),
    )


def _answered(daily: Daily, answer: Answer) -> tuple[Pair, ...]:
    return tuple(
        Pair(item.first, item.second, tuple(QUOTED(title=title) for title in item.says), item.contradicts)
        for item in daily.both
        if item.answer == answer
    )


def price(offer: OfferLine) -> Words:
    """Say what an offer costs, now and later, in one sentence."""
    words = [*offer.now, *offer.later]
    return reduce(lambda now, later: (LASTS if later in LASTING else THEN)(now=now, later=later), words)


def _date(value: date, year: int) -> Message:
    return date_words(value, DATE, DATE_OF_YEAR, year)
