"""Many processes on one cache at once get the same bytes as one without a cache, and leave it in order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from campaigncheck.engine.cache import FILE
from tests.reliability.commands import DAY
from tests.reliability.home import Home, assert_sound, forget_some
from tests.reliability.processes import Ended, Server
from tests.reliability.repository import write_hundred

pytestmark = pytest.mark.reliability

PROCESSES = 8
DAYS = ("2026-10-19", "2026-10-20", "2027-03-01")


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Home:
    """A repository."""
    (tmp_path / "home").mkdir()
    write_hundred(tmp_path / "home")
    server.warm(tmp_path / "home", [("check", "--no-cache", "--format", "json", *DAY)])
    return Home(tmp_path / "home")


def check(server: Server, home: Home, day: str, *more: str) -> Ended:
    """Check on a day, alone."""
    return server.run(home.folder, "check", "--format", "json", "--today", day, *more)


def at_once(server: Server, home: Home, days: list[str], cache: Path) -> list[Ended]:
    """Check on some days, all at the same time."""
    around = {"CAMPAIGNCHECK_CACHE": str(cache)}
    started = [server.start(home.folder, ("check", "--format", "json", "--today", day), around) for day in days]
    return [server.wait(*one) for one in started]


def test_on_one_cache_at_once(home: Home, tmp_path: Path, server: Server) -> None:
    alone = {day: check(server, home, day, "--no-cache") for day in DAYS}
    assert len({ended.out for ended in alone.values()}) == len(DAYS)
    chance, cache = random.Random(8), tmp_path / "cache"
    for days in (DAYS[:1], DAYS, DAYS[:1], DAYS):  # cold, with others, then with part of it gone
        asked = [days[number % len(days)] for number in range(PROCESSES)]
        for day, ended in zip(asked, at_once(server, home, asked, cache), strict=True):
            assert (ended.code, ended.err, ended.out) == (1, "", alone[day].out)
        assert_sound(cache)
        forget_some(cache, chance)


@pytest.mark.parametrize("how", ["cut", "noise", "empty"])
def test_on_a_damaged_one(how: str, home: Home, tmp_path: Path, server: Server) -> None:
    alone, cache = check(server, home, DAYS[0], "--no-cache"), tmp_path / "cache"
    at_once(server, home, [DAYS[0]], cache)
    data = (cache / FILE).read_bytes()
    damaged = {"cut": data[: len(data) // 3], "noise": random.Random(1).randbytes(len(data)), "empty": b""}[how]
    (cache / FILE).write_bytes(damaged)
    for ended in at_once(server, home, [DAYS[0]] * PROCESSES, cache):
        assert (ended.code, ended.err, ended.out) == (1, "", alone.out)
    assert at_once(server, home, [DAYS[0]], cache)[0].out == alone.out
    assert_sound(cache)
