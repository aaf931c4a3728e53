"""A sheet as an Excel workbook: questions to filter, prices, words, the steps at the counter.

No cell is ever a formula: whatever a campaign says is written as text, and marked so that it stays text when somebody
edits the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from campaigncheck.cells import like_formula
from campaigncheck.messages import Lang, Text
from campaigncheck.sheets.formats import CannotWriteError
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.parts import Facts, Say, alarms, facts, origin, speaker, step_name, total, whom
from campaigncheck.zipped import steady

LONGEST = 32_767
"""Characters that a cell of Excel can hold."""

LINE, HIGHEST = 16, 409
"""Points that a line of text takes, and the height that Excel allows a row."""

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")

_ALARM = Font(name="Microsoft YaHei", size=11, bold=True, color="A80016")
_PLAIN = Font(name="Microsoft YaHei", size=10.5)
_BOLD = Font(name="Microsoft YaHei", size=10.5, bold=True)
_TITLE = Font(name="Microsoft YaHei", size=15, bold=True)
_TINT = PatternFill("solid", fgColor="EEF3F8")
_SIDE = Side(style="thin", color="B9C0C9")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TOO_LONG = Text(
    "没有做 Excel，一格最多 {limit} 个字，放不下“{start}…”",
    "no workbook: a cell holds at most {limit} characters, too few for “{start}…”",
)
_HEADS = {
    "topic": Text("主题", "Topic"),
    "question": Text("客户会问", "Question"),
    "answer": Text("这样回答", "Answer"),
    "kind": Text("类别", "Kind"),
    "word": Text("说法", "Words"),
    "meaning": Text("解释", "Explanation"),
    "misread": Text("容易误解", "can be misread"),
    "term": Text("词语", "term"),
}
_NAMES = {
    "about": Text("说明", "About"),
    "questions": Text("问答", "Questions"),
    "prices": Text("价格", "Prices"),
    "words": Text("词语和口径", "Words"),
    "counter": Text("柜台", "Counter"),
}


class _Book(NamedTuple):
    """A workbook under way: the sheet that it is of, and the voice in which it speaks."""

    made: Workbook
    sheet: Sheet
    say: Say


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> bytes:
    """Return a sheet as a workbook; the same sheet gives the same bytes."""
    book = _Book(Workbook(), sheet, speaker(lang))
    book.made.remove(book.made["Sheet"])
    _describe(book, lang)
    _about(book)
    _questions(book)
    _prices(book)
    _words(book)
    _counter(book)
    return _saved(book)


def _describe(book: _Book, lang: Lang) -> None:
    about = book.made.properties
    about.title, about.subject = book.say(book.sheet.title), book.say(PAGE["sheet"])
    about.creator = about.lastModifiedBy = book.say(book.sheet.owner)
    about.identifier, about.version, about.language = (
        book.sheet.id,
        book.sheet.digest,
        "zh-CN" if lang == "zh" else "en",
    )
    about.created = datetime.combine(book.sheet.issued, datetime.min.time())


def _saved(book: _Book) -> bytes:
    """Save, without the time of saving that the library puts in."""
    file = BytesIO()
    book.made.save(file)
    data = file.getvalue()
    with ZipFile(BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml")
    issued = f"{book.sheet.issued}T00:00:00Z".encode()
    return steady(data, {"docProps/core.xml": _MODIFIED.sub(rb"\g<1>" + issued + rb"\g<2>", core)})


def _page(book: _Book, name: str, widths: Sequence[int]) -> Worksheet:
    """Add a worksheet that prints on A4, says on top what it is, and whether it may be used."""
    page: Worksheet = book.made.create_sheet(book.say(_NAMES[name]))
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    _paper(page, book)
    _put(page, 1, [book.say(book.sheet.title)], _TITLE, ruled=False, wrapped=False)
    said = f"{book.say(book.sheet.warning)} · " if book.sheet.warning else ""
    line = f"{said}{book.sheet.id} · {book.sheet.issued} · {book.sheet.digest}"
    _put(page, 2, [line], _ALARM if said else _PLAIN, ruled=False, wrapped=False)
    return page


def _paper(page: Any, book: _Book) -> None:
    """Print on A4, as wide as the paper, with the same words in head and foot as on the other formats."""
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.left.text = f"{book.sheet.id} · {book.sheet.issued} · {book.sheet.digest}"
    page.oddFooter.right.text = "&P / &N"
    if book.sheet.warning:
        page.oddHeader.center.text = book.say(book.sheet.warning)


def _about(book: _Book) -> None:
    page = _page(book, "about", (18, 100))
    row = 4
    for line in alarms(book.sheet):
        _put(page, row, ["", book.say(line)], _ALARM, ruled=False)
        row += 1
    for given in (facts(book.sheet), whom(book.sheet), origin(book.sheet)):
        row = _facts(page, row, given, book.say)


def _facts(page: Worksheet, row: int, given: Facts, say: Say) -> int:
    for label, values in given:
        _put(page, row, [say(label), "\n".join(map(say, values))])
        page.cell(row, 1).font = _BOLD
        row += 1
    return row + 1


def _questions(book: _Book) -> None:
    say = book.say
    rows = [(say(topic.title), say(item.q), say(item.a)) for topic in book.sheet.topics for item in topic.questions]
    page = _page(book, "questions", (18, 40, 80))
    _listing(page, [say(_HEADS[name]) for name in ("topic", "question", "answer")], rows)
    if not rows:
        _put(page, 4, [say(PAGE["no_questions"])], ruled=False, wrapped=False)


def _words(book: _Book) -> None:
    say = book.say
    rows = [(say(_HEADS["misread"]), say(phrase), say(answer)) for phrase, answer in book.sheet.answers]
    rows += [(say(_HEADS["term"]), say(term), say(meaning)) for term, meaning in book.sheet.terms]
    page = _page(book, "words", (18, 40, 80))
    _listing(page, [say(_HEADS[name]) for name in ("kind", "word", "meaning")], rows)


def _listing(page: Worksheet, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a list that can be filtered, its head always in sight and on every printed page."""
    _head(page, 3, head)
    row = 3
    for row, cells in enumerate(rows, 4):
        _put(page, row, cells)
    page.auto_filter.ref = f"A3:{get_column_letter(len(head))}{row}"
    page.freeze_panes = "A4"
    page.print_title_rows = "3:3"


def _prices(book: _Book) -> None:
    """Write all offers side by side: a screen is wider than paper."""
    say, tables = book.say, book.sheet.offers
    names = [name for table in tables for name in table.names]
    page = _page(book, "prices", (18, *[36] * len(names)))
    _head(page, 3, [say(PAGE["item"]), *map(say, names)])
    labels = {row.name: row.label for table in tables for row in table.rows}
    found = [{row.name: row.cells for row in table.rows} for table in tables]
    for row, (name, label) in enumerate(labels.items(), 4):
        cells = [cell for table, rows in zip(tables, found, strict=True)
                 for cell in rows.get(name, [("—",)] * len(table.names))]  # fmt: skip
        _put(page, row, [say(label), *("\n".join(map(say, cell)) for cell in cells)])
        page.cell(row, 1).font = _BOLD
    page.freeze_panes = "B4"
    page.print_title_rows, page.print_title_cols = "3:3", "A:A"


def _counter(book: _Book) -> None:
    say, counter = book.say, book.sheet.counter
    page = _page(book, "counter", (8, 60, 24, 36))
    if counter.instead:
        _put(page, 3, [say(counter.instead)], ruled=False, wrapped=False)
        return
    _head(page, 3, ["#", *(say(PAGE[name]) for name in ("step", "minutes", "part"))])
    for number, step in enumerate(counter.steps, 1):
        name = "\n".join(map(say, step_name(step)))
        _put(page, number + 3, [str(number), name, say(step.minutes), say(step.part or "—")])
    said = total(book.sheet)
    if said:
        _put(page, len(counter.steps) + 5, [say(said)], _BOLD, ruled=False, wrapped=False)
    if counter.untimed:
        _put(page, len(counter.steps) + 6, [say(counter.untimed)], ruled=False, wrapped=False)
    page.freeze_panes = "A4"


def _head(page: Worksheet, row: int, texts: Sequence[str]) -> None:
    _put(page, row, texts, _BOLD)
    for column in range(1, len(texts) + 1):
        page.cell(row, column).fill = _TINT


def _put(
    page: Worksheet, row: int, texts: Sequence[str], font: Font = _PLAIN, ruled: bool = True, wrapped: bool = True
) -> None:
    """Write a row of texts; a row of wrapped ones is made as high as the longest of them needs."""
    if wrapped:
        page.row_dimensions[row].height = min(
            HIGHEST, LINE * max(_lines(page, at, text) for at, text in enumerate(texts, 1))
        )
    for column, text in enumerate(texts, 1):
        cell: Any = page.cell(row, column)
        _text(cell, text)
        cell.font = font
        if ruled:
            cell.border = _LINE
        if wrapped:
            cell.alignment = _WRAPPED


def _lines(page: Worksheet, column: int, text: str) -> int:
    """Return how many lines a text takes in its column; Chinese characters are two columns wide."""
    width = page.column_dimensions[get_column_letter(column)].width - 2
    return sum(max(1, ceil(cell_len(line) / width)) for line in text.split("\n"))


def _text(cell: Cell, text: str) -> None:
    """Write a text as text, whatever it begins with.

    What looks like the notation of a character (``_x0041_``) would be read as that character; it is marked, too.
    """
    if len(text) > LONGEST:
        raise CannotWriteError(_TOO_LONG(limit=LONGEST, start=text[:20]))
    cell.value = _ESCAPED.sub("_x005F_", text)
    cell.data_type = "s"
    cell.quotePrefix = like_formula(text)
