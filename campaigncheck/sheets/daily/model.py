"""A daily sheet before it becomes a page or a file: everything it says, in the order in which it says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from campaigncheck.messages import Message
from campaigncheck.sheets.daily.place import Place
from campaigncheck.sheets.daily.waits import HallWaits
from campaigncheck.sheets.phrases import Words

State = Literal["ahead", "soon", "running", "ending", "over"]
"""Of a campaign on a day: further ahead than a week, within a week, live, live for at most a week more, no longer live."""

Badge = Literal["new", "gone", "replaced", "ending", "announced"]
"""What is different from the same day a week earlier."""

Answer = Literal["yes", "no", "ask"]
"""Whether a customer may have two offers: one says so, one excludes the other, neither says anything."""


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer in one line; ``label`` is its number on the sheet."""

    label: str
    id: str
    name: str
    product: Words
    now: tuple[Words, ...]
    later: tuple[Words, ...]
    only_for: tuple[Words, ...]
    code: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign in one line: ``days`` are its own days, ``badge`` what is different from a week earlier.

    ``instead_of`` is the title of the campaign that it stands in for.
    """

    id: str
    title: str
    start: date
    end: date
    state: State
    before: State
    badge: Badge | None
    instead_of: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """What the counter needs to know of a live campaign.

    ``busiest``: how long it takes at the counter and at what; ``mind``: what is most easily misread, and what to
    say; ``linked``: its own sheet is beside this one.
    """

    number: int
    line: Line
    summary: str
    audience: tuple[Words, ...]
    channels: Words
    at_counter: bool
    halls: tuple[str, ...]
    offers: tuple[OfferLine, ...]
    busiest: Message | None
    mind: tuple[str, str] | None
    questions: tuple[str, ...]
    support: Words
    hours: str | None
    owner: str
    contact: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Change:
    """From ``day`` on customers get campaign ``to`` instead of ``of``, both by title."""

    day: date
    of: str
    to: str
    back: bool


@dataclass(frozen=True, slots=True)
class Unusable:
    """A campaign that may not be used with customers, and why not."""

    line: Line
    why: tuple[Message, ...]
    owner: str
    contact: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A campaign of the city that this place does not sell, and the halls that do."""

    id: str
    title: str
    halls: tuple[str, ...]
    channels: Words


@dataclass(frozen=True, slots=True)
class Kind:
    """Some kinds of customers, as a spec would state their conditions and in words, and the labels of what they may have."""

    conditions: tuple[dict[str, list[Any]], ...]
    words: tuple[Words, ...]
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suits:
    """What suits whom as far as some attributes decide; see :class:`campaigncheck.sheets.daily.cases.Table`."""

    attributes: tuple[Words, ...]
    kinds: tuple[Kind, ...]
    split: bool


@dataclass(frozen=True, slots=True)
class Both:
    """Two live offers that one customer can meet, by label; ``says`` are the titles of those who decide."""

    first: str
    second: str
    answer: Answer
    says: tuple[str, ...]
    contradicts: bool


@dataclass(frozen=True, slots=True)
class Daily:
    """The sheet of one place and day.

    A live campaign is in exactly one of ``starting`` (today), ``ending_today``, ``ending`` (within a week, but not today)
    and ``running``; but one that starts today and ends today or within a week is in two of them. ``waits`` has a hall each,
    and none if no hours of halls are known at all; ``uncleared_come``: customers of campaigns that may not be used count there.
    """

    place: Place
    day: date
    before: date
    issued: date
    starting: tuple[Line, ...]
    soon: tuple[Line, ...]
    ending_today: tuple[Line, ...]
    ending: tuple[Line, ...]
    changes: tuple[Change, ...]
    running: tuple[Line, ...]
    gone: tuple[Line, ...]
    everybody: tuple[str, ...]
    suits: tuple[Suits, ...]
    both: tuple[Both, ...]
    cards: tuple[Card, ...]
    unusable: tuple[Unusable, ...]
    preparing: tuple[Unusable, ...]
    elsewhere: tuple[Elsewhere, ...]
    unread: tuple[str, ...]
    waits: tuple[HallWaits, ...]
    uncleared_come: bool
    digest: str

    @property
    def names(self) -> dict[str, str]:
        """What each label on the sheet stands for."""
        return {offer.label: offer.name for card in self.cards for offer in card.offers}
