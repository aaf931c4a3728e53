"""The tables of halls and hotlines: what they say hour by hour, and each way in which they can be wrong, with its row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.network import HOTLINE_COLUMNS, HOUR_COLUMNS, Network, load_network
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.tables import load_regions

REGIONS = load_regions(RuleFiles.at(None))
HALLS = "hall,name,region\nnear,近的厅,510104\nfar,远的厅,510105\nidle,没有数据的厅,510106\n"
HOURS = (
    "near,workday,9,2,1,5,5,0.8,measured",
    "near,workday,10,3,2,6,5,0.8,measured",
    "near,weekend,10,1,0,2,6,1,assumed",
    "far,workday,8,1,0.5,3,4.5,0.5,measured",
)
LINES = ("510000,workday,8,20,300,180", "510000,workday,9,25,400,180")


def network(
    folder: Path, hours: tuple[str, ...] = HOURS, lines: tuple[str, ...] = LINES, halls: str = HALLS
) -> Network:
    """Load tables with these rows."""
    place = folder / "network"
    place.mkdir()
    (place / "halls.csv").write_text(halls, encoding="utf-8")
    (place / "hours.csv").write_text("\n".join((",".join(HOUR_COLUMNS), *hours)) + "\n", encoding="utf-8")
    (place / "hotline.csv").write_text("\n".join((",".join(HOTLINE_COLUMNS), *lines)) + "\n", encoding="utf-8")
    return load_network(RuleFiles.at(folder), REGIONS)


def wrong(folder: Path, *, hours: tuple[str, ...] = (), lines: tuple[str, ...] = ()) -> list[tuple[str, int, str]]:
    """Return what is wrong with further rows: file, line and Chinese message."""
    with pytest.raises(CatalogueError) as error:
        network(folder, (*HOURS, *hours), (*LINES, *lines))
    return [(Path(item.path).name, item.place.line, item.message.render("zh")) for item in error.value.problems]


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
    ("row", "message"),
    [
        ("gone,workday,9,1,1,1,5,1,measured", "营业厅“gone”不在 halls.csv 里"),
        ("far,monday,9,1,1,1,5,1,measured", "“monday”不是日子的种类（workday, weekend, holiday, month_edge）"),
        ("far,workday,24,1,1,1,5,1,measured", "“24”不是 0 到 23 点"),
        ("far,workday,9.5,1,1,1,5,1,measured", "“9.5”不是 0 到 23 点"),
        ("far,workday,9,1,-1,1,5,1,measured", "“-1”不是 0 以上的数"),
        ("far,workday,9,1,nan,1,5,1,measured", "“nan”不是 0 以上的数"),
        ("far,workday,9,1,inf,1,5,1,measured", "“inf”不是 0 以上的数"),
        ("far,workday,9,1,many,1,5,1,measured", "“many”不是 0 以上的数"),
        ("far,workday,9,1.5,1,1,5,1,measured", "counters 是“1.5”，应当是整数"),
        ("far,workday,9,0,1,1,5,1,measured", "有客户来，却没有开着的柜台"),
        ("far,workday,9,1,1,1,0,1,measured", "有人在办，service_mean 却是 0"),
        ("far,workday,9,1,1,1,5,101,measured", "service_scv 是“101.0”，大得不像真的（一般 0.2 到 2）"),
        ("far,workday,9,1,1,1,5,1,guessed", "“guessed”不是数据来源（measured, assumed）"),
        ("far,workday,8,1,1,1,5,1,measured", "“far,workday,8”已经出现过"),
        ("near,workday,12,1,1,1,5,1,measured", "缺 11 点这一行：前后两个钟头都有"),
    ],
)
def test_each_mistake_in_hours_is_told_with_its_row(row: str, message: str, tmp_path: Path) -> None:
    assert wrong(tmp_path, hours=(row,)) == [("hours.csv", 6, f"这一行有问题：{message}")]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    rows = (
        "far,workday,9,1,-1,1,5,1,measured",
        "gone,workday,9,1,1,1,5,1,measured",
        "gone,workday,10,1,1,1,5,1,measured",
    )
    found = wrong(tmp_path, hours=rows, lines=("510000,workday,10,0,5,180", "99,workday,10,5,5,180"))
    assert sorted(item[:2] for item in found) == [
        ("hotline.csv", 4), ("hotline.csv", 5), ("hours.csv", 6), ("hours.csv", 7), ("hours.csv", 8),
    ]  # fmt: skip


def test_a_file_cut_in_the_middle_of_a_row_is_told(tmp_path: Path) -> None:
    assert wrong(tmp_path, hours=("far,workday,9,1",)) == [("hours.csv", 6, "这一行有问题：有 4 列，应当是 9 列")]


def test_a_closed_hour_may_stand_in_the_table(tmp_path: Path) -> None:
    hours = network(tmp_path, (*HOURS, "near,workday,11,0,0,0,0,0,measured")).hall_hours
    assert (hours.first, hours.counters[0, 0].tolist()) == (8, [0, 2, 3])
