"""Which places a text names."""

from __future__ import annotations

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.tables import load_regions
from campaigncheck.language.elsewhere import Gazetteer, Named, short_name

REGIONS = load_regions(RuleFiles.at(None))
GAZETTEER = Gazetteer(REGIONS)


def cities(*codes: str) -> int:
    return sum(REGIONS.masks[code] for code in codes)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("成都市", "成都"), ("四川省", "四川"), ("阿坝藏族羌族自治州", "阿坝"), ("西双版纳傣族自治州", "西双版纳"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"), ("博尔塔拉蒙古自治州", "博尔塔拉"), ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"), ("大兴安岭地区", "大兴安岭"), ("锡林郭勒盟", "锡林郭勒"), ("神农架林区", "神农架"),
        ("香港特别行政区", "香港"), ("琼中黎族苗族自治县", "琼中"), ("定安县", "定安"), ("张家口市", "张家口"),
    ],
)  # fmt: skip
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_no_short_name_of_a_city_is_shorter_than_two_characters() -> None:
    assert min(len(short_name(REGIONS.name(code))) for code in REGIONS.cities) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("德阳的价格不一样", Named(cities=cities("510600"))),
        ("德阳市、绵阳那边", Named(cities=cities("510600", "510700"))),
        ("阿坝州也在办", Named(cities=cities("513200"))),
        ("张家界和张家口", Named(cities=cities("430800", "130700"))),
        ("四川的客户", Named(provinces=REGIONS.masks["510000"])),
        ("重庆", Named(cities=cities("500000"), provinces=cities("500000"))),
        ("吉林省", Named(provinces=REGIONS.masks["220000"])),
        ("吉林市", Named(cities=cities("220200"), provinces=REGIONS.masks["220000"])),
        ("外地客户怎么办", Named(elsewhere=True)),
        ("和其他城市不同", Named(elsewhere=True)),
        ("德阳路营业厅、北京东路营业厅、南京大道", Named()),
        ("世界各地都能用", Named()),
        ("各地都能用", Named(elsewhere=True)),
        ("任何城市", Named()),
        ("", Named()),
    ],
)
def test_places_that_a_text_names(text: str, expected: Named) -> None:
    assert GAZETTEER.named([text]) == expected


def test_names_do_not_run_from_one_text_into_the_next() -> None:
    assert GAZETTEER.named(["功德", "阳光"]) == Named()
    assert GAZETTEER.named(["德阳", "外地"]) == Named(cities("510600"), 0, True)
