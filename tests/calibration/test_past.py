"""Past campaigns beside their specs, and steps scaled to what was measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.calibration.intervals import Service
from campaigncheck.calibration.past import PastCampaign, Rate
from campaigncheck.calibration.steps import ENOUGH, scale, write_steps
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.handling.pert import TimedStep, step_mean
from campaigncheck.handling.plan import PlannedStep
from campaigncheck.rulekit.sample import complete
from tests.calendar.repositories import catalogues
from tests.calibration.world import HEADER, HOURS, Result, calibrated, day_of_hours, rules_folder, ticket

STEPS = catalogues().steps
DAYS = [f"2027-01-{day:02}" for day in (5, 6, 7, 8, 11, 12)]
CAMPAIGN = """
id: sc-x
period: {start: 2027-01-05, end: 2027-01-12}
regions: {include: ["510100"]}
channels: [hall, app]
handling: {steps: [verify_identity, explain_offer, {step: sign, minutes: [1, 1, 1]}]}
demand: {uptake: 960, enquiries: 0.5, channel_share: {hall: 0.5, app: 0.5}}
"""


def run(folder: Path, tickets: str, spec: str | None = CAMPAIGN) -> Result:
    """Calibrate tickets of the first of two equal halls, with the specs there are."""
    specs = folder / "campaigns"
    specs.mkdir()
    if spec is not None:
        (specs / "sc-x.yaml").write_text(complete(spec), encoding="utf-8")
    (folder / "t.csv").write_text(HEADER + tickets, encoding="utf-8")
    hours = day_of_hours("sc-cd-001") + day_of_hours("sc-cd-002")
    hours += day_of_hours("sc-cd-001", "weekend") + day_of_hours("sc-cd-002", "weekend")
    return calibrated(folder, rules_folder(folder, hours=HOURS + hours), [folder / "t.csv"], [str(specs)])


def sold(days: list[str], number: int, served: int = 4, transaction: str = "sim") -> str:
    """Return tickets of the campaign on some days."""
    return "".join(
        ticket(f"{transaction}{at}", at * 5, day=day, served=served, campaign="sc-x", transaction=transaction)
        for day in days
        for at in range(number)
    )


def test_actual_customers_stand_beside_predicted_ones(tmp_path: Path) -> None:
    """480 of 960 come to halls in eight days of two equal halls: 30 a day in the one with tickets, and 15 who only ask."""
    tickets = sold(DAYS, 25) + sold(DAYS, 10, served=2, transaction="enquiry")
    (found,) = run(tmp_path, tickets).report["campaigns"]
    assert (found["days"], found["tickets_outside_period"]) == (6, 0)
    people, asking = found["transactions_a_day"], found["enquiries_a_day"]
    assert (people["actual"], people["predicted"]) == (25.0, 30.0)
    assert (asking["actual"], asking["predicted"]) == (10.0, 15.0)
    low, high = people["interval"]
    assert (low, high) == (pytest.approx(21.16, abs=0.01), pytest.approx(29.34, abs=0.01))
    assert found["handling_minutes"]["service_mean"] == 4.0
    assert found["handling_minutes"]["predicted_mean"] == pytest.approx(0.55 + 6.5 / 6 + 1, abs=0.001)


def test_rehearsals_are_part_of_what_was_predicted(tmp_path: Path) -> None:
    trials = ", trials: [{hall: sc-cd-001, on: 2027-01-03, seconds: [" + ", ".join(["350", "370"] * 20) + "]}]}"
    (found,) = run(tmp_path, sold(DAYS, 25), CAMPAIGN.replace("[1, 1, 1]}]}", "[1, 1, 1]}]" + trials)).report[
        "campaigns"
    ]
    assert 5 < found["handling_minutes"]["predicted_mean"] < 6


def test_front_loaded_demand_is_expected_early(tmp_path: Path) -> None:
    spec = CAMPAIGN.replace("demand: {", "demand: {shape: front_loaded, ")
    (found,) = run(tmp_path, sold(DAYS[:2], 25), spec).report["campaigns"]
    assert found["transactions_a_day"]["predicted"] == pytest.approx(60.0)


def test_tickets_outside_the_period_are_told(tmp_path: Path) -> None:
    (found,) = run(tmp_path, sold([*DAYS, "2027-01-13"], 25)).report["campaigns"]
    assert (found["days"], found["tickets_outside_period"]) == (6, 25)


def test_without_a_spec_the_days_between_first_and_last_ticket_count(tmp_path: Path) -> None:
    others = "".join(ticket(f"o{day}", 3, day=day) for day in DAYS)
    (found,) = run(tmp_path, sold([DAYS[1], DAYS[3]], 30) + others, None).report["campaigns"]
    assert (found["path"], found["days"], found["transactions_a_day"]["actual"]) == (None, 3, 20.0)


def test_a_spec_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    result = run(tmp_path, sold(DAYS, 25), CAMPAIGN.replace("channels:", "chanels:"))
    (remark,) = result.outcome.remarks
    assert remark.render("en").endswith("sc-x.yaml cannot be understood and is not compared")


def test_steps_are_scaled_to_the_measured_time(tmp_path: Path) -> None:
    """4 minutes measured, of which the spec fixes one: the other two steps share 3 minutes instead of 1.633."""
    result = run(tmp_path, sold(DAYS, 25))
    written = yaml.safe_load((result.folder / "steps.yaml").read_text(encoding="utf-8"))["steps"]
    factor = 3 / (0.55 + 6.5 / 6)
    assert written["explain_offer"]["minutes"] == [round(value * factor, 3) for value in (0.5, 1.0, 2.0)]
    assert written["sign"]["minutes"] == [0.2, 0.3, 0.6]
    assert "150 笔" in written["explain_offer"]["source"]
    assert "measured" in written["explain_offer"]["source"]
    assert "source" not in written["sign"]
    rules = rules_folder(tmp_path / "again")
    (rules / "steps.yaml").write_bytes((result.folder / "steps.yaml").read_bytes())
    steps = load_catalogues(RuleFiles.at(rules)).steps
    assert list(steps.steps) == list(STEPS.steps)
    assert steps.about.assumption


def test_with_few_tickets_steps_stay(tmp_path: Path) -> None:
    result = run(tmp_path, sold(DAYS, 16))
    assert ENOUGH > 96
    assert not (result.folder / "steps.yaml").exists()


def past(name: str, steps: list[str], minutes: float, tickets: int = 1000, fixed: float = 0.0) -> PastCampaign:
    """Return a campaign that was measured."""
    planned = [_planned(step, STEPS.steps[step].minutes) for step in steps]
    uses = [(step, True) for step in planned]
    if fixed:
        uses.append((_planned("own", [fixed] * 3), False))
    number, unknown = np.array([minutes]), np.array([np.nan])
    handling = Service(np.array([tickets]), number, number, number, unknown, unknown, unknown)
    rate = Rate(1.0, 1.0, 1.0, 1.0)
    return PastCampaign(name, "x.yaml", 9, 0, rate, rate, handling, sum(step.minutes for step, _ in uses), tuple(uses))


def _planned(name: str, minutes: list[float]) -> PlannedStep:
    low, likely, high = minutes
    timed = TimedStep(low, likely, high)
    return PlannedStep(0, name, timed, step_mean(timed))


MEAN = {name: _planned(name, entry.minutes).minutes for name, entry in STEPS.steps.items()}


def test_campaigns_that_share_steps_tell_them_apart() -> None:
    one = past("a", ["pay"], MEAN["pay"] * 1.5)
    two = past("b", ["pay", "sign"], MEAN["pay"] * 1.5 + MEAN["sign"] * 0.6)
    factors = {step.id: (step.factor, step.tickets, step.campaigns) for step in scale([one, two], STEPS)}
    assert factors == {"sign": (0.6, 1000, ("b",)), "pay": (1.5, 2000, ("a", "b"))}


@given(
    st.lists(st.sampled_from(sorted(STEPS.steps)), min_size=1, max_size=6, unique=True),
    st.floats(0.3, 3.5), st.floats(0, 2), st.integers(ENOUGH, 10**6),
)  # fmt: skip
def test_one_campaign_fits_exactly(steps: list[str], factor: float, fixed: float, tickets: int) -> None:
    measured = fixed + factor * sum(MEAN[name] for name in steps)
    scaled = scale([past("a", steps, measured, tickets, fixed)], STEPS)
    assert [step.id for step in scaled] == [name for name in STEPS.steps if name in steps]
    assert fixed + sum(MEAN[step.id] * step.factor for step in scaled) == pytest.approx(measured, rel=1e-3)


@pytest.mark.parametrize("minutes", [0.1, 20.0])
def test_a_campaign_that_takes_another_time_altogether_changes_nothing(minutes: float) -> None:
    assert scale([past("a", ["pay", "sign"], minutes)], STEPS) == []


def test_the_catalogue_is_no_assumption_once_all_steps_are_measured() -> None:
    everything = past("a", list(STEPS.steps), 2 * sum(MEAN.values()))
    written = yaml.safe_load(write_steps(scale([everything], STEPS), STEPS))
    assert written["about"]["assumption"] is False
    assert written["steps"]["sign"]["once"] is True
