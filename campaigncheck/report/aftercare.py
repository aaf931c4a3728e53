"""After-service cost in the reports: the campaigns that would cost most, and all of it as data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rich.table import Table

from campaigncheck.aftercare.campaigns import of_report
from campaigncheck.aftercare.model import Aftercare, Cost, Share
from campaigncheck.aftercare.rates import PER
from campaigncheck.engine.finding import Report
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.report import names

MOST = 5
"""How many campaigns the text report shows."""

_TITLE = Text(
    "上线以后的投诉，和现在改比一比（按 policy.yaml 的 complaint、repair 各项估算）",
    "Complaints after launch, beside repairing now (estimated from complaint… and repair… in policy.yaml)",
)
_COLUMNS = (
    Text("留下的警告：件", "warnings left: complaints"),
    Text("元", "yuan"),
    Text("照这样上线：件", "as it is: complaints"),
    Text("元", "yuan"),
    Text("全改好：元", "repairing all: yuan"),
    Text("先改", "first"),
    Text("营销案", "campaign"),
)
_RIGHT = 5
_LEAST = 0.00005
"""Person-years under this would be shown as 0."""

_FIRST = Text(
    "{rule}（{place}，{minutes} 分钟省 {complaints} 件）",
    "{rule} ({place}, {minutes} min save {complaints})",
)
_TOTAL = Text(
    "合计：留下的警告约 {left} 件投诉，{years} 人年，{yuan} 元；连错误一起上线约 {all} 件，{all_yuan} 元；现在全改好要 {repair} 元。",
    "Together: about {left} complaints from warnings left, {years} person-years, {yuan} yuan; {all} and {all_yuan} yuan if launched "
    "with the errors; repairing all of it now takes {repair} yuan.",
)
_UNKNOWN = Text(
    "{count} 个营销案不知道会有多少客户（没有写 demand，或者预计没有人来），算不出投诉。",
    "Campaigns of which nobody knows how many customers come (no demand, or nobody expected): {count}; complaints unknown.",
)
_MORE = Text(
    "还有 {count} 个营销案没有列出，--format json 里有。",
    "Further campaigns not shown: {count}; --format json has them.",
)
_MEASURED = Text(
    "{rules} 用的是量到的投诉率（complaints.csv），其余是假设。",
    "Rates of {rules} are measured (complaints.csv), the others are assumed.",
)
_ALL_MEASURED = Text("投诉率都是量到的（complaints.csv）。", "All rates are measured (complaints.csv).")
NOTHING_LEFT = Text("没有留下会引来投诉的问题。", "Nothing is left that would bring complaints.")


class _Row(NamedTuple):
    """A campaign with something left whose customers are known."""

    id: str
    path: str
    care: Aftercare


def sections(report: Report, lang: Lang) -> Iterator[Table | str]:
    """Yield a table of the campaigns that would cost most, and what there is to say about all."""
    found = of_report(report)
    rows = [_Row(item.id, item.path, found[item.path]) for item in report.outcomes if item.path in found]
    told = sorted((row for row in rows if row.care.customers), key=_dearest)
    if told:
        yield _TITLE().render(lang)
        yield _table(told[:MOST], lang)
        yield _total([row.care for row in told]).render(lang)
    unknown = sum(row.care.customers is None for row in rows)
    notes = [*([_UNKNOWN(count=unknown)] if unknown else []), *_rates(told)]
    if len(told) > MOST:
        notes.append(_MORE(count=len(told) - MOST))
    yield from (note.render(lang) for note in notes)


def _dearest(row: _Row) -> tuple[float, float, str]:
    return -(row.care.as_it_is.yuan or 0.0), -(row.care.left.yuan or 0.0), row.path


def _table(rows: Sequence[_Row], lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(_COLUMNS):
        table.add_column(column().render(lang), justify="right" if index < _RIGHT else "left", no_wrap=True)
    for row in rows:
        left, whole = row.care.left, row.care.as_it_is
        costs = (left.complaints, left.yuan, whole.complaints, whole.yuan, whole.repair_yuan)
        table.add_row(*map(_figure, costs), _first(row.care.shares[0]).render(lang), row.id)
    return table


def _first(share: Share) -> Message:
    return _FIRST(
        rule=share.fault.rule, place=names.spot(share.fault.place),
        minutes=share.repair_minutes, complaints=_figure(share.complaints),
    )  # fmt: skip


def _total(cares: Sequence[Aftercare]) -> Message:
    def added(costs: Sequence[Cost], name: str) -> float:
        return math.fsum(getattr(cost, name) for cost in costs)

    left, whole = [care.left for care in cares], [care.as_it_is for care in cares]
    return _TOTAL(
        left=_figure(added(left, "complaints")), years=_years(added(left, "person_years")),
        yuan=_figure(added(left, "yuan")), all=_figure(added(whole, "complaints")),
        all_yuan=_figure(added(whole, "yuan")), repair=_figure(added(whole, "repair_yuan")),
    )  # fmt: skip


def _rates(rows: Sequence[_Row]) -> Iterator[Message]:
    """Say which rates are measured, if any are."""
    sources = {share.fault.rule: share.rate.source for row in rows for share in row.care.shares}
    measured = sorted(rule for rule, source in sources.items() if source == "measured")
    if measured:
        yield _ALL_MEASURED() if len(measured) == len(sources) else _MEASURED(rules=measured)


def _years(value: float) -> str:
    """Write person-years to some hours; what is less but not nothing is said to be."""
    return "<0.0001" if 0 < value < _LEAST else f"{value:.4f}"


def _figure(value: float | None) -> str:
    """Write complaints or yuan to a tenth."""
    return f"{value or 0.0:,.1f}"


def by_campaign(report: Report) -> dict[str, Any]:
    """Return the after-service cost of all campaigns that have something left, by id, as plain data."""
    found = of_report(report)
    return {outcome.id: data(found[outcome.path]) for outcome in report.outcomes if outcome.path in found}


def data(care: Aftercare) -> dict[str, Any]:
    """Return the after-service cost of a campaign as plain data."""
    return {
        "customers": _rounded(care.customers, 1),
        "left": _cost(care.left),
        "as_it_is": _cost(care.as_it_is),
        "findings": [_share(share) for share in care.shares],
    }


def _cost(cost: Cost) -> dict[str, Any]:
    return {
        "findings": cost.findings,
        "complaints": _rounded(cost.complaints, 2),
        "person_years": _rounded(cost.person_years, 6),
        "yuan": _rounded(cost.yuan, 2),
        "repair_minutes": _rounded(cost.repair_minutes, 2),
        "repair_yuan": _rounded(cost.repair_yuan, 2),
    }


def _share(share: Share) -> dict[str, Any]:
    fault, rate = share.fault, share.rate
    return {
        "rule": fault.rule,
        "line": fault.place.line,
        "column": fault.place.column,
        "pointer": fault.pointer,
        "blocks": fault.blocking,
        "waived": fault.waived,
        "complaints_of_10000": _rounded(rate.value * PER, 3),
        "rate": rate.source,
        "complaints_saved": _rounded(share.complaints, 2),
        "yuan_saved": _rounded(share.yuan, 2),
        "repair_minutes": _rounded(share.repair_minutes, 2),
        "repair_yuan": _rounded(share.repair_yuan, 2),
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits) + 0.0
