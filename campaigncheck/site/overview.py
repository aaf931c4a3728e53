"""The first page: how many campaigns pass, what stops the others, and who has to act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from campaigncheck.messages import Message, Text
from campaigncheck.report import names
from campaigncheck.report.sarif_rules import rules
from campaigncheck.rulekit.rule import Rule
from campaigncheck.site.earlier import Earlier, now
from campaigncheck.site.findings import Excerpts, Shown
from campaigncheck.site.model import Case, Site
from campaigncheck.site.pages import Page

MOST_OWNERS = 60
"""Owners on the first page; those with the most to mend come first, and all are on a page of their own."""
MOST_ELSEWHERE = 40
"""Problems outside of campaigns that are told."""
MOST_CASES = 6
"""Campaigns that are named for an owner or a rule there."""

WORDS: dict[str, Text] = {
    "title": Text("营销案总览", "Campaign overview"),
    "owners_title": Text("谁要处理", "Who has to act"),
    "campaigns": Text("营销案", "Campaigns"),
    "apart": names.WAIVED,
    "blocked_why": Text("发现了什么问题", "What was found"),
    "rule": Text("规则", "Rule"),
    "severity": Text("级别", "Severity"),
    "count": Text("几处", "Findings"),
    "stopped": Text("营销案", "Campaigns"),
    "which": Text("是哪些", "Which"),
    "owner": Text("谁", "Who"),
    "contact": Text("联系", "Contact"),
    "errors": Text("错误", "Errors"),
    "warnings": Text("警告", "Warnings"),
    "act": Text("谁要处理", "Who has to act"),
    "act_why": Text(
        "有错误的排在前面；只有提示、没有错误和警告的不列。",
        "Those with errors come first; mere notes are left out.",
    ),
    "nobody": Text("现在没有人需要处理什么。", "Nobody has anything to mend now."),
    "nothing_found": Text("没有发现问题。", "Nothing was found."),
    "more": Text("还有 {count} 个", "{count} more"),
    "more_owners": Text("还有 {count} 个责任人", "{count} more owners"),
    "unknown": Text("还不知道（读不懂）", "not known yet (cannot be read)"),
    "trend": Text("变化", "Trend"),
    "trend_table": Text("各次检查的结果", "Results of each run"),
    "day": Text("日期", "Day"),
    "pass": names.VERDICTS["pass"],
    "blocked": names.VERDICTS["blocked"],
    "invalid": names.VERDICTS["invalid"],
    "elsewhere": Text("别处的问题", "Problems elsewhere"),
    "faulty": Text("数据有错", "Faults in the data"),
    "mend": Text("怎么改", "Mend"),
    "where_next": Text("接着看", "Where to go"),
    "go_calendar": Text("什么时候、在哪里办", "what runs when and where"),
    "go_load": Text("营业厅会等多久", "how long people will wait"),
    "go_campaigns": Text("每个营销案的结论", "the verdict on each campaign"),
    "go_rules": Text("查些什么、为什么", "what is checked, and why"),
}
_FROM = Text("{region} {department}", "{region}, {department}")


class Reason(NamedTuple):
    """What a rule has found; ``title`` is None for what is wrong with the program itself."""

    rule: str
    title: Rule | None
    severity: str
    found: int
    cases: list[Case]


class Owner(NamedTuple):
    """Who has to act, on which campaigns; the counts are those of findings that nobody has made an exception of."""

    name: Message | Text
    contact: str
    errors: int
    warnings: int
    cases: list[Case]


def pages(site: Site) -> Iterator[Page]:
    """Yield the overview, and the list of all who have to act."""
    acting, elsewhere = owners(site), _elsewhere(site)
    shared = {"page": WORDS, "verdicts": names.VERDICTS, "severities": names.SEVERITIES, "most": MOST_CASES}
    yield Page(
        "index.html",
        WORDS["title"],
        "overview.html.j2",
        {
            **shared,
            "figures": list(_figures(site)),
            "reasons": reasons(site),
            "owners": acting[:MOST_OWNERS],
            "more_owners": max(len(acting) - MOST_OWNERS, 0),
            "trend": _trend(site),
            "unread": _unread(site),
            "elsewhere": elsewhere[:MOST_ELSEWHERE],
            "faulty": site.report.faulty[:MOST_ELSEWHERE],
            "more_elsewhere": sum(max(len(found) - MOST_ELSEWHERE, 0) for found in (elsewhere, site.report.faulty)),
            "at": names.at,
        },
        "overview",
        ("echarts.min.js", "chart.js", "trend.js") if site.earlier else (),
    )
    yield Page("owners.html", WORDS["owners_title"], "owners.html.j2", {**shared, "owners": acting}, "overview")


def _figures(site: Site) -> Iterator[tuple[Text, int, str, str]]:
    """Yield what there is of each verdict and severity, its colour, and where those are listed."""
    report = site.report
    yield WORDS["campaigns"], len(report.outcomes), "plain", "campaigns.html"
    for verdict in ("pass", "blocked", "invalid"):
        yield names.VERDICTS[verdict], report.verdicts(verdict), verdict, f"campaigns.html#verdict={verdict}"
    for severity in ("error", "warning", "note"):
        yield names.SEVERITIES[severity], report.count(severity), severity, ""
    yield WORDS["apart"], report.waived, "waived", ""


def reasons(site: Site) -> list[Reason]:
    """Return what was found by rule: errors first, then by how many campaigns have it."""
    known = rules(site.report)
    cases: dict[tuple[str, str], dict[str, Case]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for case in site.cases:
        for finding in case.findings:
            if finding.waived is None and finding.severity != "note":
                key = (finding.severity, finding.rule)
                counts[key] += 1
                cases.setdefault(key, {})[case.name] = case
    found = [
        Reason(rule, known.get(rule), severity, count, list(cases[severity, rule].values()))
        for (severity, rule), count in counts.items()
    ]
    return sorted(found, key=lambda item: (item.severity, -len(item.cases), item.rule))


def owners(site: Site) -> list[Owner]:
    """Return who has to act, those with the most errors first."""
    by_owner: dict[tuple[str, str, str] | None, list[Case]] = {}
    for case in site.cases:
        if case.outcome.errors or case.outcome.warnings:
            sheet = case.sheet
            owner = (case.examined.owner, sheet.owner, sheet.contact) if sheet else None
            by_owner.setdefault(owner, []).append(case)
    regions = site.catalogues.regions
    found = []
    for owner, cases in by_owner.items():
        name = _FROM(region=regions.name(owner[0]), department=owner[1]) if owner else WORDS["unknown"]
        errors, warnings = (sum(getattr(case.outcome, kind) for case in cases) for kind in ("errors", "warnings"))
        cases.sort(key=lambda case: (-case.outcome.errors, -case.outcome.warnings, case.name))
        found.append(
            (
                (-errors, -warnings, owner or ("", "", "")),
                Owner(name, owner[2] if owner else "", errors, warnings, cases),
            )
        )
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _trend(site: Site) -> list[Earlier]:
    """Return the totals of all runs, this one last; none if there are no earlier ones."""
    return [*site.earlier, now(site.report, site.today)] if site.earlier else []


def _unread(site: Site) -> Message | None:
    paths = site.report.unread
    return names.UNREAD(count=len(paths), paths=list(paths)) if paths else None


def _elsewhere(site: Site) -> list[Shown]:
    """Return findings that are about no campaign with a page, such as a fault in the file of exceptions."""
    told = {id(finding) for case in site.cases for finding in case.findings}
    return list(Excerpts.of(site).shown(found for found in site.report.findings if id(found) not in told))
