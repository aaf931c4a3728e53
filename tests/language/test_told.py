"""Which facts a text tells about a phrase: a last day, an amount, how many there are, which ones."""

from __future__ import annotations

import pytest

from campaigncheck.catalogue.models import Fact
from campaigncheck.language.told import facts_told


def tells(fact: Fact, text: str) -> bool:
    """Whether a text tells a fact about the phrase that stands in square brackets in it."""
    start = text.index("[")
    end = text.index("]") - 1
    return facts_told(text.replace("[", "").replace("]", ""), [fact], start, end) == {fact}


TOLD: list[tuple[Fact, str]] = [
    ("date", "[限时]办理，9月1日至15日"), ("date", "[限时]办理，12月31日前"), ("date", "[限时]办理，截至6月30日"), ("date", "[限时]办理，到明年6月"),
    ("date", "11月11日[限时]办理"), ("date", "[限时]办理，5月1日（周六）当天"), ("date", "[限时]办理，月底停办"), ("date", "[限时]办理，30天内来办"),
    ("day", "话费[稍后]到账，5月1日起可用"), ("day", "[非工作时间]（18点到8点）请留言"), ("day", "[即将]到期，后天停"),
    ("period", "[免费]，每月一次"), ("period", "[免费]看3个月"), ("period", "满60岁的客户[免费]"), ("period", "凭教师证[免费]"),
    ("period", "第一次[免费]，以后每次10元"), ("period", "[赠送]流量已到账"),
    ("amount", "[送]雨伞，每人1把"), ("amount", "[送]10GB流量"), ("amount", "[送]鲜花一束"),
    ("amount", "先看两个月，[一分钱不花]。\n第三个月起每月15元"), ("period", "先看两个月，[一分钱不花]。\n第3个月开始每月15元"),
    ("number", "[数量有限]，一共 500 份"), ("number", "[数量有限]，前50名"), ("number", "[送完为止]，三家店一共30副"), ("number", "[数量有限]，限30人"),
    ("figure", "装机费[较高]，每次200元"), ("figure", "[等得较久]，要四十分钟"),
    ("list", "[任选]一件：雨伞、水杯"), ("list", "雨伞、水杯[任选]一件"), ("list", "[部分]小区能装，现在是东园、西园"),
    ("period", "每周三上午教手机，[免费]"), ("amount", "[送]纸巾，每人1包"), ("amount", "包年[送]一个月，12月交"),
    ("money", "手机[打折]，原价现价都写在价签上"), ("period", "金卡以上的客户[免收]补卡费"),
    ("least", "满100元减10元，[最多减]50元"), ("latest", "[约]三天，最慢五天"),
]  # fmt: skip
OPEN: list[tuple[Fact, str]] = [
    ("date", "[限时]办理，9月1日起"), ("date", "[限时]办理，5月3日扣的6元"), ("date", "[限时]办理，3天内到账"), ("date", "[限时]办理，每月1日返"),
    ("date", "[限时]办理，请到三号柜台"), ("period", "[先看后付]，请到三号窗口"), ("amount", "[送]7天会员"),
    ("date", "[限时]办理，月中停办"), ("day", "话费[稍后]到账"), ("day", "话费月中[稍后]到账"),
    ("period", "[送]话费，坏了七天内换"), ("period", "[免费]用，签24个月"), ("period", "[免费]，装好三天内答复"),
    ("amount", "每月39元。[送]会员"), ("amount", "[一分钱不花]。\n第三天起可以退"), ("amount", "第三个月起每月15元。[送]会员"),
    ("number", "恭喜您得一份，[发完即止]"), ("number", "[数量有限]，每人1份"),
    ("figure", "5G装机费[较高]，请问清"), ("figure", "第二张[不贵]"),
    ("list", "[部分]小区能装，请打热线、上App、到营业厅问"), ("latest", "[约]三天"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "text"), TOLD)
def test_it_is_told(fact: Fact, text: str) -> None:
    assert tells(fact, text)


@pytest.mark.parametrize(("fact", "text"), OPEN)
def test_it_is_left_open(fact: Fact, text: str) -> None:
    assert not tells(fact, text)
