"""What a text affirms and what it denies, of channels, of customers and of what they have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.language.denial import Having, affirms, leaves_out, takes_in

HALL = re.compile("营业厅")
AFFIRMED = [
    "到营业厅取消。",
    "不用排队，到营业厅取消。",
    "不收钱，营业厅就能取消。",
    "App 不行，到营业厅取消。",
    "营业厅取消后不能恢复。",
    "在营业厅不能和别的一起取消。",
    "不用去营业厅排长队，也可以；在营业厅门口的机器上也行。",
]
DENIED = [
    "不能在营业厅取消。",
    "不用去营业厅。",
    "营业厅不行。",
    "营业厅和热线都不行。",
    "营业厅、短信、热线都不能取消。",
    "在营业厅取消不了。",
    "没法到营业厅取消。",
    "在 App 上取消。",
    "",
]


@pytest.mark.parametrize("text", AFFIRMED)
def test_a_channel_is_affirmed(text: str) -> None:
    assert affirms(text, HALL)


@pytest.mark.parametrize("text", DENIED)
def test_a_channel_is_denied_or_not_named(text: str) -> None:
    assert not affirms(text, HALL)


@given(st.sampled_from(AFFIRMED), st.sampled_from(DENIED))
def test_one_affirmation_suffices(affirmed: str, denied: str) -> None:
    assert affirms(f"{denied}\n{affirmed}", HALL)
    assert affirms(f"{affirmed}\n{denied}", HALL)


@given(st.lists(st.sampled_from(DENIED), max_size=3))
def test_denials_add_up_to_no_affirmation(denied: list[str]) -> None:
    assert not affirms("\n".join(denied), HALL)


INVITED = [
    "全球通客户能办。",
    "全球通客户没有欠费就能办。",
    "非全球通客户不能办。",
    "除了全球通，别的客户不能办。",
    "全球通客户不能重复办。",
]
REFUSED = [
    "全球通客户不能办。",
    "全球通除外。",
    "全球通客户，这次不参加。",
    "非全球通的都能办。",
    "除了全球通客户，都能办。",
    "不含全球通客户。",
]


@pytest.mark.parametrize("text", INVITED)
def test_customers_are_taken_in(text: str) -> None:
    assert takes_in(text, "全球通")
    assert not leaves_out(text, "全球通")


@pytest.mark.parametrize("text", REFUSED)
def test_customers_are_left_out(text: str) -> None:
    assert leaves_out(text, "全球通")
    assert not takes_in(text, "全球通")


BROADBAND, CONTRACT = Having(("宽带",)), Having(("合约", "约定"))
NEEDED = [
    (BROADBAND, "家里装着我们的宽带就能办。"),
    (BROADBAND, "没有欠费的宽带客户都能办。"),
    (BROADBAND, "没装宽带的客户，这次不能办。"),
    (BROADBAND, "家里没有宽带的不能办。"),
    (CONTRACT, "合约没到期的客户能办。"),
    (CONTRACT, "没有合约的不行。"),
]
UNWANTED = [
    (BROADBAND, "家里没有宽带的客户都可以办，装了的不行。"),
    (BROADBAND, "家里还没有装我们的宽带就能办。"),
    (BROADBAND, "宽带还没装的客户能办。"),
    (BROADBAND, "装着宽带的不能办。"),
    (CONTRACT, "手上没有还没到期的约定。"),
    (CONTRACT, "合约到期以后就能办。"),
    (CONTRACT, "合约没到期的不能办。"),
]


@pytest.mark.parametrize(("having", "text"), NEEDED)
def test_what_customers_need(having: Having, text: str) -> None:
    assert having.says(text, needed=True)
    assert not having.says(text, needed=False)


@pytest.mark.parametrize(("having", "text"), UNWANTED)
def test_what_customers_must_be_without(having: Having, text: str) -> None:
    assert having.says(text, needed=False)
    assert not having.says(text, needed=True)


@given(st.booleans())
def test_who_says_nothing_of_it_decides_nothing(needed: bool) -> None:
    assert not BROADBAND.says("没有欠费的客户都能办。", needed)
