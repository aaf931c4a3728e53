"""Answers that say something, and answers that do not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.language.answers import _PLACEHOLDER, _REFERRAL, SHORT, content, judge
from campaigncheck.language.lexicon import Lexicon

CATALOGUES = load_catalogues(RuleFiles.at(None))
LEXICON = Lexicon(CATALOGUES.glossary, CATALOGUES.wording)
LEAST = int(CATALOGUES.limit("answer_length"))

JUDGED = {
    "placeholder": [
        "待补充", "TODO", "todo：问产品部", "（待定）", "【此处填写价格】", "xx 元", "每月 XX 元，共 XX 个月，到期恢复原价。", "略", "同上", "暂无。",
        "……………", "？？？", "-", "　", "每月____元，营业厅可以办", "由某某部门统一处理，请客户放心", "测试", "TBD", "价格待市场部确认后公布给大家",
    ],
    "referral": [
        "具体请咨询当地营业厅工作人员。", "详见活动细则。", "详情请查看官网公告，谢谢。", "请拨打客服热线咨询。", "以营业厅公告为准。",
        "请看营业厅门口贴出的通知", "详细规则请扫码查看", "暂时没有定下来，等通知", "结果另行通知",
        "您好，相关情况请咨询客服人员，感谢您的支持。", "按照公司相关规定执行，详见公告。", "请关注公众号了解更多详情。",
    ],
    "thin": ["带证件。", "可以。", "能办。", "看情况吧", "不一定的。", "怎么办怎么办怎么办怎么办怎么办",
             "您好，我们将竭诚为您服务。", "欢迎您来参加我们的活动，祝您生活愉快！"],
    None: [
        "带身份证原件到营业厅，当场办好。",
        "每月 20 元，12 个月后每月 30 元。",
        "全球通客户，入网满 12 个月就可以办。",
        "在 App 里点“取消”，当月底停。还不清楚可以咨询客服热线。",
        "打客服热线报号码，我们 1 天内回电话说清楚。",
        "都可以。", "20 元。", "当天生效。", "3 天。",
        "不能。已经办了 500M 宽带优惠的客户，要等那个到期才能办这个。",
        "马上生效，结果另行通知您。", "扫码进 App，点“换”，查看结果。", "打客服热线，夜里也有人接。",
        "剩余几个月就补几个 10 元，比如还剩 4 个月，补 40 元。",
    ],
}  # fmt: skip
CASES = [(answer, verdict) for verdict, answers in JUDGED.items() for answer in answers]


@pytest.mark.parametrize(("answer", "verdict"), CASES)
def test_verdicts(answer: str, verdict: str | None) -> None:
    assert judge("怎么办？", answer, LEAST) == verdict


@pytest.mark.parametrize(("answer", "verdict"), CASES)
def test_blanks_around_an_answer_do_not_matter(answer: str, verdict: str | None) -> None:
    assert judge("怎么办？", f" \n{answer}\n ", LEAST) == verdict


def test_the_question_said_again_is_no_answer() -> None:
    question = "已经办了别的宽带优惠还能办吗？"
    assert judge(question, "已经办了别的宽带优惠还能办吗，请咨询客服。", LEAST) == "referral"
    assert judge(question, "要等它到期才能办，到期日请咨询客服。", LEAST) is None


def unjudged(answer: str, question: str = "怎么办？") -> bool:
    """Whether the rule passes an answer unjudged: long enough, none of the trigger words, not its question again."""
    triggers = any(hit.kind == "trigger" for hit in LEXICON.find(answer))
    return bool(content(LEAST).match(answer)) and len(answer) > SHORT and not triggers and question[:-1] not in answer


PLAIN = st.text("把号码带来就能办，每月一次。三元", min_size=12, max_size=20)
SUSPECT = st.from_regex(_PLACEHOLDER.pattern) | st.from_regex(_REFERRAL.pattern)


@given(PLAIN, SUSPECT, PLAIN)
@example("每月只要", "__＿", "元，营业厅和热线都可以办")
def test_nothing_is_passed_unjudged_that_would_not_pass(before: str, suspect: str, after: str) -> None:
    for answer in (suspect, before + suspect, suspect + after, before + suspect + after):
        if answer.isascii() or not any(char in "İıſK" for char in answer):
            assert not unjudged(answer) or judge("怎么办？", answer, LEAST) is None


@given(st.text(max_size=30))
def test_any_answer_can_be_judged(answer: str) -> None:
    assert judge("怎么办？", answer, LEAST) in ("placeholder", "thin", "referral", None)
    assert not unjudged(answer) or judge("怎么办？", answer, LEAST) is None


@given(st.text("有疑问找谁？，", min_size=12, max_size=60))
def test_the_words_of_the_question_alone_are_no_answer(answer: str) -> None:
    assert judge("有疑问找谁？", answer, LEAST) is not None


@given(st.integers(0, 30), st.text("好a1，。 ", max_size=40))
def test_content_counts_letters_digits_and_chinese(least: int, text: str) -> None:
    assert bool(content(least).match(text)) == (sum(char in "好a1" for char in text) >= least)
