"""What-ifs: what they change and what they leave alone, and each way in which a file of them can be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.network import HallHours
from campaigncheck.forecast.scenario import Scenario, ScenarioError, applied, read
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.source.errors import SourceError
from tests.waiting.worlds import FIRST, TODAY, catalogues, draws, entry, hall_hours, portfolio

CATALOGUES = catalogues()
SOME = portfolio(entry("x", draws(100, 0, 9)), entry("y", draws(50, 3, 4)), entry("quiet", None))


def hours(**changes: Any) -> HallHours:
    return applied(Scenario(name="x", **changes), SOME, CATALOGUES, TODAY)[1].network.hall_hours


def campaigns(**changes: Any) -> Portfolio:
    return applied(Scenario(name="x", **changes), SOME, CATALOGUES, TODAY)[0]


def test_one_counter_less_leaves_at_least_one_open() -> None:
    usual = hall_hours().counters
    assert hours(counters=-1).counters.tolist() == np.where(usual > 0, np.maximum(usual - 1, 1), 0).tolist()
    assert (hours(counters=-9).counters == np.where(usual > 0, 1, 0)).all()


def test_one_counter_more_in_one_hall() -> None:
    found, usual = hours(counters=1, halls=["a2"]).counters, hall_hours().counters
    assert (found[[0, 2]] == usual[[0, 2]]).all()
    assert (found[1] == np.where(usual[1] > 0, usual[1] + 1, 0)).all()


def test_who_always_comes_comes_more_often() -> None:
    assert hours(base=1.5).premium == pytest.approx(hall_hours().premium * 1.5)
    assert hours(base=1.5).other == pytest.approx(hall_hours().other * 1.5)


def test_the_customers_of_a_closed_hall_go_to_the_others_of_its_city() -> None:
    found, usual = hours(closed=["a1"]), hall_hours()
    assert not found.counters[0].any()
    assert not found.arrivals[0].any()
    assert found.arrivals.sum(axis=0) == pytest.approx(usual.arrivals.sum(axis=0))  # in the same hour
    assert found.arrivals[2] == pytest.approx(usual.arrivals[2])  # another city


def test_where_the_others_are_closed_then_they_come_when_these_are_open() -> None:
    short = hall_hours()
    short.counters[1, 0, 0] = 0
    short.premium[1, 0, 0] = short.other[1, 0, 0] = 0.0
    known = catalogues(short)
    found = applied(Scenario(name="x", closed=["a1"]), SOME, known, TODAY)[1].network.hall_hours
    assert found.arrivals[1, 0, 0] == 0
    assert found.arrivals[1, 0].sum() == pytest.approx(short.arrivals[:2, 0].sum())


def test_the_only_hall_of_a_city_cannot_be_closed() -> None:
    with pytest.raises(ScenarioError) as error:
        hours(closed=["b1"])
    assert error.value.message.render("zh") == "绵阳市没有别的营业厅可以接住“b1”的客户"


def test_demand_is_multiplied_for_those_named() -> None:
    drawn = {item.id: item.draws for item in campaigns(demand=3, campaigns=["y"]).entries}
    assert (drawn["x"], drawn["quiet"]) == (draws(100, 0, 9), None)
    assert drawn["y"] == draws(150, 3, 4)


def test_without_names_all_campaigns_change() -> None:
    assert {item.id: item.draws.uptake for item in campaigns(demand=2).entries if item.draws} == {"x": 200, "y": 100}


def test_later_moves_the_whole_period() -> None:
    found = campaigns(later=7, campaigns=["y"]).by_id["y"]
    assert found.days == found.draws.period == Days(TODAY + 10, TODAY + 11)  # type: ignore[union-attr]


def test_earlier_stops_at_today_and_what_is_over_is_gone() -> None:
    found = campaigns(later=-4).by_id
    assert found["x"].days == Days(TODAY, TODAY + 5)
    assert found["x"].draws is not None
    assert found["x"].draws.period == Days(TODAY - 4, TODAY + 5)
    assert found["y"].days == Days(TODAY, TODAY)
    assert "y" not in campaigns(later=-5).by_id


def test_nothing_else_is_touched() -> None:
    found, usual = hours(demand=2), hall_hours()
    for mine, theirs in ((found.counters, usual.counters), (found.premium, usual.premium), (found.other, usual.other)):
        assert (mine == theirs).all()
    assert found.first == FIRST


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "what-if.yaml"
    file.write_text("scenarios:\n  - {name: 多一倍人, demand: 2}\n  - {name: 停业, closed: [a1]}\n", encoding="utf-8")
    assert read(file, SOME, CATALOGUES) == (Scenario(name="多一倍人", demand=2), Scenario(name="停业", closed=["a1"]))


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("scenarios:\n  - {name: a}\n", (2, 12), "“a”什么也没有改"),
        ("scenarios:\n  - {name: a, demand: 2}\n  - {name: a, demand: 3}\n", (3, 12), "“a”出现了两次"),
        ("scenarios:\n  - {name: a, closed: [a9]}\n", (2, 24), "没有叫“a9”的营业厅"),
        ("scenarios:\n  - {name: a, counters: 1, halls: [a1, a9]}\n", (2, 40), "没有叫“a9”的营业厅"),
        ("scenarios:\n  - {name: a, demand: 2, campaigns: [z]}\n", (2, 38), "没有叫“z”的营销案"),
    ],
)
def test_each_mistake_is_told_with_its_place(text: str, place: tuple[int, int], message: str, tmp_path: Path) -> None:
    file = tmp_path / "what-if.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read(file, SOME, CATALOGUES)
    found = error.value
    assert ((found.place.line, found.place.column), found.message.render("zh")) == (place, message)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("scenarios:\n  - {name: a, demands: 2}\n", (2, 15)),
        ("scenarios:\n  - {name: a, demand: -1}\n", (2, 23)),
        ("scenarios:\n  - {name: a, counters: 1.5}\n", (2, 25)),
        ("scenarios: []\n", (1, 12)),
        ("scenario: []\n", (1, 1)),
    ],
)
def test_a_field_that_does_not_fit_is_told_with_its_place(text: str, place: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / "what-if.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read(file, SOME, CATALOGUES)
    assert (error.value.place.line, error.value.place.column) == place


def test_what_is_no_yaml_is_told(tmp_path: Path) -> None:
    file = tmp_path / "what-if.yaml"
    file.write_text("scenarios: [\n", encoding="utf-8")
    with pytest.raises(SourceError):
        read(file, SOME, CATALOGUES)
