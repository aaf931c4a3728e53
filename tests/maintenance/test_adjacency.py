"""The committed neighbours, without the outlines that they were made from, against what an atlas says."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from campaigncheck.catalogue.files import RuleFiles, builtin_rules
from campaigncheck.catalogue.tables import load_regions
from campaigncheck.maintenance.adjacency import CROSSINGS, NEWER

TABLE = builtin_rules() / "adjacency.csv"
REGIONS = load_regions(RuleFiles.at(None))
NAMES = {code: REGIONS.name(code) for code in REGIONS.cities}
SICHUAN = """
成都: 德阳 眉山 雅安 资阳 阿坝
自贡: 泸州 内江 乐山 眉山 宜宾
攀枝花: 凉山 丽江 楚雄
泸州: 重庆 自贡 内江 宜宾 遵义 毕节 昭通
德阳: 成都 绵阳 遂宁 资阳 阿坝
绵阳: 德阳 广元 遂宁 南充 阿坝 陇南
广元: 绵阳 南充 巴中 汉中 陇南
遂宁: 重庆 德阳 绵阳 南充 广安 资阳
内江: 重庆 自贡 泸州 眉山 资阳
乐山: 自贡 眉山 宜宾 雅安 凉山
南充: 绵阳 广元 遂宁 广安 达州 巴中
眉山: 成都 自贡 内江 乐山 雅安 资阳
宜宾: 自贡 泸州 乐山 凉山 昭通
广安: 重庆 遂宁 南充 达州
达州: 重庆 南充 广安 巴中 汉中 安康
雅安: 成都 乐山 眉山 阿坝 甘孜 凉山
巴中: 广元 南充 达州 汉中
资阳: 重庆 成都 德阳 遂宁 内江 眉山
阿坝: 成都 德阳 绵阳 雅安 甘孜 陇南 甘南 果洛
甘孜: 雅安 阿坝 凉山 迪庆 昌都 果洛 玉树
凉山: 攀枝花 乐山 宜宾 雅安 甘孜 昆明 昭通 丽江 楚雄 迪庆
重庆: 泸州 遂宁 内江 广安 达州 资阳 遵义 铜仁 湘西 恩施 神农架 十堰 安康
"""
DELTA = """
上海: 苏州 南通 嘉兴 舟山
南京: 常州 扬州 镇江 马鞍山 滁州 宣城
无锡: 常州 苏州 泰州 湖州 宣城
徐州: 连云港 宿迁 淮北 宿州 枣庄 济宁 临沂 菏泽
常州: 南京 无锡 镇江 泰州 宣城
苏州: 上海 无锡 南通 泰州 嘉兴 湖州
南通: 上海 苏州 盐城 泰州
连云港: 徐州 淮安 盐城 宿迁 日照 临沂
淮安: 连云港 盐城 扬州 宿迁 滁州
盐城: 南通 连云港 淮安 扬州 泰州
扬州: 南京 淮安 盐城 镇江 泰州 滁州
镇江: 南京 常州 扬州 泰州
泰州: 无锡 常州 苏州 南通 盐城 扬州 镇江
宿迁: 徐州 连云港 淮安 蚌埠 滁州 宿州
杭州: 嘉兴 湖州 绍兴 金华 衢州 黄山 宣城
宁波: 嘉兴 绍兴 台州 舟山
温州: 台州 丽水 宁德
嘉兴: 上海 苏州 杭州 宁波 湖州 绍兴
湖州: 无锡 苏州 杭州 嘉兴 宣城
绍兴: 杭州 宁波 嘉兴 金华 台州
金华: 杭州 绍兴 衢州 台州 丽水
衢州: 杭州 金华 丽水 黄山 南平 上饶
舟山: 上海 宁波
台州: 宁波 温州 绍兴 金华 丽水
丽水: 温州 金华 衢州 台州 南平 宁德
"""
ELSEWHERE = """
北京: 天津 承德 张家口 保定 廊坊
威海: 烟台
厦门: 泉州 漳州
深圳: 东莞 惠州 中山 香港
珠海: 中山 江门 澳门
海口: 澄迈 定安 文昌
仙桃: 武汉 孝感 荆州 潜江 天门
济源: 洛阳 焦作 运城 晋城
五家渠: 乌鲁木齐 昌吉
新星: 哈密
白杨: 塔城
草湖: 喀什
香港: 深圳
澳门: 珠海
"""
APART = """
成都 宜宾
成都 绵阳
成都 内江
成都 重庆
南充 重庆
杭州 宁波
杭州 上海
上海 无锡
上海 宁波
南京 无锡
海口 湛江
大连 烟台
珠海 香港
香港 澳门
"""


def pairs() -> list[tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [(row["city"], row["neighbour"]) for row in csv.DictReader(lines)]


PAIRS = pairs()
BESIDE = {
    code: {right if left == code else left for left, right in PAIRS if code in (left, right)} for code in REGIONS.cities
}


def city(start: str) -> str:
    """Return the code of the one city whose name starts so."""
    (code,) = (code for code, name in NAMES.items() if name.startswith(start))
    return code


def listed(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.strip().splitlines():
        name, _, others = line.partition(": ")
        yield name, others.split()


def test_file_is_sorted_plain_text() -> None:
    content = TABLE.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.decode().splitlines()[0] == "city,neighbour"
    assert sorted(set(PAIRS)) == PAIRS


def test_pairs_are_of_cities_the_smaller_code_first() -> None:
    assert {code for pair in PAIRS for code in pair} <= set(REGIONS.cities)
    assert all(left < right for left, right in PAIRS)


def test_count_of_the_edition() -> None:
    assert len(PAIRS) == 974


def test_only_islands_have_no_neighbour() -> None:
    assert {NAMES[code] for code, others in BESIDE.items() if not others} == {"三沙市", "台湾省"}


def test_one_can_go_from_any_city_to_any_other_but_across_the_strait_of_hainan() -> None:
    seen, ahead = set(), [city("北京")]
    while ahead:
        code = ahead.pop()
        if code not in seen:
            seen.add(code)
            ahead += BESIDE[code]
    cut_off = {REGIONS.name(REGIONS.province(code)) for code in set(REGIONS.cities) - seen}
    assert cut_off == {"海南省", "台湾省"}


@pytest.mark.parametrize(
    ("name", "others"), [*listed(SICHUAN), *listed(DELTA), *listed(ELSEWHERE)], ids=lambda value: str(value)[:3]
)
def test_known_neighbours(name: str, others: list[str]) -> None:
    assert sorted(NAMES[code] for code in BESIDE[city(name)]) == sorted(NAMES[city(other)] for other in others)


@pytest.mark.parametrize(("text", "provinces"), [(SICHUAN, ["51", "50"]), (DELTA, ["31", "32", "33"])])
def test_the_lists_above_leave_out_no_city_of_their_provinces(text: str, provinces: list[str]) -> None:
    assert sorted(city(name) for name, _ in listed(text)) == [c for c in REGIONS.cities if c[:2] in provinces]


@pytest.mark.parametrize("line", APART.strip().splitlines())
def test_known_not_to_be_neighbours(line: str) -> None:
    left, right = map(city, line.split())
    assert right not in BESIDE[left]


def test_what_is_known_by_hand_is_in_the_table() -> None:
    assert {*CROSSINGS, *NEWER} <= set(PAIRS)
