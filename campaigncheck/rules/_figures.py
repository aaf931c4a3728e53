"""Whether a figure that a text tells agrees with what the spec states about the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from campaigncheck.handling.pert import Estimate
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.spots import Told
from campaigncheck.language.subjects import told
from campaigncheck.rules._by_subject import is_by_month, values_of
from campaigncheck.rules._follows import follows
from campaigncheck.rules._passage import Passage
from campaigncheck.rules._stated import NEAR, Statement, Value
from campaigncheck.rules._times import DAYS, day_expected, minutes_expected
from campaigncheck.rules._which_offer import of_offer_meant


class Mismatch(NamedTuple):
    """A figure that disagrees, and the values of which it should be one."""

    told: Told
    expected: tuple[Value, ...]


def mismatches(
    said: Statement, handling: Estimate | None, text: str, topic: str, question: str = ""
) -> Iterator[Mismatch]:
    """Yield the figures of a text that disagree with the spec, in the order of the text's units.

    Args:
        said: what the spec states.
        handling: the estimated handling time at the counter.
        text: the text, as it is written.
        topic: the FAQ topic that it answers; empty elsewhere.
        question: the question that it answers; empty elsewhere.
    """
    passage = Passage(said, fold(text), fold(question))
    all_told = list(told(passage.text, topic, said.gifts))
    for number, one in enumerate(all_told):
        if one.figure in said.facts:
            continue
        if one.subject in ("minutes", "minutes_at_most", "minutes_anywhere"):
            expected = minutes_expected(one, handling, passage.text, "hall" in said.campaign.channels)
        elif one.subject in DAYS:
            expected = day_expected(said, one, all_told[max(0, number - 1) : number + 2])
        else:
            expected = _expected(said, one, passage)
        if expected:
            yield Mismatch(_by_month(said, one, expected), expected)


def _expected(said: Statement, one: Told, passage: Passage) -> tuple[Value, ...]:
    """Return the values that a figure should have; none if it has one of them, or may have any."""
    values = values_of(said, one.subject, one.beside)
    if one.subject in _PRICES and any(thing not in said.words for thing in _THINGS.findall(one.clause)):
        return ()
    if not values or (one.subject not in _STRICT and one.figure in said.names):
        return ()
    meant = of_offer_meant(said, one, values, passage)
    if _is_one_of(one, meant) or follows(said, one, values, passage):
        return ()
    return tuple(_counted(said, one, meant, passage) if one.subject == "quota" else meant)


def _by_month(said: Statement, one: Told, expected: Sequence[Value]) -> Told:
    """Return a charge that is told as a whole, but reckoned by the month, as one of which the month is to be told."""
    if one.subject != "charge" or _MONTHLY.search(one.clause) or not all(is_by_month(said, each) for each in expected):
        return one
    return one._replace(subject="charge_a_month")


_MONTHLY = expression("每|几个")
_PRICES = frozenset({"price", "first_price", "turn_price", "later_price"})
_THINGS = expression(
    "副卡|亲情号|小号|副号|来电显示|彩铃|彩印|会员|网盘|云盘|云存储|电视|机顶盒|光猫|路由器|摄像头|漫游|固话|手表|iptv|宽带|流量包|加油包|租金"
    "|靓号|固定ip|积分|原套餐|原来的|老套餐|旧套餐|权益包|安防|视频|分期"
)
"""Things that are sold, each with a price of its own: one that the campaign does not sell has another price."""
_STRICT = frozenset(
    {"first_price", "turn_price", "later_price", "first_months", "later_months", "contract_months", "turn"}
)
"""Subjects told so exactly that a figure in an offer's name is no excuse."""


def _is_one_of(one: Told, values: Sequence[Value]) -> bool:
    said = one.figure.value
    near = 0.06 if one.subject == "discount" else NEAR
    return any(abs(value.value - said) < near for value in values)


def _counted(said: Statement, one: Told, values: list[Value], passage: Passage) -> list[Value]:
    """Return the counts of the kind that is told, places or gifts; all of them together where it is told so."""
    after = passage.text[one.start : one.end + 4]
    around = one.clause + passage.text[one.start : one.end + 12]
    given = _GIFTS.search(one.clause + after) or any(gift in around for gift in said.gifts)
    kind = "quota" if _PLACES.search(after) else "quantity" if given else None
    same = [value for value in values if kind is None or value.path[-1] == kind] or values
    kinds = {value.path[-1] for value in same}
    if _ALTOGETHER.search(one.clause) and len(same) > 1 and len(kinds) == 1:
        return [same[0]._replace(value=sum(value.value for value in same))]
    return same


_PLACES = expression("名额|[户位名人]")
_GIFTS = expression("礼|备|领")
_ALTOGETHER = expression("一共|总共|合计|共计?")
