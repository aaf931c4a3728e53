"""The page about after-service cost shows what the commands print, and the figures of the policy."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from campaigncheck.aftercare.rates import kind
from campaigncheck.catalogue.complaints import KINDS
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.rules import all_rules

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "aftercare.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```console\n\$ campaigncheck ([^\n]*)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of what the examples read, so that they may write."""
    for folder in ("campaigns", "docs/examples", "rules"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(("arguments", "output"), SHOWN, ids=["check", "calibrate"])
def test_the_page_shows_what_is_printed(home: Path, arguments: str, output: str) -> None:
    command = [sys.executable, "-m", "campaigncheck", *arguments.split()]
    printed = subprocess.run(command, cwd=home, capture_output=True, encoding="utf-8").stdout
    assert len(output) > 500
    assert output in printed


def test_the_tables_tell_the_figures_of_the_policy() -> None:
    limits = load_catalogues(RuleFiles.at(None)).policy.limits
    rows = re.findall(r"^\| `(\w+)`: [^|]*\| ([^|]*) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    told = {name: (float(rate), float(minutes)) for name, _, rate, minutes in rows}
    assert told == {name: (limits[f"complaints_{name}"].value, limits[f"repair_{name}"].value) for name in KINDS}
    for name in (
        "complaint_orders",
        "complaint_person",
        "complaints_in_time",
        "complaint_hours",
        "complaint_prior",
        "repair_hour",
    ):
        value = f"{limits[name].value:,.0f}"
        assert re.search(rf"^\| `{name}` \| {value}\b", PAGE, re.MULTILINE), name


def test_the_table_of_kinds_has_every_rule_in_its_row() -> None:
    rows = dict(re.findall(r"^\| `(\w+)`: [^|]*\| ([^|]*) \| \d+ \| \d+ \|$", PAGE, re.MULTILINE))
    exact = {rule: name for name, cell in rows.items() for rule in _rules(cell)}
    families = {family: name for name, cell in rows.items() for family in re.findall(r"\b[A-Z]{4,5}\b", cell)}
    for rule in all_rules():
        if not rule.startswith("SPEC"):
            assert exact.get(rule, families.get(rule.rstrip("0123456789"))) == kind(rule), rule


def _rules(cell: str) -> list[str]:
    found = []
    for family, first, last in re.findall(r"([A-Z]+)(\d{3})(?:–(\d{3}))?", cell):
        found += [f"{family}{number:03}" for number in range(int(first), int(last or first) + 1)]
    return found
