"""What findings cost: figures worked out by hand, and the laws that hold of all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.aftercare.cost import aftercare
from campaigncheck.aftercare.model import Aftercare, Fault, Prices, standing
from campaigncheck.aftercare.rates import Rate
from campaigncheck.catalogue.models import Severity
from campaigncheck.source.place import Place

PRICES = Prices(28_000, 50_000, 40)
RATES = {"A": 0.004, "B": 0.001, "C": 0.0, "D": 1.0}
MINUTES = {"A": 30.0, "B": 5.0, "C": 10.0, "D": 60.0}


def fault(rule: str, line: int = 1, blocking: bool = False) -> Fault:
    return Fault(rule, Place(line, 1, line, 2), f"/{line}", blocking)


def cost(faults: Sequence[Fault], customers: float | None = 18_000, rates: dict[str, float] = RATES) -> Aftercare:
    return aftercare(faults, customers, PRICES, lambda rule: Rate(rates[rule], "assumed"), lambda rule: MINUTES[rule])


def test_a_customer_complains_once() -> None:
    found = cost([fault("A"), fault("B", 2)]).left
    expected = 18_000 * (1 - 0.996 * 0.999)
    assert found.complaints == pytest.approx(expected) == pytest.approx(89.928)
    assert found.yuan == pytest.approx(89.928 / 28_000 * 50_000) == pytest.approx(160.585714)
    assert found.person_years == pytest.approx(0.00321171, abs=1e-8)
    assert (found.findings, round(found.repair_minutes, 9)) == (2, 35)
    assert found.repair_yuan == pytest.approx(23.333333)


def test_what_blocks_is_counted_apart() -> None:
    found = cost([fault("A", blocking=True), fault("B", 2)])
    assert found.left.complaints == pytest.approx(18.0)
    assert found.as_it_is.complaints == pytest.approx(89.928)
    assert (found.left.findings, found.as_it_is.findings) == (1, 2)


def test_repairing_one_saves_what_it_adds_to_the_others() -> None:
    first, second = cost([fault("A"), fault("B", 2)]).shares
    assert (first.fault.rule, second.fault.rule) == ("B", "A")
    assert first.complaints == pytest.approx(18_000 * 0.996 * 0.001)
    assert second.complaints == pytest.approx(18_000 * 0.999 * 0.004)
    assert second.yuan == pytest.approx(18_000 * 0.999 * 0.004 * 50_000 / 28_000)
    assert first.repair_minutes == 5
    assert first.repair_yuan == pytest.approx(40 / 12)


def test_the_one_that_saves_most_a_minute_goes_first_and_the_earlier_of_equal_ones() -> None:
    found = cost([fault("C", 1), fault("A", 9), fault("A", 3), fault("B", 4), fault("D", 5)])
    assert [(share.fault.rule, share.fault.place.line) for share in found.shares] == [
        ("D", 5), ("B", 4), ("A", 3), ("A", 9), ("C", 1),
    ]  # fmt: skip


def test_nobody_complains_twice_even_if_everybody_complains() -> None:
    found = cost([fault("D"), fault("D", 2), fault("A", 3)])
    assert found.left.complaints == 18_000
    assert [share.complaints for share in found.shares] == [0, 0, 0]


def test_a_rate_of_nothing_costs_nothing_and_its_repair_is_told() -> None:
    found = cost([fault("C")])
    assert found.left[:4] == (1, 0, 0, 0)
    assert found.left.repair_minutes == 10


def test_without_customers_only_the_repair_is_known() -> None:
    found = cost([fault("A"), fault("B", 2)], None)
    assert found.left[:4] == (2, None, None, None)
    assert found.left.repair_minutes == 35
    assert [(share.fault.rule, share.complaints) for share in found.shares] == [("B", None), ("A", None)]


@pytest.mark.parametrize(
    ("severity", "waived", "expected"),
    [
        ("error", False, "blocking"),
        ("error", True, "left"),
        ("warning", False, "left"),
        ("warning", True, "left"),
        ("note", False, "harmless"),
        ("note", True, "harmless"),
    ],
)
def test_what_is_waived_is_left_like_a_warning(severity: Severity, waived: bool, expected: str) -> None:
    assert standing(severity, waived) == expected


faults = st.lists(st.builds(fault, st.sampled_from(sorted(RATES)), st.integers(1, 50), st.booleans()), max_size=12)
people = st.floats(0, 1e9)


@given(faults, people, people)
def test_more_customers_never_cost_less(some: list[Fault], one: float, other: float) -> None:
    few, many = sorted((one, other))
    less, more = cost(some, few).as_it_is, cost(some, many).as_it_is
    assert (less.complaints or 0) <= (more.complaints or 0) <= many


@given(faults, st.sampled_from(sorted(RATES)), people)
def test_one_more_finding_never_costs_less(some: list[Fault], rule: str, customers: float) -> None:
    fewer, more = cost(some, customers).as_it_is, cost([*some, fault(rule, 99)], customers).as_it_is
    assert (fewer.complaints or 0) <= (more.complaints or 0) + 1e-9 * customers
    assert fewer.repair_minutes <= more.repair_minutes


@given(faults.filter(lambda some: len(some) <= 5), people)
def test_order_does_not_matter(some: list[Fault], customers: float) -> None:
    assert len({cost(turned, customers) for turned in permutations(some)}) <= 1


@given(faults, people)
def test_together_is_less_than_one_by_one_and_more_than_the_worst(some: list[Fault], customers: float) -> None:
    together = cost(some, customers).as_it_is.complaints or 0.0
    alone = [cost([item], customers).as_it_is.complaints or 0.0 for item in some]
    slack = 1e-9 * customers
    assert max(alone, default=0.0) - slack <= together <= math.fsum(alone) + slack


@given(faults, people)
def test_what_is_left_is_part_of_what_is(some: list[Fault], customers: float) -> None:
    found = cost(some, customers)
    assert (found.left.complaints or 0) <= (found.as_it_is.complaints or 0) + 1e-9 * customers
    assert len(found.shares) == found.as_it_is.findings == len(some)
