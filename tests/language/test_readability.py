"""Sentences that are hard to read, and where."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigncheck.language.readability import Limits, hard_sentences

LIMITS = Limits(length=60, clauses=6, particles=2)


def flaws(text: str, limits: Limits = LIMITS) -> list[tuple[str, int, str]]:
    """What is wrong with a text: kind, how much, where."""
    return [
        (flaw.kind, flaw.amount, text[flaw.start : flaw.end])
        for hard in hard_sentences([text], limits)
        for flaw in hard.flaws
    ]


def test_sixty_characters_are_readable_and_sixty_one_are_not() -> None:
    assert flaws("办" * 60) == []
    assert flaws("办" * 61) == [("length", 61, "办" * 61)]


@pytest.mark.parametrize("end", "。！？；!?;\n")
def test_a_sentence_ends_there(end: str) -> None:
    assert flaws("办" * 40 + end + "好" * 40) == []
    assert flaws("好" * 40 + end + "办" * 61) == [("length", 61, "办" * 61)]


def test_punctuation_blanks_and_links_are_not_counted() -> None:
    assert flaws("，".join(["办 好"] * 6) + "、“”（）…" * 20) == []
    assert flaws("看这里 https://example.com/" + "a" * 80) == []
    assert flaws("看这里 www.example.com/" + "a" * 80) == []
    assert flaws("看这里 " + "a" * 80) == [("length", 83, "看这里 " + "a" * 80)]


def test_blanks_and_closing_quotes_belong_to_no_sentence() -> None:
    assert flaws("他说：“好。” \n  " + "办" * 61 + "  \n") == [("length", 61, "办" * 61)]


def test_the_worst_comes_first() -> None:
    text = "尚未，" + "甲乙丙的丁戊的己庚的辛，" * 7 + "（办（好））"
    assert [kind for kind, _, _ in flaws(text)] == ["length", "clauses", "brackets", "particles", "officialese"]


def test_clauses_are_what_commas_part() -> None:
    assert flaws("一，二，三，四，五，六。") == []
    assert flaws("一，二,三，四，五，六，七。") == [("clauses", 7, "一，二,三，四，五，六，七")]
    assert flaws("满1,000分、2,000分、3,000分、4,000分、5,000分、6,000分、7,000分都能换") == []
    assert flaws("，，，，，，，办，") == []


def test_chains_of_de() -> None:
    assert flaws("老客户的家人的号码。") == []
    assert flaws("老客户的家人的号码的证件。") == [("particles", 3, "老客户的家人的号码的")]
    assert flaws("老客户的家人，他们的号码，新办的证件。") == []
    assert flaws("老客户的家人去年在别的城市买回来用了很久很久的手机是红的好的。") == []
    assert flaws("真的，我的目的是买您的家人的。") == []


def test_brackets() -> None:
    assert flaws("宽带（老客户[满一年]才有）和（电视）") == [("brackets", 2, "（老客户[满一年]才有）")]
    assert flaws("宽带（300M）和电视（高清）【新】") == []
    assert flaws("宽带（老客户（满一年") == []


def test_other_limits_find_more() -> None:
    assert flaws("办" * 40, Limits(39, 6, 2)) == [("length", 40, "办" * 40)]
    assert flaws("一，二。", Limits(60, 1, 2)) == [("clauses", 2, "一，二")]


def test_texts_are_kept_apart() -> None:
    hard = hard_sentences(["办" * 40, "好" * 40, "", "尚未来。", "办" * 61], LIMITS)
    assert [(one.number, one.flaws[0].kind, one.flaws[0].start) for one in hard] == [
        (3, "officialese", 0),
        (4, "length", 0),
    ]


def _slowly(text: str, most: int) -> list[str]:
    """The sentences that are too long, sought one by one."""
    sentences = re.split("[。！？；!?;\n]", text)
    return [one for one in sentences if len(re.findall(r"[^\W_]", one)) > most and re.search("[\u4e00-\u9fff]", one)]


@given(st.lists(st.sampled_from(["办", "办好了", "，", "。", "；", "\n", " ", "300M", "”"]), max_size=60))
@example(["办"] * 11 + ["，"] + ["。"] + ["办"] * 12)
def test_the_quick_way_finds_what_the_slow_one_does(parts: list[str]) -> None:
    text = "".join(parts)
    found = [where for kind, _, where in flaws(text, Limits(10, 100, 100)) if kind == "length"]
    assert [re.sub(r"[\W_]", "", one) for one in found] == [re.sub(r"[\W_]", "", one) for one in _slowly(text, 10)]


@pytest.mark.parametrize("unit", ["办", "的", "，", "（", "“", "a-", "a.", "进行", "1,", " ", "凡", "。"])
def test_long_texts_cost_in_proportion(unit: str) -> None:
    def cost(count: int) -> float:
        best = 60.0
        for _ in range(5):
            start = time.perf_counter()
            hard_sentences([unit * count + "办"], LIMITS)
            best = min(best, time.perf_counter() - start)
        return best

    assert cost(20_000) < 40 * cost(2_000) + 0.002
