"""The machine-readable report, version 1 (contract §4)."""

from __future__ import annotations

import json
from typing import Any

from campaigncheck.aftercare.campaigns import of_report
from campaigncheck.aftercare.model import Aftercare
from campaigncheck.engine.finding import Compared, Finding, Outcome, Proposal, RelatedPlace, Report, Waived
from campaigncheck.engine.identity import facts, fingerprints, values_of
from campaigncheck.messages import Lang, Message
from campaigncheck.report import aftercare, faulty, handling
from campaigncheck.source.place import CellPlace, Place

VERSION = 1


def write(report: Report, lang: Lang) -> str:
    """Write the report as JSON: keys in fixed order, one campaign and one finding a line."""
    parts = []
    for key, value in data(report, lang).items():
        if isinstance(value, list) and value:
            parts.append(f"  {dump(key)}: [\n" + ",\n".join(f"    {dump(item)}" for item in value) + "\n  ]")
        else:
            parts.append(f"  {dump(key)}: {dump(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def dump(value: Any) -> str:
    """Return plain data on one line."""
    return json.dumps(value, ensure_ascii=False)


def data(report: Report, lang: Lang) -> dict[str, Any]:
    """Return the report as plain data."""
    cares = of_report(report)
    values = values_of(report.sources)
    known = zip(report.findings, fingerprints(report, values), facts(report, values), strict=True)
    return {
        "version": VERSION,
        "tool": {"name": "campaigncheck", "version": report.version, "policy": report.policy},
        "summary": summary(report),
        "campaigns": [_campaign(outcome, cares.get(outcome.path)) for outcome in report.outcomes],
        "findings": [
            {**_finding(finding, lang), "fingerprint": fingerprint, "facts": rests_on}
            for finding, fingerprint, rests_on in known
        ],
        "unread": list(report.unread),
        "proposals": [_proposal(proposal) for proposal in report.proposals],
        **({"catalogue_problems": faulty.data(report.faulty, lang)} if report.faulty else {}),
        **({"baseline": _baseline(report.compared)} if report.compared is not None else {}),
    }


def summary(report: Report) -> dict[str, int]:
    """Return how many campaigns have each verdict, and how many findings each severity."""
    return {
        "campaigns": len(report.outcomes),
        "pass": report.verdicts("pass"),
        "blocked": report.verdicts("blocked"),
        "invalid": report.verdicts("invalid"),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "notes": report.count("note"),
        "waived": report.waived,
    }


def _campaign(outcome: Outcome, care: Aftercare | None) -> dict[str, Any]:
    found = {"id": outcome.id, "path": outcome.path, "verdict": outcome.verdict, **handling.data(outcome)}
    if care is not None:
        found["aftercare"] = aftercare.data(care)
    return found


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    found: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "campaign": finding.campaign,
        "path": finding.path,
        **place(finding.place),
        "pointer": finding.pointer,
        "message": _render(finding.message, lang),
        "hint": _render(finding.hint, lang),
        "waived": finding.waived is not None,
        "related": [_related(item, lang) for item in finding.related],
    }
    if finding.waived is not None:
        found["waiver"] = _waiver(finding.waived)
    if finding.where is not None:
        first, last, regions = finding.where
        found["where"] = {"from": str(first), "to": str(last), "regions": list(regions)}
    if finding.cost is not None:
        _, _, seconds, customers, minutes = finding.cost
        found["cost"] = {"seconds_per_customer": seconds, "customers": customers, "minutes": minutes}
    return found


def _waiver(waived: Waived) -> dict[str, Any]:
    return {**waived._asdict(), "expires": waived.expires.isoformat()}


def _baseline(compared: Compared) -> dict[str, Any]:
    return {"known": compared.known, "gone": [item._asdict() for item in compared.gone]}


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "campaign": proposal.id,
        "path": proposal.path,
        "instead_of": proposal.instead_of,
        "counts": proposal.counts,
    }


def _related(item: RelatedPlace, lang: Lang) -> dict[str, Any]:
    return {
        "campaign": item.campaign,
        "path": item.path,
        **place(item.place),
        "message": _render(item.message, lang),
    }


def place(of: Place) -> dict[str, Any]:
    """Return where something begins and ends, as plain data; of a workbook, in the YAML made of it, and the cell."""
    found: dict[str, Any] = dict(zip(("line", "column", "end_line", "end_column"), of, strict=True))
    if isinstance(of, CellPlace) and of.cell is not None:
        found |= {"sheet": of.cell.sheet, "cell": of.cell.name}
    return found


def _render(message: Message, lang: Lang) -> str:
    return message.render(lang)
