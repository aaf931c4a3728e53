"""Expected waits for others: every hour of every day, which are quiet, and whom to send where."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import Hall
from campaigncheck.forecast.model import Forecast
from campaigncheck.forecast.places import NEARBY, write
from tests.forecast.made import NAMES, PEOPLE, forecast, hours_of, named
from tests.waiting.worlds import BUILTIN, FIRST, REGIONS, catalogues

KNOWN = named(NAMES)
DISTRICTS = ("510104", "510104", "510105", "510105", "510107", "510107", "510100")
LOADS = (3.0, 1.0, 0.2, 0.4, 0.3, 2.5, 0.1)
"""Of seven halls in one city: their districts, and how many people come compared with the small network's first."""


@cache
def written() -> dict[str, Any]:
    return dict(json.loads(write(forecast(KNOWN), KNOWN)))


def city_of_seven() -> Catalogues:
    """Return a network of seven halls in one city, some of them crowded."""
    names = [f"h{at}" for at in range(len(LOADS))]
    hours = hours_of(
        {name: [load * people for people in PEOPLE["a1"]] for name, load in zip(names, LOADS, strict=True)}
    )
    known = catalogues(replace(hours, assumed=np.array([True] + [False] * 6)))
    halls = {name: Hall(name, name, region, (540, 780)) for name, region in zip(names, DISTRICTS, strict=True)}
    return replace(known, network=replace(known.network, halls=halls, regions=REGIONS))


def test_every_hour_of_every_day_is_told_once() -> None:
    made = forecast(KNOWN)
    halls = {hall["hall"]: hall for hall in written()["halls"]}
    assert list(halls) == ["a1", "a2", "b1"]
    expected = {
        (hour.hall, date.fromordinal(hour.day).isoformat(), hour.hour, hour.premium): round(hour.mean, 1)
        for hour in made.hours()
    }
    found = {
        (name, day, hour["hour"], of == "premium"): wait
        for name, hall in halls.items()
        for day, at in hall["dates"].items()
        for hour in hall["days"][at]["hours"]
        for of, wait in hour["wait"].items()
    }
    assert found == expected


def test_days_that_are_alike_are_told_once() -> None:
    for hall in written()["halls"]:
        numbers = list(hall["dates"].values())
        assert sorted(set(numbers)) == list(range(len(hall["days"])))
        assert len(hall["days"]) < len(numbers)


def test_hours_are_busy_or_quiet_as_the_halls_own_load_says() -> None:
    """The load of a1 on a workday is 10, 25, 15, 20 people × 5 minutes on 3, 3, 2, 3 counters."""
    hall = written()["halls"][0]
    assert (hall["name"], hall["city"], hall["assumed"]) == ("天府路营业厅", "510100", False)
    workday = hall["days"][hall["dates"]["2027-03-10"]]
    assert [hour["busy"] for hour in workday["hours"]] == [False, True, True, True]
    loads = [10 * 5 / 180, 25 * 5 / 180, 15 * 5 / 120, 20 * 5 / 180]
    mean = sum(loads) / 4
    assert [load > 0.7 or load > mean for load in loads] == [False, True, True, True]
    assert workday["quiet"] == [9]


def expected_instead(made: Forecast, known: Catalogues, day: int, hall: int, hour: int) -> list[str]:
    """The halls to send people to, worked out one by one."""
    (city,) = made.cities
    halls = city.city.halls

    def wait(at: int) -> float:
        kind = city.kinds[day, at]
        premium, other = city.with_all.premium[kind, hour], city.with_all.other[kind, hour]
        mean = city.after.mean[kind, hour]
        return float((mean[0] * premium + mean[1] * other) / (premium + other))

    fits = []
    for at, name in enumerate(halls):
        kind = city.kinds[day, at]
        quieter = wait(at) <= wait(hall) / 2 and wait(hall) - wait(at) >= 2
        if at != hall and quieter and not city.broken[kind, hour].any():
            same = known.network.halls[name].region == known.network.halls[halls[hall]].region
            fits.append((not same, round(wait(at), 6), at, name))
    return [name for _, _, _, name in sorted(fits)][:NEARBY]


def test_in_busy_hours_people_are_sent_to_quieter_halls_the_district_first() -> None:
    known = city_of_seven()
    made = forecast(known, hall=300)
    halls = json.loads(write(made, known))["halls"]
    told = 0
    for at, hall in enumerate(halls):
        for day, number in enumerate(hall["dates"].values()):
            for hour in hall["days"][number]["hours"]:
                busy = hour["busy"]
                expected = expected_instead(made, known, day, at, hour["hour"] - FIRST) if busy else []
                assert hour.get("instead", []) == expected
                told += bool(expected)
    assert told > 100
    assert halls[0]["assumed"] is True
    first = halls[0]["days"][0]["hours"][0]
    assert first["instead"] == ["h1", "h6", "h2"]  # its own district, then the shortest waits of the city


def test_a_hall_alone_in_its_city_sends_nobody_away() -> None:
    alone = written()["halls"][2]
    assert alone["city"] == "510700"
    assert all("instead" not in hour for day in alone["days"] for hour in day["hours"])


def test_days_on_which_halls_are_closed_have_no_hours() -> None:
    halls = json.loads(write(forecast(KNOWN, last=70), KNOWN))["halls"]
    assert all(hall["days"][hall["dates"]["2027-05-01"]] == {"quiet": [], "hours": []} for hall in halls)


def test_without_halls_there_is_an_empty_list() -> None:
    empty = Forecast(date(2027, 3, 1).toordinal(), (), (), ())
    assert json.loads(write(empty, BUILTIN)) == {"version": 1, "today": "2027-03-01", "halls": []}


@pytest.mark.parametrize("again", range(2))
def test_the_same_forecast_gives_the_same_bytes(again: int) -> None:
    assert json.loads(write(forecast(named(NAMES)), named(NAMES))) == written()
