"""What a worker answers, as plain data: the report of a draft, its sheet, and whom it meets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Report
from campaigncheck.messages import Lang
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.overlap import Overlap, meet_in_place
from campaigncheck.report.json import data
from campaigncheck.rulekit import wording
from campaigncheck.serve.context import Context, Judged
from campaigncheck.serve.settings import Draft
from campaigncheck.sheets import model as sheets
from campaigncheck.sheets.render import write
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.entry import Entry
from campaigncheck.understand.references import fill

MOST_SHOWN = 50
"""Campaigns that run beside a draft and are listed; the rest are counted."""

LIMITS = {"mean": "handling_mean", "p90": "handling_p90"}


def check(context: Context, draft: Draft, lang: Lang) -> dict[str, Any]:
    """Return the report of a draft, which file it is a version of, and the names that the page needs."""
    judged = context.judge(draft)
    item, report = judged.item, judged.report
    return {
        "path": item.spec.shown,
        "there": judged.there,
        "id": item.id if item.known else "",
        "title": item.title,
        "verdict": judged.outcome.verdict,
        "limits": {name: context.catalogues.limit(limit, item.owner) for name, limit in LIMITS.items()}
        if item.understood
        else {},
        "titles": dict(_titles(context, report)),
        "report": data(report, lang),
    }


def _titles(context: Context, report: Report) -> Iterator[tuple[str, str]]:
    """Yield the titles of the other campaigns that are named."""
    for finding in report.findings:
        for path in (finding.path, *(related.path for related in finding.related)):
            if path in context.around and context.around[path].title:
                yield path, context.around[path].title


def sheet(context: Context, draft: Draft, lang: Lang) -> dict[str, Any]:
    """Return the page of the FAQ sheet that a draft would have; None while it cannot be read as a campaign."""
    judged = context.judge(draft)
    campaign = _campaign(judged)
    if campaign is None:
        return {"html": None}
    errors = [
        finding
        for finding in judged.report.findings
        if finding.severity == "error" and finding.path == judged.item.spec.shown
    ]
    digest = hashlib.sha256(draft.text.encode()).hexdigest()
    given = sheets.Judged(campaign, judged.outcome.verdict, errors, digest, judged.item.document)
    titles = {item.id: item.title for item in (*context.around.values(), judged.item) if item.known}
    made = sheets.build(given, context.catalogues, dict(sorted(titles.items())), context.settings.today)
    return {"html": write(made, lang)}


def _campaign(judged: Judged) -> Campaign | None:
    document = judged.item.document
    if document is None or not judged.item.understood:
        return None
    value, _ = read(document.text, document.path)
    campaign = fit(Campaign, value)
    return None if isinstance(campaign, list) else fill(campaign).campaign


def neighbours(context: Context, draft: Draft, lang: Lang) -> dict[str, Any]:
    """Return the campaigns whose customers a draft reaches at the same time and place, each with a witness."""
    item = context.examine(draft)
    if item.entry is None:
        return {"understood": item.understood, "count": 0, "campaigns": []}
    others = [other for path, other in context.around.items() if path != item.spec.shown and other.entry]
    found = list(_met(item.entry, others, context))
    found.sort(key=lambda row: (row[1].days.first, row[0].id))
    return {
        "understood": True,
        "count": len(found),
        "campaigns": [_neighbour(other, shared, context, lang) for other, shared in found[:MOST_SHOWN]],
    }


def _met(entry: Entry, others: Iterable[Examined], context: Context) -> Iterator[tuple[Examined, Overlap]]:
    known = list(others)
    portfolio = Portfolio.of((entry, *(other.entry for other in known if other.entry)), context.regions)
    for other in known:
        there = other.entry
        if there is None or entry.days.meet(there.days).empty or not meet_in_place(entry, there):
            continue
        shared = portfolio.overlap(entry, there)
        if shared is not None:
            yield other, shared


def _neighbour(other: Examined, shared: Overlap, context: Context, lang: Lang) -> dict[str, Any]:
    return {
        "id": other.id,
        "title": other.title,
        "path": other.spec.shown,
        "stage": other.stage,
        "days": wording.span(shared.days).render(lang),
        "cities": wording.cities(shared.cities, context.catalogues).render(lang),
        "witness": wording.witness(shared, context.catalogues).render(lang),
    }


def campaigns(context: Context) -> list[dict[str, str]]:
    """Return the campaigns of the repository, in order of path."""
    return [
        {"path": path, "id": item.id, "title": item.title, "stage": item.stage}
        for path, item in sorted(context.around.items())
    ]
