"""The workbook as people open it: headings, help, drop-downs, nothing that could run, and always the same bytes."""

from __future__ import annotations

import re
from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from campaigncheck.messages import LANGS, Lang
from campaigncheck.workbook.fields import KEY
from campaigncheck.workbook.kinds import AUDIENCE
from campaigncheck.workbook.layout import PARTS, parts
from campaigncheck.workbook.problems import TooLongError
from campaigncheck.workbook.text import escaped, unescaped
from campaigncheck.workbook.values import example, read
from tests.spec.specs import FULL
from tests.workbook.books import CATALOGUES, WORDS, entries, made

CHINESE = re.compile("[\u4e00-\u9fff]")


def opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def test_the_sheets_and_their_headings() -> None:
    book = opened(made())
    assert book.sheetnames == [
        "说明", "基本信息", "地区和渠道", "客户范围", "优惠", "宣传文字", "术语解释", "应答口径", "其他事实", "问答", "办理步骤",
        "计时演练", "办理量", "支撑准备", "会签", "选项",
    ]  # fmt: skip
    assert [cell.value for cell in book["问答"][1]] == ["序号", "主题 *", "客户怎么问 *", "怎么答 *", "短信回答"]
    assert [cell.value for cell in book["问答"][3]][:3] == ["例子", "谁能办", "谁可以办？"]
    assert [row[0].value for row in book["基本信息"].iter_rows(min_row=1, max_row=5)] == [
        "项目", "营销案编号 *", "名称 *", "一句话说明", "责任单位所在地区 *",
    ]  # fmt: skip
    assert book["选项"].sheet_state == "hidden"


def test_the_english_one_is_in_english() -> None:
    book = opened(made(lang="en"))
    assert book.sheetnames[:4] == ["Read me", "Basics", "Regions and channels", "Customers"]
    for sheet in book.worksheets[:-1]:
        head = [
            cell.value for row in sheet.iter_rows(min_row=1, max_row=2) for cell in row if isinstance(cell.value, str)
        ]
        column = [row[0].value for row in sheet.iter_rows() if isinstance(row[0].value, str)]
        assert [text for text in head + column if CHINESE.search(text)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_drop_downs_lead_to_what_they_are_for(lang: Lang) -> None:
    book = opened(made(lang=lang))
    options = book.worksheets[-1]
    found = {}
    for part in parts(WORDS.attributes):
        sheet = book[part.title().render(lang)]
        for rule in sheet.data_validations.dataValidation:
            match = re.fullmatch(r"'(.*)'!\$([A-Z]+\$2):\$([A-Z]+\$[0-9]+)", rule.formula1)
            assert match is not None
            assert match[1] == options.title
            cells = [row[0].value for row in options[f"{match[2]}:{match[3]}".replace("$", "")]]
            found[part.name, str(rule.sqref).split(":")[0]] = cells
    for cells in found.values():
        assert all(isinstance(cell, str) and cell for cell in cells)
    shown = WORDS.names("products").everything(lang)
    assert found["offers", "D4"] == shown
    assert found["faq", "B4"] == WORDS.names("topics").everything(lang)
    assert {"000000", "510000", "510100"} <= {cell.split(" ")[0] for cell in found["scope", "B4"]}
    assert found["basics", "B8"][0] == ("草稿" if lang == "zh" else "draft")
    assert found["audience", "C4"] == ["全球通", "动感地带", "神州行"]


@pytest.mark.parametrize("lang", LANGS)
def test_what_can_be_chosen_is_understood(lang: Lang) -> None:
    for part in parts(WORDS.attributes):
        for field in part.fields:
            for option in WORDS.options(field.kind.options, lang) if field.kind.options else ():
                reading = read(field.kind, option, WORDS)
                assert (reading.fault, reading.value is None) == (None, False), (field.title, option)


@pytest.mark.parametrize("lang", LANGS)
def test_every_example_is_understood(lang: Lang) -> None:
    for part in parts(WORDS.attributes):
        for field in part.fields:
            if field.example and field.kind.of != "halls":
                shown = example(field.kind, field.example, WORDS, lang)
                assert read(field.kind, shown, WORDS).fault is None, field.title


def test_every_field_of_the_model_has_its_place() -> None:
    def leaves(value: Any, path: tuple[str, ...]) -> set[tuple[str, ...]]:
        if isinstance(value, dict):
            return {leaf for key, item in value.items() for leaf in leaves(item, (*path, key))}
        if isinstance(value, list) and value and isinstance(value[0], dict | str) and path != ("offers", "audience"):
            named = [item for item in value if isinstance(item, dict)]
            return {leaf for item in named for leaf in leaves(item, path)} or {path}
        return {path}

    told = {leaf for leaf in leaves(FULL, ()) if leaf[0] not in ("spec", "audience", "terms", "readiness")} - {
        ("offers", "audience")
    }
    there = {
        tuple(step for step in (*part.path, *field.path) if isinstance(step, str))
        for part in PARTS
        for field in part.fields
    }
    assert told - there == set()
    assert {("terms", KEY), ("readiness", KEY), ("readiness", "done"), ("audience", KEY)} <= there


def test_nothing_becomes_a_formula() -> None:
    values = deepcopy(FULL)
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "=cmd|' /C calc'!A0"]
    values["facts"], values["title"] = hostile, hostile[-1]
    data = made(values)
    book = opened(data)
    assert [book["其他事实"][f"B{row}"].value for row in range(4, 11)] == [escaped(text) for text in hostile]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert all(book["其他事实"][f"B{row}"].quotePrefix for row in range(4, 11))
    assert not any(b"<f>" in content for name, content in entries(data).items() if "worksheets" in name)


def test_kinds_of_cells() -> None:
    book = opened(made(FULL))
    assert book["基本信息"]["B11"].is_date
    assert (book["优惠"]["F4"].value, book["优惠"]["F4"].data_type) == (20, "n")
    assert (book["地区和渠道"]["B4"].value, book["地区和渠道"]["B4"].number_format) == ("510000 四川省", "@")
    assert book["优惠"].column_dimensions["S"].number_format == "@"
    assert book["客户范围"]["I4"].value == "是"


def test_the_same_bytes_whenever_it_is_made() -> None:
    assert made(FULL) == made(deepcopy(FULL))
    names = list(entries(made()))
    assert names[0] == "docProps/app.xml"
    assert b"2000-01-01T00:00:00Z" in entries(made())["docProps/core.xml"]


def test_what_is_known_is_filled_in() -> None:
    book = opened(made({"id": "sc-2027-new", "stage": "draft", "regions": {"include": ["510100"]}}))
    assert (book["基本信息"]["B2"].value, book["基本信息"]["B8"].value) == ("sc-2027-new", "草稿")
    assert book["地区和渠道"]["B4"].value == "510100 成都市"


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    values = deepcopy(FULL)
    values["handling"]["steps"] = [
        {"step": "sign", "halls": ["sc-cd-" + "0" * 50 + f"{number:03}" for number in range(900)]}
    ]
    with pytest.raises(TooLongError) as caught:
        made(values)
    assert caught.value.message.render("en").startswith("no workbook: a cell holds at most 32767 characters")


def test_columns_have_names() -> None:
    from campaigncheck.workbook.grid import letters

    assert [letters(number) for number in (1, 26, 27, 702, 703, 16_384)] == [
        get_column_letter(number) for number in (1, 26, 27, 702, 703, 16_384)
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", "_x0041_", "_x005F_", "a\x01b", "_xD800_", "普通", "  a "])
def test_escapes_come_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_the_catalogues_have_what_columns_ask_for() -> None:
    asked = {field.kind.of for part in PARTS for field in part.fields if field.kind.name == "code"}
    assert asked == {"regions", "halls", "products", "steps", "topics", "items"}
    assert all(WORDS.names(name).names for name in asked)
    kinds = {field.kind.name for part in parts(CATALOGUES.attributes.attributes) for field in part.fields}
    assert kinds == {"word", "line", "prose", "number", "whole", "day", "choice", "code", "list", AUDIENCE}
