"""Finds the ticket files of a run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from campaigncheck.catalogue.files import shown
from campaigncheck.engine.errors import NO_SUCH_PATH, NO_SUCH_PATH_HINT, UsageError
from campaigncheck.messages import Text

SUFFIXES = (".csv", ".parquet")

_NO_TICKETS = Text("{path} 里没有取号记录", "there are no tickets in {path}")
_OTHER_KIND = Text("{path} 不是 CSV，也不是 Parquet", "{path} is neither CSV nor Parquet")
_KINDS_HINT = Text(
    "取号记录是扩展名为 .csv 或 .parquet 的文件；以点或下划线开头的不看。",
    "Tickets are files named .csv or .parquet; names that begin with a dot or an underscore are not looked at.",
)


class TicketFile(NamedTuple):
    """A file of tickets: its real path, and the path as users see it."""

    path: str
    shown: str

    @property
    def is_csv(self) -> bool:
        """Whether it is text; the others are Parquet."""
        return self.path.lower().endswith(".csv")


def find_tickets(paths: Iterable[str], nothing: Text = _NO_TICKETS, hint: Text = _KINDS_HINT) -> list[TicketFile]:
    """Return the files of tickets (or of what ``nothing`` and ``hint`` speak of) at some paths, each once, in order of the path shown.

    Raises:
        UsageError: for a path that does not exist, a file of another kind, or a folder without tickets.
    """
    found: dict[str, str] = {}
    for path in paths:
        files = _at(path, hint)
        if not files:
            raise UsageError(nothing(path=shown(Path(path))), hint())
        for file in files:
            found.setdefault(os.path.realpath(file), shown(Path(file)))
    return sorted((TicketFile(*item) for item in found.items()), key=lambda file: (file.shown, file.path))


def _at(path: str, hint: Text) -> list[str]:
    if os.path.isdir(path):
        return [
            os.path.join(folder, name)
            for folder, folders, names in os.walk(path)
            if not _hide(folders)
            for name in names
            if name.lower().endswith(SUFFIXES) and name[0] not in "._"
        ]
    if not os.path.isfile(path):
        raise UsageError(NO_SUCH_PATH(path=shown(Path(path))), NO_SUCH_PATH_HINT())
    if not path.lower().endswith(SUFFIXES):
        raise UsageError(_OTHER_KIND(path=shown(Path(path))), hint())
    return [path]


def _hide(folders: list[str]) -> bool:
    """Keep a walk out of hidden folders."""
    folders[:] = sorted(name for name in folders if name[0] not in "._")
    return False
