"""Which amount a sum of money is: what one pays now, later, on leaving, in all."""

from __future__ import annotations

import re
from collections.abc import Callable

from campaigncheck.language.amounts import NUMBER, amount_of
from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import LEAVING, OR_MORE, PRICE_TOPICS, RANGE, Around, Found, Subject

_OTHER_MONEY = expression(
    r"最低|至少|保底|低消|手续费|工本费|安装|初装|调测|押金|运费|邮费|快递|滞纳|上门费|开户|充值|余额|欠费|券|红包|市价|市场价|价值|专柜|奖|保险|维修"
    r"|别的(?!优惠)|别款|其[他它]|另一|那款|可以看看|漫游费|每\s*(?:gb|g|mb|m|分钟|条|张)|超出|超过部分|套餐?外|短信费|利息|抵|折合|相当"
    r"|返|赠|送|多得|(?<!不)退|到账|首付|预存|首充|起充|话费不足|转账|现金|代金|礼包"
)
_TIER_AFTER = expression(r"\s*(?:的)?(?:[那这]一?)?(?:款|档|套餐|[2345]g|流量包?|会员|宽带|资费|话费|手机)")
_SPEND_BEFORE = expression(
    r"(?:每个?月|月均|平均)[^，。]{0,3}(?:消费|花费|话费|花)(?:在|为|满|是|不到|不足|低于|超过|达到?|不超过|大于|小于|至少)?\s*$"
)
_SPEND_USE = expression(r"每个?月(?:都|能)?用(?:满|到|超过|不到)?\s*$")
_SHORT_OF = expression(r"(?:不到|不足|低于|^含)\s*$")
_CHARGED = expression(
    r"(?:补|赔|违约金|扣回)(?:交|缴|偿|付|收|差价|回|您|给|我们|是|为)*\s*$|补几个\s*$|赔几个\s*$|(?:剩余?|余下|少用|没用满)[^，。]{0,10}(?:每个?月|几个)[^，。]{0,5}$"
    r"|每(?:少用|剩|差|提前)\s*[一1]?\s*个?月[^，。\d]{0,5}$"
)
_MONTHS_LEFT = expression(rf"(?:还剩|还有|剩下?|剩余|余下|少用|没用满?)(?:了)?\s*(?P<left>{NUMBER})\s*个月")
_PAYS = expression(
    r"^(?:您|就|只?要|需要?|得|应|还|一次性?|共|一共|总共|按约定)*(?:补|赔|付|交|扣)(?:交|缴|付|偿|您|收|清)?\s*$"
)
_TOTAL = expression(
    r"(?:一共|总共|合计|共计?|总计|加起来|算下来|合起来|(?<!不)全年)(?:都|也|就|是|要|付|收|为|扣|才|只|只要)*\s*$"
)
_DIFFERENCE = expression(r"(?:多|少|省|便宜|贵|差|减|降|涨|优惠|立减)(?:了|付|收|花|交|出|掏)?\s*$")
_BY_TIME = expression(r"每个?月|每天|比")
_RATE = expression(
    r"(?:每个?月|一个月|月费|月租|每天|一天|每日|一次性?)(?:只要|只收|仅需|[^，。\d元]{0,5})\s*$|(?:不再|才|又|只)(?:收|扣)\s*$|已经收的\s*$|第一笔\s*$|(?:会员|套餐)费\s*$"
)
_RATE_AFTER = expression(
    r"\s*(?:/|每|一)\s*(?:个?月|天|日)(?!前|内|后)|\s*(?:加|买)?\s*\d+\s*gb?(?![a-z])|收(?!据)|是这个套餐"
)
_SIZE_BEFORE = expression(r"\dgb?[，、：:]?\s*$")
_BECOMES = expression(r"(?:涨|恢复|变)(?:到|成|为|回)\s*$")
_DEPOSIT = expression(r"存(?:满|入)?\s*$")
_TIER_MEANT = expression(r"\s*(?:的)?(?:[2345]g)?(?:套餐)?\s*的?(?:[那这两]档|套餐\s*(?:[:：]|每月|[前头首从]))")
_FROM_THERE = expression(r"\s*起(?!算)")
_SPARED = expression("减半|打折|凭证明|弄丢|丢了|损坏")
_CHOSEN = expression(r"的换\s*$")
_EACH = expression(r"几个\s*$")
_BARE = expression(r"^(?:是|要|付|收|只要|只收|扣|一共|就是|交|就)?\s*$|[都也]是\s*$")
_NUMBERED = rf"(?:{NUMBER})"
_OVER = "(?:一过|过后|过了|过完|一满|满后|满了|一到|到了|届满|结束)"
"""What is said when a time is over: 六个月一过."""
_PHASE = expression(
    rf"(?P<first>(?<![提之以期年月日天])[前头首]\s*(?P<n>{_NUMBERED})\s*个?(?P<y>[月年])(?!\s*(?:的|{_OVER}))"
    rf"|(?P<half>(?<![提之以期过了])[前头]半年(?!{_OVER}))"
    rf"|优惠期(?!{_OVER}|过|完|满|到)(?:内|里|间)?|首年(?!后|{_OVER}))"
    rf"|(?P<later>(?:第\s*{_NUMBERED}\s*个?[月年]|{_NUMBERED}\s*个?[月年]|半年)\s*{_OVER}|(?:(?<![超不通用看])过了?|出了)\s*(?:[前头首]\s*)?(?:{_NUMBERED}\s*个?[月年]|半年)"
    rf"|此后|其后|往后|第\s*(?P<turn>{_NUMBERED})\s*个?(?P<ty>[月年])(?:开始|起|以?后)"
    rf"|(?P<after>{_NUMBERED})\s*个?(?P<ay>[月年])(?:以|之)?后|半年(?:以|之)?后|(?<![完好停消换办装通了满])(?:以|之)后"
    r"|到期(?!前|以前|之前|提醒)后?|期满|优惠(?:期)?(?:结束|过|完)|恢复)"
    rf"|(?P<year>次年|第\s*(?P<which>{_NUMBERED})\s*年(?!\s*的))"
    rf"|(?P<once>首月|第一个月|当月|按天)|(?P<next>接着|然后|再|接下[来去]|随后|余下|剩下|[下后]半年"
    rf"|第\s*{_NUMBERED}\s*(?:年|个月)|(?:(?<![不没未])满|后)\s*(?:{_NUMBERED}\s*个?[月年]|半年)"
    rf"|(?:{_NUMBERED}\s*个?[月年]|半年)\s*(?:[之以]?[内里外]))"
)


def money(spot: Around) -> Found:
    """Return which amount a sum of money is: what one pays now, later, on leaving, in all."""
    if not spot.figure.value:
        return None
    if _DEPOSIT.search(spot.before):
        return "deposit", None
    if _TIER_AFTER.match(spot.after):
        return (
            ("tier", None)
            if _CHOSEN.search(spot.before) or _TIER_MEANT.match(f"{spot.after}{spot.rest[len(spot.after) :][:1]}")
            else None
        )
    if _is_remaining(spot):
        return "remaining_charge", _months_left(spot)
    if _CHARGED.search(spot.before) and (spot.topic == "early_exit" or _is_left(spot)):
        return None if _SPARED.search(spot.sentence) else ("charge", None)
    if _EACH.search(spot.before):
        return "each", None
    if _OTHER_MONEY.search(spot.clause):
        return None
    if _FROM_THERE.match(spot.after):
        return None
    if RANGE.search(spot.written):
        return ("spend", None) if "每" in spot.before else None
    for subject, holds in _MONEY:
        if holds(spot):
            return subject, None
    return _price(spot)


def _is_left(spot: Around) -> bool:
    """Whether the sentence is about leaving early, and not about the rest of the time: 剩下的一年每月 45 元."""
    return LEAVING.search(spot.sentence) is not None and _BROKEN_OFF.search(spot.sentence) is not None


_BROKEN_OFF = expression("补|赔|停|退|违约|解约|没用|没满|不满|少用|取消|提前|几个|每[剩差]|差一个月|多返|中途")


def _is_spend(spot: Around) -> bool:
    if _SPEND_BEFORE.search(spot.before):
        return True
    if OR_MORE.match(spot.after):
        return _SPEND_USE.search(spot.before) is not None or spot.topic == "eligibility"
    return spot.topic in ("", "eligibility") and _SHORT_OF.search(spot.before) is not None


def _is_remaining(spot: Around) -> bool:
    left = _left(spot)
    if left is None or _RATE_AFTER.match(spot.after):
        return False
    said = spot.lead[left.end() :]
    return _PAYS.match(spot.before if len(spot.before) < len(said) else _IF_SO.sub("", said)) is not None


def _months_left(spot: Around) -> float | None:
    left = _left(spot)
    return amount_of(left["left"]) if left else None


def _left(spot: Around) -> re.Match[str] | None:
    """Return the last number of months left that the sentence tells before the figure."""
    return next(reversed(list(_MONTHS_LEFT.finditer(spot.lead))), None)


_IF_SO = expression(r"^\s*(?:的话?|时|没用|就|那)?\s*")


def _is_charge(spot: Around) -> bool:
    return spot.after.strip().startswith(("补", "赔")) and LEAVING.search(spot.sentence) is not None


_MONEY: tuple[tuple[Subject, Callable[[Around], bool]], ...] = (
    ("spend", _is_spend),
    ("charge", _is_charge),
    ("total", lambda spot: _TOTAL.search(spot.before) is not None),
    (
        "difference",
        lambda spot: _DIFFERENCE.search(spot.before) is not None and _BY_TIME.search(spot.before) is not None,
    ),
    ("later_price", lambda spot: _BECOMES.search(spot.before) is not None),
)


_ROUGHLY = expression(
    r"平均|折算|合每|相当|不到|不足|大约|大概|约|左右|换成|改成|改办|只合|原来|原先|以前|官网|单买|单订|别家|折"
)
_THAT_COSTS = expression(r"\s*的(?![钱价])")
_AT_THE_END = frozenset({"early_exit", "cancel", "dispute"})
_MADE_UP_FOR = expression("补|赔|减半|打折|多[扣收]")


def _price(spot: Around) -> Found:
    """Return which price it is, if it is one: the last word on the time before it decides."""
    rate = _RATE.search(spot.before) or _RATE_AFTER.match(spot.after) or _SIZE_BEFORE.search(spot.lead)
    if _THAT_COSTS.match(spot.after):
        return None
    if not rate and (spot.topic not in PRICE_TOPICS or not _BARE.match(spot.before) or OR_MORE.match(spot.after)):
        return None
    if _ROUGHLY.search(spot.before) or (not rate and "折" in spot.lead):
        return None
    if spot.topic in _AT_THE_END:
        return None if _MADE_UP_FOR.search(spot.lead) else ("each", None)
    phases = list(_PHASE.finditer(spot.lead))
    if any(phase["once"] for phase in phases):
        return None
    if not phases or phases[-1]["next"] or LEAVING.search(spot.before):
        return "price", None
    phase = phases[-1]
    if phase["year"]:
        return "year_price", amount_of(phase["which"]) if phase["which"] else 2.0
    if phase["first"]:
        return "first_price", _length(phase["n"], phase["y"], phase["half"])
    if phase["turn"]:
        months = _length(phase["turn"], phase["ty"], None)
        return "turn_price" if phase["ty"] == "月" else "later_price", months
    return "later_price", None


def _length(number: str | None, unit: str | None, half: str | None) -> float | None:
    if half:
        return 6.0
    value = amount_of(number) if number else None
    return None if value is None else value * (12 if unit == "年" else 1)
