"""CONF004: an opt-in code used by two overlapping campaigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.portfolio.signs import Vocabulary, common
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.encounter import Encounter
from campaigncheck.rulekit.offers import related
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.understand.entry import Entry, OfferFacts

_MESSAGE = Text(
    "办理代码“{code}”在“{campaign}”里也用了，{days} 在{cities}会办错（{extent}；{witness}）",
    "the opt-in code “{code}” is also used by “{campaign}”; from {days} orders in {cities} get mixed up ({extent}; {witness})",
)
_HINT = Text("{way}。请换一个代码。", "{way}. Use another code.")
_OTHER = Text("那边的同一个代码", "the same code there")


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each code that two overlapping campaigns share; case and width do not tell codes apart."""
    pairs = view.meeting.compact()
    codes = [frozenset(offer.code for offer in entry.offers if offer.code) for entry in pairs.entries]
    uses = Counter(code for found in codes for code in found)
    contested = Vocabulary(sorted(code for code, times in uses.items() if times > 1))
    signs = contested.signs(codes)
    for first, second in pairs.where(common(signs, signs, pairs.left, pairs.right)):
        if not related(first, second):
            for one, other in _same(first, second):
                yield from _problems(view, first, one, second, other)


def _same(first: Entry, second: Entry) -> Iterator[tuple[OfferFacts, OfferFacts]]:
    for one in first.offers:
        for other in second.offers:
            if one.code is not None and one.code == other.code:
                yield one, other


def _problems(
    view: PortfolioView, first: Entry, one: OfferFacts, second: Entry, other: OfferFacts
) -> Iterator[Problem]:
    overlap = view.portfolio.overlap(first, second)
    if overlap is None:
        return
    encounter = Encounter(first, second, first.audience, second.audience, overlap)
    facts = encounter.facts(view)
    offers = {first.id: one, second.id: other}
    for bearer, opposite in view.bearers(first, second):
        message = _MESSAGE(
            code=(one.code or "").upper(),
            campaign=opposite.title,
            **facts,
        )
        hint = _HINT(way=wording.right_of_way(bearer, opposite))
        there = Related(opposite.path, ("offers", offers[opposite.id].position, "opt_in_code"), _OTHER())
        path = ("offers", offers[bearer.id].position, "opt_in_code")
        yield Problem(path, message, hint, spec=bearer.path, related=(there,), scene=encounter.scene)


_OFFER = "offers:\n  - {{id: {id}, name: {name}, product: {product}, kind: trial, opt_in_code: {code}}}\n"

RULE = Rule(
    id="CONF004",
    title=Text("两个营销案用了同一个办理代码", "an opt-in code used by two campaigns"),
    severity="error",
    why=Text(
        "客户发同一个代码，系统只认一个，办成了另一项业务，就成了“不知情定制”的投诉。",
        "Customers send one code and the system knows one meaning: they get what they never ordered.",
    ),
    source=Text(
        "投诉分析：增值业务未经客户明确同意开通是主要投诉原因之一。",
        "Complaint analysis: value-added services that customers did not knowingly order are a main cause.",
    ),
    passing=Sample(
        "id: sample-a\n" + _OFFER.format(id="a", name="彩铃体验", product="vas.ringback", code="CL1"),
        others=("id: sample-b\n" + _OFFER.format(id="b", name="视频体验", product="vas.video", code="CL2"),),
    ),
    failing=Sample(
        "id: sample-a\nstage: testing\n" + _OFFER.format(id="a", name="彩铃体验", product="vas.ringback", code="cl1"),
        others=(
            "id: sample-b\nstage: approved\n"
            + _OFFER.format(id="b", name="视频体验", product="vas.video", code="ＣＬ1"),
        ),
        places=((4, 74),),
    ),
    check_portfolio=check_portfolio,
)
