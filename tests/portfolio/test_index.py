"""The index against looking at all pairs, all cities and all days."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import RegionTree
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry
from tests.portfolio.worlds import REAL, SMALL, TODAY, entries, entry, portfolio, same_day, same_place


def ids(pairs: list[tuple[Entry, Entry]]) -> list[tuple[str, str]]:
    return [(first.id, second.id) for first, second in pairs]


def all_pairs(index: Portfolio) -> list[tuple[str, str]]:
    """Look at every pair, in order of path."""
    ordered = sorted(index.entries, key=lambda item: item.path)
    return ids([pair for pair in combinations(ordered, 2) if same_day(*pair) and same_place(*pair)])


@given(entries())
def test_pairs_are_those_that_share_a_day_and_a_place(campaigns: list[Entry]) -> None:
    index = portfolio(campaigns)
    assert ids(list(index.pairs)) == all_pairs(index)


@given(entries(REAL))
def test_pairs_in_the_real_regions(campaigns: list[Entry]) -> None:
    index = portfolio(campaigns, REAL)
    assert ids(list(index.pairs)) == all_pairs(index)


@pytest.mark.parametrize("tree", [SMALL, REAL], ids=["small", "real"])
def test_pairs_of_a_large_portfolio(tree: RegionTree) -> None:
    chance = random.Random(20270115)
    codes = sorted(code for code in tree.regions if code.endswith("0000")) * 9 + sorted(tree.regions)
    campaigns = []
    for number in range(250):
        first = chance.randrange(300)
        include = chance.choices(codes, k=chance.choice([1, 1, 1, 3]))
        mask = tree.scope(include, chance.choices(codes, k=chance.choice([0, 1]))) or tree.scope(include)
        campaigns.append(entry(f"c{number:03d}", first, first + chance.randrange(60), mask))
    index = portfolio(campaigns, tree)
    assert ids(list(index.pairs)) == all_pairs(index)
    assert 100 < len(index.pairs) < 250 * 249 / 2


@given(entries(), st.integers(-1, 20))
def test_live_names_who_runs_in_a_city_on_a_day(campaigns: list[Entry], day: int) -> None:
    index = portfolio(campaigns)
    for city in SMALL.cities:
        expected = [
            item.id
            for item in sorted(campaigns, key=lambda item: item.path)
            if item.cities & SMALL.masks[city] and item.days.first <= TODAY + day <= item.days.last
        ]
        assert [item.id for item in index.live(city, TODAY + day)] == expected
    assert index.live("999999", TODAY) == []


@given(entries(), st.data())
def test_pairs_with_some_are_those_of_all_pairs(campaigns: list[Entry], data: st.DataObject) -> None:
    index = portfolio(campaigns)
    asked = data.draw(st.sets(st.sampled_from([item.id for item in campaigns] or ["c0"])))
    assert ids(list(index.pairs_with(asked))) == [pair for pair in all_pairs(index) if asked.intersection(pair)]


@given(entries(), st.integers(0, 5))
def test_around_are_those_of_a_city_some_days_before_or_after(campaigns: list[Entry], margin: int) -> None:
    index = portfolio(campaigns)
    for item in campaigns:
        wide = item._replace(days=Days(item.days.first - margin, item.days.last + margin), halls=frozenset())
        near = {other.id for other in campaigns if other.cities & item.cities and same_day(wide, other)}
        assert index.around([item.id], margin) == near | {item.id}


@given(entries(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(campaigns: list[Entry], chance: random.Random) -> None:
    shuffled = chance.sample(campaigns, len(campaigns))
    assert ids(list(portfolio(shuffled).pairs)) == ids(list(portfolio(campaigns).pairs))
    assert portfolio(shuffled).entries == portfolio(campaigns).entries


def test_of_two_with_one_id_the_one_with_right_of_way_counts() -> None:
    draft, live = (
        entry("a", 0, 5, 1, path="b.yaml", stage="draft"),
        entry("a", 0, 5, 1, path="z.yaml", stage="launched"),
    )
    assert [item.path for item in portfolio([draft, live]).entries] == ["z.yaml"]


def test_of_two_alike_with_one_id_the_first_by_path_counts() -> None:
    twice = [entry("a", 0, 5, 1, path="z.yaml"), entry("a", 0, 5, 1, path="b.yaml"), entry("b", 0, 5, 1, path="c.yaml")]
    index = portfolio(twice)
    assert [item.path for item in index.entries] == ["b.yaml", "c.yaml"]
    assert index.by_id["a"].path == "b.yaml"
    assert ids(list(index.pairs)) == [("a", "b")]


def test_nothing_planned() -> None:
    index = portfolio([])
    assert (list(index.pairs), index.by_city, index.by_id) == ([], {}, {})
