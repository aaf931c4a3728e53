"""Rates of complaints: which rule is about what, and how what was counted draws the assumption."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.aftercare.rates import kind, rate, shrunk
from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue.complaints import FIGURES, KINDS, Measured
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.rules import all_rules


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return load_catalogues(RuleFiles.at(None))


def limit(catalogues: Catalogues, **own: float) -> dict[str, float]:
    return {name: entry.value for name, entry in catalogues.policy.limits.items()} | own


def test_every_rule_but_spec_is_about_something() -> None:
    kinds = {rule: kind(rule) for rule in all_rules()}
    assert {rule for rule, found in kinds.items() if found is None} == {r for r in kinds if r.startswith("SPEC")}
    assert set(kinds.values()) - {None} == set(KINDS)
    assert kind("INTERNAL") is None


def test_every_figure_is_in_the_policy_with_its_source(catalogues: Catalogues) -> None:
    limits = catalogues.policy.limits
    assert set(FIGURES) == {name for name in limits if name.startswith(("complaint", "repair_"))}
    facts = {name: limits[name].value for name in FIGURES if not limits[name].assumption}
    assert facts == {"complaint_orders": 28_000, "complaint_person": 50_000, "complaints_in_time": 98}
    assert all(
        limits[name].source.startswith("假设值") for name in FIGURES if name.startswith(("complaints_c", "repair_"))
    )


@pytest.mark.parametrize("rule", ["LANG003", "FAQ003", "CONF001", "CONF002", "CONF003", "LANG005", "SAFE001"])
def test_money_weighs_more_than_jargon(catalogues: Catalogues, rule: str) -> None:
    limits = limit(catalogues).__getitem__
    assert rate(rule, limits, {}).value >= 8 * rate("LANG001", limits, {}).value


def test_without_counting_the_assumption_holds(catalogues: Catalogues) -> None:
    assert rate("LANG003", limit(catalogues).__getitem__, {}) == (0.004, "assumed")
    assert rate("LANG003", limit(catalogues, complaints_promise=0).__getitem__, {}) == (0.0, "assumed")
    assert rate("SPEC002", limit(catalogues).__getitem__, {}) == (0.0, "assumed")


def test_what_was_counted_draws_the_assumption(catalogues: Catalogues) -> None:
    measured = {"LANG003": Measured(19.0, 9_750.0)}
    found = rate("LANG003", limit(catalogues).__getitem__, measured)
    assert found.value == pytest.approx((1 + 19) / (250 + 9_750))
    assert found.source == "measured"
    assert rate("LANG005", limit(catalogues).__getitem__, measured).source == "assumed"


def test_an_assumption_of_nothing_gives_way_to_what_was_counted(catalogues: Catalogues) -> None:
    limits = limit(catalogues, complaints_promise=0).__getitem__
    assert rate("LANG003", limits, {"LANG003": Measured(3.0, 1000.0)}) == (0.0035, "measured")


@given(
    st.floats(1e-6, 1), st.floats(0.1, 100), st.floats(0, 1e6), st.floats(1, 1e9), st.floats(1, 100)
)  # fmt: skip
def test_the_rate_lies_between_the_assumption_and_what_was_counted(
    assumed: float, prior: float, complaints: float, customers: float, more: float
) -> None:
    counted = complaints / customers
    found = shrunk(assumed, prior, Measured(complaints, customers))
    assert min(assumed, counted) * (1 - 1e-9) <= found <= max(assumed, counted) * (1 + 1e-9)
    nearer = shrunk(assumed, prior, Measured(complaints * more, customers * more))
    assert abs(nearer - counted) <= abs(found - counted) + 1e-9 * max(assumed, counted)


def test_figures_hold_in_all_regions_unless_an_overlay_says_otherwise(catalogues: Catalogues) -> None:
    assert catalogues.limit("complaints_word", COUNTRY) == catalogues.limit("complaints_word", "510100") == 5
    assert {name for name in FIGURES if name.startswith(("complaints_w", "repair_"))} <= set(
        catalogues.policy.loosenable.limits
    )
