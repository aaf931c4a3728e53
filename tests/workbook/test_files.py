"""Files that are no workbook of a campaign are refused before they cost anything."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest

from campaigncheck.messages import LANGS, Message
from campaigncheck.workbook import archive
from campaigncheck.workbook.problems import CannotReadError
from tests.spec.specs import FULL
from tests.workbook.books import back, changed, entries, made, told, zipped

BOOK = made(FULL)
SHEET = "xl/worksheets/sheet10.xml"
LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def refusal(data: bytes) -> str:
    with pytest.raises(CannotReadError) as caught:
        back(data)
    return caught.value.message.render("zh")


def having(**files: bytes) -> bytes:
    return zipped(
        {**entries(BOOK), **{name.replace("__", "/").replace("_dot_", "."): data for name, data in files.items()}}
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "这不是 .xlsx 工作簿"),
        (b"spec: 1\n", "这不是 .xlsx 工作簿"),
        (BOOK[: len(BOOK) // 2], "这不是 .xlsx 工作簿"),
        (zipped({"word/document.xml": b"<w/>"}), "这不是 .xlsx 工作簿"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "这是旧版的 .xls 文件"),
        (LOCKED, "工作簿加了打开密码"),
        (having(xl__vbaProject_dot_bin=b"x"), "工作簿里带有宏"),
        (having(xl__styles_dot_xml=b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><styleSheet/>"), "工作簿读不出来，文件可能坏了"),
        (having(xl__workbook_dot_xml=b"<nothing"), "工作簿读不出来，文件可能坏了"),
        (having(xl__big_dot_xml=b"0" * (5 << 20)), "工作簿太大：里面的“xl/big.xml”压缩得太狠，不像正常的表"),
        (zipped({f"{number}": b"" for number in range(1_001)}), "工作簿太大：里面有 1001 个文件，上限 1000 个"),
        (b"PK\3\4" + b"\0" * (9 << 20), "工作簿太大：文件有 9.0 MiB，上限 8 MiB"),
        (changed(made(), lambda book: [book.remove(sheet) for sheet in book.worksheets[1:]]), "没有一张认识的工作表"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)  # fmt: skip
def test_what_is_refused(data: bytes, says: str) -> None:
    assert refusal(data) == says


def test_what_it_unpacks_to_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1 << 20)
    chance = random.Random(1)
    assert refusal(having(xl__noise_dot_bin=chance.randbytes(2 << 20))) == "工作簿太大：解开以后有 2 MiB，上限 1 MiB"


def test_a_wrong_size_of_the_sheet_hides_nothing() -> None:
    sheet = entries(BOOK)[SHEET]
    assert b'<dimension ref="' in sheet
    lying = (
        sheet[: sheet.index(b"<dimension")]
        + b'<dimension ref="A1"/>'
        + sheet[sheet.index(b"/>", sheet.index(b"<dimension")) + 2 :]
    )
    result = back(zipped({**entries(BOOK), SHEET: lying}))
    assert result.campaign == back(BOOK).campaign


def rows(count: int, last: bytes = b"") -> bytes:
    """The sheet of questions with so many rows of empty cells, and something below them."""
    sheet = entries(BOOK)[SHEET]
    empty = b"".join(b'<row r="%d"><c r="B%d" s="1"/><c r="C%d" s="1"/></row>' % (n, n, n) for n in range(5, count + 5))
    return sheet.replace(b"</sheetData>", empty + last + b"</sheetData>")


def test_a_hundred_thousand_empty_rows_cost_nothing() -> None:
    data = zipped({**entries(BOOK), SHEET: rows(100_000)})
    begin = time.process_time()
    result = back(data)
    took = time.process_time() - begin
    assert (told(result), result.campaign) == ([], back(BOOK).campaign)
    again = time.process_time()
    back(BOOK)
    assert took < 60 * max(time.process_time() - again, 0.01)  # reading all of them takes hundreds of times as long


def test_what_stands_too_far_down_is_told() -> None:
    last = b'<row r="100006"><c r="B100006" t="inlineStr"><is><t>price</t></is></c></row>'
    result = back(zipped({**entries(BOOK), SHEET: rows(100_000, last)}))
    assert told(result) == [("问答!A100006", "error", "第 100006 行还有内容，太靠下了，没有读")]


def mutations(count: int) -> list[bytes]:
    """Workbooks with something changed anywhere inside."""
    chance = random.Random(20270115)
    whole, found = entries(BOOK), []
    names = [name for name in whole if name.endswith((".xml", ".rels"))]
    for _ in range(count):
        name = chance.choice(names)
        data = bytearray(whole[name])
        for _ in range(chance.choice([1, 1, 2, 5, 50])):
            at = chance.randrange(len(data))
            chance.choice(CHANGES)(chance, data, at)
        found.append(zipped({**whole, name: bytes(data)}))
    return found


def flip(chance: random.Random, data: bytearray, at: int) -> None:
    data[at] ^= 1 << chance.randrange(8)


def cut(chance: random.Random, data: bytearray, at: int) -> None:
    if len(data) > 100:
        del data[at : at + chance.randrange(1, 40)]


def insert(chance: random.Random, data: bytearray, at: int) -> None:
    data[at:at] = chance.choice(SNIPPETS)


def retype(chance: random.Random, data: bytearray, at: int) -> None:
    """Write another type, or another number, into a cell."""
    near = data.find(b't="', at)
    if near >= 0:
        data[near + 3 : near + 4] = chance.choice([b"n", b"s", b"b", b"e", b"d", b"str", b"inlineStr"])


CHANGES: list[Any] = [flip, cut, insert, retype]
SNIPPETS = [
    b"<f>1+1</f>", b"<v>99999999</v>", b"<v>-1</v>", b"<v>1e999</v>", b"<v>nan</v>", b"<v/>", b"&#x41;", b"&amp;", b'r="A0"', b'r="ZZZ99999999"',
    b"<c t=\"d\"><v>2027-99-99</v></c>", b"<row>", b"</row>", b"<row r=\"1048577\">", b"<is><t>x</t></is>", b"\xff\xfe", b"\0", b"<!-- -->",
    b'hidden="1"', b'<mergeCell ref="A1:XFD1048576"/>', "全国".encode("gbk"), b"_xD800_", b"_x0000_",
]  # fmt: skip


def said(data: bytes) -> list[Message]:
    try:
        return [message for item in back(data).found for message in item.fault[:2]]
    except CannotReadError as error:
        return [error.message, error.hint]


def test_mutated_workbooks_are_read_or_refused() -> None:
    for data in mutations(150):
        for message in said(data):
            assert all(message.render(lang) for lang in LANGS)
