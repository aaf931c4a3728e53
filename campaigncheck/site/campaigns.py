"""The list of all campaigns, to be searched and filtered where scripts run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campaigncheck.calendar import words
from campaigncheck.labels import STAGES
from campaigncheck.messages import Message, Text
from campaigncheck.report import names
from campaigncheck.site.model import Case, Site
from campaigncheck.site.pages import Page

WORDS: dict[str, Text] = {
    "title": Text("全部营销案", "All campaigns"),
    "lead": Text(
        "点名称看结论、要改的地方、排队和 FAQ。", "Follow a name for its verdict, what to change, waiting and FAQ."
    ),
    "campaign": Text("营销案", "Campaign"),
    "stage": Text("阶段", "Stage"),
    "verdict": Text("结论", "Verdict"),
    "errors": Text("错误", "Errors"),
    "warnings": Text("警告", "Warnings"),
    "notes": Text("提示", "Notes"),
    "when": Text("日期", "When"),
    "where": Text("地区", "Where"),
    "search": Text("搜索", "Search"),
    "search_hint": Text("名称、编号、地区……", "title, id, region…"),
    "rule": Text("规则", "Rule"),
    "all": Text("全部", "all"),
    "reset": Text("清除", "Clear"),
    "shown": Text("{total} 个营销案中的 {shown} 个", "{shown} of {total} campaigns"),
    "count": Text("共 {total} 个营销案", "{total} campaigns"),
}


class Line(NamedTuple):
    """A campaign in the list; ``rules`` are those that found something."""

    case: Case
    stage: Text | str
    days: Message | None
    places: Message | None
    rules: list[str]


def pages(site: Site) -> Iterator[Page]:
    """Yield the list."""
    lines = [_line(case, site) for case in site.cases]
    stages = {case.outcome.stage for case in site.cases}
    yield Page(
        "campaigns.html",
        WORDS["title"],
        "campaigns.html.j2",
        {
            "page": WORDS,
            "lines": lines,
            "verdicts": names.VERDICTS,
            "stages": [(name, text) for name, text in STAGES.items() if name in stages],
            "rules": sorted({rule for line in lines for rule in line.rules}),
        },
        "campaigns",
        ("filter.js",),
    )


def _line(case: Case, site: Site) -> Line:
    row = case.row
    return Line(
        case,
        STAGES.get(case.outcome.stage, case.outcome.stage),
        words.span(row.days) if row else None,
        words.places(row.cities, site.catalogues.regions) if row else None,
        sorted({finding.rule for finding in case.findings if finding.waived is None}),
    )
