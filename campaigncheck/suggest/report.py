"""Suggestions for people, as a table, and for programs, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from campaigncheck.engine.finding import Finding
from campaigncheck.messages import Lang, Message, Text, figure
from campaigncheck.suggest.advice import Advice, Suggestion
from campaigncheck.suggest.changes import changes
from campaigncheck.suggest.cost import WHOLE
from campaigncheck.suggest.mentions import mentions
from campaigncheck.suggest.plan import Subject

VERSION = 1
WIDTH = 110

_PASSES = Text("“{title}”（{id}）现在就能通过，不用改。", "“{title}” ({id}) passes as it is: nothing to change.")
_HEAD = Text("“{title}”（{id}）现在被这些拦住：", "“{title}” ({id}) does not pass because of:")
_BY_HAND = Text(
    "下面这些换日期、地区、客户都解决不了，要自己动手改：",
    "and, to be mended by hand whatever the dates, places or customers, of:",
)
_FOUND = Text("可以这样调整，从改动最小的开始：", "ways to run it, the smallest change first:")
_NONE = Text(
    "前后 {days} 天以内移动、缩短、减城市、减营业厅、不在营业厅办、收窄客户、商定同享都试过了，没有能通过的办法；拦住它的规则：{rules}。",
    "nothing works, whether moved by up to {days} days, shortened, with fewer cities, halls or customers, out of the halls, "
    "or by agreement; in the way: {rules}.",
)
_GAVE_UP = Text(
    "试了很多种都没通过，没有再往下试；拦住它的规则：{rules}。可以放宽 --within，或者先照上面的提示改。",
    "many ways were tried and none passes; the search was given up; in the way: {rules}. Try a larger --within, or mend "
    "what can be mended first.",
)
_ITEM = Text("  {rule} 第 {line} 行：{message}", "  {rule} line {line}: {message}")
_HINT = Text("      怎么改：{hint}", "      Mend: {hint}")
_COLUMNS = (Text("序号", "no."), Text("怎么改", "change"), Text("改动大小", "size"), Text("要谁同意", "to agree"))
_SIZES = Text(
    "改动大小：推迟或提前一天算 0.5；天数、城市、营业厅、客户各按减掉的比例算，全减掉算 100。",
    "size: a day later or earlier is 0.5; days, cities, halls and customers count by the share lost, all of them as 100.",
)
_STILL = Text(
    "按第 {numbers} 种调整，上面要自己动手改的还有 {count} 处。",
    "after number {numbers}, {count} of the places above are left to be mended by hand.",
)
_ADDED = Text("按第 {number} 种调整，还会多出要改的：{items}", "number {number} makes this necessary as well: {items}")
_GIVE_WAY = Text(
    "按第 {number} 种调整，这些营销案还是要给它让路：{items}",
    "with number {number}, these still have to give way to it: {items}",
)
_GIVE_WAY_NOW = Text("这些营销案要给它让路：{items}", "these have to give way to it: {items}")
_GIVING_WAY = Text("“{title}”（{rules}）", "“{title}” ({rules})")
_NEW = Text("{message}（{rule}）", "{message} ({rule})")
_ALSO = Text(
    "按第 {number} 种调整，改好的文件里这些地方还在说原来的安排，请一并看：{items}",
    "with number {number}, the changed file still speaks of the old plan here: {items}",
)
_MENTION = Text("第 {line} 行“{words}”", "line {line} “{words}”")
_WITH = Text("“{title}”（{owner}）", "“{title}” ({owner})")
_UNREAD = Text(
    "有 {count} 个营销案读不懂，没能拿来比对：{paths}",
    "{count} campaigns cannot be read and could not be compared: {paths}",
)
_WRITTEN = Text("第 {number} 种已写进 {path}。", "number {number} is written into {path}.")


def write_text(advice: Advice, lang: Lang) -> str:
    """Write the advice for people."""
    return "\n".join(_lines(advice, lang)) + "\n"


def _lines(advice: Advice, lang: Lang) -> Iterator[str]:
    if advice.unread:
        yield _UNREAD(count=len(advice.unread), paths=list(advice.unread)).render(lang)
        yield ""
    names = {"title": advice.subject.campaign.title, "id": advice.subject.campaign.id}
    if not advice.in_the_way:
        yield _PASSES(**names).render(lang)
        if advice.give_way:
            yield _GIVE_WAY_NOW(items=_giving_way(advice.subject, advice.give_way)).render(lang)
        return
    yield _HEAD(**names).render(lang)
    yield from _findings(advice.movable, lang)
    if advice.by_hand:
        yield _BY_HAND().render(lang)
        yield from _findings(advice.by_hand, lang, hints=True)
    if advice.suggestions:
        yield ""
        yield _FOUND().render(lang)
        yield _table(advice, lang)
        yield _SIZES().render(lang)
        yield from (message.render(lang) for message in _afterwards(advice))
    elif advice.movable:
        yield ""
        rules = sorted({finding.rule for finding in advice.movable})
        yield (_GAVE_UP if advice.gave_up else _NONE)(days=advice.within, rules=rules).render(lang)


def _findings(findings: Sequence[Finding], lang: Lang, hints: bool = False) -> Iterator[str]:
    for finding in findings:
        yield _ITEM(rule=finding.rule, line=finding.place.line, message=finding.message).render(lang)
        if hints:
            yield _HINT(hint=finding.hint).render(lang)


def _table(advice: Advice, lang: Lang) -> str:
    out = StringIO()
    console = Console(file=out, width=WIDTH, no_color=True, force_terminal=False, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False, show_edge=False)
    for title in _COLUMNS:
        table.add_column(title().render(lang), overflow="fold")
    for number, suggestion in enumerate(advice.suggestions, 1):
        whole = "\n".join(change.message.render(lang) for change in changes(advice.subject, suggestion.plan))
        agree = "\n".join(item.render(lang) for item in _to_agree(advice.subject, suggestion))
        table.add_row(str(number), Styled(whole), figure(size(suggestion), 1), Styled(agree))
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def size(suggestion: Suggestion) -> float:
    """Return how large a change is: 100 is as much as giving the campaign up."""
    return round(100 * suggestion.cost / WHOLE, 1)


def _to_agree(subject: Subject, suggestion: Suggestion) -> Iterator[Message]:
    for name in suggestion.plan.stacking:
        other = subject.others[name]
        yield _WITH(title=other.title, owner=subject.catalogues.regions.name(other.owner))


def _afterwards(advice: Advice) -> Iterator[Message]:
    """Say what is left to do by hand once a suggestion is carried out."""
    by_count: dict[int, list[str]] = {}
    for number, suggestion in enumerate(advice.suggestions, 1):
        by_count.setdefault(len(suggestion.left) - len(suggestion.new), []).append(str(number))
    for count, numbers in sorted(by_count.items(), reverse=True):
        if count:
            yield _STILL(numbers=numbers, count=count)
    for number, suggestion in enumerate(advice.suggestions, 1):
        if suggestion.new:
            items = [_NEW(rule=finding.rule, message=finding.message) for finding in suggestion.new]
            yield _ADDED(number=number, items=items)
        if suggestion.give_way:
            yield _GIVE_WAY(number=number, items=_giving_way(advice.subject, suggestion.give_way))
        found = mentions(advice.subject, suggestion.plan, suggestion.text)
        if found:
            yield _ALSO(number=number, items=[_MENTION(line=item.line, words=item.words) for item in found])


def _giving_way(subject: Subject, findings: Sequence[Finding]) -> list[Message]:
    rules: dict[str, list[str]] = {}
    for name, rule in sorted({(finding.campaign, finding.rule) for finding in findings}):
        rules.setdefault(name, []).append(rule)
    return [_GIVING_WAY(title=subject.others[name].title, rules=found) for name, found in rules.items()]


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
        "give_way": _others(advice.give_way),
        "gave_up": advice.gave_up,
        "unread": list(advice.unread),
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
        "hint": finding.hint.render(lang),
    }


def _others(findings: Sequence[Finding]) -> list[dict[str, str]]:
    pairs = sorted({(finding.campaign, finding.rule) for finding in findings})
    return [{"campaign": name, "rule": rule} for name, rule in pairs]


def _suggestion(subject: Subject, item: Suggestion, lang: Lang) -> dict[str, Any]:
    return {
        "size": size(item),
        "passes": not item.left,
        "changes": [
            {"kind": change.kind, **change.data, "message": change.message.render(lang)}
            for change in changes(subject, item.plan)
        ],
        "agree_with": list(item.plan.stacking),
        "give_way": _others(item.give_way),
        "left": [_finding(finding, lang) for finding in item.left],
        "also": [mention._asdict() for mention in mentions(subject, item.plan, item.text)],
    }


def written(number: int, path: str, lang: Lang) -> str:
    """Say which suggestion has been written where."""
    return _WRITTEN(number=number, path=path).render(lang)
