"""Pushes against counting for every customer there can be, city by city and window by window.

FREQ004: more than a limit of pushes to customers of one audience within some days. A campaign pushes once by
each push channel on its first day; in order of right of way, the first one over the limit bears it and every
one after it. In its cities a child stands in for its parent.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from campaigncheck.algebra.audience import (
    ANYBODY,
    Attribute,
    Audience,
    Constraint,
    Group,
    audience,
    contains,
    group,
    one_of,
    ranges,
    witness,
)
from campaigncheck.algebra.days import Days
from campaigncheck.portfolio import pushes as module
from campaigncheck.portfolio.crowding import Standard
from campaigncheck.portfolio.deepest import Member, bits, deepest
from campaigncheck.portfolio.pushes import Pushed, its_pushes
from campaigncheck.understand.entry import Entry
from tests.portfolio.test_crowding import CITY, counts_on, goes_before_or_ties, in_city, replace
from tests.portfolio.worlds import SMALL, TODAY, entries, entry, portfolio

BRAND = Attribute("brand", ("a", "b", "c"))
OWNS = Attribute("owns", (False, True))
AGE = Attribute("age", (), 1, 4)
SPEND = Attribute("spend", (), 2, 4)
DOMAIN = {item.name: item for item in (BRAND, OWNS, AGE, SPEND)}
EVERYBODY = [
    dict(zip(DOMAIN, values, strict=True))
    for values in product("abc", (False, True), range(5), [step / 2 for step in range(5)])
]
BY_SMS, BY_PHONE, BY_BOTH = (
    frozenset({"sms"}),
    frozenset({"outbound_call", "hall"}),
    frozenset({"sms", "outbound_call"}),
)


@st.composite
def constraints(draw: DrawFn, attribute: Attribute) -> Constraint:
    if attribute.values:
        return one_of(attribute, draw(st.lists(st.sampled_from(attribute.values), min_size=1)))
    ends = st.integers(0, attribute.largest)
    return ranges(attribute, draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=2)))


@st.composite
def groups(draw: DrawFn) -> Group | None:
    names = draw(st.lists(st.sampled_from(sorted(DOMAIN)), max_size=3))
    return group(DOMAIN, {name: draw(constraints(DOMAIN[name])) for name in names})


def audiences() -> st.SearchStrategy[Audience]:
    return st.just(ANYBODY) | st.lists(groups(), min_size=1, max_size=3).map(audience).filter(bool)


@st.composite
def sending(draw: DrawFn) -> list[Entry]:
    """Campaigns of which most push, close to each other so that they meet."""
    channels = st.sampled_from([BY_SMS, BY_SMS, BY_PHONE, BY_BOTH, frozenset({"app"})])
    return [replace(item, channels=draw(channels), audience=draw(audiences())) for item in draw(entries(most=6))]


def pushed(campaigns: list[Entry], limit: int, window: int, only: frozenset[str] | None = None) -> dict[str, Pushed]:
    standard = Standard(lambda city: limit, its_pushes, only=only)
    return module.pushes(portfolio(campaigns), standard, window)


class Got(NamedTuple):
    """The pushes that a customer gets within a window in a city: from whom, and how many."""

    city: str
    customer: dict[str, Any]
    senders: frozenset[str]
    number: int


def gets(campaigns: list[Entry], mine: Entry, window: int) -> Iterator[Got]:
    """Go through every city, window and customer that gets a push of a campaign."""
    for city in SMALL.cities:
        there = in_city(campaigns, city)
        launching = [
            item
            for item in there
            if item.channels & BY_BOTH and item.start >= TODAY and counts_on(item, there, item.start)
        ]
        for first in range(mine.start - window + 1, mine.start + 1):
            near = [
                item for item in launching if first <= item.start < first + window and goes_before_or_ties(item, mine)
            ]
            parents = {item.parent for item in near}
            senders = [item for item in near if item.id not in parents]
            if mine in senders:
                yield from _customers(city, senders, mine)


def _customers(city: str, senders: list[Entry], mine: Entry) -> Iterator[Got]:
    for customer in EVERYBODY:
        if contains(DOMAIN, mine.audience, customer):
            reached = [item for item in senders if contains(DOMAIN, item.audience, customer)]
            number = sum(len(item.channels & BY_BOTH) for item in reached)
            yield Got(city, customer, frozenset(item.id for item in reached), number)


def check(campaigns: list[Entry], mine: Entry, found: Pushed | None, limit: int, window: int) -> None:
    """Compare with the customer that gets most; the one that is named gets as many, from those named."""
    got = list(gets(campaigns, mine, window))
    most = max((item.number for item in got), default=0)
    if most <= limit:
        assert found is None
        return
    assert found is not None
    senders = frozenset({mine.id, *(other.id for other in found.others)})
    named = witness(DOMAIN, found.customers)
    assert named is not None
    assert found.number == most
    as_many = [item for item in got if (item.city, item.senders, item.number) == (found.city, senders, most)]
    assert any(named.items() <= item.customer.items() for item in as_many)
    starts = [item.start for item in campaigns if item.id in senders]
    assert found.days == Days(min(starts), max(starts))
    assert found.days.length <= window


@given(sending(), st.integers(0, 3), st.integers(1, 8))
def test_the_most_pushes_are_those_counted_customer_by_customer(
    campaigns: list[Entry], limit: int, window: int
) -> None:
    found = pushed(campaigns, limit, window)
    assert found.keys() <= {item.id for item in campaigns}
    for item in campaigns:
        check(campaigns, item, found.get(item.id), limit, window)


@given(sending(), st.integers(1, 8), st.data())
def test_whoever_is_asked_for_gets_the_same_answer(campaigns: list[Entry], window: int, data: st.DataObject) -> None:
    asked = data.draw(st.frozensets(st.sampled_from([item.id for item in campaigns] or ["nobody"])))
    everything = pushed(campaigns, 1, window)
    assert pushed(campaigns, 1, window, asked) == {name: item for name, item in everything.items() if name in asked}


@given(sending())
def test_a_lower_limit_never_hides_anybody(campaigns: list[Entry]) -> None:
    strict, lax = pushed(campaigns, 1, 5), pushed(campaigns, 2, 5)
    assert {name: item.number for name, item in lax.items()} == {
        name: item.number for name, item in strict.items() if item.number > 2
    }


@given(sending(), st.permutations(range(6)))
def test_new_names_and_another_order_change_no_number(campaigns: list[Entry], order: list[int]) -> None:
    name = {item.id: f"n{order[number]}" for number, item in enumerate(campaigns)}
    renamed = [
        replace(item, id=name[item.id], path=f"{name[item.id]}.yaml", parent=name.get(item.parent or "", item.parent))
        for item in campaigns
    ]
    before, after = pushed(campaigns, 1, 5), pushed(renamed, 1, 5)
    assert {name[key]: item.number for key, item in before.items()} == {key: item.number for key, item in after.items()}


@st.composite
def members(draw: DrawFn) -> list[Member]:
    found = draw(st.lists(st.tuples(st.integers(1, 3), audiences()), max_size=8))
    return [Member(weight, whom, (1 << len(found)) - 1) for weight, whom in found]


@given(audiences(), members(), st.integers(0, 6), st.integers(1, 2))
def test_the_deepest_point_is_that_of_all_points(own: Audience, others: list[Member], floor: int, weight: int) -> None:
    inside = [customer for customer in EVERYBODY if contains(DOMAIN, own, customer)]
    most = max(
        weight + sum(item.weight for item in others if contains(DOMAIN, item.groups, customer)) for customer in inside
    )
    found = deepest(weight, own, others, floor)
    assert (found.weight if found else 0) == (most if most > floor else 0)
    if found:
        chosen = [others[index] for index, _ in found.members]
        assert weight + sum(item.weight for item in chosen) == most
        assert all(part in item.groups for (_, part), item in zip(found.members, chosen, strict=True))
        shared = [(found.own,), *((part,) for _, part in found.members)]
        assert any(all(contains(DOMAIN, whom, customer) for whom in shared) for customer in EVERYBODY)


@given(audiences(), members(), st.integers(0, 6))
def test_knowing_who_can_meet_changes_no_depth(own: Audience, others: list[Member], floor: int) -> None:
    points = [
        {index for index, item in enumerate(others) if contains(DOMAIN, item.groups, customer)}
        for customer in EVERYBODY
    ]
    told = [
        item._replace(near=sum(1 << other for other in set().union(*(met for met in points if index in met))))
        for index, item in enumerate(others)
    ]
    blind, informed = deepest(1, own, others, floor), deepest(1, own, told, floor)
    assert (blind.weight if blind else 0) == (informed.weight if informed else 0)


@given(st.integers(0, 1 << 70))
def test_bits_are_the_ones_of_the_number(mask: int) -> None:
    assert [index for index in range(71) if mask >> index & 1] == list(bits(mask))


def young(last: int) -> Audience:
    return audience([group(DOMAIN, {"age": ranges(AGE, [(0, last)])})])


def test_three_that_meet_two_by_two_need_not_meet() -> None:
    """Of three brands each campaign leaves out another one: no customer is in all three audiences."""
    pairs = [audience([group(DOMAIN, {"brand": one_of(BRAND, names)})]) for names in ("ab", "bc", "ca")]
    some = [entry(f"c{at}", at, 9, CITY, channels=BY_SMS, audience=whom) for at, whom in enumerate(pairs)]
    assert pushed(some, 2, 30) == {}
    assert {name: item.number for name, item in pushed(some, 1, 30).items()} == {"c1": 2, "c2": 2}


def test_the_customer_named_is_in_all_their_audiences() -> None:
    some = [entry(f"c{at}", at, 9, CITY, channels=BY_SMS, audience=young(3 - at)) for at in range(3)]
    found = pushed(some, 2, 30)["c2"]
    assert found == Pushed(3, Days(TODAY, TODAY + 2), "510100", (some[0], some[1]), young(1))


def test_both_channels_are_two_pushes() -> None:
    some = [entry("a", 0, 9, CITY, channels=BY_BOTH), entry("b", 5, 9, CITY, channels=BY_BOTH)]
    assert {name: item.number for name, item in pushed(some, 3, 30).items()} == {"b": 4}
    assert pushed(some, 1, 30)["a"].others == ()


def test_days_one_and_thirty_are_within_thirty_days() -> None:
    some = [entry("a", 0, 60, CITY, channels=BY_SMS), entry("b", 29, 60, CITY, channels=BY_SMS)]
    assert set(pushed(some, 1, 30)) == {"b"}
    assert pushed(some, 1, 29) == {}


def test_a_window_that_slides_holds_the_most() -> None:
    """Four around the 20th, in any thirty days at most three of them with the last."""
    some = [entry(f"c{start:02}", start, 90, CITY, channels=BY_SMS) for start in (0, 15, 20, 31)]
    found = pushed(some, 2, 30)
    assert {name: item.number for name, item in found.items()} == {"c20": 3, "c31": 3}
    assert found["c31"].days == Days(TODAY + 15, TODAY + 31)


def test_a_child_and_its_parent_push_once_between_them() -> None:
    province = SMALL.masks["510000"]
    parent = entry("p", 0, 40, province, channels=BY_SMS)
    child = entry("k", 10, 40, CITY, channels=BY_SMS, parent="p")
    other = entry("x", 20, 40, CITY, channels=BY_SMS)
    assert pushed([parent, child, other], 2, 30) == {}
    assert set(pushed([parent, replace(child, parent=None), other], 2, 30)) == {"x"}
    assert pushed([parent, replace(child, start=TODAY + 35, days=Days(TODAY + 35, TODAY + 40)), other], 1, 30)[
        "x"
    ].others == (parent,)


def test_of_many_that_overlap_in_part_not_all_sets_are_tried() -> None:
    """Sixty campaigns in one week, many of which have some customers in common: trying all sets would never end."""
    some = [
        entry(
            f"c{at:02}", at % 7, 40, CITY, channels=BY_SMS,
            audience=audience([
                group(DOMAIN, {"spend": ranges(SPEND, [(at % 3, 4)]), "age": ranges(AGE, [(at % 4, 4)])}),
                group(DOMAIN, {"brand": one_of(BRAND, "abc"[at % 3]), "age": ranges(AGE, [(0, at % 5)])}),
            ]),
        )
        for at in range(60)
    ]  # fmt: skip
    found = pushed(some, 4, 30)
    for item in some[:3] + some[-3:]:
        check(some, item, found.get(item.id), 4, 30)


def family(stage: str) -> list[Entry]:
    """A parent, its child for the youngest at some stage, and a campaign for the oldest."""
    old = audience([group(DOMAIN, {"age": ranges(AGE, [(3, 4)])})])
    return [
        entry("p", 0, 40, CITY, channels=BY_SMS, stage="approved"),
        entry("k", 3, 40, CITY, channels=BY_SMS, stage=stage, audience=young(0), parent="p"),
        entry("x", 5, 40, CITY, channels=BY_SMS, audience=old),
    ]


def test_a_child_stands_in_for_its_parent_whoever_its_customers_are() -> None:
    assert pushed(family("approved"), 1, 30) == {}


def test_a_child_behind_in_right_of_way_does_not_stand_in_yet() -> None:
    """For the campaign that goes before the child, the parent's push counts."""
    found = pushed(family("draft"), 1, 30)
    assert {name: [other.id for other in item.others] for name, item in found.items()} == {"x": ["p"]}


def test_a_parent_that_follows_its_child_counts_in_windows_without_the_child_only() -> None:
    some = [
        entry("x", 0, 40, CITY, channels=BY_SMS),
        entry("k", 5, 8, CITY, channels=BY_SMS, parent="p"),
        entry("p", 10, 40, CITY, channels=BY_SMS),
    ]
    assert {name: item.number for name, item in pushed(some, 1, 30).items()} == {"k": 2}
