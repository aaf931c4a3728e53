"""Names on a screen are told from words that customers have to understand."""

from __future__ import annotations

import pytest

from campaigncheck.language.menus import is_menu_name


def spot(text: str, part: str) -> tuple[str, int, int]:
    start = text.index(part)
    return text, start, start + len(part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("打开 App，点“套外流量”就能看到。", "套外"),
        ("在 App 里点「出账明细」。", "出账"),
        ("请进入“结转记录”页。", "结转"),
        ("打开“VoLTE”开关，不收费。", "VoLTE"),
        ("首页“限时优惠”里点一下就行。", "限时"),
        ('在小程序里搜"携转"。', "携转"),
    ],
)
def test_what_to_press_is_a_name(text: str, part: str) -> None:
    assert is_menu_name(*spot(text, part))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("这是“达量限速”的套餐。", "达量限速"),
        ("每月送您“套外流量”2GB。", "套外"),
        ("打开VoLTE开关。", "VoLTE"),
        ("点“账单”，看套外流量。", "套外"),
        ("点“账单，看套外流量。", "套外"),
        ("点“" + "很长的一句话不是菜单上的名字" * 2 + "套外”。", "套外"),
        ("点“账单”。“套外”要另外付钱。", "套外"),
    ],
)
def test_other_words_in_quotation_marks_are_words(text: str, part: str) -> None:
    assert not is_menu_name(*spot(text, part))
