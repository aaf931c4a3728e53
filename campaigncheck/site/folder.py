"""The folder of a site, put in place whole or not at all; nothing that is no part of a site is ever replaced."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from campaigncheck.catalogue.files import shown
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Text

LIST = "files.txt"
"""The list of a site's own files, by which an older one is known."""
_HEAD = "campaigncheck site"

_NO_FOLDER = Text("{path} 是文件，不是文件夹", "{path} is a file, not a folder")
_NO_FOLDER_HINT = Text("-o 后面写一个文件夹，没有会新建。", "-o names a folder; it is made if missing.")
_FOREIGN = Text(
    "{path} 里有不属于旧站点的东西：{name}", "{path} holds something that is no part of an older site: {name}"
)
_FOREIGN_HINT = Text(
    "整个文件夹会换成新的站点：换一个文件夹，或者先把它移走。",
    "The whole folder is replaced by the new site: choose another, or move that away first.",
)


def refuse_foreign(folder: Path) -> None:
    """Refuse a file, and a folder with anything in it that an older site did not write.

    Raises:
        UsageError: then.
    """
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise UsageError(_NO_FOLDER(path=shown(folder)), _NO_FOLDER_HINT())
    known = _known(folder)
    foreign = next((name for name in _files(folder) if name not in known), None)
    if foreign is not None:
        raise UsageError(_FOREIGN(path=shown(folder), name=foreign), _FOREIGN_HINT())


def write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write a site beside the folder and put it in its place in one step.

    Raises:
        OSError: when it cannot be written; whatever was there before is still there then.
        ValueError: for a path that leaves the folder.
    """
    target = Path(os.path.realpath(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        fresh = beside / "new"
        fresh.mkdir()
        listed = "".join(f"{name}\n" for name in [_HEAD, *sorted(made), LIST])
        for name, data in {**made, LIST: listed.encode()}.items():
            _write(fresh, name, data)
        _exchange(fresh, target, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(folder: Path, name: str, data: bytes) -> None:
    parts = name.split("/")
    if not all(parts) or any(part in (".", "..") or "\\" in part or "\0" in part for part in parts):
        raise ValueError(f"{name!r} leaves the folder")
    file = folder.joinpath(*parts)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _exchange(fresh: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    there = target.exists()
    if there:
        os.rename(target, old)
    try:
        os.rename(fresh, target)
    except BaseException:
        if there:
            os.rename(old, target)
        raise


def _known(folder: Path) -> frozenset[str]:
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(lines[1:]) if lines[:1] == [_HEAD] else frozenset()


def _files(folder: Path) -> Iterator[str]:
    """Yield everything in a folder that is not a folder itself, and empty folders, as paths within it."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            inside = [f"{entry.name}/{name}" for name in _files(Path(entry.path))]
            yield from inside or [f"{entry.name}/"]
        else:
            yield entry.name
