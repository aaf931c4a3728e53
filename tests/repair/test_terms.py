"""Terms made plain: by the exact word, by an explanation in brackets, or under ``terms`` for the sheet."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from campaigncheck.rulekit.sample import complete
from tests.repair.repositories import mended, repaired

TERMS = yaml.safe_load((Path(__file__).parents[2] / "rules/glossary.yaml").read_text("utf-8"))["terms"]


def told(term: str) -> str:
    """What the glossary says of a term."""
    return str(TERMS[term]["explain"]).rstrip("。")


FTTR, LOW = told("FTTR"), told("低消")


def spec(body: str) -> str:
    """A spec with an id and some more."""
    return "# 说明\nid: terms # 编号\n" + dedent(body)


STYLES = [
    ("plain", "text: 装FTTR吗 # 注", f"text: 装FTTR（{FTTR}）吗 # 注"),
    ("single-quoted", "text: '装''FTTR''吗'", f"text: '装''FTTR''（{FTTR}）吗'"),
    ("double-quoted", 'text: "装\\"FTTR\\"\\n吗"', f'text: "装\\"FTTR\\"（{FTTR}）\\n吗"'),
    ("literal", "text: |\n      装FTTR吗\n\n      二", f"text: |\n      装FTTR（{FTTR}）吗\n\n      二"),
    ("folded", "text: >-\n      一\n      装低消\n      吗", f"text: >-\n      一\n      装低消（{LOW}）\n      吗"),
    ("plain on several lines", "text: 一\n      装低消\n      吗", f"text: 一\n      装低消（{LOW}）\n      吗"),
    ("anchored", "text: &a 装FTTR吗", f"text: &a 装FTTR（{FTTR}）吗"),
]


@pytest.mark.parametrize(("before", "after"), [style[1:] for style in STYLES], ids=[style[0] for style in STYLES])
def test_every_style_stays_as_it_is(before: str, after: str, tmp_path: Path) -> None:
    page = "# 说明\nid: terms # 编号\ntexts:\n  # 海报\n  - channel: poster # 一\n    {}\n# 完\n"
    assert mended(tmp_path, page.format(before)) == page.format(after)


TEXTS = [
    # Right after the first use, once in each text.
    ("低消58元，另一档低消88元", f"低消（{LOW}）58元，另一档低消88元"),
    # Behind the quotation marks that the term stands in.
    ("还有“低消”呢", f"还有“低消”（{LOW}）呢"),
    ("还有'每月低消'呢", f"还有'每月低消'（{LOW}）呢"),
    ("还有‘低消’呢", f"还有‘低消’（{LOW}）呢"),
    # A Chinese bracket needs no blank behind it.
    ("装FTTR 由师傅上门", f"装FTTR（{FTTR}）由师傅上门"),
    ("装 “FTTR” 由师傅上门", f"装 “FTTR”（{FTTR}）由师傅上门"),
    ("装FTTR 20元", f"装FTTR（{FTTR}） 20元"),
    # In the brackets that are there already.
    ("低消（58元起）看这里", f"低消（{LOW}；58元起）看这里"),
    ("“低消”(58元起)看这里", f"“低消”({LOW}；58元起)看这里"),
    # As the text writes it, folded or not; wide letters are made narrow too.
    ("装ＦＴＴＲ吗", f"装FTTR（{FTTR}）吗"),
    ("装fttr吗", f"装fttr（{FTTR}）吗"),
    # A plain word that may stand in its place does so at every use, up to where the term is explained.
    ("发SMS，SMS要钱", "发短信，短信要钱"),
    ("发SMS，SMS（手机上收到的文字）要钱", "发短信，SMS（手机上收到的文字）要钱"),
    # But not where it would be said twice, or cuts a word in two.
    ("IMSI编号请记好", f"IMSI（{told('IMSI')}）编号请记好"),
    # Two terms of one text.
    ("低消和阈值", f"低消（{LOW}）和阈值（{told('阈值')}）"),
    # Nothing to do: explained, a name on a screen, a known longer word.
    ("低消（每月至少要付的钱）58元", "低消（每月至少要付的钱）58元"),
    ("打开App点“套外”", "打开App点“套外”"),
    ("最低消费58元", "最低消费58元"),
    # Only the ends of other words.
    ("通通话单", "通通话单"),
    ("每年月月返还话费", "每年月月返还话费"),
]


@pytest.mark.parametrize(("before", "after"), TEXTS, ids=[before for before, _ in TEXTS])
def test_a_text_explains_its_terms(before: str, after: str, tmp_path: Path) -> None:
    page = "id: terms\ntexts:\n  - {{channel: poster, text: {}}}\n"
    assert mended(tmp_path, page.format(before)) == page.format(after)


LEFT = [
    ("看话单子", 2, "“话单”也可能只是前后两个词碰在一起，要人看一看"),
    ("家里光猫咪", 3, "“光猫”也可能只是前后两个词碰在一起，要人看一看"),
    ("看看资费再说", 3, "“资费”平常也这么说，是不是业务词要人判断"),
    ("低消58元；低消（每月至少要付的钱）另算", 1, "“低消”在后面才解释，要把解释挪到前面来"),
    ("好多钱（低消58元）", 5, "“低消”在括号里，括号里不再套括号"),
    ("低消【58元】起", 1, "“低消”后面没法再用括号加解释"),
    (f"低消（{'5' * 77}元）起", 1, "“低消”后面没法再用括号加解释"),
]


@pytest.mark.parametrize(("text", "column", "why"), LEFT, ids=[text[:12] for text, _, _ in LEFT])
def test_what_is_left_says_why(text: str, column: int, why: str, tmp_path: Path) -> None:
    page = f"id: terms\ntexts:\n  - {{channel: poster, text: {text}}}\n"
    assert mended(tmp_path, page, f"x.yaml:3:{28 + column} LANG001 没有自动改：{why}") == page


def test_an_explanation_that_says_nothing_is_left_and_says_why(tmp_path: Path) -> None:
    page = "id: terms\nterms: {低消: 低消}\n"
    why = "x.yaml:2:13 LANG001 没有自动改：“低消”已经有一句解释，要人来改"
    assert mended(tmp_path, page, why) == page


def test_what_is_left_is_told_beside_what_is_repaired(tmp_path: Path) -> None:
    page = "id: terms\ntexts:\n  - {{channel: poster, text: {}}}\n  - {{channel: poster, text: 看话单子}}\n"
    why = "x.yaml:4:30 LANG001 没有自动改：“话单”也可能只是前后两个词碰在一起，要人看一看"
    assert mended(tmp_path, page.format("装FTTR吗"), why) == page.format(f"装FTTR（{FTTR}）吗")


def test_a_long_explanation_gives_way_to_the_plain_words(tmp_path: Path) -> None:
    long = "您在家里用的每一样东西都能同时上网而且互相一点也不耽误还可以一起看电视听音乐玩游戏"
    page = "id: terms\ntexts:\n  - {{channel: poster, text: {}{}都装上}}\n"
    assert mended(tmp_path, page.format(long, "FTTR")) == page.format(long, f"FTTR（{TERMS['FTTR']['plain']}）")


def test_the_sheet_explains_under_terms(tmp_path: Path) -> None:
    before = complete(
        spec("""\
        title: 低消活动
        faq:
          - {topic: price, q: 低消多少？, a: 58元。} # 一
          - {topic: dispute, q: 不同意怎么办？, a: 打热线，IMSI也请报一下。}
        """)
    )
    repair = repaired(tmp_path, {"x": before})
    assert repair.refused == ()
    assert repair.mended[0].after == before.replace("IMSI", "手机卡的编号") + f"terms: {{低消: {LOW}}}\n"


def test_terms_that_are_there_grow(tmp_path: Path) -> None:
    before = """\
        terms:
          # 网络
          光猫: 家里接光纤的小盒子 # 一
        answers:
          - {phrase: 含FTTR, answer: 装一套fttr不另外收钱。}
    """
    after = before.replace("# 一\n", f"# 一\n          FTTR: {FTTR}\n")
    assert mended(tmp_path, spec(before)) == spec(after)


def test_what_customers_say_is_not_replaced(tmp_path: Path) -> None:
    before = """\
        terms: {光猫: 家里接光纤的小盒子}
        faq:
          - {topic: price, q: 发SMS收钱吗？, a: 发一条SMS收一毛钱，月底一起算。}
    """
    assert mended(tmp_path, spec(before)) == spec(before.replace("盒子}", f"盒子, SMS: {told('SMS')}}}"))
