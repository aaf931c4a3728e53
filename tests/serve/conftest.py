"""What tests of the server share."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.serve.context import Context
from tests.serve.repositories import copy, settings


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Context]:
    """A repository that no test writes to, and what a worker knows of it."""
    folder = copy(tmp_path_factory.mktemp("served"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return folder, Context.load(settings())


@pytest.fixture
def context(loaded: tuple[Path, Context], monkeypatch: pytest.MonkeyPatch) -> Context:
    """What a worker knows of the examples; the working directory is theirs."""
    folder, found = loaded
    monkeypatch.chdir(folder)
    return found


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of one's own, which is the working directory."""
    monkeypatch.chdir(copy(tmp_path))
    return tmp_path
