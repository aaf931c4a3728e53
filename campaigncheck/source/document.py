"""A YAML file as read: its text, and the place of everything in it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from campaigncheck.source import errors, limits
from campaigncheck.source.errors import RefusalError, SourceError
from campaigncheck.source.place import Lines, Path, Place
from campaigncheck.source.scalars import content_start, value_offsets
from campaigncheck.source.yamlpass import Details, Starts, details, parse


@dataclass(frozen=True)
class Document:
    """The text of one file and where its keys and values begin; small, immutable, picklable."""

    path: str
    text: str
    starts: Starts

    @cached_property
    def lines(self) -> Lines:
        """The text's lines."""
        return Lines(self.text)

    def place(self, path: Path, *, key: bool = False, span: tuple[int, int] | None = None) -> Place:
        """Return where ``path`` stands; of a missing value, where its nearest parent stands.

        Args:
            path: keys and positions from the top.
            key: the key itself rather than its value.
            span: characters of the value (start, end) to point at within it.
        """
        row, key_row, found = self._walk(path)
        if found < len(path) or key or not path:
            return self._key_place(key_row, row)
        if span is not None:
            return self._span_place(row, span)
        return self.lines.place(*self._extent(row))

    def _walk(self, path: Path) -> tuple[int, int | None, int]:
        """Follow a path: the row of the last value found, of its key, and how many steps held."""
        row, key_row = 0, None
        for depth, step in enumerate(path):
            child = self._child(row, step)
            if child is None:
                return row, key_row, depth
            row, key_row = child
        return row, key_row, len(path)

    def _child(self, row: int, step: str | int) -> tuple[int, int | None] | None:
        after = self.starts.after
        child, end = row + 1, after.get(row, row)
        if isinstance(step, int):
            for _ in range(step):
                child = after.get(child, child + 1)
            return (child, None) if child < end else None
        while child < end:
            if self._key_text(child) == step:
                return child + 1, child
            child = after.get(child + 1, child + 2)
        return None

    @property
    def _details(self) -> Details:
        return details(self.text)

    def _key_text(self, row: int) -> str:
        return self._details.values[row]

    def _key_place(self, key_row: int | None, row: int) -> Place:
        if key_row is not None:
            return self.lines.place(*self._extent(key_row))
        return self._first_line() if row == 0 else self.lines.place(*self._extent(row))

    def _first_line(self) -> Place:
        """The first line with content stands for the document as a whole."""
        start = self.starts.offsets[0] if self.starts.offsets else 0
        line = self.lines.place(start, start).line
        return Place(line, 1, line, len(self.lines.line(line)) + 1)

    def _extent(self, row: int) -> tuple[int, int]:
        """Return the offsets where a value begins and ends, without anchors, comments and blank lines."""
        start, end = content_start(self.text, self.starts.offsets[row]), self._details.ends[row]
        return start, start + len(self.text[start:end].rstrip(" \t\r\n"))

    def _span_place(self, row: int, span: tuple[int, int]) -> Place:
        offsets = self.offsets(row)
        start = offsets[min(span[0], len(offsets) - 1)]
        last = offsets[min(max(span[1] - 1, span[0]), len(offsets) - 1)]
        return self.lines.place(start, max(last + 1, start))

    def offsets(self, row: int) -> list[int]:
        """Return the source offset of every character of the scalar in ``row``, and one for its end."""
        return value_offsets(self.text, self.starts.offsets[row], self._details.ends[row], self._details.values[row])


def load(file: str, shown: str) -> tuple[Any, Document, bytes]:
    """Read a YAML file: its value, its document, and its bytes.

    Args:
        file: the file to read.
        shown: the path as users see it.

    Raises:
        SourceError: when it cannot be read, is too large, is not UTF-8, or is not plain YAML.
    """
    data = read_bytes(file)
    value, document = read(decode(data), shown)
    return value, document, data


def read(text: str, shown: str) -> tuple[Any, Document]:
    """Parse YAML text whose top level has to be a mapping."""
    try:
        value, starts = parse(text)
        if not isinstance(value, dict):
            begin = starts.offsets[0]
            end = text.find("\n", begin)
            message = errors.EMPTY if value is None else errors.NOT_A_MAPPING
            hint = errors.EMPTY_HINT if value is None else errors.NOT_A_MAPPING_HINT
            raise RefusalError(message(), hint(), begin, end if end >= 0 else len(text))
    except RefusalError as refusal:
        raise SourceError(refusal.message, refusal.hint, Lines(text).place(*refusal.span)) from refusal
    return value, Document(shown, text, starts)


def read_bytes(file: str) -> bytes:
    """Read a regular file no larger than the limit; a pipe or device is refused without waiting for it."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise OSError("not a regular file")
            if status.st_size > limits.MAX_BYTES:
                raise _too_large(status.st_size)
            data = _read_all(handle, status.st_size)
        finally:
            os.close(handle)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(errors.UNREADABLE(reason=reason), errors.UNREADABLE_HINT()) from error
    if len(data) > limits.MAX_BYTES:
        raise _too_large(len(data))
    return data


def _read_all(handle: int, size: int) -> bytes:
    """Read a file to its end, or past the limit; one read where it has the size it said."""
    data = os.read(handle, size + 1)
    while len(data) <= limits.MAX_BYTES:
        more = os.read(handle, limits.MAX_BYTES) if len(data) != size else b""
        if not more:
            break
        data += more
    return data


def _too_large(size: int) -> SourceError:
    shown = f"{size / (1 << 20):.1f} MiB" if size < 1 << 30 else f"{size / (1 << 30):.1f} GiB"
    return SourceError(errors.TOO_LARGE(size=shown, limit="1 MiB"), errors.TOO_LARGE_HINT())


_BYTE_ORDER_MARK = "\ufeff"


def decode(data: bytes) -> str:
    """Decode UTF-8 with or without a byte-order mark, or say what the bytes look like instead."""
    try:
        return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").removeprefix(_BYTE_ORDER_MARK)
        place = Lines(before).place(len(before), len(before))
        encoding = _guess(data)
        hint = errors.NOT_UTF8_HINT(encoding=encoding) if encoding else errors.NOT_UTF8_BINARY_HINT()
        raise SourceError(errors.NOT_UTF8(), hint, place) from error


def _guess(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if b"\x00" in data:
        return None
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK"
