"""What speeds, data, ages, minutes, discounts, points and shares are about."""

from __future__ import annotations

import re

from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import EXTRA, LEAVING, RANGE, Around, Found

_OTHER_SPEED = expression(
    r"您家|你们|哪些|部分|原来|现在|目前|旧|实际|实测|测|一般|多数|通常|左右|以上|至少|上行|上传|wi-?fi|无线|手机|隔|低于|不到|[比从由]|已经"
)
_RAISED = expression(
    r"(?:[升提]级?速?到|升级?(?:成|为)?|提速(?:到|至)|提升到|变成|变为|达到?|加到|最高|高达|可达|换成|改成|是|选的?|办|装)\s*$"
)
_SPEED_AFTER = expression(
    r"\s*(?:的)?(?:家庭|极速|高速|光纤)?(?:宽带|网速|光纤|带宽|提速|升级|每月|[前头首]\s*\d|一共|是(?:上限|这条)|[:：])"
)
_DATA_AFTER = expression(r"\s*(?:的)?(?:国内|全国|通用)?(?:流量|用一天|用一个月|用到|月包|日包|包|的用|用)")
_DATA_BEFORE = expression(r"(?:加|买|含|有|每月|当天)\s*$")
_OTHER_DATA = expression(
    r"送|签到|奖|得|套餐|原来|剩|超过|超出|用完|用了|到了|共享|另|赠|额外|结转|限速|低于|照片|空间|容量|存"
)


def megas(spot: Around) -> Found:
    """Return whether a figure in megabytes is the line's speed or the data that is sold."""
    if "g" in spot.written and "gbps" not in spot.written:
        said = _DATA_AFTER.match(spot.after) or _DATA_BEFORE.search(spot.before)
        return ("data", None) if said and not _OTHER_DATA.search(spot.clause) else None
    if not 2 <= spot.figure.value <= 10_000 or _OTHER_SPEED.search(spot.clause):
        return None
    after = spot.after or spot.rest[:1]
    return ("speed", None) if _RAISED.search(spot.before) or (spot.rest and _SPEED_AFTER.match(after)) else None


_OTHER_AGE = expression(r"家长|监护|陪|孩子|宝宝|小孩|家人|父母|子女|爱心|优先|绿色通道|老人机|代办|可以请|帮忙|上门")
_AGED = expression(r"(?:满|到|至|超过|不满|未满|不到)\s*$")
_AGE_AFTER = expression(r"\s*(?:[及和或]?\s*以[上下]|到|至|的|和)")


def age(spot: Around) -> Found:
    if _OTHER_AGE.search(spot.sentence) or EXTRA.search(spot.sentence) or spot.topic not in ("", "eligibility"):
        return None
    meant = spot.topic == "eligibility" or RANGE.search(spot.written)
    return ("age", None) if meant or _AGED.search(spot.before) or _AGE_AFTER.match(spot.after) else None


_OTHER_TIME = expression(
    r"排队|等[候待]?(?!(?:多久)?才?办)|app|网上|线上|短信|到账|回电|回复|答复|电话|通话|开通|生效|提前|内收到|自助|语音|来回|公交|路"
)
_AT_COUNTER = expression(r"柜台|窗口|轮到|营业厅|当场")
_AT_MOST = expression(r"不超过|最多|最长|最慢|不用|不到")
_WITHIN = expression(r"\s*(?:以内|之内|内)")
_DONE = expression(r"办")
_EXTREME = expression(r"(?:快|慢)(?:的|点|一点)?(?:话|时候)?(?:也|就|只)?(?:要|用|有)?\s*$(?<!最慢)")
"""快的 5 分钟，慢的 10 分钟: not how long it usually takes."""
_GETS_DONE = expression(
    r"\s*(?:内|之内|以内)?[，,]?\s*(?:就|便|即)?(?:能够?|可以?|会)?(?:给您)?(?:办好|办完|办妥|办理好|办理完)(?:手续)?(?:了)?(?=[，,\s]|$)"
)
_NO_COUNTER = expression(r"手机|扫码|点|按|回复|热线|打|客户端|小程序|家里|在家|装|激活|动动")
_ANYWHERE = frozenset({"", "how_to_get", "documents", "eligibility", "price"})
"""Topics in which a time that is told without a place is also that at the counter."""


def minutes(spot: Around) -> Found:
    """Return whether a time is what the counter takes for one customer."""
    if _OTHER_TIME.search(spot.clause) or _EXTREME.search(spot.before) or spot.figure.value > _LONGEST:
        return None
    subject = "minutes_at_most" if _AT_MOST.search(spot.before) or _WITHIN.match(spot.after) else "minutes"
    if spot.topic == "handling_time":
        return subject, None
    if _OTHER_TIME.search(spot.sentence):
        return None
    if _AT_COUNTER.search(spot.sentence) and _DONE.search(spot.clause):
        return subject, None
    anywhere = spot.topic in _ANYWHERE and _GETS_DONE.match(spot.rest) and not _NO_COUNTER.search(spot.sentence)
    return ("minutes_anywhere", None) if anywhere else None


_LONGEST = 120.0
"""A figure over so many minutes is no time at the counter."""
_OTHER_DISCOUNT = expression(r"第[二2两]|另|再|别的|其[他它]|券|充")
_DISCOUNTED = expression(r"(?:打|享受?|按|原价|价|优惠|只要|低至)\s*$")


def discount(spot: Around) -> Found:
    if _OTHER_DISCOUNT.search(spot.clause):
        return None
    return ("discount", None) if _DISCOUNTED.search(spot.before) or spot.after[:1] in ("优", "购", "") else None


_POINTS_USED = expression(r"换|扣|兑")
_OTHER_POINTS = expression(r"剩|得|送|赠|每|抵|消费|积|奖|攒")


def points(spot: Around) -> Found:
    clause = spot.clause
    if spot.after.startswith("的"):
        return None
    return ("points", None) if _POINTS_USED.search(clause) and not _OTHER_POINTS.search(clause) else None


def percent(spot: Around) -> Found:
    return (
        ("charge_share", None) if LEAVING.search(spot.sentence) and re.search("补|付|收|交|违约", spot.clause) else None
    )
