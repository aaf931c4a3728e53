"""Where there is no room, commands say so and leave everything as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.reliability.commands import COMMANDS, DAY
from tests.reliability.home import assert_sound, assert_whole
from tests.reliability.processes import ROOT, Ended, Server
from tests.reliability.world import World

pytestmark = pytest.mark.reliability

ROOMS = (0, 1, 8, 30)
"""How many KiB are left, in turn; what commands write is more, or less."""
TURNS = 3


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"a disk can be made by root only: {mounted.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Take all room but so many KiB."""
    filler = disk / "filler"
    found = os.statvfs(disk)
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(found.f_bfree * found.f_frsize - left * 1024, 1))
    return filler


def assert_told(ended: Ended, reason: str) -> None:
    """A run that could not write has said what, why, and what to do."""
    *_, message, hint = ended.err.strip().splitlines()
    assert message.startswith("错误：写不了 ")
    assert message.endswith(f"：{reason}")
    assert hint == "  怎么改：请检查文件夹是否存在、有没有写入权限、磁盘是否已满。"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(name: str, disk: Path, server: Server) -> None:
    chance = Random(name)
    world = World(disk, server, COMMANDS[name])
    refused = 0
    for left in ROOMS:
        before = world.home.begin(world.new, chance)
        filler = fill(disk, left)
        ended = world.run()
        filler.unlink()
        now = world.home.tree()
        assert world.home.left_over() == []
        assert_whole(now, before, world.new)
        assert_sound(world.cache)
        if not world.is_right(ended):
            refused += 1
            assert ended.code == 2
            assert_told(ended, "No space left on device")
    assert refused >= 2, "disks with room enough test nothing"
    assert world.is_right(world.run())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_may_not_grow(name: str, tmp_path: Path, server: Server) -> None:
    """The same wherever no disk can be made: the system refuses to write more into a file."""
    chance = Random(name)
    world = World(tmp_path, server, COMMANDS[name])
    least = min(len(data) for file, data in world.new.items() if data != world.home.first.get(file))
    for _ in range(TURNS):
        before = world.home.begin(world.new, chance)
        ended = world.run(most=(chance.randrange(least // 2, least), False))
        assert ended.code == 2
        assert_told(ended, "File too large")
        assert world.home.left_over() == []
        assert_whole(world.home.tree(), before, world.new)
    assert world.is_right(world.run())


def test_repairs_are_made_all_or_none_where_there_is_no_room(tmp_path: Path, server: Server) -> None:
    world = World(tmp_path, server, COMMANDS["fix"])
    repaired = {file: len(data) for file, data in world.new.items() if file.startswith("campaigns")}
    changed = sorted(size for file, size in repaired.items() if world.new[file] != world.home.first[file])
    assert changed[0] < changed[-1]
    before = world.home.begin(world.new, Random(1))
    ended = world.run(most=(changed[-1] - 1, False))
    assert ended.code == 2
    assert world.home.tree() == before
    assert world.home.left_over() == []


def test_a_full_disk_keeps_nothing_and_changes_no_result(tmp_path: Path, disk: Path, server: Server) -> None:
    world = World(tmp_path, server, COMMANDS["check"], cache=disk / "cache")
    for left in (0, 16, 200):
        world.home.put(world.home.first)
        filler = fill(disk, left)
        assert world.is_right(world.run())
        filler.unlink()
        assert_sound(world.cache)
    world.home.put(world.home.first)
    assert world.is_right(world.run())


@pytest.mark.parametrize("arguments", [("check", *DAY), ("rules",), ("--help",), ("schema",)])
def test_standard_output_that_takes_no_more(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        ended = call(arguments, stdout=full)
    assert ended.stderr.decode() == (
        "错误：没有地方可写了：No space left on device\n  怎么改：请检查磁盘是否已满，标准输出写到哪里也要看。\n"
    )
    assert ended.returncode == 2


def test_nobody_listens() -> None:
    """Where nothing can be told, the exit code still tells."""
    with open("/dev/full", "wb") as full:
        assert call(("check", "nothing"), stderr=full).returncode == 2
        assert call(("rules",), stdout=full, stderr=full).returncode == 2
    closed = call(("rules",), preexec_fn=lambda: os.close(1))
    assert (closed.returncode, closed.stderr) == (0, b"")
    closed = call(("check", "nothing"), preexec_fn=lambda: os.close(2))
    assert (closed.returncode, closed.stdout) == (2, b"")


def call(arguments: Sequence[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command as from a shell."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.run([sys.executable, "-m", "campaigncheck", *arguments], cwd=ROOT, check=False, **streams)
