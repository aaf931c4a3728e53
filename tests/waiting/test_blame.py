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
    total = Moments.none((city.days.length, len(city.halls)))
    states = [_state(city, total)]
    for crowd in city.crowds:
        total = total.plus(city.drawn(crowd))
        states.append(_state(city, total))
    days = range(city.days.length)
    return sorted(one for day in days for hall in range(len(city.halls)) for one in _of_day(found, states, day, hall))


def _of_day(found: CityBlame, states: list[np.ndarray], day: int, hall: int) -> Iterator[Told]:
    city = found.city
    which = (np.array([day]), np.array([hall]))
    none = Moments.none((city.days.length, len(city.halls)))
    promised = found.promises.minutes(city.hall_days(none.at(which), which))[0]
    held = states[0][day, hall]
    for crowd, state in zip(city.crowds, (every[day, hall] for every in states[1:]), strict=True):
        if crowd.people[day, hall] == 0:
            continue
        place = (city.halls[hall], city.days.first + day)
        for hour, (premium, other, queue) in enumerate(state.tolist()):
            at = city.hours.first + hour
            for of, wait in enumerate((premium, other)):
                if wait > promised[hour, of] >= held[hour, of]:
                    before = round(float(held[hour, of]), 6)
                    yield Told(crowd.entry.id, False, *place, at, of == 0, before, round(wait, 6), promised[hour, of])
            level, before = (sum(each >= alarm for alarm in found.promises.alarms) for each in (queue, held[hour, 2]))
            if level > before:
                yield Told(
                    crowd.entry.id, True, *place, at, False, round(float(held[hour, 2]), 6), round(queue, 6),
                    found.promises.alarms[level - 1],
                )  # fmt: skip
        held = np.maximum(held, state)


def _state(city: CityDays, added: Moments) -> np.ndarray:
    """Return waits of both classes and the queue for each counter on every day in every hall."""
    shape = (city.days.length, len(city.halls))
    which = tuple(part.ravel() for part in np.indices(shape))
    days = city.hall_days(added.at(which), which)  # type: ignore[arg-type]
    found = waits(days, p90=False)
    is_open = days.counters > 0
    each = np.where(is_open, found.queue / np.maximum(days.counters, 1), 0.0)
    premium = np.where(is_open & (days.premium > 0), found.mean[..., 0], 0.0)
    other = np.where(is_open & (days.other > 0), found.mean[..., 1], 0.0)
    return np.stack([premium, other, each], axis=2).reshape(*shape, -1, 3)


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
@settings(max_examples=12, deadline=None)
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
