"""Sets of cities against the rows of ``rules/regions.csv`` and against small made-up trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.regions import COUNTRY, Region, RegionTree
from tests.algebra.oracle import CITIES, PARENT, ROWS, city_of, expected

TREE = RegionTree.build(ROWS)
SOME = [COUNTRY, "510000", "510100", "510104", "513200", "310000", "310101", "429004", "420000", "469001", "460000",
        "460400", "441900", "440000", "650000", "659001", "659013", "710000", "810000", "820000", "500101"]  # fmt: skip
CODES = st.lists(st.sampled_from(SOME) | st.sampled_from(sorted(PARENT)), max_size=4)


def cities(mask: int) -> set[str]:
    return set(TREE.names(mask))


def test_the_cities_are_prefectures_municipalities_and_counties_of_provinces() -> None:
    assert set(TREE.cities) == CITIES
    assert list(TREE.cities) == sorted(TREE.cities)
    assert {"310000", "510100", "429004", "441900", "810000"} <= CITIES
    assert not {"310101", "510104", "510000", COUNTRY} & CITIES


def test_every_region_covers_its_cities() -> None:
    for code in PARENT:
        found = expected([code], [])
        assert cities(TREE.masks[code]) == found, code
        assert TREE.city(code) == (city_of(code) or (min(found) if len(found) == 1 else None)), code


@given(CODES, CODES)
def test_the_scope_is_what_is_included_and_not_excluded(include: list[str], exclude: list[str]) -> None:
    assert cities(TREE.scope(include, exclude)) == expected(include, exclude)


@given(CODES, CODES, CODES)
def test_including_more_adds_and_excluding_more_takes_away(one: list[str], two: list[str], three: list[str]) -> None:
    scope = TREE.scope(one, three)
    assert scope & TREE.scope([*one, *two], three) == scope
    assert scope | TREE.scope(one, [*two, *three]) == scope
    assert TREE.scope(one) | TREE.scope(two) == TREE.scope([*one, *two])


@pytest.mark.parametrize(
    ("include", "exclude", "scope"),
    [
        (["510104"], [], {"510100"}),
        (["510100"], ["510104"], {"510100"}),
        (["510104"], ["510104"], set()),
        (["510104", "510105"], ["510104"], {"510100"}),
        (["510104"], ["510100"], set()),
        (["310101"], [], {"310000"}),
        (["310000"], ["310101"], {"310000"}),
        (["429004"], [], {"429004"}),
        (["420000"], ["429004"], expected(["420000"], []) - {"429004"}),
        ([COUNTRY], [], CITIES),
        ([COUNTRY], [COUNTRY], set()),
        (["999999"], ["888888"], set()),
        ([], [], set()),
    ],
)
def test_the_readings_of_the_contract(include: list[str], exclude: list[str], scope: set[str]) -> None:
    assert cities(TREE.scope(include, exclude)) == scope


@given(st.sets(st.sampled_from(sorted(CITIES)), max_size=30) | CODES.map(lambda codes: expected(codes, [])))
def test_a_cover_is_the_same_cities_with_no_province_written_out(wanted: set[str]) -> None:
    mask = TREE.scope(wanted)
    cover = TREE.cover(mask)
    assert set().union(*(expected([code], []) for code in cover)) == wanted == cities(mask)
    whole = {code for code in PARENT if PARENT[code] == COUNTRY and expected([code], []) <= wanted}
    assert cover == ([COUNTRY] if wanted == CITIES else sorted(whole | (wanted - expected(sorted(whole), []))))


@pytest.mark.parametrize("code", SOME)
def test_the_province_is_two_digits_of_the_code(code: str) -> None:
    assert TREE.province(code) == code[:2] + "0000"


def test_names() -> None:
    assert (TREE.name("510100"), TREE.name("999999")) == ("成都市", "999999")


def test_a_tree_with_faults_is_refused() -> None:
    country = Region(COUNTRY, "全国", "")
    with pytest.raises(ValueError, match="110000 is listed twice"):
        RegionTree.build([country, Region("110000", "甲", COUNTRY), Region("110000", "乙", COUNTRY)])
    with pytest.raises(ValueError, match="region 120101: its parent 120000"):
        RegionTree.build([country, Region("120101", "和平区", "120000")])
