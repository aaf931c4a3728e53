"""The region tree, and sets of cities as bits.

Campaigns are compared city by city (contract §7): a county counts as its city, a municipality is one
city, and a county that its province administers directly is a city of its own. A set of cities is an
``int`` with one bit a city, so that meeting and comparing are single machine operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

COUNTRY = "000000"


class Region(NamedTuple):
    """One row of GB/T 2260."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class RegionTree:
    """All regions, the cities in code order, and which cities each region covers."""

    regions: dict[str, Region]
    cities: tuple[str, ...]
    masks: dict[str, int] = field(repr=False)
    units: dict[str, frozenset[str]] = field(repr=False)
    _covers: dict[int, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def build(cls, rows: Sequence[Region]) -> RegionTree:
        """Build the tree from rows whose parents are among them.

        Raises:
            ValueError: for a code listed twice or a parent that is not listed.
        """
        regions = {row.code: row for row in rows}
        if len(regions) != len(rows):
            seen: set[str] = set()
            twice = next(row.code for row in rows if row.code in seen or seen.add(row.code))  # type: ignore[func-returns-value]
            raise ValueError(f"region {twice} is listed twice")
        orphan = next((row for row in rows if row.parent and row.parent not in regions), None)
        if orphan is not None:
            raise ValueError(f"region {orphan.code}: its parent {orphan.parent} is not listed")
        split = {row.parent for row in rows if row.code.endswith("00") and not row.code.endswith("0000")}
        city_of = {code: _city(regions, split, code) for code in regions}
        cities = tuple(sorted({city for city in city_of.values() if city}))
        bits = {city: 1 << index for index, city in enumerate(cities)}
        masks, units = _cover(regions, city_of, bits)
        return cls(regions, cities, masks, units)

    def name(self, code: str) -> str:
        """Return a region's name, or its code if it has none."""
        region = self.regions.get(code)
        return region.name if region else code

    def province(self, code: str) -> str:
        """Return the province of a region (the country for itself)."""
        while code in self.regions and self.regions[code].parent not in ("", COUNTRY):
            code = self.regions[code].parent
        return code

    def city(self, code: str) -> str | None:
        """Return the city that a region counts as; None for a province with several, and the country."""
        mask = self.masks[code]
        return self.cities[mask.bit_length() - 1] if mask and mask & (mask - 1) == 0 else None

    def scope(self, include: Iterable[str], exclude: Iterable[str] = ()) -> int:
        """Return the cities of which something is included and not excluded.

        Excluding a county takes its city away only when nothing else of the city is left.
        """
        include, exclude = list(include), list(exclude)
        covered = 0
        for code in include:
            covered |= self.masks.get(code, 0)
        if not exclude or not covered:
            return covered
        left = set().union(*(self.units.get(code, frozenset()) for code in include))
        left -= set().union(*(self.units.get(code, frozenset()) for code in exclude))
        mask = 0
        for unit in left:
            mask |= self.masks[unit]
        return mask

    def names(self, mask: int) -> Iterator[str]:
        """Yield the codes of the cities in a set, in code order."""
        while mask:
            low = mask & -mask
            yield self.cities[low.bit_length() - 1]
            mask ^= low

    def cover(self, mask: int) -> list[str]:
        """Return the fewest regions (country, provinces, cities) that make up a set of cities."""
        known = self._covers.get(mask)
        if known is None:
            known = self._covers[mask] = self._cover(mask)
        return list(known)

    def _cover(self, mask: int) -> list[str]:
        if mask == self.masks.get(COUNTRY):
            return [COUNTRY]
        found: list[str] = []
        for code in self.provinces:
            province = self.masks[code]
            if mask & province == province:
                found.append(code)
                mask &= ~province
        return sorted([*found, *self.names(mask)])

    @cached_property
    def provinces(self) -> list[str]:
        """The codes of the provinces, in code order."""
        return sorted(code for code, row in self.regions.items() if row.parent == COUNTRY)


def _city(regions: dict[str, Region], split: set[str], code: str) -> str | None:
    """Return the city a region counts as: itself, its prefecture, its municipality, or none.

    ``split`` are the provinces that have prefectures.
    """
    if code == COUNTRY or code in split:
        return None
    if code.endswith("00"):  # a prefecture, a municipality, or a province without listed parts
        return code
    parent = regions[code].parent
    return code if parent in split else parent


def _cover(
    regions: dict[str, Region], city_of: dict[str, str | None], bits: dict[str, int]
) -> tuple[dict[str, int], dict[str, frozenset[str]]]:
    """Return the cities, and the smallest units, that each region covers."""
    parents = {row.parent for row in regions.values()}
    masks = dict.fromkeys(regions, 0)
    units: dict[str, set[str]] = {code: set() for code in regions}
    for code in regions:
        city = city_of[code]
        leaf = code not in parents
        at = code
        while at in regions:
            if city is not None:
                masks[at] |= bits[city]
            if leaf:
                units[at].add(code)
            at = regions[at].parent
    return masks, {code: frozenset(found) for code, found in units.items()}
