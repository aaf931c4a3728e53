"""One day in the halls of a city: the figures that ``forecast --format halls`` has, without the other days."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.forecast.day import on_day
from campaigncheck.forecast.model import foresee
from campaigncheck.forecast.places import write
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.waiting.chain import waits
from campaigncheck.waiting.days import HallDays
from tests.forecast.made import NAMES, PEOPLE, hours_of, named
from tests.waiting.worlds import TODAY, draws, entry, portfolio

KNOWN = named(NAMES)
CHENGDU = KNOWN.regions.masks["510100"]


def crowded() -> Portfolio:
    """Campaigns that begin before today and after it, in some halls, in some places, early and evenly, and one for another."""
    begun = replace_period(entry("begun", draws(500, 0, 20)), -10, 20)
    return portfolio(
        begun,
        entry("early", draws(400, 3, 30, front_loaded=True, asks_hall=120.0), stage="launched"),
        entry("one-hall", draws(60, 5, 12, premium=True), halls=frozenset({"a2"})),
        entry("parent", draws(300, 0, 40)),
        entry("child", draws(90, 8, 15), cities=CHENGDU, parent="parent"),
        entry("elsewhere", draws(200, 0, 40), cities=KNOWN.regions.masks["510700"]),
        entry("silent", None),
    )


def replace_period(item: Any, first: int, last: int) -> Any:
    period = Days(TODAY + first, TODAY + last)
    return item._replace(draws=item.draws._replace(period=period), start=period.first, days=Days(TODAY, period.last))


@cache
def foreseen() -> dict[str, dict[str, Any]]:
    """What is told of all days."""
    there = crowded()
    told = write(foresee(there, KNOWN, TODAY, frozenset(there.by_id)), KNOWN)
    return {hall["hall"]: hall for hall in json.loads(told)["halls"]}


def of_day(hall: dict[str, Any], day: int) -> dict[str, Any]:
    """What is told of one day of a hall."""
    found: dict[str, Any] = hall["days"][hall["dates"][date.fromordinal(day).isoformat()]]
    return found


@pytest.mark.parametrize("after", [0, 4, 5, 6, 9, 13, 25, 30, 40])
def test_a_day_alone_has_the_figures_that_it_has_among_all(after: int) -> None:
    for code, names in (("510100", ["a1", "a2"]), ("510700", ["b1"])):
        found = on_day(crowded(), KNOWN, code, TODAY + after)
        assert [hall["hall"] for hall in found] == names
        for hall in found:
            expected = foreseen()[hall["hall"]]
            assert {key: hall[key] for key in ("name", "city", "assumed")} == {
                key: expected[key] for key in ("name", "city", "assumed")
            }
            assert of_day(hall, TODAY + after) == of_day(expected, TODAY + after)
            assert len(hall["dates"]) == len(hall["days"]) == 1


def test_campaigns_make_people_wait() -> None:
    (usual, _), (busy, _) = (on_day(there, KNOWN, "510100", TODAY + 9) for there in (portfolio(), crowded()))
    waits = [[hour["wait"]["other"] for hour in of_day(hall, TODAY + 9)["hours"]] for hall in (usual, busy)]
    assert all(more > less for less, more in zip(*waits, strict=True))


def test_without_a_campaign_those_who_always_come_wait() -> None:
    """The figures of the day after all campaigns are those of a network in which there never was one."""
    day = TODAY + 50
    alone = on_day(portfolio(), KNOWN, "510100", day)
    assert alone == on_day(crowded(), KNOWN, "510100", day)
    first = of_day(alone[0], day)
    assert [hour["hour"] for hour in first["hours"]] == [9, 10, 11, 12]
    assert first["quiet"] == [9]
    assert first["hours"][1] == {"hour": 10, "busy": True, "wait": {"premium": 0.7, "other": 1.9}}
    hours = KNOWN.network.hall_hours
    people = hours.premium[:1, 0], hours.other[:1, 0]
    usual = HallDays(hours.counters[:1, 0], *people, hours.mean[:1, 0], hours.scv[:1, 0], hours.mean[:1, 0])
    told = [[hour["wait"]["premium"], hour["wait"]["other"]] for hour in first["hours"]]
    assert told == waits(usual).mean[0].round(1).tolist()


def test_a_day_on_which_all_halls_are_closed_has_no_hours() -> None:
    holiday = date(2027, 5, 1).toordinal()
    assert [of_day(hall, holiday) for hall in on_day(crowded(), KNOWN, "510100", holiday)] == [
        {"quiet": [], "hours": []}
    ] * 2


def test_a_hall_of_which_the_day_has_faults_has_no_day() -> None:
    known = faulty()
    (first, second) = on_day(crowded(), known, "510100", TODAY + 9)
    assert (first["dates"], len(second["dates"])) == ({}, 1)


def faulty() -> Catalogues:
    """The catalogues with a hall of which a workday's rows have faults."""
    hours = hours_of(PEOPLE)
    lost = np.zeros(hours.counters.shape[:2], np.bool_)
    lost[0, 0] = True
    aside = np.where(lost, hours.arrivals.sum(axis=2), 0.0)
    kept = ~lost[..., None]
    counters, premium, other = hours.counters * kept, hours.premium * kept, hours.other * kept
    lacking = replace(hours, counters=counters, premium=premium, other=other, left_out=lost, aside=aside)
    return named(NAMES, lacking)
