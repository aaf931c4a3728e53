"""A YAML file as read: its text, and the place of everything in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from zlib import crc32

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaigncheck.source import errors, limits, quick
from campaigncheck.source.errors import ChangedError, RefusalError, SourceError
from campaigncheck.source.place import Cell, CellPlace, Lines, Path, Piece, Place, as_written
from campaigncheck.source.scalars import content_start, value_offsets
from campaigncheck.source.yamlpass import Alias, nodes, parse


class _Origin(NamedTuple):
    """The file that a text is from, and the checksum of its bytes."""

    file: str
    checksum: int


class Document:
    """The text of one YAML file that could be read; it knows where everything in it stands.

    ``path`` is that of the file as users see it. Of ten thousand files few are ever asked for a place, so the
    others let go of their text; should it be asked for, it is read again. ``cells`` are those of the workbook that a
    text was made of, by path: its places name them.
    """

    def __init__(
        self, path: str, text: str, origin: _Origin | None = None, cells: Mapping[Path, Cell] | None = None
    ) -> None:
        self.path = path
        self._text: str | None = text
        self._origin = origin
        self._cells = cells
        self.pieces: dict[Path, tuple[Piece, ...]] = {}
        """What was put into values; spans of these are those of the value with it."""

    @classmethod
    def unread(cls, path: str, file: str, checksum: int) -> Document:
        """Return the document of a file whose text is read when it is asked for."""
        document = cls(path, "", _Origin(file, checksum))
        document.let_go()
        return document

    @property
    def checksum(self) -> int | None:
        """The checksum of the bytes that it was read from; None for a text of no file."""
        return self._origin.checksum if self._origin is not None else None

    @property
    def text(self) -> str:
        """The text.

        Raises:
            ChangedError: when it was let go of, and its file holds another by now.
        """
        if self._text is None:
            self._text = self._read_again()
        return self._text

    def let_go(self) -> None:
        """Keep the text no longer, if it can be read again."""
        if self._origin is not None:
            self._text = None

    def _read_again(self) -> str:
        assert self._origin is not None
        try:
            data = read_bytes(self._origin.file, limits.MAX_CATALOGUE_BYTES)
        except SourceError as error:
            raise ChangedError(self.path) from error
        if crc32(data) != self._origin.checksum:
            raise ChangedError(self.path)
        return decode(data)

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
        place = self._place(path, key, span)
        if self._cells is None:
            return place
        return CellPlace(*place, cell=next((self._cells[near] for near in _upwards(path) if near in self._cells), None))

    def has(self, path: Path) -> bool:
        """Tell whether there is a value at a path."""
        return _walk(nodes(self.text), path)[2] == len(path)

    def _place(self, path: Path, key: bool, span: tuple[int, int] | None) -> Place:
        node, key_node, found = _walk(nodes(self.text), path)
        if found < len(path) or key or not path:
            return self._key_place(key_node, node, top=found == 0)
        if span is not None and isinstance(node, ScalarNode):
            return self._span_place(node, as_written(self.pieces.get(path, ()), span))
        return self.lines.place(*extent(self.text, node))

    def _key_place(self, key: Node | None, node: Node, top: bool) -> Place:
        if key is not None:
            return self.lines.place(*extent(self.text, key))
        return self._first_line(node) if top else self.lines.place(*extent(self.text, node))

    def _first_line(self, node: Node) -> Place:
        """The first line with content stands for the document as a whole."""
        line = self.lines.place(node.start_mark.index, node.start_mark.index).line
        return Place(line, 1, line, len(self.lines.line(line)) + 1)

    def _span_place(self, node: ScalarNode, span: tuple[int, int]) -> Place:
        offsets = self.offsets(node)
        start = offsets[min(span[0], len(offsets) - 1)]
        last = offsets[min(max(span[1] - 1, span[0]), len(offsets) - 1)]
        return self.lines.place(start, max(last + 1, start))

    def offsets(self, node: ScalarNode) -> list[int]:
        """Return the source offset of every character of a scalar, and one for its end."""
        return value_offsets(self.text, node.start_mark.index, node.end_mark.index, node.value)


def _upwards(path: Path) -> Iterator[Path]:
    """Yield a path and those of everything around it."""
    return (path[:length] for length in range(len(path), -1, -1))


def _walk(node: Node, path: Path) -> tuple[Node, Node | None, int]:
    """Follow a path: the node of the last value found, of its key, and how many steps held."""
    key: Node | None = None
    for depth, step in enumerate(path):
        child = _child(node, step)
        if child is None:
            return node, key, depth
        key, node = child
    return node, key, len(path)


def _child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def extent(text: str, node: Node) -> tuple[int, int]:
    """Return the offsets where a value begins and ends, without anchors, comments and blank lines."""
    start = content_start(text, node.start_mark.index)
    if isinstance(node, ScalarNode):
        start = min(start, node.end_mark.index)  # an anchor may stand before nothing at all
    return start, start + len(text[start : end_of(text, node)].rstrip(" \t\r\n"))


def end_of(text: str, node: Node) -> int:
    """Return where a node ends; a block ends where its last member does, not after what follows it."""
    start = content_start(text, node.start_mark.index)
    if isinstance(node, ScalarNode | Alias) or text[start : start + 1] in ("[", "{") or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return end_of(text, last[1] if isinstance(last, tuple) else last)


def load(file: str, shown: str, most: int = limits.MAX_BYTES) -> tuple[Any, Document, bytes]:
    """Read a YAML file: its value, its document, and its bytes.

    Args:
        file: the file to read.
        shown: the path as users see it.
        most: how many bytes it may have.

    Raises:
        SourceError: when it cannot be read, is too large, is not UTF-8, or is not plain YAML.
    """
    data = read_bytes(file, most)
    text = decode(data)
    origin = _Origin(file, crc32(data))
    value = quick.mapping(data, text)
    if value is not None:
        return value, Document(shown, text, origin), data
    value, document = read(text, shown, origin)
    return value, document, data


def read(text: str, shown: str, origin: _Origin | None = None) -> tuple[Any, Document]:
    """Parse YAML text whose top level has to be a mapping."""
    try:
        value = parse(text)
        if not isinstance(value, dict):
            begin = nodes(text).start_mark.index
            end = text.find("\n", begin)
            message = errors.EMPTY if value is None else errors.NOT_A_MAPPING
            hint = errors.EMPTY_HINT if value is None else errors.NOT_A_MAPPING_HINT
            raise RefusalError(message(), hint(), begin, end if end >= 0 else len(text))
    except RefusalError as refusal:
        raise SourceError(refusal.message, refusal.hint, Lines(text).place(*refusal.span)) from refusal
    return value, Document(shown, text, origin)


def read_bytes(file: str, most: int = limits.MAX_BYTES) -> bytes:
    """Read a regular file no larger than the limit; a pipe or device is refused without waiting for it."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(handle)
            if stat.S_ISDIR(status.st_mode):
                raise SourceError(errors.UNREADABLE(reason=errors.FOLDER), errors.FOLDER_HINT())
            if not stat.S_ISREG(status.st_mode):
                raise OSError("not a regular file")
            if status.st_size > most:
                raise _too_large(status.st_size, most)
            data = _read_all(handle, status.st_size, most)
        finally:
            os.close(handle)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(errors.UNREADABLE(reason=reason), errors.UNREADABLE_HINT()) from error
    if len(data) > most:
        raise _too_large(len(data), most)
    return data


_CHUNK = 1 << 20


def _read_all(handle: int, size: int, most: int) -> bytes:
    """Read a file to its end, or past the limit; one read where it has the size it said."""
    data = os.read(handle, size + 1)
    while len(data) <= most:
        more = os.read(handle, _CHUNK) if len(data) != size else b""
        if not more:
            break
        data += more
    return data


def _too_large(size: int, most: int) -> SourceError:
    shown = f"{size / (1 << 20):.1f} MiB" if size < 1 << 30 else f"{size / (1 << 30):.1f} GiB"
    hint = errors.TOO_LARGE_HINT if most == limits.MAX_BYTES else errors.LARGE_TABLE_HINT
    return SourceError(errors.TOO_LARGE(size=shown, limit=f"{most >> 20} MiB"), hint())


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
