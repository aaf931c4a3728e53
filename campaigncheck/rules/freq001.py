"""FREQ001: more campaigns live at one time in one city's halls than the policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.portfolio.crowding import Standard, crowds, one_each
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.once import once
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample, Scene
from campaigncheck.understand.entry import Entry

_MESSAGE = Text(
    "{days} 在{city}同时有 {count} 个营销案，超过 {limit} 个的上限；同期的还有：{others}",
    "from {days} {city} run {count} campaigns at once, more than {limit}; the others are: {others}",
)
_HINT = Text(
    "请和这些营销案错开时间，去掉{city}，或者改成不在营业厅办理；地市落地省级营销案的，写上 parent 就只算一个。",
    "Move the dates, leave {city} out, or sell it elsewhere than in halls; a local version of a provincial campaign that "
    "names its parent counts once.",
)
_OTHER = Text("同期的“{title}”", "“{title}” at the same time")


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield the campaigns that tip the balance, each once, with its worst city and days."""
    limit = view.limit("live_campaigns")
    standard = Standard(limit, one_each, view.catalogues.network.city_of, view.concerned())
    there = once(_there)
    for name, crowd in crowds(view.portfolio, standard).items():
        entry = view.portfolio.by_id[name]
        city = wording.crowded_place(crowd, view.catalogues)
        message = _MESSAGE(
            days=wording.span(crowd.days),
            city=city,
            count=crowd.number,
            limit=limit(crowd.city),
            others=[other.title for other in crowd.others],
        )
        scene = Scene(crowd.days, view.portfolio.regions.masks[crowd.city])
        related = tuple([there(other) for other in crowd.others])
        hint = wording.with_precedence(_HINT(city=view.catalogues.regions.name(crowd.city)), entry, crowd.others)
        yield Problem(("period",), message, hint, spec=entry.path, related=related, scene=scene)


def _there(other: Entry) -> Related:
    return Related(other.path, ("period",), _OTHER(title=other.title))


def _other(number: int, start: str) -> str:
    return (
        f"id: sample-{number}\nstage: approved\nperiod: {{start: {start}, end: 2027-03-31}}\n"
        f"offers: [{{id: x, name: 积分换话费, product: points.exchange, kind: points}}]\n"
    )


RULE = Rule(
    id="FREQ001",
    title=Text("同一城市营业厅同时在办的营销案太多", "too many campaigns at one time in one city's halls"),
    severity="warning",
    why=Text(
        "一线同时要记住的营销案越多，越容易讲错、办错，客户排队也越久。",
        "The more campaigns a clerk has to know at once, the more is said wrong and the longer people wait.",
    ),
    source=Text(
        "一线反映的承受能力：同时最多三个（rules/policy.yaml 的 live_campaigns）。",
        "What the front line says it can bear: three at a time (live_campaigns in rules/policy.yaml).",
    ),
    passing=Sample(
        "id: sample-a\nperiod: {start: 2027-03-01, end: 2027-03-31}\n",
        others=(_other(1, "2027-03-01"), _other(2, "2027-03-10")),
    ),
    failing=Sample(
        "id: sample-a\nperiod: {start: 2027-03-01, end: 2027-03-31}\n",
        others=(_other(1, "2027-03-01"), _other(2, "2027-03-10"), _other(3, "2027-03-20")),
        places=((2, 9),),
    ),
    check_portfolio=check_portfolio,
    limits=("live_campaigns",),
)
