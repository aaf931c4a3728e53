"""The fields of sheets: what customers read, ask and are told."""

from __future__ import annotations

from campaigncheck.messages import Text
from campaigncheck.workbook.fields import KEY, LINE, PROSE, Field, field
from campaigncheck.workbook.kinds import TEXT_CHANNELS, choice, code

TEXTS = (
    field("texts/channel", choice(TEXT_CHANNELS), "Channel", "Where customers see or hear it.", example="短信"),
    field("texts/text", PROSE, "Text", "Word by word.", example="回复 KDTS，宽带升到 300M，每月加 20 元。", width=90),
)

TERMS = (
    Field((KEY,), LINE, Text("术语", "Term"), Text("正文里用到的词。", "A word that the texts use."), "FTTR", True, 24),
    Field(
        (),
        PROSE,
        Text("解释", "Explanation"),
        Text("用大白话解释。", "In plain words."),
        "把光纤接到每个房间",
        True,
        90,
    ),
)

ANSWERS = (
    field("answers/phrase", LINE, "Can be misread", "The words of the text.", example="最高300M", width=34),
    field(
        "answers/answer",
        PROSE,
        "What to say",
        "What the front line says.",
        example="300M 是上限，一般在 270M 以上。",
        width=90,
    ),
)

FACTS = (
    Field(
        (),
        LINE,
        Text("事实", "Fact"),
        Text("正文里可以出现的其他数字，带单位。", "Further figures that texts may state, with their unit."),
        "500 元",
        True,
        40,
    ),
)

FAQ = (
    field(
        "faq/topic", code("topics"), "Topic", "Choose from the list.", tell="从下拉里选。", example="谁能办", width=24
    ),
    field("faq/q", LINE, "Question", "As customers ask it.", zh="客户怎么问", example="谁可以办？", width=40),
    field(
        "faq/a",
        PROSE,
        "Answer",
        "In plain words, with figures.",
        zh="怎么答",
        example="入网满 12 个月的宽带客户都可以办。",
        width=80,
    ),
    field(
        "faq/short",
        LINE,
        "Answer by SMS",
        "At most 70 characters; empty: whole sentences of the answer that fit.",
        tell="一条短信发得下的回答，最多 70 个字；空着就用“怎么答”里放得下的整句。",
        example="号码用满 12 个月的宽带客户都能办。",
        width=40,
    ),
)
