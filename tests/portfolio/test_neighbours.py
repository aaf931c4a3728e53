"""Campaigns on either side of a border against looking at all pairs, all cities and all days."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.days import Days
from campaigncheck.portfolio import neighbours
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.neighbours import Borders, Neighbourhood, weeks
from campaigncheck.understand.entry import Entry
from tests.portfolio.worlds import SMALL, TODAY, entries, entry, portfolio

Beside = dict[str, frozenset[str]]
LINE = ("110000", "420100", "429004", "510100", "510700", "511000", "630100", "710000")


def both_ways(pairs: set[tuple[str, str]]) -> Beside:
    found: dict[str, set[str]] = {city: set() for city in SMALL.cities}
    for one, other in pairs:
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return {city: frozenset(beside) for city, beside in found.items()}


tables = st.sets(st.tuples(st.sampled_from(SMALL.cities), st.sampled_from(SMALL.cities)), max_size=12).map(both_ways)
ROW = both_ways(set(pairwise(LINE)))


def names(mask: int) -> set[str]:
    return set(SMALL.names(mask))


def common_week(first: Entry, second: Entry) -> list[int]:
    """The days of the weeks, Monday to Sunday, in which both have a day, counted one by one."""

    def of(days: Days) -> set[tuple[int, int]]:
        return {date.fromordinal(day).isocalendar()[:2] for day in range(days.first, days.last + 1)}

    common = of(first.days) & of(second.days)
    low, high = min(first.days.first, second.days.first) - 7, max(first.days.last, second.days.last) + 7
    return [day for day in range(low, high + 1) if date.fromordinal(day).isocalendar()[:2] in common]


def speaks(campaigns: list[Entry], mine: Entry, other: Entry, days: list[int]) -> set[str]:
    """The cities in which a campaign speaks for itself on some days."""
    own = [day for day in days if mine.days.first <= day <= mine.days.last]
    cities = names(mine.cities)
    children = [] if other.parent == mine.id else [child for child in campaigns if child.parent == mine.id]
    for child in children:
        if all(child.days.first <= day <= child.days.last for day in own):
            cities -= names(child.cities)
    return cities


def bordering(campaigns: list[Entry], beside: Beside, first: Entry, second: Entry) -> tuple[set[str], set[str]]:
    days = common_week(first, second)
    if not days:
        return set(), set()
    mine, theirs = speaks(campaigns, first, second, days), speaks(campaigns, second, first, days)
    pairs = [(a, b) for a in mine - theirs for b in theirs - mine if b in beside[a]]
    return {a for a, _ in pairs}, {b for _, b in pairs}


def found_pairs(index: Portfolio, beside: Beside, positions: list[int]) -> list[tuple[int, int]]:
    around = Neighbourhood.of(index, Borders.of(beside, SMALL), index.entries)
    found = []
    for left, right in around.pairs(np.array(positions, np.int64)):
        found += [(min(pair), max(pair)) for pair in zip(left.tolist(), right.tolist(), strict=True)]
    return sorted(found)


def honest(campaigns: list[Entry]) -> list[Entry]:
    """Leave out parents that are their own, which SPEC rules refuse."""
    return [item._replace(parent=None) if item.parent == item.id else item for item in campaigns]


@given(entries(span=30), tables)
def test_pairs_are_those_that_border_in_a_common_week(campaigns: list[Entry], beside: Beside) -> None:
    index = portfolio(honest(campaigns))
    ordered = list(index.entries)
    expected = [
        (one, other)
        for one in range(len(ordered))
        for other in range(one + 1, len(ordered))
        if bordering(ordered, beside, ordered[one], ordered[other])[0]
    ]
    assert found_pairs(index, beside, list(range(len(ordered)))) == expected


@given(entries(span=30), tables)
def test_the_cities_named_are_those_on_either_side(campaigns: list[Entry], beside: Beside) -> None:
    index = portfolio(honest(campaigns))
    around = Neighbourhood.of(index, Borders.of(beside, SMALL), index.entries)
    for first in index.entries:
        for second in index.entries:
            if first is not second and common_week(first, second):
                found = around.between(first, second)
                expected = bordering(list(index.entries), beside, first, second)
                assert (names(found[0]), names(found[1])) == expected
                assert around.between(second, first) == (found[1], found[0])


@pytest.mark.parametrize("piece", [1, 7, 1 << 21])
def test_pairs_of_many_come_in_pieces_and_none_twice(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "PIECE", piece)
    chance = random.Random(20270301)
    campaigns = []
    for number in range(120):
        first = chance.randrange(200)
        codes = chance.choices(LINE, k=chance.choice([1, 1, 2]))
        parent = f"c{chance.randrange(number):03d}" if number and chance.random() < 0.3 else None
        campaigns.append(
            entry(f"c{number:03d}", first, first + chance.randrange(40), SMALL.scope(codes), parent=parent)
        )
    index = portfolio(campaigns)
    ordered = list(index.entries)
    found = found_pairs(index, ROW, list(range(len(ordered))))
    assert len(found) == len(set(found)) > 200
    assert found == [
        (one, other)
        for one in range(len(ordered))
        for other in range(one + 1, len(ordered))
        if bordering(ordered, ROW, ordered[one], ordered[other])[0]
    ]


def test_only_the_rows_asked_for_each_as_often_as_it_is_listed() -> None:
    city = {code: SMALL.masks[code] for code in LINE}
    index = portfolio(
        [entry("a", 0, 5, city["510100"]), entry("b", 0, 5, city["510700"]), entry("c", 0, 5, city["511000"])]
    )
    assert found_pairs(index, ROW, [0, 1, 2]) == [(0, 1), (1, 2)]
    assert found_pairs(index, ROW, [0, 2]) == []
    assert found_pairs(index, ROW, [0, 0, 1]) == [(0, 2), (1, 2)]
    assert found_pairs(index, ROW, []) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), 1),  # a Monday
        (date(2027, 3, 1), date(2027, 3, 7), 1),
        (date(2027, 3, 7), date(2027, 3, 8), 2),
        (date(2026, 12, 28), date(2027, 1, 3), 1),  # the week of the new year
    ],
)
def test_weeks_go_from_monday_to_sunday(first: date, last: date, expected: int) -> None:
    assert weeks(Days.of(first, last)).length == expected


def test_today_is_no_monday_so_that_weeks_matter_here() -> None:
    assert date.fromordinal(TODAY).isoweekday() != 1
