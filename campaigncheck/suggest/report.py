"""Suggestions for people, as a table, and for programs, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from campaigncheck.engine.finding import Finding
from campaigncheck.messages import Lang, Text
from campaigncheck.suggest.plan import LOST_REACH, Subject
from campaigncheck.suggest.search import Suggestion

VERSION = 1
WIDTH = 110

_PASSES = Text("“{title}”（{id}）现在就能通过，不用改。", "“{title}” ({id}) passes as it is: nothing to change.")
_HEAD = Text("“{title}”（{id}）现在被这些拦住：", "“{title}” ({id}) does not pass because of:")
_BY_HAND = Text(
    "换日期、地区、客户都解决不了、要自己改的：", "to be mended by hand, whatever the dates, places or customers:"
)
_FOUND = Text("可以这样调整，从改动最小的开始：", "ways to run it, the smallest change first:")
_NONE = Text(
    "{days} 天以内移动、缩短、减城市、减营业厅、收窄客户都试过了，没有能通过的办法；拦住它的规则：{rules}。",
    "nothing works, whether moved by up to {days} days, shortened, or with fewer cities, halls or customers; in the way: {rules}.",
)
_ITEM = Text("  {rule} 第 {line} 行：{message}", "  {rule} line {line}: {message}")
_COLUMNS = (Text("序号", "no."), Text("怎么改", "change"), Text("改动大小", "size"), Text("要谁同意", "to agree"))
_STILL = Text(
    "按上面任何一种调整后，还要自己改好 {count} 处才能通过。",
    "after any of these, {count} places are left to be mended by hand.",
)
_WRITTEN = Text("第 {number} 种已写进 {path}。", "number {number} is written into {path}.")


@dataclass(frozen=True)
class Advice:
    """Everything that there is to say about a campaign that is to pass."""

    subject: Subject
    in_the_way: tuple[Finding, ...]
    by_hand: tuple[Finding, ...]
    suggestions: tuple[Suggestion, ...]
    within: int

    @property
    def passes(self) -> bool:
        """Whether it passes, as it is or by a suggestion."""
        return not self.in_the_way or (bool(self.suggestions) and not self.by_hand)


def write_text(advice: Advice, lang: Lang) -> str:
    """Write the advice for people."""
    return "\n".join(_lines(advice, lang)) + "\n"


def _lines(advice: Advice, lang: Lang) -> Iterator[str]:
    names = {"title": advice.subject.campaign.title, "id": advice.subject.campaign.id}
    if not advice.in_the_way:
        yield _PASSES(**names).render(lang)
        return
    yield _HEAD(**names).render(lang)
    yield from _findings(advice.in_the_way, lang)
    if advice.by_hand:
        yield ""
        yield _BY_HAND().render(lang)
        yield from _findings(advice.by_hand, lang)
    yield ""
    if not advice.suggestions:
        movable = [finding for finding in advice.in_the_way if finding not in advice.by_hand]
        if movable:
            rules = sorted({finding.rule for finding in movable})
            yield _NONE(days=advice.within, rules=rules).render(lang)
        return
    yield _FOUND().render(lang)
    yield _table(advice, lang)
    if advice.by_hand:
        yield _STILL(count=len(advice.by_hand)).render(lang)


def _findings(findings: Sequence[Finding], lang: Lang) -> Iterator[str]:
    for finding in findings:
        yield _ITEM(rule=finding.rule, line=finding.place.line, message=finding.message).render(lang)


def _table(advice: Advice, lang: Lang) -> str:
    out = StringIO()
    console = Console(file=out, width=WIDTH, no_color=True, force_terminal=False, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False, show_edge=False)
    for title in _COLUMNS:
        table.add_column(title().render(lang), overflow="fold")
    for number, suggestion in enumerate(advice.suggestions, 1):
        changes = "\n".join(change.message.render(lang) for change in advice.subject.changes(suggestion.plan))
        agree = "\n".join(advice.subject.titles.get(name, name) for name in suggestion.plan.stacking)
        table.add_row(str(number), Styled(changes), f"{100 * suggestion.cost / LOST_REACH:.0f}", Styled(agree))
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def write_json(advice: Advice, lang: Lang) -> str:
    """Write the advice for programs."""
    return json.dumps(data(advice, lang), ensure_ascii=False, indent=2) + "\n"


def data(advice: Advice, lang: Lang) -> dict[str, Any]:
    """Return the advice as plain data."""
    return {
        "version": VERSION,
        "campaign": advice.subject.campaign.id,
        "path": advice.subject.item.spec.shown,
        "passes": advice.passes,
        "in_the_way": [_finding(finding, lang) for finding in advice.in_the_way],
        "by_hand": [_finding(finding, lang) for finding in advice.by_hand],
        "suggestions": [_suggestion(advice.subject, item, lang) for item in advice.suggestions],
    }


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "line": finding.place.line,
        "column": finding.place.column,
        "pointer": finding.pointer,
        "message": finding.message.render(lang),
    }


def _suggestion(subject: Subject, item: Suggestion, lang: Lang) -> dict[str, Any]:
    return {
        "size": round(100 * item.cost / LOST_REACH, 1),
        "changes": [
            {"kind": change.kind, **change.data, "message": change.message.render(lang)}
            for change in subject.changes(item.plan)
        ],
        "agree_with": list(item.plan.stacking),
    }


def written(number: int, path: str, lang: Lang) -> str:
    """Say which suggestion has been written where."""
    return _WRITTEN(number=number, path=path).render(lang)
