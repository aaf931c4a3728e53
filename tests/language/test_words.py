"""Where words begin and end."""

from __future__ import annotations

import pytest

from campaigncheck.language.words import cuts_a_word, straddles_words


def spot(text: str, part: str) -> tuple[str, int, int]:
    start = text.index(part)
    return text, start, start + len(part)


@pytest.mark.parametrize(
    ("text", "part"),
    [("请拿出账单看第二行", "出账"), ("请您配合约定时间", "合约"), ("在营业厅线下发放", "下发")],
)
def test_ends_of_two_words_are_no_term(text: str, part: str) -> None:
    assert straddles_words(*spot(text, part))
    assert cuts_a_word(*spot(text, part))


@pytest.mark.parametrize(
    ("text", "part"),
    [("每月1日出账", "出账"), ("您的信控额度", "信控"), ("系统下发短信", "下发"), ("寬帶結轉流量", "結轉")],
)
def test_a_term_that_stands_alone_is_one(text: str, part: str) -> None:
    assert not straddles_words(*spot(text, part))


@pytest.mark.parametrize(("text", "part"), [("全家共享优惠怎么办", "享优惠"), ("请派单位的人来", "派单")])
def test_the_end_of_one_word_cuts_it(text: str, part: str) -> None:
    assert cuts_a_word(*spot(text, part))


@pytest.mark.parametrize(
    ("text", "part"), [("退款七天左右到", "天左右"), ("每月19元起", "元起"), ("一起享优惠", "享优惠")]
)
def test_a_numeral_is_no_part_of_a_word(text: str, part: str) -> None:
    assert not cuts_a_word(*spot(text, part))
