"""Chinese numerals against a writer of our own."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigncheck.language.figures import chinese_number, figures

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """Write a number below a hundred million the way it is read aloud: 10 as 十, 1010 as 一千零一十."""
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    text = (
        (_four(high) + "万" if high else "") + ("零" if high and 0 < low < 1_000 else "") + (_four(low) if low else "")
    )
    return text.removeprefix("一") if text.startswith("一十") else text


def _four(number: int) -> str:
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text


NUMBERS = (
    st.integers(0, 99_999_999) | st.integers(0, 20_000) | st.integers(0, 9_999).map(lambda number: number * 10_000)
)


@given(NUMBERS)
@example(10)
@example(100_010)
@example(10_000_001)
@example(99_999_999)
def test_what_is_written_is_read(number: int) -> None:
    assert chinese_number(written(number)) == number


def test_every_number_below_ten_thousand_is_read() -> None:
    assert [chinese_number(written(number)) for number in range(10_000)] == list(range(10_000))


@given(NUMBERS, st.sampled_from(["每月", "，", "优惠", "（"]), st.sampled_from(["元", "个月", "。", "，"]))
def test_numbers_are_found_in_text_however_they_are_written(number: int, before: str, after: str) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    for text in (str(number), f"{number:,}", wide, written(number), f" {number} "):
        assert figures(f"{before}{text}{after}") == (number,)


@given(st.lists(st.integers(1, 9_999), min_size=1, max_size=5))
def test_several_numbers_are_found_in_order(numbers: list[int]) -> None:
    mixed = "元，再加".join(written(number) if number % 2 else str(number) for number in numbers)
    assert figures(mixed + "元") == tuple(numbers)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每月29.9元", (29.9,)),
        ("２９．９元", (29.9,)),
        ("1.2万户", (12_000,)),
        ("3 千", (3_000,)),
        ("一万二千", (12_000,)),
        ("两百", (200,)),
        ("二〇二七年", (2027,)),
        ("一点五倍", (1.5,)),
        ("十二个月", (12,)),
        ("一百零五", (105,)),
        ("一亿", (100_000_000,)),
        ("12-24个月", (12, 24)),
        ("没有数字", ()),
        ("5G套餐", (5,)),
        ("KD300", ()),
        ("", ()),
    ],
)
def test_figures_as_people_write_them(text: str, found: tuple[float, ...]) -> None:
    assert figures(text) == pytest.approx(found)


@pytest.mark.parametrize("text", ["点", "", "零点"])
def test_what_is_no_number(text: str) -> None:
    assert not chinese_number(text)


@given(st.text("零〇一二两三四五六七八九十百千万亿点0123456789.,半年月元 ", max_size=12))
def test_any_heap_of_numerals_can_be_read(text: str) -> None:
    assert all(number >= 0 for number in figures(text))
