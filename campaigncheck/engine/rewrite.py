"""Puts new texts in the place of specs: all of them, or none; mode and byte-order mark stay."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from campaigncheck.engine.errors import CANNOT_WRITE, CANNOT_WRITE_HINT, UsageError
from campaigncheck.engine.repository import SpecFile
from campaigncheck.files import replace_all
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import decode, read_bytes
from campaigncheck.source.errors import ChangedError, SourceError
from campaigncheck.workbook.names import is_workbook

_READ_ONLY = Text("{path} 是只读的，一个文件也没有改", "{path} is read-only; no file was changed")
_WORKBOOK = Text("{path} 是 Excel 工作簿，不自动改，一个文件也没有改", "{path} is a workbook; no file was changed")
_WORKBOOK_HINT = Text(
    "先用 campaigncheck import 导入成 YAML，或者照提示在工作簿里改。",
    "Bring it in by `campaigncheck import` first, or mend the workbook by hand.",
)
_MARK = "\ufeff".encode()


class Rewrite(NamedTuple):
    """A spec as it was read and as it is to be, both without a byte-order mark."""

    spec: SpecFile
    before: str
    after: str


def rewrite(files: Sequence[Rewrite], read_only_hint: Message) -> None:
    """Write new texts over specs.

    Args:
        files: the specs.
        read_only_hint: what to do where one of them must not be written.

    Raises:
        UsageError: when one of them is read-only, or cannot be written.
        ChangedError: when one of them has changed since it was read.
    """
    contents = {Path(file.spec.file): _content(file, read_only_hint) for file in files}
    try:
        replace_all(contents)
    except OSError as error:
        named = {file.spec.file: file.spec.shown for file in files}
        path = named[str(error.filename)]
        reason = error.strerror or str(error)
        raise UsageError(CANNOT_WRITE(path=path, reason=reason), CANNOT_WRITE_HINT()) from error


def is_marked(spec: SpecFile) -> bool:
    """Tell whether the file of a spec begins with a byte-order mark, which no text has.

    Raises:
        ChangedError: when it cannot be read any more.
    """
    return _bytes(spec).startswith(_MARK)


def _content(file: Rewrite, read_only_hint: Message) -> bytes:
    """Return the new bytes of a file that may be written and is as it was read; a byte-order mark stays."""
    if is_workbook(file.spec.file):
        raise UsageError(_WORKBOOK(path=file.spec.shown), _WORKBOOK_HINT())
    data = _bytes(file.spec)
    try:
        if decode(data) != file.before:
            raise ChangedError(file.spec.shown)
    except SourceError as error:
        raise ChangedError(file.spec.shown) from error
    if not os.stat(file.spec.file).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise UsageError(_READ_ONLY(path=file.spec.shown), read_only_hint)
    return (_MARK if data.startswith(_MARK) else b"") + file.after.encode()


def _bytes(spec: SpecFile) -> bytes:
    try:
        return read_bytes(spec.file)
    except SourceError as error:
        raise ChangedError(spec.shown) from error
