"""What people do to workbooks: every mistake is told with its sheet and cell, and what is meant is understood."""

from __future__ import annotations

import pickle
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from campaigncheck.source.place import Cell, CellPlace
from tests.spec.specs import FULL
from tests.workbook.books import Told, back, changed, made, told, with_cells

SPEC: dict[str, Any] = deepcopy(FULL)
BOOK = made(SPEC)
EMPTY = made()


def after(cells: dict[str, Any], data: bytes = BOOK) -> Told:
    return told(back(with_cells(data, cells)))


def test_an_empty_template_misses_what_is_required_and_nothing_else() -> None:
    assert told(back(EMPTY)) == [
        ("基本信息!B2", "error", "“营销案编号”没有填"),
        ("基本信息!B3", "error", "“名称”没有填"),
        ("基本信息!B5", "error", "“责任单位所在地区”没有填"),
        ("基本信息!B6", "error", "“责任部门”没有填"),
        ("基本信息!B7", "error", "“联系方式”没有填"),
        ("基本信息!B8", "error", "“阶段”没有填"),
        ("基本信息!B11", "error", "“开始日期”没有填"),
        ("基本信息!B12", "error", "“结束日期”没有填"),
        ("地区和渠道!B1", "error", "“包含地区”一个也没有填"),
        ("地区和渠道!E1", "error", "“办理渠道”一个也没有填"),
        ("优惠!B1", "error", "“优惠”一个也没有填"),
    ]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"基本信息!B3": "=A1"}, [("基本信息!B3", "error", "这里是公式")]),
        ({"优惠!F4": "=10+10"}, [("优惠!F4", "error", "这里是公式")]),
        ({"优惠!F4": "#REF!"}, [("优惠!F4", "error", "这里是 Excel 的错误值 #REF!")]),
        ({"优惠!F4": "20 元"}, [("优惠!F4", "error", "这里要写数字，现在写的是文字")]),
        ({"优惠!F4": None}, [("优惠!F4", "error", "“金额（元）”没有填")]),
        ({"优惠!F4": -1}, [("优惠!F4", "error", "数字太小，最小是 0")]),
        ({"优惠!H4": 12.5}, [("优惠!H4", "error", "这里要写整数")]),
        ({"优惠!E4": "合同"}, [("优惠!E4", "error", "“合同”不在可选的内容里")]),
        ({"优惠!E4": None}, [("优惠!E4", "error", "“优惠类型”没有填")]),
        ({"优惠!D4": "350M 宽带"}, [("优惠!D4", "error", "没有叫“350M 宽带”的产品")]),
        ({"优惠!U4": "手机 App、微信"}, [("优惠!U4", "error", "“微信”不在可选的内容里")]),
        ({"优惠!O4": None}, [("优惠!O4", "error", "“赠品名称”没有填")]),
        ({"基本信息!B5": 510000}, [("基本信息!B5", "note", "这里是数字，按代码 510000 读了")]),
        ({"基本信息!B5": "510100 绵阳市"}, [("基本信息!B5", "error", "510100 是成都市，不是“绵阳市”")]),
        ({"基本信息!B5": "成都士"}, [("基本信息!B5", "error", "没有叫“成都士”的地区")]),
        ({"地区和渠道!C4": "朝阳区"}, [("地区和渠道!C4", "error", "叫“朝阳区”的地区不止一个")]),
        ({"基本信息!B8": "testing"}, []),
        ({"基本信息!B11": "2027年1月15日"}, []),
        ({"基本信息!B11": "2027/1/15"}, []),
        ({"基本信息!B11": "元旦"}, [("基本信息!B11", "error", "“元旦”不是日期")]),
        ({"基本信息!B11": datetime(2027, 1, 15, 8, 30)}, [("基本信息!B11", "error", "这里带有钟点（2027-01-15 08:30），只要日期")]),
        ({"基本信息!B14": time(8, 0)}, [("基本信息!B14", "error", "Excel 把这里的内容当成了日期（08:00:00）")]),
        ({"优惠!S4": date(2027, 1, 2)}, [("优惠!S4", "error", "Excel 把这里的内容当成了日期（2027-01-02）")]),
        ({"优惠!S4": 10086}, []),
        ({"问答!C4": None}, [("问答!C4", "error", "“客户怎么问”没有填")]),
        ({"术语解释!C4": None}, [("术语解释!C4", "error", "“解释”没有填")]),
        ({"术语解释!B5": "FTTR", "术语解释!C5": "又一次"}, [("术语解释!B5", "error", "“FTTR”写了两次")]),
        ({"支撑准备!B5": "计费系统配置"}, [("支撑准备!B5", "error", "“计费系统配置”写了两次")]),
        ({"办理步骤!D5": None}, [("办理步骤!D5", "error", "“最可能（分钟）”空着")]),
        ({"计时演练!E4": "很久"}, [("计时演练!E4", "error", "这里要写数字，现在写的是文字")]),
        ({"办理量!B2": None}, [("办理量!B2", "error", "“预计办理量”没有填")]),
        ({"客户范围!B5": "speed"}, [("客户范围!B5", "error", "没有编号为“speed”的优惠")]),
        ({"客户范围!C4": None, "客户范围!F4": None, "客户范围!G4": None, "客户范围!I4": None, "客户范围!B4": "speedup"},
         [("客户范围!B4", "error", "这一行没有写条件")]),
        ({"客户范围!C4": "[全球通"}, [("客户范围!C4", "error", "方括号里的内容没有写完整")]),
        ({"问答!C1": "客户怎么说"}, [("问答!C1", "error", "不认识标题“客户怎么说”"), ("问答!B1", "error", "“客户怎么问”没有填")]),
        ({"问答!D1": "主题"}, [("问答!D1", "error", "标题“主题”写了两次"), ("问答!B1", "error", "“怎么答”没有填")]),
        ({"问答!G4": "备注"}, [("问答!G4", "error", "这一格上面没有标题，内容没有读")]),
        ({"基本信息!A3": "活动名"}, [("基本信息!A3", "error", "不认识标题“活动名”"), ("基本信息!A1", "error", "“名称”没有填")]),
        ({"基本信息!B30": "孤零零"}, [("基本信息!B30", "error", "这一格左边没有项目，内容没有读")]),
        ({"基本信息!F3": "远处"}, [("基本信息!F3", "error", "这一格左边没有项目，内容没有读")]),
        ({"问答!D3": "我的回答"}, [("问答!D3", "error", "这一行标着“例子”，可是内容改过了，没有读")]),
        ({"问答!A3": None}, []),
        ({"问答!A4": 1, "问答!A9": "这里还要补"}, []),
    ],
    ids=lambda item: " ".join(f"{key}={value}" for key, value in item.items()) if isinstance(item, dict) else None,
)  # fmt: skip
def test_every_mistake_names_its_cell(cells: dict[str, Any], found: Told) -> None:
    assert after(cells) == found


def merge(book: Any) -> None:
    book["问答"]["D4"].value = "都可以。"
    book["问答"].merge_cells("D4:E4")


def hide_row(book: Any) -> None:
    book["问答"].row_dimensions[4].hidden = True


def hide_column(book: Any) -> None:
    book["优惠"].column_dimensions["F"].hidden = True


def hide_sheet(book: Any) -> None:
    book["问答"].sheet_state = "hidden"


def rename(book: Any) -> None:
    book["优惠"].title = "优惠（新）"


def add_sheet(book: Any) -> None:
    book.create_sheet("预算")["A1"] = "1000 元"


def drop_headings(book: Any) -> None:
    book["问答"].delete_rows(1)


def drop_column(book: Any) -> None:
    book["优惠"].delete_cols(5)


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book["问答"]).title = "FAQ"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (merge, [("问答!D4", "error", "合并了单元格 D4:E4")]),
        (hide_row, [("问答!A4", "warning", "第 4 行是隐藏的，里面的内容照样读了")]),
        (hide_column, [("优惠!F1", "warning", "F 列是隐藏的，里面的内容照样读了")]),
        (hide_sheet, [("问答!A1", "warning", "这张工作表是隐藏的，里面的内容照样读了")]),
        (rename, [("优惠（新）!A1", "error", "缺少工作表“优惠”"), ("客户范围!B5", "error", "没有编号为“speedup”的优惠")]),
        (lambda book: book.remove(book["地区和渠道"]), [("None", "error", "缺少工作表“地区和渠道”")]),
        (lambda book: book.remove(book["会签"]), []),
        (add_sheet, [("预算!A1", "error", "不认识工作表“预算”，里面的内容没有读")]),
        (lambda book: book.create_sheet("备注 2027").append(["随便写"]), []),
        (lambda book: book.create_sheet("Sheet1"), []),
        (drop_headings, [("问答!A1", "error", "这张表没有标题行")]),
        (drop_column, [("优惠!B1", "error", "“优惠类型”没有填")]),
        (copy_sheet, [("FAQ!A1", "error", "“FAQ”和“问答”是同一张表")]),
        (lambda book: book["优惠"].insert_cols(3), []),
        (lambda book: book["问答"].insert_rows(1), []),
        (lambda book: book["问答"].move_range("B4:E4", rows=5), []),
    ],
)  # fmt: skip
def test_what_is_done_to_sheets(change: Any, found: Told) -> None:
    assert told(back(changed(BOOK, change))) == found


def test_merged_titles_above_the_headings_do_no_harm() -> None:
    def title(book: Any) -> None:
        sheet = book["问答"]
        sheet.insert_rows(1)
        sheet["B1"] = "常见问答（2027 春节）"
        sheet.merge_cells("B1:E1")

    result = back(changed(BOOK, title))
    assert (told(result), result.campaign) == ([], back(BOOK).campaign)


def test_names_codes_and_both_languages_are_understood() -> None:
    cells = {
        "基本信息!B5": "四川省", "地区和渠道!B4": " 510000  四川省 ", "地区和渠道!E4": "SMS", "优惠!D4": "300M 宽带",
        "优惠!G4": "month", "客户范围!D4": None, "问答!B4": "who can have it", "办理量!B5": "40%", "客户范围!F4": "≥12",
    }  # fmt: skip
    result = back(with_cells(BOOK, cells))
    assert told(result) == []
    assert result.campaign is not None
    assert (result.campaign.owner.region, result.campaign.regions.include) == ("510000", ["510000"])
    assert (result.campaign.channels[0], result.campaign.offers[0].product) == ("sms", "broadband.300m")
    assert (result.campaign.faq[0].topic, result.campaign.audience[0]["tenure_months"]) == ("eligibility", ">=12")
    assert result.campaign.demand is not None
    assert result.campaign.demand.channel_share["hall"] == 0.4


def test_every_path_knows_its_cell() -> None:
    document = back(BOOK).document
    cells = {
        ("id",): "基本信息!B2", ("period", "end"): "基本信息!B12", ("offers", 0, "price"): "优惠!F4",
        ("offers", 0, "price", "then"): "优惠!I4", ("offers", 0, "excludes", 1): "优惠!V4", ("offers",): "优惠!B1",
        ("offers", 0): "优惠!B4", ("offers", 0, "audience", 0, "age"): "客户范围!H5", ("regions", "exclude", 0): "地区和渠道!C4",
        ("faq", 0, "a"): "问答!D4", ("faq", 0, "short"): "问答!E4", ("handling", "steps", 1, "minutes", 2): "办理步骤!E5",
        ("handling", "trials", 0, "seconds", 2): "计时演练!F4", ("terms", "FTTR"): "术语解释!C4",
        ("readiness", "training", "passed"): "支撑准备!E5", ("readiness", "training"): "支撑准备!B5", ("demand",): "办理量!B2",
        ("nowhere",): "基本信息!A1", ("facts", 0): "其他事实!B4",
    }  # fmt: skip
    places = {path: document.place(path, key=True) for path in cells}
    assert {path: str(getattr(place, "cell", None)) for path, place in places.items()} == cells


def test_text_in_several_styles_is_text() -> None:
    def change(book: Any) -> None:
        book["基本信息"]["B3"].value = CellRichText("迎春", TextBlock(InlineFont(b=True), "宽带"), "提速")

    result = back(changed(BOOK, change))
    assert result.values["title"] == "迎春宽带提速"


def test_a_place_with_a_cell_goes_to_other_processes() -> None:
    place = back(BOOK).document.place(("offers", 0, "price", "then"))
    again = pickle.loads(pickle.dumps(place))
    assert isinstance(again, CellPlace)
    assert (again, again.cell, again.order) == (place, Cell("优惠", "I4", (4, 4, 9)), (4, 4, 9))
