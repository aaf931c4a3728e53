"""CONF003: overlapping campaigns answer the same question, or explain the same term, differently."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.claims import disagreement
from campaigncheck.language.fold import fold
from campaigncheck.language.stances import Span
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.signs import Flags, Vocabulary, common
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.encounter import Encounter
from campaigncheck.rulekit.offers import selling_the_same, shared
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.rules._own import Own, contradiction
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
    "{way}。请和对方核实哪个对，把说法统一；两边确实不同的，请在答复里写清是哪个营销案。",
    "{way}. Find out which is right and say the same; if both are, let the answers say of which campaign they speak.",
)
_OTHER = Text("那边说“{theirs}”", "the other says “{theirs}”")
FEW = 10_000
"""Pairs that are sooner looked at one by one than everybody's texts are prepared for comparing."""
_GIFT = "gift_collect"
_QUOTED = 40
"""Characters of a statement that are quoted at most."""
_STOPS = "。；！？;!?\n"


class _Statement(NamedTuple):
    """What one side says: where, the text, and the words that differ."""

    path: Path
    text: str
    span: Span

    @property
    def quote(self) -> str:
        """The sentence around the words that differ."""
        start, end = self.span
        low = max(self.text.rfind(stop, 0, start) for stop in _STOPS) + 1
        high = min((at for at in (self.text.find(stop, end) for stop in _STOPS) if at >= 0), default=len(self.text))
        low, high = max(low, end - _QUOTED, 0), min(high, max(end, start + _QUOTED))
        return self.text[low:high].strip()


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
    own = _Specs()
    for clash in _answers(view, own):
        yield from _problems(view, clash)
    for clash in _explanations(view, own):
        yield from _problems(view, clash)


class _Specs:
    """What the campaigns say of themselves, worked out when first asked for."""

    def __init__(self) -> None:
        self._known: dict[str, Own] = {}

    def of(self, entry: Entry) -> Own:
        """Return what a campaign says of itself."""
        known = self._known.get(entry.id)
        if known is None:
            known = self._known[entry.id] = Own(entry)
        return known


# --- answers ---------------------------------------------------------------------------------------------------------


def _answers(view: PortfolioView, own: _Specs) -> Iterator[_Clash]:
    pairs = view.meeting
    if len(pairs) > FEW:
        pairs = pairs.where(selling_the_same(pairs))
    for first, second in pairs:
        asked = list(_answered_differently(first.said, second.said))
        encounter = _of_one_product(view, first, second) if asked else None
        for one, other in asked if encounter else ():
            if one.topic == _GIFT and _gifts(first) != _gifts(second):
                continue
            found = contradiction(one.answer, other.answer, own.of(first), own.of(second), one.topic)
            if found is not None and encounter is not None:
                here = _Statement(("faq", one.position, "a"), one.answer, found.first)
                there = _Statement(("faq", other.position, "a"), other.answer, found.second)
                if not (_elsewhere(first, second, one, here) or _elsewhere(second, first, other, there)):
                    yield _Clash(_ANSWER, first, second, (one.question, other.question), here, there, encounter)


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
    about = said.question + statement.quote
    return any(offer.name in about for offer in entry.offers if offer.product not in common_products)


def _gifts(entry: Entry) -> frozenset[object]:
    return frozenset(offer.terms[-1] for offer in entry.offers if offer.terms[-1])


@lru_cache(maxsize=1 << 17)
def differ(one: str, other: str) -> bool:
    """Whether two texts differ in what they claim, whatever the reason."""
    return one != other and disagreement(one, other) is not None


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """Reduce a question or a term to its letters, digits and Chinese characters."""
    return "".join(char for char in fold(text) if char.isalnum())


# --- explanations ----------------------------------------------------------------------------------------------------


def _explanations(view: PortfolioView, own: _Specs) -> Iterator[_Clash]:
    pairs = view.meeting
    if len(pairs) > FEW:
        pairs = pairs.where(_explaining_the_same(view))
    for first, second in pairs:
        theirs = {plain(term): (term, text) for term, text in second.terms}
        for term, text in first.terms:
            named, other = theirs.get(plain(term), ("", text))
            if not differ(text, other):
                continue
            overlap = view.portfolio.overlap(first, second)
            found = contradiction(text, other, own.of(first), own.of(second)) if overlap else None
            if found is not None and overlap is not None:
                here = _Statement(("terms", term), text, found.first)
                there = _Statement(("terms", named), other, found.second)
                encounter = Encounter(first, second, first.audience, second.audience, overlap)
                yield _Clash(_TERM, first, second, (term, named), here, there, encounter)


def _explaining_the_same(view: PortfolioView) -> Flags:
    """Return which of the pairs explain a term that not everybody explains in the same words."""
    explained: dict[str, set[str]] = {}
    for entry in view.portfolio.entries:
        for term, text in entry.terms:
            explained.setdefault(plain(term), set()).add(text)
    contested = Vocabulary(sorted(term for term, texts in explained.items() if len(texts) > 1))
    signs = contested.signs([frozenset(plain(term) for term, _ in entry.terms) for entry in view.portfolio.entries])
    return common(signs, signs, view.meeting.left, view.meeting.right)


# --- findings --------------------------------------------------------------------------------------------------------


def _problems(view: PortfolioView, clash: _Clash) -> Iterator[Problem]:
    facts: dict[str, Message] = clash.encounter.facts(view)
    said = {clash.first.id: (clash.question[0], clash.one), clash.second.id: (clash.question[1], clash.other)}
    for bearer, opposite in view.bearers(clash.first, clash.second):
        (question, mine), (_, theirs) = said[bearer.id], said[opposite.id]
        message = clash.text(question=question, mine=mine.quote, campaign=opposite.title, theirs=theirs.quote, **facts)
        there = Related(opposite.path, theirs.path, _OTHER(theirs=theirs.quote))
        hint = _HINT(way=wording.right_of_way(bearer, opposite))
        yield Problem(
            mine.path, message, hint, span=mine.span, related=(there,), spec=bearer.path, scene=clash.encounter.scene
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
