"""What two campaigns share, exactly: days, cities and customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from campaigncheck.algebra.audience import Attribute, Audience, witness
from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import RegionTree
from campaigncheck.understand.entry import Entry


class Overlap(NamedTuple):
    """The days, cities and customers that two campaigns (or two of their offers) share."""

    days: Days
    cities: int
    customers: Audience


class Witness(NamedTuple):
    """One day, one city and one customer who gets both."""

    day: date
    city: str
    customer: dict[str, Any]


def share_halls(first: Entry, second: Entry) -> bool:
    """Whether they can meet in a hall: not when both name halls and none is the same."""
    return not (first.halls and second.halls) or bool(first.halls & second.halls)


def meet_in_place(first: Entry, second: Entry) -> bool:
    """Whether the places allow an overlap, days and customers apart (contract §7, Regions)."""
    if not first.cities & second.cities:
        return False
    only_halls = first.channels == {"hall"} or second.channels == {"hall"}
    return share_halls(first, second) or not only_halls


def left_over(days: Days, cities: int, taken: Iterable[tuple[Days, int]]) -> tuple[Days, int]:
    """Return what is left of some days in some cities, without days taken in cities.

    What is left may be several periods, each in its own cities: the largest, in days times cities, is
    returned, of equal ones the first. Nothing left is an empty period in no city.
    """
    pieces: dict[tuple[Days, ...], int] = {(days,): cities} if cities and not days.empty else {}
    for period, where in taken:
        kept: dict[tuple[Days, ...], int] = {}
        for periods, mask in pieces.items():
            rest = tuple(part for piece in periods for part in piece.minus(period))
            for parts, there in ((periods, mask & ~where), (rest, mask & where)):
                if parts and there:
                    kept[parts] = kept.get(parts, 0) | there
        pieces = kept
    found: dict[Days, int] = {}
    for periods, mask in pieces.items():
        for piece in periods:
            found[piece] = found.get(piece, 0) | mask
    largest = min(found.items(), key=lambda item: (-item[0].length * item[1].bit_count(), item), default=None)
    return largest or (Days(1, 0), 0)


def name_witness(shared: Overlap, regions: RegionTree, attributes: Mapping[str, Attribute]) -> Witness:
    """Name the first day, the first city and the first customer of an overlap."""
    customer = witness(attributes, shared.customers)
    if customer is None or shared.days.empty or not shared.cities:
        raise ValueError("an empty overlap has no witness")
    return Witness(shared.days.start, next(regions.names(shared.cities)), customer)
