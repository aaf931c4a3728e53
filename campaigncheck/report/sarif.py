"""SARIF 2.1.0 for code scanning: findings with their rules, places, exceptions and fingerprints.

Columns count characters (``columnKind``). Crashed rules are notifications about the run, faults of the tables
notifications about its configuration; neither is a result.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from campaigncheck.catalogue.problems import CatalogueProblem
from campaigncheck.engine.finding import INTERNAL, Finding, RelatedPlace, Report, Waived
from campaigncheck.engine.identity import fingerprints
from campaigncheck.messages import Lang, Text
from campaigncheck.report import names
from campaigncheck.report.faulty import hint_line
from campaigncheck.report.json import summary
from campaigncheck.report.sarif_places import BASE, artifact, location
from campaigncheck.report.sarif_rules import descriptors
from campaigncheck.source.place import Lines, Place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "campaigncheck/v1"
CATALOGUE = "CATALOGUE"
"""The notification about a fault of the tables."""

_LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
_NOTIFICATIONS = {
    INTERNAL: Text("规则出错了，没有查完", "A rule crashed; its check is not complete"),
    CATALOGUE: Text("营业厅或热线的数据有错", "Faults in the data of halls and hotlines"),
    "UNREAD": Text(
        "仓库里有营销案读不懂，没有拿来比对", "Campaigns of the repository that could not be read or compared"
    ),
}
_BASE = Text("仓库的最上层文件夹", "The top folder of the repository")


def write(report: Report, lang: Lang) -> str:
    """Write a log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Writer(report, lang).run()]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class _Writer:
    report: Report
    lang: Lang

    def run(self) -> dict[str, Any]:
        report, language = self.report, _LANGUAGES[self.lang]
        results = [item for item in zip(report.findings, fingerprints(report), strict=True) if item[0].rule != INTERNAL]
        rules = descriptors(report, [finding.rule for finding, _ in results], self.lang)
        index = {rule["id"]: number for number, rule in enumerate(rules)}
        return {
            "tool": {"driver": self._driver(rules, language)},
            "language": language,
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: {"description": _message(_BASE().render(self.lang))}},
            "invocations": [self._invocation()],
            "artifacts": [artifact(path) for path in self._files()],
            "results": list(self._results(results, index)),
            "properties": {"policy": report.policy, "summary": summary(report)},
        }

    def _driver(self, rules: Sequence[dict[str, Any]], language: str) -> dict[str, Any]:
        told = ({"id": name, "shortDescription": {"text": text().render(self.lang)}} for name, text in _NOTIFICATIONS.items())  # fmt: skip
        return {
            "name": "campaigncheck",
            "version": self.report.version,
            "language": language,
            "rules": list(rules),
            "notifications": list(told),
        }

    def _files(self) -> list[str]:
        """Return every file that is spoken of, in order."""
        found = {outcome.path for outcome in self.report.outcomes} | {item.path for item in self.report.faulty}
        for finding in self.report.findings:
            found |= {finding.path, *(other.path for other in finding.related)}
            found |= {finding.waived.path} if finding.waived else set()
        return sorted(found)

    def _results(self, findings: Iterable[tuple[Finding, str]], index: dict[str, int]) -> Iterator[dict[str, Any]]:
        lines: dict[str, Lines] = {}
        for finding, fingerprint in findings:
            path = finding.path
            if path not in lines:
                lines = {path: Lines(self.report.sources.get(path, ""))}  # findings come in order of their files
            result = {
                "ruleId": finding.rule,
                "ruleIndex": index[finding.rule],
                "level": finding.severity,
                "message": _message(f"{finding.message.render(self.lang)}\n{names.hint(finding, self.lang)}"),
                "locations": [location(path, finding.place, lines[path])],
                "partialFingerprints": {FINGERPRINT: fingerprint},
                "properties": {"campaign": finding.campaign, "pointer": finding.pointer},
            }
            if finding.related:
                result["relatedLocations"] = [self._related(*item) for item in enumerate(finding.related, 1)]
            if finding.waived is not None:
                result["suppressions"] = [self._suppression(finding.waived)]
            yield result

    def _related(self, number: int, item: RelatedPlace) -> dict[str, Any]:
        return {"id": number, **location(item.path, item.place), "message": _message(item.message.render(self.lang))}

    def _suppression(self, waived: Waived) -> dict[str, Any]:
        return {
            "kind": "external",
            "status": "accepted",
            "justification": names.waiver(waived, self.lang),
            "location": location(waived.path, Place(waived.line, 1, waived.line, 1)),
            "properties": {"approver": waived.approver, "expires": waived.expires.isoformat()},
        }

    def _invocation(self) -> dict[str, Any]:
        crashed = [self._crash(finding) for finding in self.report.findings if finding.rule == INTERNAL]
        told = [*crashed, *self._unread()]
        return {
            "executionSuccessful": not crashed and not self.report.faulty,
            "toolExecutionNotifications": told,
            "toolConfigurationNotifications": [self._fault(item) for item in self.report.faulty],
        }

    def _crash(self, finding: Finding) -> dict[str, Any]:
        said = f"{finding.message.render(self.lang)}\n{names.hint(finding, self.lang)}"
        return _notification(INTERNAL, "error", said, [location(finding.path, finding.place)])

    def _unread(self) -> Iterator[dict[str, Any]]:
        paths = self.report.unread
        if paths:
            said = names.UNREAD(count=len(paths), paths=list(paths)).render(self.lang)
            yield _notification("UNREAD", "note", said, [])

    def _fault(self, item: CatalogueProblem) -> dict[str, Any]:
        said = f"{item.message.render(self.lang)}\n{hint_line(item, self.lang)}"
        return _notification(CATALOGUE, "error", said, [location(item.path, item.place)])


def _notification(name: str, level: str, said: str, locations: list[dict[str, Any]]) -> dict[str, Any]:
    index = list(_NOTIFICATIONS).index(name)
    return {
        "descriptor": {"id": name, "index": index},
        "level": level,
        "message": _message(said),
        "locations": locations,
    }


def _message(text: str) -> dict[str, str]:
    return {"text": literal(text)}


def literal(text: str) -> str:
    """Write a text as a SARIF message that says just this.

    Braces are doubled, since they stand for arguments; brackets followed by a parenthesis would be a link, for which
    there is no way of writing it otherwise: a blank stands between them.
    """
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
