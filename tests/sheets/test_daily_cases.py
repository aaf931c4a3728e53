"""“Which one suits me?” against every customer of a small world."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.audience import (
    ANYBODY,
    NOBODY,
    Audience,
    Group,
    contains,
    group,
    meet_groups,
    one_of,
    ranges,
)
from campaigncheck.sheets.daily.cases import Choice, Table, choose
from campaigncheck.sheets.daily.customers import as_written
from campaigncheck.understand.conditions import read_audience
from tests.algebra.test_audience import AUDIENCES, CUSTOMERS, WORLD
from tests.sheets.pages import catalogues

PAGE = 30
OFFERS = st.lists(AUDIENCES, max_size=5)


def may_have(whom: list[Audience], customer: dict[str, Any]) -> set[int]:
    """The answer by looking at each audience."""
    return {at for at, audience in enumerate(whom) if contains(WORLD, audience, customer)}


def told(choice: Choice, customer: dict[str, Any]) -> set[int]:
    """The answer read off the tables; of a table that splits customers exactly one line fits."""
    found = set(choice.everybody)
    for table in choice.tables:
        fitting = [case for case in table.cases if contains(WORLD, case.kinds, customer)]
        assert len(fitting) == 1 or not table.split
        found.update(offer for case in fitting for offer in case.offers)
    return found


@given(OFFERS, st.integers(0, PAGE))
def test_every_customer_is_told_exactly_what_he_may_have(whom: list[Audience], most: int) -> None:
    choice = choose(whom, WORLD, most)
    for customer in CUSTOMERS:
        assert told(choice, customer) == may_have(whom, customer)


@given(OFFERS)
def test_no_line_is_impossible_and_none_is_said_twice(whom: list[Audience]) -> None:
    for table in choose(whom, WORLD, PAGE).tables:
        for case in table.cases:
            assert case.kinds
            assert all(any(contains(WORLD, (kind,), customer) for customer in CUSTOMERS) for kind in case.kinds)
        if table.split:
            kinds = [kind for case in table.cases for kind in case.kinds]
            assert all(meet_groups(one, other) is None for one, other in combinations(kinds, 2))
            assert len({case.offers for case in table.cases}) == len(table.cases)


@given(OFFERS)
def test_common_tables_never_take_more_lines_than_a_page(whom: list[Audience]) -> None:
    apart = choose(whom, WORLD, 0).tables
    tables = choose(whom, WORLD, PAGE).tables
    assert not any(table.split for table in apart)
    if any(table.split for table in tables):
        assert sum(table.lines for table in tables) <= PAGE


@given(OFFERS)
def test_lines_are_in_an_order_that_does_not_depend_on_chance(whom: list[Audience]) -> None:
    choice = choose(whom, WORLD, PAGE)
    assert choice == choose([tuple(reversed(audience)) for audience in whom], WORLD, PAGE)
    for table in choice.tables:
        empty = [not case.offers for case in table.cases]
        assert empty == sorted(empty)


@given(AUDIENCES)
def test_kinds_are_written_as_a_spec_would_and_read_back(whom: Audience) -> None:
    for kind in whom:
        assert read_audience(WORLD, [as_written(kind, WORLD)]) == ((kind,), [])


def test_a_chain_is_one_table() -> None:
    """With broadband: all; a longer customer: two; one who spends, too: three."""
    broadband, tenured, spending = one_of(WORLD["broadband"], [True]), ranges(WORLD["age"], [(3, 6)]), ((4, 6),)
    first = kind(broadband=broadband)
    second = kind(broadband=broadband, age=tenured)
    third = kind(broadband=broadband, age=tenured, spend=spending)
    (table,) = choose([(first,), (second,), (third,)], WORLD, PAGE).tables
    assert table.split
    assert table.attributes == ("broadband", "age", "spend")
    assert [(case.kinds, case.offers) for case in table.cases[:3]] == [
        ((kind(broadband=broadband, age=((0, 2),)),), (0,)),
        ((kind(broadband=broadband, age=((3, 6),), spend=((0, 3),)),), (0, 1)),
        ((third,), (0, 1, 2)),
    ]
    assert [(case.kinds, case.offers) for case in table.cases[3:]] == [((kind(broadband=1),), ())]


def test_offers_that_look_at_different_things_are_told_apart() -> None:
    choice = choose([(kind(age=((0, 2),)),), (kind(brand=1),), ANYBODY, NOBODY], WORLD, PAGE)
    assert choice.everybody == (2,)
    assert choice.tables == (Table(("brand", "age"), (0, 1), choice.tables[0].cases, False),)
    assert [(case.kinds, case.offers) for case in choice.tables[0].cases] == [
        ((kind(age=((0, 2),)),), (0,)),
        ((kind(brand=1),), (1,)),
    ]


def test_groups_that_together_are_everybody_are_everybody() -> None:
    assert choose([(kind(broadband=1), kind(broadband=2))], WORLD, PAGE) == Choice((0,), ())
    # The age is named but decides nothing: it is no column.
    whom = (kind(broadband=2, age=((0, 2),)), kind(broadband=2, age=((3, 6),)))
    (table,) = choose([whom], WORLD, PAGE).tables
    assert table.attributes == ("broadband",)


def test_ranges_are_written_with_their_rounder_end() -> None:
    domain = catalogues().domain
    written = {
        (("monthly_spend", ((0, 5799),)),): ["<58"],
        (("monthly_spend", ((0, 5800),)),): ["<=58"],
        (("monthly_spend", ((12801, domain["monthly_spend"].largest),)),): [">128"],
        (("monthly_spend", ((12800, domain["monthly_spend"].largest),)),): [">=128"],
        (("monthly_spend", ((5800, 12800),)),): ["58..128"],
        (("monthly_spend", ((5850, 5850),)),): ["58.5"],
        (("age", ((0, 17), (60, domain["age"].largest))),): ["<18", ">=60"],
        (("tenure_months", ((1, 11),)),): ["1..11"],
    }
    for group_, expected in written.items():
        assert list(as_written(group_, domain).values()) == [expected]


def kind(**constraints: Any) -> Group:
    """A kind of customers of the small world."""
    found = group(WORLD, constraints)
    assert found is not None
    return found
