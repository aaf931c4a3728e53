"""The committed calendar, without the packages that it was made from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

CALENDAR_FILE = Path(__file__).resolve().parents[2] / "rules" / "calendar.yaml"
CALENDAR: dict[str, Any] = yaml.safe_load(CALENDAR_FILE.read_text(encoding="utf-8"))
YEARS: dict[str, dict[str, Any]] = CALENDAR["years"]
NAMES = {"元旦", "春节", "清明节", "劳动节", "端午节", "国庆节", "中秋节"}
each_year = pytest.mark.parametrize("year", list(YEARS))


def test_shape() -> None:
    assert list(CALENDAR) == ["about", "years"]
    assert list(YEARS) == [str(year) for year in range(2024, 2036)]
    assert all(list(entry) == ["announced", "source", "holidays", "workdays"] for entry in YEARS.values())
    assert CALENDAR["about"]["source"]


@each_year
def test_days_are_quoted_sorted_and_of_their_year(year: str) -> None:
    for days in (list(YEARS[year]["holidays"]), YEARS[year]["workdays"]):
        assert days == sorted(set(days))
        assert {date.fromisoformat(day).year for day in days} <= {int(year)}


@each_year
def test_names(year: str) -> None:
    names = {part for name in YEARS[year]["holidays"].values() for part in name.split("、")}
    assert names == NAMES


@each_year
def test_no_day_is_both(year: str) -> None:
    assert not YEARS[year]["holidays"].keys() & set(YEARS[year]["workdays"])


@each_year
def test_make_up_workdays_are_weekend_days(year: str) -> None:
    assert all(date.fromisoformat(day).weekday() >= 5 for day in YEARS[year]["workdays"])


@each_year
def test_statutory_days_of_fixed_date(year: str) -> None:
    fixed = {"01-01": "元旦", "05-01": "劳动节", "10-01": "国庆节", "10-02": "国庆节", "10-03": "国庆节"}
    for day, name in fixed.items():
        assert name in YEARS[year]["holidays"][f"{year}-{day}"].split("、")
    assert year == "2024" or YEARS[year]["holidays"][f"{year}-05-02"] == "劳动节"


@each_year
def test_only_announced_years_have_make_up_workdays(year: str) -> None:
    assert bool(YEARS[year]["workdays"]) == YEARS[year]["announced"]


def test_which_years_are_announced() -> None:
    assert {year for year, entry in YEARS.items() if entry["announced"]} >= {"2024", "2025", "2026"}
    assert not YEARS["2035"]["announced"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2024-02-10", "春节"),
        ("2025-01-28", "春节"),
        ("2025-10-06", "中秋节"),
        ("2026-01-02", "元旦"),
        ("2026-02-15", "春节"),
        ("2026-02-16", "春节"),
        ("2026-04-04", "清明节"),
        ("2026-05-05", "劳动节"),
        ("2026-09-27", "中秋节"),
        ("2026-10-01", "国庆节"),
        ("2026-10-07", "国庆节"),
        ("2027-02-05", "春节"),
        ("2027-02-06", "春节"),
        ("2027-06-09", "端午节"),
        ("2028-10-03", "国庆节、中秋节"),
    ],
)
def test_known_holiday(day: str, name: str) -> None:
    assert YEARS[day[:4]]["holidays"][day] == name


@pytest.mark.parametrize("day", ["2024-02-09", "2026-10-08", "2026-02-24"])
def test_known_ordinary_day(day: str) -> None:
    assert day not in YEARS[day[:4]]["holidays"]


@pytest.mark.parametrize(
    ("year", "workdays"),
    [
        ("2025", ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"]),
        ("2026", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]),
    ],
)
def test_known_make_up_workdays(year: str, workdays: list[str]) -> None:
    assert YEARS[year]["workdays"] == workdays
