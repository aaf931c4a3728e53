"""What may be changed in a document: a value is set, an entry goes, characters of a text are replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from campaigncheck.messages import Message
from campaigncheck.source.place import Path


class Put(NamedTuple):
    """Set the value at a path; a missing key is added, a position just past a list's end appends to it."""

    path: Path
    value: Any


class Drop(NamedTuple):
    """Delete a key with its value, or an item of a list."""

    path: Path


class Amend(NamedTuple):
    """Replace ``text[start:end]``, which reads ``old``, by something else; an empty stretch is an insertion."""

    path: Path
    start: int
    end: int
    old: str
    new: str


Change = Put | Drop | Amend


class EditError(ValueError):
    """A change that cannot be made, and why, in both languages; of several, which (by path), as far as is known."""

    def __init__(self, message: Message, refused: Mapping[Path, Message] | None = None) -> None:
        super().__init__(message.render("en"))
        self.message = message
        self.refused = dict(refused or {})
