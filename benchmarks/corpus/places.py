"""Where campaigns run: the cities and provinces of ``rules/regions.csv``, with made-up halls."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

REGIONS = Path(__file__).resolve().parents[2] / "rules" / "regions.csv"
COUNTRY = "000000"
_OTHER_OPERATORS = ("71", "81", "82")
_SELF_GOVERNING = re.compile(
    "(?<=..)(壮族|回族|维吾尔|藏族|羌族|彝族|苗族|土家族|布依族|侗族|蒙古族|蒙古|朝鲜族|傣族|景颇族|哈尼族|白族|傈僳族|黎族|哈萨克|柯尔克孜)*族?自治(区|州|县)$"
)
_SUFFIX = re.compile("(?<=..)(特别行政区|地区|省|市|盟)$")


Level = Literal["city", "province", "country"]


@dataclass(frozen=True)
class Place:
    """A city, a province or the whole country, with the cities and counties in it."""

    level: Level
    code: str
    name: str
    province: str
    cities: tuple[str, ...]
    counties: tuple[str, ...] = ()

    @cached_property
    def short(self) -> str:
        """The name as people say it: 绵阳, 广西, 阿坝州."""
        name = _SELF_GOVERNING.sub(lambda match: match[2].replace("区", ""), self.name)
        return _SUFFIX.sub("", name)

    @property
    def halls(self) -> tuple[str, ...]:
        """The ids of the halls in a city: three to six, by its code."""
        return tuple(f"h-{self.code}-{number}" for number in range(1, 4 + int(self.code) // 100 % 4))


@dataclass(frozen=True)
class Map:
    """Every place that campaigns are drawn from."""

    cities: tuple[Place, ...]
    provinces: tuple[Place, ...]
    country: Place

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """The cities by code."""
        return {city.code: city for city in self.cities}

    def hall_rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield the rows of ``halls.csv``."""
        for city in self.cities:
            for number, hall in enumerate(city.halls, start=1):
                yield hall, f"{city.short}第{number}营业厅", city.code


def read_map(file: Path = REGIONS) -> Map:
    """Read the region table. A municipality, or a county directly under its province, is a city."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["code"][:2] not in _OTHER_OPERATORS]
    below: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        below.setdefault(row["parent"], []).append(row)
    cities: list[Place] = []
    provinces: list[Place] = []
    for row in below[COUNTRY]:
        parts = below.get(row["code"], [])
        if not any(part["code"].endswith("00") for part in parts):
            cities.append(_city(row, row["code"], parts))
            continue
        own = [_city(part, row["code"], below.get(part["code"], [])) for part in parts]
        cities += own
        provinces.append(Place("province", row["code"], row["name"], row["code"], tuple(city.code for city in own)))
    country = Place("country", COUNTRY, "全国", COUNTRY, tuple(city.code for city in cities))
    return Map(tuple(cities), tuple(provinces), country)


def _city(row: dict[str, str], province: str, counties: list[dict[str, str]]) -> Place:
    return Place("city", row["code"], row["name"], province, (row["code"],), tuple(part["code"] for part in counties))
