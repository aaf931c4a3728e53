"""A repository that commands write in, and what may be found there after any of them, however it ended."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import Random

from campaigncheck.engine.cache import FILE

LEFT_OVER = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")
AS_IT_WAS = b"as it was\n"

Tree = dict[str, bytes]


class Home:
    """The repository as it was written first, and how it is now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first = self.tree()

    def tree(self) -> Tree:
        """Return every file but those that a killed process has left, which nobody takes for anything."""
        return {
            file.relative_to(self.folder).as_posix(): file.read_bytes()
            for file in self.folder.rglob("*")
            if file.is_file() and not LEFT_OVER.fullmatch(file.name)
        }

    def left_over(self) -> list[str]:
        """Return the temporary files."""
        return sorted(file.name for file in self.folder.rglob("*.tmp"))

    def put(self, tree: Mapping[str, bytes]) -> None:
        """Let the files be these."""
        now = self.tree()
        for name in now.keys() - tree.keys():
            (self.folder / name).unlink()
        for name, data in tree.items():
            if now.get(name) != data:
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_bytes(data)

    def begin(self, new: Mapping[str, bytes], chance: Random) -> Tree:
        """Return to the first files; some outputs are there from before. Return what there is."""
        there = chance.choice([0.0, 0.5, 1.0])
        outputs = sorted(new.keys() - self.first.keys())
        before = {**self.first, **{name: AS_IT_WAS for name in outputs if chance.random() < there}}
        self.put(before)
        return before


def assert_whole(now: Mapping[str, bytes], before: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Each file is what it was, or what it was to become."""
    assert now.keys() <= before.keys() | new.keys()
    torn = [name for name in before.keys() | new.keys() if now.get(name) not in (before.get(name), new.get(name))]
    assert torn == []


def assert_sound(cache: Path) -> None:
    """What is kept is a database in order; a copy is looked at, so that looking mends nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for file in cache.glob(f"{FILE}*"):
            shutil.copy(file, folder)
        if (Path(folder) / FILE).exists():
            with closing(sqlite3.connect(Path(folder) / FILE)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def forget_some(cache: Path, chance: Random) -> None:
    """Let nothing be kept, or part of what there is, so that the next run has something to write."""
    if not (cache / FILE).exists() or chance.random() < 0.5:
        shutil.rmtree(cache, ignore_errors=True)
        return
    with closing(sqlite3.connect(cache / FILE)) as connection, connection:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            connection.execute("DELETE FROM examined WHERE hex(key) < ?", (chance.choice("2468ACE"),))
