"""Prepared answers on what nobody says (LANG002), and answers that speak of something else (FAQ002), as they are told."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from campaigncheck.engine.finding import Finding
from campaigncheck.language.traditional import SIMPLIFIED, TRADITIONAL
from campaigncheck.messages import show
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs

TEXTS = ("迎春宽带提速到 500M，每月加 20 元", "家里的线照旧用，只换一个 Wi-Fi 盒子", "师傅上门装好为止，签一次字")
SPEC = """
texts:
  - {{channel: poster, text: "{}"}}
  - {{channel: leaflet, text: "{}"}}
faq:
  - {{topic: dispute, q: 有疑问找谁？, a: "{}"}}
answers:
  - {{phrase: "{}", answer: 这一条是念给客户听的，每位客户都一样，一共 3 条。}}
"""
WIDE = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}
WRITTEN = [{}, WIDE, str.maketrans(SIMPLIFIED, TRADITIONAL)]


def found(rule: str, spec: str) -> list[Finding]:
    with TemporaryDirectory() as folder:
        return list(check_specs(Path(folder), {"a": complete(spec)}, select=(rule,)).findings)


def on_phrase(phrase: str) -> list[Finding]:
    return [item for item in found("LANG002", SPEC.format(*TEXTS, phrase)) if item.pointer == "/answers/0/phrase"]


@given(st.sampled_from(TEXTS), st.integers(0, 11), st.integers(2, 12), st.sampled_from(WRITTEN), st.booleans())
@example(TEXTS[0], 0, 12, WIDE, True)
def test_whatever_is_cut_from_a_text_stands_there(
    text: str, at: int, length: int, written: dict[int, int], upper: bool
) -> None:
    phrase = text[at : at + length].translate(written)
    assert on_phrase(phrase.upper() if upper else phrase) == []


@given(st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=8))
def test_what_stands_nowhere_is_told_without_a_cost(phrase: str) -> None:
    [item] = on_phrase(phrase)
    assert (item.severity, item.cost) == ("note", None)


def test_the_nearest_words_are_named_and_shown() -> None:
    [item] = on_phrase("师傅上门装号为止")
    assert show(item.message, "zh") == "给“师傅上门装号为止”准备了口径，可给客户看的文字里一处也没有这句话"
    assert show(item.hint, "zh") == "最接近的是“师傅上门装好为止”：写错了就改成一样的；文字已经改掉的，把这条口径拿掉。"
    assert show(item.hint, "en") == (
        "The nearest is “师傅上门装好为止”: if it is misspelt, write it the same way; if the text has gone, take the "
        "answer away."
    )
    assert [(place.place.line, show(place.message, "zh")) for place in item.related] == [(6, "最接近的文字在这里")]


def test_what_is_asked_and_what_is_told_are_named() -> None:
    spec = (
        "faq:\n"
        "  - {topic: price_after, q: 优惠期满以后多少钱？, a: 优惠期内每月 30 元，共 12 个月。}\n"
        "  - {topic: eligibility, q: 能不能给家人用？, a: 每月 20 元，从话费里扣，当天生效。}\n"
        "  - {topic: how_to_get, q: 怎么办？, a: 打开 App 搜“提速”，点两次确认就办好了。}\n"
        "  - {topic: documents, q: 到柜台去的话呢？, a: 打开 App 搜“提速”，点两次确认就办好。}\n"
    )
    astray, neither, again = found("FAQ002", spec)
    assert show(astray.message, "zh") == "答非所问：客户问的是“优惠过后多少钱”，回答讲的是“优惠期里多少钱”"
    assert show(astray.message, "en") == (
        "the customer asks what it costs afterwards; the answer tells what it costs until then"
    )
    assert show(neither.message, "zh") == "客户问能不能、会不会，回答既没说能，也没说不能，讲的是“多少钱、什么时候生效”"
    assert show(again.message, "zh") == "这段话照搬了“怎么办理”的回答，没有讲“带什么”"
    assert [place.place.line for place in again.related] == [4]
