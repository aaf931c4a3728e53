"""What severities, verdicts, hints, other places and exceptions are called, in every report alike."""

from __future__ import annotations

from campaigncheck.engine.finding import Finding, RelatedPlace, Report, Waived
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.source.place import CellPlace, Place

SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}
VERDICTS = {"pass": Text("通过", "pass"), "blocked": Text("拦下", "blocked"), "invalid": Text("读不懂", "invalid")}

WAIVED = Text("已放行的例外", "Waived")
UNREAD = Text(
    "仓库里还有 {count} 个营销案读不懂，没有拿来比对：{paths}",
    "{count} further campaigns of the repository cannot be read and were not compared: {paths}",
)

_HINT = Text("怎么改：{hint}", "Mend: {hint}")
_RELATED = Text("另一处：{place} {message}", "See: {place} {message}")
_WAIVER = Text(
    "已放行：{reason}（{approver}批准，到 {expires} 为止，见 {path}:{line}）",
    "Waived: {reason} (approved by {approver}, until {expires}, see {path}:{line})",
)
_TOTAL = Text(
    "共 {campaigns} 个营销案：通过 {passed}，拦下 {blocked}，读不懂 {invalid}；错误 {errors}，警告 {warnings}，提示 {notes}{waived}{known}。",
    "Campaigns: {campaigns} (pass {passed}, blocked {blocked}, invalid {invalid}). "
    "Findings: errors {errors}, warnings {warnings}, notes {notes}{waived}{known}.",
)
_APART = Text("，已放行的例外 {count}", "; waived {count}")
_KNOWN = Text("；基线里已有的 {count} 个没有再列", "; {count} of the baseline left out")


def hint(finding: Finding, lang: Lang) -> str:
    """Return how to mend what was found."""
    return _HINT(hint=finding.hint).render(lang)


def related(item: RelatedPlace, lang: Lang) -> str:
    """Return the other place with what is there."""
    return _RELATED(place=at(item.path, item.place), message=item.message).render(lang)


def waiver(waived: Waived, lang: Lang) -> str:
    """Return why a finding passes, who has said so, until when, and where that is written."""
    return _WAIVER(**waived._asdict()).render(lang)


def at(path: str, place: Place) -> str:
    """Return where something begins, as terminals and editors make a link of it; in a workbook, its cell."""
    where = spot(place)
    return f"{path}:{where}" if where else path


def spot(place: Place) -> str:
    """Return where in its file something begins; nothing for a workbook as a whole."""
    if isinstance(place, CellPlace):
        return str(place.cell or "")
    return f"{place.line}:{place.column}"


def told(finding: Finding, lang: Lang) -> list[str]:
    """Return everything to be said of a finding, one part a line: message, hint, other places, its exception."""
    return [
        finding.message.render(lang),
        hint(finding, lang),
        *(related(item, lang) for item in finding.related),
        *([waiver(finding.waived, lang)] if finding.waived else []),
    ]


def total(report: Report) -> Message:
    """Return what the run comes to; findings under an exception are counted apart, if there are any."""
    return _TOTAL(
        campaigns=len(report.outcomes),
        passed=report.verdicts("pass"),
        blocked=report.verdicts("blocked"),
        invalid=report.verdicts("invalid"),
        errors=report.count("error"),
        warnings=report.count("warning"),
        notes=report.count("note"),
        waived=_APART(count=report.waived) if report.waived else "",
        known=_KNOWN(count=report.compared.known) if report.compared and report.compared.known else "",
    )
