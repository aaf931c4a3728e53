"""Superlatives that are ordinary speech, and those that praise."""

from __future__ import annotations

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.language.lexicon import Lexicon
from campaigncheck.language.ordinary import is_ordinary, is_settled, names_a_place

CATALOGUES = load_catalogues(RuleFiles.at(None))
LEXICON = Lexicon(CATALOGUES.glossary, CATALOGUES.wording)


def praises(text: str) -> list[str]:
    """The forbidden wording of a text that praises."""
    return [
        text[hit.start : hit.end]
        for hit in LEXICON.find(text)
        if hit.kind == "forbidden" and not is_ordinary(text, hit.start, hit.end)
    ]


ORDINARY = [
    "最划算的办法是一家人一起办", "速度最快的时候是早上", "我们最大限度减少您的等待", "优惠最大限度是 20 元", "请您首选电子渠道",
    "人多时首选在 App 上办", "您可以首选短信办理", "最快的办法是打开 App", "办得最快的是 App", "最省钱的用法是先用套餐里的流量",
    "哪种套餐最划算，看您每月用多少", "怎样办最省钱？", "几款里最便宜的是 19 元", "信号最好的地方是窗边", "路由器放在客厅中间网速最快",
    "离路由器近的地方信号最强", "接网线看直播最流畅", "晚上人少的时候网速最快", "最大的优惠额度为 100 元", "不一定是最便宜的",
    "我们不保证网速最快", "最安全的做法是不告诉别人验证码", "最好的办法是先打电话问", "其中价格最低的一档每月 19 元",
    "最低价的一档是 19 元", "三档里最快的是千兆", "第一个月免费，最低消费 58 元，最多办 2 次，网速最高 300M",
    "自称客服、说您100%中奖的，不要轻信", "别家说他们网速全国最快，您可以自己测", "世界最高的山有多高？",
    "唯一要准备的是身份证", "不敢跟您保证百分之百修好", "没有哪家能说永远不断网", "您说的“全国第一”我查不到出处", "您要最便宜的那档？19元",
    "最耐用的办法是套个壳",
    "网速最快能到 500M，一般在 450M 以上", "路由器放客厅中间、高一点的地方，信号最好",
]  # fmt: skip
PRAISE = [
    ("我们的网速度最快", "速度最快"), ("全家首选", "全家首选"), ("老人用卡的首选。", "首选"), ("首选我们的宽带", "首选"),
    ("全国所有套餐里最便宜", "最便宜"), ("最划算的套餐", "最划算"), ("全家用最划算。", "最划算"), ("用最好的网络", "最好的"),
    ("最快的宽带", "最快的宽带"), ("优惠最大的一次", "优惠最大"), ("今年最大优惠就在今天", "最大优惠"), ("最安全的支付", "最安全"),
    ("最稳定的宽带", "最稳定"), ("今天办是最低价", "最低价"), ("行业里最便宜的一款", "最便宜"), ("全家最 佳选择", "最 佳"),
    ("全家最\u200b佳选择", "最\u200b佳"), ("国 家 级线路", "国 家 级"), ("校园卡ＮＯ．１", "ＮＯ．１"),
    ("全城第一的宽带", "全城第一"), ("唯一不断线的卡", "唯一"), ("问：信号好吗？答：全城最好", "全城最好"),
    ("在网上办，价格全网最低", "全网最低"), ("不卡，百分百满意", "百分百"), ("唯一的千兆", "唯一"), ("没有哪家的宽带更快", "没有哪家"),
    ("朋友一起办，绝不骗您，顶级线路", "顶级"),
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_speech_praises_nothing(text: str) -> None:
    assert praises(text) == []


@pytest.mark.parametrize(("text", "word"), PRAISE)
def test_praise_is_found(text: str, word: str) -> None:
    assert praises(text) == [word]


@pytest.mark.parametrize(("text", "word"), PRAISE)
def test_ordinary_speech_beside_it_excuses_no_praise(text: str, word: str) -> None:
    assert praises(f"最划算的办法是早办，{text}") == [word]


FIRES = [(name, entry.fires) for name, entry in CATALOGUES.wording.forbidden.items()]


@pytest.mark.parametrize(("name", "text"), FIRES)
def test_no_sample_of_forbidden_wording_is_ordinary(name: str, text: str) -> None:
    assert praises(text), name


@pytest.mark.parametrize(
    ("text", "word"),
    [("您的减免申请没有通过", "减免"), ("您上次的好礼已经寄出", "好礼"), ("系统多送的流量今天收回", "送"), ("领券的客户请排队", "券"),
     ("原定5月1日的抽奖", "抽奖"),
     ("抽奖改到5月3日", "抽奖"), ("您问的买一送一，上个月就结束了", "买一送一"), ("我们没有送手机的活动", "送手机"),
     ("冒充客服说“返话费”的，请挂断", "返话费"), ("您上次参加的存话费送手机还有4个月", "存话费送"), ("免费的是第一个月", "免费")],
)  # fmt: skip
def test_what_somebody_has_or_asked_for_is_no_promise(text: str, word: str) -> None:
    at = text.index(word)
    assert is_settled(text, at, at + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [("送的话费天天有", "送"), ("好礼活动结束后不补", "好礼"), ("好礼等您来", "好礼"), ("减免月租", "减免")],
)
def test_a_promise_is_not_settled(text: str, word: str) -> None:
    at = text.index(word)
    assert not is_settled(text, at, at + len(word))


@pytest.mark.parametrize(("text", "named"), [("福利路营业厅", True), ("福利街3号", True), ("福利路线图", False)])
def test_roads_are_names(text: str, named: bool) -> None:
    assert names_a_place(text, 2) is named
