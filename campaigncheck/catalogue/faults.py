"""What is wrong with rows of the network's tables: each fault with its cell, a hint, and whom it takes out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.columns import Columns, Misfit
from campaigncheck.catalogue.problems import BAD_ROW, BAD_ROW_HINT, CatalogueProblem
from campaigncheck.messages import Message, Text

Flags = NDArray[np.bool_]

MOST = 1000
"""So many rows with the same fault are told one by one."""
_LONGEST = 40

_MORE = Text("还有 {count} 行是同样的问题：{what}", "{count} more rows have the same fault: {what}")
_WRONG_WIDTH = Text("有 {given} 列，应当是 {expected} 列", "{given} columns instead of {expected}")
_OPEN_QUOTE = Text("引号没有成对", "a quotation mark has no other")
_OPEN_QUOTE_HINT = Text(
    "补上或删掉这一行的双引号；名称里要写双引号，就写两个。",
    "Add or delete a double quote in this row; one within a name is written twice.",
)
_CUT_HINT = Text(
    "文件像是在这里断了：请重新导出，或者补全这一行和后面的行，列依次是 {expected}。",
    "The file seems to be cut off here: export it again, or complete this row and those after it; its columns are {expected}.",
)
_WIDE_COMMA_HINT = Text("列与列之间要用半角的“,”，不是“，”。", "Columns are divided by “,”, not by the wide “，”.")
_SEPARATOR_HINT = Text(
    "多半是数字里写了千位分隔符（如 1,200），请去掉；列依次是 {expected}。",
    "Probably a number is written with a thousands separator (such as 1,200): leave it out. The columns are {expected}.",
)
EMPTY = Text("{column} 是空的", "{column} is empty")
EMPTY_HINT = Text("填上；没有人来就写 0。", "Fill it in; where nobody comes, write 0.")
EMPTY_ID_HINT = Text("写上营业厅的编号。", "Enter the id of the hall.")
NO_NUMBER = Text("“{given}”不是 0 以上的数", "“{given}” is no number from 0 on")
_HALF_WIDTH = Text("数字用半角：{plain}。", "Write it in plain digits: {plain}.")
_THOUSANDS = Text("去掉千位分隔符：{plain}。", "Leave out the thousands separator: {plain}.")
_A_DATE = Text(
    "像是表格软件把它变成了日期：把这一列设成“常规”，填回数字再导出。",
    "A spreadsheet seems to have made a date of it: format the column as General, enter the number and export again.",
)
_FORMULA = Text("这是表格公式的出错标记：改好公式再导出。", "A spreadsheet formula failed: mend it and export again.")
_NEGATIVE = Text(
    "人数、柜台和时间不会是负数：查一下导出的程序。",
    "People, counters and minutes are never negative: look at the export.",
)
_NOT_KNOWN = Text(
    "这是“算不出来”的标记，不是数：没有人来就写 0，没有数据就删掉这家厅的行。",
    "This marks a figure that could not be worked out: where nobody comes write 0; without data delete the rows.",
)
_HOUR_HINT = Text("只写钟头的数字，例如 9。", "Write the hour as a plain number, such as 9.")
_DAY_TYPE_HINT = Text("是不是想写 {nearest}？", "Did you mean {nearest}?")

_MINUS = re.compile(r"-\s*[\d.]+")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_DATED = re.compile(r"\d+[-/年]\d+.*|\d+月\d*日?.*|\d+-[A-Za-z]{3}.*|[A-Za-z]{3}-\d+")
_FIGURE = re.compile(r"\d+(\.\d+)?")
_WORDS = {
    "工作日": "workday", "平日": "workday", "周末": "weekend", "双休日": "weekend", "节假日": "holiday", "节日": "holiday",
    "月初月末": "month_edge", "月初": "month_edge", "月末": "month_edge",
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "weekday"), "workday"),
    **dict.fromkeys(("saturday", "sunday"), "weekend"),
}  # fmt: skip


class Fault(NamedTuple):
    """Something wrong with a row, and the hall or hotline that it takes out on a type of day.

    ``of`` is empty where the row does not say to which it belongs, ``day_type`` where all types of day are concerned.
    """

    problem: CatalogueProblem
    of: str
    day_type: str


class Faults:
    """All faults of one table; ``spoilt`` are the rows that have one."""

    def __init__(self, table: Columns) -> None:
        self.table = table
        self.found: list[Fault] = []
        self.spoilt: Flags = np.zeros(len(table.lines), np.bool_)
        self.whose: Callable[[int], tuple[str, str]] = lambda row: (table.cells[0][row], "")
        """Returns the hall or hotline of a row, and its type of day."""

    def add(
        self, line: int, column: int | None, what: Message, hint: Message | None, whose: tuple[str, str] = ("", "")
    ) -> None:
        """Note what is wrong with a line."""
        place = self.table.place(line, column)
        hint = hint or BAD_ROW_HINT(expected=",".join(self.table.names))
        self.found.append(Fault(CatalogueProblem(self.table.path, place, BAD_ROW(what=what), hint), *whose))

    def wrong(self, rows: Flags, column: int | None, tell: Callable[[int], tuple[Message, Message | None]]) -> None:
        """Note what is wrong with all rows of some; ``tell`` returns what is wrong with a row, and a hint."""
        self.spoilt |= rows
        every = np.flatnonzero(rows)
        for row in every[:MOST].tolist():
            what, hint = tell(row)
            self.add(int(self.table.lines[row]), column, what, hint, self.whose(row))
        if len(every) > MOST:
            row = int(every[MOST])
            what, hint = tell(row)
            more = _MORE(count=len(every) - MOST, what=what)
            self.add(int(self.table.lines[row]), None, more, hint)

    def belongs(self, line: int, whose: tuple[str, str]) -> None:
        """Note to whom a line belongs that does not say so itself."""
        self.found = [
            fault._replace(of=whose[0], day_type=whose[1])
            if fault.problem.place.line == line and not fault.of
            else fault
            for fault in self.found
        ]

    def misfit(self, item: Misfit, whose: tuple[str, str]) -> None:
        """Note a line that has more or fewer cells than the header."""
        if item.open_quote:
            self.add(item.line, None, _OPEN_QUOTE(), _OPEN_QUOTE_HINT(), whose)
            return
        expected = len(self.table.names)
        what = _WRONG_WIDTH(given=len(item.cells), expected=expected)
        names = ",".join(self.table.names)
        hint = None
        if "，" in self.table.text(item.line):
            hint = _WIDE_COMMA_HINT()
        elif len(item.cells) > expected:
            hint = _SEPARATOR_HINT(expected=names)
        elif item.line == self.table.last:
            hint = _CUT_HINT(expected=names)
        self.add(item.line, None, what, hint, whose)


def as_shown(cell: str) -> str:
    """Return a cell as messages quote it: short, and without characters that would move the cursor."""
    short = cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…"
    return "".join(char if char.isprintable() else "�" for char in short)


def no_number(cell: str, column: str) -> tuple[Message, Message | None]:
    """Return what is wrong with a cell that is no number from 0 on, and a hint."""
    if not cell.strip():
        return EMPTY(column=column), EMPTY_HINT()
    return NO_NUMBER(given=as_shown(cell)), _number_hint(cell.strip())


def _number_hint(cell: str) -> Message | None:
    plain = unicodedata.normalize("NFKC", cell)
    if _GROUPED.fullmatch(plain):
        return _THOUSANDS(plain=as_shown(plain.replace(",", "")))
    if plain != cell and _FIGURE.fullmatch(plain):
        return _HALF_WIDTH(plain=as_shown(plain))
    if cell.startswith("#"):
        return _FORMULA()
    if _MINUS.fullmatch(cell):
        return _NEGATIVE()
    if cell.casefold().lstrip("+-") in ("nan", "inf", "infinity", "null", "none", "n/a", "na"):
        return _NOT_KNOWN()
    return _A_DATE() if _DATED.fullmatch(cell) else None


def hour_hint(cell: str) -> Message:
    """Return how an hour is written."""
    return _A_DATE() if _DATED.fullmatch(cell) else _HOUR_HINT()


def day_type_hint(cell: str, known: Sequence[str]) -> Message | None:
    """Return which type of day may be meant."""
    from campaigncheck.spec.load import nearest_name  # loads what is only needed where something is wrong

    nearest = _WORDS.get(cell.strip().casefold()) or nearest_name(cell[:_LONGEST], known)
    return _DAY_TYPE_HINT(nearest=nearest) if nearest else None
