"""The tables of halls and hotlines: what they say hour by hour, and each way in which they can be wrong, with its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import HOURLY, load_catalogues
from campaigncheck.catalogue.network import HOTLINE_COLUMNS, HOUR_COLUMNS, Network, load_network
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.tables import load_regions
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.messages import Lang

REGIONS = load_regions(RuleFiles.at(None))
HALLS = "hall,name,region\nnear,近的厅,510104\nfar,远的厅,510105\nidle,没有数据的厅,510106\n"
HOURS = (
    "near,workday,9,2,1,5,5,0.8,measured",
    "near,workday,10,3,2,6,5,0.8,measured",
    "near,weekend,10,1,0,2,6,1,assumed",
    "far,workday,8,1,0.5,3,4.5,0.5,measured",
)
BAD = "这一行有问题："
KINDS = "workday, weekend, holiday, month_edge"
HEAD = ",".join(HOUR_COLUMNS) + "\n"
HEADER = f"表头应当是“{HEAD.strip()}”"
COLUMNS = f"请改正这一行，列依次是 {HEAD.strip()}。"
A_DATE = "像是表格软件把它变成了日期：把这一列设成“常规”，填回数字再导出。"
NOT_KNOWN = "这是“算不出来”的标记，不是数：没有人来就写 0，没有数据就删掉这家厅的行。"
UNIT = "查一下单位：人数和电话按每小时，service_mean 是分钟，talk_mean 是秒。"
SERVICE = "填一笔业务平均几分钟；不知道可以先填估计值，source 写 assumed。"
SOURCE = "实测的写 measured，估计的写 assumed。"
HOLE = "补上缺的行；那时不营业就写 counters（热线写 agents）为 0、没有人来。"
CUT = f"文件像是在这里断了：请重新导出，或者补全这一行和后面的行，列依次是 {HEAD.strip()}。"
SEPARATOR = f"多半是数字里写了千位分隔符（如 1,200），请去掉；列依次是 {HEAD.strip()}。"
LINES = ("510000,workday,8,20,300,180", "510000,workday,9,25,400,180")


def network(
    folder: Path, hours: tuple[str, ...] = HOURS, lines: tuple[str, ...] = LINES, halls: str = HALLS
) -> Network:
    """Load tables with these rows."""
    place = folder / "network"
    place.mkdir(parents=True)
    (place / "halls.csv").write_text(halls, encoding="utf-8")
    (place / "hours.csv").write_text("\n".join((",".join(HOUR_COLUMNS), *hours)) + "\n", encoding="utf-8")
    (place / "hotline.csv").write_text("\n".join((",".join(HOTLINE_COLUMNS), *lines)) + "\n", encoding="utf-8")
    return load_network(RuleFiles.at(folder), REGIONS)


def wrong(folder: Path, *, hours: tuple[str, ...] = (), lines: tuple[str, ...] = ()) -> list[tuple[str, int, int, str]]:
    """Return what is wrong with further rows: file, line, column and Chinese message."""
    return told(network(folder, (*HOURS, *hours), (*LINES, *lines)))


def told(found: Network) -> list[tuple[str, int, int, str]]:
    """Return the faults of a network: file, line, column and Chinese message."""
    problems = [fault.problem for fault in found.faults]
    return [
        (Path(item.path).name, item.place.line, item.place.column, item.message.render("zh").removeprefix(BAD))
        for item in problems
    ]


def hints(found: Network, lang: Lang = "zh") -> list[str]:
    """Return the hints of a network's faults."""
    return [fault.problem.hint.render(lang) for fault in found.faults]


def left_out(found: Network) -> dict[str, list[str]]:
    """Return which halls are left out on which types of day."""
    every = {hall: found.left_out(hall) for hall in found.hall_hours.halls}
    return {hall: [DAY_TYPES[kind] for kind in kinds] for hall, kinds in every.items() if kinds}


def test_hours_are_laid_out_by_hall_type_of_day_and_hour(tmp_path: Path) -> None:
    hours = network(tmp_path).hall_hours
    assert (dict(hours.halls), hours.first, hours.counters.shape) == ({"near": 0, "far": 1}, 8, (2, 4, 3))
    assert hours.counters[0].tolist() == [[0, 2, 3], [0, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert hours.arrivals[0, 0].tolist() == [0, 6, 8]
    assert (hours.mean[1, 0, 0], hours.scv[1, 0, 0]) == (4.5, 0.5)
    assert hours.assumed.tolist() == [True, False]  # one assumed row is enough


def test_hotlines_are_laid_out_by_region_type_of_day_and_hour(tmp_path: Path) -> None:
    lines = network(tmp_path).hotline_hours
    assert (dict(lines.regions), lines.agents.shape) == ({"510000": 0}, (1, 4, 24))
    assert np.flatnonzero(lines.agents[0, 0]).tolist() == [8, 9]
    assert (lines.calls[0, 0, 9], lines.talk[0, 0, 9]) == (400, 180)


def test_opening_hours_are_those_with_an_open_counter(tmp_path: Path) -> None:
    found = network(tmp_path)
    assert {name: hall.hours for name, hall in found.halls.items()} == {
        "near": (540, 660), "far": (480, 540), "idle": None,
    }  # fmt: skip
    assert dict(found.hotline) == {"510000": (480, 600)}


def test_without_tables_there_is_no_network(tmp_path: Path) -> None:
    found = load_network(RuleFiles.at(tmp_path), REGIONS)
    assert (dict(found.halls), found.hall_hours.counters.shape, found.hotline_hours.calls.shape) == (
        {}, (0, 4, 0), (0, 4, 24),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "message", "hint"),
    [
        ("gone,workday,9,1,1,1,5,1,measured", 1, "营业厅“gone”不在 halls.csv 里", "在 halls.csv 里加上它，或者改正这里的编号。"),
        ("fat,workday,9,1,1,1,5,1,measured", 1, "营业厅“fat”不在 halls.csv 里", "是不是 far？不是的话，在 halls.csv 里加上它。"),
        (",workday,9,1,1,1,5,1,measured", 1, "hall 是空的", "在 halls.csv 里加上它，或者改正这里的编号。"),
        ("far,monday,9,1,1,1,5,1,measured", 5, f"“monday”不是日子的种类（{KINDS}）", "是不是想写 workday？"),
        ("far,周末,9,1,1,1,5,1,measured", 5, f"“周末”不是日子的种类（{KINDS}）", "是不是想写 weekend？"),
        ("far,workday,24,1,1,1,5,1,measured", 13, "“24”不是 0 到 23 点", "只写钟头的数字，例如 9。"),
        ("far,workday,9:00,1,1,1,5,1,measured", 13, "“9:00”不是 0 到 23 点", "只写钟头的数字，例如 9。"),
        ("far,workday,1-Sep,1,1,1,5,1,measured", 13, "“1-Sep”不是 0 到 23 点", A_DATE),
        ("far,workday,9,1,-1,1,5,1,measured", 17, "“-1”不是 0 以上的数", "人数、柜台和时间不会是负数：查一下导出的程序。"),
        ("far,workday,9,1,nan,1,5,1,measured", 17, "“nan”不是 0 以上的数", NOT_KNOWN),
        ("far,workday,9,1,1,inf,5,1,measured", 19, "“inf”不是 0 以上的数", NOT_KNOWN),
        ("far,workday,9,1,many,1,5,1,measured", 17, "“many”不是 0 以上的数", COLUMNS),
        ("far,workday,9,1,1_0,1,5,1,measured", 17, "“1_0”不是 0 以上的数", COLUMNS),
        ("far,workday,9,1,,1,5,1,measured", 17, "arrivals_premium 是空的", "填上；没有人来就写 0。"),
        ("far,workday,9,1,１２.5,1,5,1,measured", 17, "“１２.5”不是 0 以上的数", "数字用半角：12.5。"),
        ('far,workday,9,1,1,"1,200",5,1,measured', 19, "“1,200”不是 0 以上的数", "去掉千位分隔符：1200。"),
        ("far,workday,9,1,1,9月5日,5,1,measured", 19, "“9月5日”不是 0 以上的数", A_DATE),
        ("far,workday,9,1,1,1,2027/5/8,1,measured", 21, "“2027/5/8”不是 0 以上的数", A_DATE),
        ("far,workday,9,1,1,1,#DIV/0!,1,measured", 21, "“#DIV/0!”不是 0 以上的数", "这是表格公式的出错标记：改好公式再导出。"),
        ("far,workday,9,1.5,1,1,5,1,measured", 15, "counters 是“1.5”，应当是整数", COLUMNS),
        ("far,workday,9,0,1,1,5,1,measured", 15, "有客户来，却没有开着的柜台", "写上开几个柜台；如果不营业，来客也要写 0。"),
        ("far,workday,9,1001,1,1,5,1,measured", 15, "counters 是“1001”，大得不像真的（最多 1000）", UNIT),
        ("far,workday,9,1,1,1e300,5,1,measured", 19, "arrivals_other 是“1e300”，大得不像真的（最多 20000）", UNIT),
        ("far,workday,9,1,1,1,0,1,measured", 21, "有人在办，service_mean 却是 0", SERVICE),
        ("far,workday,9,1,1,1,5,101,measured", 23, "service_scv 是“101”，大得不像真的（最多 100）", UNIT),
        ("far,workday,9,1,1,1,5,1,guessed", 25, "“guessed”不是数据来源（measured, assumed）", SOURCE),
        ("far,workday,8,1,1,1,5,1,measured", 13, "“far,workday,8”已经出现过", "第 5 行是同一个钟头，留一行。"),
        ("near,workday,12,1,1,1,5,1,measured", 14, "缺 11 点这一行：前后两个钟头都有", HOLE),
        ("near,workday,13,1,1,1,5,1,measured", 14, "缺 11 点到 12 点这几行：前后的钟头都有", HOLE),
        ("far,workday,9,1", 1, "有 4 列，应当是 9 列", CUT),
        ("far,workday,9,1,1,1,200,5,1,measured", 1, "有 10 列，应当是 9 列", SEPARATOR),
        ("far，workday，9，1，1，1，5，1，measured", 1, "有 1 列，应当是 9 列", "列与列之间要用半角的“,”，不是“，”。"),
        ('far,"workday,9,1,1,1,5,1,measured', 1, "引号没有成对", "补上或删掉这一行的双引号；名称里要写双引号，就写两个。"),
    ],
)  # fmt: skip
def test_each_mistake_in_hours_is_told_with_its_cell(
    row: str, column: int, message: str, hint: str, tmp_path: Path
) -> None:
    found = network(tmp_path, (*HOURS, row))
    assert (told(found), hints(found)) == ([("hours.csv", 6, column, message)], [hint])
    assert "near" not in left_out(found) or row.startswith("near")


def test_faults_are_told_in_english_too(tmp_path: Path) -> None:
    found = network(tmp_path, (*HOURS, "far,workday,9,1,-1,1,5,1,measured"))
    assert [fault.problem.message.render("en") for fault in found.faults] == [
        "there is something wrong with this row: “-1” is no number from 0 on"
    ]
    assert hints(found, "en") == ["People, counters and minutes are never negative: look at the export."]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    rows = (
        "far,workday,9,x,-1,1,5,1,measured",
        "gone,workday,9,1,1,1,5,1,measured",
        "gone,workday,10,1,1,1,5,1,measured",
    )
    found = wrong(tmp_path, hours=rows, lines=("510000,workday,10,0,5,180", "99,workday,10,5,5,180"))
    assert [item[:3] for item in found] == [
        ("hotline.csv", 4, 19), ("hotline.csv", 5, 1), ("hours.csv", 6, 15), ("hours.csv", 6, 17), ("hours.csv", 7, 1),
        ("hours.csv", 8, 1),
    ]  # fmt: skip


def test_a_faulty_row_takes_out_its_hall_on_its_type_of_day_and_nothing_else(tmp_path: Path) -> None:
    rows = (*HOURS[:2], "near,weekend,10,1,0,-2,6,1,assumed", *HOURS[3:])
    found, whole = network(tmp_path, rows), network(tmp_path / "whole")
    assert left_out(found) == {"near": ["weekend"]}
    for part in ("counters", "premium", "other", "mean", "scv"):
        ours, theirs = getattr(found.hall_hours, part), getattr(whole.hall_hours, part).copy()
        theirs[0, 1] = 0
        assert (ours == theirs).all()
    assert found.halls == whole.halls  # opening hours are still known


@pytest.mark.parametrize(
    ("row", "out"),
    [
        ("near,someday,9,1,1,1,5,1,measured", list(DAY_TYPES)),  # nobody knows which day it was meant to be
        ("near,holiday,9,1,1,1,5,1,guessed", ["holiday"]),
        ("near,holiday,9,1", ["holiday"]),
        ("near", list(DAY_TYPES)),
    ],
)
def test_what_a_row_does_not_say_is_left_out_altogether(row: str, out: list[str], tmp_path: Path) -> None:
    assert left_out(network(tmp_path, (*HOURS, row))) == {"near": out}


@pytest.mark.parametrize(
    ("at", "row", "out"),
    [
        (0, "naer,workday,9,2,1,5,5,0.8,measured", {"near": ["workday"]}),  # the first hour of a day, its hall mistyped
        (1, "naer,workday,10,3,2,6,5,0.8,measured", {"near": ["workday"]}),
        (4, "hall,workday,9,1,1,1,5,1,measured", {"far": ["workday"]}),
        (4, "hall,weekend,9,1,1,1,5,1,measured", {}),  # another hall altogether
        (4, "fa", {"far": ["workday"]}),
        (4, "near-", {}),
    ],
)
def test_a_row_of_an_unknown_hall_that_continues_a_day_takes_that_out(
    at: int, row: str, out: dict[str, list[str]], tmp_path: Path
) -> None:
    found = network(tmp_path, (*HOURS[:at], row, *HOURS[at + 1 :]))
    assert left_out(found) == out
    assert [fault.of for fault in found.faults] == [next(iter(out), "")]


def test_who_always_comes_is_known_where_the_rows_tell(tmp_path: Path) -> None:
    whole = network(tmp_path / "whole").hall_hours
    counters = network(tmp_path / "counters", (HOURS[0].replace(",9,2,", ",9,x,"), *HOURS[1:])).hall_hours
    people = network(tmp_path / "people", (HOURS[0].replace(",1,5,5,", ",nan,5,5,"), *HOURS[1:])).hall_hours
    lost = network(tmp_path / "lost", (*HOURS[:3], HOURS[3].replace(",0.5,3,", ",nan,3,"))).hall_hours
    rows = [f"near,weekend,{hour},1,1,2,6,1,assumed" for hour in (9, 10, 12)]
    hole = network(tmp_path / "hole", (*HOURS[:2], *rows, HOURS[3])).hall_hours
    assert hole.daily[0].tolist() == [14, 12, 0, 0]  # an hour that is left out as well
    assert whole.aside is None
    assert (counters.daily == whole.daily).all()
    assert people.daily.tolist() == [[16, 2, 0, 0], [3.5, 0, 0, 0]]  # the hour counts as the other one
    assert lost.daily.tolist() == [[14, 2, 0, 0], [14, 0, 0, 0]]  # as in the other hall


def test_a_hall_listed_twice_is_left_out_and_one_without_region_draws_nobody_by_itself(tmp_path: Path) -> None:
    halls = HALLS + "near,又是近的厅,510104\nlost,没有地方的厅,\n,没有编号的厅,510104\nodd,510104\n"
    rows = (*HOURS, "lost,workday,9,1,1,1,5,1,measured")
    found = network(tmp_path, rows, halls=halls)
    assert told(found) == [
        ("halls.csv", 5, 1, "“near”已经出现过"),
        ("halls.csv", 6, 13, "没有代码为“”的地区"),
        ("halls.csv", 7, 1, "hall 是空的"),
        ("halls.csv", 8, 1, "有 2 列，应当是 3 列"),
    ]
    assert hints(found)[0] == "第一次在第 2 行；留下对的那一行。"
    assert left_out(found) == {"near": list(DAY_TYPES), "lost": list(DAY_TYPES)}
    assert (sorted(found.halls), sorted(found.unplaced)) == (["far", "idle", "near"], ["lost", "odd"])
    assert found.halls["near"].name == "近的厅"


def test_a_hall_without_hours_is_no_fault_but_known(tmp_path: Path) -> None:
    found = network(tmp_path)
    assert not found.faults
    assert (set(found.without_hours), found.listed_at[1]["idle"]) == ({"idle"}, 4)


def test_a_hotline_with_a_faulty_row_is_left_out_on_that_type_of_day(tmp_path: Path) -> None:
    lines = (*LINES, "510000,weekend,8,20,x,180", "330000,workday,8,5,50,180")
    hours = network(tmp_path, lines=lines).hotline_hours
    assert dict(hours.regions) == {"510000": 0, "330000": 1}
    assert hours.left_out is not None
    assert hours.left_out.tolist() == [[False, True, False, False], [False] * 4]
    assert hours.daily[:, 0].tolist() == [700, 50]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text + "\n\n  \n,,,,,,,,\r\n",
        lambda text: text.rstrip("\n"),
        lambda text: "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()),
    ],
    ids=["byte order mark", "CRLF", "CR", "empty lines", "no last line end", "quotes"],
)
def test_ways_of_writing_a_table_change_nothing(change: Callable[[str], str], tmp_path: Path) -> None:
    network(tmp_path)
    file = tmp_path / "network" / "hours.csv"
    file.write_bytes(change(file.read_text(encoding="utf-8")).encode())
    found, whole = load_network(RuleFiles.at(tmp_path), REGIONS), network(tmp_path / "whole")
    assert found.faults == ()
    assert (found.hall_hours.arrivals == whole.hall_hours.arrivals).all()
    assert (found.hall_hours.counters == whole.hall_hours.counters).all()


@pytest.mark.parametrize(
    ("content", "line", "column", "message", "hint"),
    [
        (b"", 1, 1, HEADER, "现在是“”；请按顺序写列名，文件用 UTF-8。"),
        (b"near,workday,9,2,1,5,5,0.8\n", 1, 1, HEADER, None),
        (b"hall;day_type\n", 1, 1, HEADER, None),
        (HEAD.replace(",counters", "").encode(), 1, 1, HEADER, None),
        (HEAD.encode() + "near,workday,9,2,1,5,5,0.8,估计\n".encode("gbk"), 2, 28, "文件不是 UTF-8 编码", None),
        (HEAD.encode("utf-16"), 1, 1, "文件不是 UTF-8 编码", None),
    ],
    ids=["empty", "no header", "semicolons", "a column missing", "GBK", "UTF-16"],
)
def test_a_file_that_cannot_be_used_at_all_is_refused(
    content: bytes, line: int, column: int, message: str, hint: str | None, tmp_path: Path
) -> None:
    network(tmp_path)
    (tmp_path / "network" / "hours.csv").write_bytes(content)
    with pytest.raises(CatalogueError) as refused:
        load_network(RuleFiles.at(tmp_path), REGIONS)
    (problem,) = refused.value.problems
    assert (problem.place.line, problem.place.column, problem.message.render("zh")) == (line, column, message)
    assert hint is None or problem.hint.render("zh") == hint


def test_catalogues_are_refused_with_a_faulty_row_unless_it_is_tolerated(tmp_path: Path) -> None:
    network(tmp_path, (*HOURS, "far,workday,9,1,-1,1,5,1,measured"))
    files = RuleFiles.at(tmp_path)
    with pytest.raises(CatalogueError) as refused:
        load_catalogues(files)
    assert [(problem.place.line, problem.place.column) for problem in refused.value.problems] == [(6, 17)]
    assert len(load_catalogues(files, HOURLY).network.faults) == 1
    with pytest.raises(CatalogueError):
        load_catalogues(files, frozenset({"halls.csv"}))


def test_a_fault_of_a_whole_table_is_told_a_thousand_times_and_counted(tmp_path: Path) -> None:
    rows = tuple(f"h{number},workday,9,1,1,1,5,1,measured" for number in range(1200))
    found = told(network(tmp_path, rows))
    assert len(found) == 1001
    assert found[-1] == ("hours.csv", 1002, 1, "还有 200 行是同样的问题：营业厅“h1000”不在 halls.csv 里")


def test_cells_are_quoted_short_and_harmless(tmp_path: Path) -> None:
    rows = ("far,workday,9,1," + "9" * 60 + "x,1,5,1,measured", "far,workday,10,1,\x1b[31m,1,5,1,measured")
    assert [item[3] for item in wrong(tmp_path, hours=rows)] == [
        "“" + "9" * 39 + "…”不是 0 以上的数", "“�[31m”不是 0 以上的数",
    ]  # fmt: skip


def test_a_closed_hour_may_stand_in_the_table(tmp_path: Path) -> None:
    hours = network(tmp_path, (*HOURS, "near,workday,11,0,0,0,0,0,measured")).hall_hours
    assert (hours.first, hours.counters[0, 0].tolist()) == (8, [0, 2, 3])
