"""The commits of a branch with the specs that each one changes, the newest first."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from campaigncheck.history.git import Git
from campaigncheck.history.trees import FILES, is_spec

_EPOCH = date(1970, 1, 1).toordinal()
_SHANGHAI = 8 * 3600
_LAST = date.max.toordinal()
_RAW = (
    "--raw", "-z", "-r", "--no-abbrev", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=all", "-O/dev/null", "--encoding=UTF-8",
    "--format=tformat:commit %H %ct %P",
)  # fmt: skip


class Change(NamedTuple):
    """One file that a commit changes: git's names of its content before and after, None where it is not there."""

    path: bytes
    before: str | None
    after: str | None


class Commit(NamedTuple):
    """A commit with its first parent (empty: none known), the day in Shanghai, and the specs that it changes."""

    name: str
    parent: str
    day: date
    changes: list[Change]


def commits(git: Git, tip: str, folders: Iterable[bytes]) -> Generator[Commit]:
    """Yield the commits that changed specs below some folders, along first parents.

    A merge changes what it brings to the branch.
    """
    named = [] if b"" in (wanted := sorted(folders)) else [b":(top,literal)" + folder for folder in wanted]
    yield from _commits(git.tokens("log", "--first-parent", "-m", *_RAW, tip, "--", *named))


def whole(git: Git, names: Iterable[tuple[str, str]]) -> Iterator[Commit]:
    """Yield commits, named with their first parents, with the specs that each one changes anywhere."""
    asked = "".join(f"{name} {parent}\n" for name, parent in names).encode()
    yield from _commits(iter(git.bytes("diff-tree", "--stdin", "-m", *_RAW, given=asked).split(b"\0")))


def _commits(tokens: Iterator[bytes]) -> Iterator[Commit]:
    known: Commit | None = None
    for token in tokens:
        head = token.lstrip(b"\n")  # the first change of a commit follows a line's end
        if head.startswith(b":"):
            path = next(tokens, b"")
            if known is not None and is_spec(path):
                known.changes.append(_change(head, path))
        elif head:
            if known is not None:
                yield known
            known = _commit(head)
    if known is not None:
        yield known


def _commit(head: bytes) -> Commit:
    _, name, seconds, *parents = head.decode().split()
    return Commit(name, parents[0] if parents else "", day_of(int(seconds)), [])


def day_of(seconds: int) -> date:
    """Return the day in Shanghai (no summer time since 1991) of a moment."""
    return date.fromordinal(min(max(_EPOCH + (seconds + _SHANGHAI) // 86_400, 1), _LAST))


def _change(head: bytes, path: bytes) -> Change:
    mode_before, mode_after, before, after, _ = head[1:].split(b" ", 4)
    return Change(
        path, before.decode() if mode_before in FILES else None, after.decode() if mode_after in FILES else None
    )
