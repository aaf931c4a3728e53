"""The table of neighbours, read both ways round, and its mistakes told where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.algebra.regions import Region, RegionTree
from campaigncheck.catalogue.adjacency import load_neighbours
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import policy_digest
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.tables import load_regions

REGIONS = RegionTree.build(
    [
        Region("000000", "全国", ""),
        Region("500000", "重庆市", "000000"),
        Region("500101", "万州区", "500000"),
        Region("510000", "四川省", "000000"),
        Region("510100", "成都市", "510000"),
        Region("510104", "锦江区", "510100"),
        Region("510300", "自贡市", "510000"),
        Region("512000", "资阳市", "510000"),
    ]
)
HEADER = "city,neighbour\n"


def load(folder: Path, rows: str, header: str = HEADER) -> dict[str, frozenset[str]]:
    (folder / "adjacency.csv").write_text(header + rows, "utf-8")
    return load_neighbours(RuleFiles.at(folder), REGIONS)


def refused(folder: Path, rows: str, header: str = HEADER, language: str = "en") -> list[tuple[str, int, str]]:
    with pytest.raises(CatalogueError) as caught:
        load(folder, rows, header)
    assert all(item.hint.render("en") for item in caught.value.problems)
    return [
        (Path(item.path).name, item.place.line, item.message.render(language))  # type: ignore[arg-type]
        for item in caught.value.problems
    ]


def row_problem(line: int, what: str) -> tuple[str, int, str]:
    return "adjacency.csv", line, f"there is something wrong with this row: {what}"


def test_pairs_are_read_both_ways_round(tmp_path: Path) -> None:
    assert load(tmp_path, "510100,512000\n512000,500000\n") == {
        "500000": {"512000"},
        "510100": {"512000"},
        "510300": frozenset(),
        "512000": {"500000", "510100"},
    }


def test_built_in_neighbours_are_symmetric_and_of_all_cities() -> None:
    files = RuleFiles.at(None)
    regions = load_regions(files)
    found = load_neighbours(files, regions)
    assert tuple(found) == regions.cities
    assert all(city in found[other] and city != other for city, others in found.items() for other in others)
    assert found["370100"] == {"370300", "370900", "371400", "371500", "371600"}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("510100,999999", "there is no region “999999”"),
        ("5101 00,512000", "there is no region “5101 00”"),
        ("510104,512000", "“510104 锦江区” is no city: write “510100 成都市”, where it lies"),
        ("500101,512000", "“500101 万州区” is no city: write “500000 重庆市”, where it lies"),
        ("500000,510000", "“510000 四川省” is more than one city: list its cities"),
        ("510300,510300", "“510300 自贡市” cannot be its own neighbour"),
        ("999999,999999", "there is no region “999999”"),
        ("512000,510100", "“512000” and “510100” are listed in line 2 already, the order does not matter"),
        ("510100,512000", "“510100” and “512000” are listed in line 2 already, the order does not matter"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, row: str, what: str) -> None:
    assert refused(tmp_path, f"510100,512000\n500000,512000\n{row}\n") == [row_problem(4, what)]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    found = refused(tmp_path, "510100,510100\n888888,999999\n510000,512000\n")
    assert [line for _, line, _ in found] == [2, 3, 3, 4]


def test_the_message_is_in_chinese_too(tmp_path: Path) -> None:
    found = refused(tmp_path, "510104,512000\n", language="zh")
    expected = "这一行有问题：“510104 锦江区”不算一个市，请写它所在的“510100 成都市”"
    assert found == [("adjacency.csv", 2, expected)]


def test_a_wrong_header_and_a_wrong_width_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "", "neighbour,city\n") == [("adjacency.csv", 1, "the header should be “city,neighbour”")]
    assert refused(tmp_path, "510100\n") == [row_problem(2, "1 columns instead of 2")]


def test_built_in_pairs_about_places_that_a_repository_does_not_list_do_not_apply(tmp_path: Path) -> None:
    table = "".join(f"{code},{name},{parent}\n" for code, name, parent in REGIONS.regions.values())
    (tmp_path / "regions.csv").write_text("code,name,parent\n" + table, "utf-8")
    files = RuleFiles.at(tmp_path)
    assert load_neighbours(files, load_regions(files)) == {
        "500000": {"512000"},
        "510100": {"512000"},
        "510300": frozenset(),
        "512000": {"500000", "510100"},
    }


def test_built_in_pairs_must_fit_the_built_in_regions(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_neighbours(RuleFiles.at(tmp_path), REGIONS)
    assert caught.value.problems[0].place.line == 2


def test_the_digest_of_the_policy_covers_the_neighbours(tmp_path: Path) -> None:
    (tmp_path / "adjacency.csv").write_text(HEADER, "utf-8")
    assert policy_digest(RuleFiles.at(tmp_path)) != policy_digest(RuleFiles.at(None))
