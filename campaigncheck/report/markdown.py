"""A comment for a pull request: the verdict, a table, the errors; everything else folded. Short enough for GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from campaigncheck.engine.finding import Finding, Outcome, Report
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.report import names
from campaigncheck.report.faulty import HEAD, hint_line
from campaigncheck.report.gfm import code, escape, one_line

LIMIT = 65_536
"""GitHub refuses longer comments."""

MARK = "<!-- campaigncheck -->"
"""By this first line a workflow finds its comment again, to renew it."""

_RESERVE = 600
"""Room for saying what is left out."""

_LONGEST = 600
_TITLE = 80
_PLACES = 5
_ICONS = {"pass": "✅", "blocked": "⛔", "invalid": "❓"}
_PASSED = Text("✅ **检查通过。** {total}", "✅ **Checks passed.** {total}")
_FAILED = Text("⛔ **检查没有通过。** {total}", "⛔ **Checks failed.** {total}")
_UNSURE = Text("⚠️ **没有查完。** {total}", "⚠️ **The check is not complete.** {total}")
_COLUMNS = Text(
    "| 营销案 | 结论 | 错误 | 警告 | 提示 | 例外 |\n|---|---|--:|--:|--:|--:|\n",
    "| campaign | verdict | errors | warnings | notes | waived |\n|---|---|--:|--:|--:|--:|\n",
)
_FINE = Text("另有 {count} 个营销案没有任何问题。", "Campaigns without any finding: {count}.")
_ROWS_LEFT = Text(
    "表里还有 {count} 个营销案没有列出来。", "Campaigns with findings that are not in the table: {count}."
)
_LEFT = Text(
    "还有 {count} 处没有列出来，评论放不下。在本地运行 `campaigncheck check`，或者看这次检查的 html、json 报告，那里是全的。",
    "{count} more findings do not fit into a comment. Run `campaigncheck check`, or see the html or json report of this run, for all.",
)
_HEADING = Text("### {name}：{verdict}\n\n", "### {name}: {verdict}\n\n")
_PLAIN_HEADING = Text("### {name}\n\n", "### {name}\n\n")
_FOLDED = Text("警告 {warnings}，提示 {notes}", "Warnings {warnings}, notes {notes}")
_WAIVED = Text("已放行的例外 {count}", "Waived {count}")
_SEE = Text("另一处：{place} {said}", "See: {place} {said}")
_MORE_PLACES = Text("另有 {count} 处没有列出", "{count} more places")
_ITEM = Text("- **{severity} {rule}** {place} {said}\n", "- **{severity} {rule}** {place} {said}\n")
_FAULT = Text("- {place} {said}\n", "- {place} {said}\n")


class Part(NamedTuple):
    """A piece of the comment that may be cut: what comes first, its items, what comes last.

    The parts of a smaller ``rank`` get their room first; ``findings`` says whether its items are findings.
    """

    rank: int
    head: str
    items: Sequence[str]
    foot: str
    findings: bool = True


def write(report: Report, lang: Lang, limit: int = LIMIT) -> str:
    """Write the comment, of at most ``limit`` characters as GitHub and JavaScript count them."""
    first = f"{MARK}\n{_verdict(report).render(lang)}\n\n"
    last = "".join(f"{line}\n\n" for line in _notes(report, lang))
    parts = list(_parts(report, lang))
    kept = _fitting(parts, limit - _RESERVE - _size(first) - _size(last))
    left = {found: sum(len(p.items) - n for p, n in zip(parts, kept, strict=True) if p.findings == found) for found in (True, False)}  # fmt: skip
    cut = [text(count=left[found]).render(lang) for found, text in ((False, _ROWS_LEFT), (True, _LEFT)) if left[found]]
    body = "".join(_written(part, number) for part, number in zip(parts, kept, strict=True))
    return (first + body + last + "".join(f"{line}\n\n" for line in cut)).rstrip("\n") + "\n"


def _verdict(report: Report) -> Message:
    unsure = report.crashed or report.faulty
    text = _UNSURE if unsure else _FAILED if report.reaches("error") else _PASSED
    return text(total=names.total(report))


def _notes(report: Report, lang: Lang) -> Iterator[str]:
    fine = sum(not _remarkable(outcome) for outcome in report.outcomes)
    if 0 < fine < len(report.outcomes):
        yield _FINE(count=fine).render(lang)
    if report.unread:
        yield escape(_cut(names.UNREAD(count=len(report.unread), paths=list(report.unread)).render(lang)))


def _parts(report: Report, lang: Lang) -> Iterator[Part]:
    """Yield the parts in the order in which they stand."""
    if report.faulty:
        yield Part(0, f"{escape(HEAD(count=len(report.faulty)).render(lang))}\n\n", list(_faults(report, lang)), "\n")
    ordered = sorted(report.outcomes, key=lambda outcome: outcome.verdict == "pass")
    rows = [_row(outcome, lang) for outcome in ordered if _remarkable(outcome)]
    if rows:
        yield Part(1, _COLUMNS().render(lang), rows, "\n", findings=False)
    outcomes = {outcome.path: outcome for outcome in report.outcomes}
    for path, found in _by_file(report):
        yield from _campaign(found, outcomes.get(path), lang)
    waived = [_item(finding, lang) for finding in report.findings if finding.waived is not None]
    if waived:
        yield _folded(4, "", _WAIVED(count=len(waived)), waived, lang)


def _by_file(report: Report) -> list[tuple[str, list[Finding]]]:
    """Return the findings that count, by file; files with errors come first."""
    counting = (finding for finding in report.findings if finding.waived is None)
    found = [(path, list(items)) for path, items in groupby(counting, key=lambda finding: finding.path)]
    return sorted(found, key=lambda item: all(finding.severity != "error" for finding in item[1]))


def _campaign(findings: Sequence[Finding], outcome: Outcome | None, lang: Lang) -> Iterator[Part]:
    """Yield the errors of a campaign, and its warnings and notes folded."""
    heading = _heading(findings[0], outcome).render(lang)
    errors = [_item(finding, lang) for finding in findings if finding.severity == "error"]
    others = [_item(finding, lang) for finding in findings if finding.severity != "error"]
    if errors:
        yield Part(2, heading, errors, "\n")
    if others:
        warnings = sum(finding.severity == "warning" for finding in findings)
        told = _FOLDED(warnings=warnings, notes=len(others) - warnings)
        yield _folded(3, "" if errors else heading, told, others, lang)


def _folded(rank: int, heading: str, summary: Message, items: Sequence[str], lang: Lang) -> Part:
    head = f"{heading}<details><summary>{summary.render(lang)}</summary>\n\n"
    return Part(rank, head, items, "\n</details>\n\n")


def _heading(finding: Finding, outcome: Outcome | None) -> Message:
    if outcome is None:
        return _PLAIN_HEADING(name=code(finding.path))
    name = f"{_ICONS[outcome.verdict]} {escape(_cut(outcome.title, _TITLE))} {code(outcome.id)}"
    return _HEADING(name=name, verdict=names.VERDICTS[outcome.verdict])


def _row(outcome: Outcome, lang: Lang) -> str:
    verdict = f"{_ICONS[outcome.verdict]} {names.VERDICTS[outcome.verdict]().render(lang)}"
    name = f"{escape(_cut(outcome.title, _TITLE))}<br>{escape(_cut(outcome.id, _TITLE))}"
    counts = (outcome.errors, outcome.warnings, outcome.notes, outcome.waived)
    return f"| {' | '.join([name, verdict, *map(str, counts)])} |\n"


def _remarkable(outcome: Outcome) -> bool:
    return outcome.verdict != "pass" or any((outcome.errors, outcome.warnings, outcome.notes, outcome.waived))


def _item(finding: Finding, lang: Lang) -> str:
    place = code(names.at(finding.path, finding.place))
    severity = names.SEVERITIES[finding.severity]
    return _ITEM(severity=severity, rule=escape(finding.rule), place=place, said="<br>".join(_said(finding, lang))).render(lang)  # fmt: skip


def _said(finding: Finding, lang: Lang) -> Iterator[str]:
    """Yield message, hint, other places and exception, each on a line of its own."""
    yield escape(_cut(finding.message.render(lang)))
    yield escape(_cut(names.hint(finding, lang)))
    for item in finding.related[:_PLACES]:
        place = code(names.at(item.path, item.place))
        yield _SEE(place=place, said=escape(_cut(item.message.render(lang)))).render(lang)
    if len(finding.related) > _PLACES:
        yield _MORE_PLACES(count=len(finding.related) - _PLACES).render(lang)
    if finding.waived is not None:
        yield escape(_cut(names.waiver(finding.waived, lang)))


def _faults(report: Report, lang: Lang) -> Iterator[str]:
    for item in report.faulty:
        said = "<br>".join(escape(_cut(text)) for text in (item.message.render(lang), hint_line(item, lang)))
        yield _FAULT(place=code(names.at(item.path, item.place)), said=said).render(lang)


def _cut(text: str, most: int = _LONGEST) -> str:
    shown = one_line(text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _fitting(parts: Sequence[Part], room: int) -> list[int]:
    """Return how many items of each part fit; once something does not, nothing of a later rank is taken."""
    kept = [0] * len(parts)
    for index in sorted(range(len(parts)), key=lambda index: parts[index].rank):
        part = parts[index]
        space = room - _size(part.head) - _size(part.foot)
        for item in part.items:
            space -= _size(item)
            if space < 0:
                return kept
            kept[index] += 1
        room = space
    return kept


def _written(part: Part, number: int) -> str:
    return part.head + "".join(part.items[:number]) + part.foot if number else ""


def _size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
