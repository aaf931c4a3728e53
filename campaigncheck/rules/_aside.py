"""Figures that only seem to be about the offer: what others charge, what a customer pays already, when one visitor comes.

They are what careful answers work with (现在每月 58 元，提速后 78 元), and no spec states them.
"""

from __future__ import annotations

import re
from functools import cached_property

from campaigncheck.language.expressions import expression
from campaigncheck.language.figures import figures
from campaigncheck.language.fold import fold
from campaigncheck.language.spots import Told
from campaigncheck.spec.model import Campaign

_STOP = expression(r"[。！？；!?;\n]")
_BREAK = expression(r"[，。！？；：!?;,\n（）()]")
_MONEY = frozenset(
    ("price", "first_price", "turn_price", "later_price", "total", "difference", "each", "tier", "spend", "deposit")
)
_OTHERS = expression(
    r"照旧|另收|另外收|另算|超出|套餐外|别处|别家|违约金|押金|运费|邮费|工本费|照交"
    r"|每\s*\d*\.?\d*\s*(?:gb|g|mb|m|分钟)|两条|[2-9]\s*条|加起来"
)
_REMEMBERED = expression("原来|原先|以前付")
_ADDED_UP = expression("加上|再加|加起来|连同")
_SPEED = expression(r"(\d+)\s*(?:m(?!b)|兆)")
_A_DAY = expression("每天|一天|每日|日均|天天|每人|人均")
_PERIODS = expression("比(?:头|前|第一|优惠|刚|之前的?优惠)|头一?年|以后(?:多|贵|涨)|之后(?:多|贵|涨)|涨|差价|补")
_OF_ONE = expression("办理?的|变快|生效|扣|看到|试用|满")
_VISIT = expression("上门|师傅|路上|排队|等候|轮到您之?前|工程师|快递")
_BEFORE = expression(r"(?:办理|办|开通|之|以)前\s*$|最近\s*$|近\s*$|过去\s*$")
_A_LIMIT = expression("满|以上|以下|不低于|不到|超过|起|才|至少|限")
_AGED = frozenset(("age", "tenure"))
_LIMIT = expression(r"(>=|<=|>|<)?\s*(\d+(?:\.\d+)?)(?:\s*\.\.\s*(\d+(?:\.\d+)?))?")


_REACH = 100
"""How many characters of its sentence are looked at on either side of a figure."""


class Asides:
    """Tells for one campaign which figures are about something else."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign

    @cached_property
    def _spending(self) -> frozenset[float]:
        """The limits on what customers spend a month."""
        conditions = _conditions(self.campaign, "monthly_spend")
        return frozenset(number for condition in conditions for number in figures(condition))

    @cached_property
    def _meant(self) -> dict[str, frozenset[str]]:
        """The conditions on age and time as a customer."""
        return {
            "age": frozenset(_conditions(self.campaign, "age")),
            "tenure": frozenset(_conditions(self.campaign, "tenure_months")),
        }

    @cached_property
    def _sold(self) -> str:
        return fold(" ".join(f"{offer.name} {offer.product}" for offer in self.campaign.offers))

    @cached_property
    def _by_day(self) -> bool:
        return any(offer.price is not None and offer.price.per == "day" for offer in self.campaign.offers)

    def __call__(self, folded: str, told: Told) -> bool:
        """Whether a figure of a folded text may well be about something that the spec does not state."""
        subject = told.subject
        if subject in _MONEY:
            return self._is_other_money(told, _around(folded, told, _STOP), _around(folded, told, _BREAK))
        if subject in ("first_day", "last_day", "deadline", "last_month"):
            return _OF_ONE.search(_around(folded, told, _BREAK)) is not None
        if subject in ("minutes", "minutes_at_most", "minutes_anywhere"):
            return _VISIT.search(_around(folded, told, _STOP)) is not None
        limited = subject not in _AGED or _A_LIMIT.search(_around(folded, told, _BREAK))
        if not limited and any(_holds(limit, told.figure.value) for limit in self._meant[subject]):
            return True
        return _BEFORE.search(folded, max(0, told.start - 6), told.start) is not None

    def _is_other_money(self, told: Told, sentence: str, clause: str) -> bool:
        if _OTHERS.search(clause) or _REMEMBERED.search(sentence) or told.figure.value in self._spending:
            return True
        if told.subject == "total" and _ADDED_UP.search(sentence):
            return True
        if any(speed not in self._sold for speed in _SPEED.findall(clause)):
            return True
        if told.subject == "difference" and not _PERIODS.search(sentence):
            return True
        return not self._by_day and _A_DAY.search(clause) is not None


def _holds(condition: str, value: float) -> bool:
    """Whether somebody of that age, or that long a customer, is among those who are meant."""
    match = _LIMIT.fullmatch(condition.strip())
    if match is None:
        return False
    sign, low, high = match[1], float(match[2]), match[3]
    if high is not None:
        return low <= value <= float(high)
    return {">=": value >= low, ">": value > low, "<=": value <= low, "<": value < low}.get(sign or "", value == low)


def _conditions(campaign: Campaign, name: str) -> list[str]:
    groups = [*campaign.audience, *(group for offer in campaign.offers for group in offer.audience or ())]
    found = [group[name] for group in groups if name in group]
    return [str(item) for value in found for item in (value if isinstance(value, list) else [value])]


def _around(text: str, told: Told, stops: re.Pattern[str]) -> str:
    """Return the part of a text between the stops around a figure, as far as it is looked at."""
    lead = stops.split(text[max(0, told.start - _REACH) : told.start])[-1]
    return lead + text[told.start : told.end] + stops.split(text[told.end : told.end + _REACH], maxsplit=1)[0]
