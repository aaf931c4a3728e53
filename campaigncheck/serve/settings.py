"""What a server was started with, and what a worker is asked; plain values that travel between processes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from campaigncheck.messages import Lang

MOST_BYTES = 1 << 20
"""Largest request in bytes; a spec of 150 lines has about 7 kB."""


class Settings(NamedTuple):
    """What campaigns are checked by.

    Attributes:
        home: the folder of the campaigns (a real path), and ``home_shown`` as users see it.
        rules: the rules folder; None means the built-in one.
        waivers: the file of exceptions, if any hold.
        today: the day to check for.
    """

    home: str
    home_shown: str
    rules: Path | None
    waivers: Path | None
    today: date


class Draft(NamedTuple):
    """A spec that somebody is writing; ``path`` is the file of the repository that it is a new version of, if it was opened."""

    text: str
    path: str | None = None


Kind = Literal["check", "sheet", "neighbours", "campaigns", "upload", "open", "workbook", "save"]


class Ask(NamedTuple):
    """One question to a worker.

    ``name`` is the name of an upload, the campaign to open, or, when saving, the digest of the text that was opened.
    """

    kind: Kind
    lang: Lang
    draft: Draft = Draft("")
    name: str = ""
    data: bytes = b""
