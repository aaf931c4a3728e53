"""Halls whose rows have faults: left out of forecasts, told in every format, and all others foreseen as before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import HOUR_COLUMNS, load_network
from campaigncheck.forecast import places
from campaigncheck.forecast.left_out import data, told
from campaigncheck.forecast.model import Forecast, Hour, foresee
from campaigncheck.forecast.robust import robustness
from campaigncheck.forecast.rows import write_csv, write_json
from campaigncheck.forecast.scenario import Scenario, ScenarioError, applied, read
from campaigncheck.forecast.stress import stress
from campaigncheck.forecast.text import write
from campaigncheck.portfolio.index import Portfolio
from tests.waiting.worlds import BUILTIN, REGIONS, TODAY, draws, entry, portfolio

TOWN, HILL = REGIONS.masks["510100"], REGIONS.masks["510700"]
HALLS = ["a1,天府路厅,510104", "a2,锦江厅,510105", "b1,涪城厅,510703"]
ROWS = [
    f"{hall},{kind},{hour},3,{2 + number},{9 + hour % 3},5,0.8"
    for number, hall in enumerate(("a1", "a2", "b1"))
    for kind in ("workday", "weekend", "month_edge")
    for hour in range(9, 13)
]
ASKED = frozenset({"town", "hill"})
Change = Callable[[str], str]


def known(hours: list[str], halls: list[str] | None = None) -> Catalogues:
    """Return the catalogues with a network of these rows."""
    with TemporaryDirectory() as folder:
        network = Path(folder) / "network"
        network.mkdir()
        (network / "halls.csv").write_text("\n".join(("hall,name,region", *(halls or HALLS))), encoding="utf-8")
        (network / "hours.csv").write_text("\n".join((",".join(HOUR_COLUMNS[:-1]), *hours)), encoding="utf-8")
        return replace(BUILTIN, network=load_network(RuleFiles.at(Path(folder)), REGIONS))


def changed(row: str, to: str) -> list[str]:
    """Return the rows, one of them written otherwise."""
    assert row in ROWS
    return [to if item == row else item for item in ROWS]


def campaigns() -> Portfolio:
    """Return a campaign in the town and one in the hills, two weeks long."""
    return portfolio(
        entry("town", draws(900, 0, 13), cities=TOWN), entry("hill", draws(300, 0, 13), cities=HILL)
    )  # fmt: skip


def foreseen(rows: list[str], halls: list[str] | None = None) -> Forecast:
    """Return the forecast of both campaigns."""
    return foresee(campaigns(), known(rows, halls), TODAY, ASKED)


def of(made: Forecast, *halls: str) -> list[Hour]:
    """Return the hours of some halls."""
    return [hour for hour in made.hours() if hour.hall in halls]


@cache
def whole() -> Forecast:
    """Return the forecast without faults."""
    return foreseen(ROWS)


COUNTERS = changed("a1,workday,10,3,2,10,5,0.8", "a1,workday,10,three,2,10,5,0.8")
PEOPLE = changed("a1,workday,10,3,2,10,5,0.8", "a1,workday,10,3,2,NaN,5,0.8")
WORKDAYS = [day for day in range(TODAY + 3, TODAY + 14) if date.fromordinal(day).weekday() < 5]
"""The first three days of a month are its edge."""


def test_all_other_halls_and_days_are_foreseen_as_before() -> None:
    made = foreseen(COUNTERS)
    assert of(made, "a2", "b1") == of(whole(), "a2", "b1")
    assert of(made, "a1") == [hour for hour in of(whole(), "a1") if hour.day not in WORKDAYS]
    assert made.kept[0] == whole().kept[0] - len(WORKDAYS) * 4 * 2
    assert (made.halls, made.campaigns[1].judged, made.campaigns[1].not_judged) == (3, True, 1)


def test_who_comes_to_a_hall_left_out_comes_to_no_other() -> None:
    made = foreseen(PEOPLE)
    assert of(made, "b1") == of(whole(), "b1")
    for ours, theirs in zip(of(made, "a2"), of(whole(), "a2"), strict=True):
        assert ours.arrivals == pytest.approx(theirs.arrivals, rel=0.02)


def test_what_is_left_out_is_told_with_file_row_and_cell() -> None:
    (item,) = data(foreseen(COUNTERS).left_out, "zh")
    (problem,) = item.pop("problems")
    assert item.pop("listed")["line"] == 2
    assert item == {"hall": "a1", "name": "天府路厅", "day_types": ["workday"], "campaigns": ["town"]}
    assert (Path(problem.pop("path")).name, problem.pop("line"), problem.pop("column")) == ("hours.csv", 3, 15)
    assert problem["message"] == "这一行有问题：“three”不是 0 以上的数"


@pytest.mark.parametrize(
    ("lang", "head", "line"),
    [
        ("zh", "数据有错或没有数据、没有算进去的营业厅：1 个（改好下面这些行再算一次）", "  天府路厅（a1）工作日："),
        ("en", "halls left out, since their data have faults or are missing: 1", "  天府路厅 (a1), workdays: "),
    ],
)
def test_text_marks_its_totals(lang: str, head: str, line: str) -> None:
    made = foreseen(COUNTERS)
    known_halls = known(COUNTERS).network
    lines = write(made, None, known_halls, lang).splitlines()  # type: ignore[arg-type]
    without = {"zh": "（不含没有算进去的 1 个厅）", "en": " (halls left out: 1)"}[lang]
    assert lines[0].endswith(without)
    at = next(number for number, text in enumerate(lines) if text.startswith(head))
    assert lines[at + 1].startswith(line)
    assert ":3:15 " in lines[at + 1]
    assert list(told((), "zh")) == []


def test_rows_for_programs_tell_it_too() -> None:
    made = foreseen(COUNTERS)
    found = json.loads(write_json(made, None, [("alike", made)], None, False))
    assert [item["hall"] for item in found["left_out"]] == ["a1"]
    assert found["scenarios"][0]["halls_left_out"] == 1
    table = write_csv(made, False, False).split("\r\n")
    assert table[0].endswith(",assumed,left_out")
    assert table[1].endswith(",false,")
    assert table[-2].startswith("a1" + "," * 14 + "workday ")
    assert table[-2].endswith("hours.csv:3")
    assert "left_out" not in write_json(whole(), None, [], None, False) + write_csv(whole(), False, False)


def test_expected_waits_have_no_days_that_cannot_be_judged() -> None:
    found = json.loads(places.write(foreseen(COUNTERS), known(COUNTERS)))
    before = json.loads(places.write(whole(), known(ROWS)))
    dates = {hall["hall"]: set(hall["dates"]) for hall in found["halls"]}
    every = {hall["hall"]: set(hall["dates"]) for hall in before["halls"]}
    assert every["a1"] - dates["a1"] == {date.fromordinal(day).isoformat() for day in WORKDAYS}
    assert (dates["a2"], dates["b1"]) == (every["a2"], every["b1"])
    assert [item["hall"] for item in found["left_out"]] == ["a1"]
    assert "left_out" not in before


def test_a_campaign_of_which_nothing_can_be_judged_is_never_told_as_kept() -> None:
    rows = [row.replace(",5,0.8", ",5,") if row.startswith("b1") else row for row in ROWS]
    made, catalogues = foreseen(rows), known(rows)
    (hill,) = (item for item in made.campaigns if item.id == "hill")
    assert (hill.worst, hill.judged, hill.not_judged) == (None, False, 1)
    assert made.halls == 2
    (line,) = (text for text in write(made, None, catalogues.network, "zh").splitlines() if text.startswith("hill"))
    assert line.endswith("没有判断")
    asked = (campaigns(), catalogues, TODAY, ASKED)
    assert [item.id for item in stress(*asked)] == ["town"]
    assert [item.id for item in robustness(*asked)] == ["town"]


def test_how_much_halls_bear_is_that_of_the_others() -> None:
    (town,) = (item for item in stress(campaigns(), known(PEOPLE), TODAY, ASKED) if item.id == "town")
    days = {bearable.hall: bearable.day for bearable in town.halls}
    assert sorted(days) == ["a1", "a2"]
    assert days["a1"] not in WORKDAYS


def test_a_named_hall_of_which_nobody_knows_where_it_is_keeps_its_people() -> None:
    def both(halls: list[str]) -> Forecast:
        named = portfolio(entry("town", draws(900, 0, 13), cities=TOWN, halls=frozenset({"a1", "a2"})))
        return foresee(named, known(ROWS, halls), TODAY, ASKED)

    lost = both(["a1,天府路厅,成都", *HALLS[1:]])
    assert of(lost, "a2") == of(both(HALLS), "a2")
    assert [(item.hall, item.always) for item in lost.left_out] == [("a1", True)]


def test_a_hall_without_hours_is_told() -> None:
    made = foreseen(ROWS, [*HALLS, "a3,新开的厅,510105"])
    assert list(made.hours()) == list(whole().hours())
    (item,) = made.left_out
    assert (item.hall, item.faults, item.listed[1], item.campaigns) == ("a3", (), 5, ("town",))
    assert list(told(made.left_out, "en"))[1].endswith("halls.csv:5:1 hours.csv has no rows of it")


def test_a_table_of_which_no_row_can_be_read_is_no_forecast_of_nothing() -> None:
    rows = [row.replace(",", ";") for row in ROWS]
    made = foreseen(rows)
    assert (made.cities, [item.hall for item in made.left_out]) == ((), ["a1", "a2", "b1"])
    assert [(item.judged, item.not_judged) for item in made.campaigns] == [(False, 1), (False, 2)]
    lines = write(made, None, known(rows).network, "en").splitlines()
    assert lines[0].startswith("No hall to foresee")
    assert lines[2].startswith("halls left out, since their data have faults or are missing: 3")


def test_a_scenario_cannot_change_a_hall_that_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "what-if.yaml"
    file.write_text("scenarios:\n  - name: 少开\n    counters: -1\n    halls: [a2, a1]\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read(file, campaigns(), known(COUNTERS))
    assert refused.value.place[:2] == (4, 17)
    assert refused.value.message.render("zh") == "营业厅“a1”的数据有错，没有算进去"
    assert refused.value.hint.render("zh").endswith("hours.csv:3，或者换一个营业厅。")


def test_nobody_is_sent_to_a_hall_that_is_left_out() -> None:
    with pytest.raises(ScenarioError) as refused:
        applied(Scenario(name="停业", closed=["a2"]), campaigns(), known(COUNTERS), TODAY)
    assert refused.value.message.render("zh") == "成都市没有别的营业厅可以接住“a2”的客户"


CELL = st.sampled_from(
    ["", "0", "-1", "nan", "1e300", "1000", "20000", "x", "1.5", "0.000001", "workday", "12", "b2", "a2"]
)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 11), st.integers(0, 7), CELL)
def test_whatever_stands_in_a_cell_other_cities_are_foreseen_as_before(row: int, column: int, cell: str) -> None:
    cells = ROWS[row].split(",")
    cells[column] = cell
    made = foreseen([*ROWS[:row], ",".join(cells), *ROWS[row + 1 :]])
    assert of(made, "b1") == of(whole(), "b1")
    assert json.loads(write_json(made, None, [], None, False))["rows"]
