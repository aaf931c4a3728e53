"""WAIT002: a hall reaches a peak alarm level because of this campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaigncheck.messages import Text, figure
from campaigncheck.rulekit.rule import PortfolioView, Problem, Rule, Sample
from campaigncheck.rules._halls import look, others, related

_MESSAGE = Text(
    "{hall} {day} {hour} 点，每个柜台平均有 {after} 个人在等，到了高峰预警{level}级（{bound} 人起）；没有本案是 {before} 个。"
    "一共 {halls} 个营业厅、{days} 天、{hours} 个钟头因为本案升级",
    "in {hall} on {day} at {hour}:00 {after} customers wait for each counter, which is peak alarm level {level} (from "
    "{bound} on); without this campaign {before}. In all {hours} hours on {days} days in {halls} halls rise in level",
)
_ONE = Text("一", "1")
_TWO = Text("二", "2")
_HINT = Text(
    "那几个钟头请多开柜台、安排专人引导到自助和 App；或者把活动分散到更多的天（suggest {id} 会列出可行的改法）。",
    "Open more counters in those hours and lead people to self-service and the app, or spread the campaign over more days "
    "(`suggest {id}` lists what passes).",
)


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each campaign with which a queue reaches a level that it did not reach before, with the worst hour."""
    for item, looked in look(view, alarms=True, remedies=False):
        worst = item.worst
        message = _MESSAGE(
            hall=view.catalogues.network.halls[worst.hall].name,
            day=date.fromordinal(worst.days[0]),
            hour=worst.hour,
            after=f"{worst.after:.1f}",
            before=f"{worst.before:.1f}",
            level=_TWO if worst.bound >= item.where.promises.alarms[1] else _ONE,
            bound=figure(worst.bound),
            halls=item.halls,
            days=item.days,
            hours=item.hours,
        )
        yield Problem(
            ("demand", "uptake"), message, _HINT(id=item.entry.id), spec=item.entry.path,
            related=related(others(item, looked)), scene=item.scene,
        )  # fmt: skip


_CROWDED = (
    'id: sample-a\nregions: {{include: ["510100"]}}\nhalls: [sc-cd-001]\nchannels: [hall]\n'
    "demand: {{uptake: {uptake}, channel_share: {{hall: 1}}}}\n"
)

RULE = Rule(
    id="WAIT002",
    title=Text("营业厅因为本案到了高峰预警", "a hall reaches a peak alarm level because of this campaign"),
    severity="warning",
    why=Text(
        "每个柜台后面站着三四个人，厅里就要启动预警、抽人支援；事先知道，就能事先排班。",
        "With three or four people waiting for each counter a hall calls for help; who knows beforehand can plan for it.",
    ),
    source=Text(
        "高峰预警的两级（rules/policy.yaml 的 queue_alarm_1、queue_alarm_2）：等候人数 ÷ 开着的柜台数。",
        "The two peak alarm levels (queue_alarm_1, queue_alarm_2 in rules/policy.yaml): waiting customers ÷ open counters.",
    ),
    passing=Sample(_CROWDED.format(uptake=300)),
    failing=Sample(_CROWDED.format(uptake=30000), places=((5, 18),)),
    check_portfolio=check_portfolio,
    limits=("queue_alarm_1", "queue_alarm_2", "enquiry_time", "month_edge"),
)
