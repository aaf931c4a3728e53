"""Crowds and clusters of launches against counting day by day, hall by hall, from the contract's words.

FREQ001: more than a limit of campaigns live at one time in one city's halls. FREQ002: more than a limit of
launches within some days in one city. In order of right of way (the later stage, then the earlier start;
a tie is no order), the first one over the limit bears it and every one after it. Campaigns that name halls
are in those only. In its cities a child stands in for its parent.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.days import Days
from campaigncheck.portfolio import crowding
from campaigncheck.portfolio.crowding import Crowd, Standard
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry
from tests.portfolio.worlds import SMALL, STAGES, TODAY, entries, entry, portfolio


def crowds(index: Portfolio, limit: int) -> dict[str, Crowd]:
    return crowding.crowds(index, Standard(lambda city: limit))


def launches(index: Portfolio, limit: int, window: int) -> dict[str, Crowd]:
    return crowding.launches(index, Standard(lambda city: limit), window)


def replace(campaign: Entry, **changes: Any) -> Entry:
    return campaign._replace(**changes)


ANY_OTHER_HALL = "a hall that nobody names"
CITY = SMALL.masks["510100"]


def numbers(found: dict[str, Crowd]) -> dict[str, int]:
    return {name: crowd.number for name, crowd in found.items()}


class Meeting(NamedTuple):
    """What one campaign meets on one day in one hall of one city: itself and those before it."""

    city: str
    hall: str
    day: int
    company: frozenset[str]


def goes_before_or_ties(other: Entry, mine: Entry) -> bool:
    if other.stage != mine.stage:
        return STAGES.index(other.stage) > STAGES.index(mine.stage)
    return other.start <= mine.start


def in_city(campaigns: list[Entry], city: str) -> list[Entry]:
    return [item for item in campaigns if item.cities & SMALL.masks[city]]


def counts_on(item: Entry, there: list[Entry], day: int) -> bool:
    """Whether a campaign counts on a day among those of its city: live, and no child of it is."""
    if not item.days.first <= day <= item.days.last:
        return False
    return not any(
        child.parent == item.id
        and child.days.first <= day <= child.days.last
        and ("hall" in child.channels or "hall" not in item.channels)
        for child in there
    )


def meetings(campaigns: list[Entry], mine: Entry) -> Iterator[Meeting]:
    """Go through every city, hall and day."""
    for city in SMALL.cities:
        there = in_city(campaigns, city)
        for hall in ("h1", "h2", ANY_OTHER_HALL):
            for day in range(mine.days.first, mine.days.last + 1):
                company = frozenset(
                    item.id
                    for item in there
                    if counts_on(item, there, day)
                    and "hall" in item.channels
                    and (not item.halls or hall in item.halls)
                    and goes_before_or_ties(item, mine)
                )
                if mine.id in company:
                    yield Meeting(city, hall, day, company)


def check_crowd(campaigns: list[Entry], mine: Entry, crowd: Crowd | None, limit: int) -> None:
    """Compare with the worst of all meetings; the company is there on all of the days named."""
    met = list(meetings(campaigns, mine))
    most = max((len(meeting.company) for meeting in met), default=0)
    if most <= limit:
        assert crowd is None
        return
    assert crowd is not None
    assert crowd.number == most
    company = frozenset({mine.id, *(other.id for other in crowd.others)})
    for day in range(crowd.days.first, crowd.days.last + 1):
        assert any((item.city, item.day, item.company) == (crowd.city, day, company) for item in met)


@given(entries(), st.integers(0, 3))
def test_crowds_are_those_counted_day_by_day(campaigns: list[Entry], limit: int) -> None:
    found = crowds(portfolio(campaigns), limit)
    for item in campaigns:
        check_crowd(campaigns, item, found.get(item.id), limit)


def launch_meetings(campaigns: list[Entry], mine: Entry, window: int) -> Iterator[Meeting]:
    """Go through every city and every run of days that holds the launch."""
    for city in SMALL.cities:
        there = in_city(campaigns, city)
        launching = [item for item in there if item.start >= TODAY and counts_on(item, there, item.start)]
        for first in range(mine.start - window + 1, mine.start + 1):
            inside = [
                item for item in launching if first <= item.start < first + window and goes_before_or_ties(item, mine)
            ]
            company = frozenset(item.id for item in inside) - {item.parent for item in inside}
            if mine.id in company:
                yield Meeting(city, "", first, company)


@given(entries(span=20), st.integers(1, 2), st.integers(1, 7))
def test_launches_are_those_counted_window_by_window(campaigns: list[Entry], limit: int, window: int) -> None:
    found = launches(portfolio(campaigns), limit, window)
    starts = {item.id: item.start for item in campaigns}
    for item in campaigns:
        met = list(launch_meetings(campaigns, item, window))
        most = max((len(meeting.company) for meeting in met), default=0)
        crowd = found.get(item.id)
        assert (crowd.number if crowd else 0) == (most if most > limit else 0)
        if crowd is not None:
            company = frozenset({item.id, *(other.id for other in crowd.others)})
            days = [starts[name] for name in company]
            assert (crowd.days, len(company)) == (Days(min(days), max(days)), most)
            assert any((meeting.city, meeting.company) == (crowd.city, company) for meeting in met)


@given(entries(), st.randoms(use_true_random=False))
def test_new_names_and_another_order_change_nothing_else(campaigns: list[Entry], chance: random.Random) -> None:
    order = chance.sample(range(len(campaigns)), len(campaigns))
    name = {item.id: f"n{number}" for item, number in zip(campaigns, order, strict=True)}
    renamed = [
        replace(item, id=name[item.id], path=f"{name[item.id]}.yaml", parent=name.get(item.parent or "", item.parent))
        for item in campaigns
    ]
    before, after = portfolio(campaigns), portfolio(renamed)
    assert {name[key]: number for key, number in numbers(crowds(before, 1)).items()} == numbers(crowds(after, 1))
    assert {name[key]: number for key, number in numbers(launches(before, 1, 5)).items()} == numbers(
        launches(after, 1, 5)
    )


@given(entries())
def test_fewer_campaigns_are_no_greater_crowd(campaigns: list[Entry]) -> None:
    """Without children to stand in for parents, taking a campaign away relieves the others."""
    plain = [replace(item, parent=None) for item in campaigns]
    before, after = crowds(portfolio(plain), 1), crowds(portfolio(plain[1:]), 1)
    for key, crowd in after.items():
        assert before[key].number >= crowd.number


@given(entries().filter(lambda campaigns: len(campaigns) > 1))
def test_moved_apart_nobody_meets(campaigns: list[Entry]) -> None:
    apart = [
        replace(
            item,
            start=item.start + 100 * number,
            days=Days(item.days.first + 100 * number, item.days.last + 100 * number),
        )
        for number, item in enumerate(campaigns)
    ]
    index = portfolio(apart)
    assert (list(index.pairs), crowds(index, 1), launches(index, 1, 7)) == ([], {}, {})


def test_the_first_over_the_limit_bears_it_and_every_one_after() -> None:
    some = [entry(f"c{start}", start, 10, CITY) for start in range(5)]
    assert numbers(crowds(portfolio(some), 3)) == {"c3": 4, "c4": 5}
    assert numbers(launches(portfolio(some), 2, 7)) == {"c2": 3, "c3": 4, "c4": 5}


def test_the_later_stage_keeps_its_right_of_way_whenever_it_starts() -> None:
    some = [entry(f"c{start}", start, 10, CITY) for start in range(3)] + [entry("late", 9, 10, CITY, stage="approved")]
    assert numbers(crowds(portfolio(some), 3)) == {"c2": 4}


def test_a_tie_is_borne_by_all_of_it() -> None:
    some = [entry(f"c{number}", 1, 10, CITY) for number in range(4)]
    assert numbers(crowds(portfolio(some), 3)) == {f"c{number}": 4 for number in range(4)}


def test_a_child_stands_in_for_its_parent_in_its_city_on_its_days() -> None:
    province = SMALL.masks["510000"]
    parent, child = entry("p", 0, 10, province), entry("k", 4, 10, CITY, parent="p")
    others = [entry("x", 0, 10, CITY), entry("y", 4, 10, CITY)]
    assert crowds(portfolio([parent, child, *others]), 3) == {}
    alone = crowds(portfolio([parent, replace(child, parent=None), *others]), 3)
    assert {name: crowd.city for name, crowd in alone.items()} == {"k": "510100", "y": "510100"}


def test_campaigns_in_different_halls_do_not_meet() -> None:
    here, there = frozenset({"h1"}), frozenset({"h2"})
    some = [entry(f"c{number}", number, 9, CITY, halls=(here, there)[number % 2]) for number in range(6)]
    assert numbers(crowds(portfolio(some), 2)) == {"c4": 3, "c5": 3}
    assert crowds(portfolio(some), 3) == {}


def test_an_electronic_campaign_is_in_no_hall_but_it_launches() -> None:
    some = [entry(f"c{number}", number, 9, CITY, channels=frozenset({"app"})) for number in range(5)]
    assert crowds(portfolio(some), 1) == {}
    assert set(launches(portfolio(some), 2, 7)) == {"c2", "c3", "c4"}


def test_launches_a_week_apart_are_no_cluster() -> None:
    some = [entry("a", 1, 30, CITY), entry("b", 4, 30, CITY), entry("c", 8, 30, CITY)]
    assert launches(portfolio(some), 2, 7) == {}
    assert set(launches(portfolio(some), 2, 8)) == {"c"}


def test_the_company_named_is_there_on_all_the_days_named() -> None:
    some = [
        entry("a", 0, 0, CITY),
        entry("b", 0, 1, CITY),
        entry("c", 0, 1, CITY),
        entry("d", 1, 1, CITY, stage="launched"),
    ]
    crowd = crowds(portfolio(some), 2)["b"]
    assert (crowd.days, {other.id for other in crowd.others}) == (Days(TODAY, TODAY), {"a", "c"})
