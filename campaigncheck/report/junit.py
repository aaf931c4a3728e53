"""JUnit XML: what CI systems show as test results. A file is a suite, a rule that found something in it a case.

JUnit knows no warnings: a case fails because of errors only, and what else was found is its output.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from campaigncheck.catalogue.problems import CatalogueProblem
from campaigncheck.engine.finding import INTERNAL, Finding, Outcome, Report
from campaigncheck.messages import Lang, Text
from campaigncheck.pages import printable
from campaigncheck.report import names
from campaigncheck.report.faulty import hint_line

CATALOGUE = "catalogue"
"""The class of cases about faults of the tables."""

_NOTHING = Text("没有发现问题", "nothing found")
_UNREAD = Text("读不懂，没有拿来比对", "cannot be read, and was not compared")
_MORE = Text("{first}（这条规则另有 {count} 处）", "{first} (and {count} more by this rule)")
_HEAD = Text("{place} {severity} {rule}：{message}", "{place} {severity} {rule}: {message}")
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def write(report: Report, lang: Lang) -> str:
    """Write the report; times are left at nothing, since the same input gives the same bytes."""
    root = ET.Element("testsuites", {"name": "campaigncheck"})
    root.extend(_suites(report, lang))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in root)))
    root.set("time", "0")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suites(report: Report, lang: Lang) -> Iterator[ET.Element]:
    """Yield the suites: tables with faults first, then every file that was checked or has findings, then files left out."""
    for path, problems in groupby(report.faulty, key=lambda item: item.path):
        yield _suite(path, [_fault(item, lang) for item in problems])
    outcomes = {outcome.path: outcome for outcome in report.outcomes}
    found: dict[str, list[Finding]] = {path: [] for path in outcomes}
    for finding in report.findings:
        found.setdefault(finding.path, []).append(finding)
    for path, findings in sorted(found.items()):
        yield _suite(path, list(_cases(findings, outcomes.get(path), lang)), outcomes.get(path))
    for path in report.unread:
        yield _suite(path, [_skipped(path, lang)])


def _suite(path: str, cases: Sequence[ET.Element], outcome: Outcome | None = None) -> ET.Element:
    counts = {name: sum(case.find(tag) is not None for case in cases) for name, tag in _COUNTED.items()}
    shown = {"name": printable(path), "tests": len(cases), **counts, "time": 0}
    suite = ET.Element("testsuite", {name: str(value) for name, value in shown.items()})
    if outcome is not None:
        properties = ET.SubElement(suite, "properties")
        for name in ("id", "title", "stage", "verdict"):
            ET.SubElement(properties, "property", {"name": name, "value": printable(getattr(outcome, name))})
    suite.extend(cases)
    return suite


def _cases(findings: Iterable[Finding], outcome: Outcome | None, lang: Lang) -> Iterator[ET.Element]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for _, found in sorted(by_rule.items()):
        yield _case(found, lang)
    if outcome is not None and not by_rule:
        yield _empty_case(outcome.id, _NOTHING().render(lang), outcome.path)


def _case(findings: Sequence[Finding], lang: Lang) -> ET.Element:
    """Return the case of one rule: failed because of errors, skipped if all is under exceptions, else passed."""
    failing = [item for item in findings if item.severity == "error" and item.waived is None]
    shown = failing or ([] if any(item.waived is None for item in findings) else list(findings))
    first = (failing or findings)[0]
    case = _empty_case(first.campaign or first.path, first.rule, first.path, first.place.line)
    if shown:
        tag = "skipped" if not failing else "error" if first.rule == INTERNAL else "failure"
        _add(case, tag, first.rule, _message(shown, lang), "\n\n".join(_told(item, lang) for item in shown))
    others = [item for item in findings if item not in shown]
    if others:
        ET.SubElement(case, "system-out").text = printable("\n\n".join(_told(item, lang) for item in others))
    return case


def _message(findings: Sequence[Finding], lang: Lang) -> str:
    """Return the line that lists show: of what is skipped the exception, else the message."""
    first = findings[0]
    said = names.waiver(first.waived, lang) if first.waived else first.message.render(lang)
    return _MORE(first=said, count=len(findings) - 1).render(lang) if len(findings) > 1 else said


def _told(finding: Finding, lang: Lang) -> str:
    message, *rest = names.told(finding, lang)
    place, severity = names.at(finding.path, finding.place), names.SEVERITIES[finding.severity]
    head = _HEAD(place=place, severity=severity, rule=finding.rule, message=message).render(lang)
    return "\n  ".join([head, *rest])


def _fault(item: CatalogueProblem, lang: Lang) -> ET.Element:
    place, message = names.at(item.path, item.place), item.message.render(lang)
    case = _empty_case(CATALOGUE, place, item.path, item.place.line)
    _add(case, "error", CATALOGUE, message, f"{place} {message}\n  {hint_line(item, lang)}")
    return case


def _skipped(path: str, lang: Lang) -> ET.Element:
    case = _empty_case(path, "SPEC001", path)
    _add(case, "skipped", "SPEC001", _UNREAD().render(lang), "")
    return case


def _empty_case(group: str, name: str, path: str, line: int = 1) -> ET.Element:
    given = {"classname": group, "name": name, "file": path, "line": str(line), "time": "0"}
    return ET.Element("testcase", {key: printable(value) for key, value in given.items()})


def _add(case: ET.Element, tag: str, kind: str, message: str, said: str) -> None:
    ET.SubElement(case, tag, {"type": kind, "message": printable(message)}).text = printable(said)
