"""Which campaigns may be used with customers in which city and hall, and on which days.

One that is not launched or does not pass takes nobody's place: while a city still tests its version, the provincial
one is what customers get (as on the daily sheet).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.presence import Presence, Town
from campaigncheck.site.model import Case, Site
from campaigncheck.understand.entry import Entry


class Live(NamedTuple):
    """A campaign with the days on which customers get it at a place, and the halls there that it names (none: all)."""

    case: Case
    days: Days
    halls: tuple[str, ...]


class Spot(NamedTuple):
    """A city or a hall; ``own``: whether other campaigns count there than in the whole of its city."""

    id: str
    name: str
    city: str
    is_hall: bool
    own: bool


@dataclass(frozen=True)
class Places:
    """The cities and halls of a site in which anything may be used, and what."""

    site: Site

    @cached_property
    def portfolio(self) -> Portfolio:
        """What may be used with customers."""
        fit = (case for case in self.site.cases if usable(case))
        entries = (case.examined.entry for case in fit)
        return Portfolio.of((entry for entry in entries if entry is not None), self.site.catalogues.regions)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The cities in order of code, each followed by its halls."""
        return tuple(self._spots())

    def _spots(self) -> Iterator[Spot]:
        network, regions = self.site.catalogues.network, self.site.catalogues.regions
        for city, entries in self.portfolio.by_city.items():
            yield Spot(city, regions.name(city), city, False, True)
            named = any(entry.halls for entry in entries)
            for hall in self._halls.get(city, ()):
                yield Spot(hall, network.halls[hall].name, city, True, named)

    @cached_property
    def _halls(self) -> Mapping[str, tuple[str, ...]]:
        """The halls of each city, in order of id."""
        found: dict[str, list[str]] = {}
        for hall, city in sorted(self.site.catalogues.network.city_of.items()):
            found.setdefault(city, []).append(hall)
        return {city: tuple(halls) for city, halls in found.items()}

    def live(self, spot: Spot) -> Iterator[Live]:
        """Yield what may be used at a place from today on, in order of day and id."""
        yield from sorted(self._live(spot), key=lambda item: (item.days.first, item.case.id))

    def _live(self, spot: Spot) -> Iterator[Live]:
        here = frozenset([spot.id]) if spot.is_hall else frozenset(self._halls.get(spot.city, ()))
        entries = [entry for entry in self.portfolio.by_city[spot.city] if self._names(entry, spot, here)]
        names = self.site.catalogues.network.names
        for item in self._counting(entries, here, spot.city):
            case = self.site.by_path[item.entry.path]
            for days in item.pieces:
                first = item.entry.start if days.first == item.entry.days.first else days.first
                yield Live(case, Days(first, days.last), tuple(names(sorted(item.entry.halls & here))))

    def _names(self, entry: Entry, spot: Spot, here: frozenset[str]) -> bool:
        """Whether a campaign is at a place; in a city, a hall that nobody knows of may be there."""
        if not entry.halls or entry.halls & here:
            return True
        known = self.site.catalogues.network.city_of
        return not spot.is_hall and not all(hall in known for hall in entry.halls)

    def _counting(self, entries: Iterable[Entry], here: frozenset[str], city: str) -> list[Presence]:
        by_id = {entry.id: entry for entry in entries}
        parted = [_parted(entry, by_id, here) for entry in by_id.values()]
        children: dict[str, list[Entry]] = {}
        for entry in parted:
            if entry.parent is not None:
                children.setdefault(entry.parent, []).append(entry)
        positions = {name: number for number, name in enumerate(by_id)}
        return list(Town.of(parted, positions, children, self.site.catalogues.regions.masks[city]).items)


def usable(case: Case) -> bool:
    """Whether a campaign may be used with customers: launched, and nothing wrong with it."""
    return case.outcome.stage == "launched" and case.outcome.verdict == "pass"


def _parted(entry: Entry, by_id: Mapping[str, Entry], here: frozenset[str]) -> Entry:
    """Part a child from its parent if it is in only some of the halls here: in the others the parent goes on."""
    if entry.parent is None or not entry.halls:
        return entry
    parent = by_id.get(entry.parent)
    needed = (parent.halls if parent else frozenset()) & here or here
    return entry if needed <= entry.halls else entry._replace(parent=None)
