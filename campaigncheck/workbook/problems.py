"""What can be wrong with a workbook, told in the words of whoever fills it in."""

from __future__ import annotations

from typing import Literal, NamedTuple

from campaigncheck.messages import Message, Text
from campaigncheck.source.place import Cell, Path
from campaigncheck.workbook.text import LONGEST

Weight = Literal["error", "warning", "note"]


class Fault(NamedTuple):
    """What is wrong with a cell; a ``note`` tells how it was understood."""

    message: Message
    hint: Message
    weight: Weight = "error"


class Found(NamedTuple):
    """A fault with its place: the cell, and where its value belongs in the spec."""

    path: Path
    cell: Cell | None
    fault: Fault


class CannotReadError(Exception):
    """A file that cannot be read as a workbook at all (rule SPEC001)."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message
        self.hint = hint


class MissingPackageError(Exception):
    """The package that workbooks need is not installed."""

    message = Text("读写 Excel 要用到 openpyxl，现在没有安装", "workbooks need openpyxl, which is not installed")()
    hint = Text("请安装：pip install 'campaigncheck[xlsx]'", "Install it: pip install 'campaigncheck[xlsx]'")()


class TooLongError(Exception):
    """A value that is longer than a cell can be."""

    def __init__(self, start: str) -> None:
        super().__init__(start)
        self.message = TOO_LONG(limit=LONGEST, start=start)
        self.hint = TOO_LONG_HINT()


TOO_LONG = Text(
    "做不了工作簿：一格最多 {limit} 个字，放不下“{start}…”",
    "no workbook: a cell holds at most {limit} characters, too few for “{start}…”",
)
TOO_LONG_HINT = Text("请把它拆短，或者继续用 YAML。", "Make it shorter, or go on with the YAML.")
DID_YOU_MEAN = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
CHOICES_HINT = Text("可以写：{names}。", "These can be written: {names}.")

# --- the file as a whole
NOT_XLSX = Text("这不是 .xlsx 工作簿", "this is no .xlsx workbook")
SAVE_AS_HINT = Text(
    "请在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”。", "Open it and save it as “Excel workbook (.xlsx)”."
)
MACROS = Text("工作簿里带有宏", "the workbook holds macros")
MACROS_HINT = Text(
    "这里不打开带宏的文件：另存为不带宏的“Excel 工作簿（.xlsx）”。",
    "Files with macros are not opened here: save it as “Excel workbook (.xlsx)”, without macros.",
)
ENCRYPTED = Text("工作簿加了打开密码", "the workbook is locked by a password")
ENCRYPTED_HINT = Text("请去掉打开密码再保存。", "Remove the password and save it again.")
OLD_FORMAT = Text("这是旧版的 .xls 文件", "this is a file of the old format .xls")
DAMAGED = Text("工作簿读不出来，文件可能坏了", "the workbook cannot be read: it may be damaged")
DAMAGED_HINT = Text(
    "请在 Excel 或 WPS 里打开看看，能打开就另存一份再试。（细节：{detail}）",
    "See whether it opens in Excel; if so, save it anew and try again. (Details: {detail})",
)
TOO_LARGE = Text("工作簿太大：{what}", "the workbook is too large: {what}")
TOO_LARGE_HINT = Text(
    "一个营销案的工作簿一般不到 100 KB；请检查是不是放错了文件，图片和别的表不要放进来。",
    "The workbook of a campaign has less than 100 KB as a rule: check that this is the right file; leave pictures and other tables out.",
)
FILE_SIZE = Text("文件有 {size} MiB，上限 {limit} MiB", "the file has {size} MiB, at most {limit} MiB")
UNPACKED = Text("解开以后有 {size} MiB，上限 {limit} MiB", "unpacked it has {size} MiB, at most {limit} MiB")
PACKED = Text("里面的“{name}”压缩得太狠，不像正常的表", "“{name}” in it is packed too tightly for a table")
ENTRIES = Text("里面有 {count} 个文件，上限 {limit} 个", "it holds {count} files, at most {limit}")
NO_SHEETS = Text("没有一张认识的工作表", "none of its sheets is known")
NO_SHEETS_HINT = Text(
    "请用 campaigncheck new --xlsx 或 export 做的工作簿来填；工作表的名字不要改。",
    "Use a workbook that `campaigncheck new --xlsx` or `export` has made, and keep the names of its sheets.",
)

# --- sheets
NO_SHEET = Text("缺少工作表“{name}”", "the sheet “{name}” is missing")
NO_SHEET_HINT = Text("从模板里把这张表复制过来，名字不要改。", "Copy it from the template, and keep its name.")
NO_SHEET_NEAR = Text("把“{given}”改名为“{name}”。", "Rename “{given}” to “{name}”.")
STRANGE_SHEET = Text("不认识工作表“{name}”，里面的内容没有读", "the sheet “{name}” is not known and was not read")
STRANGE_SHEET_HINT = Text(
    "自己用的表，名字请以“备注”开头；不需要就删掉。", "Let names of your own sheets begin with “Notes”, or delete it."
)
SAME_SHEETS = Text("“{name}”和“{other}”是同一张表", "“{name}” and “{other}” are the same sheet")
SAME_SHEETS_HINT = Text("只留一张。", "Keep one of them.")
HIDDEN_SHEET = Text(
    "这张工作表是隐藏的，里面的内容照样读了", "this sheet is hidden; what it holds was read all the same"
)
HIDDEN_HINT = Text("取消隐藏，看看里面的内容对不对。", "Unhide it, and see whether what it holds is right.")
HIDDEN_ROW = Text("第 {row} 行是隐藏的，里面的内容照样读了", "row {row} is hidden; what it holds was read all the same")
HIDDEN_COLUMN = Text(
    "{column} 列是隐藏的，里面的内容照样读了", "column {column} is hidden; what it holds was read all the same"
)
TOO_FAR = Text(
    "第 {row} 行还有内容，太靠下了，没有读", "there is something in row {row}, too far down, that was not read"
)
TOO_FAR_HINT = Text(
    "只读前 {limit} 行：删掉中间的空行，或者删掉那一格。",
    "Only the first {limit} rows are read: delete the empty rows, or that cell.",
)

# --- headings
NO_HEADINGS = Text("这张表没有标题行", "this sheet has no row of headings")
NO_HEADINGS_HINT = Text("标题行里应当有：{names}。", "The headings are: {names}.")
STRANGE_HEADING = Text("不认识标题“{name}”", "the heading “{name}” is not known")
HEADING_TWICE = Text("标题“{name}”写了两次", "the heading “{name}” is there twice")
HEADING_TWICE_HINT = Text("第一次在 {cell}；只留一个。", "The first is in {cell}: keep one of them.")
NO_HEADING = Text("这一格上面没有标题，内容没有读", "there is no heading over this cell, so it was not read")
NO_HEADING_HINT = Text("移到有标题的列里，或者删掉。", "Move it below a heading, or delete it.")
NO_ITEM = Text("这一格左边没有项目，内容没有读", "there is no item to the left of this cell, so it was not read")
NO_ITEM_HINT = Text(
    "内容只写在 {column} 列，对着左边的项目写。", "Write values into column {column}, beside their items."
)
MERGED = Text("合并了单元格 {range}", "the cells {range} are merged")
MERGED_HINT = Text(
    "取消合并，每一行、每一格都写全：合并以后，只有左上角那一格有内容。",
    "Unmerge them and fill in every cell: of merged cells only the first holds anything.",
)
CHANGED_EXAMPLE = Text(
    "这一行标着“{mark}”，可是内容改过了，没有读", "this row is marked “{mark}”, but has been changed; it was not read"
)
CHANGED_EXAMPLE_HINT = Text(
    "要用这一行，就把 {cell} 清空；不用就改回去或整行删掉。", "To use the row, clear {cell}; otherwise delete the row."
)

# --- cells
MISSING = Text("“{title}”没有填", "“{title}” is not filled in")
MISSING_HINT = Text("请填上，例如：{example}", "Fill it in, for example: {example}")
MISSING_LIST = Text("“{title}”一个也没有填", "nothing is filled in under “{title}”")
FORMULA = Text("这里是公式", "this is a formula")
FORMULA_HINT = Text(
    "公式算出来的数不一定是最新的：复制这一格，用“选择性粘贴 → 值”贴回来。",
    "What it comes to may be out of date: copy the cell and paste it back as a value.",
)
ERROR_VALUE = Text("这里是 Excel 的错误值 {given}", "this is Excel's error {given}")
ERROR_VALUE_HINT = Text("改成要写的内容，或者清空。", "Write what is meant, or clear the cell.")
DATE_HERE = Text("Excel 把这里的内容当成了日期（{given}）", "Excel has taken this for a date ({given})")
DATE_HERE_HINT = Text(
    "先把这一格的格式设成“文本”，再重新写一遍。", "Set the format of the cell to “Text”, then type it again."
)
SERIAL = Text("这里是数字 {given}，不是日期", "this is the number {given}, not a date")
DATE_HINT = Text(
    "写成 2027-01-05 的样子，或者把这一格的格式设成“日期”。", "Write 2027-01-05, or set the format to “Date”."
)
TIME_OF_DAY = Text("这里带有钟点（{given}），只要日期", "this has a time of day ({given}); only the day is wanted")
NOT_A_CHOICE = Text("“{given}”不在可选的内容里", "“{given}” is not among the choices")
UNKNOWN_NAME = Text("没有叫“{given}”的{what}", "there is no {what} “{given}”")
SEVERAL = Text("叫“{given}”的{what}不止一个", "more than one {what} is called “{given}”")
SEVERAL_HINT = Text("请写明是哪一个：{names}。", "Say which is meant: {names}.")
CONTRADICTS = Text("{code} 是{name}，不是“{given}”", "{code} is {name}, not “{given}”")
CONTRADICTS_HINT = Text("代码和名称要一致，请改对其中一个。", "Code and name have to agree: mend one of them.")
CODE_AS_NUMBER = Text("这里是数字，按代码 {code} 读了", "this is a number, and was read as the code {code}")
CODE_AS_NUMBER_HINT = Text(
    "把这一格的格式设成“文本”再写，开头的 0 才不会丢。",
    "Set the format of the cell to “Text”, so that leading zeros stay.",
)
BAD_LIST = Text("方括号里的内容没有写完整", "what stands in brackets is not complete")
BAD_LIST_HINT = Text("几个之间用顿号隔开就行，不用写方括号。", "Separate several by commas; no brackets are needed.")
GAP = Text("“{title}”空着", "“{title}” is empty")
GAP_HINT = Text("这几个数要么都写，要么都空着。", "Fill in all of these, or none.")
KEY_TWICE = Text("“{key}”写了两次", "“{key}” is there twice")
KEY_TWICE_HINT = Text("第一次在 {cell}；合并成一行。", "The first is in {cell}: make one row of them.")
NO_OFFER = Text("没有编号为“{given}”的优惠", "there is no offer “{given}”")
NO_OFFER_HINT = Text("优惠编号写在“{sheet}”里：{names}。", "Offers are listed on “{sheet}”: {names}.")
TWO_OFFERS = Text("编号为“{given}”的优惠不止一项", "several offers are called “{given}”")
TWO_OFFERS_HINT = Text(
    "先给每项优惠不同的编号，或者写 #1、#2，表示第几项。",
    "Give each an id of its own, or write #1, #2 for their numbers.",
)

REGION, HALL, PRODUCT = Text("地区", "region"), Text("营业厅", "hall"), Text("产品", "product")
STEP, TOPIC, ITEM = Text("办理步骤", "step"), Text("问答主题", "topic"), Text("准备事项", "readiness item")
CATALOGUES = {"regions": REGION, "halls": HALL, "products": PRODUCT, "steps": STEP, "topics": TOPIC, "items": ITEM}
NO_CONDITION = Text("这一行没有写条件", "this row states no condition")
NO_CONDITION_HINT = Text(
    "谁都能办就在随便哪个条件下写“不限”；用不着就删掉这一行。",
    "If anybody may have it, write “any” under some condition; else delete the row.",
)
