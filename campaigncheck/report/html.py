"""The report as one page: nothing is fetched and no script runs; what specs say is text on it, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from campaigncheck import pages
from campaigncheck.engine.finding import Finding, Outcome, Report
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.report import excerpts, names
from campaigncheck.report.excerpts import Row
from campaigncheck.report.faulty import HEAD
from campaigncheck.report.sarif_rules import rules
from campaigncheck.source.place import Lines, Place

PAGE = {
    "title": Text("检查结果", "Check results"),
    "summary": Text("总的情况", "Summary"),
    "campaigns": Text("营销案", "Campaigns"),
    "findings": Text("要改的地方", "Findings"),
    "waived": names.WAIVED,
    "faulty": Text("数据有错", "Faults in the data"),
    "campaign": Text("营销案", "Campaign"),
    "stage": Text("阶段", "Stage"),
    "verdict": Text("结论", "Verdict"),
    "errors": Text("错误", "Errors"),
    "warnings": Text("警告", "Warnings"),
    "notes": Text("提示", "Notes"),
    "exceptions": Text("例外", "Waived"),
    "apart": Text("例外", "waived"),
    "minutes": Text("柜台分钟：平均 / 九成", "Minutes: mean / p90"),
    "mend": Text("怎么改", "Mend"),
    "see": Text("另一处", "See"),
    "reason": Text("原因", "Reason"),
    "approver": Text("批准", "Approved by"),
    "expires": Text("到期", "Until"),
    "written": Text("写在", "Written in"),
    "nothing": Text("没有发现问题。", "Nothing was found."),
    "more_lines": Text("另有 {count} 行", "{count} more lines"),
    "policy": Text("检查尺度 {digest}", "Policy {digest}"),
}
STAGES = {
    "draft": Text("起草", "draft"),
    "testing": Text("测试", "testing"),
    "optimising": Text("优化", "optimising"),
    "approved": Text("已批准", "approved"),
    "launched": Text("已上线", "launched"),
    "retired": Text("已下线", "retired"),
}


def write(report: Report, lang: Lang) -> str:
    """Return the page."""
    template = pages.environment("campaigncheck.report").get_template("report.html.j2")
    return template.render(
        pages.common_words(lang), page=PAGE, severities=names.SEVERITIES, verdicts=names.VERDICTS, view=_View(report)
    )


class Excerpt(NamedTuple):
    """A place with what stands there; ``more`` lines are not shown."""

    at: str
    rows: list[Row]
    more: int


class Shown(NamedTuple):
    """A finding as the page shows it: the title of its rule, its place, and the other places with their messages."""

    finding: Finding
    title: Message | None
    excerpt: Excerpt
    related: list[tuple[Excerpt, Message]]


class Group(NamedTuple):
    """The findings of one file; ``outcome`` is that of its campaign, if it was asked for."""

    number: int
    path: str
    outcome: Outcome | None
    findings: list[Shown]


@dataclass(frozen=True)
class _View:
    """What the template asks of a report."""

    report: Report

    @property
    def total(self) -> Message:
        return names.total(self.report)

    @property
    def unread(self) -> Message | None:
        paths = self.report.unread
        return names.UNREAD(count=len(paths), paths=list(paths)) if paths else None

    @property
    def faulty(self) -> Message | None:
        return HEAD(count=len(self.report.faulty)) if self.report.faulty else None

    def figures(self) -> Iterator[tuple[Text | Message, int, str]]:
        """Yield what there is of each verdict and severity, with its colour."""
        report = self.report
        for verdict in ("pass", "blocked", "invalid"):
            yield names.VERDICTS[verdict], report.verdicts(verdict), verdict
        for severity in ("error", "warning", "note"):
            yield names.SEVERITIES[severity], report.count(severity), severity
        yield PAGE["apart"], report.waived, "waived"

    def campaigns(self) -> Iterator[tuple[Outcome, Text | str, str, int | None]]:
        """Yield the campaigns with their stage, minutes at the counter, and the number of their group of findings."""
        numbers = {group.path: group.number for group in self.groups}
        for item in self.report.outcomes:
            minutes = f"{item.handling.mean:.1f} / {item.handling.p90:.1f}" if item.handling else ""
            yield item, STAGES.get(item.stage, item.stage), minutes, numbers.get(item.path)

    @cached_property
    def groups(self) -> list[Group]:
        """The findings that count, by file."""
        outcomes = {outcome.path: outcome for outcome in self.report.outcomes}
        counting = (finding for finding in self.report.findings if finding.waived is None)
        return [
            Group(number, path, outcomes.get(path), [self._shown(finding) for finding in found])
            for number, (path, found) in enumerate(groupby(counting, key=lambda finding: finding.path), 1)
        ]

    def waived(self) -> list[Shown]:
        """Return the findings under an exception."""
        return [self._shown(finding) for finding in self.report.findings if finding.waived is not None]

    def _shown(self, finding: Finding) -> Shown:
        rule = rules(self.report).get(finding.rule)
        related = [(self._excerpt(item.path, item.place), item.message) for item in finding.related]
        return Shown(finding, rule.title() if rule else None, self._excerpt(finding.path, finding.place), related)

    def _excerpt(self, path: str, place: Place) -> Excerpt:
        if path not in self._lines:
            self._lines[path] = Lines(self.report.sources.get(path, ""))
        return Excerpt(names.at(path, place), *excerpts.rows(self._lines[path], place))

    @cached_property
    def _lines(self) -> dict[str, Lines]:
        return {}

    at = staticmethod(names.at)
