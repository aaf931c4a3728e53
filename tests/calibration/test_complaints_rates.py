"""Rates of complaints: where they are known in closed form, what they can never do, and how often intervals hold the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.aftercare.rates import gamma
from campaigncheck.calibration.complaints_rates import Cell, Estimate, Estimates, estimate

ASSUMED = {"A": 0.004, "B": 0.001, "C": 0.0}
USUAL = 0.0002


def of(*cells: Cell, prior: float = 1.0) -> Estimates:
    return estimate(cells, ASSUMED, USUAL, prior)


def rule(found: Estimates, name: str) -> Estimate:
    return next(item for item in found.rules if item.name == name)


def test_without_findings_the_topic_s_rate_is_the_gamma_poisson_one() -> None:
    (topic,) = of(Cell("price", 30_000, 11, {}), Cell("price", 15_000, 4, {})).topics
    assert topic.rate == pytest.approx((1 + 15) / (5_000 + 45_000))
    assert topic.complaints == pytest.approx(15)
    assert (topic.customers, topic.assumed) == (45_000, USUAL)


def test_the_interval_is_that_of_the_gamma_distribution() -> None:
    """Of gamma with shape 16 and rate 50,000 the quantiles at 2.5 % and 97.5 % are 9.145 and 24.740 over 50,000."""
    (topic,) = of(Cell("price", 45_000, 15, {})).topics
    assert topic.low * 50_000 == pytest.approx(9.145, abs=0.02)
    assert topic.high * 50_000 == pytest.approx(24.740, abs=0.02)


def test_what_comes_anyway_is_not_put_down_to_a_finding() -> None:
    """A clean campaign shows what comes anyway, ten times as many with the finding show what it brings."""
    clean, faulty = Cell("price", 1e6, 1_000, {}), Cell("price", 1e6, 11_000, {"A": 1.0})
    found = of(clean, faulty)
    assert rule(found, "A").rate == pytest.approx(0.01, rel=0.01)
    assert found.topics[0].rate == pytest.approx(0.001, rel=0.01)
    assert rule(found, "A").complaints + found.topics[0].complaints == pytest.approx(12_000)


def test_a_finding_on_half_a_topic_counts_half() -> None:
    halves = [Cell(topic, 1e6, 2_200, {"A": 0.5}) for topic in ("price", "cancel")]
    clean = [Cell(topic, 1e7, 2_000, {}) for topic in ("price", "cancel")]
    found = rule(of(*halves, *clean), "A")
    assert found.rate == pytest.approx(0.004, rel=0.01)
    assert found.customers == 1e6


def test_two_rules_that_always_come_together_cannot_be_told_apart_and_the_intervals_say_so() -> None:
    alone = rule(of(Cell("price", 1e6, 5_200, {"A": 1.0})), "A")
    found = of(Cell("price", 1e6, 5_200, {"A": 1.0, "B": 1.0}))
    both = [rule(found, name) for name in "AB"]
    assert sum(item.rate for item in both) == pytest.approx(0.0052, rel=0.05)
    assert both[0].high - both[0].low > 4 * (alone.high - alone.low)


def test_an_assumption_of_nothing_is_given_up_for_what_is_counted() -> None:
    found = rule(of(Cell("price", 1e7, 2_000, {}), Cell("price", 1e6, 3_200, {"C": 1.0})), "C")
    assert found.rate == pytest.approx(0.003, rel=0.02)
    assert found.low < 0.003 < found.high


def test_without_complaints_a_rate_falls_as_customers_come() -> None:
    rates = [rule(of(Cell("price", customers, 0, {"A": 1.0})), "A").rate for customers in (1, 1e3, 1e6)]
    assert rates == [pytest.approx(1 / (250 + customers)) for customers in (1, 1e3, 1e6)]


def test_of_nothing_nothing_is_estimated() -> None:
    assert of() == ((), ())


cells = st.lists(
    st.builds(
        Cell,
        st.sampled_from(["price", "cancel"]),
        st.floats(1, 1e6),
        st.integers(0, 1000),
        st.dictionaries(st.sampled_from("ABC"), st.sampled_from([0.25, 1.0, 3.0]), max_size=2),
    ),
    min_size=1,
    max_size=6,
)


@given(cells, st.sampled_from([0.5, 1.0, 5.0]))
def test_every_complaint_is_dealt_out_once_and_rates_lie_in_their_intervals(some: list[Cell], prior: float) -> None:
    found = of(*some, prior=prior)
    everything = [*found.rules, *found.topics]
    total = sum(cell.complaints for cell in some)
    assert sum(item.complaints for item in everything) == pytest.approx(total, rel=1e-6, abs=1e-6)
    for item in everything:
        assert 0 <= item.low <= item.high
        assert np.isfinite(item.high)
        ahead, behind = gamma(item.assumed, prior)
        assert item.rate == pytest.approx((ahead + item.complaints) / (behind + item.customers), rel=1e-5, abs=1e-12)


@given(cells, st.randoms(use_true_random=False))
def test_order_does_not_matter(some: list[Cell], random: object) -> None:
    turned = some[::-1]
    for one, other in zip(of(*some).rules, of(*turned).rules, strict=True):
        assert one.name == other.name
        assert one[1:] == pytest.approx(other[1:], rel=1e-6, abs=1e-12)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Of 600 intervals at 95 %, 570 should hold; fewer than 93 % would not be chance."""
    random = np.random.default_rng(7)
    held = []
    for _ in range(200):
        true = {"A": random.gamma(2, 0.002), "B": random.gamma(2, 0.0005)}
        some = []
        for _ in range(12):
            findings = {name: 1.0 for name in "AB" if random.random() < 0.4}
            customers = float(random.uniform(5_000, 50_000))
            mean = customers * (USUAL + sum(true[name] for name in findings))
            some.append(Cell("price", customers, int(random.poisson(mean)), findings))
        found = of(*some)
        held += [item.low <= true[item.name] <= item.high for item in found.rules]
        held.append(found.topics[0].low <= USUAL <= found.topics[0].high)
    assert len(held) >= 590
    assert 0.93 <= sum(held) / len(held) <= 0.99
