"""The repository that the tests of clearances work in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clearance.repository import FILE, Home, load_once, write_repository


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Home:
    """A repository to work in, with a key that its rules trust and no clearance yet."""
    write_repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAMPAIGNCHECK_KEY", raising=False)
    load_once(monkeypatch)
    return Home(tmp_path, capsys)


@pytest.fixture
def cleared(home: Home) -> Home:
    """The same with a clearance."""
    if not _issued:
        done = home.clear("--key", "company.key")
        assert (done.code, done.err) == (0, "")
        _issued.append(FILE.read_bytes())
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(_issued[0])
    return home


_issued: list[bytes] = []
"""The clearance of the repository, always the same."""
