"""The handling time of a campaign: with rehearsals, and where halls and channels differ."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.handling.counter import CounterTime, counter_time, together
from campaigncheck.handling.plan import handling_time, planned_steps
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign, StepUse
from tests.spec.specs import FULL

CATALOGUES = load_catalogues(RuleFiles.at(None))
Times = dict[tuple[str, ...], float]


def campaign(steps: list[Any], trials: list[Any] | None = None, **more: Any) -> Campaign:
    handling = {"steps": steps, "trials": trials or []}
    fitted = fit(Campaign, {**FULL, "halls": [], "channels": ["hall", "agent", "app"], "handling": handling, **more})
    assert isinstance(fitted, Campaign)
    return fitted


def time(steps: list[Any], trials: list[Any] | None = None, **more: Any) -> CounterTime:
    return counter_time(campaign(steps, trials, **more), CATALOGUES)


def fixed(minutes: float, **more: Any) -> dict[str, Any]:
    return {"step": "explain_offer", "minutes": [minutes] * 3, **more}


def pay(minutes: float, **more: Any) -> dict[str, Any]:
    return {**fixed(minutes, **more), "step": "pay"}


def trial(hall: str, *seconds: float) -> dict[str, Any]:
    return {"hall": hall, "on": "2026-11-20", "seconds": list(seconds)}


def means(found: CounterTime, channel: str = "hall") -> Times:
    return {place.halls: round(place.estimate.mean, 9) for place in found.variants if place.channel == channel}


catalogue_steps = st.lists(st.sampled_from(sorted(CATALOGUES.steps.steps)), max_size=6, unique=True)


@given(catalogue_steps)
def test_without_rehearsals_and_variants_nothing_changes(names: list[str]) -> None:
    spec = campaign(names)
    planned = planned_steps(spec, CATALOGUES.steps)
    assert counter_time(spec, CATALOGUES) == CounterTime(planned, handling_time(planned))


@given(catalogue_steps.filter(bool))
def test_places_named_without_a_difference_change_nothing(names: list[str]) -> None:
    everywhere = [{"step": name, "channels": ["hall"]} for name in names]
    found = time(everywhere)
    assert found.estimate == time(list(names)).estimate
    assert [place.channel for place in found.variants] == ["hall"]


def test_rehearsals_count_together_with_the_estimate() -> None:
    found = time([fixed(3)], [trial("sc-cd-001", *[300] * 12), trial("sc-cd-002", *[240] * 8)])
    assert found.plain == pytest.approx(3)
    assert found.rehearsed is not None
    assert found.rehearsed.timed == 20
    assert found.rehearsed.mean == pytest.approx(4.6)
    assert found.estimate is not None
    assert found.estimate.mean == pytest.approx((10 * 3 + 20 * 4.6) / 30)
    assert found.variants == ()


def test_rehearsals_without_steps_estimate_nothing() -> None:
    found = time([], [trial("sc-cd-001", 300)])
    assert (found.estimate, found.plain, found.steps) == (None, None, [])
    assert found.rehearsed is not None


def test_a_step_of_one_hall_comes_on_top_there() -> None:
    found = time([fixed(2), pay(1.5, halls=["sc-cd-001"])])
    assert means(found) == {(): 2, ("sc-cd-001",): 3.5}
    assert found.estimate is not None
    assert found.estimate.mean == pytest.approx(3.5)
    assert [step.id for step in found.steps] == ["explain_offer", "pay"]


def test_what_a_hall_has_of_its_own_stands_in_for_what_is_general() -> None:
    found = time([fixed(2), fixed(5, halls=["sc-cd-001"]), pay(1)])
    assert means(found) == {(): 3, ("sc-cd-001",): 6}


def test_halls_with_the_same_steps_are_told_together() -> None:
    halls = ["sc-cd-003", "sc-cd-001"]
    found = time([fixed(2), pay(1, halls=halls), fixed(3, halls=["sc-cd-002"])])
    assert means(found) == {(): 2, ("sc-cd-001", "sc-cd-003"): 3, ("sc-cd-002",): 3}


def test_halls_that_are_all_named_leave_no_others() -> None:
    steps = [fixed(2, halls=["sc-cd-001"]), fixed(3, halls=["sc-cd-002"])]
    assert means(time(steps, halls=["sc-cd-001", "sc-cd-002"])) == {("sc-cd-001",): 2, ("sc-cd-002",): 3}
    assert means(time([*steps, pay(1)], halls=["sc-cd-001", "sc-cd-002", "sc-cd-003"])) == {
        (): 1,
        ("sc-cd-001",): 3,
        ("sc-cd-002",): 4,
    }


def test_the_counter_decides_and_other_channels_are_told() -> None:
    found = time([fixed(2), pay(9, channels=["agent"]), pay(1, channels=["hall", "agent"], halls=["sc-cd-001"])])
    assert means(found) == {(): 2, ("sc-cd-001",): 3}
    assert means(found, "agent") == {(): 11}
    assert found.estimate is not None
    assert found.estimate.mean == pytest.approx(3)


def test_without_counters_other_channels_decide() -> None:
    found = time([fixed(2), pay(9, channels=["agent"])], channels=["agent", "app"])
    assert means(found, "agent") == {(): 11}
    assert found.estimate is not None
    assert found.estimate.mean == pytest.approx(11)


def test_rehearsals_count_where_they_were_made() -> None:
    steps = [fixed(2), fixed(5, halls=["sc-cd-001"])]
    found = time(steps, [trial("sc-cd-001", *[360] * 10), trial("sc-cd-002", *[180] * 5)])
    assert means(found) == {(): pytest.approx((20 + 15) / 15), ("sc-cd-001",): 5.5}
    assert found.plain == pytest.approx((10 * 5 + 5 * 2) / 15)


def test_rehearsals_of_a_hall_that_does_not_sell_it_count_for_all() -> None:
    steps = [fixed(2, halls=["sc-cd-001"]), fixed(3, halls=["sc-cd-002"])]
    found = time(steps, [trial("sc-cd-003", *[240] * 10)], halls=["sc-cd-001", "sc-cd-002"])
    assert means(found) == {("sc-cd-001",): 3, ("sc-cd-002",): 3.5}


uses_drawn = st.builds(
    lambda halls, channels: StepUse(step="sign", halls=sorted(halls), channels=sorted(channels)),
    st.sets(st.sampled_from(["aaa", "bbb", "ccc"])),
    st.sets(st.sampled_from(["hall", "app", "agent"])),
)


@given(uses_drawn, uses_drawn)
def test_two_uses_are_together_if_there_is_a_place_for_both(one: StepUse, other: StepUse) -> None:
    assert together(one, other) == together(other, one)
    assert together(one, one)
    if together(one, other) and "hall" in (one.channels or ["hall"]) and "hall" in (other.channels or ["hall"]):
        spec = campaign([]).model_copy(update={"channels": ["hall", "app", "agent"]})
        both = spec.handling.model_copy(update={"steps": [one, other]})
        found = counter_time(spec.model_copy(update={"handling": both}), CATALOGUES)
        assert any(len(place.steps) == 2 for place in found.variants) or not found.variants
