"""CSV for spreadsheets and programs: complete, exact, and without formulas."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from campaigncheck.calendar import table
from campaigncheck.calendar.wanted import Wanted
from campaigncheck.cells import harmless
from tests.calendar.repositories import golden, made


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_line_for_each_campaign_in_each_city_shown() -> None:
    lines = read(table.write(golden(Wanted(regions=("510100", "510700"))), "zh"))
    assert [(line["campaign"], line["city_code"]) for line in lines] == [
        ("sc-cd-2027-router", "510100"),
        ("cn-2027-family", "510100"),
        ("cn-2027-family", "510700"),
        ("sc-2027-autumn-plan", "510100"),
        ("sc-2027-autumn-plan", "510700"),
        ("sc-cd-2027-autumn-plan", "510100"),
        ("sc-2027-points", "510100"),
        ("sc-2027-points", "510700"),
    ]
    assert tuple(lines[0]) == table.COLUMNS


def test_crowded_days_are_those_of_the_city() -> None:
    lines = read(table.write(golden(Wanted(regions=("510100", "510700"))), "zh"))
    crowded = {(line["campaign"], line["city"]): (line["crowded_days"], line["first_crowded"]) for line in lines}
    assert crowded["sc-2027-points", "成都市"] == ("16", "2027-09-15")
    assert crowded["sc-2027-points", "绵阳市"] == ("0", "")
    assert crowded["sc-2027-autumn-plan", "成都市"] == ("0", "")  # its child stands in for it


def test_for_excel_with_a_mark_and_for_programs_without() -> None:
    plain, marked = table.write(golden(), "zh"), table.write(golden(), "zh", for_excel=True)
    assert marked == "\ufeff" + plain
    assert "\r\n" in plain
    assert "\n" not in plain.replace("\r\n", "")


def test_pandas_reads_it_back() -> None:
    text = table.write(golden(Wanted(themes=("points",))), "zh", for_excel=True)
    frame = pd.read_csv(io.BytesIO(text.encode()), dtype={"city_code": str}, parse_dates=["start", "end"])
    assert list(frame.columns) == list(table.COLUMNS)
    assert set(frame["city_code"]) == {"510100", "510700"}
    assert ((frame["end"] - frame["start"]).dt.days + 1 == frame["days"]).all()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(tmp_path: Path, start: str) -> None:
    text = (
        f'title: "{start}1+1"\nowner: {{region: "510100", department: "{start}d", contact: "{start}c"}}\n'
        f'offers:\n  - {{id: aa, name: "{start}o", product: points.exchange, kind: points}}\n'
    )
    (line,) = read(table.write(made(tmp_path, {"evil": text}, today=date(2027, 3, 1)), "zh"))
    assert (line["title"], line["department"], line["contact"], line["offers"]) == (
        f"'{start}1+1", f"'{start}d", f"'{start}c", f"'{start}o",
    )  # fmt: skip
    assert not [cell for cell in line.values() if cell.startswith(start)]


@pytest.mark.parametrize("cell", ["\tx", "\rx", "\nx", "=x", "-1"])
def test_what_a_spreadsheet_would_run_is_put_behind_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "2027-01-01", "a=b", "510100", "成都市"])
def test_everything_else_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
