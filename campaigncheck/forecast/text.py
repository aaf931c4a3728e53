"""The forecast for people: what each campaign does to the halls, the worst hours, and how much more they bear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from heapq import nlargest
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from campaigncheck.catalogue.network import Network
from campaigncheck.forecast.left_out import mark, rest, told
from campaigncheck.forecast.model import CampaignForecast, Forecast, Hour
from campaigncheck.forecast.newton import MOST
from campaigncheck.forecast.robust import Robustness
from campaigncheck.forecast.stress import Stress
from campaigncheck.messages import Lang, Text

MOST_HOURS = 20
WIDTH = 400
"""Tables are as wide as they have to be; lines are not broken."""

_HEAD = Text(
    "{halls} 个营业厅、{cities} 个城市，从 {today} 起：{every} 个“钟头 × 客户类别”里 {kept} 个守住承诺（{percent}%）",
    "{halls} halls in {cities} cities from {today} on: {kept} of {every} hours and classes keep their promise ({percent}%)",
)
_IMPATIENT = Text(
    "等得超过自己忍耐的客户：{after} 人次；不办这些营销案是 {before} 人次（四类客户的占比和忍耐是假设值，见 policy.yaml）",
    "customers who wait longer than they bear: {after}; without these campaigns {before} (shares and tolerances of the four "
    "kinds of customers are assumptions: policy.yaml)",
)
NOBODY = Text(
    "没有营业厅可以预测：要有 rules/network 里的数据，营销案要在营业厅办理，并写了 demand。",
    "No hall to foresee: data in rules/network are needed, and campaigns that are sold in halls and have demand.",
)
_WITHOUT = Text(
    "没有写 demand、不知道会来多少人的：{ids}", "without demand, so that nobody knows how many will come: {ids}"
)
_ASSUMED = Text(
    "带 * 的营业厅用的是估计数据；用 campaigncheck calibrate 可以换成排队系统的实际数据。",
    "Halls with * have assumed figures; campaigncheck calibrate replaces them by measured ones.",
)
_WORST = Text("最久的 {count} 个钟头：", "The {count} longest hours:")
_STRESS = Text("最多能承受多少（其他营销案按计划不变）：", "How much halls bear (all others as planned):")
_CAMPAIGNS = (
    Text("营销案", "campaign"), Text("最忙一天来厅", "busiest day"), Text("其中咨询", "only ask"),
    Text("等得比承诺久的厅", "halls over promise"), Text("天数", "days"), Text("到预警的厅", "halls alarmed"),
    Text("最差的钟头", "worst hour"),
)  # fmt: skip
_HOURS = (
    Text("营业厅", "hall"), Text("日期", "date"), Text("点", "hour"), Text("客户", "class"), Text("来客", "arrivals"),
    Text("柜台", "counters"), Text("平均等", "mean"), Text("九成以内", "p90"), Text("不办时", "without"),
    Text("承诺", "promise"), Text("每柜在等", "queue"),
)  # fmt: skip
_BEARS = (Text("营销案", "campaign"), Text("计划", "planned"), Text("最多", "at most"), Text("先到顶的", "what binds"))
_PREMIUM, _OTHER = Text("高端", "premium"), Text("其他", "other")
_BOUND = Text(
    "{hall} {day} {hour} 点（{who}客户），是计划的 {times} 倍",
    "{hall} on {day} at {hour}:00 ({who}), {times} times as planned",
)
_UNBOUND = Text("{most} 倍也守得住", "even {most} times as many break nothing")
_HOUR = Text(
    "{hall} {day} {hour} 点（{who}）{after} 分钟，不办 {before}，承诺 {bound}",
    "{hall} {day} {hour}:00 ({who}) {after} min, without {before}, promised {bound}",
)
_NONE = Text("守住", "kept")


def write(
    forecast: Forecast, stresses: Sequence[Stress] | None, network: Network, lang: Lang, *, colour: bool = False
) -> str:
    """Write the forecast as tables."""
    out = StringIO()
    console = _console(out, colour=colour)
    if forecast.cities:
        _print(console, forecast, network, lang)
    else:
        console.print(NOBODY().render(lang))
    if forecast.without_demand:
        console.print(_WITHOUT(ids=list(forecast.without_demand)).render(lang))
    if forecast.left_out:
        console.print("\n" + "\n".join(told(forecast.left_out, lang)))
    text = "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
    return text + bears(stresses, network, lang, _marked(forecast, lang)) if stresses else text


def bears(stresses: Sequence[Stress], network: Network, lang: Lang, mark: str = "") -> str:
    """Write how many people halls bear of each campaign; ``mark`` is said beside the title."""
    return _alone(_STRESS().render(lang) + mark, _bears(stresses, network, lang))


def _marked(forecast: Forecast, lang: Lang) -> str:
    """Return what is said beside totals that are without some halls."""
    without = mark(forecast.left_out)
    return without.render(lang) if without else ""


_ROBUST = Text(
    "结论靠什么（一次只改一个假设，改到几倍结论会反过来）：",
    "What verdicts rest on (one assumption at a time: how many times as large turns the verdict):",
)
_RESTS = (
    Text("营销案", "campaign"), Text("现在", "now"), Text("办理量", "uptake"), Text("咨询的人", "who only ask"),
    Text("办理用时", "handling time"), Text("咨询用时", "time of asking"), Text("平时来客", "who always come"),
    Text("平时用时的波动", "usual variability"),
)  # fmt: skip
_BREAKS, _HOLDS = Text("守不住", "breaks"), Text("守得住", "holds")
_FIRM = Text("不会", "never")


def rests(found: Sequence[Robustness], forecast: Forecast, lang: Lang) -> str:
    """Write what turns each verdict."""
    table = _table(_RESTS, lang, numeric=range(2, 8))
    for item in found:
        flips = [_FIRM().render(lang) if flip.factor is None else f"{flip.factor:.2f}" for flip in item.flips]
        table.add_row(item.id, (_BREAKS if item.breaks else _HOLDS)().render(lang), *flips)
    return _alone(_ROBUST().render(lang) + _marked(forecast, lang), table)


def _alone(title: str, table: Table) -> str:
    out = StringIO()
    console = _console(out, colour=False)
    console.print()
    console.print(title)
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


_IF = Text("如果……", "What if …")
_COMPARED = (
    Text("设想", "scenario"), Text("守住承诺", "kept"), Text("守不住的钟头", "broken hours"),
    Text("违约的营销案", "campaigns over promise"), Text("最差的钟头", "worst hour"), Text("因为", "because of"),
)  # fmt: skip
_AS_PLANNED = Text("按计划", "as planned")


def compare(planned: Forecast, others: Sequence[tuple[str, Forecast]], network: Network, lang: Lang) -> str:
    """Write one table of what is planned and of what would be."""
    table = _table(_COMPARED, lang, numeric=(1, 2, 3))
    for name, forecast in ((_AS_PLANNED().render(lang), planned), *others):
        every, kept = forecast.kept
        breaking = [item for item in forecast.campaigns if item.worst is not None]
        worst = max(breaking, key=_furthest, default=None)
        table.add_row(
            name, f"{_percent(kept, every)}%" if every else "–", str(every - kept),
            str(len(breaking)), _worst(worst, network, lang) if worst else _NONE().render(lang), worst.id if worst else "",
        )  # fmt: skip
    return _alone(_IF().render(lang) + _marked(planned, lang), table)


def _furthest(item: CampaignForecast) -> tuple[float, str]:
    assert item.worst is not None
    return round(item.worst[5] / item.worst[6], 6), item.id


def _console(out: StringIO, *, colour: bool) -> Console:
    return Console(
        file=out, width=WIDTH, no_color=not colour, force_terminal=colour, highlight=False, markup=False, emoji=False,
        color_system="standard" if colour else None, soft_wrap=True, legacy_windows=False,
    )  # fmt: skip


def _print(console: Console, forecast: Forecast, network: Network, lang: Lang) -> None:
    every, kept = forecast.kept
    percent = _percent(kept, every) if every else "–"
    day = date.fromordinal(forecast.today)
    head = _HEAD(halls=forecast.halls, cities=len(forecast.cities), today=day, every=every, kept=kept, percent=percent)
    console.print(head.render(lang) + _marked(forecast, lang))
    after, before = forecast.past_bearing
    console.print(_IMPATIENT(after=f"{after:.0f}", before=f"{before:.0f}").render(lang))
    console.print()
    console.print(_campaigns(forecast.campaigns, network, lang))
    worst = nlargest(MOST_HOURS, forecast.hours(only_broken=True), key=_badness)
    if worst:
        console.print()
        console.print(_WORST(count=len(worst)).render(lang))
        console.print(_hours(worst, network, lang))
        if any(hour.assumed for hour in worst):
            console.print(_ASSUMED().render(lang))


def _percent(kept: int, every: int) -> str:
    """Return a share in percent, rounded down: what is not whole is never told as 100."""
    return f"{1000 * kept // every / 10:.1f}" if every else "100.0"


def _badness(hour: Hour) -> tuple[float, str, int, int, bool]:
    """Order hours by how far they are over their promise; of equal ones the earlier first."""
    return round(hour.mean / hour.promise, 6), hour.hall, -hour.day, -hour.hour, hour.premium


def _campaigns(campaigns: Sequence[CampaignForecast], network: Network, lang: Lang) -> Table:
    table = _table(_CAMPAIGNS, lang, numeric=range(1, 6))
    for item in campaigns:
        table.add_row(
            item.id, f"{item.people:.0f}", f"{item.asking:.0f}", str(item.halls), str(item.days), str(item.alarms),
            _worst(item, network, lang),
        )  # fmt: skip
    return table


def _worst(item: CampaignForecast, network: Network, lang: Lang) -> str:
    if item.worst is None:
        return (rest(item.not_judged, item.judged) or _NONE()).render(lang)
    hall, day, hour, premium, before, after, bound = item.worst
    told = _HOUR(
        hall=network.names([hall])[0], day=date.fromordinal(day), hour=hour, who=_PREMIUM if premium else _OTHER,
        after=f"{after:.1f}", before=f"{before:.1f}", bound=f"{bound:g}",
    )  # fmt: skip
    return told.render(lang)


def _hours(hours: Sequence[Hour], network: Network, lang: Lang) -> Table:
    table = _table(_HOURS, lang, numeric=(2, *range(4, 11)))
    for hour in hours:
        table.add_row(
            network.names([hour.hall])[0] + ("*" if hour.assumed else ""), date.fromordinal(hour.day).isoformat(),
            str(hour.hour), (_PREMIUM if hour.premium else _OTHER)().render(lang), f"{hour.arrivals:.1f}",
            str(hour.counters), Styled(f"{hour.mean:.1f}", style="red"), f"{hour.p90:.1f}", f"{hour.before:.1f}",
            f"{hour.promise:g}", f"{hour.queue:.1f}",
        )  # fmt: skip
    return table


def _bears(stresses: Sequence[Stress], network: Network, lang: Lang) -> Table:
    table = _table(_BEARS, lang, numeric=(1, 2))
    for item in stresses:
        bound = item.binding
        if bound is None:
            table.add_row(item.id, str(item.planned), "–", _UNBOUND(most=f"{MOST:g}").render(lang))
            continue
        told = _BOUND(
            hall=network.names([bound.hall])[0], day=date.fromordinal(bound.day), hour=bound.hour,
            who=_PREMIUM if bound.premium else _OTHER, times=f"{bound.factor:.2f}",
        )  # fmt: skip
        table.add_row(item.id, str(item.planned), str(item.uptake), told.render(lang))
    return table


def _table(columns: Sequence[Text], lang: Lang, numeric: Sequence[int]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        table.add_column(column().render(lang), justify="right" if index in numeric else "left", no_wrap=True)
    return table
