"""Reads the lines of a CSV file of tickets: cells by column, and times as whole seconds of Shanghai.

Each line stands for itself, so that a stray quotation mark or a cut end spoils one row and not the rest.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import IO, NamedTuple

TEXTS = ("ticket", "hall", "class", "transaction", "campaign")
TIMES = ("taken", "called", "finished")
NEEDED = ("ticket", "hall", "class", "transaction", *TIMES)
COLUMNS = (*NEEDED, "campaign")

ASSUMED_ZONE = "Asia/Shanghai"
LONGEST = 65_536
"""Bytes of a line; a longer one is no ticket."""

_SHANGHAI = timedelta(hours=8)
_EPOCH = datetime(1970, 1, 1).toordinal()
_SHORTEST_TIME = len("20270105T0912")

Cells = tuple[str | None, ...]


class Row(NamedTuple):
    """A row: its line, its five texts, its three times in seconds, and what is wrong with it."""

    line: int
    texts: Cells
    times: tuple[int | None, ...]
    fault: str | None = None
    raw: str | None = None


@lru_cache(maxsize=1 << 16)
def seconds(text: str) -> tuple[int, str]:
    """Return a time as seconds since 1970 on the clock of Shanghai, and the zone it was written in.

    Raises:
        ValueError: when it is no ISO 8601 time of a day.
    """
    if len(text) < _SHORTEST_TIME:
        raise ValueError(text)
    time = datetime.fromisoformat(text)
    offset = time.utcoffset()
    if offset is None:
        zone = ASSUMED_ZONE
    else:
        zone, time = _named(offset), time.replace(tzinfo=None) + (_SHANGHAI - offset)
    clock = time.hour * 3600 + time.minute * 60 + time.second
    return (time.toordinal() - _EPOCH) * 86_400 + clock, zone


def _named(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def header(line: str) -> list[str]:
    """Return the names of the columns."""
    return [name.strip().lower() for name in next(csv.reader([line.lstrip("\ufeff")], skipinitialspace=True), [])]


class Reader:
    """Reads the rows below the header; counts the zones of times on the way."""

    def __init__(self, names: Sequence[str]) -> None:
        self.width = len(names)
        self.texts = [names.index(name) if name in names else None for name in TEXTS]
        self.times = [names.index(name) for name in TIMES]
        self.zones: Counter[str] = Counter()

    def rows(self, file: IO[bytes]) -> Iterator[Row]:
        """Yield every row that is not blank; the header is line 1."""
        line = 1
        for data in iter(lambda: file.readline(LONGEST), b""):
            whole = data.endswith(b"\n")
            line += 1
            if not whole and len(data) == LONGEST:
                whole = True  # the rest of the line is there, but nobody needs it
                _skip_line(file)
            if data.strip():
                yield self.row(line, data, whole)

    def row(self, line: int, data: bytes, whole: bool) -> Row:
        """Read one row; ``whole`` says that its line is ended."""
        try:
            text = _decoded(data).rstrip("\r\n")
        except UnicodeDecodeError:
            return Row(line, (None,) * 5, (None,) * 3, "encoding", data[:200].decode("utf-8", "replace").rstrip("\r\n"))
        cells = [cell.strip() for cell in (next(csv.reader([text]), []) if '"' in text else text.split(","))]
        if len(cells) != self.width:
            fault = "cut_off" if not whole and len(cells) < self.width else "columns"
            return Row(line, (None,) * 5, (None,) * 3, fault, text[:1000])
        texts = tuple([None if at is None else cells[at] or None for at in self.texts])
        given = [cells[at] for at in self.times]
        try:
            times, zones = zip(*[seconds(time) for time in given], strict=True)
        except ValueError:
            fault = "empty" if not all(given) else "cut_off" if not whole else "time"
            return Row(line, texts, (None,) * 3, fault, ",".join(given))
        self.zones[zones[0] if zones[0] == zones[1] == zones[2] else "mixed"] += 1
        return Row(line, texts, times)


def _decoded(data: bytes) -> str:
    """Decode a line: UTF-8, or what Chinese spreadsheets write."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _skip_line(file: IO[bytes]) -> None:
    while True:
        data = file.readline(LONGEST)
        if not data or data.endswith(b"\n"):
            return
