"""Regions named on the command line, by code, name or pinyin: refused with the nearest one where there is none."""

from __future__ import annotations

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.places import find_places
from campaigncheck.catalogue.tables import FormerRegion
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name

_UNKNOWN = Text("{option} 的“{given}”不认识", "{option}: “{given}” is not known")
_NEAREST = Text("是不是想写 {nearest}？", "Did you mean {nearest}?")
_REGION_HINT = Text(
    "写地名、拼音或 6 位行政区划代码：省如 510000，市如 510100，全国 000000。",
    "Write a name, pinyin, or a code of 6 digits: a province such as 510000, a city such as 510100, 000000 for the country.",
)
_SEVERAL = Text("{option} 的“{given}”不止一个", "{option}: “{given}” names more than one region")
_WHICH = Text("请写代码：{names}。", "Write the code: {names}.")
_MOST = 6
"""Regions that a hint names."""
_NAMED = Text("{code}（{name}）", "{code} ({name})")


def known_region(option: str, given: str, regions: RegionTree, former: dict[str, FormerRegion]) -> str:
    """Return the code of a region that is named by its code, by its name or a part of it, by pinyin or its initials.

    Raises:
        UsageError: when there is no such region, or several; the hint names them, or what took a former code's place, or the
            code most like this one.
    """
    if given in regions.regions:
        return given
    places = find_places(given, regions)
    if len(places) == 1:
        return places[0].code
    if places:
        names = [_NAMED(code=place.code, name=place.name) for place in places[:_MOST]]
        raise UsageError(_SEVERAL(option=option, given=given), _WHICH(names=names))
    raise UsageError(_UNKNOWN(option=option, given=given), _hint(given, regions, former))


def _hint(given: str, regions: RegionTree, former: dict[str, FormerRegion]) -> Message:
    left = former.get(given)
    if left and left.successors:
        return _NEAREST(nearest=[named(code, regions) for code in left.successors])
    names = {region.name: code for code, region in reversed(regions.regions.items())}
    nearest = nearest_name(given, names) or nearest_name(given, regions.regions)
    return _NEAREST(nearest=named(names.get(nearest, nearest), regions)) if nearest else _REGION_HINT()


def named(code: str, regions: RegionTree) -> Message:
    """Write a region as its code and name."""
    return _NAMED(code=code, name=regions.name(code))
