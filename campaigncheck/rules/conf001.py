"""CONF001: offers that exclude each other reach the same customers at the same time and place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.encounter import Encounter, with_right_of_way
from campaigncheck.rulekit.offers import cross_pairs, excluded_by, naming, own_pairs, shared
from campaigncheck.rulekit.offers import related as are_related
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import Entry, OfferFacts

_MESSAGE = Text(
    "“{mine}”和“{campaign}”的{theirs}不能同时享受，却在 {days} 推给{cities}的同一批客户（{extent}；{witness}）",
    "“{mine}” and {theirs} of “{campaign}” exclude each other but reach the same customers of {cities} from {days} "
    "({extent}; {witness})",
)
_OWN_MESSAGE = Text(
    "本案的“{mine}”和{theirs}不能同时享受，却在 {days} 推给{cities}的同一批客户（{extent}；{witness}）",
    "this campaign's “{mine}” and {theirs} exclude each other but reach the same customers of {cities} from {days} "
    "({extent}; {witness})",
)
_CONTRADICTION = Text(
    "{message}；而且一方说不能同享、另一方说可以同享，口径相反", "{message}; one side even says that both can be held"
)
_QUOTED = Text("“{name}”", "“{name}”")
_HINT = Text(
    "可以错开日期、去掉重叠的城市、缩小客户范围，或者和对方商定可以同享。",
    "Move the dates, drop the shared cities, narrow the audience, or agree that both can be held.",
)
_OWN_HINT = Text(
    "两项优惠都在本案里：请给各自写不相交的 audience，或者从 excludes 里去掉对方。",
    "Both are of this campaign: give them audiences that do not meet, or take one out of the other's excludes.",
)
_SAYS = Text("这里写明不能同享", "this excludes the other")
_OTHER = Text("对方的产品", "the other product")


class _Clash(NamedTuple):
    """Two offers that exclude each other, from the side of the campaign that bears it."""

    bearer: Entry
    mine: OfferFacts
    opposite: Entry
    theirs: OfferFacts
    encounter: Encounter

    @property
    def path(self) -> Path:
        """Where this side excludes the other, else the product that the other side excludes."""
        return _path(self.mine, self._positions[0])

    @property
    def place(self) -> Related:
        """The other side's place."""
        there = self._positions[1]
        own = self.bearer is self.opposite
        return Related(
            None if own else self.opposite.path, _path(self.theirs, there), (_OTHER if there is None else _SAYS)()
        )

    @property
    def contradicts(self) -> bool:
        """Whether a side says that both can be held."""
        return _stacks(self.mine, self.theirs, self.opposite) or _stacks(self.theirs, self.mine, self.bearer)

    @property
    def _positions(self) -> tuple[int | None, int | None]:
        return _positions(self.bearer, self.mine, self.opposite, self.theirs)


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each place that excludes offers of another campaign which somebody is offered as well."""
    pairs = view.meeting.where(naming(lambda offer: offer.excludes, view.meeting))
    across = (item for item in cross_pairs(pairs) if not are_related(item[0], item[2]))
    found: dict[tuple[str, str, Path], list[_Clash]] = {}
    for item in chain(own_pairs(view), across):
        for clash in _clashes(view, *item):
            found.setdefault((clash.bearer.id, clash.opposite.id, clash.path), []).append(clash)
    for clashes in found.values():
        yield _problem(view, clashes)


def _clashes(view: PortfolioView, first: Entry, one: OfferFacts, second: Entry, other: OfferFacts) -> Iterator[_Clash]:
    if not (one.excludes or other.excludes) or _positions(first, one, second, other) == (None, None):
        return
    overlap = shared(view.portfolio, first, one, second, other)
    if overlap is None:
        return
    encounter = Encounter(first, second, one.audience, other.audience, overlap)
    if first is second:
        yield _Clash(first, one, second, other, encounter)
        return
    offers = {first.id: one, second.id: other}
    for bearer, opposite in view.bearers(first, second):
        yield _Clash(bearer, offers[bearer.id], opposite, offers[opposite.id], encounter)


def _positions(first: Entry, one: OfferFacts, second: Entry, other: OfferFacts) -> tuple[int | None, int | None]:
    """Return where ``one`` excludes ``other``, and where ``other`` excludes ``one``."""
    own = first is second
    here = excluded_by(one.excludes, other.product, None if own else second.id)
    there = excluded_by(other.excludes, one.product, None if own else first.id)
    return here, there


def _problem(view: PortfolioView, found: list[_Clash]) -> Problem:
    """Return the problem of one place that excludes one or more offers of another campaign."""
    first = found[0]
    bearer, opposite, path = first.bearer, first.opposite, first.path
    own = bearer is opposite
    message: Message = (_OWN_MESSAGE if own else _MESSAGE)(
        mine=first.mine.name,
        theirs=[_QUOTED(name=clash.theirs.name) for clash in found],
        campaign=opposite.title,
        **first.encounter.facts(view),
    )
    if any(clash.contradicts for clash in found):
        message = _CONTRADICTION(message=message)
    if not own:
        message = with_right_of_way(message, bearer, opposite)
    hint = _OWN_HINT() if own else _HINT()
    related = tuple(clash.place for clash in found)
    return Problem(path, message, hint, spec=bearer.path, related=related, scene=first.encounter.scene)


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
