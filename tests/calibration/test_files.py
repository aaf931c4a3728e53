"""Which files are tickets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from campaigncheck.calibration.files import find_tickets
from campaigncheck.engine.errors import UsageError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with tickets and other things, in which the test is."""
    for name in ("b.csv", "a/2027/c.PARQUET", "a/_SUCCESS.csv", ".old/d.csv", "a/notes.txt"):
        file = tmp_path / "tickets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folders_are_searched_and_what_is_hidden_is_not(home: Path) -> None:
    assert [file.shown for file in find_tickets(["tickets"])] == ["tickets/a/2027/c.PARQUET", "tickets/b.csv"]


def test_a_file_counts_once_however_many_paths_lead_to_it(home: Path) -> None:
    os.symlink(home / "tickets" / "b.csv", home / "tickets" / "again.csv")
    assert [file.shown for file in find_tickets(["tickets/b.csv", "tickets/a", "tickets"])] == [
        "tickets/a/2027/c.PARQUET",
        "tickets/b.csv",
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "there is no such path: nowhere"),
        ("tickets/a/notes.txt", "tickets/a/notes.txt is neither CSV nor Parquet"),
        ("tickets/.old/empty", "there is no such path: tickets/.old/empty"),
        ("empty", "there are no tickets in empty"),
    ],
)
def test_what_leads_to_no_tickets_is_refused(home: Path, path: str, message: str) -> None:
    (home / "empty").mkdir()
    with pytest.raises(UsageError) as refused:
        find_tickets([path])
    assert refused.value.message.render("en") == message
