"""What the steps at the counter cost, of campaigns whose handling time a rule complains of, as table and picture; and all of it as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from campaigncheck.engine.finding import Outcome, Report
from campaigncheck.handling.costs import StepCost, Transactions, simplest
from campaigncheck.handling.counter import CounterTime, Variant
from campaigncheck.handling.pert import Estimate
from campaigncheck.handling.rehearsals import Rehearsed
from campaigncheck.handling.shape import shapes, told
from campaigncheck.messages import Lang, Message, Text
from campaigncheck.report import handling_picture

MOST = 3
"""How many campaigns the text report shows."""

_HEAVIEST = 5
"""How many steps it shows of each, and besides these the ones to simplify."""

_RULES = frozenset({"TIME001", "TIME002", "TIME004"})
_STANDARD = "TIME001"
_FIGURES = ("mean", "p90")
_TITLE = Text("柜台的时间花在哪里：{campaign}", "Where the time at the counter goes: {campaign}")
_COLUMNS = (
    Text("分钟", "minutes"),
    Text("每月小时", "hours a month"),
    Text("步骤", "step"),
    Text("可以简化", "to simplify"),
)
_WHY = {
    "listed_twice": Text("列了两次，合并可省 {minutes} 分钟", "listed twice: merging saves {minutes} min"),
    "repeated": Text("只做一遍可省 {minutes} 分钟", "doing it once saves {minutes} min"),
    "not_for_all": Text(
        "不是每笔都要做，全挪到办理之前可省 {minutes} 分钟",
        "not for everyone: all of it before the visit saves {minutes} min",
    ),
}
_FIRST = Text("{what}（先做这个）", "{what} (first)")
_MORE = Text(
    "还有 {count} 个营销案没有列出，--format json 里有。", "Not shown: {count} more campaigns; --format json has them."
)
_NO_DEMAND = Text(
    "没有写 demand，或者没有写各渠道的占比，算不出每月小时。",
    "Hours a month are unknown without demand and channel_share.",
)
_NO_TIME = Text(
    "这些步骤一点时间也不花，画不出要办多久。", "None of these steps takes any time, so there is no picture of it."
)
_UNKNOWN = "–"


def complained_of(report: Report) -> list[Outcome]:
    """Return the campaigns whose handling time a rule complains of."""
    named = {finding.path for finding in report.findings if finding.rule in _RULES}
    return [outcome for outcome in report.outcomes if outcome.path in named and outcome.costs]


def sections(report: Report, lang: Lang, width: int) -> Iterator[Table | str]:
    """Yield a table and a picture of the steps of each campaign complained of, and what there is to say about them."""
    found = complained_of(report)
    for outcome in found[:MOST]:
        if outcome is not found[0]:
            yield ""
        yield _table(outcome, report, lang)
        yield "\n" + "\n".join(_picture(outcome, report, lang, width))
    if any(outcome.transactions is None for outcome in found[:MOST]):
        yield _NO_DEMAND().render(lang)
    if len(found) > MOST:
        yield _MORE(count=len(found) - MOST).render(lang)


def _picture(outcome: Outcome, report: Report, lang: Lang, width: int) -> Iterator[str]:
    limits = {
        name: limit
        for finding in report.findings
        if finding.rule == _STANDARD and finding.path == outcome.path
        for name, limit in _limits(finding.message)
    }
    drawn = shapes(told(outcome.costs, outcome.handling, outcome.counter), max(limits.values(), default=0.0))
    if drawn:
        yield from handling_picture.lines(drawn, report.steps, limits, lang, width)
    else:
        yield _NO_TIME().render(lang)


def _limits(message: Message) -> Iterator[tuple[str, float]]:
    """Yield the standards that a finding goes by, and the figures that they are for: they stand among its values."""
    limit = message.args.get("limit")
    if isinstance(limit, int | float):
        yield from ((name, limit) for name in _FIGURES if name in message.args)
    for value in message.args.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Message):
                yield from _limits(part)


def _table(outcome: Outcome, report: Report, lang: Lang) -> Table:
    title = _TITLE(campaign=outcome.id).render(lang)
    table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="bold", header_style="bold")
    for index, column in enumerate(_COLUMNS):
        table.add_column(column().render(lang), justify="right" if index < 2 else "left", no_wrap=True)
    first = simplest(outcome.costs, 1)
    for cost in _worth_showing(outcome.costs):
        name = report.steps.get(cost.id, Text(cost.id, cost.id))
        what = _simplified(cost)
        if what is not None and cost in first:
            what = _FIRST(what=what)
        hours = _UNKNOWN if outcome.transactions is None else f"{outcome.transactions.hours(cost.minutes)[1]:,.1f}"
        table.add_row(f"{cost.minutes:.1f}", hours, name().render(lang), what.render(lang) if what else "")
    return table


def _worth_showing(costs: tuple[StepCost, ...]) -> list[StepCost]:
    """Return the steps that take longest and those to simplify first, the longest first."""
    ranked = sorted(costs, key=lambda cost: -cost.minutes)
    wanted = {id(cost) for cost in (*ranked[:_HEAVIEST], *simplest(costs))}
    return [cost for cost in ranked if id(cost) in wanted]


def _simplified(cost: StepCost) -> Message | None:
    return _WHY[cost.why](minutes=f"{cost.saves:.1f}") if cost.why else None


def data(outcome: Outcome) -> dict[str, Any]:
    """Return everything about the handling time of a campaign as plain data; nothing if it has no steps."""
    found: dict[str, Any] = {}
    if outcome.handling is not None:
        found["handling_minutes"] = _minutes(outcome.handling)
        found["heaviest_steps"] = [{"step": step.id, "minutes": round(step.minutes, 2)} for step in outcome.heaviest]
        found["handling_steps"] = [_step(cost, outcome.transactions) for cost in outcome.costs]
    if outcome.counter is not None:
        found |= _counter(outcome.counter)
    return found


def _minutes(estimate: Estimate) -> dict[str, float]:
    return {name: round(getattr(estimate, name), 2) for name in ("mean", "p50", "p80", "p90")}


def _step(cost: StepCost, expected: Transactions | None) -> dict[str, Any]:
    hours = expected.hours(cost.minutes) if expected else (None, None)
    total, monthly = (None if value is None else round(value, 1) for value in hours)
    step = {"step": cost.id, "minutes": round(cost.minutes, 2), "hours": total, "hours_a_month": monthly}
    return step | ({"saves": round(cost.saves, 2), "why": cost.why} if cost.why else {})


def _counter(counter: CounterTime) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if counter.rehearsed is not None:
        found["rehearsals"] = _rehearsals(counter.rehearsed, counter.plain)
    if counter.variants:
        found["handling_variants"] = [_variant(variant) for variant in counter.variants]
    return found


def _rehearsals(measured: Rehearsed, expected: float | None) -> dict[str, Any]:
    low, high = measured.interval
    return {
        "timed": measured.timed,
        "independent": round(measured.worth, 1),
        "mean": round(measured.mean, 2),
        "interval": [round(low, 2), round(high, 2)] if measured.timed > 1 else None,
        "estimated": None if expected is None else round(expected, 2),
        "halls": {hall: round(mean, 2) for hall, mean in measured.halls.items()},
    }


def _variant(variant: Variant) -> dict[str, Any]:
    return {
        "channel": variant.channel,
        "halls": list(variant.halls),
        "steps": [step.id for step in variant.steps],
        "estimated": round(variant.plain.mean, 2),
        **_minutes(variant.estimate),
    }
