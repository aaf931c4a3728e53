"""CONF005: overlapping campaigns on one product line, and neither says whether both can be held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from campaigncheck.algebra.audience import meet
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.encounter import Encounter, with_right_of_way
from campaigncheck.rulekit.offers import excluded_by, related, selling_the_same, shared
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.understand.entry import Entry, OfferFacts

_MESSAGE = Text(
    "{mine}和“{campaign}”的{theirs}都属于{line}，{days} 推给{cities}的同一批客户，"
    "双方都没写能不能同时办（{extent}；{witness}）",
    "{mine} and {theirs} of “{campaign}” are of one product line ({line}) and reach the same customers of {cities} from "
    "{days}, and neither says whether both can be held ({extent}; {witness})",
)
_HINT = Text(
    "请和对方商定后写明：能同时办的，把对方的产品或营销案写进 stacks_with；不能的，写进 excludes。",
    "Agree and say so: list the other's product or campaign in stacks_with if both can be held, else in excludes.",
)
_OTHER = Text("同一类产品的另一项优惠", "the other offer of the line")
_QUOTED = Text("“{name}”", "“{name}”")
_LINES: dict[str, Text] = {
    "plan": Text("套餐", "plans"),
    "broadband": Text("宽带", "broadband"),
    "data": Text("流量", "data"),
    "family": Text("家庭共享", "family sharing"),
    "tv": Text("电视", "TV"),
    "vas": Text("增值业务", "value-added services"),
    "device": Text("终端", "devices"),
    "roaming": Text("漫游", "roaming"),
    "points": Text("积分", "points"),
}


FEW = 10_000
"""Pairs that are sooner looked at one by one than everybody's offers are prepared for comparing."""

Silence = list[tuple[OfferFacts, OfferFacts]]
"""Offers of two campaigns, on one line and for the same customers, about which neither says anything."""


@lru_cache(maxsize=1 << 12)
def line(product: str) -> str:
    """Return the product line of a product: the first part of its path."""
    return product.partition(".")[0]


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each pair of campaigns whose customers cannot know whether they may take both."""
    pairs = view.meeting
    if len(pairs) > FEW:
        pairs = pairs.where(selling_the_same(pairs, line))
    for first, second in pairs:
        if not related(first, second):
            yield from _problems(view, first, second, _silence(first, second))


def _silence(first: Entry, second: Entry) -> Silence:
    return [
        (one, other)
        for one in first.offers
        for other in second.offers
        if line(one.product) == line(other.product)
        and not _says(first, other, second)
        and not _says(second, one, first)
        and meet(one.audience, other.audience)
    ]


def _says(speaker: Entry, offer: OfferFacts, campaign: Entry) -> bool:
    """Whether a campaign says, where it speaks of the line, how an offer of another goes with its own."""
    return any(
        excluded_by(patterns, offer.product, campaign.id) is not None
        for own in speaker.offers
        if line(own.product) == line(offer.product)
        for patterns in (own.excludes, own.stacks_with)
    )


def _problems(view: PortfolioView, first: Entry, second: Entry, silence: Silence) -> Iterator[Problem]:
    if not silence:
        return
    one, other = silence[0]
    overlap = shared(view.portfolio, first, one, second, other)
    if overlap is None:
        return
    encounter = Encounter(first, second, one.audience, other.audience, overlap)
    facts = encounter.facts(view)
    offers = {first.id: _distinct(one for one, _ in silence), second.id: _distinct(other for _, other in silence)}
    for bearer, opposite in view.bearers(first, second):
        mine, theirs = offers[bearer.id], offers[opposite.id]
        message = _MESSAGE(
            mine=_names(mine), campaign=opposite.title, theirs=_names(theirs), line=_lines(mine), **facts
        )
        there = tuple(Related(opposite.path, ("offers", offer.position, "product"), _OTHER()) for offer in theirs)
        yield Problem(
            ("offers", mine[0].position, "product"),
            with_right_of_way(message, bearer, opposite),
            _HINT(),
            spec=bearer.path,
            related=there,
            scene=encounter.scene,
        )


def _distinct(offers: Iterable[OfferFacts]) -> list[OfferFacts]:
    found = {offer.position: offer for offer in offers}
    return [found[position] for position in sorted(found)]


def _names(offers: list[OfferFacts]) -> list[Message]:
    return [_QUOTED(name=offer.name) for offer in offers]


def _lines(offers: list[OfferFacts]) -> list[Text | str]:
    return [_LINES.get(name, name) for name in dict.fromkeys(line(offer.product) for offer in offers)]


_OFFER = "offers:\n  - {{id: {id}, name: {name}, product: {product}, kind: discount{more}}}\n"

RULE = Rule(
    id="CONF005",
    title=Text("同类产品没说能不能同时办", "one product line, and nobody says whether both can be held"),
    severity="warning",
    why=Text(
        "同一个客户收到两个宽带优惠，一定会问能不能都办；两边都没写，柜台和热线只能各说各的。",
        "A customer who is offered two broadband deals will ask whether both can be had; if neither says so, every "
        "counter answers as it likes.",
    ),
    source=Text(
        "省市协同要求：同一地区的营销案要写明能否叠加；前台反映最常被问到的就是“能不能一起办”。",
        "Coordination between province and cities: campaigns of one place say whether they can be combined; it is what "
        "the front line is asked most.",
    ),
    passing=Sample(
        "id: sample-a\nstage: testing\n"
        + _OFFER.format(
            id="speedup", name="宽带提速", product="broadband.300m", more=', excludes: ["broadband.1000m"]'
        ),
        others=(
            "id: sample-b\nstage: approved\naudience: [{brand: 全球通}]\n"
            + _OFFER.format(id="giga", name="千兆体验", product="broadband.1000m", more=""),
        ),
    ),
    failing=Sample(
        "id: sample-a\nstage: testing\n"
        + _OFFER.format(id="speedup", name="宽带提速", product="broadband.300m", more=', stacks_with: ["tv.*"]'),
        others=(
            "id: sample-b\nstage: approved\naudience: [{brand: 全球通}]\n"
            + _OFFER.format(id="giga", name="千兆体验", product="broadband.1000m", more=""),
        ),
        places=((4, 40),),
    ),
    check_portfolio=check_portfolio,
)
