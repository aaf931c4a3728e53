"""Keeps the made-up portfolio free of clashes, so that a run measures checking and not printing.

City campaigns and those from above (province, country) have a lane each: one launch in seven days, and
two campaigns of the city and one from above at a time in the halls. Together they stay within what the
built-in policy allows. Customers are told apart by brand and by months as a customer: six kinds, as
bits; an offer must not meet another of its product, or one that excludes it, for the same kind of
customer on the same day in the same city.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.corpus.places import COUNTRY, Map, Place
from benchmarks.corpus.words import PRODUCTS

BITS = {product.path: 1 << index for index, product in enumerate(PRODUCTS)}
WINDOW = 7
CITY_AT_ONCE = 2
ABOVE_AT_ONCE = 1


class Claim(NamedTuple):
    """What a campaign takes: days, kinds of customers, products sold, products excluded."""

    first: int
    last: int
    customers: int
    sells: int
    excludes: int

    def clashes(self, other: Claim) -> bool:
        """Whether both reach a customer on a day, and one sells what the other sells or excludes."""
        together = self.first <= other.last and other.first <= self.last and self.customers & other.customers
        return bool(together and (self.sells & (other.sells | other.excludes) or self.excludes & other.sells))


@dataclass
class Bookings:
    """Everything planned so far."""

    where: Map
    claims: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    counters: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def can_start(self, place: Place, day: int) -> bool:
        """Whether no other campaign of this lane launches within a week."""
        return all(abs(day - other) >= WINDOW for lane in self._lanes(place) for other in self.starts[lane])

    def counter_is_free(self, place: Place, first: int, last: int) -> bool:
        """Whether the halls can take one more campaign of this lane."""
        most = CITY_AT_ONCE if place.level == "city" else ABOVE_AT_ONCE
        for lane in self._lanes(place):
            met = [pair for pair in self.counters[lane] if pair[0] <= last and first <= pair[1]]
            peak = max(
                (sum(low <= day <= high for low, high in met) for day in (first, *(low for low, _ in met))), default=0
            )
            if peak >= most:
                return False
        return True

    def is_free(self, place: Place, claim: Claim) -> bool:
        """Whether the claim meets none that is booked in a place that shares a city."""
        return not any(claim.clashes(other) for node in self._touching(place) for other in self.claims[node])

    def book(self, place: Place, claim: Claim, in_halls: bool) -> None:
        """Take a start, the customers, and a place at the counters."""
        self.claims[place.code].append(claim)
        for lane in self._lanes(place):
            self.starts[lane].append(claim.first)
            if in_halls:
                self.counters[lane].append((claim.first, claim.last))

    def _lanes(self, place: Place) -> Iterator[str]:
        if place.level == "city":
            yield place.code
        elif place.level == "province":
            yield f"above-{place.code}"
        else:
            yield from (f"above-{code}" for code in dict.fromkeys(city.province for city in self.where.cities))

    def _touching(self, place: Place) -> Iterator[str]:
        yield COUNTRY
        if place.level == "country":
            yield from (province.code for province in self.where.provinces)
            yield from place.cities
        elif place.level == "province":
            yield place.code
            yield from place.cities
        else:
            yield from dict.fromkeys((place.province, place.code))


def excluded(patterns: tuple[str, ...]) -> int:
    """Return the products that patterns such as ``broadband.*`` name."""
    found = 0
    for pattern in patterns:
        stem = pattern.removesuffix("*")
        for product in PRODUCTS:
            if product.path == pattern or (stem != pattern and product.path.startswith(stem)):
                found |= BITS[product.path]
    return found
