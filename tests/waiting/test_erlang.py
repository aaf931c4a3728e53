"""Erlang A against the birth-death equations solved as they stand, against simulation, and against its laws."""

from __future__ import annotations

import heapq
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from campaigncheck.waiting.erlang import answered

Floats = NDArray[np.float64]

PATIENCE = 120.0
NEARLY = 1e-7

calls = st.floats(0, 5_000)
agents = st.integers(0, 400)
talk = st.floats(20, 900)
patience = st.floats(5, 1_800)
within = st.floats(0, 300)


def brute(rate: float, agents: int, talk: float, patience: float, within: float) -> tuple[float, float, float, float]:
    """Solve the equations: shares answered in time, mean wait, share given up, share given up in time.

    A call that finds n + j others waits for j + 1 departures, at the rates of a pure death chain; those are followed
    in small steps, together with the call's own patience.
    """
    serve, leave = 1 / talk, 1 / patience
    size = agents + int(max(0.0, rate - agents * serve) / leave + 12 * np.sqrt(rate / leave)) + 60
    weight = np.zeros(size)
    for n in range(1, size):
        weight[n] = weight[n - 1] + np.log(rate / (min(n, agents) * serve + max(n - agents, 0) * leave))
    share = np.exp(weight - weight.max())
    share /= share.sum()
    ahead: Floats = np.asarray(share[agents:], dtype=np.float64)
    leaving: Floats = np.asarray(agents * serve + np.arange(len(ahead)) * leave, dtype=np.float64)
    steps = 4_000
    step = within / steps
    kept, gave_up = share[:agents].sum(), 0.0
    for _ in range(steps):
        before = ahead
        middle = _moved(ahead, ahead, leaving, leave, step / 2)
        ahead = _moved(ahead, middle, leaving, leave, step)
        between = (before + ahead) / 2
        kept += step * leaving[0] * between[0]
        gave_up += step * leave * between.sum()
    queue = float(np.arange(len(share) - agents) @ share[agents:])
    return kept, queue / rate, queue * leave / rate, gave_up


def _moved(ahead: Floats, now: Floats, leaving: Floats, leave: float, step: float) -> Floats:
    """Move shares by what flows now in a step."""
    flow = -(leaving + leave) * now
    flow[:-1] += leaving[1:] * now[1:]
    return np.asarray(ahead + step * flow, dtype=np.float64)


@pytest.mark.parametrize(
    ("hourly", "agents", "talk", "within"),
    [
        (600, 30, 180, 15),
        (600, 34, 180, 15),
        (600, 20, 180, 15),
        (3, 1, 180, 15),
        (40, 3, 240, 60),
        (6_000, 300, 180, 15),
    ],
    ids=["full", "promise kept", "overload", "one agent", "three", "hundreds"],
)
def test_the_equations_solved_as_they_stand_agree(hourly: float, agents: int, talk: float, within: float) -> None:
    found = answered(hourly, agents, talk, PATIENCE, within)
    expected = brute(hourly / 3600, agents, talk, PATIENCE, within)
    assert [float(part) for part in found] == pytest.approx(expected, abs=2e-5)


def test_a_simulation_agrees() -> None:
    rate, agents, talk, within, count = 200 / 3600, 10, 200.0, 15.0, 60_000
    chance = random.Random(20270115)
    free = [0.0] * agents
    now, kept, waited, gave_up, gave_up_soon = 0.0, 0, 0.0, 0, 0
    for _ in range(count):
        now += chance.expovariate(rate)
        wait = max(0.0, free[0] - now)
        stays = chance.expovariate(1 / PATIENCE)
        kept += wait <= within and wait < stays
        waited += min(wait, stays)
        if stays < wait:
            gave_up += 1
            gave_up_soon += stays <= within
        else:
            heapq.heapreplace(free, now + wait + chance.expovariate(1 / talk))
    found = answered(200, agents, talk, PATIENCE, within)
    assert found.share_within == pytest.approx(kept / count, abs=0.02)
    assert found.wait_mean == pytest.approx(waited / count, rel=0.05)
    assert found.abandoned == pytest.approx(gave_up / count, abs=0.01)
    assert found.abandoned_within == pytest.approx(gave_up_soon / count, abs=0.005)


def test_published_figures_come_out() -> None:
    """Mandelbaum and Zeltyn (2007): 48 calls a minute, 50 agents, talk and patience of a minute and two, 3.1 % give up."""
    found = answered(48 * 60, 50, 60, 120, 0)
    assert float(found.abandoned) == pytest.approx(0.0309, abs=5e-4)


def test_nobody_answers_without_agents() -> None:
    found = answered(100, 0, 180, PATIENCE, 15)
    assert (float(found.share_within), float(found.wait_mean), float(found.abandoned)) == (0.0, PATIENCE, 1.0)
    assert float(found.abandoned_within) == pytest.approx(1 - np.exp(-15 / PATIENCE))


def test_nobody_waits_without_calls() -> None:
    assert [float(part) for part in answered(0, 1, 180, PATIENCE, 15)] == [1.0, 0.0, 0.0, 0.0]


def test_overload_leaves_what_the_agents_can_answer() -> None:
    found = answered(1e6, 300, 180, PATIENCE, 15)
    assert float(found.abandoned) == pytest.approx(1 - 300 / 180 * 3600 / 1e6, abs=1e-9)
    assert float(found.wait_mean) == pytest.approx(float(found.abandoned) * PATIENCE)


def test_hours_are_answered_side_by_side() -> None:
    together = answered([100, 5_000, 0], [8, 260, 3], 180, PATIENCE, 15)
    for place, (hourly, staff) in enumerate([(100, 8), (5_000, 260), (0, 3)]):
        alone = answered(hourly, staff, 180, PATIENCE, 15)
        assert [part[place] for part in together] == [float(part) for part in alone]


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ((-1, 3, 180, 120, 15), "finite and not negative"),
        ((np.nan, 3, 180, 120, 15), "finite and not negative"),
        ((10, 2.5, 180, 120, 15), "agents must be whole"),
        ((10, 3, 0, 120, 15), "must take time"),
        ((10, 3, 180, 0, 15), "must take time"),
    ],
)
def test_figures_that_cannot_be_are_refused(figures: tuple[float, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        answered(*figures)


@given(calls, agents, talk, patience, within)
def test_shares_are_shares_and_what_comes_in_goes_out(
    calls: float, agents: int, talk: float, patience: float, within: float
) -> None:
    found = answered(calls, agents, talk, patience, within)
    assert 0 <= found.share_within <= 1
    assert 0 <= found.abandoned_within <= found.abandoned + NEARLY
    assert found.share_within + found.abandoned <= 1 + NEARLY or agents == 0
    assert 0 <= found.wait_mean <= patience
    assert calls * (1 - found.abandoned) <= agents / talk * 3600 * (1 + NEARLY) + NEARLY


@given(calls, agents, talk, patience, within)
def test_one_more_agent_never_makes_it_worse(
    calls: float, agents: int, talk: float, patience: float, within: float
) -> None:
    fewer = answered(calls, agents, talk, patience, within)
    more = answered(calls, agents + 1, talk, patience, within)
    assert more.share_within >= fewer.share_within - NEARLY
    assert more.wait_mean <= fewer.wait_mean + NEARLY * patience
    assert more.abandoned <= fewer.abandoned + NEARLY


@given(calls, st.integers(1, 400), talk, patience, within, st.floats(1, 2))
def test_more_calls_never_make_it_better(
    calls: float, agents: int, talk: float, patience: float, within: float, times: float
) -> None:
    fewer = answered(calls, agents, talk, patience, within)
    more = answered(calls * times, agents, talk, patience, within)
    assert more.share_within <= fewer.share_within + NEARLY
    assert more.abandoned >= fewer.abandoned - NEARLY


@given(calls, st.integers(1, 400), talk, patience, within, st.floats(0, 300))
def test_a_longer_promise_is_kept_more_often(
    calls: float, agents: int, talk: float, patience: float, within: float, longer: float
) -> None:
    one = answered(calls, agents, talk, patience, within)
    other = answered(calls, agents, talk, patience, within + longer)
    assert other.share_within >= one.share_within - NEARLY
