"""Regions are found by what people type; what may be several is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.places import find_places, short
from campaigncheck.catalogue.readings import first_initials, initials, readings, typed

TREE = load_catalogues(RuleFiles.at(None)).regions
CITIES = [code for code in TREE.regions if code in (COUNTRY, TREE.province(code), TREE.city(code))]


def found(text: str) -> list[str]:
    return [item.code for item in find_places(text, TREE)]


@pytest.mark.parametrize(
    ("typed_in", "codes"),
    [
        ("成都", ["510100"]),
        ("成都市", ["510100"]),
        ("成", ["510100"]),
        ("510100", ["510100"]),
        (" Chengdu ", ["510100"]),
        ("chengd", ["130800", "510100"]),
        ("cd", ["130800", "430700", "510100", "540300"]),
        ("四川", ["510000"]),
        ("凉山", ["513400"]),
        ("guangxi", ["450000"]),
        ("chongqing", ["500000"]),
        ("zhongqing", ["500000"]),
        ("cq", ["500000"]),
        ("changsha", ["430100"]),
        ("cs", ["430100"]),
        ("长沙县", ["430121"]),
        ("xi'an", ["220403", "231005", "610100"]),
        ("吉林", ["220000", "220200"]),
        ("武侯", ["510107"]),
        ("全国", ["000000"]),
        ("999999", []),
        ("nowhere", []),
        ("", []),
        ("'", []),
    ],
)
def test_a_region_is_found(typed_in: str, codes: list[str]) -> None:
    assert found(typed_in) == codes


def test_regions_of_one_name_are_told_apart_by_what_is_above_them() -> None:
    assert [item.name for item in find_places("朝阳", TREE)] == [
        "朝阳区（北京市）",
        "朝阳市（辽宁省）",
        "朝阳区（吉林省长春市）",
    ]


def test_a_county_that_its_province_administers_is_named_with_it() -> None:
    assert [item.name for item in find_places("仙桃", TREE)] == ["仙桃市（湖北省）"]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(CITIES))
def test_every_city_is_found_by_its_name_its_short_name_and_its_pinyin(code: str) -> None:
    name = TREE.name(code)
    assert code in found(name)
    assert code in found(short(name))
    assert all(code in found(way) for way in readings(short(name)))
    assert found(code) == [code]


def test_all_readings_of_a_character_count() -> None:
    assert {"chongqing", "zhongqing"} <= readings("重庆")
    assert {"cq", "zq"} <= initials("重庆")
    assert first_initials("四川") == "sc"
    assert typed("Xi'an ") == "xian"
    assert (readings(""), first_initials("")) == (frozenset(), "")
