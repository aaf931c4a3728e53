"""The short answers of a sheet as a table: what goes out by SMS, and which ones somebody still has to write."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from campaigncheck import __version__
from campaigncheck.cells import BYTE_ORDER_MARK, harmless
from campaigncheck.messages import Lang, Message, Text, show
from campaigncheck.pages import printable
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.short import MOST, is_draft, short_form, units
from campaigncheck.spec.model import FaqEntry

COLUMNS: dict[str, Text] = {
    "topic": Text("话题", "topic"),
    "question": Text("问题", "question"),
    "answer": Text("短信", "answer"),
    "characters": Text("字数", "characters"),
    "note": Text("说明", "note"),
    "campaign": Text("营销案", "campaign"),
    "status": Text("能不能用", "status"),
    "issued": Text("制单日期", "issued"),
    "digest": Text("内容版本", "digest"),
    "support": Text("一线支撑", "support"),
    "hours": Text("值守时间", "hours"),
    "stage": Text("阶段", "stage"),
    "program": Text("制单程序", "program"),
}

PROGRAM = f"campaigncheck {__version__}"

_CLEARED = Text("可以给客户用", "cleared for customers")
_WRITE = Text(
    "一条短信写不下，截短了可能漏掉条件。请在 {path} 第 {line} 行的问题下面写 short（最多 {most} 个字）。",
    "Too long for one SMS, and cut it might lack a condition: write “short” (at most {most} characters) under the "
    "question in line {line} of {path}.",
)
_WRITE_ANYWHERE = Text(
    "一条短信写不下，截短了可能漏掉条件。请在营销案里这个问题下面写 short（最多 {most} 个字）。",
    "Too long for one SMS, and cut it might lack a condition: write “short” (at most {most} characters) under this "
    "question of the campaign.",
)
_TOO_LONG = Text(
    "short 要占 {units} 个字（一条短信最多 {most} 个，表情和生僻字一个占两个）。请改短：{path} 第 {line} 行。",
    "“short” takes {units} characters (one SMS: {most}; emoji and rare characters count twice). Shorten it: {path}, "
    "line {line}.",
)


_NO_NAME = Text(
    "加上活动名称“{title}”就超过一条短信了，发的时候客户看不出是哪个活动；可以写个更短的 short。",
    "There is no room to name the campaign “{title}”; a shorter “short” would leave some.",
)
_DRAFT = Text("回答还是草稿，核实以前不发短信。", "The answer is a draft: no SMS before it is checked.")


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> str:
    """Return a line for each question, as CSV for spreadsheets and programs; templates have no say in it."""
    stream = io.StringIO(newline="")
    lines = csv.writer(stream, lineterminator="\r\n")
    lines.writerow(show(heading, lang) for heading in COLUMNS.values())
    for topic in sheet.topics:
        for entry in topic.questions:
            lines.writerow([harmless(printable(cell)) for cell in _line(sheet, topic.title, entry, lang)])
    return BYTE_ORDER_MARK + stream.getvalue()


def _line(sheet: Sheet, topic: Text, entry: FaqEntry, lang: Lang) -> list[str]:
    said = short_form(entry)
    answer = _named(sheet, said) if said else None
    return [
        show(topic, lang),
        entry.q,
        answer or "",
        str(units(answer or "")),
        show(_unnamed(sheet, answer) if answer else _note(sheet, entry), lang),
        sheet.id,
        show(sheet.warning or _CLEARED, lang),
        sheet.issued.isoformat(),
        sheet.digest,
        show(sheet.support, lang),
        show(sheet.hours, lang),
        show(sheet.stage, lang),
        PROGRAM,
    ]


def _named(sheet: Sheet, said: str) -> str:
    """Name the campaign at the head of an answer, which is read by itself, if there is room and it is not named yet."""
    whole = f"【{' '.join(sheet.title.split())}】{said}"
    return said if " ".join(sheet.title.split()) in said or units(whole) > MOST else whole


def _unnamed(sheet: Sheet, answer: str) -> Message | str:
    return "" if " ".join(sheet.title.split()) in answer else _NO_NAME(title=sheet.title)


def _name_of(path: str) -> str:
    """Return the name of a file without its folder, which depends on where the tool was started."""
    return re.split(r"[/\\]", path)[-1]


def _note(sheet: Sheet, entry: FaqEntry) -> Message:
    """Say where somebody has to write a short answer, or to shorten it."""
    if is_draft(entry):
        return _DRAFT()
    if sheet.source is None:
        return _WRITE_ANYWHERE(most=MOST)
    place = {"path": _name_of(sheet.source.document.path), "line": sheet.source.line(entry)}
    if entry.short:
        return _TOO_LONG(units=units(entry.short), most=MOST, **place)
    return _WRITE(most=MOST, **place)
