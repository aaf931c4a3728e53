"""Makes tickets, or complaints, ready for an engine: each file becomes one that DuckDB and Spark read alike.

Parquet files with proper times are linked as they are; CSV, and Parquet with times as text, is rewritten as Parquet with
times in seconds, a bounded number of rows at once. Both keep the number of every row.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from campaigncheck.calibration.files import TicketFile
from campaigncheck.calibration.rows import ASSUMED_ZONE, LONGEST, TICKETS, Layout, Reader, Row, header
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Text

Found = TypeVar("Found")
_BATCH = 1 << 17
_STAGED = "staged"
_MISSING = Text("{path} 缺这几列：{names}", "{path} lacks the columns {names}")
_NOTHING_HINT = Text("文件可能是空的，或者没有传完，请重新导出。", "They may be empty or cut off; export them again.")


@dataclass
class Sources:
    """Files made ready.

    Attributes:
        files: the files, in order; what is read carries their position.
        groups: for each form, the files to be read in it. A form says for each column what it holds.
        rows: rows in each file; None where the file cannot be read.
        zones: how many rows are written in which time zone.
        ignored: columns that nobody asked for.
        layout: the columns that they have.
    """

    files: Sequence[TicketFile]
    groups: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    rows: list[int | None] = field(default_factory=list)
    zones: Counter[str] = field(default_factory=Counter)
    ignored: set[str] = field(default_factory=set)
    layout: Layout = TICKETS

    @property
    def unreadable(self) -> list[str]:
        """The files that cannot be read."""
        return [file.shown for file, rows in zip(self.files, self.rows, strict=True) if rows is None]


STAGED_FORM = (_STAGED,)


def _schema(layout: Layout) -> pa.Schema:
    columns = [*((name, pa.string()) for name in layout.texts), *((name, pa.int64()) for name in layout.times)]
    return pa.schema([("row", pa.int64()), *columns, ("fault", pa.string()), ("raw", pa.string())])


def stage(
    files: Sequence[TicketFile], folder: Path, damaged: frozenset[str] = frozenset(), layout: Layout = TICKETS
) -> Sources:
    """Make files ready in a folder, but for those that are known to be damaged.

    Raises:
        UsageError: for a file without the needed columns, or when no file can be read or has a row.
    """
    sources = Sources(files, layout=layout)
    for number, file in enumerate(files):
        target = folder / f"{number:08}.parquet"
        form: tuple[str, ...] = ()
        rows: int | None = None
        if file.path not in damaged:
            form, rows = (_stage_csv if file.is_csv else _stage_parquet)(file, target, sources)
        sources.rows.append(rows)
        if rows is not None:
            sources.groups.setdefault(form, []).append(str(target))
    if not any(sources.rows):
        raise UsageError(layout.nothing(paths=[file.shown for file in files]), _NOTHING_HINT())
    return sources


def find_damaged(files: Sequence[TicketFile]) -> frozenset[str]:
    """Return the Parquet files that can be opened, but not be read to their end."""
    return frozenset(file.path for file in files if not file.is_csv and _is_damaged(file))


def despite_damage(sources: Sources, folder: Path, look: Callable[[Sources], Found]) -> tuple[Sources, Found]:
    """Look at files made ready; if the engine stumbles over damaged ones, look at the others."""
    try:
        return sources, look(sources)
    except Exception:  # each engine has its own kind for it; what no damaged file explains is raised again
        damaged = find_damaged(sources.files)
        if not damaged:
            raise
    sources = stage(sources.files, folder, damaged, sources.layout)
    return sources, look(sources)


def _is_damaged(file: TicketFile) -> bool:
    try:
        with pq.ParquetFile(file.path) as opened:
            for _ in opened.iter_batches(_BATCH):
                pass
    except (pa.ArrowException, OSError):
        return True
    return False


def _check_columns(file: TicketFile, names: Sequence[str], sources: Sources) -> None:
    needed = sources.layout.needed
    missing = [name for name in needed if name not in names]
    if missing:
        raise UsageError(_MISSING(path=file.shown, names=missing), sources.layout.hint(columns=",".join(needed)))
    sources.ignored.update(name for name in names if name not in sources.layout.columns)


def _stage_csv(file: TicketFile, target: Path, sources: Sources) -> tuple[tuple[str, ...], int | None]:
    with open(file.path, "rb") as stream:
        first = stream.readline(LONGEST).decode("utf-8", "replace")
        if not first.strip("\ufeff\r\n "):
            return (), None
        names = header(first)
        _check_columns(file, names, sources)
        reader = Reader(names, sources.layout)
        return STAGED_FORM, _write(reader, stream, target, sources)


def _write(reader: Reader, stream: IO[bytes], target: Path, sources: Sources) -> int:
    """Write the rows of a text as Parquet; return how many there are."""
    count, schema = 0, _schema(sources.layout)
    with pq.ParquetWriter(target, schema) as writer:
        for batch in _batches(reader.rows(stream)):
            writer.write_batch(_record(batch, schema))
            count += len(batch)
    sources.zones.update(reader.zones)
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    found = iter(rows)
    while batch := list(islice(found, _BATCH)):
        yield batch


def _record(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    lines, texts, times, faults, raw = zip(*rows, strict=True)
    columns = [lines, *zip(*texts, strict=True), *zip(*times, strict=True), faults, raw]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _stage_parquet(file: TicketFile, target: Path, sources: Sources) -> tuple[tuple[str, ...], int | None]:
    try:
        opened = pq.ParquetFile(file.path)
    except (pa.ArrowException, OSError):
        return (), None
    with opened:
        schema: pa.Schema = opened.schema_arrow
        _check_columns(file, schema.names, sources)
        layout = sources.layout
        form = tuple(_kind(schema, name, name in layout.times) for name in layout.columns)
        if "other" in form:
            return STAGED_FORM, _rewrite(opened, target, sources)
        rows: int = opened.metadata.num_rows
    target.unlink(missing_ok=True)
    os.symlink(file.path, target)
    zones = {form[layout.columns.index(name)] for name in layout.times}
    sources.zones["mixed" if len(zones) > 1 else ASSUMED_ZONE if zones == {"naive"} else "UTC"] += rows
    return form, rows


def _kind(schema: pa.Schema, name: str, is_time: bool) -> str:
    """Say what a column holds: text or a number, times with or without zone; other: both engines cannot read it alike."""
    if name not in schema.names:
        return "absent"
    kind = schema.field(name).type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if is_time:
        fine = pa.types.is_timestamp(kind) and kind.unit in ("ms", "us")
        return ("zoned" if kind.tz else "naive") if fine else "other"
    return (
        "text" if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind) else "other"
    )


def _rewrite(opened: pq.ParquetFile, target: Path, sources: Sources) -> int:
    """Write a Parquet file anew by way of text, with the rows numbered from 1."""
    names = [name for name in opened.schema_arrow.names if name in sources.layout.columns]
    reader = Reader(names, sources.layout)
    count, schema = 0, _schema(sources.layout)
    with pq.ParquetWriter(target, schema) as writer:
        for batch in opened.iter_batches(_BATCH, columns=names):
            columns = [[_text(value) for value in batch.column(name).to_pylist()] for name in names]
            rows = [
                reader.row(count + at, _line(cells), True)._replace(line=count + at)
                for at, cells in enumerate(zip(*columns, strict=True), start=1)
            ]
            writer.write_batch(_record(rows, schema))
            count += len(rows)
    sources.zones.update(reader.zones)
    return count


def _text(value: object) -> str:
    if value is None:
        return ""
    moment = getattr(value, "isoformat", None)
    return str(moment() if moment else value)


def _line(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cell.replace("\n", " ").replace("\r", " ") for cell in cells)
    return line.getvalue().encode("utf-8", "replace")
