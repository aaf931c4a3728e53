"""Workbooks for tests: made from specs, changed cell by cell, read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.messages import Lang
from campaigncheck.workbook.read import Made, read
from campaigncheck.workbook.vocabulary import Vocabulary
from campaigncheck.workbook.write import write_template

ROOT = Path(__file__).parents[2]
CATALOGUES = load_catalogues(RuleFiles.at(ROOT / "rules"))
WORDS = Vocabulary(CATALOGUES)

Told = list[tuple[str, str, str]]
"""Cell, weight and message of everything that is found."""


def made(values: Mapping[str, Any] | None = None, lang: Lang = "zh") -> bytes:
    return write_template(CATALOGUES, lang, values)


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    """Return a workbook after somebody has worked on it; ``change`` is given openpyxl's workbook."""
    book = load_workbook(BytesIO(data))
    change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_cells(data: bytes, cells: Mapping[str, Any]) -> bytes:
    """Return a workbook with other contents in some cells (``优惠!B4``)."""

    def change(book: Any) -> None:
        for place, value in cells.items():
            sheet, _, name = place.partition("!")
            book[sheet][name].value = value

    return changed(data, change)


def back(data: bytes, lang: Lang = "zh") -> Made:
    return read(data, "活动.xlsx", WORDS, lang)


def told(result: Made, lang: Lang = "zh") -> Told:
    return [(str(item.cell), item.fault.weight, item.fault.message.render(lang)) for item in result.found]


def entries(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()
