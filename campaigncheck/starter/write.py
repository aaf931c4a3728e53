"""Puts the files of a new repository into a folder: all of them, or none, and never over one that is there."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK)


def in_the_way(folder: Path, names: Iterable[str]) -> list[str]:
    """Return what is there already: files of these names, and files or links where a folder is needed."""
    found: dict[str, None] = {}
    for name in names:
        path = folder / name
        if os.path.lexists(path):
            found[name] = None
        for above in Path(name).parents[:-1]:
            there = folder / above
            if os.path.lexists(there) and (there.is_symlink() or not there.is_dir()):
                found[above.as_posix()] = None
    return sorted(found)


def write_new(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files that are not there yet: all of them, or none.

    Raises:
        FileExistsError: when one has come to be there meanwhile.
        OSError: when one cannot be written, with its path. Nothing is left of what was begun then.
    """
    made = _folders(folder)
    done: list[Path] = []
    staged: Path | None = None
    try:
        staged = Path(tempfile.mkdtemp(prefix=".campaigncheck-init.", dir=folder))
        for index, text in enumerate(texts.values()):
            _stage(staged / str(index), text)
        for index, name in enumerate(texts):
            made += _folders((folder / name).parent)
            _place(staged / str(index), folder / name)
            done.append(folder / name)
    except BaseException:
        for path in reversed(done):
            path.unlink(missing_ok=True)
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
        for path in reversed(made):
            path.rmdir()
        raise
    shutil.rmtree(staged)


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return the new ones, the highest first."""
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    made: list[Path] = []
    for path in reversed(missing):
        path.mkdir()
        made.append(path)
    return made


def _stage(path: Path, text: str) -> None:
    with open(path, "xb") as stream:
        stream.write(text.encode())
        stream.flush()
        os.fsync(stream.fileno())


def _place(staged: Path, path: Path) -> None:
    """Put a file where nothing is: a link does not replace anything, whoever else writes there."""
    try:
        os.link(staged, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        os.rename(staged, path)
