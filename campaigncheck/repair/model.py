"""What a repair of some specs comes to: the files it changes, and what it leaves to people."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Run
from campaigncheck.messages import Message
from campaigncheck.source.place import Place


class Mended(NamedTuple):
    """A file as it was and as it is to be, and how many problems that mends.

    Neither text has the byte-order mark of a file that is ``marked``.
    """

    spec: SpecFile
    before: str
    after: str
    repairs: int
    marked: bool = False


class Refused(NamedTuple):
    """What is left to people at a place: a problem that could not be mended, or a whole file, and why."""

    path: str
    place: Place
    message: Message


class Repair(NamedTuple):
    """Everything that is to be written; ``run`` is that of the files as they are, by all rules that are not ignored."""

    run: Run
    mended: tuple[Mended, ...]
    refused: tuple[Refused, ...]
