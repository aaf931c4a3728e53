"""CONF001: offers that exclude each other reach the same customers at the same time and place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from campaigncheck.messages import Message, Text
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.offers import cross_pairs, excluded_by, own_pairs, related, shared
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import Entry, OfferFacts

_MESSAGE = Text(
    "“{one}”和“{campaign}”的“{other}”不能同时享受，却在 {days} 推给{cities}的同一批客户（{witness}）",
    "“{one}” and “{other}” of “{campaign}” exclude each other but reach the same customers of {cities} from {days} ({witness})",
)
_CONTRADICTION = Text(
    "{message}；而且一方说不能同享、另一方说可以同享，口径相反", "{message}; one side even says that both can be held"
)
_HINT = Text(
    "{way}。可以错开日期、去掉重叠的城市、缩小客户范围，或者和对方商定可以同享。",
    "{way}. Move the dates, drop the shared cities, narrow the audience, or agree that both can be held.",
)
_OWN_HINT = Text(
    "两项优惠都在本案里：请给各自写不相交的 audience，或者从 excludes 里去掉对方。",
    "Both are of this campaign: give them audiences that do not meet, or take one out of the other's excludes.",
)
_SAYS = Text("这里写明不能同享", "this excludes the other")
_OTHER = Text("对方的产品", "the other product")


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each pair of offers of which one excludes the other and somebody is offered both."""
    excluding = {entry.id for entry in view.portfolio.entries if any(offer.excludes for offer in entry.offers)}
    across = cross_pairs(view.portfolio, lambda first, second: first.id in excluding or second.id in excluding)
    for first, one, second, other in chain(own_pairs(view.portfolio), across):
        if not (one.excludes or other.excludes):
            continue
        if first is not second and related(first, second):
            continue
        here, there = _positions(first, one, second, other)
        if here is not None or there is not None:
            yield from _problems(view, first, one, second, other)


def _positions(first: Entry, one: OfferFacts, second: Entry, other: OfferFacts) -> tuple[int | None, int | None]:
    """Return where ``one`` excludes ``other``, and where ``other`` excludes ``one``."""
    own = first is second
    here = excluded_by(one.excludes, other.product, None if own else second.id)
    there = excluded_by(other.excludes, one.product, None if own else first.id)
    return here, there


def _problems(
    view: PortfolioView, first: Entry, one: OfferFacts, second: Entry, other: OfferFacts
) -> Iterator[Problem]:
    overlap = shared(view.portfolio, first, one, second, other)
    if overlap is None:
        return
    facts = {
        "days": wording.span(overlap.days),
        "cities": wording.cities(overlap.cities, view.catalogues),
        "witness": wording.witness(overlap, view.catalogues),
    }
    sides = [(first, one, second, other)]
    if first is not second:
        offers = {first.id: one, second.id: other}
        sides = [(a, offers[a.id], b, offers[b.id]) for a, b in view.bearers(first, second)]
    for bearer, mine, opposite, theirs in sides:
        message: Message = _MESSAGE(one=mine.id, other=theirs.id, campaign=opposite.title, **facts)
        if _stacks(mine, theirs, opposite) or _stacks(theirs, mine, bearer):
            message = _CONTRADICTION(message=message)
        own = bearer is opposite
        hint = _OWN_HINT() if own else _HINT(way=wording.right_of_way(bearer, opposite))
        here, there = _positions(bearer, mine, opposite, theirs)
        path = _path(mine, here)
        place = Related(None if own else opposite.path, _path(theirs, there), (_OTHER if there is None else _SAYS)())
        yield Problem(path, message, hint, spec=bearer.path, related=(place,))


def _path(offer: OfferFacts, position: int | None) -> Path:
    at: Path = ("offers", offer.position)
    return (*at, "product") if position is None else (*at, "excludes", position)


def _stacks(one: OfferFacts, other: OfferFacts, opposite: Entry) -> bool:
    return excluded_by(one.stacks_with, other.product, opposite.id) is not None


RULE = Rule(
    id="CONF001",
    title=Text("互斥的优惠推给了同一批客户", "offers that exclude each other reach the same customers"),
    severity="error",
    why=Text(
        "客户收到两个优惠，到柜台才知道只能选一个，还要听懂为什么；这是营业厅投诉的常见来源。",
        "A customer gets two offers and learns at the counter that only one can be had; halls hear of it as complaints.",
    ),
    source=Text(
        "省市协同要求：同一时间同一地区的营销案规则一致、互不冲突。",
        "Coordination between province and cities: campaigns of one time and place must not contradict each other.",
    ),
    passing=Sample(
        'id: sample-a\nstage: testing\nperiod: {start: 2027-03-01, end: 2027-03-31}\naudience: [{age: "<30"}]\n'
        'offers:\n  - {id: speedup, name: 宽带提速, product: broadband.300m, kind: discount, excludes: ["broadband.*"]}\n',
        others=(
            'id: sample-b\nstage: approved\nperiod: {start: 2027-03-01, end: 2027-03-31}\naudience: [{age: ">=30"}]\n'
            "offers:\n  - {id: giga, name: 千兆体验, product: broadband.1000m, kind: trial}\n",
        ),
    ),
    failing=Sample(
        'id: sample-a\nstage: testing\nperiod: {start: 2027-03-01, end: 2027-03-31}\naudience: [{age: "<=30"}]\n'
        'offers:\n  - {id: speedup, name: 宽带提速, product: broadband.300m, kind: discount, excludes: ["broadband.*"]}\n',
        others=(
            'id: sample-b\nstage: approved\nperiod: {start: 2027-03-31, end: 2027-04-30}\naudience: [{age: ">=30"}]\n'
            "offers:\n  - {id: giga, name: 千兆体验, product: broadband.1000m, kind: trial}\n",
        ),
        places=((6, 83),),
    ),
    check_portfolio=check_portfolio,
)
