"""Which of several offers a figure is about: the one named right before it, or alone in the whole text."""

from __future__ import annotations

from collections.abc import Mapping

from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import Told
from campaigncheck.rules._passage import Passage
from campaigncheck.rules._stated import Statement, Value

_BY_OFFER = frozenset({"price", "first_price", "turn_price", "later_price", "year_price", "quota"})
_JOINED = expression(r"\s*(?:[和、或与及/]|以及)\s*")
_OF_IT = expression(
    r"(?:[第从自起以之后前头首每个月年到期满就是要只收付费免不钱元，、:：\s\d一二三四五六七八九十两半用您恢复]|开始|扣|优惠|看|听)*"
)
"""What is said of an offer without naming it again: 之后每月."""
_SEVERAL = expression("都|比|一起|换|分别|各|依次|一共|加|另|其[他它]|别的|两[样项个](?!月)|同时|连同")
_LEAD = 80
"""How many characters before a figure are searched for the name of an offer."""


def of_offer_meant(said: Statement, one: Told, values: list[Value], passage: Passage) -> list[Value]:
    """Return the values of the offer that is meant: named right before the figure, or alone in the whole text."""
    if one.subject not in _BY_OFFER or len(said.offers) < 2 or any(word in one.clause for word in _EITHER):
        return values
    offer = _named_before(said.called, one.clause)
    if offer is None and one.subject != "quota":
        offer = _meant(passage, one)
    return [value for value in values if value.offer == offer] or values


_EITHER = ("都", "比", "一起", "换", "分别", "各")


def _named_before(called: Mapping[int, frozenset[str]], clause: str) -> int | None:
    """Return the offer that is named last in a clause; none if it stands together with another."""
    places = sorted(
        (clause.rindex(name) + len(name), len(name), index)
        for index, names in called.items()
        for name in names
        if name in clause
    )
    if not places:
        return None
    last, others = places[-1], [place for place in places if place[2] != places[-1][2]]
    begin = last[0] - last[1]
    if others and (others[-1][0] > begin or _JOINED.fullmatch(clause[others[-1][0] : begin])):
        return None
    return last[2]


def _meant(passage: Passage, one: Told) -> int | None:
    """Return the only offer that a text speaks of, or else the only one in the sentence before a figure."""
    lead = _SENTENCE.split(passage.text[max(0, one.start - _LEAD) : one.start])[-1]
    if _SEVERAL.search(lead) or not _OF_IT.fullmatch(one.clause):
        return None
    named = passage.named_in(lead)
    if not named and _OF_IT.fullmatch(lead):
        named = passage.named
    return named[0] if len(named) == 1 else None


_SENTENCE = expression(r"[。！？；!?;\n]")
