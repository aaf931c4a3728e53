"""The script that clears launched examples again, run in a repository of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.maintenance import clearances
from tests.clearance.repository import FILE, ID, Home


@pytest.fixture
def launched(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The campaign after its launch."""
    home.replace("winter", "stage: approved", "stage: launched")
    monkeypatch.setattr(clearances, "KEY", Path("company.key"))
    return home


def test_it_writes_what_is_out_of_date(launched: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert clearances.main(["--check"]) == 1
    assert capsys.readouterr().out == f"{FILE.as_posix()} is out of date\n"
    assert not FILE.exists()
    assert clearances.main([]) == 0
    assert capsys.readouterr().out == f"writing {FILE.as_posix()}\n"
    assert launched.changes() == []
    assert (clearances.main(["--check"]), clearances.main([])) == (0, 0)
    assert capsys.readouterr().out == ""


def test_it_is_what_clear_would_have_issued(launched: Home) -> None:
    clearances.main([])
    issued = FILE.read_bytes()
    launched.replace("winter", "stage: launched", "stage: approved")
    assert launched.clear("--key", "company.key").code == 0
    assert FILE.read_bytes() == issued


def test_what_would_not_pass_is_not_issued(launched: Home, capsys: pytest.CaptureFixture[str]) -> None:
    launched.replace("winter", "confirm: twice", "confirm: once")
    assert clearances.main([]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{ID} would not be cleared:"
    assert second.startswith("SAFE001 campaigns/winter.yaml:")
    assert not FILE.exists()
