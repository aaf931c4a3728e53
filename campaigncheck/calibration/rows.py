"""Reads the lines of a CSV file of tickets or complaints: cells by column, and times as whole seconds of Shanghai.

Each line stands for itself, so that a stray quotation mark or a cut end spoils one row and not the rest.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import IO, NamedTuple

from campaigncheck.messages import Text


class Layout(NamedTuple):
    """The columns of a kind of file: texts, times, texts that may be left out, times that may be empty; and its words."""

    texts: tuple[str, ...]
    times: tuple[str, ...]
    nothing: Text
    hint: Text
    spare: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that every file has."""
        return (*(name for name in self.texts if name not in self.spare), *self.times)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns."""
        return (*self.needed, *self.spare)


TICKETS = Layout(
    ("ticket", "hall", "class", "transaction", "campaign"), ("taken", "called", "finished"),
    nothing=Text("这些文件里一条取号记录也没有：{paths}", "there is no ticket in {paths}"),
    hint=Text(
        "第一行要有列名：{columns}；campaign 可以没有。",
        "Its first line names the columns {columns}; campaign may be left out.",
    ),
    spare=("campaign",),
)  # fmt: skip
TEXTS, TIMES, NEEDED, COLUMNS = TICKETS.texts, TICKETS.times, TICKETS.needed, TICKETS.columns

ASSUMED_ZONE = "Asia/Shanghai"
LONGEST = 65_536
"""Bytes of a line; a longer one is no ticket."""

_SHANGHAI = timedelta(hours=8)
_EPOCH = datetime(1970, 1, 1).toordinal()
_SHORTEST_TIME = len("20270105T0912")

Cells = tuple[str | None, ...]


class Row(NamedTuple):
    """A row: its line, its texts, its times in seconds, and what is wrong with it."""

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

    def __init__(self, names: Sequence[str], layout: Layout = TICKETS) -> None:
        self.width = len(names)
        self.texts = [names.index(name) if name in names else None for name in layout.texts]
        self.times = [names.index(name) for name in layout.times]
        self.open = {at for at, name in enumerate(layout.times) if name in layout.open}
        self.blank: tuple[Cells, tuple[None, ...]] = (None,) * len(self.texts), (None,) * len(self.times)
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
            return Row(line, *self.blank, "encoding", data[:200].decode("utf-8", "replace").rstrip("\r\n"))
        cells = [cell.strip() for cell in (next(csv.reader([text]), []) if '"' in text else text.split(","))]
        if len(cells) != self.width:
            fault = "cut_off" if not whole and len(cells) < self.width else "columns"
            return Row(line, *self.blank, fault, text[:1000])
        texts = tuple([None if at is None else cells[at] or None for at in self.texts])
        given = [cells[at] for at in self.times]
        try:
            moments = [seconds(time) for time in given] if all(given) else self._some(given)
            times, zones = zip(*moments, strict=True)
        except ValueError:
            fault = "empty" if self._lacking(given) else "cut_off" if not whole else "time"
            return Row(line, texts, self.blank[1], fault, ",".join(given))
        self.zones[zones[0] if zones.count(zones[0]) == len(zones) - zones.count(None) else "mixed"] += 1
        return Row(line, texts, times)

    def _some(self, given: Sequence[str]) -> list[tuple[int | None, str | None]]:
        return [(None, None) if not time and at in self.open else seconds(time) for at, time in enumerate(given)]

    def _lacking(self, given: Sequence[str]) -> bool:
        return not all(time for at, time in enumerate(given) if at not in self.open)


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
