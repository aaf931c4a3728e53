"""Finds the region that somebody means: by code, by name or a part of it, by pinyin or its initials."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.catalogue.readings import begins, initials, readings, typed

_SUFFIX = re.compile(r"(?<=..)(?:省|市|地区|盟|新区|区|县|自治州|自治县|自治区|特别行政区|林区)$")
_PEOPLES = re.compile(
    r"(?<=..)(?:(?:壮|回|维吾尔|藏|羌|彝|苗|侗|布依|土家|哈尼|傣|白|景颇|傈僳|朝鲜|蒙古|哈萨克|柯尔克孜|黎)族?)+自治(?:区|州)$"
)
_CODE = re.compile(r"[0-9]{6}")
_LATIN = re.compile(r"[A-Za-zü' ]+")

Way = Callable[[str, str, str], bool]
"""Whether what was given means a region of this name and short name."""


class Place(NamedTuple):
    """A region to choose, named so that nobody takes it for another."""

    code: str
    name: str


def find_places(given: str, tree: RegionTree) -> list[Place]:
    """Return the regions that are meant, in code order: those of the closest way of meaning one that finds any.

    A whole name means counties as well as cities; a part of a name or initials mean counties only if no city fits.
    """
    given = given.strip()
    if _CODE.fullmatch(given):
        return [place(given, tree)] if given in tree.regions else []
    latin = bool(_LATIN.fullmatch(given))
    wanted = typed(given) if latin else given
    if not wanted:
        return []
    cities = [code for code in tree.regions if _is_city(code, tree)]
    for way, everywhere in _LATIN_WAYS if latin else _CHINESE_WAYS:
        for codes in (list(tree.regions),) if everywhere else (cities, tree.regions):
            found = sorted(_meant(way, wanted, codes, tree))
            if found:
                return [place(code, tree) for code in found if _city_of(code, tree) not in found]
    return []


def place(code: str, tree: RegionTree) -> Place:
    """Name a region with the one above it."""
    name, province = tree.name(code), tree.province(code)
    city = tree.city(code) or province
    above = "".join(dict.fromkeys(tree.name(item) for item in (province, city) if item not in (code, COUNTRY)))
    return Place(code, f"{name}（{above}）" if above else name)


def short(name: str) -> str:
    """Return a name as people say it: 成都 for 成都市, 凉山 for 凉山彝族自治州."""
    return _SUFFIX.sub("", _PEOPLES.sub("", name))


def _city_of(county: str, tree: RegionTree) -> str | None:
    """Return the city of a county: of two that go by one name, like 长沙市 and its 长沙县, the city is meant."""
    city = tree.city(county)
    return None if city == county else city


def _is_city(code: str, tree: RegionTree) -> bool:
    return code in (COUNTRY, tree.province(code), tree.city(code))


def _meant(way: Way, wanted: str, codes: Iterable[str], tree: RegionTree) -> Iterator[str]:
    for code in codes:
        name = tree.name(code)
        if way(wanted, name, short(name)):
            yield code


_CHINESE_WAYS: tuple[tuple[Way, bool], ...] = (
    (lambda given, name, _: given == name, True),
    (lambda given, _, said: given == said, True),
    (lambda given, name, _: name.startswith(given), False),
    (lambda given, name, _: given in name, False),
)
_LATIN_WAYS: tuple[tuple[Way, bool], ...] = (
    (lambda given, name, said: given in readings(said) or given in readings(name), True),
    (lambda given, _, said: len(said) == len(given) and given in initials(said), False),
    (lambda given, name, said: len(given) > 2 and begins(given, readings(said)), False),
    (lambda given, name, _: begins(given, initials(name)), False),
)
