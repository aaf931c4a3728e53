"""The zip archive that a workbook is: refused before anything in it is opened, if it is none, too large, or more than a table."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from posixpath import normpath
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile, ZipInfo

from campaigncheck.workbook import problems as told
from campaigncheck.workbook.problems import CannotReadError

MOST_BYTES = 8 << 20
"""Largest workbook, in bytes."""
MOST_UNPACKED = 64 << 20
"""Most bytes of everything in it."""
MOST_ENTRIES = 1_000
MOST_RATIO = 200
"""How much smaller an entry of some size may be than what it holds."""
_SOME_SIZE = 4 << 20

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MACROS = re.compile(r"(?i)(?:^|/)vbaProject[^/]*\.bin$")
_CELL = re.compile(rb"<(?:v|is|f)[ >/]")
_ROW = re.compile(rb'<row\b[^>]*?\br="([0-9]{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*?\bhidden="(?:1|true)")[^>]*?\br="([0-9]{1,7})"')
_HIDDEN_COLUMNS = re.compile(rb'<col\b(?=[^>]*?\bhidden="(?:1|true)")[^>]*>')
_BOUND = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MERGED = re.compile(rb'<mergeCell\b[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Layer(NamedTuple):
    """What a sheet's file says beside its cells.

    ``last``: the last row in which anything stands; None where that cannot be told. ``hidden``: the rows and columns
    that are hidden. ``merged``: the ranges of merged cells.
    """

    last: int | None
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[str, ...]


def refuse_unusable(data: bytes) -> None:
    """Refuse what is no workbook, or more than one of a campaign could ever be.

    Raises:
        CannotReadError: with what to do about it.
    """
    if len(data) > MOST_BYTES:
        raise _too_large(told.FILE_SIZE(size=f"{len(data) / (1 << 20):.1f}", limit=MOST_BYTES >> 20))
    if data.startswith(_OLE):
        locked = _LOCKED in data
        message, hint = (told.ENCRYPTED, told.ENCRYPTED_HINT) if locked else (told.OLD_FORMAT, told.SAVE_AS_HINT)
        raise CannotReadError(message(), hint())
    try:
        with ZipFile(BytesIO(data)) as archive:
            _refuse_entries(archive)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error) as error:
        raise CannotReadError(told.NOT_XLSX(), told.SAVE_AS_HINT()) from error


def _refuse_entries(archive: ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _too_large(told.ENTRIES(count=len(entries), limit=MOST_ENTRIES))
    if any(entry.flag_bits & 1 for entry in entries):
        raise CannotReadError(told.ENCRYPTED(), told.ENCRYPTED_HINT())
    total = sum(entry.file_size for entry in entries)
    if total > MOST_UNPACKED:
        raise _too_large(told.UNPACKED(size=total >> 20, limit=MOST_UNPACKED >> 20))
    for entry in entries:
        if entry.file_size > _SOME_SIZE and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise _too_large(told.PACKED(name=entry.filename[-40:]))
        if _MACROS.search(entry.filename):
            raise CannotReadError(told.MACROS(), told.MACROS_HINT())
        _refuse_entities(archive, entry)
    if "xl/workbook.xml" not in archive.namelist():
        raise CannotReadError(told.NOT_XLSX(), told.SAVE_AS_HINT())


def _refuse_entities(archive: ZipFile, entry: ZipInfo) -> None:
    """Refuse XML with a document type: no spreadsheet writes one, and it may name other files or grow without end."""
    if not entry.filename.endswith((".xml", ".rels")):
        return
    data = archive.read(entry)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")):
        raise CannotReadError(told.DAMAGED(), told.DAMAGED_HINT(detail=entry.filename[-40:]))


def _too_large(what: object) -> CannotReadError:
    return CannotReadError(told.TOO_LARGE(what=what), told.TOO_LARGE_HINT())


def layers(data: bytes, is_own: Callable[[str], bool]) -> dict[str, Layer]:
    """Return what the file of each sheet says beside its cells, by its title; sheets that are people's own are left out."""
    with ZipFile(BytesIO(data)) as archive:
        there = set(archive.namelist())
        return {
            name: _layer(archive.read(path)) for name, path in _sheets(archive) if path in there and not is_own(name)
        }


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet, and its file."""
    links = _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in _tree(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_LINK), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")


def _tree(archive: ZipFile, name: str) -> ET.Element:
    return ET.fromstring(archive.read(name))  # noqa: S314  # entities have been refused


def _layer(data: bytes) -> Layer:
    return Layer(
        _last(data),
        frozenset(int(row) for row in _HIDDEN_ROW.findall(data)),
        frozenset(column for found in _HIDDEN_COLUMNS.findall(data) for column in _columns(found)),
        tuple(found.decode() for found in _MERGED.findall(data)),
    )


def _columns(found: bytes) -> range:
    bounds = {name: int(number) for name, number in _BOUND.findall(found)}
    return range(bounds.get(b"min", 1), min(bounds.get(b"max", 0), 16_384) + 1)


def _last(data: bytes) -> int | None:
    """Return the last row in which anything stands: what a sheet says of its own size is often wrong."""
    at = max((data.rfind(sign) for sign in (b"<v>", b"<v ", b"<is>", b"<is ", b"<f>", b"<f ", b"<f/")), default=-1)
    if at < 0:
        return 0 if not re.search(rb":(?:v|is|f)[ >/]", data) else None
    begin = data.rfind(b"<row", 0, at)
    row = _ROW.match(data, begin) if begin >= 0 else None
    return int(row[1]) if row else None
