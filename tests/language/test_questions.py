"""Questions that ask the same thing are found, those that differ by the word that matters are not."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.language.fold import fold
from campaigncheck.language.questions import alike, nearly, reduced

SAME = """
怎么退订|如何取消？
多少钱一个月？|每月多少钱？
怎么办理？|如何开通？
请问怎么取消呢？|怎么取消？
谁可以办？|哪些客户能参加？
谁可以办理？|办理需要什么条件？
什么时候生效？|多久能生效？
什么时候生效？|哪天能用？
到营业厅带什么？|去营业厅办理需要什么证件？
办理要带什么证件？|需要准备哪些材料？
能和别的优惠一起用吗？|可以和其他活动叠加吗？
礼品怎么领？|赠品如何领取？
名额满了怎么办？|名额没了怎么办？
要收违约金吗？|收不收违约金？
半年以后多少钱？|6 个月后怎么收费？
12 个月以后每月多少钱？|一年以后每个月多少钱？
不想用了怎么办？|怎么取消？
宽带和电视能一起办吗|电视和宽带可以同时办理吗
每月加多少钱？|一个月加多少费用？
在哪里办理？|去哪儿可以办？
要多久才能办好？|办好需要多长时间？
5G 套餐怎么取消|５ｇ套餐如何退订
怎麼取消？|怎么取消？
对扣费有疑问找谁？|对扣费有问题联系谁？
提速后网速还是慢怎么办？|提速后网速还是很慢怎么办？
能不能异地办理？|可以异地办理吗？
优惠到期后怎么收费？|优惠期满以后多少钱？
套餐外流量怎么收费？|套餐外的流量多少钱？
"""
DIFFERENT = """
怎么开通？|怎么关闭？
4G 套餐怎么换？|5G 套餐怎么换？
300M 每月多少钱？|500M 每月多少钱？
第一年每月多少钱？|第二年每月多少钱？
本人能办吗？|能代办吗？
本人怎么办理？|怎么代办？
4G 怎么换 5G？|5G 怎么换 4G？
开通以后怎么关闭？|关闭以后怎么开通？
怎么取消？|能取消吗？
怎么取消？|取消以后哪天停？
什么时候生效？|什么时候结束？
名额满了怎么办？|怎么办？
每月多少钱？|一年以后每月多少钱？
国内流量用完了怎么办？|国际流量用完了怎么办？
路由器怎么领？|摄像头怎么领？
能用吗？|不能用吗？
取消要付违约金吗？|怎么取消？
怎么退款？|怎么退订？
主卡怎么取消？|副卡怎么取消？
老客户能办吗？|新客户能办吗？
要多久能办好？|多久生效？
在哪里办？|怎么办？
每月多少钱？|每天多少钱？
满 3 个月能取消吗？|满 6 个月能取消吗？
换手机要带什么？|换卡要带什么？
谁可以办？|在哪里可以办？
取消后还能用吗？|取消后还能办吗？
为什么扣钱？|怎么扣钱？
没到账怎么办？|到账了怎么办？
不想用了怎么办？|提速怎么办？
上月的流量能用吗？|下月的流量能用吗？
提前取消要补多少钱？|提前取消能退多少钱？
宽带怎么取消？|电视怎么取消？
一个月能换几次？|一个月多少钱？
第一个月多少钱？|一个月多少钱？
开学前能办吗？|开学后能办吗？
流量能结转吗？|话费能结转吗？
本地号码能办吗？|外地号码能办吗？
营业厅几点开门？|营业厅几点关门？
主卡停机了副卡还能用吗？|副卡停机了主卡还能用吗？
"""


def pairs(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.split("\n") if line]


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert alike([one, "名额有多少？", other]) == [(0, 2)]


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_the_word_that_matters(one: str, other: str) -> None:
    assert alike([one, other]) == []


def test_the_name_of_the_campaign_goes_without_saying() -> None:
    questions = ["迎春宽带提速怎么取消？", "怎么取消？", "迎春提速怎么取消？", "电视怎么取消？"]
    assert alike(questions, ["迎春宽带提速"]) == [(0, 1, 2)]
    assert alike(questions) == []


def test_half_a_name_is_something_of_its_own() -> None:
    assert alike(["宽带怎么取消？", "电视怎么取消？", "怎么取消？"], ["宽带电视"]) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("提速网速慢", "提速网速很慢", True),
        ("提速网速慢", "提速网速不慢", False),
        ("提速网速慢", "提速网速慢", False),
        ("网速慢", "网速很慢", False),
        ("提速网速慢", "提速网速实在慢", False),
        ("家里提速网速慢了", "家里提速网速实在慢了", True),
        ("提速网速慢", "提速4网速慢", False),
        ("国内流量超出", "国际流量超出", False),
    ],
)
def test_nearly_the_same(one: str, other: str, expected: bool) -> None:
    assert nearly(one, other) is nearly(other, one) is expected


def test_line_breaks_do_not_shift_the_questions() -> None:
    assert alike(["怎么\n取消？", "多少钱？", "怎么取消？"]) == [(0, 2)]


PIECES = st.lists(
    st.sampled_from(
        ["怎么", "如何", "取消", "退订", "办", "多少钱", "每月", "5G", "4G", "请问", "能不能", "不", "提速网速", "很", "慢", "半年",
         "6 个月", "后", "？", "，", "的", "和", "宽带", "电视", "营业厅", "带什么"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(st.lists(PIECES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_matter(questions: list[str], random: Random) -> None:
    order = list(range(len(questions)))
    random.shuffle(order)
    shuffled = alike([questions[position] for position in order])
    back = sorted(tuple(sorted(order[position] for position in group)) for group in shuffled)
    assert back == alike(questions)


@given(st.lists(PIECES, max_size=12))
def test_equal_questions_are_alike_and_groups_do_not_overlap(questions: list[str]) -> None:
    groups = alike(questions)
    positions = [position for group in groups for position in group]
    assert len(positions) == len(set(positions))
    of = {position: group for group in groups for position in group}
    for one, question in enumerate(questions):
        for other in range(one):
            if questions[other] == question:
                assert of[one] is of[other]


@given(PIECES)
def test_folding_twice_changes_nothing(question: str) -> None:
    asked = reduced(question)
    assert reduced(fold(question)) == asked
    assert reduced(f"请问，{question}") == asked
    assert reduced(fold(fold(question))) == asked


@pytest.mark.parametrize("kind", ["apart", "alike", "long"])
def test_500_questions_take_no_seconds(kind: str) -> None:
    def questions(count: int) -> list[str]:
        if kind == "alike":
            return ["怎么取消？"] * count
        many = 10 if kind == "long" else 1
        return ["家里看视频卡" * many + chr(0x6000 + 3 * number) + "师傅修" for number in range(count)]

    def cost(count: int) -> float:
        asked, best = questions(count), 60.0
        for _ in range(3):
            start = time.perf_counter()
            alike(asked)
            best = min(best, time.perf_counter() - start)
        return best

    assert cost(500) < 200 * cost(50) + 0.01
