"""What complaints have shown, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from campaigncheck.aftercare.rates import PER
from campaigncheck.calibration.complaints_rates import Estimate
from campaigncheck.calibration.complaints_run import REASONS_TOLD, Cause, Handled, Outcome
from campaigncheck.calibration.report import reading
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.labels import CHANNELS
from campaigncheck.messages import Lang, Message, Text, figure

MOST = 10
"""How many causes, and how many campaigns that were late, the text shows."""

_FINDINGS = 5
"""How many findings on a topic it names."""

_READ = Text(
    "读了 {files} 个文件，{rows} 条投诉单：用上 {used} 条，放在一边 {aside} 条（{share}%）。",
    "Read {files} files with {rows} complaints: {used} used, {aside} set aside ({share} %).",
)
_WHEN = Text(
    "{first} 至 {last} 受理的投诉。看了 {campaigns} 个营销案，{with_complaints} 个有投诉。",
    "Complaints opened {first} to {last}. Campaigns looked at: {campaigns}, with complaints: {with_complaints}.",
)
_UNKNOWN = Text(
    "{count} 个有投诉的营销案不知道这段时间有多少客户（没有写 demand，或者已经结束），没有用来算投诉率。",
    "Customers in these days unknown: {count} campaigns with complaints (no demand, or over); not used for rates.",
)
_IN_TIME = Text(
    "在承诺的 {hours} 小时里处理完的：{share}%，指标 {target}%，{verdict}。超时 {late} 件；还没处理完 {open} 件，其中 {pending} 件还没到时限，不算在内。",
    "Closed within the {hours} hours promised: {share} %, target {target} %: {verdict}. Late: {late}; still open: {open}, {pending} of "
    "them not due yet and not counted.",
)
_MET = Text("达到了", "met")
_MISSED = Text("没有达到", "missed")
_NOT_YET = Text("还没有一件到时限", "none is due yet")
_CHANNEL = Text("  渠道 {name}：{share}%，超时 {late} 件", "  channel {name}: {share} %, {late} late")
_CAMPAIGN = Text("  营销案 {name}：{share}%，超时 {late} 件", "  campaign {name}: {share} %, {late} late")
_MORE_CHANNELS = Text("  还有 {count} 个渠道没有达到指标", "  further channels that miss the target: {count}")
_MORE_CAMPAIGNS = Text("  还有 {count} 个营销案没有达到指标", "  further campaigns that miss the target: {count}")
_CAUSES = Text("投诉从哪一条来，多的在前：", "Where complaints come from, most first:")
_CAUSE = Text(
    "  {complaints} 件{rate}  {campaign}  {title}  {path}:{line}:{column} {pointer}",
    "  {complaints}{rate}  {campaign}  {title}  {path}:{line}:{column} {pointer}",
)
_PER = Text("（每万人 {rate}）", " ({rate} of 10,000)")
_FOUND = Text("      当时这里有问题：{findings}{more}", "      found there: {findings}{more}")
_AND_MORE = Text(" 等 {count} 处", ", {count} in all")
_FINDING = Text("{rule}（{line}:{column}）", "{rule} ({line}:{column})")
_MORE = Text(
    "  还有 {count} 条没有列出，complaints.json 里有。", "  Not shown: {count} more; complaints.json has them."
)
_RATES = Text(
    "投诉率（每万人；括号里是 95% 区间，已和假设值合在一起）：",
    "Rates (of 10,000 customers; 95 % intervals in brackets, assumptions weighed in):",
)
_RATE = Text(
    "  {rule}：{rate}（{low} 到 {high}），假设 {assumed}；分到 {complaints} 件，{customers} 人次",
    "  {rule}: {rate} ({low} to {high}), assumed {assumed}; {complaints} complaints dealt to it, met by customers {customers} times",
)
_NO_RATES = Text(
    "没有算出投诉率：这些营销案当时没有问题，或者不知道有多少客户。",
    "No rates: these campaigns had no findings, or nobody knows how many customers they had.",
)
_USUAL = Text("  没有问题也会有的：{rates}", "  without any finding: {rates}")
_TOPIC = Text("{title} {rate}", "{title} {rate}")


def write_text(outcome: Outcome, catalogues: Catalogues, lang: Lang) -> str:
    """Write the report."""
    titles = {name: entry.title.text for name, entry in catalogues.faq.topics.items()}
    lines = [*_opening(outcome), *_punctual(outcome), *_causes(outcome, titles), *_rates(outcome, titles)]
    lines += outcome.remarks
    return "".join(line.render(lang) + "\n" for line in lines)


def _opening(outcome: Outcome) -> Iterator[Message]:
    yield from reading(outcome.seen, _READ, REASONS_TOLD)
    named = {cause.campaign for cause in outcome.causes}
    yield _WHEN(first=outcome.first, last=outcome.last, campaigns=len(outcome.studied), with_complaints=len(named))
    if outcome.unknown:
        yield _UNKNOWN(count=outcome.unknown)


def _punctual(outcome: Outcome) -> Iterator[Message]:
    """Yield the share closed in time beside the target, and the channels and campaigns below it."""
    hours, target = outcome.promise
    all_ = outcome.handled
    share, verdict = "–", _NOT_YET
    if all_.in_time is not None:
        share, verdict = _per_cent(all_), _MISSED if _below(all_, target) else _MET
    counts = {"late": all_.late, "open": all_.open, "pending": all_.pending}
    yield _IN_TIME(hours=hours, share=share, target=target, verdict=verdict, **counts)
    channels = {CHANNELS.get(name, _visible(name)): handled for name, handled in outcome.by_channel.items()}
    yield from _late(channels, target, _CHANNEL, _MORE_CHANNELS)
    yield from _late(outcome.by_campaign, target, _CAMPAIGN, _MORE_CAMPAIGNS)


def _late(groups: Mapping[Any, Handled], target: float, told: Text, more: Text) -> Iterator[Message]:
    """Yield the groups below the target, those with most late orders first."""
    late = [(name, handled) for name, handled in groups.items() if _below(handled, target)]
    late.sort(key=lambda item: -item[1].late)
    for name, handled in late[:MOST]:
        yield told(name=name, share=_per_cent(handled), late=handled.late)
    if len(late) > MOST:
        yield more(count=len(late) - MOST)


def _visible(text: str) -> str:
    """Replace characters that would move the cursor, hide text or break a line: a file may hold anything."""
    return "".join(char if char.isprintable() else "�" for char in text)


def _below(handled: Handled, target: float) -> bool:
    return handled.in_time is not None and handled.in_time * 100 < target


def _per_cent(handled: Handled) -> str:
    """Write a share in per cent, cut and not rounded: what is below a target never looks like it."""
    share = handled.in_time
    return "–" if share is None else figure(int(share * 1000 + 1e-9) / 10, 1)


def _causes(outcome: Outcome, titles: Mapping[str, Text]) -> Iterator[Message]:
    yield _CAUSES()
    for cause in outcome.causes[:MOST]:
        yield _cause(cause, titles)
        if cause.faults:
            yield _found(cause)
    if len(outcome.causes) > MOST:
        yield _MORE(count=len(outcome.causes) - MOST)


def _cause(cause: Cause, titles: Mapping[str, Text]) -> Message:
    rate = _PER(rate=figure(cause.complaints / cause.customers * PER, 1)) if cause.customers else ""
    place = cause.clause.place
    return _CAUSE(
        complaints=cause.complaints, rate=rate, campaign=cause.campaign, title=titles[cause.topic], path=cause.path,
        line=place.line, column=place.column, pointer=cause.clause.pointer,
    )  # fmt: skip


def _found(cause: Cause) -> Message:
    shown = [
        _FINDING(rule=fault.rule, line=fault.place.line, column=fault.place.column)
        for fault in cause.faults[:_FINDINGS]
    ]
    return _FOUND(findings=shown, more=_AND_MORE(count=len(cause.faults)) if len(cause.faults) > _FINDINGS else "")


def _rates(outcome: Outcome, titles: Mapping[str, Text]) -> Iterator[Message]:
    rules, topics = outcome.estimates
    if not rules:
        yield _NO_RATES()
        return
    yield _RATES()
    for item in rules:
        yield _rate(item)
    rates = {item.name: _of_10000(item.rate) for item in topics}
    usual = [_TOPIC(title=title, rate=rates[name]) for name, title in titles.items() if name in rates]
    yield _USUAL(rates=usual)


def _rate(item: Estimate) -> Message:
    rates = {name: _of_10000(getattr(item, name)) for name in ("rate", "low", "high", "assumed")}
    return _RATE(rule=item.name, **rates, complaints=figure(item.complaints, 1), customers=f"{item.customers:,.0f}")


def _of_10000(rate: float) -> str:
    return figure(rate * PER, 1)
