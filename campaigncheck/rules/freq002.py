"""FREQ002: more launches within a few days in one city than the policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.portfolio.crowding import Standard, launches
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.once import once
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample, Scene
from campaigncheck.understand.entry import Entry

_MESSAGE = Text(
    "{city}在 {days} 有 {count} 个营销案上线，而任意 {window} 天内最多 {limit} 个；另外几个是：{others}",
    "{count} campaigns launch in {city} within {window} days ({days}), more than {limit}; the others are: {others}",
)
_HINT = Text(
    "请把开始日期错开，让任意 {window} 天内最多 {limit} 个上线。",
    "Move the start so that at most {limit} launch within any {window} days.",
)
_OTHER = Text("“{title}”在 {start} 上线", "“{title}” launches on {start}")


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield the campaigns that tip the balance, each once, with its worst city and days."""
    limit, window = view.limit("launches"), int(view.catalogues.limit("launch_window"))
    standard = Standard(limit, only=view.concerned(window))
    there = once(_there)
    for name, crowd in launches(view.portfolio, standard, window).items():
        entry, most = view.portfolio.by_id[name], limit(crowd.city)
        message = _MESSAGE(
            city=view.catalogues.regions.name(crowd.city),
            days=wording.span(crowd.days),
            window=window,
            count=crowd.number,
            limit=most,
            others=[other.title for other in crowd.others],
        )
        scene = Scene(crowd.days, view.portfolio.regions.masks[crowd.city])
        related = tuple([there(other) for other in crowd.others])
        hint = wording.with_precedence(_HINT(window=window, limit=most), entry, crowd.others)
        yield Problem(("period", "start"), message, hint, spec=entry.path, related=related, scene=scene)


def _there(other: Entry) -> Related:
    return Related(other.path, ("period", "start"), _OTHER(title=other.title, start=other.days.start))


def _other(number: int, start: str) -> str:
    return (
        f"id: sample-{number}\nstage: approved\nperiod: {{start: {start}, end: 2027-04-30}}\nchannels: [app]\n"
        f"offers: [{{id: x, name: 积分换话费, product: points.exchange, kind: points}}]\n"
    )


RULE = Rule(
    id="FREQ002",
    title=Text("同一城市几天内上线的营销案太多", "too many launches within a few days in one city"),
    severity="warning",
    why=Text(
        "上线头几天咨询最多；几个营销案挤在一周上线，培训来不及，营业厅和热线一起堵。",
        "Most questions come in the first days; with several launches in one week nobody is trained in time.",
    ),
    source=Text(
        "避免扎堆上线的要求：7 天内最多两个（rules/policy.yaml 的 launches、launch_window）。",
        "No clustering: two launches within 7 days (launches and launch_window in rules/policy.yaml).",
    ),
    passing=Sample(
        "id: sample-a\nperiod: {start: 2027-03-08, end: 2027-03-31}\n",
        others=(_other(1, "2027-03-01"), _other(2, "2027-03-02")),
    ),
    failing=Sample(
        "id: sample-a\nperiod: {start: 2027-03-07, end: 2027-03-31}\n",
        others=(_other(1, "2027-03-01"), _other(2, "2027-03-02")),
        places=((2, 17),),
    ),
    check_portfolio=check_portfolio,
    limits=("launches", "launch_window"),
)
