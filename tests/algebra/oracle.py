"""The region table once more, as plain sets: what the algebra's bits have to agree with."""

from __future__ import annotations

import csv
from pathlib import Path

from campaigncheck.algebra.regions import COUNTRY, Region

with (Path(__file__).parents[2] / "rules" / "regions.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = [Region(row["code"], row["name"], row["parent"]) for row in csv.DictReader(lines)]
PARENT = {row.code: row.parent for row in ROWS}
SPLIT = {PARENT[code] for code in PARENT if code.endswith("00") and not code.endswith("0000")}
"""Provinces that have prefectures; municipalities and the special regions have none."""


def city_of(code: str) -> str | None:
    """What a region counts as (contract: a county as its city, a municipality as one city)."""
    if code == COUNTRY or code in SPLIT:
        return None
    if code.endswith("0000") or PARENT[code] in SPLIT:
        return code
    return PARENT[code] if PARENT[code] != COUNTRY else code


def below(code: str) -> set[str]:
    """The regions without parts in a region, itself if it has none; of an unknown code nothing."""
    return LEAVES.get(code, set())


def _leaves() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {code: set() for code in PARENT}
    for code in set(PARENT) - set(PARENT.values()):
        at = code
        while at:
            found[at].add(code)
            at = PARENT[at]
    return found


LEAVES = _leaves()
CITIES = {city for city in map(city_of, PARENT) if city}


def expected(include: list[str], exclude: list[str]) -> set[str]:
    """A city is in scope if something of it is included and not excluded."""
    left = {leaf for code in include for leaf in below(code)} - {leaf for code in exclude for leaf in below(code)}
    return {city for city in map(city_of, left) if city}
