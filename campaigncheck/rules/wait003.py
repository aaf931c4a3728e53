"""WAIT003: the hotline misses its promise because of this campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaigncheck.algebra.days import Days
from campaigncheck.messages import Text, figure
from campaigncheck.rulekit.rule import PortfolioView, Problem, Rule, Sample, Scene
from campaigncheck.rules._unjudged import hotlines_not_judged

_MESSAGE = Text(
    "{region}的热线 {day} {hour} 点只有 {after}% 的电话能在 {seconds} 秒内接起，低于 {share}%；没有本案是 {before}%。"
    "那个钟头有 {calls} 个电话，其中 {drawn} 个是本案带来的；一共 {days} 天、{hours} 个钟头因为本案接不过来",
    "on {day} at {hour}:00 the hotline of {region} answers only {after}% of calls in {seconds} seconds, less than {share}%; "
    "without this campaign {before}%. Of {calls} calls in that hour this campaign brings {drawn}; in all {hours} hours on "
    "{days} days are missed because of it",
)
_HINT = Text(
    "那个钟头再排 {agents} 个人就够；或者把答案写进短信和 App，让客户不用打电话来问。",
    "{agents} more agents in that hour would do; or put the answers into SMS and the app, so that nobody has to call.",
)
_HINT_FAR = Text(
    "人手加倍也接不过来：把活动分散到更多的天，或者缩小范围。",
    "Not even twice the agents would do: spread the campaign over more days, or make it smaller.",
)


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each campaign with which a hotline misses its promise that kept it before, with its worst hour."""
    from campaigncheck.waiting.telephone import Hotlines  # slow to import; only some campaigns make people call

    if not view.catalogues.network.hotline_hours.regions or not any(entry.draws for entry in view.portfolio.entries):
        return
    lines = Hotlines(view.portfolio, view.catalogues)
    for item in lines.missed(view.focus):
        promised = item.promised
        message = _MESSAGE(
            region=view.catalogues.regions.name(item.region),
            day=date.fromordinal(item.day),
            hour=item.hour,
            after=_percent(item.after),
            before=_percent(item.before),
            share=figure(promised.share * 100),
            seconds=figure(promised.seconds),
            calls=round(item.calls),
            drawn=round(item.drawn),
            days=len(item.days),
            hours=item.hours,
        )
        hint = _HINT_FAR() if item.agents is None else _HINT(agents=item.agents)
        scene = Scene(Days(item.days[0], item.days[-1]), view.portfolio.regions.masks[item.region] & item.entry.cities)
        yield Problem(("demand", "uptake"), message, hint, spec=item.entry.path, scene=scene)
    yield from hotlines_not_judged(view, lines.not_judged(view.focus))


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


_CALLED = (
    'id: sample-a\nregions: {{include: ["510000"]}}\nchannels: [hotline]\n'
    "demand: {{uptake: {uptake}, enquiries: 1, channel_share: {{hotline: 1}}}}\n"
)

RULE = Rule(
    id="WAIT003",
    title=Text("热线因为本案接不过来", "the hotline misses its promise because of this campaign"),
    severity="warning",
    why=Text(
        "热线打不进去，客户就去营业厅排队，或者直接投诉。",
        "Who cannot get through to the hotline queues in a hall, or complains.",
    ),
    source=Text(
        "热线 15 秒接起的承诺（rules/policy.yaml 的 hotline_share、hotline_seconds）；等不及会挂断，按 Erlang A 算（docs/waiting.md）。",
        "The promise to answer within 15 seconds (hotline_share, hotline_seconds in rules/policy.yaml); callers who give up "
        "by Erlang A (docs/waiting.md).",
    ),
    passing=Sample(_CALLED.format(uptake=300)),
    failing=Sample(_CALLED.format(uptake=300000), places=((4, 18),)),
    check_portfolio=check_portfolio,
    limits=("hotline_share", "hotline_seconds", "hotline_patience", "month_edge"),
)
