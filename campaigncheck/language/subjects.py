"""What the figures of a text are about: the price, the months it holds, the last day, the speed.

A figure has a subject only where its unit and the words around it leave no doubt. What is said of other things (a
deposit, another plan, when somebody calls back) has none: who is told that a right figure is wrong stops believing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.amounts import NUMBER, Figure, Stated, amount_of, figures_in
from campaigncheck.language.expressions import expression

Subject = str
"""One of the names below; the rule that compares knows what a spec says of each.

price, first_price, turn_price, later_price, year_price, deposit, total, difference, remaining_charge, charge, each, tier, spend –
yuan;
first_months, later_months, free_months, contract_months, obliged_months, used_months, run_months, turn, free_turn, turn_year, tenure –
months;
first_day, last_day, deadline, last_month – of the calendar; speed, data, quota, age, minutes, minutes_at_most, discount, points, charge_share.
"""


class Told(NamedTuple):
    """A figure at ``text[start:end]`` and what it is about.

    ``beside`` is the figure that decides which value is meant: the months left of a remaining charge, the months
    after which a later price holds, the year of a day. ``other`` is the second end of a range. ``clause`` is what the
    clause says before the figure, ``open_end`` whether it says 以上 or 以下 after it.
    """

    subject: Subject
    figure: Figure
    start: int
    end: int
    clause: str = ""
    beside: float | None = None
    other: float | None = None
    open_end: bool = False


class Around(NamedTuple):
    """A figure and the words around it: in its clause (``before``, ``after``) and its sentence (``lead``, ``rest``)."""

    figure: Figure
    before: str
    after: str
    lead: str
    rest: str
    topic: str
    written: str

    @property
    def clause(self) -> str:
        """The clause without the figure."""
        return f"{self.before}|{self.after}"

    @property
    def sentence(self) -> str:
        """The sentence without the figure."""
        return f"{self.lead}|{self.rest}"


_STOP = expression(r"[。！？；;!?\n]")
_BREAK = expression(r"[，。；！？,;!?：:\n（）()]")
_REACH = 80
"""How many characters of its sentence are looked at on either side of a figure."""


def told(text: str, topic: str = "") -> Iterator[Told]:
    """Yield the figures of a folded text that are about something, in order.

    Args:
        text: the text.
        topic: the FAQ topic that it answers; empty elsewhere.
    """
    stated = [one for one in figures_in(text, examples=True) if one.figure.unit in _READERS]
    for number, one in enumerate(stated):
        spot = _around(text, one, topic)
        found = _read(spot)
        if found is not None:
            ends = [other.figure.value for other in stated[max(0, number - 1) : number + 2] if _same_range(other, one)]
            open_end = _OR_MORE.match(spot.after) is not None
            yield Told(found[0], *one, spot.before, found[1], ends[0] if ends else None, open_end)
    yield from _counts(text, topic)


def _same_range(other: Stated, one: Stated) -> bool:
    """Whether two figures are the ends of one range: 3 到 4 分钟."""
    return other is not one and (other.start, other.end, other.figure.unit) == (one.start, one.end, one.figure.unit)


def _around(text: str, one: Stated, topic: str) -> Around:
    low, high = max(0, one.start - _REACH), one.end + _REACH
    lead = _STOP.split(text[low : one.start])[-1]
    rest = _STOP.split(text[one.end : high], maxsplit=1)[0]
    before, after = _BREAK.split(lead)[-1], _BREAK.split(rest, maxsplit=1)[0]
    return Around(one.figure, before, after, lead, rest, topic, text[one.start : one.end])


Found = tuple[Subject, float | None] | None


@lru_cache(maxsize=1 << 12)
def _read(spot: Around) -> Found:
    """Return what a figure is about; texts say the same things again and again."""
    return _READERS[spot.figure.unit](spot)


# --- money -----------------------------------------------------------------------------------------------------------

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
_OR_MORE = expression(r"\s*(?:的|[及和或]?\s*(?:含)?以[上下]|或更多|或以上)")
_CHARGED = expression(
    r"(?:补|赔|违约金|扣回)(?:交|缴|偿|付|收|差价|回|您|给|我们|是|为)*\s*$|补几个\s*$|赔几个\s*$|(?:剩余?|余下|少用|没用满)[^，。]{0,10}(?:每个?月|几个)[^，。]{0,5}$"
    r"|每(?:少用|剩|差|提前)\s*[一1]?\s*个?月[^，。\d]{0,5}$"
)
_LEAVING = expression(r"剩|几个|差一个月|每差|多返|余下|少用|没用满|没满|提前|违约|解约|中途")
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
_RANGE = expression(r"\d\s*[-~～—–至到]\s*\d")
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


def _money(spot: Around) -> Found:
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
    if _RANGE.search(spot.written):
        return ("spend", None) if "每" in spot.before else None
    for subject, holds in _MONEY:
        if holds(spot):
            return subject, None
    return _price(spot)


def _is_left(spot: Around) -> bool:
    """Whether the sentence is about leaving early, and not about the rest of the time: 剩下的一年每月 45 元."""
    return _LEAVING.search(spot.sentence) is not None and _BROKEN_OFF.search(spot.sentence) is not None


_BROKEN_OFF = expression("补|赔|停|退|违约|解约|没用|没满|不满|少用|取消|提前|几个|每[剩差]|差一个月|多返|中途")


def _is_spend(spot: Around) -> bool:
    if _SPEND_BEFORE.search(spot.before):
        return True
    if _OR_MORE.match(spot.after):
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
    return spot.after.strip().startswith(("补", "赔")) and _LEAVING.search(spot.sentence) is not None


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
_PRICE_TOPICS = frozenset({"price", "price_after", "free_end"})


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
    if not rate and (spot.topic not in _PRICE_TOPICS or not _BARE.match(spot.before) or _OR_MORE.match(spot.after)):
        return None
    if _ROUGHLY.search(spot.before) or (not rate and "折" in spot.lead):
        return None
    if spot.topic in _AT_THE_END:
        return None if _MADE_UP_FOR.search(spot.lead) else ("each", None)
    phases = list(_PHASE.finditer(spot.lead))
    if any(phase["once"] for phase in phases):
        return None
    if not phases or phases[-1]["next"] or _LEAVING.search(spot.before):
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


# --- months ----------------------------------------------------------------------------------------------------------

_TENURE = expression(r"号码|号龄|入网|在网|网龄|成为|老客户|注册|用我们|用了我们|客户")
_REACHES = expression(r"(?:满|不到|不足|超过|不满|未满|不少于|至少|达到?)\s*$")
_OR_LONGER = expression(r"\s*[及和或]?\s*以[上下]")
_CONTRACT = expression(r"约定|合约|协议|承诺|签约")
_SIGNED = expression(r"(?:签|签下|签了|签的是)\s*$")
_OBLIGED = expression(r"(?<![只不])(?:要|需要?|得|必须|应当?)(?:连续|至少|一直)?用(?:满|够|足)\s*$")
_ENOUGH = expression(r"\s*(?:即可|就行|就可以|就够)(?:了)?$")
_RUNS = expression(r"(?:^|[，月元都能您])(?:享受?|可享)?优惠期?(?:为|是|共|长达|持续)?\s*$")
_NOT_RUN = expression(r"\s*(?:一次|[内里以之]|的|[前后]|到期)")
_USED_UP = expression(r"(?:用|没|未|不|续|算|套餐|[2345]g|^)\s*满\s*$")
_FREE_AFTER = expression(r"\s*(?:里|内|都)?\s*(?:免费|不收|不要钱|不花钱|不用付|0\s*元|免月)")
_FREE_BEFORE = expression(r"(?:免费|试用|试看|试听|先试|白用|不收钱)(?:期|满|用|看)?\s*$")
_FIRST = expression(r"(?<![提之以期到月年日天])[前头首]\s*$")
_LATER_AFTER = expression(r"\s*(?:以|之)?后|\s*(?:到了|过了|过后|到期)")
_KEEPS = expression(
    r"保留|留|存|删|再办|再来|重新|解冻|解绑|取消后|停机|查|寄|回|领|作废|有效|过期|发票|记录|详单|清单"
)
_PAY_WORDS = expression(r"每个?月|元|收|付|价|恢复|涨|扣|自动")
_NUMBER = expression("号码|号龄|入网|在网|网龄")
_CUSTOMERS_AFTER = expression(r"\s*的[^，。]{0,6}(?:客户|用户|号码)")
_PAID_AHEAD = expression("预存|押金|靓号")
_RUN = expression(r"(?:用|加|付|扣|返满?|到账|优惠|享受?|接着|分)(?:足|到)?\s*$")
_SPENT = expression(r"(?:剩下?|剩余|余下|还有|(?<!码)用了|少用|返了|付了|交了|没用)\s*$")
_TURNS = expression(r"\s*(?:开始|起|以后|之后|后|之前)")
_FROM = expression(r"(?:从|自|到|打)\s*$")


def _months(spot: Around) -> Found:
    """Return which length of time a number of months or years is."""
    before, after = spot.before, spot.after
    if _SPENT.search(before) or before.endswith(("每", "近", "隔", "这")):
        return None
    years = "年" in spot.written
    if _FREE_BEFORE.search(before) or (_FREE_AFTER.match(after) and not _KEEPS.search(spot.clause)):
        return "free_months", None
    if _FIRST.search(before):
        return None if years and _TOTAL_AFTER.match(after) else ("first_months", None)
    if _CONTRACT.search(before) or _SIGNED.search(before) or after.startswith(("合约", "约定", "协议", "的合约")):
        return "contract_months", None
    if (
        (_REACHES.search(before) or _OR_LONGER.match(after))
        and _TENURE.search(before)
        and ("用满" not in _tail(before) or _NUMBER.search(before))
    ):
        return None if _EXTRA.search(spot.sentence) else ("tenure", None)
    if _LATER_AFTER.match(after) and not _KEEPS.search(spot.clause):
        said = _PAY_WORDS.search(spot.rest) or spot.topic in _PRICE_TOPICS
        return ("later_months", None) if said else None
    if (_OBLIGED.search(before) and not _CUSTOMERS_AFTER.match(after) and spot.topic != "eligibility") or (
        _USED_UP.search(before) and _ENOUGH.match(after)
    ):
        return "obliged_months", None
    if _RUNS.search(before) and not _NOT_RUN.match(after):
        return "first_months", None
    if _USED_UP.search(before):
        return "tenure" if _CUSTOMERS_AFTER.match(after) else "used_months", None
    if _TOTAL_AFTER.match(after):
        return None if years else ("run_months", None)
    if _RUN.search(before) and _PAY_WORDS.search(spot.sentence) and spot.figure.value > 1:
        other = _KEEPS.search(spot.clause) or _PAID_AHEAD.search(spot.sentence) or after.startswith(("的", "后"))
        return None if other else ("run_months", None)
    return None


_TOTAL_AFTER = expression(r"\s*(?:加起来|一共|总共|合计|共)")


def _tail(before: str) -> str:
    return before[-3:]


def _turn(spot: Around) -> Found:
    """Return the month from which something else holds: 从第 13 个月开始."""
    if _KEEPS.search(spot.clause):
        return None
    if _FREE_AFTER.match(spot.after) or spot.after.strip().startswith("收 0 元"):
        return "free_turn", None
    if _TURNS.match(spot.after) or (_FROM.search(spot.before[:-1]) and _PAY_WORDS.search(spot.sentence)):
        return "turn", None
    return None


def _turn_year(spot: Around) -> Found:
    return ("turn_year", None) if _TURNS.match(spot.after) and _PAY_WORDS.search(spot.rest) else None


# --- days of the calendar --------------------------------------------------------------------------------------------

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


def _day(spot: Around) -> Found:
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
    if _CHARGED_THEN.match(spot.after) or (_FIRST_AFTER.match(spot.after) and _PAY_WORDS.search(spot.after)):
        return None
    if _FIRST_AFTER.match(spot.after):
        return "first_day", year
    if _LAST_AFTER.match(spot.after) or _LAST_BEFORE.search(spot.before):
        return "deadline" if _EARLY.search(spot.sentence) else "last_day", year
    return None


def _month(spot: Around) -> Found:
    """Return whether a month is the one in which the campaign ends: 到 3 月底结束."""
    if spot.written.rstrip()[-1:] not in ("月", "份") or _OTHER_DAYS.search(spot.sentence):
        return None
    ends = _MONTH_ENDS.match(spot.after) and _TAKES_PLACE.search(spot.sentence)
    return ("last_month", None) if ends else None


# --- speed and data --------------------------------------------------------------------------------------------------

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


def _megas(spot: Around) -> Found:
    """Return whether a figure in megabytes is the line's speed or the data that is sold."""
    if "g" in spot.written and "gbps" not in spot.written:
        said = _DATA_AFTER.match(spot.after) or _DATA_BEFORE.search(spot.before)
        return ("data", None) if said and not _OTHER_DATA.search(spot.clause) else None
    if not 2 <= spot.figure.value <= 10_000 or _OTHER_SPEED.search(spot.clause):
        return None
    after = spot.after or spot.rest[:1]
    return ("speed", None) if _RAISED.search(spot.before) or (spot.rest and _SPEED_AFTER.match(after)) else None


# --- others ----------------------------------------------------------------------------------------------------------

_EXTRA = expression(r"另|再[送减加少]|多送|额外|还能|签到|减|少付|翻倍|更优|礼")
"""What some customers have beside: their limits are not those of the offer."""
_OTHER_AGE = expression(r"家长|监护|陪|孩子|宝宝|小孩|家人|父母|子女|爱心|优先|绿色通道|老人机|代办|可以请|帮忙|上门")
_AGED = expression(r"(?:满|到|至|超过|不满|未满|不到)\s*$")
_AGE_AFTER = expression(r"\s*(?:[及和或]?\s*以[上下]|到|至|的|和)")


def _age(spot: Around) -> Found:
    if _OTHER_AGE.search(spot.sentence) or _EXTRA.search(spot.sentence) or spot.topic not in ("", "eligibility"):
        return None
    meant = spot.topic == "eligibility" or _RANGE.search(spot.written)
    return ("age", None) if meant or _AGED.search(spot.before) or _AGE_AFTER.match(spot.after) else None


_OTHER_TIME = expression(
    r"排队|等[候待]?(?!(?:多久)?才?办)|app|网上|线上|短信|到账|回电|回复|答复|电话|通话|开通|生效|提前|内收到|自助|语音|来回|公交|路"
)
_AT_COUNTER = expression(r"柜台|窗口|轮到|营业厅|当场")
_AT_MOST = expression(r"不超过|最多|最长|最慢|不用|不到")
_WITHIN = expression(r"\s*(?:以内|之内|内)")
_DONE = expression(r"办")


def _minutes(spot: Around) -> Found:
    """Return whether a time is what the counter takes for one customer."""
    if _OTHER_TIME.search(spot.clause) or spot.figure.value > _LONGEST:
        return None
    subject = "minutes_at_most" if _AT_MOST.search(spot.before) or _WITHIN.match(spot.after) else "minutes"
    if spot.topic == "handling_time":
        return subject, None
    counter = _AT_COUNTER.search(spot.sentence) and _DONE.search(spot.clause) and not _OTHER_TIME.search(spot.sentence)
    return (subject, None) if counter else None


_LONGEST = 120.0
"""A figure over so many minutes is no time at the counter."""
_OTHER_DISCOUNT = expression(r"第[二2两]|另|再|别的|其[他它]|券|充")
_DISCOUNTED = expression(r"(?:打|享受?|按|原价|价|优惠|只要|低至)\s*$")


def _discount(spot: Around) -> Found:
    if _OTHER_DISCOUNT.search(spot.clause):
        return None
    return ("discount", None) if _DISCOUNTED.search(spot.before) or spot.after[:1] in ("优", "购", "") else None


_POINTS_USED = expression(r"换|扣|兑")
_OTHER_POINTS = expression(r"剩|得|送|赠|每|抵|消费|积|奖|攒")


def _points(spot: Around) -> Found:
    clause = spot.clause
    if spot.after.startswith("的"):
        return None
    return ("points", None) if _POINTS_USED.search(clause) and not _OTHER_POINTS.search(clause) else None


def _percent(spot: Around) -> Found:
    return (
        ("charge_share", None)
        if _LEAVING.search(spot.sentence) and re.search("补|付|收|交|违约", spot.clause)
        else None
    )


_COUNT = expression(
    r"(?<![\d.,第a-z])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?\s*[百千万]?|[一二两三四五六七八九十百千万]*[百千万][一二三四五六七八九十百千万]*)"
    r"\s*(?P<unit>户|份|个(?!月|工作日|自然日|人|国家|地区|频道|城市|市|号|营业|小时|星期|礼拜)|台|位|名|套|本|把|只|盒|瓶|箱|支|件|笔)"
)
_COUNTED = expression(
    r"(?:一共|总共|共|合计|限量|限|备了?|备货|准备了|只有|仅|名额|满了?|[前头首])\s*(?:有|是|为|收|办|送)?\s*$"
)
_COUNT_AFTER = expression(r"\s*(?:名额|限量|满了|送完|领完|办满|用完|卖完|售完|换完|礼品)")
_OTHER_COUNT = expression(
    r"每[天日周月]|还剩|剩|已经?[办领送]|首批|其中|其[他它]|再[送减]|另送|额外|加送|停车|座|元|每人|每户|每个|一个号|限办|国家|地区|频道|影片|电影|副卡|号码|家人|部|首歌"
)


def _counts(text: str, topic: str) -> Iterator[Told]:
    """Yield how many there are: 一共 5000 户, 前 600 位."""
    for match in _COUNT.finditer(text):
        value = amount_of(match["number"])
        if value is None or value < _FEWEST:
            continue
        one = Stated(Figure(value, "份"), match.start(), match.end())
        spot = _around(text, one, topic)
        anything = match["unit"] == "个" and not (_END_OF_COUNT.match(spot.after) or _STOCKED.search(spot.before))
        if anything or _OTHER_COUNT.search(spot.clause):
            continue
        if _COUNTED.search(spot.before) or _COUNT_AFTER.match(spot.after) or topic == "sold_out":
            yield Told("quota", *one, spot.before)


def counts_in(text: str) -> Iterator[tuple[int, float]]:
    """Yield every number of things in a folded text with its place."""
    for match in _COUNT.finditer(text):
        number = amount_of(match["number"])
        if number is not None and number >= _FEWEST:
            yield match.start(), number


_END_OF_COUNT = expression(r"\s*(?:名额|$|满|送|发|领|用|办|换|[的就])")
_STOCKED = expression(r"备(?:了|货)\s*$")
_FEWEST = 10.0
"""Fewer than so many are no quota, but copies, steps and persons."""

_READERS: dict[str, Callable[[Around], Found]] = {
    "元": _money,
    "月": _months,
    "第几月": _turn,
    "第几年": _turn_year,
    "日期": _day,
    "月份": _month,
    "M": _megas,
    "岁": _age,
    "分钟": _minutes,
    "折": _discount,
    "积分": _points,
    "%": _percent,
}
"""How the subject of a figure is read, by its unit."""
