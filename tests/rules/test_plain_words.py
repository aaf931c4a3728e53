"""What LANG004 and FAQ004 say: everything that is wrong, the plain words, and the other question."""

from __future__ import annotations

from pathlib import Path

from campaigncheck.engine.finding import Finding
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs


def only(folder: Path, rule: str, spec: str) -> Finding:
    """The only finding of a rule in a spec."""
    (finding,) = check_specs(folder, {"x": complete(spec)}, select=(rule,)).findings
    return finding


def test_all_that_is_wrong_with_a_sentence_is_named_once(tmp_path: Path) -> None:
    finding = only(
        tmp_path,
        "LANG004",
        "texts:\n  - {channel: app, text: 兹有活动（老客户（满一年）），敬请参加，特此通知，敬请转告。}\n",
    )
    assert finding.message.render("zh") == "这句话不好读：括号里又套括号、公文腔“兹有”、“敬请”、“特此”"
    assert finding.message.render("en") == "hard to read: brackets within brackets, officialese: “兹有”, “敬请”, “特此”"
    assert finding.hint.render("zh") == (
        "里层括号里的话单独写一句。换成平常说的话：“兹有”改成“有”、“敬请”改成“请”、“特此”可以不说。"
    )
    assert finding.hint.render("en") == (
        "Give the inner brackets a sentence of their own. "
        "Say it in everyday words: “有” for “兹有”, “请” for “敬请”, “特此” can go."
    )
    assert (finding.place.column, finding.place.end_column) == (30, 40)


def test_advice_stands_where_no_word_does(tmp_path: Path) -> None:
    finding = only(tmp_path, "LANG004", "texts:\n  - {channel: app, text: 请到柜台进行业务办理。}\n")
    assert finding.hint.render("zh") == "换成平常说的话：“进行业务办理”直接说“办理”。"


FAQ = """faq:
  - {{topic: price, q: 每月加多少钱？, a: {first}}}
  - {{topic: cancel, q: 怎么取消？, a: 在 App 里点“取消”，当月底停。}}
  - {{topic: price, q: 一个月加多少费用？, a: {second}}}
"""


def test_a_question_asked_twice_names_the_first(tmp_path: Path) -> None:
    spec = FAQ.format(first="每月加 20 元，从话费里扣。", second="从话费里扣，每月加二十元。")
    finding = only(tmp_path, "FAQ004", spec)
    assert finding.message.render("zh") == "和第 1 个问题“每月加多少钱？”问的是一回事"
    assert finding.message.render("en") == "asks the same as question 1, “每月加多少钱？”"
    assert "“每月加多少钱？”" in finding.hint.render("zh")
    ((place, related),) = [(item.place, item.message.render("zh")) for item in finding.related]
    assert (place.line, place.column, related) == (2, 23, "先问的是这一个")


def test_different_answers_are_quoted(tmp_path: Path) -> None:
    spec = FAQ.format(first="要加钱。每月加 20 元，从话费里扣。", second="每月加 25 元，从话费里扣。当月生效。")
    finding = only(tmp_path, "FAQ004", spec)
    assert finding.message.render("zh") == (
        "和第 1 个问题“每月加多少钱？”问的是一回事，答的却不一样：这里说“每月加 25 元，从话费里扣”，那里说“每月加 20 元，从话费里扣”"
    )
    assert finding.hint.render("zh").startswith("先查清哪个答得对")
    assert finding.message.render("en").endswith(
        "but is answered differently: “每月加 25 元，从话费里扣” here, “每月加 20 元，从话费里扣” there"
    )


def test_a_long_sentence_is_quoted_around_what_differs(tmp_path: Path) -> None:
    long = "从话费里扣" * 12
    spec = FAQ.format(first=f"{long}，每月加 20 元", second=f"{long}，每月加 25 元")
    message = only(tmp_path, "FAQ004", spec).message.render("zh")
    assert "25 元”" in message
    assert long not in message
