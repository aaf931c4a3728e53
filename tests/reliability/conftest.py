"""The warm process that all tests of a session start commands with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reliability.processes import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A warm process."""
    made = Server(tmp_path_factory.mktemp("server"))
    yield made
    made.close()
