"""Killed at any moment, commands leave nothing torn, and run again they do what they would have done."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tests.reliability.commands import COMMANDS
from tests.reliability.home import assert_sound, assert_whole, forget_some
from tests.reliability.processes import Ended, Moment, Server, gaps
from tests.reliability.world import World

pytestmark = pytest.mark.reliability

KILLS = {"check": 45, "write-baseline": 30, "fix": 20, "clear": 50, "faq": 55}
SHARE = int(os.environ.get("CAMPAIGNCHECK_KILLS", "100"))
"""How many per cent of them: fewer where every change is tested."""
IN_THE_MIDDLE = 6


def moment(before: Ended, chance: Random) -> Moment:
    """Draw a moment of a run that goes like the one before: in any second of it, or any step however short, often at once."""
    steps = gaps(before.times)
    at = chance.choice([chance.randrange(len(steps)), chance.choices(range(len(steps)), steps)[0]])
    return Moment(at, steps[at] * chance.random() ** chance.choice([1, 9]))


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_torn_and_the_next_run_is_right(name: str, tmp_path: Path, server: Server) -> None:
    chance = Random(name)
    world = World(tmp_path, server, COMMANDS[name])
    last, killed = world.whole, 0
    times = KILLS[name] * SHARE // 100
    for _ in range(times):
        forget_some(world.cache, chance)
        before = world.home.begin(world.new, chance)
        ended = world.run(at=moment(last, chance))
        assert ended.killed or world.is_right(ended)
        killed += ended.killed
        last = assert_nothing_is_torn(world, before)
    assert killed > times / 3, "kills that come too late test nothing"


@pytest.mark.parametrize("name", COMMANDS)
def test_nor_is_anything_in_the_middle_of_writing_a_file(name: str, tmp_path: Path, server: Server) -> None:
    chance = Random(name)
    world = World(tmp_path, server, COMMANDS[name])
    written = sorted(len(data) for name, data in world.new.items() if data != world.home.first.get(name))
    for number in range(IN_THE_MIDDLE):
        forget_some(world.cache, chance)
        before = world.home.begin(world.new, chance)
        uncached = ["--no-cache"] * (world.command.keeps and number % 2 == 0)
        ended = world.run(*uncached, most=(chance.randrange(chance.choice(written)), True))
        assert ended.killed
        assert_nothing_is_torn(world, before)
    assert world.home.left_over() != []


def assert_nothing_is_torn(world: World, before: dict[str, bytes]) -> Ended:
    """Look at what a killed process has left, then let another one do its work; return how that went."""
    assert_whole(world.home.tree(), before, world.new)
    assert_sound(world.cache)
    again = world.run()
    assert world.is_right(again), again.err
    assert_sound(world.cache)
    assert all(left.startswith(".") for left in world.home.left_over())
    return again


def test_there_are_two_hundred() -> None:
    assert KILLS.keys() == COMMANDS.keys()
    assert sum(KILLS.values()) == 200
