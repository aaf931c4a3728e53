"""Writes repaired specs: all of them, or none."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from campaigncheck.engine.errors import CANNOT_WRITE, CANNOT_WRITE_HINT, UsageError
from campaigncheck.files import replace_all
from campaigncheck.messages import Text
from campaigncheck.repair.model import Mended
from campaigncheck.source.document import decode, read_bytes
from campaigncheck.source.errors import ChangedError, SourceError

_READ_ONLY = Text("{path} 是只读的，一个文件也没有改", "{path} is read-only; no file was changed")
_READ_ONLY_HINT = Text(
    "去掉只读，或者只写要改的路径；先看改什么用 --diff。",
    "Make it writable, or name only the paths to repair; --diff shows the repairs.",
)
_MARK = "\ufeff".encode()


def write(files: Sequence[Mended]) -> None:
    """Put the repaired texts in the place of the files.

    Raises:
        UsageError: when one of them cannot be written.
        ChangedError: when one of them has changed since it was read.
    """
    contents = {Path(file.spec.file): _content(file) for file in files}
    try:
        replace_all(contents)
    except OSError as error:
        named = {file.spec.file: file.spec.shown for file in files}
        path = named[str(error.filename)]
        reason = error.strerror or str(error)
        raise UsageError(CANNOT_WRITE(path=path, reason=reason), CANNOT_WRITE_HINT()) from error


def _content(file: Mended) -> bytes:
    """Return the new bytes of a file that may be written and is as it was read; a byte-order mark stays."""
    try:
        data = read_bytes(file.spec.file)
        if decode(data) != file.before:
            raise ChangedError(file.spec.shown)
    except SourceError as error:
        raise ChangedError(file.spec.shown) from error
    if not os.stat(file.spec.file).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise UsageError(_READ_ONLY(path=file.spec.shown), _READ_ONLY_HINT())
    return (_MARK if data.startswith(_MARK) else b"") + file.after.encode()
