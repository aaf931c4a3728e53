"""Figures with their units, in the spellings that people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.rules._amounts import charges, states

STATED = [
    ("每月 12 元", 12, "元"), ("每月12元", 12, "元"), ("十二块钱", 12, "元"), ("￥12", 12, "元"), ("58 到 128 元", 58, "元"),
    ("58 以上", 58, "元"), ("二十九块九", 29.9, "元"), ("29.9 元", 29.9, "元"), ("满 12 个月", 12, "月"), ("满一年", 12, "月"),
    ("满半年", 6, "月"), ("一年半", 18, "月"), ("两年", 24, "月"), ("年满 18 周岁", 18, "岁"), ("十八岁", 18, "岁"),
    ("按 30% 收", 30, "%"), ("12 户", 12, ""),
]  # fmt: skip
NOT_STATED = [
    ("12 个月", 12, "元"), ("12 元", 12, "月"), ("12 月 31 日前", 12, "月"), ("112 元", 12, "元"), ("3.12 元", 12, "元"),
    ("1,012 元", 12, "元"), ("第12个月", 12, "月"), ("12 岁", 12, "月"), ("12 点", 12, "元"), ("", 12, "元"), ("12GB", 12, "元"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit"), STATED)
def test_stated(text: str, value: float, unit: str) -> None:
    assert states(text, value, unit)


@pytest.mark.parametrize(("text", "value", "unit"), NOT_STATED)
def test_not_stated(text: str, value: float, unit: str) -> None:
    assert not states(text, value, unit)


@given(st.integers(1, 9_999), st.integers(1, 9_999), st.sampled_from(["", " "]))
def test_an_amount_is_told_from_any_other_amount(value: int, other: int, gap: str) -> None:
    text = f"头一年每月收{gap}{value}{gap}元，月底扣。"
    assert states(text, value, "元")
    assert states(text, other, "元") == (value == other)
    assert not states(text, value, "月")


@pytest.mark.parametrize(
    ("clause", "charged"),
    [
        ("按剩余月数每月补 10 元", ((10.0, "元"),)),
        ("24 个月内退的每月补 10 元", ((10.0, "元"),)),
        ("按剩余费用的 30% 补", ((30.0, "%"),)),
        ("退还赠品", ()),
    ],
)
def test_what_a_clause_charges(clause: str, charged: tuple[tuple[float, str], ...]) -> None:
    assert charges(clause) == charged
