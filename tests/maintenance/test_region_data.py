"""The committed table of regions, without the packages that it was made from."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[2] / "rules"
COUNTRY = "000000"
REGIONS_FILE, FORMER_FILE = RULES / "regions.csv", RULES / "regions-former.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


REGIONS = {row["code"]: row for row in rows(REGIONS_FILE)}
FORMER = {row["code"]: row for row in rows(FORMER_FILE)}


def level(code: str) -> str:
    if code == COUNTRY:
        return "country"
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def chain(code: str) -> list[str]:
    """Return the ancestors of a code, at most as many as there are levels."""
    found: list[str] = []
    while (code := REGIONS[code]["parent"]) and len(found) < 4:
        found.append(code)
    return found


@pytest.mark.parametrize(
    ("path", "header"),
    [(REGIONS_FILE, "code,name,parent"), (FORMER_FILE, "code,name,left,successors")],
    ids=["current", "former"],
)
def test_file_is_sorted_plain_text(path: Path, header: str) -> None:
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.decode().splitlines()[0] == header
    codes = [row["code"] for row in rows(path)]
    assert codes == sorted(set(codes))
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert all(row["name"] and row["name"] == row["name"].strip() for row in rows(path))


def test_counts_of_the_edition() -> None:
    assert Counter(map(level, REGIONS)) == {"country": 1, "province": 34, "prefecture": 333, "county": 2847}


def test_country_comes_first() -> None:
    assert next(iter(REGIONS.values())) == {"code": COUNTRY, "name": "全国", "parent": ""}


def test_every_parent_exists_without_cycles() -> None:
    for code, row in REGIONS.items():
        assert code == COUNTRY or row["parent"] in REGIONS
        assert code == COUNTRY or chain(code)[-1] == COUNTRY


def test_parents_are_of_the_level_above() -> None:
    above = {
        "province": {"country"},
        "prefecture": {"province"},
        "county": {"prefecture", "province"},
    }
    for code, row in REGIONS.items():
        if code != COUNTRY:
            assert level(row["parent"]) in above[level(code)]
            assert level(code) == "province" or row["parent"][:2] == code[:2]


def test_a_county_hangs_on_its_province_only_where_no_prefecture_has_its_code() -> None:
    for code, row in REGIONS.items():
        if level(code) == "county":
            prefecture = code[:4] + "00"
            assert row["parent"] == (prefecture if prefecture in REGIONS else code[:2] + "0000")


def test_no_collective_level_is_listed() -> None:
    names = {row["name"] for row in REGIONS.values()}
    assert not {"市辖区", "县"} & names
    assert not [name for name in names if "直辖" in name]


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("510000", "四川省", "000000"),
        ("510100", "成都市", "510000"),
        ("513200", "阿坝藏族羌族自治州", "510000"),
        ("510117", "郫都区", "510100"),
        ("110101", "东城区", "110000"),
        ("429004", "仙桃市", "420000"),
        ("441900", "东莞市", "440000"),
        ("469001", "五指山市", "460000"),
        ("500157", "两江新区", "500000"),
        ("653132", "岑岭县", "653100"),
        ("659001", "石河子市", "650000"),
        ("659013", "草湖市", "650000"),
        ("710000", "台湾省", "000000"),
        ("810000", "香港特别行政区", "000000"),
        ("820000", "澳门特别行政区", "000000"),
    ],
)
def test_known_region(code: str, name: str, parent: str) -> None:
    assert REGIONS[code] == {"code": code, "name": name, "parent": parent}


@pytest.mark.parametrize(
    ("province", "prefectures"),
    [("510000", 21), ("440000", 21), ("110000", 0), ("500000", 0), ("650000", 14)],
)
def test_prefectures_of_a_province(province: str, prefectures: int) -> None:
    inside = [c for c, row in REGIONS.items() if row["parent"] == province and level(c) == "prefecture"]
    assert len(inside) == prefectures


def test_no_former_code_is_current() -> None:
    assert not FORMER.keys() & REGIONS.keys()


def test_every_successor_is_current() -> None:
    for row in FORMER.values():
        successors = row["successors"].split()
        assert set(successors) <= REGIONS.keys()
        assert successors == sorted(set(successors))


def test_successors_stay_in_the_province_or_in_one_split_from_it() -> None:
    split = {"51": {"51", "50"}, "44": {"44", "46"}}
    for code, row in FORMER.items():
        assert {heir[:2] for heir in row["successors"].split()} <= split.get(code[:2], {code[:2]})


def test_years_are_plausible() -> None:
    assert {row["left"] for row in FORMER.values()} <= {"", *map(str, range(1984, 2027))}
    assert sum(not row["left"] for row in FORMER.values()) < 40


def test_nearly_all_former_codes_have_successors() -> None:
    assert len(FORMER) > 2700
    assert sum(not row["successors"] for row in FORMER.values()) <= 20


@pytest.mark.parametrize(
    ("code", "name", "left", "successors"),
    [
        ("110103", "崇文区", "2010", "110101"),
        ("110104", "宣武区", "2010", "110102"),
        ("110228", "密云县", "2015", "110118"),
        ("110229", "延庆县", "2015", "110119"),
        ("120107", "塘沽区", "2009", "120116"),
        ("220381", "公主岭市", "2020", "220184"),
        ("310103", "卢湾区", "2011", "310101"),
        ("310108", "闸北区", "2015", "310106"),
        ("310119", "南汇区", "2009", "310115"),
        ("310230", "崇明县", "2016", "310151"),
        ("320503", "平江区", "2012", "320508"),
        ("330103", "下城区", "2021", "330105"),
        ("330104", "江干区", "2021", "330102 330114"),
        ("371200", "莱芜市", "2018", "370116 370117"),
        ("500105", "江北区", "2025", "500157"),
        ("510124", "郫县", "2016", "510117"),
        ("510132", "新津县", "2020", "510118"),
        ("511200", "万县市", "1997", None),
        ("540422", "米林县", "2023", "540481"),
    ],
)
def test_known_former_code(code: str, name: str, left: str, successors: str | None) -> None:
    row = FORMER[code]
    assert (row["name"], row["left"]) == (name, left)
    assert successors is None or row["successors"] == successors


@pytest.mark.parametrize(
    ("code", "successors"),
    [("110100", "110000"), ("310200", "310151"), ("429000", "429004 429005 429006 429021")],
)
def test_collective_codes_lead_to_their_places(code: str, successors: str) -> None:
    assert FORMER[code]["successors"] == successors
