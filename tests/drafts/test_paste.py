"""Drafts as YAML: what is printed is what would be inserted, in the way the spec is written."""

from __future__ import annotations

import pytest

from campaigncheck.drafts.paste import inserted, to_paste, with_drafts
from campaigncheck.source.changes import EditError
from campaigncheck.source.document import read
from campaigncheck.spec.model import FaqEntry

SHORT = FaqEntry(topic="price", q="多少钱？", a="【草稿】不收钱。")
LONG = FaqEntry(topic="eligibility", q="谁可以办？", a="【草稿】下面任意一种客户：\n甲；\n乙。")

INDENTED = """\
id: a   # 编号
faq:
  - topic: price
    q: 多少钱？
    a: 不收钱。
    # 写在回答下面的说明

# 以后的
title: 甲
"""
FLUSH = "id: a\nfaq:\n- {topic: price, q: 多少钱？, a: 不收钱。}\n"


def test_entries_follow_the_style_of_those_there() -> None:
    added = (
        "  - topic: price\n    q: 多少钱？\n    a: 【草稿】不收钱。\n  - topic: eligibility\n    q: 谁可以办？\n"
        "    a: |-\n      【草稿】下面任意一种客户：\n      甲；\n      乙。\n"
    )
    new = with_drafts(INDENTED, 1, [SHORT, LONG])
    assert new == INDENTED.replace("说明\n", "说明\n" + added)
    assert to_paste(INDENTED, 1, [SHORT, LONG]) == added


def test_without_indentation() -> None:
    added = (
        "- {topic: price, q: 多少钱？, a: 【草稿】不收钱。}\n- topic: eligibility\n  q: 谁可以办？\n"
        "  a: |-\n    【草稿】下面任意一种客户：\n    甲；\n    乙。\n"
    )
    assert with_drafts(FLUSH, 1, [SHORT, LONG]) == FLUSH + added
    assert to_paste(FLUSH, 1, [SHORT, LONG]) == added


@pytest.mark.parametrize("empty", ["", "faq: []\n", "faq: [ ]   # 还没写\n"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_list_is_made_where_there_is_none(empty: str, end: str) -> None:
    text = f"id: a\n{empty}title: 甲{end}"
    printed = to_paste(text, 0, [SHORT, LONG])
    new = with_drafts(text, 0, [SHORT, LONG])
    assert printed.startswith("faq:")
    assert "  - {topic: price, q: 多少钱？, a: 【草稿】不收钱。}\n  - topic: eligibility\n" in printed
    assert set(printed.splitlines()) <= set(new.splitlines())
    assert read(new, "a")[0]["faq"] == [entry.model_dump(exclude_none=True) for entry in (SHORT, LONG)]


def test_a_list_on_one_line_stays_on_it() -> None:
    text = "id: a\nfaq: [{topic: price, q: 多少钱？, a: 不收钱。}]\ntitle: 甲\n"
    new = with_drafts(text, 1, [LONG])
    assert new.count("\n") == 3
    assert read(new, "a")[0]["faq"][1]["a"] == LONG.a
    assert to_paste(text, 1, [LONG]) == new.splitlines(keepends=True)[1]


def test_other_line_breaks_stay() -> None:
    new = with_drafts(INDENTED.replace("\n", "\r\n"), 1, [SHORT, LONG])
    assert new == with_drafts(INDENTED, 1, [SHORT, LONG]).replace("\n", "\r\n")


def test_a_shared_list_is_not_touched_and_what_to_paste_stands_alone() -> None:
    text = "id: a\nfaq: &none []\nhalls: *none\n"
    with pytest.raises(EditError):
        with_drafts(text, 0, [SHORT, LONG])
    assert to_paste(text, 0, [SHORT, LONG]) == to_paste("id: a\n", 0, [SHORT, LONG])


def test_inserted_lines_are_found_between_what_is_the_same() -> None:
    assert inserted("a\nb\nb\n", "a\nb\nc\nb\n") == "c\n"
    assert inserted("a", "a\nb") == "b\n"
    assert inserted("a\n", "a\n") == ""
