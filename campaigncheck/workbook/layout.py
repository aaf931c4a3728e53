"""What a workbook looks like: its sheets, and which fields each of them has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from campaigncheck.catalogue.models import AttributeEntry
from campaigncheck.messages import Text, literal
from campaigncheck.source.place import Path
from campaigncheck.workbook.fields import KEY, Field
from campaigncheck.workbook.fields_campaign import BASICS, DEMAND, OF_OFFER, SCOPE
from campaigncheck.workbook.fields_offers import OFFERS
from campaigncheck.workbook.fields_service import READINESS, SIGNOFFS, STEPS, TRIALS
from campaigncheck.workbook.fields_words import ANSWERS, FACTS, FAQ, TERMS, TEXTS
from campaigncheck.workbook.kinds import AUDIENCE, Kind

__all__ = ["KEY", "Field"]


class Part(NamedTuple):
    """A sheet of the workbook.

    ``shape``: a form has a row a field, a table a row an entry of the list (or mapping) at ``path``, lists a column a
    list. ``rest``: the last field goes on to the right, a cell an item.
    """

    name: str
    title: Text
    shape: Literal["form", "table", "lists"]
    path: Path
    fields: tuple[Field, ...]
    about: Text
    rest: bool = False


PARTS: tuple[Part, ...] = (
    Part(
        "basics",
        Text("基本信息", "Basics"),
        "form",
        (),
        BASICS,
        Text("是什么、谁负责、哪天到哪天。", "What it is, whose, from when to when."),
    ),
    Part(
        "scope",
        Text("地区和渠道", "Regions and channels"),
        "lists",
        (),
        SCOPE,
        Text("在哪里办，一格写一个。", "Where it can be had, one a cell."),
    ),
    Part(
        "audience",
        Text("客户范围", "Customers"),
        "table",
        ("audience",),
        (OF_OFFER,),
        Text(
            "谁能办：一行是一组条件，一行里的要全部满足，各行满足一行就行；不写就是所有客户。条件写成 >=12、<60、58..128，或者几个取值用顿号隔开。",
            "Who may have it: a row is a group of conditions that all hold; any row will do; none at all: everybody. Write >=12, <60, "
            "58..128, or several values separated by commas.",
        ),
    ),
    Part(
        "offers", Text("优惠", "Offers"), "table", ("offers",), OFFERS, Text("一行是一项优惠。", "A row is an offer.")
    ),
    Part(
        "texts",
        Text("宣传文字", "Texts"),
        "table",
        ("texts",),
        TEXTS,
        Text("客户会看到或听到的所有内容。", "Everything that customers read or hear."),
    ),
    Part(
        "terms",
        Text("术语解释", "Terms"),
        "table",
        ("terms",),
        TERMS,
        Text("正文里的术语用大白话解释。", "Words of the texts, explained plainly."),
    ),
    Part(
        "answers",
        Text("应答口径", "Prepared answers"),
        "table",
        ("answers",),
        ANSWERS,
        Text("容易误解的说法怎么解释。", "What can be misread, and what to say."),
    ),
    Part(
        "facts",
        Text("其他事实", "Facts"),
        "table",
        ("facts",),
        FACTS,
        Text("正文里可以出现的其他数字。", "Further figures that texts may state."),
    ),
    Part(
        "faq",
        Text("问答", "FAQ"),
        "table",
        ("faq",),
        FAQ,
        Text("客户会问什么，怎么答。", "What customers ask, and the answers."),
    ),
    Part(
        "steps",
        Text("办理步骤", "Steps"),
        "table",
        ("handling", "steps"),
        STEPS,
        Text("在柜台按什么顺序办。", "What is done at the counter, in order."),
    ),
    Part(
        "trials",
        Text("计时演练", "Rehearsals"),
        "table",
        ("handling", "trials"),
        TRIALS,
        Text("在真实营业厅计时的结果，一次演练写一行。", "What was timed in real halls, a rehearsal a row."),
        rest=True,
    ),
    Part(
        "demand",
        Text("办理量", "Demand"),
        "form",
        (),
        DEMAND,
        Text("多少人会来办、来问。", "How many will order and ask."),
    ),
    Part(
        "readiness",
        Text("支撑准备", "Readiness"),
        "table",
        ("readiness",),
        READINESS,
        Text("各项准备谁负责、哪天完成。", "Who does what, and when it is done."),
    ),
    Part(
        "signoffs",
        Text("会签", "Sign-offs"),
        "table",
        ("signoffs",),
        SIGNOFFS,
        Text("谁在哪天同意。", "Who agreed, and when."),
    ),
)

READ_ME = Text("说明", "Read me")
OPTIONS = Text("选项", "Options")
"""The hidden sheet with what can be chosen."""
NOTES = ("备注", "notes")
"""Sheets whose names begin like this are people's own."""
NUMBERING = Text("序号", "No.")
"""The first column of tables and lists: people's own numbers and notes, and what says that a row is not meant."""
MARKS = {"help": Text("说明", "Help"), "example": Text("例子", "Example")}
_CONDITIONS = {
    "enum": Text(
        "选一个；几个取值用顿号隔开。空着就是不限。", "Choose one, or write several separated by commas. Empty: any."
    ),
    "number": Text(
        "写 >=12、<60 或 58..128（含两头）。空着就是不限。", "Write >=12, <60 or 58..128 (ends included). Empty: any."
    ),
    "boolean": Text("选“是”或“否”。空着就是不限。", "Choose yes or no. Empty: any."),
}
_EXAMPLES = {"number": ">=12", "boolean": "是"}
ITEM, CONTENT = Text("项目", "Item"), Text("内容", "Content")
"""The headings of forms."""


def attribute(name: str, entry: AttributeEntry | None = None) -> Field:
    """Return the column of an attribute of customers; of one that no catalogue knows as well."""
    kind = Kind(AUDIENCE, name)
    if entry is None:
        return Field((name,), kind, literal(name, name), _CONDITIONS["enum"])
    example = _EXAMPLES.get(entry.type, "、".join(entry.names.get(value, value) for value in entry.values[:2]))
    return Field((name,), kind, entry.label.text, _CONDITIONS[entry.type], example)


def parts(attributes: Mapping[str, AttributeEntry]) -> tuple[Part, ...]:
    """Return all sheets, the one about customers with a column for each attribute."""
    fields = (OF_OFFER, *(attribute(name, entry) for name, entry in attributes.items()))
    return tuple(part._replace(fields=fields) if part.name == "audience" else part for part in PARTS)
