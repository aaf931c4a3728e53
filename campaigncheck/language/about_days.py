"""Whether a day or a month is the campaign's first or last."""

from __future__ import annotations

from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import PAY_WORDS, Around, Found

_OTHER_DAYS = expression(
    r"领|兑|到账|返还|营业(?!厅)|放假|春节|国庆|五一|元旦|中秋|假期|休息|维护|升级|割接|停机|发货|寄|直播|抽奖|开奖|公布|作废|过期|清零|失效|改为|调整|恢复|约定到|合约到|试用|缴|交清"
    r"|券|流量|积分|有效期|生日|出生|之前入网|入网|截图|发票|结算|出账|账期|补|退|换货|生效|施工|上门|装机|使用|用到"
)
_TAKES_PLACE = expression(r"活动|优惠|办|参加|报名|回复|截止|结束|为止|截至|开始|上线|开通|购买|点|订|换|买")
_UP_TO = expression(r"^\s*(?:\([^)]{1,4}\))?\s*(?:[-~～—–至到]{1,2})\s*(?:(?:20\d\d\s*年\s*)?\d{1,2}\s*月|20\d\d[-/.])")
_ENDS_RANGE = expression(r"(?:日|号|\d)\s*(?:[-~～—–至到]{1,2})\s*$")
_LAST_AFTER = expression(r"\s*(?:\(含当天\))?\s*(?:以?前|之前|截止|结束|为止|止)")
_LAST_BEFORE = expression(r"(?:截止到?|截至|结束于|到|至)\s*$")
_FIRST_AFTER = expression(r"\s*(?:开始|起|上线|启动)")


_CHARGED_THEN = expression(
    r"\s*(?:以?前|之前)?(?:都|也|您|还|一直|就|才)*(?:是|算)?(?:免费|不收|不扣|不要钱|停|取消|关)"
)
"""When one customer's free months end is not when the campaign ends."""
_FREE_UNTIL = expression(r"(?:免费|不收钱?|不要钱|试用|试看)[^，。]{0,4}到\s*$")
_OF_ONE_CUSTOMER = frozenset({"free_end", "price_after", "cancel", "early_exit", "dispute"})
"""Topics in which days are those of one customer, unless the campaign itself is spoken of."""
_EARLY = expression(r"送|赠|早鸟|额外|另外|首批")
_YEAR = expression(r"20\d\d")
_MONTH_ENDS = expression(r"\s*(?:底|末)?\s*(?:以?前|之前|截止|结束|为止|止)")


def day(spot: Around) -> Found:
    """Return whether a day is the campaign's first or last; beside it the year, if it is said."""
    if _OTHER_DAYS.search(spot.sentence) or _FREE_UNTIL.search(spot.before):
        return None
    if spot.topic in _OF_ONE_CUSTOMER and "活动" not in spot.sentence:
        return None
    said = _YEAR.match(spot.written)
    year = float(said[0]) if said else None
    if _ENDS_RANGE.search(spot.lead):
        return "last_day", year
    if _UP_TO.match(spot.rest):
        return "first_day", year
    if not _TAKES_PLACE.search(spot.sentence):
        return None
    if _CHARGED_THEN.match(spot.after) or (_FIRST_AFTER.match(spot.after) and PAY_WORDS.search(spot.after)):
        return None
    if _FIRST_AFTER.match(spot.after):
        return "first_day", year
    if _LAST_AFTER.match(spot.after) or _LAST_BEFORE.search(spot.before):
        return "deadline" if _EARLY.search(spot.sentence) else "last_day", year
    return None


def month(spot: Around) -> Found:
    """Return whether a month is the one in which the campaign ends: 到 3 月底结束."""
    if spot.written.rstrip()[-1:] not in ("月", "份") or _OTHER_DAYS.search(spot.sentence):
        return None
    ends = _MONTH_ENDS.match(spot.after) and _TAKES_PLACE.search(spot.sentence)
    return ("last_month", None) if ends else None
