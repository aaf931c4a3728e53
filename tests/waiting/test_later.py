"""Starting later: the shortest delay with which nothing breaks in the hall, by the rule's own search of a moved portfolio."""

from __future__ import annotations

import pytest

from campaigncheck.algebra.days import Days
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.arrivals import Arrivals
from campaigncheck.waiting.blame import CityBlame
from campaigncheck.waiting.later import DELAYS, least_delay
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.together import alone
from tests.waiting.worlds import REGIONS, TODAY, catalogues, draws, entry, portfolio

CATALOGUES = catalogues()
CITY, HALL = "510100", "a1"
TOWN = REGIONS.masks[CITY]
PROMISES = Promises.of(CATALOGUES, CITY)
LAUNCHED = entry("a-launched", draws(900, 0, 19), cities=TOWN, stage="launched")


def found(own: Entry, *others: Entry) -> int | None:
    arrivals = Arrivals(portfolio(own, *others), CATALOGUES, TODAY)
    return alone(least_delay(arrivals, PROMISES, own, CITY, HALL))


def breaks(own: Entry, delay: int, *others: Entry) -> bool:
    """Whether a promise breaks in the hall on a day on which the campaign draws somebody, if it starts later."""
    drawn = own.draws
    assert drawn is not None
    period = Days(drawn.period.first + delay, drawn.period.last + delay)
    moved = own._replace(start=period.first, days=period, draws=drawn._replace(period=period))
    city = Arrivals(portfolio(moved, *others), CATALOGUES, TODAY).city(CITY)
    return any(
        cell.hall == HALL and any(period.first <= day <= period.last for day in cell.days)
        for blame in alone(CityBlame(city, PROMISES).search())
        if blame.crowd.entry.id == own.id
        for cell in blame.promises
    )


@pytest.mark.parametrize("people", [50, 150, 300, 450, 900])
def test_the_shortest_delay_that_breaks_nothing(people: int) -> None:
    own = entry("own", draws(people, 0, 13), cities=TOWN)
    expected = next((delay for delay in DELAYS if not breaks(own, delay, LAUNCHED)), None)
    assert found(own, LAUNCHED) == expected


def test_one_that_meets_no_crowd_later_starts_when_the_crowd_is_gone() -> None:
    own = entry("own", draws(300, 0, 13), cities=TOWN)
    assert breaks(own, 0, LAUNCHED)
    assert breaks(own, 14, LAUNCHED)
    assert found(own, LAUNCHED) == 21


def test_one_that_breaks_promises_alone_finds_no_date() -> None:
    assert found(entry("own", draws(6000, 0, 13), cities=TOWN)) is None


def test_who_comes_after_has_to_hold_as_well() -> None:
    """A campaign with less right of way would break its promise because this one moved to its days."""
    own = entry("own", draws(200, 0, 6), cities=TOWN)
    after = entry("z-after", draws(700, 7, 27), cities=TOWN, stage="draft")
    assert not breaks(after, 0)
    assert (found(own), found(own, after)) == (7, 28)
