"""What steps cost, and which to simplify first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.handling.costs import StepCost, Transactions, simplest, step_costs, transactions
from campaigncheck.handling.pert import TimedStep
from campaigncheck.handling.plan import planned_steps
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from tests.spec.specs import FULL

STEPS = load_catalogues(RuleFiles.at(None)).steps
BEFORE = date(2026, 12, 1).toordinal()


def campaign(**more: Any) -> Campaign:
    fitted = fit(Campaign, {**FULL, **more})
    assert isinstance(fitted, Campaign)
    return fitted


def costs(*steps: Any) -> tuple[StepCost, ...]:
    spec = campaign(handling={"steps": list(steps)})
    return step_costs(tuple(planned_steps(spec, STEPS)))


def fixed(minutes: float, step: str = "pay", **more: Any) -> dict[str, Any]:
    return {"step": step, "minutes": [minutes] * 3, **more}


def test_what_may_go_says_why_and_how_much_it_saves() -> None:
    assert costs(fixed(1, "sign"), fixed(2, times=4), fixed(3, "issue_sim", share=0.5), fixed(1.5, "sign")) == (
        StepCost("sign", 1.0, timed=TimedStep(1, 1, 1)),
        StepCost("pay", 8.0, 6.0, "repeated", TimedStep(2, 2, 2, times=4)),
        StepCost("issue_sim", 1.5, 1.5, "not_for_all", TimedStep(3, 3, 3, share=0.5)),
        StepCost("sign", 1.5, 1.5, "listed_twice", TimedStep(1.5, 1.5, 1.5)),
    )


def test_the_largest_saving_comes_first_and_of_equal_ones_the_earlier() -> None:
    found = costs(fixed(9, "sign"), fixed(2, share=0.5), fixed(1, "sign"), fixed(3, "issue_sim", times=2))
    assert [(cost.id, cost.saves) for cost in simplest(found)] == [("issue_sim", 3.0), ("pay", 1.0), ("sign", 1.0)]
    assert [cost.id for cost in simplest(found, 1)] == ["issue_sim"]
    assert simplest(costs(fixed(9, "sign"))) == []


def test_steps_that_take_no_time_save_none() -> None:
    assert simplest(costs(fixed(0, share=0.5), fixed(1, "sign", share=0))) == []


EVEN = {"uptake": 6000, "enquiries": 0.5, "channel_share": {"hall": 0.4, "app": 0.6}}
PERIOD = {"start": "2027-03-01", "end": "2027-04-29"}


@pytest.mark.parametrize(
    ("today", "total", "monthly"),
    [((2026, 12, 1), 2400, 1200), ((2027, 3, 1), 2400, 1200), ((2027, 3, 31), 1200, 1200), ((2027, 4, 14), 640, 640)],
    ids=["before", "first day", "a month left", "half a month left"],
)
def test_transactions_are_those_still_to_come_without_enquiries(
    today: tuple[int, int, int], total: float, monthly: float
) -> None:
    found = transactions(campaign(demand=EVEN, period=PERIOD), date(*today).toordinal())
    assert found == pytest.approx(Transactions(total, monthly))


def test_hours_are_minutes_of_all_transactions() -> None:
    assert Transactions(2400, 1200).hours(1.5) == (60, 30)


def test_without_demand_nobody_knows_and_without_counters_nobody_comes() -> None:
    assert transactions(campaign(demand=None), BEFORE) is None
    assert transactions(campaign(demand={"uptake": 100}), BEFORE) is None
    assert transactions(campaign(demand=None, channels=["app"]), BEFORE) == Transactions(0, 0)
