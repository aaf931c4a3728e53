"""From a campaign's steps to minutes."""

from __future__ import annotations

from typing import Any

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.handling.pert import Estimate, TimedStep
from campaigncheck.handling.plan import handling_time, planned_steps
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from tests.spec.specs import FULL, changed

STEPS = load_catalogues(RuleFiles.at(None)).steps


def campaign(*steps: Any) -> Campaign:
    fitted = fit(Campaign, changed(FULL, ("handling", "steps"), list(steps)))
    assert isinstance(fitted, Campaign)
    return fitted


def minutes(*steps: Any) -> Estimate | None:
    return handling_time(planned_steps(campaign(*steps), STEPS))


def test_minutes_are_those_given_or_the_catalogue_s() -> None:
    planned = planned_steps(campaign("sign", {"step": "sign", "minutes": [1, 2, 3], "times": 2, "share": 0.5}), STEPS)
    assert [(item.position, item.id, item.timed) for item in planned] == [
        (0, "sign", TimedStep(0.2, 0.3, 0.6, 1, 1.0)),
        (1, "sign", TimedStep(1, 2, 3, 2, 0.5)),
    ]
    assert [item.minutes for item in planned] == pytest.approx([2.0 / 6, 2.0])


def test_unknown_steps_and_impossible_minutes_are_left_out() -> None:
    odd = campaign("no_such_step", {"step": "sign", "minutes": [3, 2, 1]}, "pay")
    assert [item.position for item in planned_steps(odd, STEPS)] == [2]
    assert minutes("no_such_step") is None
    assert minutes() is None


def test_an_unknown_step_with_minutes_of_its_own_counts() -> None:
    found = minutes({"step": "no_such_step", "minutes": [1, 1, 1]})
    assert found is not None
    assert found.p50 == pytest.approx(1, rel=0.01)


def test_the_order_in_the_spec_gives_the_very_same_figures() -> None:
    steps = ["sign", "pay", {"step": "book_installer", "share": 0.6}, "issue_sim", "activate"]
    assert minutes(*steps) == minutes(*reversed(steps))
