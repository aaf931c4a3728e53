"""CONF004: an opt-in code used by two overlapping campaigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.portfolio.signs import Vocabulary, common
from campaigncheck.rulekit.encounter import Encounter, with_right_of_way
from campaigncheck.rulekit.offers import related
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import Entry, OfferFacts

_MESSAGE = Text(
    "办理代码“{code}”在“{campaign}”里也用了，{days} 在{cities}会办错（{extent}；{witness}）",
    "the opt-in code “{code}” is also used by “{campaign}”; from {days} orders in {cities} get mixed up ({extent}; {witness})",
)
_HINT = Text("请换一个代码，或者错开日期、城市、客户。", "Use another code, or other dates, cities or customers.")
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
            yield from _problems(view, first, second)


def _problems(view: PortfolioView, first: Entry, second: Entry) -> Iterator[Problem]:
    """Yield, on the side of who bears it, one problem for each offer whose code the other campaign uses."""
    overlap = view.portfolio.overlap(first, second)
    if overlap is None:
        return
    encounter = Encounter(first, second, first.audience, second.audience, overlap)
    facts = encounter.facts(view)
    for bearer, opposite in view.bearers(first, second):
        for offer in bearer.offers:
            same = [other for other in opposite.offers if offer.code is not None and other.code == offer.code]
            if same:
                message = _MESSAGE(code=(offer.code or "").upper(), campaign=opposite.title, **facts)
                yield Problem(
                    _code(offer),
                    with_right_of_way(message, bearer, opposite),
                    _HINT(),
                    spec=bearer.path,
                    related=tuple(Related(opposite.path, _code(other), _OTHER()) for other in same),
                    scene=encounter.scene,
                )


def _code(offer: OfferFacts) -> Path:
    return ("offers", offer.position, "opt_in_code")


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
