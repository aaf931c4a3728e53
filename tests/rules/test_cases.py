"""Runs every case of ``tests/cases/``: one file a rule, each case with the exact list of its findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules
from tests.support.checking import TODAY, check_specs, places

CASES = Path(__file__).parents[1] / "cases"


class Case(NamedTuple):
    """One case: specs by name, and the findings expected in them."""

    rule: str
    name: str
    specs: dict[str, str]
    expect: list[list[Any]]
    today: date
    waivers: str
    select: tuple[str, ...]


def _cases() -> list[Case]:
    found = []
    for file in sorted(CASES.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for name, case in content.items():
            select = (file.stem, *case.get("select", ()))
            today, waivers = case.get("today", TODAY), case.get("waivers", "")
            found.append(Case(file.stem, name, case["specs"], case["expect"], today, waivers, select))
    return found


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.rule}-{case.name}")
def test_findings_are_exactly_those_expected(case: Case, tmp_path: Path) -> None:
    specs = {name: complete(text) for name, text in case.specs.items()}
    report = check_specs(tmp_path, specs, select=case.select, today=case.today, waivers=case.waivers)
    found = [finding for finding in report.findings if finding.waived is None]
    assert [list(place) for place in places(tuple(found))] == case.expect


@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_each_rule_has_a_passing_a_failing_and_a_trap_case(rule: str) -> None:
    cases = [case for case in _cases() if case.rule == rule]
    assert any(not case.expect and case.name.startswith("passes") for case in cases), "no passing case"
    assert any(case.expect for case in cases), "no failing case"
    assert any(case.name.startswith("trap") for case in cases), "no trap"


@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_the_samples_shown_do_what_they_show(rule: str, tmp_path: Path) -> None:
    for sample in (all_rules()[rule].passing, all_rules()[rule].failing):
        specs = {"sample": complete(sample.spec)}
        specs |= {f"x{index}": complete(text) for index, text in enumerate(sample.others)}
        select = () if sample.waivers else (rule,)
        report = check_specs(tmp_path, specs, select=select, chosen=("sample",), waivers=sample.waivers)
        own = [
            item
            for item in report.findings
            if item.rule == rule and item.path.endswith("waivers.yaml" if sample.waivers else "sample.yaml")
        ]
        assert [(item.rule, item.place.line, item.place.column) for item in own] == [
            (rule, *place) for place in sample.places
        ]
