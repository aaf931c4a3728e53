"""The tables of hours, of halls and of hotlines alike: rows to arrays, and whom faulty rows take out.

A queue carries over from hour to hour, so a row that is wrong takes out its type of day in its hall, and a row that
does not say which type of day it is about takes out the whole hall. Who always comes there is still needed: a campaign's
people spread over all halls. It is read from the rows that are right; an hour that is not known counts as the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.columns import Columns, Misfit
from campaigncheck.catalogue.faults import MOST, Faults, as_shown, day_type_hint, hour_hint, no_number
from campaigncheck.catalogue.numbers import parsed
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.messages import Message, Text

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

HOURS = 24
_KINDS = len(DAY_TYPES)
_NO_DAY_TYPE = Text("“{given}”不是日子的种类（{known}）", "“{given}” is no type of day ({known})")
_NO_HOUR = Text("“{given}”不是 0 到 23 点", "“{given}” is no hour from 0 to 23")
_NOT_WHOLE = Text("{column} 是“{given}”，应当是整数", "{column} is “{given}”, and has to be a whole number")
_TOO_LARGE = Text(
    "{column} 是“{given}”，大得不像真的（最多 {most}）", "{column} is “{given}”, which cannot be (at most {most})"
)
_TOO_LARGE_HINT = Text(
    "查一下单位：人数和电话按每小时，service_mean 是分钟，talk_mean 是秒。",
    "Look at the unit: people and calls by the hour, service_mean in minutes, talk_mean in seconds.",
)
_TWICE = Text("“{key}”已经出现过", "“{key}” has been listed before")
_TWICE_HINT = Text("第 {line} 行是同一个钟头，留一行。", "Line {line} is the same hour: keep one of them.")
_HOLE = Text(
    "缺 {hour} 点这一行：前后两个钟头都有", "the row of hour {hour} is missing, though both its neighbours are there"
)
_HOLES = Text(
    "缺 {hour} 点到 {last} 点这几行：前后的钟头都有",
    "the rows of hours {hour} to {last} are missing, though those before and after are there",
)
_HOLE_HINT = Text(
    "补上缺的行；那时不营业就写 counters（热线写 agents）为 0、没有人来。",
    "Add what is missing; if it is closed then, write 0 counters (0 agents) and nobody coming.",
)
_MORE_MISFITS = Text("还有 {count} 行的列数不对", "{count} more rows have a wrong number of columns")

_HOUR_NAMES = {name: hour for hour in range(HOURS) for name in (str(hour), f"{hour:02d}")}
_TYPE_NAMES: dict[str, int] = {name: number for number, name in enumerate(DAY_TYPES)}


class Cell(NamedTuple):
    """Which hour of which type of day of which place a row is about; -1 where it does not say."""

    place: int
    kind: int
    hour: int


class Hourly:
    """A table of hours: its columns as numbers, its faults, and whom these take out.

    Args:
        table: the table; its first columns are the place, the type of day and the hour, then come numbers.
        known: the places by name, numbered from 0.
        bounds: the numbers' columns, and the largest that each may be.
    """

    def __init__(self, table: Columns, known: Mapping[str, int], bounds: Mapping[str, float]) -> None:
        self.table, self.known, self.bounds = table, known, bounds
        self.names = list(known)
        self.faults = Faults(table)
        self.faults.whose = self._whose
        self.misfits = [(item, self._cell(item.cells)) for item in table.misfits]
        count = len(table.lines)
        keys, kinds, hours = table.cells[:3]
        self.places: Ints = np.fromiter(map(known.get, keys, repeat(-1)), np.int64, count)
        self.kinds: Ints = np.fromiter(map(_TYPE_NAMES.get, kinds, repeat(-1)), np.int64, count)
        self.hours: Ints = np.fromiter(map(_HOUR_NAMES.get, hours, repeat(-1)), np.int64, count)
        self.readable: dict[str, Flags] = {}
        """Which cells of a column are numbers that can be."""
        self.numbers = {name: self._number(name) for name in bounds}
        self._tell_keys()

    def row(self, row: int) -> Cell:
        """Return what a row is about."""
        return Cell(int(self.places[row]), int(self.kinds[row]), int(self.hours[row]))

    def given(self, name: str, row: int) -> str:
        """Return a cell as written."""
        return as_shown(self.table.cells[self.column(name)][row])

    def column(self, name: str) -> int:
        """Return where a column stands."""
        return self.table.names.index(name)

    def whole(self, name: str) -> Ints:
        """Return a column of whole numbers."""
        found = self.numbers[name]
        rounded = found.astype(np.int64)
        self.wrong(rounded != found, name, lambda row: _NOT_WHOLE(given=self.given(name, row), column=name))
        return rounded

    def wrong(self, rows: Flags, name: str, what: object, hint: Text | None = None) -> None:
        """Note what is wrong with rows that were right so far; ``what`` is a text, or returns the message of a row."""

        def tell(row: int) -> tuple[Message, Message | None]:
            message: Message = what() if isinstance(what, Text) else what(row)  # type: ignore[operator]
            return message, hint() if hint else None

        self.faults.wrong(rows & ~self.faults.spoilt, self.column(name), tell)

    def finish(self, spoilt: Flags) -> Flags:
        """Note hours that stand twice or are left out; return which types of day of which places are out.

        Args:
            spoilt: places that are out altogether.
        """
        self._tell_misfits()
        self._tell_twice()
        out = np.zeros((len(self.known), _KINDS), np.bool_)
        out[spoilt] = True
        self._take_out(out)
        self._tell_holes(out)
        return out

    @cached_property
    def laid(self) -> Ints:
        """The rows that say which hour of which day of which place they are about, the first of each."""
        rows = np.flatnonzero((self.places >= 0) & (self.kinds >= 0) & (self.hours >= 0))
        codes = self._codes(rows)
        if (np.diff(codes) > 0).all():
            return rows
        _, first = np.unique(codes, return_index=True)
        return np.asarray(rows[np.sort(first)])

    def usually(self, out: Flags, summed: Floats, people: Floats, readable: Flags) -> Floats:
        """Return how many come in a day to places that are out; 0 for the others. Shape (places, types of day).

        Args:
            out: what is out; shape (places, types of day).
            summed: how many come by all rows together, those that cannot be read counted as nobody.
            people: of each row; shape (rows,).
            readable: where that can be believed.
        """
        total, known, listed = np.zeros(out.shape), np.zeros(out.shape), np.zeros(out.shape)
        counted = (self.places >= 0) & (self.kinds >= 0) & (self.hours < 0)
        counted[self.laid] = True
        for rows, to, values in (
            (counted, listed, np.ones(len(people))),
            (counted & readable, known, np.ones(len(people))),
            (counted & readable, total, people),
        ):
            np.add.at(to, (self.places[rows], self.kinds[rows]), values[rows])
        for _, cell in self.misfits:
            if cell.place >= 0 and cell.kind >= 0:
                listed[cell.place, cell.kind] += 1
        listed = np.maximum(listed, self._spans(out.shape))
        usual = total.sum(axis=0) / np.maximum((known > 0).sum(axis=0), 1)  # of a place about which nothing is known
        filled = np.divide(total * listed, known, out=np.broadcast_to(usual, out.shape).copy(), where=known > 0)
        whole = (listed == known) & ~self._unplaced_hours(out.shape)
        return np.where(out & (listed > 0), np.where(whole, summed, filled), 0.0)

    def _spans(self, shape: tuple[int, ...]) -> Floats:
        """Return how many hours there are from the first that is listed to the last, those left out between them too."""
        first, last = np.full(shape, HOURS), np.full(shape, -1)
        at = self.places[self.laid], self.kinds[self.laid]
        np.minimum.at(first, at, self.hours[self.laid])
        np.maximum.at(last, at, self.hours[self.laid])
        return np.asarray(np.maximum(last - first + 1, 0), np.float64)

    def _unplaced_hours(self, shape: tuple[int, ...]) -> Flags:
        found = np.zeros(shape, np.bool_)
        rows = (self.places >= 0) & (self.kinds >= 0) & (self.hours < 0)
        found[self.places[rows], self.kinds[rows]] = True
        return found

    def _number(self, name: str) -> Floats:
        column, most = self.column(name), self.bounds[name]
        cells = self.table.cells[column]
        found = parsed(cells)
        bad = ~(np.isfinite(found) & (found >= 0))
        self.faults.wrong(bad, column, lambda row: no_number(cells[row], name))
        large = ~bad & (found > most)

        def too_large(row: int) -> tuple[Message, Message]:
            return _TOO_LARGE(column=name, given=as_shown(cells[row]), most=most), _TOO_LARGE_HINT()

        self.faults.wrong(large, column, too_large)
        self.readable[name] = ~(bad | large)
        return np.where(bad | large, 0.0, found)

    def _tell_keys(self) -> None:
        _, kinds, hours = self.table.cells[:3]

        def no_type(row: int) -> tuple[Message, Message | None]:
            message = _NO_DAY_TYPE(given=as_shown(kinds[row]), known=", ".join(DAY_TYPES))
            return message, day_type_hint(kinds[row], DAY_TYPES)

        self.faults.wrong(self.kinds < 0, 1, no_type)
        self.faults.wrong(self.hours < 0, 2, lambda row: (_NO_HOUR(given=as_shown(hours[row])), hour_hint(hours[row])))

    def _tell_misfits(self) -> None:
        for item, cell in self.misfits[:MOST]:
            self.faults.misfit(item, self._names(cell))
        more = len(self.misfits) - MOST
        if more > 0:
            self.faults.add(self.misfits[MOST][0].line, None, _MORE_MISFITS(count=more), None)

    def _codes(self, rows: Ints) -> Ints:
        return np.asarray((self.places[rows] * _KINDS + self.kinds[rows]) * HOURS + self.hours[rows])

    def _tell_twice(self) -> None:
        rows = np.flatnonzero((self.places >= 0) & (self.kinds >= 0) & (self.hours >= 0))
        if len(rows) == len(self.laid):
            return
        order = np.lexsort((rows, self._codes(rows)))
        again = np.append(False, np.diff(self._codes(rows)[order]) == 0)
        before = {int(rows[order[at]]): int(rows[order[at - 1]]) for at in np.flatnonzero(again).tolist()}

        def tell(row: int) -> tuple[Message, Message]:
            key = f"{self.table.cells[0][row]},{DAY_TYPES[self.kinds[row]]},{self.hours[row]}"
            return _TWICE(key=as_shown(key)), _TWICE_HINT(line=int(self.table.lines[before[row]]))

        twice = np.zeros(len(self.places), np.bool_)
        twice[list(before)] = True
        self.faults.wrong(twice, 2, tell)

    def _tell_holes(self, out: Flags) -> None:
        """Note hours left out between others, where nothing else is wrong; their days are out as well."""
        rows = self.laid
        codes = self._codes(rows)
        if not (np.diff(codes) > 0).all():
            order = np.argsort(codes, kind="stable")
            rows, codes = rows[order], codes[order]
        steps = np.diff(codes)
        found = np.flatnonzero((steps > 1) & (np.diff(codes // HOURS) == 0))
        found = found[~out[self.places[rows[found]], self.kinds[rows[found]]]]
        before = {int(rows[at + 1]): int(self.hours[rows[at]]) for at in found.tolist()}

        def tell(row: int) -> tuple[Message, Message]:
            first, last = before[row] + 1, int(self.hours[row]) - 1
            return (_HOLE(hour=first) if first == last else _HOLES(hour=first, last=last)), _HOLE_HINT()

        holes = np.zeros(len(self.places), np.bool_)
        holes[list(before)] = True
        self.faults.wrong(holes, 2, tell)
        out[self.places[holes], self.kinds[holes]] = True

    def _take_out(self, out: Flags) -> None:
        """Take out what rows with a fault are about; one that does not say may belong to the rows beside it."""
        rows = np.flatnonzero(self.faults.spoilt & (self.places >= 0))
        named = rows[self.kinds[rows] >= 0]
        out[self.places[named], self.kinds[named]] = True
        out[self.places[rows[self.kinds[rows] < 0]]] = True
        lost = self.places < 0
        beside = ~np.append(True, lost[:-1]) | ~np.append(lost[1:], True)
        for row in np.flatnonzero(lost & beside).tolist():
            self._take_out_beside(out, self.row(row), int(self.table.lines[row]))
        for item, cell in self.misfits:
            if cell.place >= 0:
                out[cell.place, cell.kind if cell.kind >= 0 else slice(None)] = True
            else:
                self._take_out_beside(out, cell, item.line, item)

    def _take_out_beside(self, out: Flags, cell: Cell, line: int, cut: Misfit | None = None) -> None:
        for near in self._beside(line):
            if self._belongs(cell, near, line, cut):
                out[near.place, near.kind] = True
                self.faults.belongs(line, self._names(near))

    def _beside(self, line: int) -> list[Cell]:
        """Return the rows before and after a line, as far as they say what they are about."""
        at = int(np.searchsorted(self.table.lines, line))
        after = at + 1 if at < len(self.places) and self.table.lines[at] == line else at
        near = [self.row(row) for row in (at - 1, after) if 0 <= row < len(self.places)]
        return [cell for cell in near if min(cell) >= 0]

    def _belongs(self, cell: Cell, near: Cell, line: int, cut: Misfit | None) -> bool:
        """Whether a row that does not say where it belongs would continue the day of a row beside it."""
        if cell.hour >= 0:
            return cell.kind in (-1, near.kind) and abs(cell.hour - near.hour) == 1
        return cut is not None and line == self.table.last and self.names[near.place].startswith(cut.cells[0])

    def _cell(self, cells: list[str]) -> Cell:
        """Return what a line that is no row is about, as far as it can be read."""
        parts = [*cells[:3], "", "", ""]
        whole = len(cells) > 3  # of a line that is cut, the last cell may be cut as well
        kind = _TYPE_NAMES.get(parts[1], -1)
        return Cell(self.known.get(parts[0], -1), kind, _HOUR_NAMES.get(parts[2], -1) if whole else -1)

    def _names(self, cell: Cell) -> tuple[str, str]:
        place = self.names[cell.place] if cell.place >= 0 else ""
        return place, DAY_TYPES[cell.kind] if cell.kind >= 0 else ""

    def _whose(self, row: int) -> tuple[str, str]:
        return self._names(self.row(row))
