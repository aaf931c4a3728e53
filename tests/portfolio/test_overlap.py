"""Overlap from specs as written, against every day, every city and every kind of customer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.overlap import Overlap, left_over, name_witness
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.entry import Entry, describe
from campaigncheck.understand.meaning import understand
from tests.algebra.oracle import expected

CATALOGUES = load_catalogues(RuleFiles.at(None))
TODAY = date(2027, 1, 4)
FIRST = date(2027, 1, 1)

BRANDS = ["全球通", "动感地带", "神州行"]
CUSTOMERS = [
    {"brand": brand, "broadband": broadband, "tenure_months": tenure, "monthly_spend": spend}
    for brand, broadband, tenure, spend in product(
        BRANDS, [False, True], range(5), [0, 0.99, 1, 1.49, 1.5, 1.51, 2, 99]
    )
]
CODES = ["000000", "510000", "510100", "510104", "510105", "510700", "310000", "310101", "420000", "429004"]

Spec = dict[str, Any]


def _range(numbers: list[str]) -> st.SearchStrategy[Any]:
    spans = [f"{low}..{high}" for low, high in combinations(numbers, 2)]
    above = [f"{sign}{number}" for sign in (">=", ">") for number in numbers]
    below = [f"{sign}{number}" for sign in ("<=", "<") for number in numbers if number != "0"]
    return st.sampled_from([*spans, *above, *below, *numbers])


MONTHS, SPEND = _range(["0", "1", "2", "3"]), _range(["0", "1", "1.5", "1.50", "2"])
GROUPS = st.fixed_dictionaries(
    {},
    optional={
        "brand": st.sampled_from(BRANDS) | st.lists(st.sampled_from(BRANDS), min_size=1, max_size=2),
        "broadband": st.booleans(),
        "tenure_months": MONTHS | st.lists(MONTHS | st.integers(0, 4), min_size=1, max_size=2),
        "monthly_spend": SPEND | st.sampled_from([0, 1, 1.5, 2.0]),
    },
)


@st.composite
def specs(draw: DrawFn) -> Spec:
    """A campaign of a few days in January 2027."""
    start = draw(st.integers(0, 9))
    end = draw(st.integers(start, 12))
    return {
        "spec": 1,
        "id": draw(st.sampled_from(["a-1", "b-2", "c-3", "d-4", "e-5", "f-6"])),
        "title": "活动",
        "owner": {"region": "510000", "department": "市场部", "contact": "x"},
        "stage": draw(st.sampled_from(["draft", "testing", "approved", "launched", "retired"])),
        "period": {"start": str(FIRST + timedelta(start)), "end": str(FIRST + timedelta(end))},
        "regions": {
            "include": draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=2)),
            "exclude": draw(st.lists(st.sampled_from(CODES), max_size=1)),
        },
        "halls": draw(st.just([]) | st.lists(st.sampled_from(["hall-1", "hall-2"]), unique=True)),
        "channels": draw(st.sampled_from([["hall"], ["hall", "app"], ["app"]])),
        "audience": draw(st.lists(GROUPS, max_size=2)),
        "offers": [{"id": "x", "name": "积分", "product": "points.exchange", "kind": "points"}],
    }


class Scope(NamedTuple):
    """What a spec says, spelt out: its days, cities and customers."""

    days: set[date]
    cities: set[str]
    customers: set[int]


def scope(spec: Spec) -> Scope:
    start, end = (date.fromisoformat(spec["period"][name]) for name in ("start", "end"))
    days = {start + timedelta(more) for more in range((end - start).days + 1)}
    ahead = {day for day in days if day >= TODAY and spec["stage"] != "retired"}
    customers = {index for index, customer in enumerate(CUSTOMERS) if belongs(customer, spec["audience"])}
    return Scope(ahead, expected(spec["regions"]["include"], spec["regions"]["exclude"]), customers)


def belongs(customer: dict[str, Any], audience: list[dict[str, Any]]) -> bool:
    """Whether a customer is in one of the groups; no groups means everybody."""
    return not audience or any(
        all(any(_holds(item, customer[name]) for item in (wanted if isinstance(wanted, list) else [wanted]))
            for name, wanted in group.items())
        for group in audience
    )  # fmt: skip


def _holds(condition: Any, value: Any) -> bool:
    if isinstance(value, bool | str):
        return bool(condition == value)
    number, text = Decimal(str(value)), str(condition)
    if ".." in text:
        low, high = text.split("..")
        return Decimal(low) <= number <= Decimal(high)
    sign, limit = re.fullmatch(r"([<>]?=?)(.*)", text).groups()  # type: ignore[union-attr]
    edge = Decimal(limit)
    tests = {"": number == edge, ">=": number >= edge, ">": number > edge, "<=": number <= edge, "<": number < edge}
    return tests[sign]


def overlaps(first: Spec, second: Spec) -> bool:
    """The contract's definition, taken literally, with its reading of halls."""
    one, other = scope(first), scope(second)
    apart = first["halls"] and second["halls"] and not set(first["halls"]) & set(second["halls"])
    if apart and ["hall"] in (first["channels"], second["channels"]):
        return False
    return bool(one.days & other.days and one.cities & other.cities and one.customers & other.customers)


def entry(spec: Spec) -> Entry | None:
    campaign = fit(Campaign, spec)
    assert isinstance(campaign, Campaign)
    return describe(understand(campaign, CATALOGUES), f"{spec['id']}.yaml", TODAY.toordinal())


def overlapping(*campaigns: Entry) -> Overlap | None:
    return Portfolio.of(campaigns, CATALOGUES.regions).overlap(*campaigns)


PORTFOLIOS = st.lists(specs(), min_size=2, max_size=4, unique_by=lambda spec: spec["id"])


@given(PORTFOLIOS)
@settings(max_examples=300)
def test_overlap_is_exact_and_its_witness_gets_both(campaigns: list[Spec]) -> None:
    for first, second in combinations(campaigns, 2):
        one, other = entry(first), entry(second)
        shared = overlapping(one, other) if one and other else None
        assert (shared is not None) == overlaps(first, second)
        if shared is not None:
            day, city, customer = name_witness(shared, CATALOGUES.regions, CATALOGUES.domain)
            for spec in (first, second):
                days, cities, _ = scope(spec)
                assert day in days
                assert city in cities
                assert all(belongs({**anybody, **customer}, spec["audience"]) for anybody in CUSTOMERS)


@given(PORTFOLIOS)
def test_pairs_are_the_overlaps_but_for_customers(campaigns: list[Spec]) -> None:
    """The index leaves only customers to be compared, and neither order nor names matter to it."""
    index = Portfolio.of([found for spec in campaigns if (found := entry(spec))], CATALOGUES.regions)
    pairs = {frozenset({first.id, second.id}) for first, second in index.pairs}
    everybody = [{**spec, "audience": []} for spec in campaigns]
    assert pairs == {
        frozenset({first["id"], second["id"]})
        for first, second in combinations(everybody, 2)
        if overlaps(first, second)
    }


@given(specs(), specs())
def test_overlap_is_symmetric(first: Spec, second: Spec) -> None:
    one, other = entry(first), entry(second)
    if one and other:
        assert overlapping(one, other) == overlapping(other, one)


@given(specs(), specs())
def test_a_wider_campaign_overlaps_at_least_as_much(first: Spec, second: Spec) -> None:
    wider = {
        **first,
        "period": {"start": "2027-01-01", "end": "2027-01-31"},
        "regions": {"include": ["000000"]},
        "halls": [],
        "audience": [],
    }
    one, wide, other = entry(first), entry(wider), entry(second)
    if one and wide and other and overlapping(one, other):
        assert overlapping(wide, other)


@given(specs())
def test_what_is_retired_over_or_nowhere_counts_for_nothing(spec: Spec) -> None:
    days, cities, _ = scope(spec)
    found = entry(spec)
    assert (found is None) == (not days or not cities)
    assert entry({**spec, "stage": "retired"}) is None
    if found is not None:
        assert (found.days.start, found.days.end) == (min(days), max(days))
        assert set(CATALOGUES.regions.names(found.cities)) == cities


def test_a_campaign_that_ends_before_it_starts_counts_for_nothing() -> None:
    spec = {**ANY, "period": {"start": "2027-01-09", "end": "2027-01-08"}}
    assert entry(spec) is None
    assert entry({**spec, "period": {"start": "2027-01-09", "end": "2027-01-09"}}) is not None


ANY: Spec = {
    "spec": 1, "id": "any", "title": "活动", "owner": {"region": "510000", "department": "市场部", "contact": "x"},
    "stage": "testing", "regions": {"include": ["510000"]}, "channels": ["app"],
    "offers": [{"id": "x", "name": "积分", "product": "points.exchange", "kind": "points"}],
}  # fmt: skip


DAYS = st.tuples(st.integers(1, 12), st.integers(0, 6)).map(lambda pair: Days(pair[0], pair[0] + pair[1]))


@given(DAYS, st.integers(1, 15), st.lists(st.tuples(DAYS, st.integers(0, 15)), max_size=4))
def test_what_is_left_over_is_the_largest_of_what_nobody_took(
    days: Days, cities: int, taken: list[tuple[Days, int]]
) -> None:
    def is_free(day: int, city: int) -> bool:
        return not any(period.first <= day <= period.last and where >> city & 1 for period, where in taken)

    free = {
        (day, city)
        for day in range(days.first, days.last + 1)
        for city in range(4)
        if cities >> city & 1 and is_free(day, city)
    }
    found, where = left_over(days, cities, taken)
    inside = {(day, city) for day in range(found.first, found.last + 1) for city in range(4) if where >> city & 1}
    assert inside <= free
    assert bool(inside) == bool(free)
    longest = max(
        (
            len(run)
            for city in range(4)
            for run in runs([day for day in range(days.first, days.last + 1) if (day, city) in free])
        ),
        default=0,
    )
    assert len(inside) >= longest


def runs(days: list[int]) -> list[list[int]]:
    """Split days into runs without a gap."""
    found: list[list[int]] = []
    for day in days:
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found
