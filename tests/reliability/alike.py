"""Runs commands one after the other in an environment of its own; see :mod:`tests.reliability.test_same`.

Called with a JSON object: the folder to work in, where outputs go, the commands by name, and a seed for the order in which
the system lists files (none: as it does). Each command runs in a process of its own, as from a shell. Workers get small
pieces of work, so that a hundred campaigns keep several of them busy.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.cli import check, clear, faq, sheets  # noqa: F401  # so that each process finds them there
from campaigncheck.engine import run as running
from tests.clearance.repository import load_once
from tests.reliability.server import run

PIECE = 16


class Listing:
    """What ``os.scandir`` returns, in another order."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self._entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> Listing:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def close(self) -> None:
        """Nothing is open."""


def list_otherwise(seed: int) -> None:
    """Let the system list files in another order."""
    chance, scan, names = Random(seed), os.scandir, os.listdir

    def mixed(found: list[Any]) -> list[Any]:
        chance.shuffle(found)
        return found

    def scanning(path: Any = ".") -> Listing:
        with scan(path) as entries:
            return Listing(mixed(sorted(entries, key=lambda entry: entry.name)))

    listing: Callable[..., list[str]] = lambda path=".": mixed(sorted(names(path)))  # noqa: E731
    os.scandir, os.listdir = scanning, listing  # type: ignore[assignment]


def main(folder: str, out: str, commands: dict[str, list[str]], order: int | None) -> None:
    """Run all."""
    if order is not None:
        list_otherwise(order)
    os.chdir(folder)
    running.CHUNK = PIECE
    load_once(pytest.MonkeyPatch())
    running.Knowledge.of(RuleFiles.at(Path(folder) / "rules"))
    for name, arguments in commands.items():
        place = Path(out) / name
        place.mkdir()
        process = os.fork()
        if process == 0:
            run(folder, [argument.replace("OUT", str(place)) for argument in arguments], str(place / "told"), {})
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        (place / "code").write_text(str(code))


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
