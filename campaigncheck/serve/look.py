"""Notices that something which bears on the answers has changed: by looking at files, without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from campaigncheck.engine.repository import CLEARANCES
from campaigncheck.history.git import working_tree
from campaigncheck.serve.settings import Settings

Seen = dict[str, tuple[int, int, int]]
"""What tells one state of a file from another, by path."""


def look(settings: Settings) -> Seen:
    """Return the state of everything that answers rest on: campaigns, rules, exceptions, clearances, branches."""
    folders = [settings.home, str(Path(settings.home).parent / CLEARANCES)]
    folders += [str(settings.rules)] if settings.rules is not None else []
    files = [str(settings.waivers)] if settings.waivers is not None else []
    root = working_tree(settings.home)
    git = os.path.join(root, ".git") if root is not None else None
    if git is not None and os.path.isdir(git):
        files += [os.path.join(git, name) for name in ("HEAD", "packed-refs", "shallow")]
        folders.append(os.path.join(git, "refs"))
    seen: Seen = {}
    for folder in folders:
        seen.update(_walk(folder))
    for file in files:
        seen.update(_state(file))
    return seen


def _walk(folder: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Yield the files below a folder; what hides, and what is being written, does not count."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield from _state(entry.path)


def _state(file: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        status = os.stat(file)
    except OSError:
        return
    yield file, (status.st_ino, status.st_mtime_ns, status.st_size)
