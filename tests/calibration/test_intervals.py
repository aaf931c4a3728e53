"""Intervals hold the truth as often as they say; estimates are drawn to the centre as far as they are unsure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.calibration.intervals import rates, services, shrink
from campaigncheck.calibration.measure import BLOCKS

ONE = np.array([1.0])


@pytest.mark.parametrize(
    ("total", "low", "high"), [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904), (100, 81.3639, 121.6272)]
)  # fmt: skip
def test_counts_of_poisson_have_the_exact_interval_within_two_percent(total: int, low: float, high: float) -> None:
    """The exact bounds are half the quantiles of chi-square with 2n and 2n+2 degrees of freedom."""
    found = rates(np.array([total]), np.array([1]), ONE)
    assert found[0][0] == pytest.approx(low, rel=0.02, abs=0.02)
    assert found[1][0] == pytest.approx(high, rel=0.02)


def test_intervals_of_rates_hold_the_rate() -> None:
    random = np.random.default_rng(1)
    days = np.full(4000, 20)
    for mean, dispersion in ((0.3, 1.0), (3.0, 1.0), (40.0, 1.0), (8.0, 3.0)):
        if dispersion == 1:
            counts = random.poisson(mean, (4000, 20))
        else:
            counts = random.negative_binomial(mean / (dispersion - 1), 1 / dispersion, (4000, 20))
        low, high = rates(counts.sum(axis=1), days, np.full(4000, dispersion))
        held = ((low <= mean) & (mean <= high)).mean()
        assert 0.94 <= held <= 0.98, (mean, dispersion)


def test_no_days_give_no_interval() -> None:
    assert np.isnan(rates(np.array([0]), np.array([0]), ONE)).all()


def _sums(seconds: list[list[int]]) -> dict[str, np.ndarray]:
    filled = [(block, np.array(part, np.int64)) for block, part in enumerate(seconds) if part]
    return {
        "block": np.array([block for block, _ in filled]),
        "rows": np.array([len(part) for _, part in filled]),
        "total": np.array([part.sum() for _, part in filled]),
        "squares": np.array([(part**2).sum() for _, part in filled]),
    }


def test_mean_and_scv_are_those_of_all_and_the_jackknife_leaves_out_block_by_block() -> None:
    seconds = [[60, 120], [300], [], [240, 240, 60], [600], [], [], [], [], []]
    found = services(_sums(seconds), np.zeros(4, np.int64), 1)
    everything = np.array([second for part in seconds for second in part]) / 60
    without = [
        np.array([s for other in (0, 1, 3, 4) if other != block for s in seconds[other]]).mean() / 60
        for block in (0, 1, 3, 4)
    ]
    error = np.sqrt(3 / 4 * ((np.array(without) - np.mean(without)) ** 2).sum())
    assert found.mean[0] == pytest.approx(everything.mean())
    assert found.scv[0] == pytest.approx(everything.var(ddof=1) / everything.mean() ** 2)
    assert found.mean_high[0] == pytest.approx(everything.mean() + 3.1824 * error)


def test_intervals_of_service_hold_mean_and_scv() -> None:
    random = np.random.default_rng(2)
    groups = 1500
    sigma = np.sqrt(np.log1p(0.7))
    seconds = np.rint(330 * np.exp(sigma * random.standard_normal((groups, BLOCKS, 60)) - sigma**2 / 2)).astype(
        np.int64
    )
    sums = {
        "block": np.tile(np.arange(BLOCKS), groups),
        "rows": np.full(groups * BLOCKS, 60),
        "total": seconds.sum(axis=2).ravel(),
        "squares": (seconds**2).sum(axis=2).ravel(),
    }
    found = services(sums, np.repeat(np.arange(groups), BLOCKS), groups)
    assert 0.935 <= ((found.mean_low <= 5.5) & (found.mean_high >= 5.5)).mean() <= 0.975
    assert 0.85 <= ((found.scv_low <= 0.7) & (found.scv_high >= 0.7)).mean() <= 0.97


def test_days_that_are_all_alike_do_not_make_it_sure() -> None:
    found = services(_sums([[240, 360]] * 5), np.zeros(5, np.int64), 1)
    deviation = np.std([4, 6] * 5, ddof=1)
    assert found.mean_high[0] - found.mean[0] == pytest.approx(1.959964 * deviation / np.sqrt(10))
    assert found.scv_high[0] - found.scv[0] == pytest.approx(1.959964 * found.scv[0] * np.sqrt(2 / 10))


def test_one_block_gives_an_estimate_without_interval() -> None:
    found = services(_sums([[60, 120]]), np.zeros(1, np.int64), 1)
    assert found.mean[0] == 1.5
    assert np.isnan([found.mean_low[0], found.mean_high[0]]).all()


VALUES = st.lists(st.tuples(st.integers(1, 5000), st.floats(1, 20)), min_size=1, max_size=8)


@given(VALUES, st.floats(2, 10), st.floats(0.01, 50))
def test_what_is_shrunk_lies_between_the_value_and_the_centre(
    values: list[tuple[int, float]], centre: float, noise: float
) -> None:
    rows, given_values = (np.array(part) for part in zip(*values, strict=True))
    group = np.zeros(len(rows), np.int64)
    found = shrink(rows, given_values, np.full(len(rows), noise), group, np.array([centre]), np.array([0.01]))
    low, high = np.minimum(given_values, centre), np.maximum(given_values, centre)
    assert ((found.value >= low - 1e-9) & (found.value <= high + 1e-9)).all()
    assert ((found.low <= found.value) & (found.value <= found.high)).all()


def test_what_differs_by_chance_alone_is_the_centre_and_what_differs_much_stays() -> None:
    rows, noise, group = np.full(4, 100), np.full(4, 25.0), np.zeros(4, np.int64)
    centre, unsure = np.array([5.0]), np.array([0.01])
    same = shrink(rows, np.array([5.1, 4.9, 5.2, 4.8]), noise, group, centre, unsure)
    assert same.value.tolist() == [5.0] * 4
    apart = shrink(rows, np.array([2.0, 8.0, 3.0, 7.0]), noise, group, centre, unsure)
    assert apart.value == pytest.approx([2.0, 8.0, 3.0, 7.0], abs=0.2)


def test_a_cell_without_customers_is_the_centre() -> None:
    found = shrink(
        np.array([0, 50]), np.array([np.nan, 9.0]), np.array([4.0, 4.0]), np.zeros(2, np.int64), np.array([5.0]), np.array([0.04])
    )  # fmt: skip
    assert found.value[0] == 5.0
    assert found.high[0] == pytest.approx(5.0 + 1.959964 * 0.2)
