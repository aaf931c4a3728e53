"""Folding changes no length and no place."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from campaigncheck.language.fold import fold
from campaigncheck.language.traditional import SIMPLIFIED, TRADITIONAL
from campaigncheck.maintenance.traditional import is_simplified


@given(st.text())
@example("İSTANBUL")
@example("ΑΣ ΑΣ")
@example("ﬁ ß ＡｂＣ１２％＋")
def test_every_character_keeps_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    for index, char in enumerate(text):
        assert fold(char) == folded[index] or char in "Σİ"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="ascii")))
def test_width_and_case_do_not_matter(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() or char in "%+" else char for char in text)
    assert fold(wide) == fold(text) == fold(text.upper()) == text.lower()


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x3000, max_codepoint=0x9FFF)))
def test_chinese_and_its_punctuation_stay(text: str) -> None:
    assert fold(text) == text


def test_what_is_folded() -> None:
    assert fold("ＮＯ．１，Ｗｉ－Ｆｉ／１＿２") == "no.1，wi-fi/1_2"
    assert fold("５Ｇ套餐ＡｐｐWi-Fi１００％，满２０＋") == "5g套餐appwi-fi100%，满20+"


def test_traditional_characters_are_simplified() -> None:
    assert fold("達量限速，流量結轉，乾隆，著名，后宫，台湾") == "达量限速，流量结转，乾隆，著名，后宫，台湾"


def test_each_traditional_character_stands_for_one_that_simplified_text_has() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL)) > 2_500
    assert set(TRADITIONAL).isdisjoint(SIMPLIFIED)
    assert not any(is_simplified(char) for char in TRADITIONAL)
