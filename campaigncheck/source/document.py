"""A YAML file as read: its text, and the place of everything in it."""

from __future__ import annotations

import os
import stat
from array import array
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from campaigncheck.source import errors, limits
from campaigncheck.source.errors import RefusalError, SourceError
from campaigncheck.source.place import Lines, Path, Place
from campaigncheck.source.scalars import content_start, value_offsets
from campaigncheck.source.yamlpass import parse


@dataclass(frozen=True)
class Document:
    """The text of one file and the offsets of its keys and values; small, immutable, picklable."""

    path: str
    text: str
    rows: array[int]

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
        if not self.rows:
            return self.lines.place(0, 0)
        row, key_row, found = self._walk(path)
        if found < len(path) or key or not path:
            return self._key_place(key_row, row)
        if span is not None:
            return self._span_place(row, span)
        start = content_start(self.text, self.rows[row])
        return self.lines.place(start, self._end(row))

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
        rows = self.rows
        child, end = row + 3, rows[row + 2]
        if isinstance(step, int):
            for _ in range(step):
                if child >= end:
                    return None
                child = rows[child + 2]
            return (child, None) if child < end else None
        while child < end:
            value = rows[child + 2]
            if self._key_text(child) == step:
                return value, child
            child = rows[value + 2]
        return None

    def _key_text(self, row: int) -> str:
        raw = self.text[content_start(self.text, self.rows[row]) : self.rows[row + 1]]
        if raw[:1] in ("'", '"'):
            value, _ = parse(raw)
            return str(value)
        return raw

    def _key_place(self, key_row: int | None, row: int) -> Place:
        if key_row is not None:
            return self.lines.place(self.rows[key_row], self.rows[key_row + 1])
        if row == 0:
            return self._first_line()
        return self.lines.place(content_start(self.text, self.rows[row]), self._end(row))

    def _first_line(self) -> Place:
        """The first line with content stands for the document as a whole."""
        start = self.rows[0]
        line = self.lines.place(start, start).line
        return Place(line, 1, line, len(self.lines.line(line)) + 1)

    def _end(self, row: int) -> int:
        """Where a value ends, without the line breaks and comments that a block carries along."""
        start, end = self.rows[row], self.rows[row + 1]
        return start + len(self.text[start:end].rstrip())

    def _span_place(self, row: int, span: tuple[int, int]) -> Place:
        offsets = self.offsets(row)
        start = offsets[min(span[0], len(offsets) - 1)]
        last = offsets[min(max(span[1] - 1, span[0]), len(offsets) - 1)]
        return self.lines.place(start, max(last + 1, start))

    def offsets(self, row: int) -> list[int]:
        """Return the source offset of every character of the scalar in ``row``."""
        start, end = self.rows[row], self.rows[row + 1]
        raw = self.text[start:end]
        if raw[content_start(raw, 0) :][:1] in ("|", ">"):
            line_start = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
            raw = " " * (start - line_start) * 0 + raw
        return value_offsets(self.text, start, end, self._scalar(row))

    def _scalar(self, row: int) -> str:
        return str(self.value_at(row))

    def value_at(self, row: int) -> Any:
        """Return the value written at ``row`` by reading the document again."""
        value, _ = parse(self.text)
        return _nth(value, self.rows, row)


def _nth(value: Any, rows: array[int], wanted: int) -> Any:
    """Find the value of a row by walking values and rows side by side."""
    row, end = 0, rows[2]
    while row != wanted:
        child = row + 3
        pairs = isinstance(value, dict)
        items = list(value.values()) if pairs else list(value)
        for item in items:
            start = rows[child + 2] if pairs else child
            if start <= wanted < rows[start + 2]:
                row, end, value = start, rows[start + 2], item
                break
            child = rows[start + 2]
        else:
            raise LookupError(f"row {wanted} is no value below row {row} (ends at {end})")
    return value


def load(file: FilePath, shown: str) -> tuple[Any, Document, bytes]:
    """Read a YAML file: its value, its document, and its bytes.

    Args:
        file: the file to read.
        shown: the path as users see it.

    Raises:
        SourceError: when it cannot be read, is too large, is not UTF-8, or is not plain YAML.
    """
    data = read_bytes(file)
    text = decode(data)
    value, document = read(text, shown)
    return value, document, data


def read(text: str, shown: str) -> tuple[Any, Document]:
    """Parse YAML text whose top level has to be a mapping."""
    try:
        value, rows = parse(text)
        if not isinstance(value, dict):
            end = text.find("\n")
            message = errors.EMPTY if value is None else errors.NOT_A_MAPPING
            hint = errors.EMPTY_HINT if value is None else errors.NOT_A_MAPPING_HINT
            raise RefusalError(message(), hint(), rows[0], max(end, rows[0]))
    except RefusalError as refusal:
        raise SourceError(refusal.message, refusal.hint, Lines(text).place(*refusal.span)) from refusal
    return value, Document(shown, text, rows)


def read_bytes(file: FilePath) -> bytes:
    """Read a regular file no larger than the limit."""
    try:
        with file.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise OSError("not a regular file")
            if status.st_size > limits.MAX_BYTES:
                raise _too_large(status.st_size)
            data = stream.read(limits.MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(errors.UNREADABLE(reason=reason), errors.UNREADABLE_HINT()) from error
    if len(data) > limits.MAX_BYTES:
        raise _too_large(len(data))
    return data


def _too_large(size: int) -> SourceError:
    shown = f"{size / (1 << 20):.1f} MiB" if size < 1 << 30 else f"{size / (1 << 30):.1f} GiB"
    return SourceError(errors.TOO_LARGE(size=shown, limit="1 MiB"), errors.TOO_LARGE_HINT())


def decode(data: bytes) -> str:
    """Decode UTF-8 with or without a byte-order mark, or say what the bytes look like instead."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
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
