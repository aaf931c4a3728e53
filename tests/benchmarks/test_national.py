"""The national portfolio is what the page says, and the page is what was measured."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from benchmarks.corpus.places import read_map
from benchmarks.national import measures
from benchmarks.national.measures import catalogues_with_halls
from benchmarks.national.page import PAGE, RESULTS, flatness, goals, page
from benchmarks.national.periods import FIRST, LAST
from benchmarks.national.portfolio import national
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry

COUNT = 3000
CATALOGUES = catalogues_with_halls()


@pytest.fixture(scope="module")
def campaigns() -> Sequence[Entry]:
    """A small national portfolio."""
    return national(COUNT, CATALOGUES)


def test_a_larger_portfolio_begins_with_the_smaller_one(campaigns: Sequence[Entry]) -> None:
    assert national(100, CATALOGUES) == campaigns[:100]


def test_another_seed_draws_others(campaigns: Sequence[Entry]) -> None:
    assert not set(national(100, CATALOGUES, seed=1)) & set(campaigns)


def test_it_is_spread_over_the_country_and_two_years(campaigns: Sequence[Entry]) -> None:
    assert {entry.owner[:2] for entry in campaigns} >= {city.province[:2] for city in read_map().cities}
    assert all(FIRST <= entry.days.first <= entry.days.last <= LAST for entry in campaigns)
    assert all(14 <= entry.days.length <= 182 for entry in campaigns)


def test_halls_are_in_the_city_that_names_them(campaigns: Sequence[Entry]) -> None:
    city_of = CATALOGUES.network.city_of
    named = [(hall, entry.owner) for entry in campaigns for hall in entry.halls]
    assert named
    assert all(city_of[hall] == owner for hall, owner in named)


def test_children_run_in_a_city_of_their_parent(campaigns: Sequence[Entry]) -> None:
    by_id = {entry.id: entry for entry in campaigns}
    children = [entry for entry in campaigns if entry.parent]
    assert children
    assert all(entry.cities & by_id[entry.parent or ""].cities == entry.cities for entry in children)


def test_the_peer_finds_the_same_pairs(campaigns: Sequence[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "ROUNDS", 1)
    found = measures.peer(campaigns, CATALOGUES)
    index = Portfolio.of(campaigns, CATALOGUES.regions)
    assert (found["pairs"], found["meeting"]) == (len(index.pairs), len(index.meeting(index.pairs)))


def results(seconds: float, pairs_ms: float = 10, peer_ms: float = 100, changed: float = 0.5) -> dict[str, Any]:
    """Results in which the rules take so long on 100,000 campaigns, and as long for each pair of others."""
    rules = {
        str(count): [{"steps": {"CONF001": [seconds * pairs / 1e6] * 2}, "pairs": pairs, "memory": 900}]
        for count, pairs in ((10_000, 10_000), (100_000, 1_000_000), (200_000, 4_000_000))
    }
    peer = {
        f"peer_{form}_{threads}": [[peer_ms / 1000] * 2]
        for form in ("plain", "sorted", "slices", "meeting")
        for threads in (1, 2)
    }
    steps = {"pairs": [[pairs_ms / 1000] * 2], "meeting": [[0.05] * 2], **peer}
    change = {level: [[changed] * 2] for level in ("city", "province", "country")}
    return {"rules": rules, "peer": [{"steps": steps}], "change": [{"steps": change}]}


def test_targets_that_are_met_are_called_met() -> None:
    assert all(goal.met for goal in goals(results(10)))


def test_targets_that_are_missed_are_called_missed() -> None:
    missed = [goal.what for goal in goals(results(30, pairs_ms=90, peer_ms=60, changed=2)) if not goal.met]
    assert missed == [
        "all CONF and FREQ rules on 100,000 campaigns, one core",
        "pairs in time and place: the same join in DuckDB, one thread",
        "pairs in time and place: the same join in DuckDB, two threads",
        "pairs with audiences: DuckDB, one thread",
        "pairs with audiences: DuckDB, two threads",
        "one changed campaign against 100,000, slowest of all",
    ]


def test_growth_compares_the_time_of_a_pair() -> None:
    grown = results(10)
    assert flatness(grown) == pytest.approx(1)
    grown["rules"]["200000"][0]["steps"]["CONF001"] = [80, 80]
    assert flatness(grown) == pytest.approx(2)


def test_the_page_is_what_the_results_make_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(RESULTS.read_text(encoding="utf-8")))
