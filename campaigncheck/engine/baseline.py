"""A baseline: the findings that a repository had when it began to be checked, so that only new ones fail.

It is a file of fingerprints. What cannot be read, and what is wrong with exceptions, is never part of it: a baseline
is no way around them. Findings under an exception are not either, so that they show once that ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from campaigncheck.catalogue.models import Entry, RuleId
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import INTERNAL, Compared, Finding, Gone, Report
from campaigncheck.engine.identity import fingerprints
from campaigncheck.messages import Text
from campaigncheck.source.document import decode, read_bytes
from campaigncheck.source.errors import SourceError
from campaigncheck.source.limits import MAX_CATALOGUE_BYTES
from campaigncheck.spec.load import fit

VERSION = 1
_NEVER = ("SPEC", "WAIV", INTERNAL)

_UNREADABLE = Text("基线 {path} 读不了：{reason}", "the baseline {path} cannot be read: {reason}")
_BAD = Text("基线 {path} 不是基线文件：{where} {what}", "the baseline {path} is none: {where} {what}")
_HINT = Text(
    "用 campaigncheck check --write-baseline {path} 重新生成。",
    "Make it anew by `campaigncheck check --write-baseline {path}`.",
)
_NOT_JSON = Text("不是 JSON", "is no JSON")
_TWICE = Text("同一个指纹写了两次", "has one fingerprint twice")

Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Known(Entry):
    """A finding of a baseline: its fingerprint, and what it was, for people."""

    fingerprint: Fingerprint
    rule: RuleId
    campaign: str
    path: str
    pointer: str
    message: str


class Baseline(Entry):
    """The file."""

    version: Literal[1]
    findings: list[Known]


class _Numbered(NamedTuple):
    finding: Finding
    fingerprint: str


def read_baseline(file: Path) -> dict[str, Known]:
    """Return the findings of a baseline by fingerprint.

    Raises:
        UsageError: when it cannot be read, or is no baseline.
    """
    path = str(file)
    try:
        text = decode(read_bytes(path, MAX_CATALOGUE_BYTES))
    except SourceError as error:
        raise UsageError(_UNREADABLE(path=path, reason=error.message), _HINT(path=path)) from error
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(_BAD(path=path, where="", what=_NOT_JSON), _HINT(path=path)) from error
    found = fit(Baseline, value)
    if isinstance(found, list):
        where = "/".join(str(step) for step in found[0].path)
        raise UsageError(_BAD(path=path, where=where, what=found[0].message), _HINT(path=path))
    known = {item.fingerprint: item for item in found.findings}
    if len(known) != len(found.findings):
        raise UsageError(_BAD(path=path, where="findings", what=_TWICE), _HINT(path=path))
    return known


def write_baseline(report: Report) -> str:
    """Return the baseline of a report, one finding a line, in order of fingerprint."""
    lines = []
    for finding, fingerprint in sorted(_countable(report), key=lambda item: item.fingerprint):
        known = {
            "fingerprint": fingerprint, "rule": finding.rule, "campaign": finding.campaign, "path": finding.path,
            "pointer": finding.pointer, "message": finding.message.render("zh"),
        }  # fmt: skip
        lines.append("    " + json.dumps(known, ensure_ascii=False))
    listed = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {listed}\n}}\n'


def _countable(report: Report) -> Iterator[_Numbered]:
    """Yield the findings that a baseline may hold."""
    for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True):
        if finding.waived is None and not finding.rule.startswith(_NEVER):
            yield _Numbered(finding, fingerprint)


def only_new(report: Report, known: dict[str, Known], ran: frozenset[str]) -> Report:
    """Return a report without the findings of a baseline.

    Verdicts stay what they are: a finding that is known still blocks a launch. What the run would have found and did not is
    told as gone.

    Args:
        report: the whole report.
        known: the baseline.
        ran: the rules that ran and did not crash.
    """
    there = {item.fingerprint: item.finding for item in _countable(report)}
    old = {id(finding) for fingerprint, finding in there.items() if fingerprint in known}
    told = {outcome.id for outcome in report.outcomes}
    judged = {outcome.id for outcome in report.outcomes if outcome.verdict != "invalid"}
    gone = tuple(
        Gone(item.rule, item.campaign, item.path, item.message)
        for fingerprint, item in sorted(known.items(), key=lambda pair: (pair[1].path, pair[1].rule, pair[0]))
        if fingerprint not in there
        and item.rule in ran
        and (item.campaign in judged or (report.whole and item.campaign not in told))
    )
    kept = tuple(finding for finding in report.findings if id(finding) not in old)
    return replace(report, findings=kept, compared=Compared(len(old), gone))
