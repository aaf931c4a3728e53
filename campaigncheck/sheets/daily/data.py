"""Turns a daily sheet into JSON for screens in halls and for knowledge bases; docs/daily-sheet.md tells the fields."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from campaigncheck import __version__
from campaigncheck.messages import Lang, show
from campaigncheck.pages import plain
from campaigncheck.sheets.daily.model import Both, Card, Change, Daily, Elsewhere, Line, OfferLine, Suits, Unusable
from campaigncheck.sheets.daily.waits import HallWaits, Hour
from campaigncheck.sheets.phrases import Words

VERSION = 1


def write(daily: Daily, lang: Lang, templates: Path | None = None) -> str:
    """Return the sheet as JSON, keys in fixed order; ``templates`` say nothing about it."""
    return json.dumps(_shown(data(daily, lang)), ensure_ascii=False, indent=2) + "\n"


def _shown(value: Any) -> Any:
    """Return plain data in which every text may stand anywhere: nothing turns the direction round."""
    if isinstance(value, dict):
        return {name: _shown(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return plain(value)


def data(daily: Daily, lang: Lang) -> dict[str, Any]:
    """Return the sheet as plain data."""
    place = daily.place
    return {
        "version": VERSION,
        "tool": {"name": "campaigncheck", "version": __version__},
        "language": lang,
        "place": {
            "kind": place.kind,
            "id": place.id,
            "name": place.name,
            "city": place.city,
            "city_name": place.city_name,
        },
        "day": str(daily.day),
        "compared_with": str(daily.before),
        "issued": str(daily.issued),
        "digest": f"sha256:{daily.digest}",
        **_lists(daily),
        "changes": [_change(item) for item in daily.changes],
        "campaigns": [_card(item, lang) for item in daily.cards],
        "suits": {"everybody": list(daily.everybody), "tables": [_suits(item, lang) for item in daily.suits]},
        "both": [_both(item) for item in daily.both],
        "unusable": [_unusable(item, lang) for item in daily.unusable],
        "preparing": [_unusable(item, lang) for item in daily.preparing],
        "elsewhere": [_elsewhere(item, lang) for item in daily.elsewhere],
        "unread": list(daily.unread),
        "waits": [_waits(item, lang) for item in daily.waits],
    }


def _lists(daily: Daily) -> dict[str, list[dict[str, Any]]]:
    return {
        "starting": [_line(item) for item in daily.starting],
        "soon": [_line(item) for item in daily.soon],
        "ending_today": [_line(item) for item in daily.ending_today],
        "ending": [_line(item) for item in daily.ending],
        "running": [_line(item) for item in daily.running],
        "gone": [_line(item) for item in daily.gone],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "start": str(line.start),
        "end": str(line.end),
        "state": line.state,
        "state_before": line.before,
        "badge": line.badge,
        "instead_of": line.instead_of,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"day": str(change.day), "of": change.of, "to": change.to, "back": change.back}


def _card(card: Card, lang: Lang) -> dict[str, Any]:
    return {
        "number": card.number,
        **_line(card.line),
        "summary": card.summary,
        "audience": _all(card.audience, lang),
        "channels": show(card.channels, lang),
        "at_counter": card.at_counter,
        "halls": list(card.halls),
        "offers": [_offer(item, lang) for item in card.offers],
        "busiest": show(card.busiest, lang) if card.busiest else None,
        "mind": {"phrase": card.mind[0], "answer": card.mind[1]} if card.mind else None,
        "questions": list(card.questions),
        "sheet": f"{card.line.id}.html" if card.linked else None,
        "support": show(card.support, lang),
        "hours": card.hours,
        "owner": card.owner,
        "contact": card.contact,
    }


def _offer(offer: OfferLine, lang: Lang) -> dict[str, Any]:
    return {
        "label": offer.label,
        "id": offer.id,
        "name": offer.name,
        "product": show(offer.product, lang),
        "now": _all(offer.now, lang),
        "later": _all(offer.later, lang),
        "only_for": _all(offer.only_for, lang),
        "code": offer.code,
    }


def _suits(table: Suits, lang: Lang) -> dict[str, Any]:
    return {
        "attributes": _all(table.attributes, lang),
        "split": table.split,
        "kinds": [
            {"customers": _all(kind.words, lang), "conditions": list(kind.conditions), "offers": list(kind.offers)}
            for kind in table.kinds
        ],
    }


def _both(both: Both) -> dict[str, Any]:
    return {
        "first": both.first,
        "second": both.second,
        "answer": both.answer,
        "says": list(both.says),
        "contradicts": both.contradicts,
    }


def _unusable(item: Unusable, lang: Lang) -> dict[str, Any]:
    return {**_line(item.line), "why": _all(item.why, lang), "owner": item.owner, "contact": item.contact}


def _elsewhere(item: Elsewhere, lang: Lang) -> dict[str, Any]:
    return {"id": item.id, "title": item.title, "halls": list(item.halls), "channels": show(item.channels, lang)}


def _waits(item: HallWaits, lang: Lang) -> dict[str, Any]:
    return {
        "hall": item.hall,
        "name": item.name,
        "assumed": item.assumed,
        "untold": item.untold,
        "quiet": list(item.quiet),
        "hours": [_hour(hour) for hour in item.hours],
        "say": [{"from": it.begin, "until": it.end, "words": show(it.words, lang)} for it in item.say],
    }


def _hour(hour: Hour) -> dict[str, Any]:
    return {
        "hour": hour.hour,
        "busy": hour.busy,
        "wait": {"premium": hour.premium, "other": hour.other},
        "instead": [{"id": it.hall, "name": it.name, "assumed": it.assumed} for it in hour.instead],
    }


def _all(words: Iterable[Words], lang: Lang) -> list[str]:
    return [show(item, lang) for item in words]
