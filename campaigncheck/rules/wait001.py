"""WAIT001: a hall breaks its waiting promise because of this campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import PortfolioView, Problem, Rule, Sample
from campaigncheck.rules._halls import look, others, related, ways
from campaigncheck.rules._unjudged import halls_not_judged
from campaigncheck.waiting.promises import KINDS

_MESSAGE = Text(
    "{hall} {day} {hour} 点，{who}平均要等 {after} 分钟，超过承诺的 {promise} 分钟；没有本案是 {before} 分钟；"
    "这一天等到不耐烦的客户从 {few} 人次增加到 {many} 人次。一共 {halls} 个营业厅、{days} 天、{hours} 个钟头等得比承诺的久",
    "in {hall} on {day} at {hour}:00 {who} wait {after} minutes on average, longer than the promised {promise}; without "
    "this campaign {before}; people who wait longer than they bear rise from {few} to {many} on that day. In all {hours} "
    "hours on {days} days in {halls} halls break their promise",
)
_PREMIUM = Text("全球通等高端品牌的客户", "customers of premium brands")
_OTHER = Text("其他品牌的客户", "customers of other brands")
_HINT = Text("{ways}", "{ways}")
_HINT_ASSUMED = Text(
    "{ways}这些营业厅的数据是估计的，先用 campaigncheck calibrate 换成排队系统的实际数据。",
    "{ways} The figures of these halls are assumed: replace them by measured ones first (campaigncheck calibrate).",
)

TOLERANCES = tuple(f"{what}_{kind}" for kind in KINDS for what in ("share", "tolerance"))
"""The policy's figures about four kinds of customers."""


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each campaign with which a promise breaks that held before, with its worst hour; and halls not judged."""
    for item, looked in look(view, alarms=False, remedies=True):
        worst = item.worst
        message = _MESSAGE(
            hall=view.catalogues.network.halls[worst.hall].name,
            day=date.fromordinal(worst.days[0]),
            hour=worst.hour,
            who=_PREMIUM if worst.premium else _OTHER,
            after=_shown(worst.after),
            before=_shown(worst.before),
            promise=_shown(worst.bound),
            many=round(looked.impatient[0]),
            few=round(looked.impatient[1]),
            halls=item.halls,
            days=item.days,
            hours=item.hours,
        )
        hint = (_HINT_ASSUMED if item.assumed else _HINT)(ways=ways(item, looked))
        yield Problem(
            ("demand", "uptake"), message, hint, spec=item.entry.path, related=related(others(item, looked)),
            severity="warning" if item.assumed else None, scene=item.scene,
        )  # fmt: skip
    yield from halls_not_judged(view)


def _shown(minutes: float) -> str:
    return f"{minutes:.0f}" if minutes >= 99.95 or minutes == int(minutes) else f"{minutes:.1f}"


_CROWDED = (
    'id: {name}\nstage: {stage}\nregions: {{include: ["510100"]}}\nhalls: [sc-cd-001]\nchannels: [hall]\n'
    "demand: {{uptake: {uptake}, channel_share: {{hall: 1}}}}\n"
)

RULE = Rule(
    id="WAIT001",
    title=Text("营业厅因为本案等得比承诺的久", "a hall breaks its waiting promise because of this campaign"),
    severity="error",
    why=Text(
        "承诺的等候时间是公开的；营销案带来的人让队伍超过承诺，投诉的是营业厅，改的却只能是营销案。",
        "The waiting promise is public: when a campaign's crowd breaks it, the hall gets the complaints, and only the "
        "campaign can mend it.",
    ),
    source=Text(
        "对客户的等候承诺（rules/policy.yaml 的 wait_premium、wait_other、wait_quiet）；算法和准确度见 docs/waiting.md。",
        "The waiting promises (wait_premium, wait_other, wait_quiet in rules/policy.yaml); method and accuracy: docs/waiting.md.",
    ),
    passing=Sample(_CROWDED.format(name="sample-a", stage="testing", uptake=300)),
    failing=Sample(_CROWDED.format(name="sample-a", stage="testing", uptake=30000), places=((6, 18),)),
    check_portfolio=check_portfolio,
    limits=("wait_premium", "wait_other", "wait_quiet", "busy_load", "month_edge", "enquiry_time", *TOLERANCES),
)
