"""What the picture of a handling time shows: probabilities that are whole, means that are kept, steps that add up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.handling.costs import step_costs
from campaigncheck.handling.counter import CounterTime, counter_time
from campaigncheck.handling.shape import CELLS, Part, Shape, heaviest, shapes, told
from tests.handling.test_counter import CATALOGUES, campaign, fixed, pay, trial

minutes = st.tuples(*[st.floats(0.05, 10)] * 3).map(sorted)
steps = st.lists(
    st.builds(
        lambda times, count, share: {"step": "sign", "minutes": times, "times": count, "share": share},
        minutes,
        st.integers(1, 3),
        st.sampled_from([0.2, 0.5, 1.0]),
    ),
    min_size=1,
    max_size=6,
)
timings = st.lists(st.floats(10, 1800), max_size=25)


def time(given_: list[Any], seconds: list[float]) -> CounterTime:
    return counter_time(campaign(given_, [trial("sc-cd-001", *seconds)] if seconds else []), CATALOGUES)


def longest(given_: list[Any], seconds: list[float]) -> float:
    """Return the longest that a transaction can take, or has taken."""
    taken: float = sum(use["minutes"][2] * use["times"] for use in given_)
    return max(taken, *[value / 60 for value in seconds], 0.0)


def drawn(given_: list[Any], *seconds: float, at_least: float = 0.0) -> Shape:
    (found,) = shapes(time(given_, list(seconds)), at_least)
    return found


@given(steps, timings)
def test_the_probabilities_are_the_whole(given_: list[Any], seconds: list[float]) -> None:
    shape = drawn(given_, *seconds)
    assert len(shape.shares) == len(shape.measured) == CELLS
    assert sum(shape.shares) + shape.beyond == pytest.approx(1, abs=1e-9)
    assert all(0 <= timed <= share + 1e-9 for timed, share in zip(shape.measured, shape.shares, strict=True))


@given(steps, timings)
def test_the_mean_of_the_picture_is_the_mean_that_is_told(given_: list[Any], seconds: list[float]) -> None:
    whole = drawn(given_, *seconds, at_least=longest(given_, seconds))
    assert whole.beyond == pytest.approx(0, abs=1e-9)
    mean = sum((at + 0.5) * whole.width * share for at, share in enumerate(whole.shares))
    assert abs(mean - whole.estimate.mean) <= whole.width / 2 + 0.01 * whole.estimate.mean


@given(steps, timings)
def test_percentiles_lie_where_the_picture_has_them(given_: list[Any], seconds: list[float]) -> None:
    shape = drawn(given_, *seconds, at_least=longest(given_, seconds))
    for level, told_ in ((0.5, shape.estimate.p50), (0.8, shape.estimate.p80), (0.9, shape.estimate.p90)):
        cell = int(told_ / shape.width)
        assert sum(shape.shares[:cell]) <= level + 0.01
        assert sum(shape.shares[: cell + 1]) >= level - 0.01


@given(steps, timings)
def test_steps_add_up_to_the_mean_that_they_let_expect(given_: list[Any], seconds: list[float]) -> None:
    shape, plain = drawn(given_, *seconds), time(given_, []).estimate
    assert plain is not None
    assert sum(part.minutes for part in shape.parts) == pytest.approx(plain.mean)
    assert shape.plain == pytest.approx(plain.mean)
    assert shape.timed == len(seconds)


@given(steps, timings)
def test_a_finished_run_tells_the_same_shape(given_: list[Any], seconds: list[float]) -> None:
    whole = time(given_, seconds)
    kept = told(step_costs(tuple(whole.steps)), whole.estimate, whole._replace(steps=[]))
    assert shapes(kept) == shapes(whole)


@given(st.lists(st.floats(0.01, 9), min_size=1, max_size=40), st.integers(2, 9))
def test_the_heaviest_stay_in_order_and_nothing_is_lost(weights: list[float], most: int) -> None:
    parts = tuple(Part(at, f"s{at}", weight) for at, weight in enumerate(weights, 1))
    found = heaviest(parts, most)
    assert len(found) == min(most, len(parts))
    assert sum(part.minutes for part in found) == pytest.approx(sum(weights))
    named = [part for part in found if part.number]
    assert named == sorted(named)
    assert all(part.number for part in found[:-1])
    left = [part.minutes for part in parts if part not in named]
    assert len(left) != 1
    assert max(left, default=0.0) <= min(part.minutes for part in named)


def test_what_takes_exactly_three_minutes_stands_in_one_cell() -> None:
    shape = drawn([fixed(3)], at_least=10)
    assert [round(share, 9) for share in shape.shares].index(1.0) == int(3 / shape.width)
    assert shape.end == pytest.approx(10.4)


def test_timings_are_told_apart_from_the_estimate() -> None:
    shape = drawn([fixed(3)], *[300.0] * 10)
    assert (sum(shape.measured), shape.measured[int(5 / shape.width)]) == (0.5, 0.5)
    assert shape.shares[int(3 / shape.width)] == pytest.approx(0.5)
    assert (shape.plain, shape.estimate.mean) == (3.0, 4.0)


def test_a_single_hour_does_not_press_the_others_into_a_corner() -> None:
    shape = drawn([fixed(3)], *[200.0] * 9, 3600.0)
    assert shape.beyond == pytest.approx(1 / 20)
    assert shape.end < 15


def test_steps_are_numbered_as_in_the_spec_and_those_without_time_are_left_out() -> None:
    parts = drawn([{"step": "no_such"}, fixed(3), fixed(0), pay(1, share=0.5)]).parts
    assert parts == (Part(2, "explain_offer", 3.0), Part(4, "pay", 0.5))


@pytest.mark.parametrize("nothing", [[], [{"step": "no_such"}], [fixed(0)]])
def test_nothing_is_drawn_of_steps_that_take_no_time(nothing: list[Any]) -> None:
    assert shapes(time(nothing, [])) == ()
    assert shapes(time(nothing, []), 6) == ()


def test_places_that_differ_have_shapes_of_their_own_on_one_grid_the_slowest_first() -> None:
    given_ = [fixed(3), pay(2, halls=["sc-cd-002"]), pay(1, channels=["agent"])]
    found = shapes(counter_time(campaign(given_, [trial("sc-cd-002", *[360] * 10)]), CATALOGUES), 6)
    assert [(shape.halls, shape.estimate.mean, shape.timed) for shape in found] == [
        (("sc-cd-002",), 5.5, 10),
        ((), 3.0, 0),
    ]
    assert found[0].width == found[1].width
    assert [part.number for part in found[0].parts] == [1, 2]
