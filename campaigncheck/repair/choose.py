"""Which of the repairs that rules offer can be made at once, and the text with them made."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import Fix
from campaigncheck.source.changes import Amend, EditError, Put
from campaigncheck.source.document import Document
from campaigncheck.source.edit import edit
from campaigncheck.source.place import Path, Piece, as_written

_FILLED_IN = Text(
    "这几个字是引用填进来的，要改就改被引用的地方", "these words are filled in: mend them where they are referred to"
)


def apart(fixes: Iterable[Fix]) -> list[int]:
    """Return which of the fixes do not get in each other's way; of two that do, the first."""
    taken = _Taken()
    chosen = []
    for index, fix in enumerate(fixes):
        if not any(taken.collides(change) for change in fix):
            chosen.append(index)
            for change in fix:
                taken.add(change)
    return chosen


class _Taken:
    """What some changes are about: stretches of texts, and values that are set."""

    def __init__(self) -> None:
        self._stretches: dict[Path, list[tuple[int, int]]] = {}
        self._set: set[Path] = set()
        self._above: set[Path] = set()
        self._above_set: set[Path] = set()

    def add(self, change: Amend | Put) -> None:
        """Take what a change is about."""
        above = set(_heads(change.path))
        self._above |= above
        if isinstance(change, Amend):
            insort(self._stretches.setdefault(change.path, []), (change.start, change.end))
        else:
            self._set.add(change.path)
            self._above_set |= above

    def collides(self, change: Amend | Put) -> bool:
        """Tell whether a change is about something that is taken, or within it, or around it."""
        if any(head in self._set for head in _heads(change.path)):
            return True
        if isinstance(change, Amend):
            return change.path in self._above_set or self._overlaps(change)
        return change.path in self._above or any(head in self._stretches for head in _heads(change.path))

    def _overlaps(self, change: Amend) -> bool:
        """Tell whether a stretch overlaps one that is taken; those do not overlap, so only its neighbours may."""
        stretches = self._stretches.get(change.path, [])
        start, end = change.start, change.end
        at = bisect_left(stretches, (start, end))
        return any(
            (low < end and start < high) or (low, high) == (start, end)
            for low, high in stretches[max(0, at - 1) : at + 1]
        )


def _heads(path: Path) -> Iterator[Path]:
    """Yield a path and all that it is within."""
    return (path[:size] for size in range(len(path) + 1))


def mended(document: Document, fixes: Sequence[Fix]) -> str:
    """Return the text of a spec with some fixes made that are apart.

    Raises:
        EditError: when one cannot be made.
    """
    changes: list[Amend | Put] = []
    refused: dict[Path, Message] = {}
    for change in (change for fix in fixes for change in fix):
        try:
            changes.append(_as_written(change, document.pieces.get(change.path, ())))
        except EditError as error:
            refused[change.path] = error.message
    if refused:
        raise EditError(next(iter(refused.values())), refused)
    amends = sorted((change for change in changes if isinstance(change, Amend)), key=_from_the_back, reverse=True)
    return edit(document.text, [*amends, *(change for change in changes if isinstance(change, Put))])


def _as_written(change: Amend | Put, pieces: Sequence[Piece]) -> Amend | Put:
    """Return a change of a value into which something was put as a change of the value as written."""
    if isinstance(change, Put) or not pieces:
        return change
    if any(piece.start < change.end and change.start < piece.end for piece in pieces):
        raise EditError(_FILLED_IN())
    start, end = as_written(pieces, (change.start, change.end))
    return change._replace(start=start, end=end)


def _from_the_back(change: Amend) -> tuple[str, int, int]:
    return str(change.path), change.start, change.end
