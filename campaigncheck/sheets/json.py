"""A sheet as JSON, for knowledge bases: plain strings, fixed names, ids that last. Its schema is ``sheet.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from campaigncheck import __version__
from campaigncheck.messages import Lang
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.parts import Say, alarms, speaker, step_name

VERSION = 1
"""Of the shape; names are added under one version, never renamed or dropped."""


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> str:
    """Return a sheet as JSON."""
    say = speaker(lang)
    data = {
        "version": VERSION,
        "tool": {"name": "campaigncheck", "version": __version__},
        "lang": lang,
        "campaign": campaign(sheet, say),
        "status": status(sheet, say),
        "offers": list(_offers(sheet, say)),
        "counter": _counter(sheet, say),
        "questions": list(_questions(sheet, say)),
        "answers": _pairs(sheet, "answer", sheet.answers, ("phrase", "answer"), say),
        "terms": _pairs(sheet, "term", sheet.terms, ("term", "explanation"), say),
        "support": {"contact": say(sheet.support), "hours": say(sheet.hours)},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def campaign(sheet: Sheet, say: Say) -> dict[str, Any]:
    """Return what the campaign is, for whom, when and where."""
    return {
        "id": sheet.id,
        "title": say(sheet.title),
        "summary": say(sheet.summary),
        "audience": [say(group) for group in sheet.audience],
        "start": sheet.start.isoformat(),
        "end": sheet.end.isoformat(),
        "places": say(sheet.places),
        "channels": say(sheet.channels),
        "halls": say(sheet.halls) if sheet.halls else None,
        "owner": {"department": say(sheet.owner), "contact": say(sheet.contact)},
        "address": sheet.address,
    }


def status(sheet: Sheet, say: Say) -> dict[str, Any]:
    """Return whether the sheet may be used, and by what an old one is told from a new one."""
    return {
        "usable": sheet.warning is None,
        "warnings": [say(line) for line in alarms(sheet)],
        "verdict": sheet.verdict,
        "cleared": sheet.cleared,
        "stage": sheet.stage_name,
        "state": sheet.state,
        "issued": sheet.issued.isoformat(),
        "digest": sheet.digest,
    }


def _offers(sheet: Sheet, say: Say) -> Iterator[dict[str, Any]]:
    for table in sheet.offers:
        for number, name in enumerate(table.names):
            rows = [
                {"name": row.name, "label": say(row.label), "lines": [say(line) for line in row.cells[number]]}
                for row in table.rows
            ]
            yield {"name": say(name), "rows": rows}


def _counter(sheet: Sheet, say: Say) -> dict[str, Any]:
    counter = sheet.counter
    steps = [{"lines": [say(line) for line in step_name(step)], "minutes": say(step.minutes)} for step in counter.steps]
    return {
        "steps": steps,
        "total": say(counter.total) if counter.total else None,
        "instead": say(counter.instead) if counter.instead else None,
    }


def _questions(sheet: Sheet, say: Say) -> Iterator[dict[str, Any]]:
    found = [(topic, item) for topic in sheet.topics for item in topic.questions]
    ids = _ids((f"{sheet.id}.{item.topic}", item.q) for _, item in found)
    for name, (topic, item) in zip(ids, found, strict=True):
        said = {"topic": item.topic, "title": say(topic.title), "question": say(item.q), "answer": say(item.a)}
        yield {"id": name, **said, "short": say(item.short) if item.short else None}


def _pairs(
    sheet: Sheet, kind: str, pairs: Iterable[tuple[str, str]], names: tuple[str, str], say: Say
) -> list[dict[str, str]]:
    given = list(pairs)
    ids = _ids((f"{sheet.id}.{kind}", first) for first, _ in given)
    return [
        {"id": name, names[0]: say(first), names[1]: say(second)}
        for name, (first, second) in zip(ids, given, strict=True)
    ]


def _ids(given: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield ids made from what is asked, so that they last when answers change, or questions come and go.

    The same asked again gets a number.
    """
    seen: dict[str, int] = {}
    for begin, text in given:
        name = f"{begin}.{sha256(' '.join(text.split()).encode(errors='replace')).hexdigest()[:10]}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}"
