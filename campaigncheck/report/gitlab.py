"""Code Quality of GitLab: findings beside the changes of a merge request."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from campaigncheck.catalogue.problems import CatalogueProblem
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.identity import fingerprints
from campaigncheck.messages import Lang, Text
from campaigncheck.report import names
from campaigncheck.report.faulty import hint_line
from campaigncheck.report.json import dump
from campaigncheck.source.place import CellPlace, Place

CATALOGUE = "catalogue"
"""What faults of the tables are called where a rule would be named."""

_SEVERITIES = {"error": "blocker", "warning": "major", "note": "minor"}
_WAIVED = Text("【已放行的例外】{said}", "[waived] {said}")


def write(report: Report, lang: Lang) -> str:
    """Write a list of issues, one a line."""
    items = [*_faulty(report, lang), *_findings(report, lang)]
    return "[\n" + ",\n".join(f"  {dump(item)}" for item in items) + "\n]\n" if items else "[]\n"


def _findings(report: Report, lang: Lang) -> Iterator[dict[str, Any]]:
    for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True):
        severity = _SEVERITIES[finding.severity] if finding.waived is None else "info"
        yield _issue(_said(finding, lang), finding.rule, fingerprint, severity, finding.path, finding.place)


def _faulty(report: Report, lang: Lang) -> Iterator[dict[str, Any]]:
    for item in report.faulty:
        said = f"{item.message.render(lang)} {hint_line(item, lang)}"
        yield _issue(said, CATALOGUE, _fingerprint(item), "blocker", item.path, item.place)


def _issue(said: str, rule: str, fingerprint: str, severity: str, path: str, place: Place) -> dict[str, Any]:
    begin, end = {"line": place.line, "column": place.column}, {"line": place.end_line, "column": place.end_column}
    return {
        "description": said,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "positions": {"begin": begin, "end": end}},
    }


def _said(finding: Finding, lang: Lang) -> str:
    """Return what is said of a finding on one line; an exception says so first."""
    where = [names.spot(finding.place)] if isinstance(finding.place, CellPlace) else []
    said = " ".join(" ".join([*where, *names.told(finding, lang)]).split("\n"))
    return said if finding.waived is None else _WAIVED(said=said).render(lang)


def _fingerprint(item: CatalogueProblem) -> str:
    named = (item.path, *item.place, item.message.render("en"))
    return sha256("\n".join(map(str, named)).encode("utf-8", "surrogatepass")).hexdigest()
