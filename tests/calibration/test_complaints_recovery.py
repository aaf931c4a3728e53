"""Measuring generated complaints gives back the rates they were generated from, as often as the intervals say."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from benchmarks.complaints import PER, orders, spoilt, studied, write
from benchmarks.corpus.__main__ import specs
from campaigncheck.aftercare.rates import kind
from campaigncheck.calibration.complaints_run import estimated
from campaigncheck.calibration.complaints_specs import Studied
from campaigncheck.calibration.past import EPOCH
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from tests.calibration.complaints_world import Measured, measured

DAYS = range((date(2027, 1, 1) - EPOCH).days, (date(2028, 12, 31) - EPOCH).days + 1)
USUAL = 2.0
TIMES = (0.5, 1.0, 2.0, 4.0)
"""The true rates are so many times the assumed ones."""


class World:
    """Campaigns of two years with faults, complaints of them, and what is measured of these."""

    def __init__(self, folder: Path) -> None:
        catalogues = load_catalogues(RuleFiles.at(None))
        self.folder = folder
        home = folder / "campaigns"
        for path, text in specs(250, seed=3, broken=0.7):
            file = home / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("\nstage: ", "\nstage: launched  # "), encoding="utf-8")
        self.campaigns: list[Studied] = studied([str(home)], DAYS, catalogues)
        rules = sorted({fault.rule for item in self.campaigns for fault in item.faults})
        self.rates = {
            rule: TIMES[at % len(TIMES)] * catalogues.limit(f"complaints_{kind(rule)}") / PER
            for at, rule in enumerate(rules)
        }
        made = orders(self.campaigns, DAYS, self.rates, USUAL / PER, 0.03, 0.01, seed=11)
        rows, self.bad = spoilt(list(made), 0.001, seed=11)
        write(folder / "complaints" / "complaints.parquet", rows[::2])
        write(folder / "complaints" / "complaints.csv", rows[1::2])
        self.rows = len(rows)
        self.result: Measured = measured(folder, [folder / "complaints"], home)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


def test_the_same_seed_makes_the_same_orders(world: World) -> None:
    made = [list(orders(world.campaigns[:40], DAYS, world.rates, 0.001, 0.1, 0.1, seed)) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    assert len(made[0]) > 100


def test_every_bad_row_is_found(world: World) -> None:
    seen = world.result.outcome.seen
    assert seen.rows == world.rows > 2000
    assert dict(seen.set_aside) == world.bad
    assert min(world.bad.values()) >= 5


def test_intervals_hold_what_was_put_in(world: World) -> None:
    """One set of complaints, through all of the command: of so few intervals at 95 % two may miss."""
    found = world.result.outcome.estimates
    assert {item.name for item in found.rules} == set(world.rates)
    assert len(found.rules) >= 10
    missed = [item.name for item in found.rules if not item.low <= world.rates[item.name] <= item.high]
    assert len(missed) <= 2, missed


def test_intervals_hold_as_often_as_they_say(world: World) -> None:
    """Thirty sets of complaints: of some 400 intervals of rules 95 % should hold; fewer than 92 % would not be chance."""
    catalogues = load_catalogues(RuleFiles.at(None))
    held: list[bool] = []
    for seed in range(30):
        rows = orders(world.campaigns, DAYS, world.rates, USUAL / PER, 0.0, 0.0, seed)
        counts = Counter((campaign, topic) for _, campaign, topic, *_ in rows)
        found = estimated(world.campaigns, counts, catalogues).rules
        held += [item.low <= world.rates[item.name] <= item.high for item in found]
    assert len(held) >= 300
    assert 0.92 <= sum(held) / len(held) <= 0.995


def test_what_many_customers_met_is_known_well(world: World) -> None:
    counted = [item for item in world.result.outcome.estimates.rules if item.complaints >= 200]
    assert counted
    for item in counted:
        assert item.rate == pytest.approx(world.rates[item.name], rel=0.25)


def test_the_campaigns_are_found_with_their_findings(world: World) -> None:
    before = {item.past.campaign.id: Counter(fault.rule for fault in item.faults) for item in world.campaigns}
    after = {
        item.past.campaign.id: Counter(fault.rule for fault in item.faults) for item in world.result.outcome.studied
    }
    assert after == {name: before[name] for name in after}
    assert len(after) >= 0.9 * len(before)


def test_the_share_in_time_is_what_was_put_in(world: World) -> None:
    share = world.result.outcome.handled.in_time
    assert share == pytest.approx(0.97 * 0.99, abs=0.012)
