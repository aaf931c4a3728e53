"""For whom a daily sheet is: a hall, or a city with all its halls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.places import find_places
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name
from campaigncheck.spec.types import ID_PATTERN

SEVERAL = 6
"""Places that a hint names; there may be many of one name."""

_UNKNOWN = Text("没有叫“{given}”的营业厅或城市", "there is no hall or city “{given}”")
_AMBIGUOUS = Text("“{given}”不止一个", "“{given}” names more than one place")
_WHICH = Text("请写编号或代码：{places}。", "Write the id or code: {places}.")
_WHICH_OF_MANY = Text(
    "请写编号或代码：{places}，等等，一共 {count} 个。", "Write the id or code: {places} and others, {count} in all."
)
_PROVINCE = Text("“{given}”是省级或全国，营业厅在城市里", "“{given}” is larger than a city, and halls stand in cities")
_PROVINCE_HINT = Text("写一个城市或营业厅，例如 {places}。", "Name a city or a hall, such as {places}.")
_NEAREST = Text("是不是想写 {nearest}？", "Did you mean {nearest}?")
_HINT = Text(
    "写营业厅编号或名称（rules/network/halls.csv），或者城市的 6 位行政区划代码或名称，例如 510100。",
    "Write the id or name of a hall (rules/network/halls.csv), or the code of 6 digits or the name of a city, such as 510100.",
)
_NAMED = Text("{id}（{name}）", "{id} ({name})")
_BAD_HALL = Text("营业厅编号“{given}”不能用在文件名里", "the hall id “{given}” cannot be part of a file's name")
_BAD_HALL_HINT = Text(
    "在 rules/network/halls.csv 里把它改成 3 到 64 个小写字母、数字和短横线。",
    "Change it in rules/network/halls.csv to 3 to 64 lower-case letters, digits and hyphens.",
)


class Place(NamedTuple):
    """A hall or a city; ``halls`` are the ids of that hall, or of all known halls of the city."""

    kind: Literal["hall", "city"]
    id: str
    name: str
    city: str
    city_name: str
    halls: frozenset[str]


def find_place(given: str, catalogues: Catalogues) -> Place:
    """Return the hall or city that is meant by an id, a code or a name; a county means its city.

    Raises:
        UsageError: when there is none or more than one, and for a province or the country.
    """
    regions, name = catalogues.regions, given.strip()
    if name in catalogues.network.halls:
        return _hall(name, catalogues)
    if name in regions.regions:
        return _region(name, given, catalogues)
    halls = [hall.id for hall in catalogues.network.halls.values() if hall.name == name]
    named = [code for code, region in regions.regions.items() if region.name == name]
    found = [*halls, *_cities(named, regions)] or (_cities(_shortened(name, regions), regions) if name else [])
    found = found or _cities((place.code for place in find_places(name, regions)), regions)
    if len(found) > 1:
        raise _ambiguous(given, found, catalogues)
    if not found:
        raise UsageError(_UNKNOWN(given=given), _nearest(name, catalogues))
    return _hall(found[0], catalogues) if halls else _region(found[0], given, catalogues)


def _hall(hall_id: str, catalogues: Catalogues) -> Place:
    if re.fullmatch(ID_PATTERN.rstrip("$"), hall_id) is None:
        raise UsageError(_BAD_HALL(given=hall_id), _BAD_HALL_HINT())
    hall, city = catalogues.network.halls[hall_id], catalogues.network.city_of[hall_id]
    return Place("hall", hall_id, hall.name, city, catalogues.regions.name(city), frozenset([hall_id]))


def _region(code: str, given: str, catalogues: Catalogues) -> Place:
    regions = catalogues.regions
    city = regions.city(code)
    if city is None:
        within = list(regions.names(regions.masks[code]))
        places = [_named(item, catalogues) for item in within[: SEVERAL // 2]]
        raise UsageError(_PROVINCE(given=given), _PROVINCE_HINT(places=places) if places else _HINT())
    halls = frozenset(hall for hall, where in catalogues.network.city_of.items() if where == city)
    return Place("city", city, regions.name(city), city, regions.name(city), halls)


def _cities(codes: Iterable[str], regions: RegionTree) -> list[str]:
    """Return the cities that regions count as, each once; a province stays what it is."""
    return list(dict.fromkeys(regions.city(code) or code for code in codes))


def _shortened(name: str, regions: RegionTree) -> Iterator[str]:
    """Yield the provinces and cities of which a name is the beginning, such as 成都 or 凉山."""
    cities = set(regions.cities)
    for code, region in regions.regions.items():
        if code != COUNTRY and (code in cities or region.parent == COUNTRY) and region.name.startswith(name):
            yield code


def _ambiguous(given: str, found: list[str], catalogues: Catalogues) -> UsageError:
    places = [_named(item, catalogues) for item in found[:SEVERAL]]
    if len(found) <= SEVERAL:
        return UsageError(_AMBIGUOUS(given=given), _WHICH(places=places))
    return UsageError(_AMBIGUOUS(given=given), _WHICH_OF_MANY(places=places, count=len(found)))


def _nearest(name: str, catalogues: Catalogues) -> Message:
    """Name what took a former code's place, or what is most like an unknown name."""
    halls, regions, former = catalogues.network.halls, catalogues.regions, catalogues.former.get(name)
    if former:
        return _NEAREST(nearest=[_named(code, catalogues) for code in former.successors])
    named = {region.name: region.code for region in regions.regions.values() if regions.city(region.code)}
    named |= {hall.name: hall.id for hall in halls.values()}
    like = (nearest_name(name, named), nearest_name(name, [*halls, *regions.cities]))
    nearest = [_named(named.get(item, item), catalogues) for item in like if item]
    return _NEAREST(nearest=nearest) if nearest else _HINT()


def _named(given: str, catalogues: Catalogues) -> Message:
    hall = catalogues.network.halls.get(given)
    return _NAMED(id=given, name=hall.name if hall else catalogues.regions.name(given))
