"""Which of the repairs that rules offer can be made at once, and the text with them made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import Fix
from campaigncheck.source.changes import Amend, EditError, Put
from campaigncheck.source.document import Document
from campaigncheck.source.edit import edit
from campaigncheck.source.place import Path, Piece, as_written

_FILLED_IN = Text(
    "这几个字是引用填进来的，要改就改被引用的地方", "these words are filled in: mend them where they are referred to"
)


def apart(fixes: Iterable[Fix]) -> list[Fix]:
    """Return the fixes that do not get in each other's way; of two that do, the first."""
    chosen: list[Fix] = []
    for fix in fixes:
        if not any(_collide(one, other) for one in fix for earlier in chosen for other in earlier):
            chosen.append(fix)
    return chosen


def _collide(one: Amend | Put, other: Amend | Put) -> bool:
    if isinstance(one, Amend) and isinstance(other, Amend):
        return one.path == other.path and one.start < other.end and other.start < one.end
    return _within(one.path, other.path) or _within(other.path, one.path)


def _within(path: Path, above: Path) -> bool:
    return path[: len(above)] == above


def mended(document: Document, fixes: Sequence[Fix]) -> str:
    """Return the text of a spec with some fixes made that are apart.

    Raises:
        EditError: when one cannot be made.
    """
    changes = [_as_written(change, document.pieces.get(change.path, ())) for fix in fixes for change in fix]
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
