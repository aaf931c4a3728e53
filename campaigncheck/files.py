"""Writing files so that they are there whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) by way of a temporary file beside it, then put it in place in one step.

    Names of files may be no text; what is none is escaped, as on standard output.

    Raises:
        OSError: when it cannot be written; whatever was there before is still there then.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    name = _beside(path, data, 0o666 & ~_umask())
    try:
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that must not be there yet, whole or not at all; nobody ever sees it with another mode.

    Raises:
        FileExistsError: when there is one already, which stays as it is.
        OSError: when it cannot be written.
    """
    name = _beside(path, content, mode)
    try:
        os.link(name, path)
    finally:
        os.unlink(name)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary path beside a file to write to, and put what is there in its place once all is well.

    Raises:
        OSError: when it cannot be written; whatever was there before is still there then.
    """
    name = _beside(path, b"", 0o666 & ~_umask())
    try:
        yield Path(name)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Put new contents in the place of files that are there: all of them or none; permissions stay.

    Raises:
        OSError: when one of them cannot be written, with its path; all are as they were then.
    """
    before = {path: (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) for path in contents}
    ready: dict[Path, str] = {}
    done: list[Path] = []
    at = ""
    try:
        for path, data in contents.items():
            at = str(path)
            ready[path] = _beside(path, data, before[path][1])
        for path, name in ready.items():
            at = str(path)
            os.replace(name, path)
            done.append(path)
    except BaseException as error:
        for path in done:
            os.replace(_beside(path, *before[path]), path)
        for path in ready.keys() - set(done):
            os.unlink(ready[path])
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, at) from error
        raise


def _beside(path: Path, data: bytes, mode: int) -> str:
    """Write a temporary file beside another one; return its name."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, mode)
    except BaseException:
        os.unlink(name)
        raise
    return name
