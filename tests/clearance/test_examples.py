"""The launched examples of this repository: cleared with the demonstration key, and still as they were cleared."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.cli.verify import verify
from campaigncheck.engine.repository import find_specs
from campaigncheck.engine.run import Job, run
from campaigncheck.engine.selection import Selection
from campaigncheck.maintenance.clearances import KEY
from tests.clearance.repository import ROOT

LAUNCHED = ["sc-2026-winter-broadband", "sh-2026-roaming-day-pass"]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_they_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """If not: after a look at what has changed, `python -m campaigncheck.maintenance.clearances` issues them again."""
    code = verify.main(["clearances", "--today", "2026-12-01", "--lang", "en"], standalone_mode=False)
    lines = capsys.readouterr().out.splitlines()
    assert code == 0, "\n".join(lines)
    assert [line.split(":")[0] for line in lines[:-1]] == [f"clearances/{name}.json" for name in LAUNCHED]


def test_check_finds_them() -> None:
    files = RuleFiles.at(ROOT / "rules")
    report = run(Job(find_specs(()), files, Selection(("GATE001",)), date(2026, 12, 1))).report
    assert sorted(outcome.id for outcome in report.outcomes if outcome.stage == "launched") == LAUNCHED
    assert [finding.message.render("en") for finding in report.findings] == []


def test_the_demonstration_key_says_what_it_is() -> None:
    assert "It protects nothing" in (KEY.parent / "README.md").read_text(encoding="utf-8")
    pinned = (ROOT / "rules" / "clearance.yaml").read_text(encoding="utf-8")
    body = Path(f"{KEY}.pub").read_text(encoding="utf-8").splitlines()[1]
    assert body in pinned


def test_the_program_starts_without_the_library_that_signs() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from campaigncheck.cli.main import cli; "
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0; "
        "import campaigncheck.cli.check, campaigncheck.catalogue.load; "
        "print(sorted({'cryptography', 'rfc8785'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
