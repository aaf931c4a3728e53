"""Halls whose waits cannot be judged: their rows in the network's tables have faults, or there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from campaigncheck.catalogue.network import Network
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.arrivals import CityDays


class Unjudged(NamedTuple):
    """The halls of one campaign that cannot be judged.

    Attributes:
        faulty: those whose rows have faults, each with the types of day that are left out.
        without: those about which hours.csv says nothing.
    """

    faulty: Mapping[str, tuple[int, ...]]
    without: tuple[str, ...]


def unjudged(network: Network, cities: Iterable[CityDays], entries: Iterable[Entry]) -> dict[str, Unjudged]:
    """Return what cannot be judged of campaigns that draw people to halls; those of which all can are left out.

    Args:
        network: the halls.
        cities: the cities to which any of the campaigns draws somebody.
        entries: the campaigns.
    """
    if not network.faults and not network.without_hours:
        return {}
    faulty: dict[str, dict[str, tuple[int, ...]]] = {}
    for city in cities:
        for crowd in city.crowds:
            faulty.setdefault(crowd.entry.id, {}).update(city.not_judged(crowd))
    empty = _by_city(network)
    found = {}
    for entry in entries:
        if entry.draws is not None and entry.draws.hall > 0 and not entry.days.empty:
            lost = {hall: tuple(range(len(DAY_TYPES))) for hall in sorted(entry.halls) if hall in network.unplaced}
            item = Unjudged({**faulty.get(entry.id, {}), **lost}, _without(entry, network, empty))
            if item.faulty or item.without:
                found[entry.id] = item
    return found


def _by_city(network: Network) -> dict[str, list[str]]:
    """Return the halls without hours by city, in the order of halls.csv."""
    found: dict[str, list[str]] = {}
    for hall in network.halls if network.without_hours else ():
        if hall in network.without_hours:
            found.setdefault(network.city_of[hall], []).append(hall)
    return found


def _without(entry: Entry, network: Network, empty: Mapping[str, list[str]]) -> tuple[str, ...]:
    cities = network.regions.names(entry.cities) if empty else ()
    halls = [hall for city in cities for hall in empty.get(city, ())]
    return tuple(hall for hall in halls if not entry.halls or hall in entry.halls)
