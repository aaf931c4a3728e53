"""Keeps what was found about single campaigns, so that only those that changed are examined again.

An entry is found by a digest of everything that decides it: the bytes of the spec, its path, whether it was asked for, the
day, the rules that run, every file of ``rules/``, and this program itself. So an entry never has to be thrown away because
something changed; it is just not asked for any more. Rules about several campaigns, and those that look beyond the specs
(at git, at clearances), always run afresh, on what is kept of each.

All of it is one SQLite file, which several processes may use at once and which survives being killed at any moment. Each entry
carries a checksum; what is damaged is left out and written anew. Entries hold plain data of the classes named here, and
reading one can make nothing else. Where nothing can be kept, a run is slower and otherwise the same.
"""

from __future__ import annotations

import io
import os
import pickle
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from campaigncheck import __version__
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.installed import identities
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.repository import SpecFile
from campaigncheck.source.document import Document, read_bytes
from campaigncheck.source.errors import SourceError
from campaigncheck.workbook.names import is_workbook

FILE = "examined.sqlite"
CONTEXTS = 4
"""Entries are kept for so many latest versions of rules, days and program."""
MOST_BYTES = 1 << 30
"""A file larger than this is begun anew."""
_WAIT = 5.0
_ASKED = 500
_CHECK = 16

_TABLES = """
CREATE TABLE IF NOT EXISTS contexts (context BLOB PRIMARY KEY, number INTEGER);
CREATE TABLE IF NOT EXISTS examined (key BLOB PRIMARY KEY, context BLOB, data BLOB) WITHOUT ROWID;
"""
_REMEMBER = "INSERT OR REPLACE INTO contexts SELECT ?, coalesce(max(number), 0) + 1 FROM contexts"
_FORGET = "DELETE FROM contexts WHERE number <= (SELECT max(number) FROM contexts) - ?"

_CLASSES = {
    "campaigncheck.algebra.days": ("Days",),
    "campaigncheck.engine.examine": ("Examined",),
    "campaigncheck.engine.locate": ("Located",),
    "campaigncheck.handling.costs": ("StepCost", "Transactions"),
    "campaigncheck.handling.counter": ("CounterTime", "Variant"),
    "campaigncheck.handling.pert": ("Estimate", "TimedStep"),
    "campaigncheck.handling.plan": ("PlannedStep",),
    "campaigncheck.handling.rehearsals": ("Rehearsed",),
    "campaigncheck.handling.words": ("WordCost",),
    "campaigncheck.messages": ("Message", "Text"),
    "campaigncheck.rulekit.rule": ("Known", "Problem", "Related"),
    "campaigncheck.source.changes": ("Amend", "Put"),
    "campaigncheck.source.place": ("Piece", "Place"),
    "campaigncheck.understand.draws": ("Draws",),
    "campaigncheck.understand.entry": ("Entry", "OfferFacts", "Said"),
    "datetime": ("date",),
}
"""What an entry may be made of."""


class _Stored(NamedTuple):
    """An examination without what belongs to one checkout: its file, and its text."""

    examined: Examined
    has_document: bool
    pieces: dict[Any, Any]


class Asked(NamedTuple):
    """A spec that is looked for: its key, and the checksum of its bytes as they were read."""

    spec: SpecFile
    key: bytes
    checksum: int


def context(files: RuleFiles, rules: Iterable[str], today: int) -> bytes:
    """Return the digest of everything but the spec that decides what is found about one campaign."""
    digest = blake2b(digest_size=32)
    for part in (__version__, sys.version, str(today), *rules, *identities()):
        digest.update(part.encode() + b"\0")
    for name, path in sorted(_deciding(files)):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
        digest.update(blake2b(path.read_bytes()).digest())
    for name, size, changed in _program():
        digest.update(f"{name}\0{size}\0{changed}\0".encode())
    return digest.digest()


def _deciding(files: RuleFiles) -> Iterator[tuple[str, Path]]:
    """Yield every file of the folders of rules."""
    for kind, place in (("own", files.own), ("builtin", files.builtin)):
        if place is not None:
            for path in place.rglob("*"):
                if path.is_file():
                    yield f"{kind}/{path.relative_to(place).as_posix()}", path


def _program() -> Iterator[tuple[str, int, int]]:
    """Yield the modules of this program, with size and time: an installation changes without its version changing."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for place, folders, names in os.walk(home):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(place, name))
                yield os.path.relpath(os.path.join(place, name), home), status.st_size, status.st_mtime_ns


def ask(spec: SpecFile, around: bytes) -> Asked | None:
    """Return what a spec is looked for by; None for one that cannot be read, or is a workbook: examined each time."""
    if is_workbook(spec.file):
        return None
    try:
        data = read_bytes(spec.file)
    except SourceError:
        return None
    digest = blake2b(data, digest_size=32, key=around)
    digest.update(f"\0{spec.shown}\0{spec.selected:d}{spec.proposal:d}\0".encode("utf-8", "surrogateescape"))
    return Asked(spec, digest.digest(), crc32(data))


class Cache:
    """What is kept in one folder; every method does without it where it cannot be read or written."""

    def __init__(self, place: Path) -> None:
        self._file = place / FILE

    def find(self, wanted: Sequence[Asked]) -> dict[bytes, Examined]:
        """Return what is kept of some specs, by key."""
        by_key = {item.key: item for item in wanted}
        found: dict[bytes, Examined] = {}
        if not self._file.exists():
            return found
        with self._mending(), self._open() as connection:
            for key, data in _rows(connection, sorted(by_key)):  # as they stand in the file
                known = _read(key, data, by_key[key])
                if known is not None:
                    found[key] = known
        return found

    def keep(self, done: Iterable[tuple[Asked, Examined]], around: bytes) -> None:
        """Keep what was found; entries of contexts of long ago are let go."""
        rows = [(item.key, around, _written(item, examined)) for item, examined in done if _keeps(item, examined)]
        if not rows:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if self._file.exists() and self._file.stat().st_size > MOST_BYTES:
                self._drop()
        with self._mending(), self._open() as connection:
            connection.executescript(_TABLES)
            with connection:
                connection.execute(_REMEMBER, (around,))
                if connection.execute(_FORGET, (CONTEXTS,)).rowcount > 0:
                    connection.execute("DELETE FROM examined WHERE context NOT IN (SELECT context FROM contexts)")
                connection.executemany("INSERT OR REPLACE INTO examined VALUES (?, ?, ?)", rows)

    def _open(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self._file, timeout=_WAIT))

    @contextmanager
    def _mending(self) -> Iterator[None]:
        """Do without a file that cannot be used; one that is no database goes, so that the next run begins anew."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "no such column" in str(error) or "no such table" in str(error):
                self._drop()  # of another make; one that is locked, full or read-only stays
        except sqlite3.DatabaseError:
            self._drop()

    def _drop(self) -> None:
        for name in (self._file, Path(f"{self._file}-journal")):
            with suppress(OSError):
                name.unlink()


def _rows(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(keys), _ASKED):
        some = keys[start : start + _ASKED]
        marks = ",".join("?" * len(some))
        yield from connection.execute(f"SELECT key, data FROM examined WHERE key IN ({marks})", some)  # noqa: S608


def _keeps(item: Asked, examined: Examined) -> bool:
    """Whether an examination is of the bytes it was looked for by, and nothing went wrong in it."""
    document = examined.document
    return not examined.crashes and document is not None and document.checksum == item.checksum


def _written(item: Asked, examined: Examined) -> bytes:
    document = examined.document
    pieces = document.pieces if document is not None else {}
    bare = examined._replace(spec=None, document=None)  # type: ignore[arg-type]  # put back when it is read
    data = pickle.dumps(tuple(_Stored(bare, document is not None, pieces)), 5)
    return _sum(item.key, data) + data


def _read(key: bytes, row: bytes, item: Asked) -> Examined | None:
    """Return what an entry holds; None for one that is damaged, or made of something else than it may be."""
    if not isinstance(row, bytes) or row[:_CHECK] != _sum(key, row[_CHECK:]):
        return None
    try:
        bare, has_document, pieces = _Unpickler(io.BytesIO(row[_CHECK:])).load()
        document = Document.unread(item.spec.shown, item.spec.file, item.checksum) if has_document else None
        if document is not None:
            document.pieces = pieces
        known: Examined = bare._replace(spec=item.spec, document=document)
    except Exception:  # whatever reading it comes to: what cannot be read is examined
        return None
    return known


def _sum(key: bytes, data: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECK, key=key).digest()


class _Unpickler(pickle.Unpickler):
    """Makes what entries are made of, and nothing else."""

    _known: dict[tuple[str, str], Any] = {}  # noqa: RUF012  # filled once for all

    def find_class(self, module: str, name: str) -> Any:
        found = self._known.get((module, name))
        if found is None:
            if name not in _CLASSES.get(module, ()):
                raise pickle.UnpicklingError(f"{module}.{name}")
            found = self._known[module, name] = getattr(import_module(module), name)
        return found
