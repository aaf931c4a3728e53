"""Make the example network: halls, their hours and the hotlines, all of it made up.

Usage: python benchmarks/make_network.py rules/network

The same program always writes the same bytes: the choices come from hand-written tables and from a
random generator seeded with the name of the hall or hotline they belong to, so that adding one hall
leaves the others as they were. No figure is measured; every row of hours.csv says `assumed`.
"""

import argparse
import csv
import math
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 20261201
DAY_TYPES = ("workday", "weekend", "holiday", "month_edge")

# Share of the counters' time that is taken, by hour from 9 to 17, before the hall's own level.
HALL_LOAD = {
    "workday": (0.52, 0.76, 0.74, 0.58, 0.50, 0.58, 0.75, 0.72, 0.53),
    "weekend": (0.52, 0.72, 0.77, 0.62, 0.55, 0.66, 0.75, 0.66, 0.50),
    "holiday": (0.44, 0.62, 0.66, 0.56, 0.49, 0.58, 0.64, 0.56, 0.43),
    "month_edge": (0.58, 0.82, 0.80, 0.63, 0.54, 0.64, 0.81, 0.77, 0.57),
}
LUNCH = (12, 13)
LOAD_LIMITS = (0.40, 0.85)

# Calls of an hour as a share of the busiest one, by hour from 8 to 19.
CALL_PROFILE = (0.45, 0.80, 1.00, 0.95, 0.70, 0.65, 0.80, 0.92, 0.90, 0.75, 0.60, 0.50)
CALL_LEVEL = {"workday": 1.0, "weekend": 0.85, "holiday": 0.75, "month_edge": 1.15}

# Prefix of the hall ids: code of the city, its short name, and its halls as name:counters, with the
# code of a district where a hall is to be filed under one.
SICHUAN = {
    "sc-cd": (
        "510100",
        "成都",
        "春熙路:8:510104 宽窄巷:6:510105 火车北站:7:510106 红牌楼:6:510107 建设路:6 龙泉驿:5 双流:5",
    ),
    "sc-my": ("510700", "绵阳", "涪城:6 科创园:5 游仙:4 安州:3 江油:4 三台:3"),
    "sc-dy": ("510600", "德阳", "旌阳:5 文庙:4 罗江:3 广汉:4 绵竹:3 什邡:3"),
    "sc-yb": ("511500", "宜宾", "翠屏:5 南岸:5 叙州:4 南溪:3 江安:3 长宁:3"),
    "sc-nc": ("511300", "南充", "顺庆:6 五星:5 高坪:4 嘉陵:4 阆中:4 南部:3"),
    "sc-lz": ("510500", "泸州", "江阳:5 城西:4 龙马潭:4 纳溪:3 泸县:3 合江:3"),
    "sc-ls": ("511100", "乐山", "市中:5 青江:4 五通桥:3 沙湾:3 峨眉山:4 犍为:3"),
    "sc-zg": ("510300", "自贡", "自流井:4 富顺:3"),
    "sc-pzh": ("510400", "攀枝花", "炳草岗:4"),
    "sc-gy": ("510800", "广元", "利州:4 苍溪:3"),
    "sc-sn": ("510900", "遂宁", "船山:4 射洪:3"),
    "sc-nj": ("511000", "内江", "东兴:4 威远:3"),
    "sc-ms": ("511400", "眉山", "东坡:4 仁寿:3"),
    "sc-ga": ("511600", "广安", "城南:4"),
    "sc-dz": ("511700", "达州", "通川:5 宣汉:3"),
    "sc-ya": ("511800", "雅安", "雨城:3"),
    "sc-bz": ("511900", "巴中", "巴州:4"),
    "sc-zy": ("512000", "资阳", "雁江:4 安岳:3"),
    "sc-ab": ("513200", "阿坝", "马尔康:2"),
    "sc-gz": ("513300", "甘孜", "康定:2"),
    "sc-xc": ("513400", "凉山", "西昌:4 会理:3"),
}
ZHEJIANG = {
    "zj-hz": ("330100", "杭州", "湖滨:7:330102 文三路:6:330106 滨江:5:330108 萧山:6:330109"),
    "zj-nb": ("330200", "宁波", "天一:6 江北:5 鄞州:5 慈溪:4"),
    "zj-wz": ("330300", "温州", "五马街:6 龙湾:4 瓯海:4 瑞安:4"),
    "zj-jh": ("330700", "金华", "江南:5 婺城:4 义乌:5 东阳:4"),
    "zj-jx": ("330400", "嘉兴", "南湖:5 桐乡:4"),
    "zj-huz": ("330500", "湖州", "吴兴:4 长兴:3"),
    "zj-sx": ("330600", "绍兴", "越城:5 诸暨:4"),
    "zj-qz": ("330800", "衢州", "柯城:4"),
    "zj-zs": ("330900", "舟山", "定海:3"),
    "zj-tz": ("331000", "台州", "椒江:5 温岭:4"),
    "zj-ls": ("331100", "丽水", "莲都:4"),
}
SHANGHAI = {
    "sh-hp": ("310101", "上海", "黄浦:7"),
    "sh-xh": ("310104", "上海", "徐汇:7"),
    "sh-cn": ("310105", "上海", "长宁:5"),
    "sh-ja": ("310106", "上海", "静安:6"),
    "sh-yp": ("310110", "上海", "杨浦:6"),
    "sh-mh": ("310112", "上海", "闵行:6"),
    "sh-bs": ("310113", "上海", "宝山:5"),
    "sh-jd": ("310114", "上海", "嘉定:5"),
    "sh-pd": ("310115", "上海", "浦东:8"),
    "sh-sj": ("310117", "上海", "松江:4"),
}
# Province: calls in the busiest hour of a workday, mean talk time in seconds.
HOTLINES = {"510000": (1900, 196), "330000": (1600, 188), "310000": (1200, 182)}

HALL_FIELDS = ("hall", "name", "region")
HOUR_FIELDS = (
    "hall",
    "day_type",
    "hour",
    "counters",
    "arrivals_premium",
    "arrivals_other",
    "service_mean",
    "service_scv",
    "source",
)
HOTLINE_FIELDS = ("region", "day_type", "hour", "agents", "calls", "talk_mean")

Row = tuple[str | int | float, ...]


class Hall(NamedTuple):
    """A business hall and the counters it opens on an ordinary day."""

    id: str
    name: str
    region: str
    counters: int


class Character(NamedTuple):
    """What sets one hall apart from the next."""

    level: float
    premium_share: float
    service_mean: float
    service_scv: float


def halls() -> Iterator[Hall]:
    """Every hall of the three provinces, in the order of the tables."""
    for table in (SICHUAN, ZHEJIANG, SHANGHAI):
        for prefix, (region, city, entries) in table.items():
            for number, entry in enumerate(entries.split(), start=1):
                yield make_hall(f"{prefix}-{number:03}", region, city, entry)


def make_hall(hall_id: str, region: str, city: str, entry: str) -> Hall:
    """A hall from an entry `name:counters` or `name:counters:region`."""
    name, counters, *own_region = entry.split(":")
    code = own_region[0] if own_region else region
    return Hall(hall_id, f"{city}{name}营业厅", code, int(counters))


def character(hall: Hall) -> Character:
    """The hall's own level of load, share of premium customers and service time."""
    chance = random.Random(f"{SEED}/{hall.id}")
    small = 0.88 if hall.counters <= 3 else 1.0  # few counters need more slack for the same wait
    return Character(
        level=small * chance.uniform(0.93, 1.06),
        premium_share=chance.uniform(0.14, 0.30),
        service_mean=round(chance.uniform(5.0, 6.4), 1),
        service_scv=round(chance.uniform(0.50, 0.90), 2),
    )


def open_counters(hall: Hall, day_type: str, hour: int) -> int:
    """One counter fewer at lunch and on holidays, one more around the turn of the month."""
    change = {"holiday": -1, "month_edge": 1}.get(day_type, 0) - (hour in LUNCH)
    return max(2, hall.counters + change) if hall.counters > 2 else 2


def hour_rows(hall: Hall) -> Iterator[Row]:
    """A hall's rows for every type of day and hour."""
    own = character(hall)
    for day_type in DAY_TYPES:
        for hour, load in enumerate(HALL_LOAD[day_type], start=9):
            yield hour_row(hall, own, day_type, hour, load)


def hour_row(hall: Hall, own: Character, day_type: str, hour: int, load: float) -> Row:
    """Arrivals that fill the open counters to the hall's share of their time."""
    low, high = LOAD_LIMITS
    counters = open_counters(hall, day_type, hour)
    arrivals = min(high, max(low, load * own.level)) * counters * 60 / own.service_mean
    premium = round(arrivals * own.premium_share, 1)
    other = round(arrivals - premium, 1)
    service = (own.service_mean, own.service_scv)
    return (hall.id, day_type, hour, counters, premium, other, *service, "assumed")


def hotline_rows(region: str) -> Iterator[Row]:
    """A hotline's rows, with agents by the square-root rule: nearly everybody is answered at once."""
    busiest, talk_mean = HOTLINES[region]
    for day_type in DAY_TYPES:
        for hour, share in enumerate(CALL_PROFILE, start=8):
            calls = round(busiest * share * CALL_LEVEL[day_type])
            offered = calls * talk_mean / 3600
            agents = math.ceil(offered + 1.5 * math.sqrt(offered))
            yield region, day_type, hour, agents, calls, talk_mean


def write_table(path: Path, fields: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write a CSV file in UTF-8 with plain line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


def write_network(directory: Path) -> None:
    """Write the three tables into a directory, which is made if need be."""
    directory.mkdir(parents=True, exist_ok=True)
    network = list(halls())
    listed = ((hall.id, hall.name, hall.region) for hall in network)
    write_table(directory / "halls.csv", HALL_FIELDS, listed)
    hours = (row for hall in network for row in hour_rows(hall))
    write_table(directory / "hours.csv", HOUR_FIELDS, hours)
    calls = (row for region in HOTLINES for row in hotline_rows(region))
    write_table(directory / "hotline.csv", HOTLINE_FIELDS, calls)


def main() -> None:
    """Read the output directory from the command line and write the network there."""
    parser = argparse.ArgumentParser(description="Make the example network (made-up data).")
    parser.add_argument("directory", type=Path, help="where the CSV files go, such as rules/network")
    write_network(parser.parse_args().directory)


if __name__ == "__main__":
    main()
