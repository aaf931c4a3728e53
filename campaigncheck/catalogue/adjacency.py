"""Which cities are neighbours: ``adjacency.csv``."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.problems import CatalogueError, CatalogueProblem
from campaigncheck.catalogue.tables import bad_row, table_rows
from campaigncheck.messages import Message, Text

FILE = "adjacency.csv"
COLUMNS = ("city", "neighbour")

_UNKNOWN = Text("没有代码为“{code}”的地区", "there is no region “{code}”")
_INSIDE = Text(
    "“{code} {name}”不算一个市，请写它所在的“{city} {city_name}”",
    "“{code} {name}” is no city: write “{city} {city_name}”, where it lies",
)
_SEVERAL = Text("“{code} {name}”不止一个市，请逐个市写", "“{code} {name}” is more than one city: list its cities")
_ITSELF = Text("“{code} {name}”不能和自己相邻", "“{code} {name}” cannot be its own neighbour")
_TWICE = Text(
    "“{city}”和“{neighbour}”在第 {first} 行已经列过，先后顺序不论",
    "“{city}” and “{neighbour}” are listed in line {first} already, the order does not matter",
)


def load_neighbours(files: RuleFiles, regions: RegionTree) -> dict[str, frozenset[str]]:
    """Read which cities are neighbours, both ways round; a city with none has an empty set.

    The built-in pairs speak of all of China: where a repository brings its own ``regions.csv``, those about
    places that are no cities there do not apply.

    Raises:
        CatalogueError: for an unknown code, one that is no city, a city beside itself, or a pair listed twice.
    """
    path = files.path(FILE)
    elsewhere = path == files.builtin / FILE and files.path("regions.csv") != files.builtin / "regions.csv"
    cities = set(regions.cities)
    found: dict[str, set[str]] = {city: set() for city in regions.cities}
    lines: dict[frozenset[str], int] = {}
    problems: list[CatalogueProblem] = []
    for line, (city, neighbour) in table_rows(path, COLUMNS):
        if elsewhere and not {city, neighbour} <= cities:
            continue
        pair = frozenset((city, neighbour))
        wrong = [*_misfits(city, neighbour, regions)]
        if pair in lines and not wrong:
            wrong = [_TWICE(city=city, neighbour=neighbour, first=lines[pair])]
        problems += [bad_row(path, line, what, COLUMNS) for what in wrong]
        if not wrong:
            lines[pair] = line
            found[city].add(neighbour)
            found[neighbour].add(city)
    if problems:
        raise CatalogueError(problems)
    return {city: frozenset(beside) for city, beside in found.items()}


def _misfits(city: str, neighbour: str, regions: RegionTree) -> Iterator[Message]:
    """Say why two codes cannot be neighbours; a code beside itself is judged once."""
    for code in dict.fromkeys((city, neighbour)):
        counts_as = regions.city(code) if code in regions.regions else None
        if code not in regions.regions:
            yield _UNKNOWN(code=code)
        elif counts_as is None:
            yield _SEVERAL(code=code, name=regions.name(code))
        elif counts_as != code:
            yield _INSIDE(code=code, name=regions.name(code), city=counts_as, city_name=regions.name(counts_as))
        elif city == neighbour:
            yield _ITSELF(code=code, name=regions.name(code))
