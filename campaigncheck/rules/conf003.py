"""CONF003: overlapping campaigns answer the same question, or explain the same term, differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.fold import fold
from campaigncheck.language.stops import Span, excerpt
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.index import Pairs
from campaigncheck.portfolio.signs import Flags, Told
from campaigncheck.rulekit.encounter import Encounter, with_right_of_way
from campaigncheck.rulekit.offers import selling_the_same, shared
from campaigncheck.rulekit.once import once
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.rules._own import Own, compared, contradiction
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import Entry, Said

_ANSWER = Text(
    "“{question}”这里答“{mine}”，“{campaign}”却答“{theirs}”；两边 {days} 都面向{cities}的同一批客户（{extent}；{witness}）",
    "to “{question}” this campaign answers “{mine}”, but “{campaign}” answers “{theirs}”; both reach the same customers "
    "of {cities} from {days} ({extent}; {witness})",
)
_TERM = Text(
    "“{question}”这里解释成“{mine}”，“{campaign}”却解释成“{theirs}”；两边 {days} 都面向{cities}的同一批客户（{extent}；{witness}）",
    "“{question}” is explained here as “{mine}”, but by “{campaign}” as “{theirs}”; both reach the same customers of "
    "{cities} from {days} ({extent}; {witness})",
)
_HINT = Text(
    "请和对方核实哪个对，把说法统一；两边确实不同的，请在答复里写清是哪个营销案。",
    "Find out which is right and say the same; if both are, let the answers say of which campaign they speak.",
)
_OTHER = Text("那边说“{theirs}”", "the other says “{theirs}”")
FEW = 1_000
"""Pairs that are sooner looked at one by one than all their texts are prepared for comparing."""
_GIFT = "gift_collect"
_QUOTED = 40
"""Characters of a statement that are quoted at most."""


class _Statement(NamedTuple):
    """What one side says: where, the text, and the words that differ."""

    path: Path
    text: str
    span: Span

    @property
    def quote(self) -> str:
        """The sentence around the words that differ."""
        return excerpt(self.text, self.span, _QUOTED)


class _Clash(NamedTuple):
    """Two campaigns that say different things; ``question`` is what they speak of, as each of them puts it."""

    text: Text
    first: Entry
    second: Entry
    question: tuple[str, str]
    one: _Statement
    other: _Statement
    encounter: Encounter


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each answer and each explanation that another campaign contradicts, to the same customers."""
    own = once(Own)
    for clash in _answers(view, own):
        yield from _problems(view, clash)
    for clash in _explanations(view, own):
        yield from _problems(view, clash)


_Specs = Callable[[Entry], Own]
"""What the campaigns say of themselves, worked out when first asked for."""


# --- answers ---------------------------------------------------------------------------------------------------------


def _answers(view: PortfolioView, own: _Specs) -> Iterator[_Clash]:
    pairs = view.meeting
    if len(pairs) > FEW:
        pairs = pairs.where(selling_the_same(pairs))
        pairs = pairs.where(_answering_differently(pairs))
    for first, second in pairs:
        clashing = list(_clashing(first, second, own))
        encounter = _of_one_product(view, first, second) if clashing else None
        if encounter is not None:
            for question, here, there in clashing:
                yield _Clash(_ANSWER, first, second, question, here, there, encounter)


def _clashing(first: Entry, second: Entry, own: _Specs) -> Iterator[tuple[tuple[str, str], _Statement, _Statement]]:
    """Yield what two campaigns are both asked, as each of them puts it, and answer differently without a reason."""
    for one, other in _answered_differently(first.said, second.said):
        if one.topic == _GIFT and _gifts(first) != _gifts(second):
            continue
        found = contradiction(one.answer, other.answer, own(first), own(second), one.topic)
        if found is not None:
            here = _Statement(("faq", one.position, "a"), one.answer, found.first)
            there = _Statement(("faq", other.position, "a"), other.answer, found.second)
            if not (_elsewhere(first, second, one, here) or _elsewhere(second, first, other, there)):
                yield (one.question, other.question), here, there


def _answering_differently(pairs: Pairs) -> Flags:
    """Return which of some pairs may answer to one topic differently."""
    pairs = pairs.compact()
    answers = Told([[(said.topic, said.answer) for said in entry.said] for entry in pairs.entries])
    return answers.apart(pairs.left, pairs.right, differ)


def _answered_differently(mine: tuple[Said, ...], theirs: tuple[Said, ...]) -> Iterator[tuple[Said, Said]]:
    """Yield the answers to one question that differ: the only ones of a topic, or those asked in the same words."""
    for one in mine:
        for other in theirs:
            if one.topic == other.topic and differ(one.answer, other.answer):
                asked_alike = plain(one.question) == plain(other.question)
                if asked_alike or (_alone(one, mine) and _alone(other, theirs)):
                    yield one, other


def _alone(said: Said, among: tuple[Said, ...]) -> bool:
    return sum(item.topic == said.topic for item in among) == 1


def _of_one_product(view: PortfolioView, first: Entry, second: Entry) -> Encounter | None:
    """Return where two campaigns offer one product to the same customers."""
    for one in first.offers:
        for other in second.offers:
            overlap = shared(view.portfolio, first, one, second, other) if one.product == other.product else None
            if overlap is not None:
                return Encounter(first, second, one.audience, other.audience, overlap)
    return None


def _elsewhere(entry: Entry, other: Entry, said: Said, statement: _Statement) -> bool:
    """Whether a campaign speaks of an offer whose product the other does not sell."""
    common_products = {offer.product for offer in other.offers}
    strange = [offer.name for offer in entry.offers if offer.product not in common_products]
    return bool(strange) and any(name in said.question + statement.quote for name in strange)


def _gifts(entry: Entry) -> frozenset[object]:
    return frozenset(offer.terms[-1] for offer in entry.offers if offer.terms[-1])


def differ(one: str, other: str) -> bool:
    """Whether two texts differ in what they claim, whatever the reason."""
    return one != other and compared(one, other) is not None


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """Reduce a question or a term to its letters, digits and Chinese characters."""
    return "".join(char for char in fold(text) if char.isalnum())


# --- explanations ----------------------------------------------------------------------------------------------------


def _explanations(view: PortfolioView, own: _Specs) -> Iterator[_Clash]:
    pairs = view.meeting
    if len(pairs) > FEW:
        pairs = pairs.where(_explaining_differently(pairs))
    for first, second in pairs:
        theirs = {plain(term): (term, text) for term, text in second.terms}
        for term, text in first.terms:
            named, other = theirs.get(plain(term), ("", text))
            if not differ(text, other):
                continue
            overlap = view.portfolio.overlap(first, second)
            found = contradiction(text, other, own(first), own(second)) if overlap else None
            if found is not None and overlap is not None:
                here = _Statement(("terms", term), text, found.first)
                there = _Statement(("terms", named), other, found.second)
                encounter = Encounter(first, second, first.audience, second.audience, overlap)
                yield _Clash(_TERM, first, second, (term, named), here, there, encounter)


def _explaining_differently(pairs: Pairs) -> Flags:
    """Return which of some pairs may explain one term differently."""
    pairs = pairs.compact()
    explained = Told([[(plain(term), text) for term, text in entry.terms] for entry in pairs.entries])
    return explained.apart(pairs.left, pairs.right, differ)


# --- findings --------------------------------------------------------------------------------------------------------


def _problems(view: PortfolioView, clash: _Clash) -> Iterator[Problem]:
    facts: dict[str, Message] = clash.encounter.facts(view)
    said = {clash.first.id: (clash.question[0], clash.one), clash.second.id: (clash.question[1], clash.other)}
    for bearer, opposite in view.bearers(clash.first, clash.second):
        (question, mine), (_, theirs) = said[bearer.id], said[opposite.id]
        message = clash.text(question=question, mine=mine.quote, campaign=opposite.title, theirs=theirs.quote, **facts)
        there = Related(opposite.path, theirs.path, _OTHER(theirs=theirs.quote))
        message = with_right_of_way(message, bearer, opposite)
        yield Problem(
            mine.path, message, _HINT(), span=mine.span, related=(there,), spec=bearer.path, scene=clash.encounter.scene
        )


_FAQ = "faq: [{{topic: dispute, q: 收费不对怎么办？, a: 打 10086 转人工，{days} 天内回复。}}]\n"

RULE = Rule(
    id="CONF003",
    title=Text("同一个问题两种答法", "one question, two answers"),
    severity="warning",
    why=Text(
        "同一个客户问同一个产品，两个营销案答得不一样，他会挑对自己有利的那句来投诉。",
        "A customer who hears two answers about one product will hold you to the one that suits him.",
    ),
    source=Text(
        "省市协同要求：同一产品的答复口径和名词解释全省一致。",
        "Coordination between province and cities: one product is answered for and explained in the same way everywhere.",
    ),
    passing=Sample(
        "id: sample-a\nstage: testing\n" + _FAQ.format(days="3"),
        others=("id: sample-b\nstage: approved\n" + _FAQ.format(days="三"),),
    ),
    failing=Sample(
        "id: sample-a\nstage: testing\n" + _FAQ.format(days="3"),
        others=("id: sample-b\nstage: approved\n" + _FAQ.format(days="5"),),
        places=((3, 52),),
    ),
    check_portfolio=check_portfolio,
)
