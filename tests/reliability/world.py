"""A repository, and a command run in it again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.reliability.commands import Command
from tests.reliability.home import Home, Tree
from tests.reliability.processes import Ended, Server
from tests.reliability.repository import write_hundred


class World:
    """The repository of a command, ``whole``: how it ends when nothing is in its way, and ``new``: what is there then."""

    def __init__(self, place: Path, server: Server, command: Command, *, cache: Path | None = None) -> None:
        (place / "home" / "out").mkdir(parents=True)
        write_hundred(place / "home", hours=command.hours, count=command.size)
        self.home = Home(place / "home")
        self.cache = cache or place / "cache"
        self.command = command
        self._server = server
        server.warm(self.home.folder, [command.warm])
        self.home.put(self.home.first)
        self.whole = self.run(*["--no-cache"] * command.keeps)
        self.new: Tree = self.home.tree()
        assert self.whole.code == command.code, self.whole.err
        assert self.new != self.home.first

    def run(self, *more: str, **how: Any) -> Ended:
        """Run the command."""
        arguments = (*self.command.arguments, *more)
        return self._server.run(self.home.folder, *arguments, CAMPAIGNCHECK_CACHE=str(self.cache), **how)

    def is_right(self, ended: Ended) -> bool:
        """Whether a run has done all it should."""
        return (ended.code, ended.out) == self.whole[:2] and self.home.tree() == self.new
