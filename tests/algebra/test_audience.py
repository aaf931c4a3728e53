"""Laws of audiences, and their meaning checked on every customer of a small world."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from campaigncheck.algebra.audience import (
    ANYBODY,
    NOBODY,
    UNBOUNDED,
    Attribute,
    Audience,
    Constraint,
    Group,
    audience,
    contains,
    group,
    meet,
    one_of,
    overlap,
    ranges,
    witness,
)

WORLD = {
    "brand": Attribute("brand", ("全球通", "动感地带", "神州行")),
    "broadband": Attribute("broadband", (False, True)),
    "age": Attribute("age", largest=6),
    "spend": Attribute("spend", scale=2, largest=6),
}
VALUES: dict[str, list[Any]] = {
    "brand": ["全球通", "动感地带", "神州行"],
    "broadband": [False, True],
    "age": list(range(7)),
    "spend": [step / 2 for step in range(7)],
}
CUSTOMERS = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())]

Wanted = dict[str, Any]
"""A group as a set of wanted values by attribute: the oracle's own form of it."""

NUMBERS = st.lists(st.tuples(st.integers(-1, 7), st.integers(-1, 7)), max_size=3)


def constraint(name: str, wanted: Any) -> Constraint:
    return one_of(WORLD[name], wanted) if WORLD[name].values else ranges(WORLD[name], wanted)


def build(groups: list[Wanted]) -> Audience:
    return audience([group(WORLD, {name: constraint(name, item) for name, item in one.items()}) for one in groups])


def wants(groups: list[Wanted], customer: Mapping[str, Any]) -> bool:
    """The meaning of an audience, read off the wanted values."""
    return any(all(_wanted(name, item, customer[name]) for name, item in one.items()) for one in groups)


def _wanted(name: str, wanted: Any, value: Any) -> bool:
    if WORLD[name].values:
        return value in wanted
    return any(low <= value * WORLD[name].scale <= high for low, high in wanted)


WANTED: SearchStrategy[list[Wanted]] = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "brand": st.lists(st.sampled_from(VALUES["brand"]), unique=True),
            "broadband": st.lists(st.booleans(), unique=True),
            "age": NUMBERS,
            "spend": NUMBERS,
        },
    ),
    max_size=3,
)
AUDIENCES = WANTED.map(build)


def members(whom: Audience) -> list[int]:
    return [index for index, customer in enumerate(CUSTOMERS) if contains(WORLD, whom, customer)]


@given(WANTED)
def test_an_audience_holds_exactly_the_customers_wanted(groups: list[Wanted]) -> None:
    whom = build(groups)
    assert members(whom) == [index for index, customer in enumerate(CUSTOMERS) if wants(groups, customer)]


@given(WANTED, WANTED)
def test_meeting_keeps_exactly_the_common_customers(first: list[Wanted], second: list[Wanted]) -> None:
    both = meet(build(first), build(second))
    for customer in CUSTOMERS:
        assert contains(WORLD, both, customer) == (wants(first, customer) and wants(second, customer))


@given(WANTED, WANTED)
def test_overlapping_is_having_a_common_customer(first: list[Wanted], second: list[Wanted]) -> None:
    expected = any(wants(first, customer) and wants(second, customer) for customer in CUSTOMERS)
    assert overlap(build(first), build(second)) == expected
    assert bool(meet(build(first), build(second))) == expected


@given(AUDIENCES, AUDIENCES, AUDIENCES)
def test_meeting_is_commutative_and_associative(first: Audience, second: Audience, third: Audience) -> None:
    assert meet(first, second) == meet(second, first)
    assert members(meet(meet(first, second), third)) == members(meet(first, meet(second, third)))


@given(AUDIENCES)
def test_meeting_oneself_anybody_and_nobody(whom: Audience) -> None:
    assert members(meet(whom, whom)) == members(whom)
    assert meet(whom, ANYBODY) == meet(ANYBODY, whom) == whom
    assert meet(whom, NOBODY) == meet(NOBODY, whom) == NOBODY
    assert overlap(whom, ANYBODY) == overlap(whom, whom) == bool(whom)
    assert not overlap(whom, NOBODY)


@given(AUDIENCES, AUDIENCES)
def test_overlapping_is_symmetric(first: Audience, second: Audience) -> None:
    assert overlap(first, second) == overlap(second, first)


@given(WANTED, WANTED, AUDIENCES)
def test_more_groups_lose_nobody_and_no_overlap(first: list[Wanted], second: list[Wanted], third: Audience) -> None:
    smaller, larger = build(first), build([*first, *second])
    assert set(members(smaller)) <= set(members(larger))
    assert overlap(larger, third) or not overlap(smaller, third)
    assert set(members(meet(smaller, third))) <= set(members(smaller))


@given(AUDIENCES)
def test_the_witness_is_in_the_audience_whatever_else_it_is(whom: Audience) -> None:
    named = witness(WORLD, whom)
    assert (named is None) == (not whom)
    for customer in CUSTOMERS if named is not None else ():
        assert contains(WORLD, whom, {**customer, **(named or {})})


@given(WANTED, WANTED)
def test_the_witness_of_a_meeting_is_in_both(first: list[Wanted], second: list[Wanted]) -> None:
    named = witness(WORLD, meet(build(first), build(second)))
    if named is not None:
        customer = {**CUSTOMERS[0], **named}
        assert wants(first, customer)
        assert wants(second, customer)


@given(NUMBERS)
def test_ranges_are_disjoint_ordered_and_as_few_as_can_be(parts: list[tuple[int, int]]) -> None:
    found = ranges(WORLD["age"], parts)
    assert all(low <= high for low, high in found)
    assert all(left[1] + 1 < right[0] for left, right in pairwise(found))
    assert [any(low <= n <= high for low, high in found) for n in range(7)] == [
        any(low <= n <= high for low, high in parts) for n in range(7)
    ]


@given(WANTED.filter(lambda groups: len(groups) == 1))
def test_equal_groups_are_equal_tuples(groups: list[Wanted]) -> None:
    turned = [dict(reversed(one.items())) for one in groups]
    padded = [{**one, "brand": one.get("brand", VALUES["brand"])} for one in groups]
    assert build(groups) == build(turned) == build(padded) == build(groups * 2)


def test_a_group_that_wants_the_impossible_is_nobody() -> None:
    assert build([{"brand": []}]) == build([{"age": [(3, 2)]}]) == build([]) == NOBODY
    assert build([{}]) == ANYBODY
    assert build([{"age": [(0, 6)], "brand": VALUES["brand"]}]) == ANYBODY


def test_a_value_that_the_attribute_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        one_of(WORLD["brand"], ["5G"])


def test_numbers_have_no_upper_end_of_their_own() -> None:
    age = Attribute("age")
    above: Group = (("age", ranges(age, [(12, UNBOUNDED)])),)
    assert contains({"age": age}, (above,), {"age": 10**9})
    assert not contains({"age": age}, (above,), {"age": 11})
