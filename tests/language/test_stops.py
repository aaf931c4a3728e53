"""What is quoted of a text: the sentence, or as much of it as fits without cutting words apart."""

from __future__ import annotations

import pytest

from campaigncheck.language.stops import excerpt


@pytest.mark.parametrize(
    ("text", "words", "most", "quoted"),
    [
        ("先交钱。每月 20 元，一年。再见", "20", 40, "每月 20 元，一年"),
        ("每月 20 元", "每月", 40, "每月 20 元"),
        ("到营业厅、在手机 App 里都能取消，取消以后用到月底，月底前还能改", "用到月底", 12, "取消以后用到月底"),
        ("一二三四五六七八九十一二三四五六七八九十", "十一", 4, "八九十一二三"),
        ("第一行\n第二行", "二", 40, "第二行"),
    ],
)
def test_what_stands_around_a_span_is_quoted(text: str, words: str, most: int, quoted: str) -> None:
    start = text.index(words)
    assert excerpt(text, (start, start + len(words)), most) == quoted
