"""Figures and Latin words in full-width characters are found, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.language.widths import wide_figures


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("升到３００Ｍ", ["300M"]),
        ("每月２９．９元，便宜５０％。", ["29.9", "50%"]),
        ("300Ｍ和５G", ["300M", "5G"]),
        ("ＷｉＦｉ６", ["WiFi6"]),
        ("８：００－２０：００", ["8:00-20:00"]),
        ("２０２７／３／１", ["2027/3/1"]),
        ("满１００减２０", ["100", "20"]),
        # A comma parts figures, a colon says what follows, Chinese punctuation is as it should be.
        ("选１，２０元", ["1", "20"]),
        ("１，０００户", ["1", "000"]),
        ("价格：１０元", ["10"]),
        ("一档：１：５元", ["1", "5"]),
        ("１０～２０元（约）！", ["10", "20"]),
        ("１．全家都能用", ["1"]),
        ("下载ＡＰＰ，打开ＶｏＬＴＥ", ["APP", "VoLTE"]),
        ("ｗｗｗ．１００８６．ｃｎ", ["www.10086.cn"]),
        ("ｈｔｔｐ：／／ａ．ｃｎ／ｂ＿１", ["http://a.cn/b_1"]),
        ("ＡＰＰ：选Ａ档，办ＶＩＰ．", ["APP", "A", "VIP"]),
        # Nothing in full width.
        ("20％的客户", []),
        ("8：00", []),
        ("升到 300M", []),
        ("①②、㎡、½", []),
        ("", []),
    ],
)
def test_figures_are_found(text: str, plain: list[str]) -> None:
    assert [figure.plain for figure in wide_figures(text)] == plain


@given(st.text("０９Ｍｚ１5a．.，：:％%－-／＠＿元（ ", max_size=12))
def test_plain_writing_is_the_same_to_a_reader_and_final(text: str) -> None:
    after = text
    for figure in reversed(list(wide_figures(text))):
        assert figure.plain == unicodedata.normalize("NFKC", text[figure.start : figure.end])
        after = after[: figure.start] + figure.plain + after[figure.end :]
    assert unicodedata.normalize("NFKC", after) == unicodedata.normalize("NFKC", text)
    assert list(wide_figures(after)) == []
