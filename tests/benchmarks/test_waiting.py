"""docs/waiting.md says what was measured, and says so when a wait is off."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from benchmarks.waiting_page import PAGE, RESULTS, goals, page, ratio, worst
from benchmarks.waiting_simulator import Day, simulate
from benchmarks.waiting_situations import SITUATIONS


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """What was measured last."""
    measured: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return measured


def test_the_page_is_what_the_results_make_it(results: dict[str, Any]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(results)
    assert set(results["situations"]) == set(SITUATIONS)


def test_waits_are_as_right_as_they_have_to_be(results: dict[str, Any]) -> None:
    assert [goal.met for goal in goals(results)][:3] == [True, True, True]


def test_a_wait_that_is_off_is_called_missed(results: dict[str, Any]) -> None:
    wrong = deepcopy(results)
    wrong["situations"]["peak"]["computed"]["mean"][4][1] *= 1.3
    assert [goal.met for goal in goals(wrong)][:3] == [True, False, True]
    assert worst(wrong, "peak", "mean")[3:5] == (5, "other")


def test_twice_the_replications_in_the_same_time_each_change_no_ratio(results: dict[str, Any]) -> None:
    more = deepcopy(results)
    ciw = more["situations"]["surge"]["ciw"]
    ciw["days"] *= 2
    ciw["seconds"] *= 2
    ciw["mean_half"] = (np.array(ciw["mean_half"]) / np.sqrt(2)).tolist()
    assert ratio(more, "surge") == pytest.approx(ratio(results, "surge"), rel=1e-9)


def test_the_simulator_knows_a_settled_counter() -> None:
    """Pollaczek and Khinchine, Cobham: one counter, load 0.6, a third of it premium customers."""
    hours = 30
    day = Day((1,) * hours, (2.4,) * hours, (4.8,) * hours, (5.0,) * hours, (5.0,) * hours, (0.5,) * hours)
    residual = 0.6 * 5 * 0.75
    for served, expected in zip(simulate(day, 1_500, seed=3), (residual / 0.8, residual / 0.8 / 0.4), strict=True):
        late = (served.hour >= 10) & (served.hour < 25)
        assert served.wait[late].mean() == pytest.approx(expected, rel=0.04)


def test_the_simulator_lets_a_closing_counter_finish() -> None:
    """Service takes 90 minutes and one of two counters closes after an hour: nobody else begins before minute 90."""
    day = Day((2, 1, 1), (0.0,) * 3, (6.0, 0.0, 0.0), (90.0,) * 3, (90.0,) * 3, (0.0,) * 3)
    _, other = simulate(day, 200, seed=4)
    place = np.arange(len(other.day)) - np.searchsorted(other.day, other.day)
    assert (other.wait[place < 2] == 0).all()
    assert (other.wait[place >= 2] >= 30).all()
    assert (other.wait[place >= 3] >= 120).all()
