"""Answers that refer to the spec's own values, ``{{ price.then }}``, so that the two cannot drift apart.

A reference is the dotted path of a value and nothing else: nothing is computed, so nothing has to be kept from
computing. Rules, reports and sheets see the answers filled in; places are those of the answer as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from campaigncheck.labels import CHANNELS, chinese_day
from campaigncheck.messages import figure
from campaigncheck.source.place import Path, Piece
from campaigncheck.spec.model import Campaign, FaqEntry, Offer, PreparedAnswer

_REFERENCE = re.compile(r"\{\{([^{}\n]*)\}\}|\{\{|｛｛[^{}｛｝\n]*(?:｝｝)?")
Value = str | float | date | list[str] | None
FaultKind = Literal["unknown", "private", "several", "empty", "open", "wide", "misplaced"]


def may_refer(text: str) -> bool:
    """Whether a text has what a reference begins with, or what a Chinese keyboard makes of it."""
    return "{{" in text or "｛｛" in text


class ReferenceFault(NamedTuple):
    """A reference that says nothing, once for each text: where (a span of the answer filled in), what it names, and what it could.

    ``known`` are the names that there are if it is none of them, or the names of the several things it could mean.
    """

    path: Path
    span: tuple[int, int]
    kind: FaultKind
    name: str = ""
    known: tuple[str, ...] = ()


class Filled(NamedTuple):
    """A campaign with its answers filled in, what was filled in where, and what could not be."""

    campaign: Campaign
    pieces: dict[Path, tuple[Piece, ...]]
    faults: tuple[ReferenceFault, ...]


def fill(campaign: Campaign) -> Filled:
    """Fill in the answers of a campaign; what cannot be filled in stays as it is written."""
    filler = _Filler(campaign)
    faq = [filler.entry(index, entry) for index, entry in enumerate(campaign.faq)]
    answers = [filler.prepared(index, item) for index, item in enumerate(campaign.answers)]
    faults = (*filler.faults, *_misplaced(campaign))
    return Filled(campaign.model_copy(update={"faq": faq, "answers": answers}), filler.pieces, faults)


class _Filler:
    """Fills in one text after the other."""

    def __init__(self, campaign: Campaign) -> None:
        self.names = _Names(campaign)
        self.pieces: dict[Path, tuple[Piece, ...]] = {}
        self.faults: list[ReferenceFault] = []
        self._told: set[tuple[Path, str]] = set()

    def entry(self, index: int, entry: FaqEntry) -> FaqEntry:
        texts = {"a": entry.a} if entry.short is None else {"a": entry.a, "short": entry.short}
        return entry.model_copy(update={key: self._text(("faq", index, key), text) for key, text in texts.items()})

    def prepared(self, index: int, item: PreparedAnswer) -> PreparedAnswer:
        return item.model_copy(update={"answer": self._text(("answers", index, "answer"), item.answer)})

    def _text(self, path: Path, text: str) -> str:
        if not may_refer(text):
            return text
        done, at, pieces = "", 0, []
        for match in _REFERENCE.finditer(text):
            done += text[at : match.start()]
            at = match.end()
            said = self._said(path, match, len(done))
            pieces.append(Piece(len(done), len(done) + len(said), *match.span()))
            done += said
        self.pieces[path] = tuple(pieces)
        return done + text[at:]

    def _said(self, path: Path, match: re.Match[str], start: int) -> str:
        """Return what a reference says; one that says nothing is noted, and stays."""
        kind: FaultKind = "wide" if match[0].startswith("｛") else "open"
        known: tuple[str, ...] = ()
        name = (match[1] or "").strip()
        if match[1] is not None:
            found = self.names.find(name)
            if isinstance(found, str):
                return found
            kind, known = found
        if (path, name) not in self._told:
            self._told.add((path, name))
            self.faults.append(ReferenceFault(path, (start, start + len(match[0])), kind, name, known))
        return match[0]


# --- names -----------------------------------------------------------------------------------------------------------

_OF_CAMPAIGN: Mapping[str, Callable[[Campaign], Value]] = {
    "title": lambda campaign: campaign.title,
    "summary": lambda campaign: campaign.summary,
    "period.start": lambda campaign: campaign.period.start,
    "period.end": lambda campaign: campaign.period.end,
    "channels": lambda campaign: list(campaign.channels),
    "owner.department": lambda campaign: campaign.owner.department,
    "owner.contact": lambda campaign: campaign.owner.contact,
    "support.contact": lambda campaign: campaign.support.contact if campaign.support else None,
    "support.hours": lambda campaign: campaign.support.hours if campaign.support else None,
}
_OF_OFFER: Mapping[str, Callable[[Offer], Value]] = {
    "name": lambda offer: offer.name,
    "price.amount": lambda offer: offer.price.amount if offer.price else None,
    "price.for_months": lambda offer: offer.price.for_months if offer.price else None,
    "price.then": lambda offer: offer.price.then if offer.price else None,
    "contract_months": lambda offer: offer.contract_months or None,
    "early_exit": lambda offer: offer.early_exit,
    "free_months": lambda offer: offer.free_months or None,
    "gift.name": lambda offer: offer.gift.name if offer.gift else None,
    "gift.quantity": lambda offer: offer.gift.quantity if offer.gift else None,
    "quota": lambda offer: offer.quota,
    "opt_in_code": lambda offer: offer.opt_in_code,
    "cancel": lambda offer: list(offer.cancel),
}
_KNOWN = (*_OF_OFFER, *_OF_CAMPAIGN)
_OFFERS = "offers."


class _Names:
    """What references of one campaign can name."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.offers = {offer.id: offer for offer in campaign.offers}

    def find(self, name: str) -> str | tuple[FaultKind, tuple[str, ...]]:
        """Return what a name stands for as it is said, or why it stands for nothing."""
        if name in _OF_CAMPAIGN:
            return _written(_OF_CAMPAIGN[name](self.campaign)) or ("empty", ())
        if name in _OF_OFFER:
            return self._of_any(name)
        offer, _, field = name.removeprefix(_OFFERS).partition(".")
        if offer in self.offers and field in _OF_OFFER:
            return _written(_OF_OFFER[field](self.offers[offer])) or ("empty", ())
        if name.rpartition(".")[2] in (*Campaign.model_fields, *Offer.model_fields):
            return "private", tuple(_KNOWN)
        return "unknown", tuple(self._known())

    def _of_any(self, field: str) -> str | tuple[FaultKind, tuple[str, ...]]:
        """Return a value that needs no offer's name, since there is only one of it."""
        said = {name: text for name, offer in self.offers.items() if (text := _written(_OF_OFFER[field](offer)))}
        values = set(said.values())
        if len(values) > 1:
            return "several", tuple(f"{_named(name)}.{field}" for name in said)
        return values.pop() if values else ("empty", ())

    def _known(self) -> Iterator[str]:
        yield from _KNOWN
        yield from (f"{_named(name)}.{field}" for name in self.offers for field in _OF_OFFER)


_HEADS = frozenset(name.partition(".")[0] for name in (*_OF_CAMPAIGN, *_OF_OFFER))


def reference(campaign: Campaign, field: str, offer: str | None, words: str) -> str | None:
    """Return the shortest name by which an answer says these words: of any offer's field, or of one offer's."""
    names = _Names(campaign)
    tried = [field] if offer is None else [field, f"{_named(offer)}.{field}"]
    return next((name for name in tried if names.find(name) == words), None)


def _named(offer: str) -> str:
    """Return how an offer is named; one whose id is the name of a field needs to be told from it."""
    return f"{_OFFERS}{offer}" if offer in _HEADS else offer


def _written(value: Value) -> str:
    """Return a value as an answer says it; empty if there is none."""
    if isinstance(value, date):
        return chinese_day(value)
    if isinstance(value, list):
        return "、".join(CHANNELS[channel].zh for channel in value)
    if isinstance(value, int | float):
        return figure(value)
    return (value or "").strip()


# --- places that cannot be filled in ---------------------------------------------------------------------------------


def _misplaced(campaign: Campaign) -> Iterator[ReferenceFault]:
    """Yield the references in texts that are no answers: what is printed from them would show the braces."""
    for path, text in _others(campaign):
        match = _REFERENCE.search(text or "")
        if match is not None:
            yield ReferenceFault(path, match.span(), "misplaced", (match[1] or "").strip())


def _others(campaign: Campaign) -> Iterable[tuple[Path, str | None]]:
    yield ("title",), campaign.title
    yield ("summary",), campaign.summary
    for index, offer in enumerate(campaign.offers):
        yield ("offers", index, "name"), offer.name
        yield ("offers", index, "early_exit"), offer.early_exit
        yield ("offers", index, "gift", "name"), offer.gift.name if offer.gift else None
    yield from ((("texts", index, "text"), text.text) for index, text in enumerate(campaign.texts))
    yield from ((("terms", term), explanation) for term, explanation in campaign.terms.items())
    yield from ((("answers", index, "phrase"), item.phrase) for index, item in enumerate(campaign.answers))
    yield from ((("faq", index, "q"), entry.q) for index, entry in enumerate(campaign.faq))
