"""Texts that nobody writes: all rules together read them in a time that grows with their length, and no rule crashes."""

from __future__ import annotations

import json
import time

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete
from tests.support.checking import TODAY, knowledge

LONG = 4_800
FOURTH = LONG // 4
PIECES = [
    *"一aA90不，。（“元月年第免最即每送满到是的或半x-.1!?？#%¥、《》【】{}\"'\n您",
    "\U0001f600", "e\u0301", "\u0301", "\u202e", "\u202e客户\u202c", "\u200d", "\u200b", "１", "ＦＴＴＲ", "繁體",
    "免费", "赠送", "最高", "最低", "全网最低", "第一", "终端", "在网", "FTTR", "FTTR（", "FTTR也就是", "（也就是", "个月", "每月",
    "20元", "1元,", "前1个月", "10到", "1-", "1.", "1,", "百分之", "半年", "能不能", "不不", "如果", "除非", "的话", "或者", "以上",
    "{{", "{{ a }}", "<b>", "&amp;", "=1+1", "%s%n", "(a+)+$", "*a", "\\u0000",
]  # fmt: skip


def examined(piece: str, length: int) -> tuple[Examined, float]:
    """A campaign whose texts and answers are all one piece again and again, and how long it took."""
    text = json.dumps((piece * length)[:length], ensure_ascii=False)
    spec = complete(
        "id: odd\ntitle: 奇怪的字\nstage: testing\n"
        "texts: [{channel: poster, text: SAID}]\nanswers: [{phrase: 提速, answer: SAID}]\n"
        "faq: [{topic: price, q: 多少钱？, a: SAID}, {topic: cancel, q: 怎么退？, a: SAID}]\n"
    ).replace("SAID", text)
    begin = time.process_time()
    return examiner().examine_text(SpecFile("odd.yaml", "odd.yaml", True), spec), time.process_time() - begin


def examiner() -> Examiner:
    return knowledge(RuleFiles.at(None)).examiner(Selection(), TODAY.toordinal())


@pytest.mark.parametrize("piece", PIECES)
def test_the_time_grows_with_the_length_and_no_rule_crashes(piece: str) -> None:
    item, _ = examined(piece, LONG)
    assert item.crashes == ()
    assert item.unreadable is None
    assert not any(found.rule == "SPEC002" for found in item.located)
    growth = min(examined(piece, LONG)[1] / max(examined(piece, FOURTH)[1], 0.004) for _ in range(4))
    assert growth < 10  # 4 times the text; what grows with its square takes 16 times as long


# --- figures that all disagree ---------------------------------------------------------------------------------------

FIGURES = [
    "每月30元…", "第1个月起每月1元，…", "1元加…", "1元", "一共7元，多8元，", "还剩9个月补61元，", "一共90户，", "视频会员每月9元、", "回复SPTX，",
    "9月9日起", "满9岁，", "要用满9个月，", "第9年每月9元，", "9折，", "9分钟办好，",
]  # fmt: skip


def examined_figures(piece: str, length: int) -> tuple[Examined, float]:
    """A campaign with texts that are all one piece again and again, and how long it took."""
    said = [{"channel": "poster", "text": f"{number}，{piece * length}"[:length]} for number in range(3)]
    spec = complete(
        "id: odd\naudience: [{age: '>=60', tenure_months: '>=12', monthly_spend: 58..128}]\n"
        "offers:\n"
        "  - {id: film, name: 视频会员, product: vas.video, kind: trial, price: {amount: 15}, free_months: 2, quota: 500, opt_in_code: SPTY}\n"
        "  - {id: ring, name: 彩铃, product: vas.ringback, kind: contract, price: {amount: 5, for_months: 12, then: 8},\n"
        "     contract_months: 24, early_exit: 剩几个月就补几个 5 元, quota: 800}\n"
        f"texts: {json.dumps(said, ensure_ascii=False)}\n"
    )
    begin = time.process_time()
    return examiner().examine_text(SpecFile("odd.yaml", "odd.yaml", True), spec), time.process_time() - begin


@pytest.mark.parametrize("piece", FIGURES)
def test_a_spec_full_of_figures_takes_no_longer_than_its_length(piece: str) -> None:
    item, _ = examined_figures(piece, LONG)
    assert item.crashes == ()
    assert not any(found.rule == "SPEC002" for found in item.located)
    tries = (examined_figures(piece, LONG)[1] / max(examined_figures(piece, FOURTH)[1], 0.004) for _ in range(4))
    assert any(growth < 10 for growth in tries)
