"""Who breaks what, against the contract's words applied day by day, hall by hall, one campaign after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from campaigncheck.understand.entry import STAGES, Entry
from campaigncheck.waiting.arrivals import Arrivals, CityDays, Moments
from campaigncheck.waiting.blame import Cell, CityBlame
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.together import alone
from tests.waiting.worlds import REGIONS, TODAY, catalogues, draws, entry, portfolio

CATALOGUES = catalogues()
TOWN = REGIONS.masks["510100"]


def blame(*campaigns: Entry, city: str = "510100") -> CityBlame:
    arrivals = Arrivals(portfolio(*campaigns), CATALOGUES, TODAY)
    return CityBlame(arrivals.city(city), Promises.of(CATALOGUES, city))


class Told(NamedTuple):
    """One hour of one day that somebody breaks."""

    name: str
    alarm: bool
    hall: str
    day: int
    hour: int
    premium: bool
    before: float
    after: float
    bound: float


def told(found: CityBlame) -> list[Told]:
    def cells(name: str, alarm: bool, some: tuple[Cell, ...]) -> Iterator[Told]:
        for cell in some:
            for day in cell.days:
                yield Told(
                    name, alarm, cell.hall, day, cell.hour, cell.premium, round(cell.before, 6), round(cell.after, 6),
                    cell.bound,
                )  # fmt: skip

    return sorted(
        one
        for item in alone(found.search())
        for alarm, some in ((False, item.promises), (True, item.alarms))
        for one in cells(item.crowd.entry.id, alarm, some)
    )


def naive(found: CityBlame) -> list[Told]:
    """Return the same by working out every day of every hall with each number of campaigns."""
    city = found.city
    return sorted(
        one
        for day in range(city.days.length)
        for hall in range(len(city.halls))
        for one in _of_day(found, city, day, hall)
    )


def _of_day(found: CityBlame, city: CityDays, day: int, hall: int) -> Iterator[Told]:
    which = (np.array([day]), np.array([hall]))
    total = Moments.none((city.days.length, len(city.halls)))
    usual = city.hall_days(total.at(which), which)
    promised = found.promises.minutes(usual)[0]
    held = _state(city, total, which)
    for crowd in city.crowds:
        total = total.plus(city.drawn(crowd))
        state = _state(city, total, which) if crowd.people[day, hall] > 0 else held
        for hour, (premium, other, queue) in enumerate(state.tolist()):
            for of, wait in enumerate((premium, other)):
                if wait > promised[hour, of] >= held[hour, of]:
                    yield Told(
                        crowd.entry.id, False, city.halls[hall], city.days.first + day, city.hours.first + hour, of == 0,
                        round(held[hour, of], 6), round(wait, 6), promised[hour, of],
                    )  # fmt: skip
            level, before = (sum(each >= alarm for alarm in found.promises.alarms) for each in (queue, held[hour, 2]))
            if level > before:
                yield Told(
                    crowd.entry.id, True, city.halls[hall], city.days.first + day, city.hours.first + hour, False,
                    round(held[hour, 2], 6), round(queue, 6), found.promises.alarms[level - 1],
                )  # fmt: skip
        held = np.maximum(held, state)


def _state(city: CityDays, added: Moments, which: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    days = city.hall_days(added.at(which), which)
    found = waits(days)
    is_open = days.counters[0] > 0
    each = np.where(is_open, found.queue[0] / np.maximum(days.counters[0], 1), 0.0)
    premium = np.where(is_open & (days.premium[0] > 0), found.mean[0, :, 0], 0.0)
    other = np.where(is_open & (days.other[0] > 0), found.mean[0, :, 1], 0.0)
    return np.stack([premium, other, each], axis=1)


@st.composite
def campaigns(draw: DrawFn) -> list[Entry]:
    """A few campaigns that draw from a few people to far too many."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, 6))
        uptake = draw(st.sampled_from([20, 200, 500, 900, 1500]))
        drawn = draws(
            uptake, first, first + draw(st.integers(0, 12)), front_loaded=draw(st.booleans()),
            premium=draw(st.sampled_from([None, True, False])), asks_hall=uptake * draw(st.sampled_from([0.0, 0.5])),
        )  # fmt: skip
        halls = draw(st.sampled_from([frozenset[str](), frozenset({"a1"}), frozenset({"a2"})]))
        stage = draw(st.sampled_from(STAGES[:5]))
        found.append(entry(f"c{number}", drawn, cities=TOWN, stage=stage, halls=halls))
    return found


@given(campaigns())
@settings(max_examples=25, deadline=None)
def test_who_breaks_what(some: list[Entry]) -> None:
    found = blame(*some)
    assert told(found) == naive(found)


def test_a_few_people_break_nothing() -> None:
    assert told(blame(entry("x", draws(20), cities=TOWN))) == []


def test_the_one_with_less_right_of_way_bears_it() -> None:
    first = entry("first", draws(250, 0, 10), cities=TOWN, stage="launched")
    second = entry("second", draws(1500, 0, 10), cities=TOWN, stage="draft")
    assert {item.name for item in told(blame(first))} == set()
    assert {item.name for item in told(blame(first, second))} == {"second"}


def test_each_hour_is_broken_once() -> None:
    some = [entry(f"c{number}", draws(900, 0, 10), cities=TOWN) for number in range(3)]
    found = [item[1:6] for item in told(blame(*some)) if not item.alarm]
    assert len(found) == len(set(found)) > 0


@pytest.mark.parametrize("uptake", [400, 800, 1600])
def test_more_people_break_no_less(uptake: int) -> None:
    def broken(people: int) -> set[tuple[object, ...]]:
        return {item[1:6] for item in told(blame(entry("x", draws(people, 0, 10), cities=TOWN))) if not item.alarm}

    assert broken(uptake) <= broken(uptake * 2)
