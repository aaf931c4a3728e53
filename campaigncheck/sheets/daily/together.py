"""Whether a customer may have two offers, by what their campaigns say (as CONF001 and CONF005 read it)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from campaigncheck.algebra.audience import overlap
from campaigncheck.portfolio.overlap import meet_in_place
from campaigncheck.rulekit.offers import excluded_by, related
from campaigncheck.sheets.daily.model import Answer, Both
from campaigncheck.understand.entry import Entry, OfferFacts

Labelled = tuple[str, Entry, int]
"""The label of an offer, its campaign, and its position there."""


class _Side(NamedTuple):
    """An offer with its campaign."""

    entry: Entry
    offer: OfferFacts


def pairs(offers: Sequence[Labelled]) -> Iterator[Both]:
    """Yield the answer for every two offers that one customer can meet."""
    for (first, one, at), (second, other, there) in combinations(offers, 2):
        left, right = _Side(one, one.offers[at]), _Side(other, other.offers[there])
        if _can_meet(left, right):
            yield _both(first, left, second, right)


def _can_meet(left: _Side, right: _Side) -> bool:
    if left.entry is not right.entry and (
        related(left.entry, right.entry) or not meet_in_place(left.entry, right.entry)
    ):
        return False
    return overlap(left.offer.audience, right.offer.audience)


def _both(first: str, left: _Side, second: str, right: _Side) -> Both:
    denying, granting = _speakers(left, right, "excludes"), _speakers(left, right, "stacks_with")
    answer: Answer = "no" if denying else "yes" if granting else "ask"
    return Both(first, second, answer, denying or granting, bool(denying and granting))


def _speakers(left: _Side, right: _Side, field: str) -> tuple[str, ...]:
    """Return the titles of the campaigns that name the other offer in a field, each once."""
    found = [mine.entry.title for mine, other in ((left, right), (right, left)) if _names(mine, other, field)]
    return tuple(dict.fromkeys(found))


def _names(mine: _Side, other: _Side, field: str) -> bool:
    patterns = mine.offer.excludes if field == "excludes" else mine.offer.stacks_with
    campaign = None if mine.entry is other.entry else other.entry.id
    return excluded_by(patterns, other.offer.product, campaign) is not None
