"""Answers that speak of something else than their question asks are told from honest ones."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.language.aspects import ASPECTS, YES_OR_NO
from campaigncheck.language.astray import Astray, asks, astray, copied
from campaigncheck.language.traditional import SIMPLIFIED, TRADITIONAL
from campaigncheck.language.usual import usual

ANSWERED = yaml.safe_load((Path(__file__).parent / "answered.yaml").read_text(encoding="utf-8"))
HONEST: list[tuple[str, str, str]] = [tuple(entry) for entry in ANSWERED["honest"]]
ASTRAY: list[tuple[str, str, str, str, str]] = [tuple(entry) for entry in ANSWERED["astray"]]
TOPICS = sorted(set(ASPECTS) - {YES_OR_NO, "hours", "speed"})


@pytest.mark.parametrize(("topic", "question", "answer"), HONEST)
def test_honest_answers_pass(topic: str, question: str, answer: str) -> None:
    assert astray(topic, question, answer) is None


@pytest.mark.parametrize(("topic", "question", "answer", "asked", "told"), ASTRAY)
def test_answers_astray_are_found(topic: str, question: str, answer: str, asked: str, told: str) -> None:
    found = astray(topic, question, answer)
    assert found is not None
    assert (found.asked, found.told[0]) == (asked, told)
    assert not usual(topic, question, answer)


def test_there_are_enough_of_either_and_of_every_topic() -> None:
    assert len(HONEST) >= 100
    assert len(ASTRAY) >= 60
    assert {entry[0] for entry in HONEST} == set(TOPICS)
    assert {entry[0] for entry in ASTRAY} == set(TOPICS)


def test_every_topic_is_an_aspect() -> None:
    assert list(load_catalogues(RuleFiles.at(None)).faq.topics) == [name for name in ASPECTS if name in TOPICS]


def test_up_to_two_things_are_named_the_foremost_first() -> None:
    answer = "每月 20 元，从话费里扣；带身份证原件，下个月 1 日生效，3 分钟办好。"
    assert astray("cancel", "怎么取消？", answer) == Astray("cancel", ("price", "documents"))


def test_what_is_usual_is_not_astray() -> None:
    """The quick look passes nothing that the close look would not: every question with every answer."""
    questions = {(topic, question) for topic, question, *_ in [*HONEST, *ASTRAY]}
    said = {entry[2] for entry in [*HONEST, *ASTRAY]}
    passed = [(*asked, answer) for asked in questions for answer in said if usual(*asked, answer)]
    assert len(passed) > 500
    assert [entry for entry in passed if astray(*entry) is not None] == []


WIDE = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}
WRITTEN_OTHERWISE = str.maketrans(SIMPLIFIED, TRADITIONAL) | WIDE


@pytest.mark.parametrize(("topic", "question", "answer"), [*HONEST, *[entry[:3] for entry in ASTRAY]])
def test_width_and_traditional_characters_change_nothing(topic: str, question: str, answer: str) -> None:
    otherwise = question.translate(WRITTEN_OTHERWISE), answer.translate(WRITTEN_OTHERWISE)
    assert astray(topic, *otherwise) == astray(topic, question, answer)


ASKED = {
    "怎么取消？": ("cancel",),
    "开通以后怎么关闭？": ("cancel",),
    "取消以后哪天停？": (),
    "为什么取消不了？": (),
    "什么是自动续费？": (),
    "装宽带什么时候生效？": ("takes_effect",),
    "一年以后每月多少钱？": ("price_after",),
    "名额满了怎么办？": ("sold_out",),
    "还有别的钱吗？": ("price", YES_OR_NO),
    "能和别的优惠一起用吗？": ("stacking", YES_OR_NO),
}


@pytest.mark.parametrize(("question", "asked"), ASKED.items())
def test_what_is_asked_whatever_the_topic(question: str, asked: tuple[str, ...]) -> None:
    assert asks("price", question) == asked
    assert asks("a topic of the site's own", question) == asked


@given(st.sampled_from([*TOPICS, "own"]), st.text(max_size=30), st.text(max_size=60))
def test_any_answer_can_be_judged(topic: str, question: str, answer: str) -> None:
    found = astray(topic, question, answer)
    assert found is None or (found.asked not in found.told and set(found.told) <= set(ASPECTS))


@pytest.mark.parametrize("unit", ["一", "1", " ", "\n", "早上", "短信", "号码", "每月", "满", "花费", "客户", "轮到您"])
def test_the_cost_grows_with_the_length(unit: str) -> None:
    def cost(count: int) -> float:
        best = 60.0
        for _ in range(3):
            start = time.perf_counter()
            for topic, question in (
                ("how_to_get", "怎么办？"),
                ("handling_time", "柜台要多久？"),
                ("price", "多少钱？"),
            ):
                astray(topic, question, unit * count)
            best = min(best, time.perf_counter() - start)
        return best

    assert cost(20_000) < 200 * cost(1_000) + 0.01


# --- answers said again ----------------------------------------------------------------------------------------------

HOW = ("how_to_get", "打开 App 搜“提速”，点两次确认就办好了。")


def test_an_answer_that_only_says_another_again_is_found() -> None:
    again = "打开 App 搜“提速”，点两次确认就办好。"
    assert copied("documents", "去的话呢？", again, [HOW, ("documents", again)]) == 0
    assert copied("how_to_get", "怎么办？", HOW[1], [HOW, ("documents", again)]) is None


def test_the_same_answer_may_answer_both() -> None:
    both = "每月 20 元，12 个月以后每月 30 元。"
    assert copied("price_after", "以后呢？", both, [("price", both), ("price_after", both)]) is None
    assert copied("without_queueing", "不排队呢？", HOW[1], [HOW, ("without_queueing", HOW[1])]) is None


def test_short_and_unlike_answers_are_no_copies() -> None:
    assert copied("documents", "去的话呢？", "点一下。", [("how_to_get", "点一下。")]) is None
    other = "打开 App 搜“提速”，选 500M，填好地址，等师傅上门，装好再确认。"
    assert copied("documents", "去的话呢？", HOW[1], [("how_to_get", other)]) is None


def test_of_what_may_be_answered_in_any_way_no_copy_is_told() -> None:
    assert copied("documents", "为什么要实名？", HOW[1], [HOW]) is None
