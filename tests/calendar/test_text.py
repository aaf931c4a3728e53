"""The Gantt for a terminal: in line, as wide as asked for, and true to the days."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from campaigncheck.algebra.days import Days
from campaigncheck.calendar.axis import SCALES, Axis, Scale, Tick, axes, place
from campaigncheck.calendar.text import fit, write
from campaigncheck.calendar.wanted import Wanted
from campaigncheck.messages import Lang
from tests.calendar.repositories import golden, made

DATES = re.compile(r"[0-9-]+\.\.[0-9-]+ ")


def bars(text: str) -> dict[str, tuple[int, str]]:
    """The cell in which each bar's column begins, and the bar, by title."""
    found = {}
    for line in text.splitlines():
        match = DATES.search(line)
        if line.startswith(" ") and match and not line.startswith("  "):
            found[line[1:].split(" ")[0]] = (cell_len(line[: match.end()]), line[match.end() :])
    return found


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 240])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_bar_begins_in_the_same_cell_and_no_line_is_too_long(width: int, lang: Lang) -> None:
    text = write(golden(), lang, width=width)
    assert len({cell for cell, _ in bars(text).values()}) == 1
    assert len(bars(text)) == 5
    assert max(map(cell_len, text.splitlines())) <= width
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_bars_tell_the_days(tmp_path: Path) -> None:
    specs = {
        "aaa": "title: 甲\nperiod: {start: 2027-03-03, end: 2027-03-05}\n",
        "bbb": "title: 乙\nperiod: {start: 2027-02-01, end: 2027-03-02}\n",
        "ccc": "title: 丙\nperiod: {start: 2027-03-08, end: 2027-06-30}\n",
    }
    wanted = Wanted(start=date(2027, 3, 1), end=date(2027, 3, 10))
    text = write(made(tmp_path, specs, wanted, date(2027, 3, 4)), "zh", scale="day", width=61)
    assert {name: bar for name, (_, bar) in bars(text).items()} == {
        "甲": "    --====",
        "乙": "<---",
        "丙": "              =====>",
    }
    today = next(line for line in text.splitlines() if "今天 |" in line)
    first = bars(text)["甲"][0]
    assert [index for index, char in enumerate(today) if char == "|" and cell_len(today[:index]) >= first]


def test_crowded_days_and_provisional_holidays_are_marked() -> None:
    text = write(golden(), "zh", width=120)
    assert "09-15..09-30  最多 4 个（上限 3）  成都市：" in text
    assert "国庆节 10-01..10-05?" in text
    assert bars(text)["成都金秋换套餐送礼"][1].strip() == "=###="


def test_no_crowded_day_is_said_too() -> None:
    assert "没有拥挤的日子" in write(golden(Wanted(regions=("510700",))), "zh")


def test_what_is_not_known_of_holidays_is_said() -> None:
    known = golden().holidays_until
    text = write(golden(Wanted(end=date(known + 1, 1, 1))), "en")
    assert f"Nothing is known yet about public holidays after {known}." in " ".join(text.split())
    assert "Nothing is known yet" not in write(golden(), "en")


def test_colour_only_where_asked_for() -> None:
    assert "\x1b[" not in write(golden(), "zh")
    coloured = write(golden(), "zh", colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == write(golden(), "zh").split()


@pytest.mark.parametrize("scale", SCALES)
def test_a_scale_that_does_not_fit_goes_on_below(scale: Scale) -> None:
    text = write(golden(), "zh", width=60, scale=scale)
    assert max(map(cell_len, text.splitlines())) <= 60
    assert text.count("今天 |") == (7 if scale == "day" else 1)


@given(st.integers(700_000, 740_000), st.integers(1, 1_500), st.integers(10, 200), st.sampled_from([None, *SCALES]))
def test_cells_cover_every_day_once_in_order(first: int, length: int, width: int, scale: Scale | None) -> None:
    window = Days(first, first + length - 1)
    found = axes(window, width, scale)
    assert found[0].days.first == window.first
    assert found[-1].days.last == window.last
    assert all(before.days.last + 1 == after.days.first for before, after in pairwise(found))
    for axis in found:
        assert len(axis.cells) <= width
        covered = [day for cell in axis.cells for day in range(cell.first, cell.last + 1)]
        assert sorted(set(covered)) == list(range(axis.days.first, axis.days.last + 1))
        assert covered == sorted(covered)
        assert all(axis.cell(cell.first) <= index for index, cell in enumerate(axis.cells))


def test_labels_that_would_touch_are_left_out() -> None:
    assert place(iter([Tick(0, "12"), Tick(2, "x"), Tick(3, "1"), Tick(9, "10")]), 10) == "12 1"


def test_a_new_year_is_labelled_though_the_old_one_has_no_room() -> None:
    axis = Axis(
        "month", (Days.of(date(2026, 12, 1), date(2026, 12, 31)), Days.of(date(2027, 1, 1), date(2027, 1, 31))), 3
    )
    assert list(axis.years()) == [Tick(3, "2027")]


@given(st.text("ab营销（、 é", max_size=30), st.integers(3, 25))
def test_text_is_fitted_to_cells_exactly(text: str, wide: int) -> None:
    fitted = fit(text, wide)
    assert cell_len(fitted) == wide
    assert fitted.rstrip(" .") in text
    assert (".." in fitted) == (cell_len(text) > wide)
