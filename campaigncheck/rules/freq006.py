"""FREQ006: a hall's clerks must know more live offers, or learn more new ones in a week, than the policy allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.crowding import Crowd, Standard, crowds, its_offers, launches_in_halls
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample, Scene
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import Entry

_LIVE = Text(
    "{days} 在{place}，营业员要同时会办 {count} 项优惠（本案 {own} 项），超过 {limit} 项的上限；{others}",
    "from {days} the clerks in {place} must know {count} offers at once ({own} of this campaign), more than {limit}; {others}",
)
_NEW = Text(
    "在{place}，营业员 {days} 要新学 {count} 项优惠（本案 {own} 项），而任意 {window} 天内最多 {limit} 项；{others}",
    "the clerks in {place} must learn {count} new offers within {window} days ({days}; {own} of this campaign), more than "
    "{limit}; {others}",
)
_OTHERS = Text("还有：{others}", "the others: {others}")
_NO_OTHERS = Text("全是本案的", "all of them this campaign's")
_OTHER = Text("“{title}”{count} 项", "“{title}” {count}")
_LIVE_HINT = Text(
    "请减少本案的优惠项数，和这些营销案错开时间，指定别的营业厅，或者只在电子渠道办。",
    "Offer less in this campaign, move its dates, name other halls, or sell it on electronic channels only.",
)
_NEW_HINT = Text(
    "请把开始日期错开，让任意 {window} 天内新上的优惠不超过 {limit} 项；或者减少项数、分批上。",
    "Move the start so that at most {limit} new offers come within any {window} days, or offer less, or in stages.",
)
_THERE = Text("“{title}”的 {count} 项优惠", "the {count} offers of “{title}”")


class _Load(NamedTuple):
    """What is too much for the clerks of a hall, and its limit there."""

    crowd: Crowd
    limit: int
    new: bool

    @property
    def path(self) -> Path:
        """What brings it about: the days on which a campaign runs, or the day on which it starts."""
        return ("period", "start") if self.new else ("period",)

    def beyond(self, other: _Load) -> bool:
        """Whether this one is further over its limit."""
        return self.crowd.number * other.limit > other.crowd.number * self.limit


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield the campaigns that tip the balance, each once: by the live offers or the new ones, whichever is worse."""
    window = int(view.catalogues.limit("new_offers_window"))
    live = crowds(view.portfolio, _standard(view, view.limit("hall_offers"), 0))
    new = launches_in_halls(view.portfolio, _standard(view, view.limit("new_offers"), window), window)
    for name in sorted(live.keys() | new.keys(), key=lambda name: view.portfolio.by_id[name].path):
        loads = [
            _Load(found[name], limit(found[name].city), found is new)
            for found, limit in ((live, view.limit("hall_offers")), (new, view.limit("new_offers")))
            if name in found
        ]
        worst = loads[1] if len(loads) == 2 and loads[1].beyond(loads[0]) else loads[0]
        yield _problem(view, view.portfolio.by_id[name], worst, window)


def _standard(view: PortfolioView, limit: Callable[[str], int], margin: int) -> Standard:
    return Standard(limit, its_offers, view.catalogues.network.city_of, view.concerned(margin))


def _problem(view: PortfolioView, entry: Entry, load: _Load, window: int) -> Problem:
    crowd = load.crowd
    message = (_NEW if load.new else _LIVE)(
        place=wording.crowded_place(crowd, view.catalogues),
        days=wording.span(crowd.days),
        window=window,
        count=crowd.number,
        own=len(entry.offers),
        limit=load.limit,
        others=_others(crowd.others),
    )
    hint = _NEW_HINT(window=window, limit=load.limit) if load.new else _LIVE_HINT()
    hint = wording.with_precedence(hint, entry, crowd.others)
    related = tuple(
        Related(other.path, load.path, _THERE(title=other.title, count=len(other.offers))) for other in crowd.others
    )
    scene = Scene(crowd.days, view.portfolio.regions.masks[crowd.city])
    return Problem(load.path, message, hint, spec=entry.path, related=related, scene=scene)


def _others(others: tuple[Entry, ...]) -> Message:
    if not others:
        return _NO_OTHERS()
    return _OTHERS(others=[_OTHER(title=other.title, count=len(other.offers)) for other in others])


def _offers(count: int) -> str:
    return "offers:\n" + "".join(
        f"  - {{id: x{number}, name: 积分换话费, product: points.exchange, kind: points}}\n" for number in range(count)
    )


def _sample(name: str, start: str, offers: int, stage: str = "draft") -> str:
    return f"id: sample-{name}\nstage: {stage}\nperiod: {{start: {start}, end: 2027-03-31}}\n" + _offers(offers)


RULE = Rule(
    id="FREQ006",
    title=Text("营业员要记住的优惠太多", "more offers than a hall's clerks can know or learn"),
    severity="warning",
    why=Text(
        "营销案不多，每案的优惠一多，营业员照样记不住：讲错、办错、翻资料，客户就在柜台前等着。",
        "Few campaigns with many offers each are as hard to know as many campaigns: things are said wrong and looked up while "
        "the customer waits.",
    ),
    source=Text(
        "假设值：同时最多十二项，一周最多新学五项（rules/policy.yaml 的 hall_offers、new_offers、new_offers_window）。",
        "Assumptions: twelve at a time, five new ones a week (hall_offers, new_offers and new_offers_window in "
        "rules/policy.yaml).",
    ),
    passing=Sample(
        _sample("a", "2027-03-10", 5),
        others=(_sample("b", "2027-03-01", 5, "approved"),),
    ),
    failing=Sample(
        _sample("a", "2027-03-10", 2),
        others=(_sample("b", "2027-03-04", 4, "approved"),),
        places=((3, 17),),
    ),
    check_portfolio=check_portfolio,
    limits=("hall_offers", "new_offers", "new_offers_window"),
)
