"""Who comes to halls: nobody is lost and nobody is counted twice, and people come when and where people come anyway."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.arrivals import Arrivals, CityDays
from campaigncheck.waiting.spread import day_types
from tests.waiting.worlds import BUILTIN, REGIONS, TODAY, catalogues, draws, entry, hall_hours, portfolio

CATALOGUES = catalogues()


def days_of(*campaigns: Entry, closed: tuple[str, ...] = ()) -> dict[str, CityDays]:
    known = catalogues(hall_hours(closed)) if closed else CATALOGUES
    arrivals = Arrivals(portfolio(*campaigns), known, TODAY)
    return {city: arrivals.city(city) for city in arrivals.cities}


def people(cities: dict[str, CityDays], name: str) -> dict[str, float]:
    """Return how many transactions each hall gets of a campaign."""
    found: dict[str, float] = {}
    for city in cities.values():
        for crowd in city.crowds:
            if crowd.entry.id == name:
                found |= dict(zip(city.halls, crowd.people.sum(axis=0).tolist(), strict=True))
    return found


@given(st.integers(1, 10_000), st.integers(0, 40), st.integers(0, 60), st.booleans())
def test_everybody_comes_somewhere_some_day(uptake: int, first: int, length: int, front_loaded: bool) -> None:
    found = people(days_of(entry("x", draws(uptake, first, first + length, front_loaded=front_loaded))), "x")
    assert sum(found.values()) == pytest.approx(uptake)
    assert found["a1"] / found["a2"] == pytest.approx(60 / 30)  # as many as come there anyway


@given(st.integers(1, 30), st.integers(0, 30))
def test_those_of_days_gone_by_have_come(gone: int, left: int) -> None:
    whole = people(days_of(entry("x", draws(900, 0, gone + left))), "x")
    rest = people(days_of(entry("x", draws(900, -gone, left))), "x")
    assert sum(rest.values()) < sum(whole.values()) == pytest.approx(900)


def test_half_of_a_front_loaded_campaign_comes_in_its_first_quarter() -> None:
    city = days_of(entry("x", draws(800, 0, 27, front_loaded=True), cities=REGIONS.masks["510700"]))["510700"]
    by_day = city.crowds[0].people.sum(axis=1)
    assert (by_day[:7].sum(), by_day[7:].sum()) == (pytest.approx(400), pytest.approx(400))


def test_nobody_comes_on_days_on_which_all_halls_are_closed() -> None:
    # 2027-05-01 to 05-05 are public holidays, on which these halls are closed; 04-26 and after is a month's edge or not.
    first = 61 - 3
    city = days_of(entry("x", draws(300, first, first + 7), cities=REGIONS.masks["510700"]))["510700"]
    types = day_types(CATALOGUES, city.days)
    by_day = city.crowds[0].people.sum(axis=1)
    assert (by_day > 0).tolist() == (types != 2).tolist()
    assert by_day.sum() == pytest.approx(300)


def test_days_of_one_type_share_alike_and_busier_types_get_more() -> None:
    city = days_of(entry("x", draws(1000, 0, 30), cities=REGIONS.masks["510700"]))["510700"]
    by_day = city.crowds[0].people.sum(axis=1)
    workday, weekend, _, edge = (by_day[day_types(CATALOGUES, city.days) == kind] for kind in range(4))
    assert np.ptp(workday) == pytest.approx(0)
    assert weekend[0] / workday[0] == pytest.approx(0.5)
    assert edge[0] / workday[0] == pytest.approx(1.5)


def test_halls_that_it_names_share_all_of_it() -> None:
    found = people(days_of(entry("x", draws(500), halls=frozenset({"a2", "b1"}))), "x")
    assert found["a1"] == 0
    assert sum(found.values()) == pytest.approx(500)
    assert found["a2"] / found["b1"] == pytest.approx(30 / 40)


def test_a_child_stands_in_for_its_parent_on_its_days() -> None:
    parent = entry("parent", draws(700, 0, 27))
    child = entry("child", draws(100, 7, 13), cities=REGIONS.masks["510700"], parent="parent")
    alone, both = days_of(parent)["510700"], days_of(parent, child)["510700"]
    mine = {crowd.entry.id: crowd.people.sum(axis=1) for crowd in both.crowds}
    usual = alone.crowds[0].people.sum(axis=1)
    assert mine["parent"][7:14].tolist() == [0.0] * 7
    assert np.delete(mine["parent"], range(7, 14)).tolist() == np.delete(usual, range(7, 14)).tolist()
    assert mine["child"].sum() == pytest.approx(100)


def test_a_child_without_demand_leaves_its_parents_people() -> None:
    parent = entry("parent", draws(700, 0, 27))
    child = entry("child", None, cities=REGIONS.masks["510700"], parent="parent")
    assert people(days_of(parent, child), "parent") == people(days_of(parent), "parent")


def test_without_demand_nobody_is_drawn() -> None:
    assert days_of(entry("x", None)) == {}


def test_campaigns_stand_in_order_of_right_of_way() -> None:
    late, early, first = (
        entry("late", draws(9, 2)),
        entry("early", draws(9, 1)),
        entry("first", draws(9, 5), stage="launched"),
    )
    city = days_of(late, early, first)["510100"]
    assert [crowd.entry.id for crowd in city.crowds] == ["first", "early", "late"]


@given(
    st.floats(1, 500), st.sampled_from([None, True, False]), st.floats(0, 2), st.floats(0.5, 20), st.floats(0, 10),
    st.booleans(),
)  # fmt: skip
def test_the_mixture_has_the_moments_of_its_parts(
    uptake: float, premium: bool | None, asking: float, mean: float, deviation: float, known: bool
) -> None:
    """The oracle adds up people, minutes and squares of minutes by hand, hour by hour."""
    drawn = draws(uptake, 1, 1, premium=premium, asks_hall=uptake * asking)
    city = days_of(entry("x", drawn, service=(mean, deviation) if known else None))["510100"]
    half = BUILTIN.limit("enquiry_time") / 100
    which = (np.zeros(2, np.int64), np.arange(2))
    days = city.hall_days(city.drawn(city.crowds[0]).at(which), which)
    first, square = (mean, mean**2 + deviation**2) if known else (5.0, 25 * 1.8)
    hours = city.hours
    for hall in range(2):
        base = hours.arrivals[hall, city.types[0]]
        people_ = city.crowds[0].people[0, hall] * base / base.sum()
        asks = people_ * asking
        share = 0.2 if premium is None else float(premium)
        total = base + people_ + asks
        minutes = base * 5 + people_ * first + asks * first * half
        squares = base * 25 * 1.8 + people_ * square + asks * square * half**2
        assert days.premium[hall] == pytest.approx(base * 0.2 + (people_ + asks) * share)
        assert days.premium[hall] + days.other[hall] == pytest.approx(total)
        assert days.mean[hall] == pytest.approx(minutes / total)
        assert days.scv[hall] == pytest.approx(squares / total / (minutes / total) ** 2 - 1, abs=1e-9)
        of_premium = base * 0.2 * 5 + (people_ * first + asks * first * half) * share
        assert days.premium_mean[hall] == pytest.approx(of_premium / days.premium[hall])


def test_both_cities_are_there() -> None:
    assert sorted(days_of(entry("x", draws(5)))) == ["510100", "510700"]


def test_a_hall_without_hours_draws_nobody() -> None:
    found = people(days_of(entry("x", draws(90)), closed=("a2",)), "x")
    assert sorted(found) == ["a1", "b1"]
    assert sum(found.values()) == pytest.approx(90)
