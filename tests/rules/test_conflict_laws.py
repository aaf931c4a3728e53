"""Conflicts against looking at every day, city and customer, and the laws that hold for them.

The oracle knows nothing of region trees, bit sets or audiences: it spells out every campaign as the days,
cities and customers that it reaches, and compares the contract's words with that.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fnmatch import fnmatchcase
from itertools import combinations, product
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.overlap import name_witness
from campaigncheck.rulekit.rule import PortfolioView
from campaigncheck.rules import all_rules
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.entry import STAGES, describe
from campaigncheck.understand.meaning import understand

CATALOGUES = load_catalogues(RuleFiles.at(None))
FIRST = date(2027, 3, 1)
TODAY = date(2027, 3, 3)
CUSTOMERS = [
    {"brand": brand, "broadband": broadband, "age": age}
    for brand, broadband, age in product(["全球通", "动感地带", "神州行"], [False, True], range(4))
]
CITIES = {"510100": {"510100"}, "510700": {"510700"}, "511000": {"511000"}, "310000": {"310000"}}
PLACES = [["510100"], ["510700"], ["510100", "511000"], ["310000"], ["510700", "310000"]]
PRODUCTS = ["broadband.300m", "broadband.500m", "tv.basic"]
PATTERNS = ["broadband.*", "broadband.300m", "tv.*", "*", "campaign:c-1", "campaign:c-*", "campaign:d-*"]
PORTFOLIOS = 2000

Spec = dict[str, Any]
Conflict = tuple[str, str, str]
"""Rule, the campaign that bears it, the other one."""


def offer(number: int, chance: random.Random) -> Spec:
    made: Spec = {"id": f"o{number}", "name": f"优惠{number}", "product": chance.choice(PRODUCTS), "kind": "discount"}
    if chance.random() < 0.6:
        made["price"] = {"amount": chance.choice([10, 20])}
    if chance.random() < 0.3:
        made["excludes"] = [chance.choice(PATTERNS)]
    if chance.random() < 0.3:
        made["stacks_with"] = [chance.choice(PATTERNS)]
    if chance.random() < 0.3:
        made["opt_in_code"] = chance.choice(["KD", "kd", "TV"])
    if chance.random() < 0.3:
        made["audience"] = [group(chance)]
    return made


def group(chance: random.Random) -> Spec:
    made: Spec = {}
    if chance.random() < 0.5:
        made["brand"] = chance.sample(["全球通", "动感地带", "神州行"], chance.randint(1, 2))
    if chance.random() < 0.4:
        made["broadband"] = chance.random() < 0.5
    if chance.random() < 0.5:
        made["age"] = chance.choice(["<2", ">=2", "1..2", "0"])
    return made


def campaign(number: int, chance: random.Random) -> Spec:
    start = chance.randrange(8)
    return {
        "spec": 1,
        "id": f"c-{number}",
        "title": f"活动{number}",
        "owner": {"region": "510000", "department": "市场部", "contact": "x"},
        "stage": chance.choice(["draft", "testing", "approved", "launched", "retired"]),
        "period": {"start": str(FIRST + timedelta(start)), "end": str(FIRST + timedelta(start + chance.randrange(6)))},
        "regions": {"include": chance.choice(PLACES)},
        "halls": chance.choice([[], [], ["hall-1"], ["hall-2"]]),
        "channels": chance.choice([["hall"], ["hall", "app"], ["app"]]),
        "audience": [group(chance) for _ in range(chance.randrange(3))],
        "offers": [offer(index, chance) for index in range(chance.randint(1, 2))],
    }


def repository(seed: int) -> list[Spec]:
    chance = random.Random(seed)
    return [campaign(number, chance) for number in range(chance.randint(2, 6))]


def view(specs: list[Spec]) -> PortfolioView:
    entries = []
    for spec in specs:
        fitted = fit(Campaign, spec)
        assert isinstance(fitted, Campaign)
        entries.append(describe(understand(fitted, CATALOGUES), f"{spec['id']}.yaml", TODAY.toordinal()))
    index = Portfolio.of([entry for entry in entries if entry], CATALOGUES.regions)
    return PortfolioView(index, CATALOGUES, (), TODAY.toordinal())


RULES = ("CONF001", "CONF002", "CONF004", "CONF005")


def found(specs: list[Spec], rules: tuple[str, ...] = RULES) -> set[Conflict]:
    """Return the conflicts between campaigns; those within one are left out."""
    seen = view(specs)
    conflicts = set()
    for rule in rules:
        check = all_rules()[rule].check_portfolio
        assert check is not None
        for problem in check(seen):
            other = problem.related[0].spec
            if other is not None:
                conflicts.add((rule, str(problem.spec).removesuffix(".yaml"), other.removesuffix(".yaml")))
    return conflicts


class Reach(NamedTuple):
    """Everything that a campaign reaches, spelt out."""

    days: set[date]
    cities: set[str]
    customers: dict[str, set[int]]


def reach(spec: Spec) -> Reach:
    start, end = (date.fromisoformat(spec["period"][key]) for key in ("start", "end"))
    days = {start + timedelta(more) for more in range((end - start).days + 1)}
    ahead = {day for day in days if day >= TODAY} if spec["stage"] != "retired" else set()
    own = members(spec["audience"])
    customers = {item["id"]: own & members(item.get("audience", [])) for item in spec["offers"]}
    return Reach(ahead, set().union(*(CITIES[code] for code in spec["regions"]["include"])), customers)


def members(groups: list[Spec]) -> set[int]:
    return {
        index
        for index, customer in enumerate(CUSTOMERS)
        if not groups or any(all(holds(value, customer[name]) for name, value in item.items()) for item in groups)
    }


def holds(condition: Any, value: Any) -> bool:
    if isinstance(condition, list):
        return value in condition
    if not isinstance(condition, str):
        return bool(condition == value)
    ages: dict[str, Callable[[int], bool]] = {
        "<2": lambda age: age < 2, ">=2": lambda age: age >= 2, "1..2": lambda age: 1 <= age <= 2, "0": lambda age: age == 0,
    }  # fmt: skip
    return ages[condition](value)


def names(patterns: list[str], spec: Spec, item: Spec) -> bool:
    return any(
        fnmatchcase(spec["id"], pattern[9:])
        if pattern.startswith("campaign:")
        else fnmatchcase(item["product"], pattern)
        for pattern in patterns
    )


def expected(specs: list[Spec]) -> set[Conflict]:
    conflicts: set[Conflict] = set()
    for one, other in combinations(specs, 2):
        for rule in clashes(one, other):
            conflicts.update((rule, *sides) for sides in bearers(one, other))
    return conflicts


def clashes(one: Spec, other: Spec) -> Iterator[str]:
    first, second = reach(one), reach(other)
    apart = one["halls"] and other["halls"] and not set(one["halls"]) & set(other["halls"])
    if apart and ["hall"] in (one["channels"], other["channels"]):
        return
    if not (first.days & second.days and first.cities & second.cities):
        return
    pairs = [
        (mine, theirs)
        for mine, theirs in product(one["offers"], other["offers"])
        if first.customers[mine["id"]] & second.customers[theirs["id"]]
    ]
    if any(excludes(one, mine, other, theirs) for mine, theirs in pairs):
        yield "CONF001"
    if any(mine["product"] == theirs["product"] and mine.get("price") != theirs.get("price") for mine, theirs in pairs):
        yield "CONF002"
    if members(one["audience"]) & members(other["audience"]):
        codes = [
            {item["opt_in_code"].lower() for item in spec["offers"] if "opt_in_code" in item} for spec in (one, other)
        ]
        if codes[0] & codes[1]:
            yield "CONF004"


def excludes(one: Spec, mine: Spec, other: Spec, theirs: Spec) -> bool:
    return names(mine.get("excludes", []), other, theirs) or names(theirs.get("excludes", []), one, mine)


def bearers(one: Spec, other: Spec) -> list[tuple[str, str]]:
    ranks = [(-STAGES.index(spec["stage"]), spec["period"]["start"]) for spec in (one, other)]
    sides = []
    if ranks[0] >= ranks[1]:
        sides.append((one["id"], other["id"]))
    if ranks[1] >= ranks[0]:
        sides.append((other["id"], one["id"]))
    return sides


@pytest.mark.parametrize("part", range(8))
def test_conflicts_are_those_of_every_day_city_and_customer(part: int) -> None:
    seen = 0
    for seed in range(part, PORTFOLIOS, 8):
        specs = repository(seed)
        conflicts = expected(specs)
        assert found(specs, RULES[:3]) == conflicts, seed
        seen += len(conflicts)
    assert seen > PORTFOLIOS // 16


SEEDS = st.integers(0, 1_000_000)


def pairs(conflicts: set[Conflict]) -> set[tuple[str, frozenset[str]]]:
    """Return conflicts without saying who bears them: that depends on who starts first."""
    return {(rule, frozenset(sides)) for rule, *sides in conflicts}


def widened(spec: Spec) -> Iterator[Spec]:
    yield {**spec, "period": {"start": "2027-03-01", "end": "2027-04-30"}}
    yield {**spec, "regions": {"include": ["000000"]}}
    yield {**spec, "audience": []}
    yield {**spec, "halls": []}
    yield {
        **spec,
        "offers": [{key: value for key, value in item.items() if key != "audience"} for item in spec["offers"]],
    }


@given(SEEDS, st.data())
def test_widening_never_removes_a_conflict_and_narrowing_never_adds_one(seed: int, data: st.DataObject) -> None:
    specs = repository(seed)
    at = data.draw(st.integers(0, len(specs) - 1))
    before = pairs(found(specs))
    for wide in widened(specs[at]):
        if wide["offers"] != specs[at]["offers"] or wide != specs[at]:
            assert before <= pairs(found([*specs[:at], wide, *specs[at + 1 :]]))


@given(SEEDS, st.randoms(use_true_random=False))
def test_order_of_files_regions_and_groups_changes_nothing(seed: int, chance: random.Random) -> None:
    specs = repository(seed)
    shuffled = [
        {
            **spec,
            "regions": {"include": chance.sample(spec["regions"]["include"], len(spec["regions"]["include"]))},
            "audience": chance.sample(spec["audience"], len(spec["audience"])),
        }
        for spec in chance.sample(specs, len(specs))
    ]
    assert found(shuffled) == found(specs)


@given(SEEDS)
def test_other_names_change_nothing_but_the_names(seed: int) -> None:
    specs = repository(seed)
    new = {spec["id"]: f"z-{9 - index}" for index, spec in enumerate(specs)}
    plain = [{**spec, "offers": [unnamed(item) for item in spec["offers"]]} for spec in specs]
    renamed = [{**spec, "id": new[spec["id"]]} for spec in plain]
    assert found(renamed) == {(rule, new[mine], new[other]) for rule, mine, other in found(plain)}


def unnamed(item: Spec) -> Spec:
    """Return an offer whose patterns name products only."""
    return {
        key: [pattern for pattern in value if not pattern.startswith("campaign:")] if key in ("excludes", "stacks_with") else value
        for key, value in item.items()
    }  # fmt: skip


@given(SEEDS)
def test_retired_campaigns_count_for_nothing(seed: int) -> None:
    specs = repository(seed)
    assert found(specs) == found([spec for spec in specs if spec["stage"] != "retired"])
    assert found([{**spec, "stage": "retired"} for spec in specs]) == set()


@given(SEEDS)
def test_a_conflict_is_told_on_both_sides_of_a_tie_and_on_one_otherwise(seed: int) -> None:
    conflicts = found(repository(seed))
    ranks = {spec["id"]: (-STAGES.index(spec["stage"]), spec["period"]["start"]) for spec in repository(seed)}
    for rule, mine, other in conflicts:
        assert ranks[mine] >= ranks[other]
        assert ((rule, other, mine) in conflicts) == (ranks[mine] == ranks[other])


@given(SEEDS)
def test_a_witness_satisfies_both(seed: int) -> None:
    specs = {spec["id"]: spec for spec in repository(seed)}
    index = view(list(specs.values())).portfolio
    for one, other in combinations(index.entries, 2):
        shared = index.overlap(one, other)
        assert shared == index.overlap(other, one)
        if shared is not None:
            day, city, customer = name_witness(shared, CATALOGUES.regions, CATALOGUES.domain)
            like = [
                number for number, item in enumerate(CUSTOMERS) if all(item[key] == customer[key] for key in customer)
            ]
            for spec in (specs[one.id], specs[other.id]):
                days, cities, _ = reach(spec)
                assert day in days
                assert city in cities
                assert like
                assert set(like) <= members(spec["audience"])
