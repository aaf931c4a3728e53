"""Draws the sheets of a workbook: headings, help, examples, drop-downs, formats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from rich.cells import cell_len

from campaigncheck.cells import like_formula
from campaigncheck.messages import Lang, Text
from campaigncheck.workbook.layout import (
    CONTENT,
    ITEM,
    MARKS,
    NUMBERING,
    OPTIONS,
    READ_ME,
    Field,
    Part,
)
from campaigncheck.workbook.problems import TooLongError
from campaigncheck.workbook.text import LONGEST, escaped, units
from campaigncheck.workbook.values import CellValue, example
from campaigncheck.workbook.vocabulary import Vocabulary
from campaigncheck.zipped import steady

ROWS = 1_000
"""Rows of a table in which drop-downs and formats are ready."""

LINE, HIGHEST = 15.5, 409.0
"""Points that a line of text takes, and the height that Excel allows a row."""

_FONT = "Microsoft YaHei"
_PLAIN, _BOLD = Font(name=_FONT, size=10.5), Font(name=_FONT, size=10.5, bold=True)
_TITLE = Font(name=_FONT, size=15, bold=True)
_FAINT = Font(name=_FONT, size=9.5, color="5C6670")
_SAMPLE = Font(name=_FONT, size=10, italic=True, color="5C6670")
_HEAD, _NEEDED = PatternFill("solid", fgColor="DCE6F1"), PatternFill("solid", fgColor="FCE4C8")
_HELP, _TO_FILL = PatternFill("solid", fgColor="F4F6F8"), PatternFill("solid", fgColor="FFFFFF")
_SIDE = Side(style="thin", color="B9C0C9")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_DAY = datetime(2000, 1, 1)
_FORMATS = {"number": "General", "whole": "0", "day": "yyyy-mm-dd"}
_TEXT_FORMAT = "@"

_HOW_TO_FILL = Text("填写说明", "How to fill in")
_EXAMPLE = Text("例子", "Example")
_PICK = Text("请从下拉里选一个。", "Choose one from the list.")
_TITLE_TEXT = Text("营销案填写表", "Campaign workbook")
_ABOUT = (
    Text(
        "一个工作簿写一个营销案。从“基本信息”开始，每张表写一部分，用不着的表空着就行。",
        "One workbook, one campaign. Begin with “Basics”; each sheet is a part, and sheets you do not need stay empty.",
    ),
    Text(
        "标题带 * 的必须填。有下拉的从下拉里选；写代码或写名称都可以。",
        "What bears a * is required. Where there is a list, choose from it; codes and names both do.",
    ),
    Text(
        "表里灰色斜体的“例子”行不会读进去，从它下面一行开始填；删掉也行。",
        "The grey rows marked “Example” are not read. Begin below them; they may be deleted.",
    ),
    Text(
        "工作表的名字和标题行不要改；列的先后、多余的列可以动。自己的备注写在 A 列，或者放在名字以“备注”开头的表里。",
        "Keep the names of sheets and the headings; columns may be moved or deleted. Your own notes go into column A, or onto a sheet "
        "whose name begins with “Notes”.",
    ),
    Text(
        "不要合并单元格，不要用公式（算好以后粘贴成值），不要用宏。",
        "Do not merge cells; paste results as values instead of formulas; no macros.",
    ),
    Text(
        "填好以后检查：campaigncheck check 文件名.xlsx，每个问题都会指到哪张表、哪一格。",
        "Then check it: `campaigncheck check FILE.xlsx` tells the sheet and the cell of everything it finds.",
    ),
    Text(
        "没有问题了就导入：campaigncheck import 文件名.xlsx，会在 campaigns/ 里写好一份 YAML。",
        "Once all is well: `campaigncheck import FILE.xlsx` writes the YAML into campaigns/.",
    ),
)


def book(
    layout: Sequence[Part], rows: Mapping[str, Sequence[Mapping[int, CellValue]]], words: Vocabulary, lang: Lang
) -> bytes:
    """Return a workbook with these rows on its sheets."""
    made = _Book(words, lang)
    made.read_me(layout)
    for part in layout:
        made.part(part, rows[part.name])
    made.options()
    return made.saved()


class _Book:
    """A workbook under way; ``lists`` are the columns of the hidden sheet that drop-downs have used so far."""

    def __init__(self, words: Vocabulary, lang: Lang) -> None:
        self.made = Workbook()
        self.made.remove(self.made["Sheet"])
        self.words, self.lang = words, lang
        self.lists: dict[str, list[str]] = {}
        self.needed: frozenset[str] = frozenset()

    def say(self, text: Text) -> str:
        return text().render(self.lang)

    def _page(self, title: Text, widths: Sequence[float]) -> Any:
        page = self.made.create_sheet(self.say(title))
        for number, width in enumerate(widths, 1):
            page.column_dimensions[get_column_letter(number)].width = width
        page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        return page

    def read_me(self, layout: Sequence[Part]) -> None:
        """Write the first sheet: how to fill in the others, and what they are for."""
        page = self._page(READ_ME, (22, 100))
        _put(page, 1, 1, self.say(_TITLE_TEXT), _TITLE, ruled=False)
        row = 3
        for line in _ABOUT:
            _put(page, row, 2, self.say(line), _PLAIN, wrapped=True, ruled=False)
            row += 1
        for part in layout:
            row += 1
            _put(page, row, 1, self.say(part.title), _BOLD, wrapped=True, ruled=False)
            page.cell(row, 1).hyperlink = f"#'{self.say(part.title)}'!A1"
            _put(page, row, 2, self.say(part.about), _PLAIN, wrapped=True, ruled=False)
        _heights(page, (22, 100), row)
        page.sheet_view.showGridLines = False

    def part(self, part: Part, rows: Sequence[Mapping[int, CellValue]]) -> None:
        """Write the sheet of a part."""
        if part.shape == "form":
            self._form(part, rows)
        else:
            self._table(part, rows)

    def _form(self, part: Part, rows: Sequence[Mapping[int, CellValue]]) -> None:
        widths = (24, 48, 60, 30)
        page = self._page(part.title, widths)
        for column, text in enumerate((ITEM, CONTENT, _HOW_TO_FILL, _EXAMPLE), 1):
            _put(page, 1, column, self.say(text), _BOLD, fill=_HEAD)
        for row, (field, cells) in enumerate(zip(part.fields, rows, strict=True), 2):
            _put(page, row, 1, self._heading(field), _BOLD, fill=_NEEDED if field.required else _HEAD, wrapped=True)
            _put(page, row, 2, cells.get(0), _PLAIN, wrapped=True, fill=_TO_FILL)
            page.cell(row, 2).number_format = _format(field)
            _put(page, row, 3, self.say(field.help), _FAINT, wrapped=True, fill=_HELP)
            _put(page, row, 4, self._example(field), _SAMPLE, wrapped=True, fill=_HELP)
            self._choose(page, field, f"B{row}")
        _heights(page, widths, len(part.fields) + 1)
        page.freeze_panes = "B2"

    def _table(self, part: Part, rows: Sequence[Mapping[int, CellValue]]) -> None:
        widths = (8, *(field.width for field in part.fields))
        page = self._page(part.title, widths)
        _put(page, 1, 1, self.say(NUMBERING), _BOLD, fill=_HEAD, wrapped=True)
        _put(page, 2, 1, self.say(MARKS["help"]), _FAINT, fill=_HELP, wrapped=True)
        _put(page, 3, 1, self.say(MARKS["example"]), _SAMPLE, fill=_HELP, wrapped=True)
        for column, field in enumerate(part.fields, 2):
            _put(page, 1, column, self._heading(field), _BOLD, fill=_NEEDED if field.required else _HEAD, wrapped=True)
            _put(page, 2, column, self.say(field.help), _FAINT, fill=_HELP, wrapped=True)
            _put(page, 3, column, self._example(field), _SAMPLE, fill=_HELP, wrapped=True)
            letter = get_column_letter(column)
            page.column_dimensions[letter].number_format = _format(field)
            self._choose(page, field, f"{letter}4:{letter}{ROWS}")
        for row, cells in enumerate(rows, 4):
            for number in {*range(len(part.fields)), *cells}:
                _put(page, row, number + 2, cells.get(number), _PLAIN, wrapped=True)
                page.cell(row, number + 2).number_format = _format(part.fields[min(number, len(part.fields) - 1)])
        _heights(page, widths, len(rows) + 3)
        page.freeze_panes = "B4"
        page.print_title_rows = "1:1"

    def _heading(self, field: Field) -> str:
        return self.say(field.title) + (" *" if field.required else "")

    def _example(self, field: Field) -> CellValue | None:
        return example(field.kind, field.example, self.words, self.lang) if field.example else None

    def _choose(self, page: Any, field: Field, where: str) -> None:
        """Let people choose from a list; what is not on it may be typed where a code or a name does as well."""
        name = field.kind.options
        if not name:
            return
        if name not in self.lists:
            self.lists[name] = self.words.options(name, self.lang)
        items = self.lists[name]
        if not items:
            return
        letter = get_column_letter(1 + list(self.lists).index(name))
        rule = DataValidation(
            type="list", formula1=f"'{self.say(OPTIONS)}'!${letter}$2:${letter}${len(items) + 1}", allow_blank=True
        )
        strict = field.kind.name == "choice"
        rule.showErrorMessage, rule.error = strict, self.say(_PICK) if strict else None
        rule.showInputMessage = False
        rule.add(where)
        page.add_data_validation(rule)

    def options(self) -> None:
        """Write the hidden sheet with what can be chosen: lists within a rule may have 255 characters only."""
        page = self.made.create_sheet(self.say(OPTIONS))
        for column, (name, items) in enumerate(self.lists.items(), 1):
            _put(page, 1, column, name, _BOLD)
            for row, item in enumerate(items, 2):
                _put(page, row, column, item, _PLAIN, ruled=False)
        page.sheet_state = "hidden"

    def saved(self) -> bytes:
        """Return the workbook without the time of saving that the library puts in."""
        about = self.made.properties
        about.creator = about.lastModifiedBy = "campaigncheck"
        about.title = self.say(_TITLE_TEXT)
        about.language = "zh-CN" if self.lang == "zh" else "en"
        about.created = _DAY
        file = BytesIO()
        self.made.save(file)
        data = file.getvalue()
        with ZipFile(BytesIO(data)) as archive:
            core = archive.read("docProps/core.xml")
        day = _DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return steady(data, {"docProps/core.xml": _MODIFIED.sub(rb"\g<1>" + day + rb"\g<2>", core)})


def _format(field: Field) -> str:
    return _FORMATS.get(field.kind.name, "General" if field.kind.name == "condition" else _TEXT_FORMAT)


def _put(
    page: Any,
    row: int,
    column: int,
    value: CellValue | None,
    font: Font,
    *,
    fill: PatternFill | None = None,
    wrapped: bool = False,
    ruled: bool = True,
) -> None:
    """Write a cell; text is text, whatever it begins with, and stays so when somebody edits it."""
    cell = page.cell(row, column)
    if isinstance(value, str):
        text = escaped(value)
        if units(text) > LONGEST:
            raise TooLongError(value[:20])
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = like_formula(value)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = _FORMATS["day"]
    elif value is not None:
        cell.value = value
    cell.font = font
    if fill is not None:
        cell.fill = fill
    if ruled:
        cell.border = _LINE
    if wrapped:
        cell.alignment = _WRAPPED


def _heights(page: Any, widths: Sequence[float], last: int) -> None:
    """Make each row as high as the longest of its texts needs: spreadsheets do so only once somebody edits a row."""
    for row in range(1, last + 1):
        lines = max((_lines(page.cell(row, column).value, width) for column, width in enumerate(widths, 1)), default=1)
        if lines > 1:
            page.row_dimensions[row].height = min(HIGHEST, LINE * lines)


def _lines(value: Any, width: float) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(cell_len(line) / max(1.0, width - 2))) for line in value.split("\n"))
