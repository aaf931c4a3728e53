"""Draws a national portfolio: who runs what, where, when, for whom.

The same count and seed always give the same campaigns, and a larger portfolio begins with the smaller one.
In every city a campaign of its own, one of its province's and one of the country's would be few; what makes
a hundred thousand is that most are small: a pilot in one or two cities, two weeks long.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import reduce
from operator import or_
from random import Random

from benchmarks.corpus.places import COUNTRY, Map, Place, read_map
from benchmarks.corpus.words import SEASONS, SUBJECTS
from benchmarks.national.deals import Deals
from benchmarks.national.people import draw_audiences
from benchmarks.national.periods import FIRST, draw_period
from benchmarks.national.told import Told
from campaigncheck.algebra.audience import Audience
from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.understand.entry import Entry, OfferFacts

SEED = 20270101
NATIONAL = 0.005
PROVINCIAL = 0.15
LOCALISED = 0.04
"""Share of city campaigns that localise one of their province."""
NAMING_HALLS = 0.15
"""Share of city campaigns sold in halls that name some."""

PILOTS = (1, 2, 3, 5, 0)
PILOT_SHARES = (66, 22, 8, 3, 1)
"""Cities of a provincial campaign, in percent of these; 0: the whole province."""
NATIONAL_PILOTS = (3, 5, 8, 0)
NATIONAL_SHARES = (50, 34, 14, 2)

_CHANNELS = tuple(
    map(frozenset, (
        ("hall",), ("hall", "app"), ("hall", "app", "sms"), ("hall", "app", "web", "hotline"), ("app", "web"),
        ("app", "sms"), ("app", "hotline", "outbound_call"), ("web", "self_service"), ("agent", "app"),
    ))
)  # fmt: skip
_CHANNEL_SHARES = (10, 12, 10, 8, 20, 14, 8, 8, 10)
_LATER = ("draft", "testing", "optimising", "approved")
_MONTH = 30


class National:
    """Draws campaign after campaign."""

    def __init__(self, catalogues: Catalogues, seed: int = SEED, where: Map | None = None) -> None:
        self._random = random = Random(seed)
        self._masks = catalogues.regions.masks
        self._where = where or read_map()
        self._cities = {city.code: city for city in self._where.cities}
        self._below: dict[str, list[str]] = {}
        for city in self._where.cities:
            self._below.setdefault(city.province, []).append(city.code)
        provinces = (*self._below, COUNTRY)
        self._audiences = {code: draw_audiences(random, catalogues.domain) for code in provinces}
        self._parents: dict[str, deque[Entry]] = {city: deque(maxlen=3) for city in self._cities}
        self._deals = Deals(random, catalogues.domain)
        self._told = Told(random)

    def draw(self, count: int) -> Iterator[Entry]:
        """Yield so many campaigns."""
        for number in range(1, count + 1):
            level = self._random.random()
            if level < NATIONAL:
                yield self._above(number, COUNTRY, list(self._cities), self._pick(NATIONAL_PILOTS, NATIONAL_SHARES))
            elif level < NATIONAL + PROVINCIAL:
                province = self._random.choice(self._where.cities).province
                yield self._above(number, province, self._below[province], self._pick(PILOTS, PILOT_SHARES))
            else:
                yield self._of_city(number, self._random.choice(self._where.cities))

    def _pick(self, items: tuple[int, ...], shares: tuple[int, ...]) -> int:
        return self._random.choices(items, shares)[0]

    def _above(self, number: int, owner: str, below: list[str], pilots: int) -> Entry:
        """Draw a campaign of a province or of the country, in some cities or (no pilots) in all."""
        cities = self._random.sample(below, min(pilots, len(below))) if pilots else below
        found = self._entry(number, owner, reduce(or_, (self._masks[city] for city in cities)))
        if owner != COUNTRY:
            for city in cities:
                self._parents[city].append(found)
        return found

    def _of_city(self, number: int, city: Place) -> Entry:
        parents = self._parents[city.code]
        localised = parents and self._random.random() < LOCALISED
        found = self._entry(number, city.code, self._masks[city.code])
        if localised:
            parent = self._random.choice(parents)
            return found._replace(
                parent=parent.id, days=parent.days, start=parent.start, audience=parent.audience, offers=parent.offers,
                stage=parent.stage, themes=parent.themes, said=parent.said, terms=parent.terms,
            )  # fmt: skip
        halls = self._halls(city) if found.in_halls and self._random.random() < NAMING_HALLS else frozenset[str]()
        return found._replace(halls=halls) if halls else found

    def _halls(self, city: Place) -> frozenset[str]:
        return frozenset(self._random.sample(city.halls, self._random.choice((1, 1, 2))))

    def _entry(self, number: int, owner: str, cities: int) -> Entry:
        random = self._random
        whose = self._cities[owner].province if owner in self._cities else owner
        whom: Audience = random.choice(self._audiences[whose])
        days = draw_period(random)
        (channels,) = random.choices(_CHANNELS, _CHANNEL_SHARES)
        offers = self._deals.draw(number, whom, "sms" in channels)
        return Entry(
            id=f"gen-{days.start.year}-{whose}-{number:06d}",
            path=f"campaigns/{whose}/{number:06d}.yaml",
            title=self._title(number, owner, days, offers),
            stage=self._stage(days.first),
            start=days.first,
            days=days,
            cities=cities,
            halls=frozenset(),
            channels=channels,
            audience=whom,
            offers=offers,
            parent=None,
            owner=owner,
            themes=_themes(offers, days),
            said=self._told.draw_answers(offers[0]),
            terms=self._told.draw_terms(),
            prepared=(),
        )

    def _title(self, number: int, owner: str, days: Days, offers: tuple[OfferFacts, ...]) -> str:
        subjects = SUBJECTS[offers[0].product.partition(".")[0]]
        city = self._cities[owner].short if owner in self._cities else ""
        return f"{city}{SEASONS[days.start.month][0]}{subjects[number % len(subjects)]}"

    def _stage(self, first: int) -> str:
        """Draw how far a campaign is: the sooner it starts, the further."""
        ahead = (first - FIRST) // _MONTH
        if ahead < 2:
            return self._random.choices(("approved", "launched"), (4, 6))[0]
        shares = (5, 20, 25, 50) if ahead < 6 else (40, 35, 15, 10)
        return self._random.choices(_LATER, shares)[0]


def _themes(offers: tuple[OfferFacts, ...], days: Days) -> frozenset[str]:
    return frozenset({offers[0].product.partition(".")[0], SEASONS[days.start.month][1]})


def national(count: int, catalogues: Catalogues, seed: int = SEED) -> tuple[Entry, ...]:
    """Return a portfolio of so many campaigns."""
    return tuple(National(catalogues, seed).draw(count))
