"""FREQ004: more pushes to the same customers within a month than the policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.algebra.audience import witness
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.crowding import Standard
from campaigncheck.portfolio.pushes import PUSH_CHANNELS, Pushed, its_pushes, pushes
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample, Scene
from campaigncheck.understand.entry import Entry

_MESSAGE = Text(
    "{city}有客户在 {days} 会收到 {count} 次推送（{customer}），而任意 {window} 天内最多 {limit} 次；本案用{own}，另外还有：{others}",
    "customers in {city} get {count} pushes within {window} days ({days}), more than {limit}, for example {customer}; this "
    "campaign pushes by {own}, the others are: {others}",
)
_ALONE = Text(
    "{city}有客户在 {days} 一天就会收到本案的 {count} 次推送（{own}；{customer}），而任意 {window} 天内最多 {limit} 次",
    "customers in {city} get {count} pushes of this campaign alone on {days} ({own}), more than {limit} within {window} "
    "days, for example {customer}",
)
_HINT = Text(
    "请把开始日期错开，少用一种推送渠道，或者缩小客户范围，让同一个客户任意 {window} 天内最多收到 {limit} 次。",
    "Move the start, push by fewer channels, or narrow the audience, so that nobody gets more than {limit} within any "
    "{window} days.",
)
_ONE = Text("“{title}”（{by}）", "“{title}” ({by})")
_OTHER = Text("“{title}”在 {start} 推送（{by}）", "“{title}” pushes on {start} ({by})")


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield the campaigns that tip the balance, each once, with the customers that get most."""
    limit, window = view.limit("pushes"), int(view.catalogues.limit("push_window"))
    standard = Standard(limit, its_pushes, only=view.concerned(window))
    for name, pushed in pushes(view.portfolio, standard, window).items():
        entry = view.portfolio.by_id[name]
        hint = wording.with_precedence(_HINT(window=window, limit=limit(pushed.city)), entry, pushed.others)
        related = tuple(
            Related(other.path, ("period", "start"), _OTHER(title=other.title, start=other.days.start, by=_by(other)))
            for other in pushed.others
        )
        message = _message(view, entry, pushed, window, limit(pushed.city))
        scene = Scene(pushed.days, view.portfolio.regions.masks[pushed.city])
        yield Problem(("period", "start"), message, hint, spec=entry.path, related=related, scene=scene)


def _message(view: PortfolioView, entry: Entry, pushed: Pushed, window: int, limit: int) -> Message:
    values = witness(view.catalogues.domain, pushed.customers) or {}
    return (_MESSAGE if pushed.others else _ALONE)(
        city=view.catalogues.regions.name(pushed.city),
        days=wording.span(pushed.days),
        window=window,
        count=pushed.number,
        limit=limit,
        customer=wording.customer(values, view.catalogues),
        own=_by(entry),
        others=[_ONE(title=other.title, by=_by(other)) for other in pushed.others],
    )


def _by(entry: Entry) -> list[Text]:
    """Return the channels by which a campaign pushes."""
    return [wording.CHANNEL_NAMES[channel] for channel in sorted(entry.channels & PUSH_CHANNELS, reverse=True)]


def _sample(name: str, start: str, stage: str = "approved") -> str:
    return (
        f"id: sample-{name}\nstage: {stage}\nperiod: {{start: {start}, end: 2027-04-30}}\n"
        "channels: [app, sms, outbound_call]\n"
    )


RULE = Rule(
    id="FREQ004",
    title=Text("同一批客户一个月里收到的推送太多", "too many pushes to the same customers within a month"),
    severity="warning",
    why=Text(
        "短信、外呼太密，客户会投诉骚扰，要求屏蔽；以后真有用的通知也发不进去。",
        "Too many messages and calls are felt as harassment: customers complain, block the number, and miss what matters.",
    ),
    source=Text(
        "假设值：30 天内最多四次（rules/policy.yaml 的 pushes、push_window）。每个营销案在第一天按每种推送渠道（短信、外呼）各推一次。",
        "An assumption: four within 30 days (pushes and push_window in rules/policy.yaml). A campaign pushes once on its "
        "first day by each of its push channels (sms, outbound_call).",
    ),
    passing=Sample(
        _sample("a", "2027-04-01", "draft"), others=(_sample("b", "2027-03-01"), _sample("c", "2027-03-10"))
    ),
    failing=Sample(
        _sample("a", "2027-03-30", "draft"),
        others=(_sample("b", "2027-03-01"), _sample("c", "2027-03-10")),
        places=((3, 17),),
    ),
    check_portfolio=check_portfolio,
    limits=("pushes", "push_window"),
)
