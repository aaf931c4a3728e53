"""The stress curve: exact at every point, and at the limit where the largest uptake is."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from campaigncheck.forecast.curve import STEPS, Curve, curves
from campaigncheck.forecast.model import foresee
from campaigncheck.forecast.stress import Stress, stress
from tests.forecast.made import NAMES, named
from tests.waiting.worlds import TODAY, draws, entry, portfolio

KNOWN = named(NAMES)
THERE = portfolio(
    entry("spring", draws(1500, 0, 13)), entry("summer", draws(60, 3, 20)), entry("first", draws(200, 0, 9), stage="launched")
)  # fmt: skip
ASKED = frozenset({"spring", "summer", "first"})


@cache
def found() -> tuple[list[Stress], tuple[Curve, ...]]:
    stresses = list(stress(THERE, KNOWN, TODAY, ASKED))
    drawn, left = curves(THERE, KNOWN, TODAY, stresses, 9)
    assert left == 0
    return stresses, drawn


def test_every_campaign_that_is_bound_has_a_curve_the_tightest_first() -> None:
    stresses, drawn = found()
    bound = {item.id: item.binding.factor for item in stresses if item.binding is not None}
    assert [curve.id for curve in drawn] == sorted(bound, key=lambda name: (bound[name], name))
    assert len(drawn) == 3
    assert [(curve.planned, curve.uptake) for curve in drawn] == [
        next((item.planned, item.uptake) for item in stresses if item.id == curve.id) for curve in drawn
    ]


def test_the_promise_is_used_up_where_the_curve_is_marked() -> None:
    for curve in found()[1]:
        at = {point.factor: point for point in curve.points}
        marked = at[curve.binding.factor]
        assert 0.97 < marked.used <= 1
        assert marked.kept == 1
        beyond = next(point for point in curve.points if point.factor > curve.binding.factor * 1.02)
        assert beyond.used > 1
        assert beyond.kept < 1


def test_points_rise_from_nobody_to_beyond_what_is_planned_and_bearable() -> None:
    for curve in found()[1]:
        factors = [point.factor for point in curve.points]
        assert factors == sorted(set(factors))
        assert factors[0] == 0
        assert factors[-1] >= max(1.25, 1.5 * curve.binding.factor)
        assert {1.0, curve.binding.factor} <= set(factors)
        assert len(factors) in (STEPS + 2, STEPS + 3)


@pytest.mark.parametrize("name", ["spring", "first"])
def test_as_planned_it_is_what_is_foreseen(name: str) -> None:
    curve = next(curve for curve in found()[1] if curve.id == name)
    without = foresee(THERE, KNOWN, TODAY, frozenset({name})).cities
    city = next(city for city in without if curve.binding.hall in city.city.halls)
    kind = city.kinds[curve.binding.day - city.city.days.first, city.city.halls.index(curve.binding.hall)]
    held = city.comes[kind] & (city.before.mean[kind] <= city.promised[kind])
    used = np.where(held, city.after.mean[kind] / city.promised[kind], 0)
    planned = next(point for point in curve.points if point.factor == 1)
    assert planned.used == pytest.approx(used.max())
    assert planned.kept == pytest.approx((used[held] <= 1).mean())


def test_those_left_out_are_counted() -> None:
    stresses = found()[0]
    drawn, left = curves(THERE, KNOWN, TODAY, stresses, 1)
    assert ([curve.id for curve in drawn], left) == ([found()[1][0].id], 2)
