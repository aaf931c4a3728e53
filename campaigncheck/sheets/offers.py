"""The table of prices and terms: one column an offer, one row whatever at least one of them has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.labels import CHANNELS
from campaigncheck.messages import Message, Text, figure
from campaigncheck.sheets.labels import AMOUNTS, COLLECTIONS, CONFIRMATIONS, EFFECTS, RENEWALS
from campaigncheck.sheets.phrases import Words, audience, listed, patterns
from campaigncheck.spec.model import Offer
from campaigncheck.understand.phases import Phase, phases

COLUMNS = 3
"""Offers side by side; more stand in further tables, so that a column stays wide enough to read."""

_NOTHING = Text("—", "—")

_FREE = Text("{span}免费", "free {span}")
_PAID = Text("{span}，{amount}", "{amount} {span}")
_FIRST = Text("前\u00a0{last}\u00a0个月", "for the first {last} months")
_ONLY_FIRST = Text("第\u00a01\u00a0个月", "in the first month")
_ONE = Text("第\u00a0{first}\u00a0个月", "in month {first}")
_SPAN = Text("第\u00a0{first}\u00a0到\u00a0{last}\u00a0个月", "in months {first} to {last}")
_FROM = Text("第\u00a0{first}\u00a0个月起", "from month {first} on")
_NO_CHARGE = Text("不收费", "no charge")
_ONCE_ONLY = Text("只收这一次", "nothing more")
_UNCHANGED = Text("一直是这个价", "stays the same")
LASTING = (_ONCE_ONLY, _UNCHANGED)
"""What is said of a later price if there is none: it goes on with the price now, within one clause."""

_THEN_ENDS = Text("满 {months} 个月到期结束", "ends after {months} months")
_THEN_RENEWS = Text("满 {months} 个月自动续", "renews by itself after {months} months")
_THEN_ASKS = Text("满 {months} 个月由客户自己续", "after {months} months the customer renews")

_CONTRACT = Text("约定用满 {months} 个月", "{months} months")
_NO_CONTRACT = Text("没有合约", "none")
_NO_CHARGE_TOLD = Text("还没有写怎么收", "not said yet")
_GIFT = Text("{name}，共 {quantity} 份，{collect}", "{name}, {quantity} in all, {collect}")
_QUOTA = Text("{quota} 个，办满为止", "{quota}")
_CODE = Text("发 {code}", "text {code}")
_NO_CANCEL = Text("还没有写在哪里取消", "not said yet")

_LABELS: dict[str, Text] = {
    "product": Text("产品", "Product"),
    "audience": Text("只给", "Only for"),
    "now": Text("现在价格", "Price now"),
    "later": Text("以后价格", "Price later"),
    "contract": Text("合约", "Contract"),
    "early_exit": Text("提前不用", "Leaving early"),
    "renewal": Text("到期以后", "At the end"),
    "takes_effect": Text("何时生效", "Takes effect"),
    "gift": Text("赠品", "Gift"),
    "quota": Text("名额", "Quota"),
    "opt_in_code": Text("短信办理", "By SMS"),
    "confirm": Text("办理确认", "Confirmed"),
    "cancel": Text("在哪取消", "Cancel by"),
    "excludes": Text("不能同享", "Not with"),
    "stacks_with": Text("可以同享", "Also with"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One property of the offers of a table: a cell for each, a cell being lines."""

    name: str
    label: Text
    cells: tuple[tuple[Words, ...], ...]

    @property
    def same(self) -> bool:
        """Whether all offers of the table say the same, so that it need be said only once."""
        return all(cell == self.cells[0] for cell in self.cells)


@dataclass(frozen=True, slots=True)
class OfferTable:
    """A few offers side by side."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


class _Context(NamedTuple):
    """What the words of an offer are looked up in."""

    catalogues: Catalogues
    titles: Mapping[str, str]


def offer_tables(offers: list[Offer], catalogues: Catalogues, titles: Mapping[str, str]) -> tuple[OfferTable, ...]:
    """Return the offers of a campaign in tables of at most :data:`COLUMNS`."""
    context = _Context(catalogues, titles)
    return tuple(_table(offers[start : start + COLUMNS], context) for start in range(0, len(offers), COLUMNS))


def _table(offers: list[Offer], context: _Context) -> OfferTable:
    rows = []
    for name, write in _WRITERS.items():
        cells = tuple(write(offer, context) for offer in offers)
        if any(cells):
            rows.append(Row(name, _LABELS[name], tuple(cell or (_NOTHING,) for cell in cells)))
    return OfferTable(tuple(offer.name for offer in offers), tuple(rows))


def _span(phase: Phase) -> Message:
    if phase.last is None:
        return _FROM(first=phase.first)
    if phase.first == 1:
        return _FIRST(last=phase.last) if phase.last > 1 else _ONLY_FIRST()
    return _SPAN(first=phase.first, last=phase.last) if phase.last > phase.first else _ONE(first=phase.first)


def _said(phase: Phase) -> Message:
    if phase.amount is None:
        return _FREE(span=_span(phase))
    amount = AMOUNTS[phase.per](amount=figure(phase.amount))
    lasting = phase.first == 1 and phase.last is None
    return amount if lasting or phase.per == "once" else _PAID(span=_span(phase), amount=amount)


def _now(offer: Offer, context: _Context) -> tuple[Words, ...]:
    first = next(iter(phases(offer)), None)
    return (_said(first),) if first else (_NO_CHARGE,)


def _later(offer: Offer, context: _Context) -> tuple[Words, ...]:
    found = phases(offer)
    lines: list[Words] = [_said(phase) for phase in found[1:]]
    last = found[-1].last if found else None
    if last is not None:
        ending = {"automatic": _THEN_RENEWS, "manual": _THEN_ASKS, "none": _THEN_ENDS}[offer.renewal]
        lines.append(ending(months=last))
    elif len(found) == 1:
        lines.append(_ONCE_ONLY if found[0].per == "once" else _UNCHANGED)
    return tuple(lines)


def _contract(offer: Offer, context: _Context) -> tuple[Words, ...]:
    return (_CONTRACT(months=offer.contract_months),) if offer.contract_months else (_NO_CONTRACT,)


def _early_exit(offer: Offer, context: _Context) -> tuple[Words, ...]:
    if offer.early_exit:
        return (offer.early_exit,)
    return (_NO_CHARGE_TOLD,) if offer.contract_months else ()


def _renewal(offer: Offer, context: _Context) -> tuple[Words, ...]:
    return (RENEWALS[offer.renewal],) if offer.renewal != "none" else ()


def _gift(offer: Offer, context: _Context) -> tuple[Words, ...]:
    gift = offer.gift
    if gift is None:
        return ()
    return (_GIFT(name=gift.name, quantity=gift.quantity, collect=COLLECTIONS[gift.collect]),)


def _product(offer: Offer, context: _Context) -> tuple[Words, ...]:
    entry = context.catalogues.products.products.get(offer.product)
    return (entry.name.text if entry else offer.product,)


def _only_for(offer: Offer, context: _Context) -> tuple[Words, ...]:
    return audience(offer.audience, context.catalogues) if offer.audience else ()


def _cancel(offer: Offer, context: _Context) -> tuple[Words, ...]:
    return (listed(CHANNELS[channel] for channel in offer.cancel),) if offer.cancel else (_NO_CANCEL,)


def _named(given: list[str], context: _Context) -> tuple[Words, ...]:
    return (listed(patterns(given, context.catalogues, context.titles)),) if given else ()


_WRITERS: dict[str, Callable[[Offer, _Context], tuple[Words, ...]]] = {
    "product": _product,
    "audience": _only_for,
    "now": _now,
    "later": _later,
    "contract": _contract,
    "early_exit": _early_exit,
    "renewal": _renewal,
    "takes_effect": lambda offer, context: (EFFECTS[offer.takes_effect],),
    "gift": _gift,
    "quota": lambda offer, context: (_QUOTA(quota=offer.quota),) if offer.quota is not None else (),
    "opt_in_code": lambda offer, context: (_CODE(code=offer.opt_in_code),) if offer.opt_in_code else (),
    "confirm": lambda offer, context: (CONFIRMATIONS[offer.confirm],),
    "cancel": _cancel,
    "excludes": lambda offer, context: _named(offer.excludes, context),
    "stacks_with": lambda offer, context: _named(offer.stacks_with, context),
}
"""Every row in the order of the table; an empty cell means that there is nothing to say."""
