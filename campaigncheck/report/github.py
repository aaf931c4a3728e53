"""Workflow commands of GitHub Actions: each finding becomes an annotation at its line in the pull request."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.catalogue.problems import CatalogueProblem
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.messages import Lang, Text
from campaigncheck.pages import printable
from campaigncheck.report import names
from campaigncheck.report.faulty import HEAD, hint_line
from campaigncheck.source.place import CellPlace, Place

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_WAIVED_TITLE = Text("{about}（已放行的例外）", "{about} (waived)")
_SPAN = Text("位置：{span}", "Place: {span}")


def write(report: Report, lang: Lang) -> str:
    """Write one command a finding, then what the run comes to as plain text."""
    lines = [
        *_faulty(report.faulty, lang),
        *(_command(finding, lang) for finding in report.findings),
        *_unread(report, lang),
        names.total(report).render(lang),
    ]
    return "\n".join(lines) + "\n"


def _command(finding: Finding, lang: Lang) -> str:
    waived = finding.waived is not None
    about = f"{finding.rule} {finding.campaign}".rstrip()
    title = _WAIVED_TITLE(about=about).render(lang) if waived else about
    said = "\n".join([*names.told(finding, lang), *_span(finding.place, lang)])
    command = "notice" if waived else _COMMANDS[finding.severity]
    return _written(command, {**_place(finding.path, finding.place), "title": title}, said)


def _faulty(problems: tuple[CatalogueProblem, ...], lang: Lang) -> Iterator[str]:
    title = HEAD(count=len(problems)).render(lang)
    for item in problems:
        said = "\n".join([item.message.render(lang), hint_line(item, lang), *_span(item.place, lang)])
        yield _written("error", {**_place(item.path, item.place), "title": title}, said)


def _unread(report: Report, lang: Lang) -> Iterator[str]:
    if report.unread:
        yield _written("notice", {}, names.UNREAD(count=len(report.unread), paths=list(report.unread)).render(lang))


def _place(path: str, place: Place) -> dict[str, str]:
    """Return where an annotation goes; GitHub takes columns only where it begins and ends on one line."""
    if isinstance(place, CellPlace):
        return {"file": path}
    found = {"file": path, "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:
        found |= {"col": place.column, "endColumn": place.end_column}
    return {name: str(value) for name, value in found.items()}


def _span(place: Place, lang: Lang) -> Iterator[str]:
    """Say the columns where GitHub does not take them, and the cell of a workbook."""
    if isinstance(place, CellPlace):
        if place.cell is not None:
            yield _SPAN(span=str(place.cell)).render(lang)
        return
    if place.line != place.end_line:
        yield _SPAN(span=f"{place.line}:{place.column}–{place.end_line}:{place.end_column}").render(lang)


def _written(command: str, properties: dict[str, str], said: str) -> str:
    given = ",".join(f"{name}={escape_property(printable(value))}" for name, value in properties.items())
    return f"::{command}{' ' if given else ''}{given}::{escape(printable(said))}"


def escape(text: str) -> str:
    """Write a text so that it stays within its command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Write the value of a property so that it stays within its property."""
    return escape(text).replace(":", "%3A").replace(",", "%2C")
