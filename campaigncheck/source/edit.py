"""Edits a YAML document in place: what is not changed stays as it is, byte for byte.

Every change finds its place by the nodes of the text and replaces the few characters it is about. How a
value is written follows what stands there: flow stays flow, block stays block, quoted stays quoted. Where
there are several ways to write it, they are tried in order of preference, and the first that reads back
as meant is taken; if none does, the edit is refused and nothing is written.

What goes with an entry that is dropped: its lines, the comment behind it, comments below it that are
indented deeper, and the comment lines directly above it in its own column. Comments above the first entry
stay, since they mostly speak of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from yaml.nodes import MappingNode, SequenceNode

from campaigncheck.messages import Message, Text
from campaigncheck.source.changes import Amend, Change, Drop, EditError, Put
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.page import index_of, value_at
from campaigncheck.source.place import Path, pointer
from campaigncheck.source.removing import Removing
from campaigncheck.source.together import Together, refuse, runs
from campaigncheck.source.written import reads
from campaigncheck.source.yamlpass import parse

UNREADABLE = Text("改之前的文件就读不了：{reason}", "the text cannot be read to begin with: {reason}")
WHOLE = Text("不能替换或删除整份文件", "the document as a whole cannot be replaced or deleted")
MISSING = Text("{path} 不存在，没有可删的", "{path} does not exist, so it cannot be deleted")
BEYOND = Text("{path} 前面还有空位，列表只能接在末尾写", "{path} would leave a gap: a list grows at its end")
NOT_INSIDE = Text(
    "{path} 写不进去：上一层不是字段，也不是列表", "{path} cannot be set: what holds it is no such collection"
)
NOT_PLAIN = Text(
    "{value} 写进 YAML 以后读不回同一个值", "{value} is no value that YAML could hold and give back unchanged"
)
STALE = Text("{path} 的文字已经不是“{old}”", "{path} no longer reads “{old}”")
UNSAFE = Text("{path} 改完以后读出来和要写的不一样", "{path} cannot be written so that it reads back as meant")


def edit(text: str, changes: Sequence[Change]) -> str:
    """Return the text with the changes made, as if one after the other.

    Args:
        text: a YAML document that :func:`campaigncheck.source.yamlpass.parse` reads.
        changes: what to set, to delete and to amend; dates are written as YYYY-MM-DD. Collections on the way
            to a missing value are created; an empty value (null) on the way becomes one. Folds, quotes and
            escapes of a text that is amended stay where they are.

    Raises:
        EditError: when a change cannot be made, or not without changing something else.
    """
    for run in runs(changes):
        text = _all_made(text, run)
    return text


def _all_made(text: str, run: Sequence[Change]) -> str:
    """Make changes that keep apart in one pass; where that does not read back as meant, half of them at a time."""
    if len(run) == 1:
        return _edited(text, run[0])
    after = _read(text)
    refused: dict[Path, Message] = {}
    for change in run:
        try:
            after = _with(after, change)
        except EditError as error:
            refused.setdefault(change.path, error.message)
    refuse(refused)
    for candidate in _Page(text).together(run, after):
        if reads(candidate, after):
            return candidate
    half = len(run) // 2
    return _all_made(_all_made(text, run[:half]), run[half:])


def _read(text: str) -> Any:
    try:
        return parse(text)
    except RefusalError as refusal:
        raise EditError(UNREADABLE(reason=refusal.message)) from refusal


def _with(value: Any, change: Change) -> Any:
    """Return the plain value with a change made."""
    if not change.path:
        raise EditError(WHOLE())
    return _applied(value, 0, _as_put(value, change) if isinstance(change, Amend) else change)


def _edited(text: str, change: Change) -> str:
    before = _read(text)
    after = _with(before, change)
    if repr(before) == repr(after):
        return text
    for candidate in _Page(text).candidates(change, after):
        if reads(candidate, after):
            return candidate
    raise EditError(UNSAFE(path=pointer(change.path)))


def _as_put(value: Any, amend: Amend) -> Put:
    """Return what an amended text is to be as a whole; refuse it where the text is not what it was taken for."""
    start, end = amend.start, amend.end
    try:
        text = value_at(value, amend.path)
    except (LookupError, TypeError):
        text = None
    if not isinstance(text, str) or not 0 <= start <= end <= len(text) or text[start:end] != amend.old:
        raise EditError(STALE(path=pointer(amend.path), old=amend.old))
    return Put(amend.path, text[:start] + amend.new + text[end:])


def _applied(value: Any, depth: int, change: Put | Drop) -> Any:
    """Return the plain value with a change made; what is not on the path is not copied."""
    if depth == len(change.path):
        return _plain_data(change.value) if isinstance(change, Put) else None
    step = change.path[depth]
    if value is None and depth and isinstance(change, Put):
        value = {} if isinstance(step, str) else []
    shown = pointer(change.path[: depth + 1])
    if isinstance(value, list) and isinstance(step, int):
        return _applied_in(list(value), 0 <= step < len(value), depth, change)
    if isinstance(value, dict) and isinstance(step, str):
        return _applied_in(dict(value), step in value, depth, change)
    raise EditError((NOT_INSIDE if isinstance(change, Put) else MISSING)(path=shown))


def _applied_in(members: Any, found: bool, depth: int, change: Put | Drop) -> Any:
    """Make a change within a copy of the collection that holds its next step."""
    step = change.path[depth]
    shown = pointer(change.path[: depth + 1])
    if isinstance(change, Drop):
        if not found:
            raise EditError(MISSING(path=shown))
        if depth + 1 == len(change.path):
            del members[step]
            return members
    if isinstance(members, list) and not found:
        if step != len(members):
            raise EditError(BEYOND(path=shown))
        members.append(None)
    members[step] = _applied(members[step] if found else None, depth + 1, change)
    return members


def _plain_data(value: Any) -> Any:
    """Return a value as the reader would give it, or refuse it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return str.__str__(value)  # of an enumeration, the text it stands for
    if isinstance(value, int | float):
        number = int(value) if isinstance(value, int) else float(value)
        if reads(repr(number), number):
            return number
    if isinstance(value, list):
        return [_plain_data(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {str.__str__(key): _plain_data(item) for key, item in value.items()}
    raise EditError(NOT_PLAIN(value=repr(value)))


class _Page(Together, Removing):
    """A text that is to be changed."""

    def candidates(self, change: Change, after: Any) -> Iterator[str]:
        """Return ways to make a change, the best first; ``after`` is the plain value that is meant."""
        path = change.path
        trail = self.trail(path)
        reached = len(trail) - 1
        if isinstance(change, Drop):
            self.refuse_lost(trail[-1].node, path)
            return self.removed(trail[-2], index_of(trail[-2].node, path[-1]), value_at(after, path[:-1]))
        if reached < len(path) and isinstance(trail[-1].node, MappingNode | SequenceNode):
            grown = value_at(after, path[:reached])
            return self.added(trail[-1], {path[reached]: grown[path[reached]]}, grown)
        self.refuse_lost(trail[-1].node, path)
        ways = (
            self.amended(trail[-1], [change], value_at(after, path))
            if isinstance(change, Amend)
            else self.replaced(trail[-1], value_at(after, path[:reached]))
        )
        return (self.spliced(*way) for way in ways)
