"""What YAML does behind a writer's back is caught, and the hint says what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.engine.finding import Finding
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs

OWNER = "owner: {{region: {}, department: 市场部, contact: x}}\n"

TRAPS = {
    "region code": (OWNER.format("510000"), "SPEC002", (1, 17, 1, 23), '"510000"'),
    "region codes": ("regions: {include: [510100]}\n", "SPEC002", (1, 21, 1, 27), '"510100"'),
    "country code": ("regions: {include: [000000]}\n", "SPEC002", (1, 21, 1, 27), '"000000"'),
    "region that begins with 0": (OWNER.format("011000"), "SPEC002", (1, 17, 1, 23), '"011000"'),
    "sms code": (
        "offers:\n  - {id: x, name: 积分, product: points.exchange, kind: points, opt_in_code: 10086}\n",
        "SPEC002",
        (2, 76, 2, 81),
        '"10086"',
    ),
    "date without zeros": ("period: {start: 2027-1-5, end: 2027-03-31}\n", "SPEC002", (1, 17, 1, 25), "2027-01-05"),
    "date with slashes": ("period: {start: 2027/01/05, end: 2027-03-31}\n", "SPEC002", (1, 17, 1, 27), "2027-01-05"),
    "date in one": ("period: {start: 20270105, end: 2027-03-31}\n", "SPEC002", (1, 17, 1, 25), "2027-01-05"),
    "condition": ("audience:\n  - tenure_months: >=12\n", "SPEC001", (2, 21, 2, 22), '">=12"'),
    "condition in braces": ("audience:\n  - {brand: 全球通, age: >=60}\n", "SPEC001", (2, 23, 2, 24), '">=12"'),
    "condition with one digit": ("audience:\n  - age: >6\n", "SPEC004", (2, 10, 2, 12), '">=12"'),
    "yes": ("audience:\n  - {broadband: yes}\n", "SPEC004", (2, 17, 2, 20), "true"),
    "on": ("audience:\n  - {broadband: on}\n", "SPEC004", (2, 17, 2, 19), "true"),
    "full-width colon": ("title：积分换话费\n", "SPEC001", (1, 6, 1, 7), ": "),
    "no space after the colon": ("title:积分换话费\n", "SPEC001", (1, 6, 1, 7), ": "),
}


def finding(folder: Path, fragment: str, rule: str) -> Finding:
    report = check_specs(folder, {"x": complete(fragment)})
    (found,) = (item for item in report.findings if item.rule == rule)
    return found


@pytest.mark.parametrize("name", TRAPS)
def test_the_trap_is_caught(name: str, tmp_path: Path) -> None:
    fragment, rule, place, remedy = TRAPS[name]
    found = finding(tmp_path, fragment, rule)
    assert found.place.line == place[0]
    assert found.place == place or rule == "SPEC001"
    assert remedy in found.hint.render("zh")
    assert remedy in found.hint.render("en")


@pytest.mark.parametrize(
    "fragment",
    [
        "support: {contact: 内线, hours: 08:00-20:00}\n",
        "audience: [{age: <60}]\n",
        "audience: [{monthly_spend: 58..128}]\n",
        "audience: [{broadband: true}]\n",
        "audience: [{brand: 全球通}]\n",
        "title: 2027年\n",
        "period: {start: 2027-03-01, end: '2027-03-31'}\n",
        "regions: {include: ['510100']}\n",
    ],
)
def test_what_is_no_trap_needs_no_quotes(fragment: str, tmp_path: Path) -> None:
    assert check_specs(tmp_path, {"x": complete(fragment)}, select=("SPEC",)).findings == ()
