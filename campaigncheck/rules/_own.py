"""What a campaign rightly says about itself: where two specs differ, their answers may.

An answer that states its own price, period or conditions contradicts nobody who has others. That the specs
should agree there is CONF001's and CONF002's business, that an answer agrees with its spec FAQ003's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from campaigncheck.algebra.audience import UNBOUNDED, Audience
from campaigncheck.language.amounts import Figure, figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.rulekit.offers import excluded_by
from campaigncheck.understand.entry import Entry, OfferFacts

if TYPE_CHECKING:
    from campaigncheck.language.claims import Disagreement, StancesDiffer

_DATES = frozenset({"日期", "月份", "年份", "号"})
_MINUTES = "分钟"
_COUNTED = ("个", "份", "台", "部", "户", "人", "笔", "件", "张", "项", "次", "条", "种")
_SIZE = expression(r"(\d+)(m|g)(?![a-z])")
_BLANK = "＿"


Told = Mapping[Figure, frozenset[object]]
"""Figures, each with all that it is of: the contract of a product, the conditions, …"""

_NOTHING: frozenset[object] = frozenset()


class Own:
    """The figures that one spec states about itself, in the units of answers."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What it states, part by part; many specs have a part in common."""
        return _told(self.entry)

    @cached_property
    def dates(self) -> frozenset[Figure]:
        """The first day, the last, and the day after it, and the parts of these."""
        days = [date.fromordinal(day) for day in (self.entry.start, self.entry.days.last, self.entry.days.last + 1)]
        return frozenset(
            Figure(float(value), unit)
            for day in days
            for value, unit in (
                (100 * day.month + day.day, "日期"), (day.month, "月份"), (day.year, "年份"), (day.day, "号"),
            )
        )  # fmt: skip

    def what(self, figure: Figure) -> frozenset[object]:
        """Return all that a figure is of in this spec."""
        return _NOTHING.union(*[part[figure] for part in self.told if figure in part])

    def alone(self, figure: Figure, other: Own, topic: str) -> bool:
        """Whether this spec states a figure of something of which another spec does not."""
        if figure.unit in _DATES:
            return figure in self.dates and figure not in other.dates
        if figure.unit == _MINUTES and topic == "handling_time":
            return True
        return not self.what(figure) <= other.what(figure)


@lru_cache(maxsize=1 << 17)
def compared(one: str, other: str) -> Disagreement | None:
    """Return how two texts differ: the same texts stand in many specs."""
    from campaigncheck.language.claims import disagreement  # slow to prepare; most runs do without

    return disagreement(one, other)


def contradiction(mine: str, theirs: str, here: Own, there: Own, topic: str = "") -> Disagreement | None:
    """Return the first difference between two texts that the difference of their specs does not explain."""
    found = compared(mine, theirs)
    while found is not None:
        (hide_mine, hide_theirs) = _explained(found, here, there, topic)
        if not (hide_mine or hide_theirs):
            return found
        mine = _without(mine, found.first) if hide_mine else mine
        theirs = _without(theirs, found.second) if hide_theirs else theirs
        found = compared(mine, theirs)
    return None


def _without(text: str, span: tuple[int, int]) -> str:
    """Blank a span, so that every other character keeps its place."""
    start, end = span
    return text[:start] + _BLANK * (end - start) + text[end:]


def _explained(found: Disagreement, here: Own, there: Own, topic: str) -> tuple[bool, bool]:
    """Return which side says what only its own spec says."""
    if found.figures is not None:
        (mine, *_), (theirs, *_) = found.figures
        return here.alone(mine, there, topic), there.alone(theirs, here, topic)
    if found.codes is not None:
        explained = _codes(here.entry) != _codes(there.entry)
    else:
        explained = found.stance is not None and _settled(found.stance, here.entry, there.entry)
    return explained, explained


def _settled(stance: StancesDiffer, here: Entry, there: Entry) -> bool:
    """Whether the specs differ in what decides a matter."""
    if stance.matter == "可以叠加":
        return _speaks_of_others(stance.here, here, there) or _speaks_of_others(stance.there, there, here)
    decides = _DECIDES.get(_kind(stance.matter))
    return decides is not None and decides(here) != decides(there)


def _kind(matter: str) -> str:
    """Return the matter that decides a matter: an age is the audience's, a fee of any kind the price's."""
    if matter.endswith(("岁以上", "岁以下")) or (matter.startswith("可以：") and "用户" in matter):
        return "岁以上"
    return "收费" if any(word in matter for word in ("免费", "收费", "月租")) else matter


def _speaks_of_others(together: bool, entry: Entry, other: Entry) -> bool:
    """Whether a campaign lists what it goes (or does not go) with, and the other is not on the list."""
    lists = [offer.stacks_with if together else offer.excludes for offer in entry.offers]
    named = any(
        excluded_by(patterns, offer.product, other.id) is not None for patterns in lists for offer in other.offers
    )
    return any(lists) and not named


def _of_offers(pick: Callable[[OfferFacts], object]) -> Callable[[Entry], object]:
    return lambda entry: frozenset(pick(offer) for offer in entry.offers)


_contract = _of_offers(lambda offer: offer.terms[5:7])
_collected = _of_offers(lambda offer: offer.terms[8] and offer.terms[8][1])
_codes = _of_offers(lambda offer: offer.code)
_start = _of_offers(lambda offer: offer.takes_effect)
_DECIDES: dict[str, Callable[[Entry], object]] = {
    "当天生效": _start,
    "当月生效": _start,
    "自动续约": _of_offers(lambda offer: offer.terms[7]),
    "有合约期": _contract,
    "收违约金": _contract,
    "可以取消": _contract,
    "可以提前解约": _contract,
    "收费": _of_offers(lambda offer: offer.terms[:5]),
    "需要到厅": lambda entry: entry.channels,
    "可以寄送": _collected,
    "寄到家": _collected,
    "岁以上": lambda entry: entry.audience,
    "老用户可以办": lambda entry: entry.audience,
}
"""What of a spec decides a matter; where it differs, each side may say its own."""


# --- figures of a spec -----------------------------------------------------------------------------------------------


def _told(entry: Entry) -> tuple[Told, ...]:
    parts: list[Told] = [_conditions(entry.audience), *(_stated("facts", fact) for fact in (entry.title, *entry.facts))]
    for offer in entry.offers:
        parts += [
            _terms(offer.product, *offer.terms[:6]),
            _conditions(offer.audience),
            _stated("charge", offer.early_exit or ""),
            _stated("names", offer.name),
            *(_sizes(name) for name in (offer.product, *offer.excludes, *offer.stacks_with)),
            _limits(offer.limited),
        ]
    return tuple([part for part in parts if part])


@lru_cache(maxsize=1 << 14)
def _stated(what: str, text: str) -> Told:
    """Return the figures of a text."""
    return _of(what, [stated.figure for stated in figures_in(fold(text))])


def _of(what: object, figures: Iterable[Figure]) -> Told:
    return dict.fromkeys(figures, frozenset({what}))


@lru_cache(maxsize=1 << 12)
def _terms(
    product: str,
    amount: float | None,
    _: str | None,
    for_months: int | None,
    then: float | None,
    free: int,
    contract: int,
) -> Told:
    """Return the prices and months of an offer, and the sums that follow from them."""
    months = {"for_months": for_months or 0, "free": free, "contract": contract, "both": (for_months or 0) + free}
    prices = {"amount": amount, "then": then, "more": abs(then - amount) if amount and then else None}
    found: set[tuple[object, Figure]] = set()
    for name, price in prices.items():
        if price is not None:
            found.add(((product, name), Figure(float(price), "元")))
            found |= {
                ((product, name, of), Figure(float(price) * number, "元")) for of, number in months.items() if number
            }
            found.add(((product, name, "year"), Figure(float(price) * 12, "元")))
    for name, number in months.items():
        for more in (0, 1) if number else ():  # the 13th month comes after 12
            found |= {((product, name, more), Figure(float(number + more), unit)) for unit in ("月", "第几月")}
    figures = {figure for _, figure in found}
    return {figure: frozenset(what for what, known in found if known == figure) for figure in figures}


@lru_cache(maxsize=1 << 12)
def _sizes(product: str) -> Told:
    """Return the speed or volume that a product is called by."""
    sizes = [float(size) * (1000 if unit == "g" else 1) for size, unit in _SIZE.findall(product)]
    return _of("names", [Figure(size, "M") for size in sizes])


@lru_cache(maxsize=1 << 12)
def _limits(numbers: tuple[int, ...]) -> Told:
    """Return quotas, whatever they are counted in."""
    return _of("limits", [Figure(float(number), unit) for number in numbers for unit in _COUNTED])


_UNITS = {"tenure_months": ("月", 1), "monthly_spend": ("元", 100), "age": ("岁", 1)}


@lru_cache(maxsize=1 << 12)
def _conditions(audience: Audience) -> Told:
    """Return the bounds of an audience's numbers, as "at least" and as "under"."""
    found: set[Figure] = set()
    for group in audience:
        for name, constraint in group:
            if name in _UNITS and not isinstance(constraint, int):
                unit, scale = _UNITS[name]
                bounds = {bound for low, high in constraint for bound in (low, low - 1, high, high + 1)}
                found |= {Figure(bound / scale, unit) for bound in bounds if 0 < bound < UNBOUNDED}
    return _of("conditions", found)
