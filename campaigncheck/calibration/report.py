"""The report of a calibration for people: what was read, what came out, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from campaigncheck.calibration.hours import BOUND, KEPT, SEEN, bases
from campaigncheck.calibration.intervals import Service
from campaigncheck.calibration.outcome import Outcome, Seen
from campaigncheck.calibration.past import PastCampaign, Rate
from campaigncheck.calibration.rows import ASSUMED_ZONE
from campaigncheck.calibration.run import REASON_TEXTS
from campaigncheck.calibration.steps import ENOUGH
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.messages import Lang, Message, Text, figure

_KIND_NAMES = {
    "workday": Text("工作日", "workdays"),
    "weekend": Text("周末", "weekends"),
    "holiday": Text("节假日", "holidays"),
    "month_edge": Text("月初月末", "month edges"),
}

_READ = Text(
    "读了 {files} 个文件，{rows} 条取号记录：用上 {used} 条，放在一边 {aside} 条（{share}%）。",
    "Read {files} files with {rows} tickets: {used} used, {aside} set aside ({share} %).",
)
_ASIDE = Text("  {reason}：{rows}", "  {reason}: {rows}")
_LOST = Text("  {reason}：{names}", "  {reason}: {names}")
_NO_ZONE = Text(
    "没写时区的 {rows} 条，按北京时间（Asia/Shanghai）算。", "{rows} without a time zone, taken for Asia/Shanghai."
)
_ZONES = Text("换算成北京时间的：{zones}。", "Converted to Asia/Shanghai: {zones}.")
_ZONE = Text("{zone} {rows} 条", "{rows} of {zone}")
_MIXED = Text("同一行里时区不一样的 {rows} 条", "{rows} of several zones at once")
_IGNORED = Text("没有用到的列：{names}。", "Columns not used: {names}.")
_DAYS = Text(
    "{first} 至 {last}，有记录的 {days} 天：{kinds}。", "{first} to {last}, {days} days with tickets: {kinds}."
)
_KIND = Text("{name} {days}", "{name} {days}")
_PROVISIONAL = Text(
    "{years} 年的放假安排没有公布或者不在日历里，节假日是估计的。",
    "Public holidays of {years} are not announced or not in the calendar: provisional.",
)
_HALLS = Text(
    "{all} 个营业厅里 {seen} 个有记录。没有记录的日子当作没开门，不当作没人来；{cut} 个厅天的记录有断档，没有算进客流。",
    "{seen} of {all} halls have tickets. Days without any count as closed, not as nobody; {cut} hall-days with gaps are left "
    "out of the arrivals.",
)
_ROWS = Text(
    "hours.csv {rows} 行：实测 {measured} 行，其余沿用原来的。",
    "hours.csv has {rows} rows: {measured} measured, the others as before.",
)
_COUNTERS = Text(
    "柜台数：{seen} 行从排队时看出；{kept} 行几乎没人排过队，沿用原数，记录里没有矛盾；{bound} 行只知道下限。",
    "Open counters: {seen} rows seen while customers waited; {kept} kept from before, where hardly anybody waited and nothing contradicts; "
    "{bound} known as a lower bound only.",
)
_SERVICE = Text(
    "各厅办理时间：中间一半在 {low} 到 {high} 分钟，变异系数平方中位数 {scv}。",
    "Service in halls: the middle half between {low} and {high} minutes, median squared coefficient of variation {scv}.",
)
_TRANSACTIONS = Text(
    "业务的办理时间（分钟，括号里是 95% 区间）：", "Service by transaction (minutes, 95 % intervals in brackets):"
)
_TRANSACTION = Text(
    "  {name}：{mean}{interval}，变异系数平方 {scv}，{rows} 笔",
    "  {name}: {mean}{interval}, squared coefficient of variation {scv}, {rows} served",
)
_INTERVAL = Text("（{low} 到 {high}）", " ({low} to {high})")
_PAST = Text("过去的营销案，实际和预计：", "Past campaigns, actual beside predicted:")
_PAST_LINE = Text(
    "  {id}（{days} 天）：每天 {people} 笔{interval}{predicted}；每笔 {minutes} 分钟{minutes_interval}{predicted_minutes}",
    "  {id} ({days} days): {people} transactions a day{interval}{predicted}; {minutes} minutes each{minutes_interval}"
    "{predicted_minutes}",
)
_PREDICTED = Text("，预计 {value}", ", predicted {value}")
_NO_SPEC = Text("，没有找到它的营销案文件", ", its spec was not found")
_OUTSIDE = Text("    不在活动期里的记录 {rows} 条", "    {rows} tickets outside its period")
_STEPS = Text("步骤时间（按营销案的实测用时一起调整）：", "Steps (scaled together to the measured time of campaigns):")
_STEP = Text(
    "  {name} × {factor}：{minutes} 分钟，{rows} 笔", "  {name} × {factor}: {minutes} minutes, from {rows} tickets"
)
_NO_STEPS = Text(
    "步骤时间没有改：没有一个营销案既有文件、又有 {enough} 笔以上的记录。",
    "Steps are left as they are: no campaign has both a spec and {enough} tickets or more.",
)


def write_text(outcome: Outcome, names: dict[str, Text], lang: Lang) -> str:
    """Write the report; ``names`` are those of steps."""
    lines = [*_reading(outcome), *_halls(outcome), *_transactions(outcome), *_past(outcome), *_steps(outcome, names)]
    lines += outcome.remarks
    return "".join(line.render(lang) + "\n" for line in lines)


def _reading(outcome: Outcome) -> Iterator[Message]:
    yield from reading(outcome.seen, _READ, REASON_TEXTS)
    kinds = list(outcome.kinds.values())
    by_kind = [_KIND(name=_KIND_NAMES[name], days=kinds.count(number)) for number, name in enumerate(DAY_TYPES)]
    yield _DAYS(first=outcome.first, last=outcome.last, days=len(kinds), kinds=by_kind)
    if outcome.provisional:
        yield _PROVISIONAL(years=list(outcome.provisional))


def reading(seen: Seen, told: Text, reasons: Mapping[str, Text]) -> Iterator[Message]:
    """Yield what was read and what of it was set aside, in which time zones it was written, and what was not used."""
    aside = seen.rows - seen.used
    share = figure(100 * aside / seen.rows)
    yield told(files=len(seen.files), rows=seen.rows, used=seen.used, aside=aside, share=share)
    for reason, rows in seen.set_aside.items():
        yield _ASIDE(reason=reasons[reason], rows=rows)
    if seen.unreadable:
        yield _LOST(reason=REASON_TEXTS["unreadable"], names=list(seen.unreadable))
    if seen.zones.get(ASSUMED_ZONE):
        yield _NO_ZONE(rows=seen.zones[ASSUMED_ZONE])
    others = [_zone(zone, rows) for zone, rows in seen.zones.items() if zone != ASSUMED_ZONE]
    if others:
        yield _ZONES(zones=others)
    if seen.ignored:
        yield _IGNORED(names=list(seen.ignored))


def _zone(zone: str, rows: int) -> Message:
    return _MIXED(rows=rows) if zone == "mixed" else _ZONE(zone=zone, rows=rows)


def _halls(outcome: Outcome) -> Iterator[Message]:
    arrivals, service = outcome.estimates.arrivals, outcome.estimates.service.halls
    seen = service.rows > 0
    yield _HALLS(seen=int(seen.sum()), all=len(outcome.halls), cut=int(arrivals.cut.sum()))
    measured = sum(row.at is not None and row.cells[-1] == "measured" for row in outcome.rows)
    yield _ROWS(rows=len(outcome.rows), measured=measured)
    counted = bases(outcome.rows)
    yield _COUNTERS(seen=counted[SEEN], kept=counted[KEPT], bound=counted[BOUND])
    if seen.any():
        low, high = np.quantile(service.mean[seen], (0.25, 0.75)).tolist()
        yield _SERVICE(low=low, high=high, scv=float(np.nanmedian(service.scv[seen])))


def _transactions(outcome: Outcome) -> Iterator[Message]:
    names, service = outcome.transactions
    yield _TRANSACTIONS()
    for at, name in enumerate(names):
        mean, interval = _mean(service, at)
        scv, rows = _or_dash(service.scv[at]), int(service.rows[at])
        yield _TRANSACTION(name=name, mean=mean, interval=interval, scv=scv, rows=rows)


def _mean(service: Service, at: int) -> tuple[str, Message | str]:
    return _or_dash(service.mean[at]), _interval(float(service.mean_low[at]), float(service.mean_high[at]))


def _interval(low: float, high: float) -> Message | str:
    return _INTERVAL(low=low, high=high) if math.isfinite(low) else ""


def _or_dash(value: float) -> str:
    return figure(float(value)) if math.isfinite(value) else "–"


def _past(outcome: Outcome) -> Iterator[Message]:
    if outcome.past:
        yield _PAST()
    for item in outcome.past:
        minutes, minutes_interval = _mean(item.handling, 0)
        yield _PAST_LINE(
            id=item.id, days=item.days, people=_or_dash(item.transactions.mean),
            interval=_interval(item.transactions.low, item.transactions.high),
            predicted=_of_spec(item, item.transactions),
            minutes=minutes, minutes_interval=minutes_interval, predicted_minutes=_predicted(item.predicted_minutes),
        )  # fmt: skip
        if item.outside:
            yield _OUTSIDE(rows=item.outside)


def _of_spec(item: PastCampaign, rate: Rate) -> Message | str:
    return _NO_SPEC() if item.path is None else _predicted(rate.predicted)


def _predicted(value: float) -> Message | str:
    return _PREDICTED(value=value) if math.isfinite(value) else ""


def _steps(outcome: Outcome, names: dict[str, Text]) -> Iterator[Message]:
    if not outcome.steps:
        yield _NO_STEPS(enough=ENOUGH)
        return
    yield _STEPS()
    for step in outcome.steps:
        minutes = "/".join(figure(value, 3) for value in step.minutes)
        yield _STEP(name=names[step.id], factor=figure(step.factor, 3), minutes=minutes, rows=step.tickets)
