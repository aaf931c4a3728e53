"""Officialese is found, ordinary words that contain it are not."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.language.officialese import ENTRIES, Entry, officialese


def found(text: str) -> list[str]:
    """The words found in a text."""
    return [item.word for item in officialese(text)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.word)
def test_an_entry_fires_on_its_own_text(entry: Entry) -> None:
    assert [word for word in found(entry.fires) if word.startswith(entry.word)] == found(entry.fires) != []


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.trap], ids=lambda entry: entry.word)
def test_an_entry_does_not_fire_in_its_trap(entry: Entry) -> None:
    assert any(word in entry.trap for word in (entry.word, *entry.variants.split()))
    assert found(entry.trap) == []


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.variants], ids=lambda entry: entry.word)
def test_every_variant_fires(entry: Entry) -> None:
    for word in entry.variants.split():
        assert found(f"这里{word}。") == [word]


def test_there_are_many_and_each_has_its_plain_word() -> None:
    words = Counter(word for entry in ENTRIES for word in (entry.word, *entry.variants.split()))
    assert len(ENTRIES) >= 60
    assert max(words.values()) == 1
    assert {entry.word for entry in ENTRIES if not entry.plain and not entry.advice} == {"特此", "谨此", "为荷"}


def test_an_allowed_word_can_excuse_its_entry() -> None:
    for entry in ENTRIES:
        forms = (entry.word, *entry.variants.split())
        for word in entry.allow.split():
            assert any(set(form) & set(word) for form in forms), (entry.word, word)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("确认以后方可开通，对方可以不接。", ["方可"]),
        ("凡是满一年的都能办，凡满两年的再减。", ["凡"]),
        ("给予以下优惠，多收的予以退回。", ["予以"]),
        ("请在柜台进行相关业务咨询。", ["进行相关业务咨询"]),
        ("活动进行到月底，到时候办理。", []),
        ("活动进行期间办理", []),
        ("点“尚未缴费”，看尚未缴的钱。", ["尚未"]),
        ("点「上述内容」就行。", []),
        ("平均可省 10 元，两档均可办。", ["均可"]),
        ("", []),
    ],
)
def test_what_is_found(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_advice_names_what_follows() -> None:
    assert [item.advice for item in officialese("请进行套餐变更。")] == ["直接说“变更”"]


@given(
    st.lists(st.sampled_from([*"办可以方对均平系指联 “”，。", "予以", "给予以下", "进行", "办理", "凡"]), max_size=20)
)
def test_what_is_found_stands_where_it_says(parts: list[str]) -> None:
    text = "".join(parts)
    reached = 0
    for item in officialese(text):
        assert text[item.start : item.end] == item.word
        assert item.start >= reached
        reached = item.start + 1
