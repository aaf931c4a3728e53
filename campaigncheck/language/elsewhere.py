"""Which places a text names, as people call them: 德阳 for 德阳市, 阿坝 for 阿坝藏族羌族自治州."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.language.expressions import expression

_PEOPLES = "壮族|回族|维吾尔|藏族|羌族|彝族|苗族|土家族|布依族|侗族|蒙古族|蒙古|朝鲜族|傣族|景颇族|哈尼族|白族|傈僳族|黎族|哈萨克|柯尔克孜"
_SUFFIX = expression(f"(?<=..)(?:(?:{_PEOPLES})*(?:各族)?自治[区州县]|特别行政区|地区|林区|[省市县盟])$")
_OTHER_PLACES = (
    "外地", "异地", "各地", "邻市", "邻省", "外市", "外省", "邻近城市", "相邻城市", "周边城市", "周边地市", "隔壁市", "隔壁城市",
    "别的城市", "别的市", "别的地市", "别的地方", "别的地区", "其他城市", "其他市", "其他地市", "其他地方", "其他地区", "其它城市",
    "其它地方", "其它地区", "不同城市", "不同地区", "不同地市",
)  # fmt: skip
_ABROAD = ("世界各地", "全球各地")
_STREET = expression("(?:[东南西北中]|[一二三四])?(?:路|街|大道)")


class Named(NamedTuple):
    """The places that a text names: cities, the cities of whole provinces, or just other places."""

    cities: int = 0
    provinces: int = 0
    elsewhere: bool = False


class _Place(NamedTuple):
    name: str
    mask: int
    province: bool


def short_name(name: str) -> str:
    """Return a region's name as people say it."""
    return _SUFFIX.sub("", name)


class Gazetteer:
    """Looks for the names of all provinces and cities of a region tree."""

    def __init__(self, regions: RegionTree) -> None:
        provinces = [_Place(short_name(regions.name(code)), regions.masks[code], True) for code in regions.provinces]
        cities = [_Place(short_name(regions.name(code)), regions.masks[code], False) for code in regions.cities]
        places: dict[str, list[_Place]] = {word: [] for word in (*_OTHER_PLACES, *_ABROAD)}
        for place in (*provinces, *cities):
            places.setdefault(place.name, []).append(place)
        self._places = list(places.items())
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(places), MATCH_KIND_LEFTMOST_LONGEST)

    def named(self, texts: Iterable[str]) -> Named:
        """Return what some texts name together; a street called after a city does not count."""
        text = "\n".join(texts)
        cities = provinces = 0
        elsewhere = False
        for _, end, index in self._automaton.find(text):
            word, places = self._places[index]
            elsewhere |= not places and word not in _ABROAD
            for place in [] if _STREET.match(text, end) else places:
                if place.province:
                    provinces |= place.mask
                elif not text.startswith("省", end):
                    cities |= place.mask
        return Named(cities, provinces, elsewhere)
