"""What an answer claims: its figures, and which way it decides the matters that answers decide.

Two answers agree when neither denies the other. Figures are compared unit by unit: equal sets agree, and so does a
less detailed answer. Statements are compared matter by matter: only yes here and only no there is a contradiction.
Where a sentence asks, sets a condition, speaks of a part or denies a denial, nothing is taken from it: a coordinator
who is warned about two answers that agree stops reading warnings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.figures import chinese_number
from campaigncheck.language.fold import fold

Span = tuple[int, int]


class Figure(NamedTuple):
    """A figure in its canonical unit: 半年 is 6 月, 48 小时 is 2 天, 1G is 1000 M."""

    value: float
    unit: str


class Claims(NamedTuple):
    """The figures of a text, and each matter that it decides one way only."""

    figures: frozenset[Figure]
    stances: frozenset[tuple[str, bool]]


class FiguresDiffer(NamedTuple):
    """The figures of one unit that only the one text and only the other states, in their order."""

    here: tuple[Figure, ...]
    there: tuple[Figure, ...]


class StancesDiffer(NamedTuple):
    """A matter that one text affirms and the other denies."""

    matter: str
    here: bool
    there: bool


class Disagreement(NamedTuple):
    """What differs (one of the two), and where the first and the second text say it."""

    figures: FiguresDiffer | None
    stance: StancesDiffer | None
    first: Span
    second: Span


class _Stated(NamedTuple):
    """A figure at ``text[start:end]``."""

    figure: Figure
    start: int
    end: int


class _Decided(NamedTuple):
    """A matter decided at ``text[start:end]``; ``side`` is None where a condition leaves it open."""

    matter: str
    side: bool | None
    start: int
    end: int


class _Reading(NamedTuple):
    """All that was found in a text, in order."""

    text: str
    figures: tuple[_Stated, ...]
    stances: tuple[_Decided, ...]
    claims: Claims


# --- figures ---------------------------------------------------------------------------------------------------------

_CN = "零〇一二两俩三四五六七八九十百千万亿"
_NUMBER = rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:[.．]\d+)?\s*[十百千万亿]*|[{_CN}]+(?:点[零〇一二三四五六七八九]+)?)"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_UNIT = (
    r"个?工作日|个?自然日|个?(?:小时|钟头)|分钟|刻钟|秒钟?|周岁|岁|个?(?:星期|礼拜)(?![一二三四五六日天])"
    r"|周(?![年岁末一二三四五六日边])|个月|个半(?:月|小时|钟头|星期|礼拜)|月|年半|年|天半|天|日"
    r"|元|圆|块钱?|[角毛]|%|折|倍|期|个?积分|分"
    r"|(?:个\s*)?(?:gbps|gb|g|mbps|mb|m|kbps|kb|k|tb|t)(?![a-z])|兆"
    r"|次(?![日月年性])|个|张|份|台|部|条|件|户|项|种|笔|人|位|名"
)
_FIGURE = re.compile(
    rf"(?=[0-9{_CN}半¥￥])(?:"
    r"(?P<skip>(?<!\d)(?:1[3-9]\d{9}|400[- ]?\d{3,4}[- ]?\d{3,4}|0\d{2,3}-\d{7,8}|100(?:86|10|99|85|15)\d?)(?!\d))"
    r"|(?P<iso>(?<!\d)(?P<iso_year>20\d\d)[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d))"
    rf"|(?P<date>(?:(?P<year>(?<!\d)20\d\d|二[〇零][〇零一二三四五六七八九]{{2}})\s*年\s*)?"
    rf"(?<![\d第.])(?P<month>{_SMALL})\s*月(?:份|(?P<day>\s*{_SMALL})\s*[日号])?)"
    r"|(?P<only_year>(?:(?<!\d)20\d\d|二[〇零][〇零一二三四五六七八九]{2}))\s*年"
    r"|(?P<clock>(?<![\d.:：])(?P<hour>\d{1,2})(?:[:：](?P<minute>[0-5]\d)(?:[:：][0-5]\d)?(?!\d)"
    r"|\s*点(?!\d)(?:(?P<past>半|[0-5]?\d分|整)|钟)?))"
    rf"|(?P<spoken>(?<=[午晨上晚])(?P<spoken_hour>{_SMALL})点(?P<spoken_past>半|整)?)"
    rf"|(?:(?<=月)|(?<=月 ))(?P<of_month>{_SMALL})\s*[日号]"
    rf"|(?<![上下大小后个年天一二两三四五六七八九十0-9])半(?P<half>个?(?:年|月|小时|钟头|天)|价)"
    rf"|(?P<percent_of>百分之(?P<percent>{_NUMBER}))"
    r"|(?P<mega>[百千万])兆"
    rf"|(?P<long>(?<![a-z0-9.几数成好{_CN}])(?P<years>{_NUMBER})\s*年(?:零|又|加)?(?P<months>{_NUMBER})\s*个月)"
    rf"|(?P<amount>(?<![a-z0-9.几数成好之{_CN}])(?P<low>{_NUMBER}(?:\s*[-~～—–至到]\s*|\s*或者?\s*))?"
    rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})(?:(?<=块)(?P<tail>[\d一二三四五六七八九])(?:[角毛]|(?=[，。；！？、,;!?）)\s钱的]|$)))?)"
    rf"|(?P<yuan>[¥￥]\s*(?P<money>{_NUMBER})\s*元?)"
    r")"
)
_CANONICAL: dict[str, tuple[str, float]] = {
    "工作日": ("工作日", 1), "自然日": ("天", 1), "天": ("天", 1), "日": ("天", 1), "星期": ("天", 7), "礼拜": ("天", 7),
    "周": ("天", 7), "小时": ("分钟", 60), "钟头": ("分钟", 60), "分钟": ("分钟", 1), "刻钟": ("分钟", 15),
    "秒": ("分钟", 1 / 60), "秒钟": ("分钟", 1 / 60), "岁": ("岁", 1), "周岁": ("岁", 1),
    "个月": ("月", 1), "月": ("月", 1), "年": ("月", 12), "元": ("元", 1), "圆": ("元", 1), "块": ("元", 1),
    "块钱": ("元", 1), "角": ("元", 0.1), "毛": ("元", 0.1), "%": ("%", 1), "折": ("折", 1), "积分": ("积分", 1),
    "分": ("积分", 1), "g": ("M", 1000), "gb": ("M", 1000), "gbps": ("M", 1000), "t": ("M", 1_000_000),
    "tb": ("M", 1_000_000), "m": ("M", 1), "mb": ("M", 1), "mbps": ("M", 1), "兆": ("M", 1), "k": ("M", 0.001),
    "kb": ("M", 0.001), "kbps": ("M", 0.001), "位": ("人", 1), "名": ("人", 1),
}  # fmt: skip
_HALVES = {
    "年": (6.0, "月"),
    "月": (0.5, "月"),
    "小时": (30.0, "分钟"),
    "钟头": (30.0, "分钟"),
    "天": (0.5, "天"),
    "价": (5.0, "折"),
}
_COUNTED = frozenset("次个张份台部条件户项种笔人")
_COUNTING = re.compile(
    r"(?:[每一1][人户证个月年天次]|限|最多|至多|最少|至少|只能?|仅|各|共|能?选)[^，。；！？,;!?]{0,6}$"
)
_RATE_AFTER = re.compile(rf"[^，。；！？,;!?]{{0,5}}?{_NUMBER}\s*(?:元|块)")
_RATE_BEFORE = re.compile(r"(?:每[^，。；！？,;!?]{0,5}|[元块钱/])\s*$")
_OPEN_HOURS = re.compile(r"(?:小时|钟头)\s*(?:内?不|客服|热线|自助|服务|在线|营业|人工|开放|都|均|随时|可)")
_DAYS_LATER = re.compile(r"\s*(?:[之以]?内|[之以]?后|无理由|以上)")
_DAYS_BEFORE = re.compile(r"(?:提前|满|近|前)\s*$")
_DATA = re.compile(r"\s*(?:的)?(?:国内|全国|通用|定向|省内)?(?:流量|数据)")
_GIVEN = re.compile(r"(?:[送赠含加领得满剩]|每[月天年]|包含?|有|共)\s*$")
_EXAMPLE = re.compile(r"(?:比如|例如|譬如|举个?例|打个比方|假如|假设)[^。；！？;!?\n]*")
_EVENING = re.compile(r"(?:下午|晚上|傍晚|晚间?|夜里|午后)\s*$")
_UP_TO = re.compile(r"\s*[-~～—–至到]{1,2}\s*")
_MAY_EXEMPLIFY = re.compile("[如例]|比方|假设")


@lru_cache(maxsize=4096)
def _value(text: str) -> float | None:
    """Return the number that is written, None for approximate ones such as 两三."""
    text = text.replace(",", "").replace("．", ".").replace(" ", "")
    digits = text.rstrip("十百千万亿")
    if digits and digits[0].isdigit():
        scale = chinese_number("一" + text[len(digits) :]) if digits != text else 1.0
        return round(float(digits) * (scale or 1.0), 6)
    if len(text) > 1 and set(text) <= set("一二两俩三四五六七八九"):
        return None
    return chinese_number(text)


def _figures(text: str) -> Iterator[_Stated]:
    """Yield the figures of a folded text in order; what an example says is no claim."""
    if _MAY_EXEMPLIFY.search(text):
        text = _EXAMPLE.sub(lambda example: "。" * len(example[0]), text)
    clock: tuple[int, bool] = (-1, False)
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "clock" or kind == "spoken":
            figure, clock = _clock(text, match, clock)
            yield _Stated(figure, start, end)
        elif kind != "skip":
            for figure in _READERS[kind or "amount"](text, match):
                yield _Stated(figure, start, end)


def _clock(text: str, match: re.Match[str], before: tuple[int, bool]) -> tuple[Figure, tuple[int, bool]]:
    """Return a time of day in hours; 下午 holds for both ends of 下午两点到五点."""
    start, end = match.span()
    hour = _value(match["hour"] or match["spoken_hour"]) or 0.0
    past = match["past"] or match["spoken_past"] or ""
    minutes = float(match["minute"] or past.rstrip("分半整") or 0) + (30 if past == "半" else 0)
    later = _EVENING.search(text[max(0, start - 3) : start]) is not None
    later = later or (before[1] and _UP_TO.fullmatch(text, before[0], start) is not None)
    hour += 12 if later and hour < 12 else 0
    return Figure(round(hour % 24 + minutes / 60, 6), "钟点"), (end, later)


def _date(_: str, match: re.Match[str]) -> Iterator[Figure]:
    """Yield a date as day, month and year, so that one without a year can agree with one that has it."""
    year, month, day = (match["iso_year"] or match["year"]), (match["iso_month"] or match["month"]), None
    day = match["iso_day"] or match["day"]
    if day:
        yield Figure((_value(month) or 0) * 100 + (_value(day.strip()) or 0), "日期")
    yield Figure(_value(month) or 0, "月份")
    if year:
        yield from _year(year)


def _year(year: str) -> Iterator[Figure]:
    yield Figure(float(year) if year.isdigit() else chinese_number(year) or 0, "年份")


def _percent(_: str, match: re.Match[str]) -> Iterator[Figure]:
    yield from _figure(_value(match["percent"]), "%")


def _half(_: str, match: re.Match[str]) -> Iterator[Figure]:
    yield Figure(*_HALVES[match["half"].removeprefix("个")])


def _long(_: str, match: re.Match[str]) -> Iterator[Figure]:
    years, months = _value(match["years"]), _value(match["months"])
    if years is not None and months is not None:
        yield Figure(years * 12 + months, "月")


def _figure(value: float | None, unit: str) -> Iterator[Figure]:
    if value is not None:
        yield Figure(value, unit)


def _amount(text: str, match: re.Match[str]) -> Iterator[Figure]:
    """Yield the figure of a number with a unit; both ends of a range have the unit of the second."""
    unit = match["unit"].removeprefix("个").strip() or "个"
    value = chinese_number(match["number"]) if unit == "折" and match["number"][0] in _CN else _value(match["number"])
    if value is None or _is_no_claim(text, match, unit, value):
        return
    if match["low"]:
        low = _value(match["low"].rstrip("-~～—–至到或者 \t"))
        if low is not None:
            yield _canonical(text, match, unit, low)
    yield _canonical(text, match, unit, value + _tail(match["tail"], unit))


def _tail(tail: str | None, unit: str) -> float:
    """Return what 九 adds to 二十九块九, and 半 to 一年半."""
    if tail:
        return (_value(tail) or 0) / 10
    return 0.5 if "半" in unit else 0.0


def _canonical(text: str, match: re.Match[str], unit: str, value: float) -> Figure:
    """Return a figure in its canonical unit."""
    unit = unit.replace("半", "")
    if text[max(0, match.start() - 10) : match.start()].rstrip().endswith("第"):
        return Figure(value, "第几" + unit)
    if unit == "月" and match["unit"] == "月" and match["number"] not in ("两", "俩"):
        return Figure(value, "月份")
    if unit == "折" and value >= 10:
        value /= 10
    name, factor = _CANONICAL.get(unit, (unit, 1))
    value = round(value * factor, 6)
    if name == "分钟" and unit in ("小时", "钟头") and value % 1440 == 0:
        return Figure(value / 1440, "天")
    if name == "M" and value >= 512 and value % 512 == 0:
        value = value / 1024 * 1000
    return Figure(value, name)


def _is_no_claim(text: str, match: re.Match[str], unit: str, value: float) -> bool:
    """Whether a number with a unit states no figure: 5G the network, 一个 as an article, 一个月 as a rate."""
    start, end = match.span()
    before = text[max(0, start - 10) : start]
    if before.rstrip().endswith("第"):
        return unit not in ("月", "天", "年", "期")
    if unit in _COUNTED:
        return value == 1 and not _COUNTING.search(before)
    if unit in ("月", "年", "天", "小时") and value == 1:
        return bool(_RATE_AFTER.match(text, end) or _RATE_BEFORE.search(before))
    return _is_other_word(text, match, unit, value, before)


def _is_other_word(text: str, match: re.Match[str], unit: str, value: float, before: str) -> bool:
    end = match.end()
    if unit == "g" and value in (2, 3, 4, 5) and not match["unit"].startswith("个"):
        return not (_DATA.match(text, end) and _GIVEN.search(before))
    if unit == "小时" and value == 24:
        return before.endswith("全天") or _OPEN_HOURS.match(text, match.start("unit")) is not None
    if unit == "日":
        return not (_DAYS_LATER.match(text, end) or _DAYS_BEFORE.search(before))
    if unit == "分":
        return "积分" not in text or match["number"] in ("十", "百", "千", "万")
    return unit == "块" and match["number"] == "一"


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[Figure]]] = {
    "iso": _date,
    "date": _date,
    "only_year": lambda _, match: _year(match["only_year"]),
    "of_month": lambda _, match: _figure(_value(match["of_month"]), "号"),
    "half": _half,
    "percent_of": _percent,
    "mega": lambda _, match: _figure({"百": 100.0, "千": 1000.0, "万": 10_000.0}[match["mega"]], "M"),
    "long": _long,
    "amount": _amount,
    "yuan": lambda _, match: _figure(_value(match["money"]), "元"),
}


# --- stances ---------------------------------------------------------------------------------------------------------

_C = "[^，。；！？,;!?：:\\n（）()]"
_D = "[^，。；！？,;!?：:\\n（）()不没未无]"
_WHEN = "立即|立刻|马上|即刻|即时|实时|当场|当天|当日|当月|本月|次日|第二天|隔天|次月|下个?月|第二个?月"
_HALL = f"(?:到|去|来|跑|前往|上)(?:我们的?)?(?:就近|附近|指定|任意|任何)?的?{_C}{{0,4}}?(?:营业厅|门店|网点|柜台|厅里)|[到来去]厅|到店"
_PAPERS = "身份证件?(?!号|后|信息|登记)|证件(?!号)|户口[本簿]"
_SHOW = "带|出示|携带|提供|凭|拿|持|验"
_FEES = "手续费|违约金|工本费|安装费|调测费|运费|邮费|快递费|押金|开户费|开通费|办理费|滞纳金|漫游费|赔偿金"
_ALSO = "(?:也|都|就|同样)?(?:可以?|行|能(?:用|办)?|有效|认)(?!吗|么|？|\\?)"

_FIRST = (
    "a一三上下不两二互亲仅他代任会低保停先免全共再凭出分到前副办加即原去参双取变叠另只可号合同周在复外如存安完实寄"
    "岁工带帮并开异当得必快手押拆择拿持换掌排提携收改新无是更替最月期本机来查次清滚滞满漫照现由电留省短立第累线结网"
    "老自节补要解调赔足跑转过运违退送邮都重销降限隔需顺须预领额马验默"
)
"""What the words of all matters begin with."""
_MATTERS: tuple[tuple[str, str, str], ...] = (
    # name, how its words decide it, the words
    ("收违约金", "must", "赔(?:钱|偿|付)"),
    ("可以异地办理", "may", "异地办理?"),
    ("生效", "when", f"(?:{_WHEN})(?:(?!仍|还|继续|按|照旧){_D}){{0,10}}?(?:生效|开始用|能用|可用|可以用|启用|起用|开始计费|开始使用)"
                    "|即可(?:使用|生效)|即生效"),
    ("自动续约", "no", f"(?:到期|期满|满期|到时)(?:后|以后|之后|时)?(?:{_D}{{0,4}}?自动|就|即|会(?:自动)?)(?:取消|终止|失效|停止?|关闭?|退订|结束|作废)"
                     "|(?:到期|期满)(?:后|以后|之后)?(?:就)?不(?:会)?(?:再)?续"),
    ("自动续约", "is", "自动(?:续[约订费期展]?|延[续期长]|顺延)|默认续[约订费期]?"),
    ("可以叠加", "no", "二选一|两选一|三选一|择一|任选其一|只能(?:选|用|享受?|参加)(?:其中)?(?:的)?(?:一|1)[个项种]|互斥|不可?能?兼得"),
    ("可以叠加", "yes", "互不影响|(?<!是)不冲突|可以?各用一|都能享|都可以享"),
    ("可以叠加", "may", "叠加|同享|同时(?:享受?|参加|办理?|使?用|拥有|生效)|一起(?:享受?|参加|办理?|使?用)|一块(?:用|办)|共同享受|合并使用|并用|并享"),
    ("可以重复参加", "may", "重复(?:参加|享受|办理?|领取?)"),
    ("可以提前解约", "may", "提前(?:取消|退订|解约|终止|结束|停|销户|退)"),
    ("可以取消", "can", "取消|退订|解约|销户|拆机|停掉"),
    ("可以退款", "yes", "(?:全额?|原路|如数)退(?![订出网])"),
    ("可以退款", "may", "退(?:款|费|钱|还|回)?(?![订出网换役休伍步让群货])"),
    ("收费", "no", "(?<!是)不(?:另外?|再|会|额外)*收(?:取)?(?:任何)?(?:费用?|钱)"
                  "|(?<!只)(?:不|不用|无需|不需要?|不必)(?:再|另外?|额外)*(?:要|付|交|花|加|掏)(?:任何)?(?:费用?|钱)"
                  "|分文不取|完全免费|全程免费|无需付费|不收取?任何费用"
                  "|(?:办理|开通|领取|参加|安装|查询|更换|补办|取消|都是?|是)免费|免费(?:办理|开通|参加|安装|查询|更换|补办|取消)"),
    ("收费", "is", "另外?(?:要)?收(?:费|钱)|额外收(?:费|取)|加收|收费(?!标准|方式|规则|站|项目|单|员|的|会|前|时)"
                  "|(?:要|需要?|得)(?:另外?|额外|再)*(?:收[费钱]|付[费钱]|交[费钱]|花钱|加钱)(?!的|会|前|时)"
                  "|(?:要|需要?|会|另)(?:另外?|额外|再)*(?:收取?|付|交)(?=\\s*[1-9一二两三四五六七八九十])"),
    ("收", "fee", _FEES),
    ("有合约期", "held", "合约期?|在网期"),
    ("有最低消费", "held", "最低消费|低消"),
    ("岁以上", "age", "岁(?:及|或)?以[上下]"),
    ("需要到厅", "no", "(?:网上|线上|手机上|app\\s*上?|掌厅|短信)(?:就|即|便)(?:能|可以?)(?:办|开)|足不出户|在家(?:里)?就(?:能|可以?)"),
    ("需要到厅", "yes", "(?:仅限|只限|只在|只能在|只能去|限)(?:线下)?营业厅"),
    ("需要到厅", "must", _HALL),
    ("可以代办", "no", "[仅只]限(?:机主)?本人(?!名下|使用|号)"),
    ("可以代办", "may", f"代办|代为办理|替(?!换|代){_C}{{0,4}}?办|帮{_C}{{0,5}}?办|代领|他人办理"),
    ("可以代办", "self", "(?:由|机主)?本人(?=亲自|到|来|去|前来|前往|办|持|现场|携带|带|操作)|亲自"),
    ("需要证件原件", "no", f"(?:复印件|电子证照?|电子身份证|照片){_ALSO}|不(?:用|需要?|必)(?:带|出示)?{_C}{{0,4}}?原件|无需(?:带|出示)?{_C}{{0,4}}?原件"),
    ("需要证件原件", "yes", f"(?:{_SHOW}|必须|须|需)(?:好|着|上)?(?:(?!或){_D}){{0,8}}?原件(?!或)|复印件(?:不行|无效|不可以|不能|不认)|只认原件"),
    ("需要证件", "no", f"(?:免|无需|不用|不需要?|不必)(?:要)?(?:再)?(?:{_SHOW})?(?:任何)?(?:{_PAPERS})"),
    ("需要证件", "show", f"(?:{_SHOW})(?:好|着|上)?(?:(?![或和]){_D}){{0,6}}?(?:{_PAPERS})"),
    ("可以结转", "is", "结转|(?:留|顺延|转|累积|滚存)到?(?:下个?月|次月)|(?:再|可以?)留(?:用)?(?:一|1)个月"),
    ("可以结转", "not", f"(?:月底|月末|当月底?|次月){_D}{{0,4}}?(?:清零|作废|失效)|清零"),
    ("限速", "is", "限速(?!规则|说明|标准)|降速|降低网速|网速(?:会|就)?变慢"),
    ("可以转让", "may", "转让|转赠|转给|过户|送给(?:他人|别人)"),
    ("可以改套餐", "can", "(?:改|换|变更|更换|更改|降)(?:成|为|到|低)?(?:别的|其[他它]|低档|更低的|更便宜的)?(?:套餐|档位?)"),
    ("可以分期", "may", "分期"),
    ("可以开发票", "may", "开(?:具)?(?:电子)?发票"),
    ("可以寄送", "may", "邮寄|快递到家|寄到|送货?上门"),
    ("可以补领", "may", "补领|补发|补办|补送"),
    ("可以共享", "may", "共享"),
    ("老用户可以办", "no", "[仅只]限新(?:用户|客户|入网)|新(?:用户|客户)专享"),
    ("老用户可以办", "who", "(?:老|存量|现有|在网)(?:客户|用户)"),
    ("外地号码可以办", "who", "(?:外地|异地|外省|省外)(?:的)?(?:号码?|客户|用户|卡)"),
    ("副卡可以用", "who", "副卡"),
    ("需要换号", "no", "号码不变|不(?:用)?换号|保留原?号码"),
    ("需要换号", "must", "换号码?|改号"),
    ("需要换卡", "must", "[换补]\\s?(?:张|新|sim\\s?|手机)*卡"),
    ("需要换手机", "must", "换(?:新)?手机|换机"),
    ("需要预存", "must", "预存|先存"),
    ("需要排队", "must", "排队"),
    ("需要预约", "must", "预约"),
    ("需要实名", "must", "实名"),
    ("全国可用", "yes", f"全国(?:都|通用|范围|均|各地|可){_D}{{0,3}}?用|全国通用"),
    ("全国可用", "no", "(?:仅|只|限|只能)(?:限|能)?在?(?:本省|省内|本市|本地|市内|当地|归属地)(?:内)?(?:可以?|能)?(?:使用|用|有效)"),
    ("周末可以办", "yes", "(?:周末|节假日|双休日)(?:也|照常|正常|都|均)(?:可以?|能|照常)?(?:办|营业|上班|开)"),
    ("周末可以办", "no", "(?:周末|节假日|双休日)(?:不|休息|不能|停)"),
)  # fmt: skip


def _choices(words: str) -> list[str]:
    """Return the alternatives of a pattern: a|(?:b|c)d has two."""
    found, depth = [""], 0
    for char in words:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        if char == "|" and not depth:
            found.append("")
        else:
            found[-1] += char
    return found


_CHOICES = tuple((choice, number) for number, (_, _, words) in enumerate(_MATTERS) for choice in _choices(words))
# An empty group behind each choice tells which one it was; a group around it would hide its first letter from the
# matcher, which otherwise passes over most choices at once. The letters that any of them begins with come first.
_CORE = re.compile(f"(?=[{_FIRST}])(?:" + "|".join(f"{choice}()" for choice, _ in _CHOICES) + ")")
_MATTER_OF = (0, *(number for _, number in _CHOICES))
_TOKEN = re.compile(
    r"(?=[不主予会允免准别功务取只可尽差并建得必忘性想才打接提支收方无是智最有未概毋没用禁能自节获要觉记谢重随需非须])(?:"
    r"(?P<unsure>才|方可|能不能|可不可以|要不要|用不用|需不需要|是不是|能否|可否|是否|会不会|有没有|不是不|并非|不得不|不能不|没有不|不可不|无不|不一定|未必|不见得|建议|最好|尽量|想要?|打算|准备|忘了?)"
    r"|(?P<noise>用不完|[没未]用完|自动|不但|不仅|不光|不只|不论|不管|不少|不过|不同|不限|差不多|不断|不错|可能|可是|可选|功能|性能|能力|智能|才能|节能|只要|主要|重要|要求|要是|获得|觉得|取得|记得|收到|不变|无论|非常|没问题|可享)"
    r"|(?P<cannot>不能够?|不可以?|不得|无法|没法|没办法|不允许|不支持|不接受|不准|不让|不予|概不|禁止|谢绝|不[与和跟]|不给|不提供|不参与|不参加)"
    r"|(?P<need_not>不(?:一定)?(?:用|必|需要?|须|要求)|无需|无须|毋须|用不着|免)"
    r"|(?P<only>只能|必须|务必|必需|须|需要?|得(?=到|去|来|带|本人|亲自|先|排|换)|要(?!求|么|是))"
    r"|(?P<can>可以?|能够?|支持|允许|接受|提供|予以|随时)"
    r"|(?P<plain>不会?再?|没有?|未|非|别(?![的人家处省市地])|无))"
)
_FEE = re.compile(
    r"(?P<no>不(?:会|另外?|再|用|需要?|必|额外)*(?:收取?|交|付|扣|产生|缴|有|限|签)|不(?:用|要|需要?)|免(?:收|交|除|去|付)?|减免|没有?|无(?:需|须)?(?:任何)?|(?<![0-9.])0\s*元|零)"
    r"|(?P<yes>收取?|交|付|扣|缴|支付|产生|要签|需签|(?<!所)有)"
)
_FEE_AFTER = re.compile(
    r"\s*(?:为|是|共|每次)?\s*(?:(?P<no>0\s*元|全免|免收|免了|由?我们(?:承担|出))|(?P<yes>[1-9一二两三四五六七八九十]))"
)
_CANNOT_AFTER = re.compile(r"(?:使用|享受|办理|服务)?(?:不了|不行|是?不可以|是?不能|不支持|不允许|无效)")
_CAN_AFTER = re.compile(rf"(?:使用|享受|办理|服务)?{_ALSO}|没问题")
_BREAK = re.compile("[，。；！？,;!?：:\\n（）()]")
_STOPS = "。；！？;!?\n"
_ASKED = re.compile(
    r"吗|么(?!样)|呢|怎么|如何|是否|能否|可否|能不能|可不可以|要不要|会不会|有没有|是不是|用不用|哪|什么时候"
)
_IF = re.compile(
    "如果|如(?=[您需有未没不])|若|要是|假如|倘若|万一|的话|除非|只有|只要|除了|否则|不然|一旦|凡是|没有?[^，。；]{0,8}就|的[，,]|过了|不满|未满|不足|情况下|比如|例如|以前[，,]"
)
_PARTIAL = re.compile(
    "以前|之前|以后|之后|期内|期间|[天日月年时]内|[日月年]底?前|部分|有的|有些|个别|一般|原则上|通常|可能|视|同一[类种条个款项]|同[类种]|暂时|首[次月年]|担心|没有?人|谁|让人|乱|隐藏|重复收|违规|前[0-9一二两三四五六七八九十半]|头[0-9一二两三四五六七八九十半]|超过|超出|不到|满[0-9一二两三四五六七八九十]|(?<!不)仅(?!限?于?(?:本人|机主|新|营|省|本))|或|期满|到期"
)
_EXCEPT = re.compile("除外|例外|另有|除非|(?:但|不过)[^。；！？]{0,12}(?:超过|超出|达到|期内|期间|部分|个别|满|未)")
_CHARGED_BY = re.compile("每|月费|前|头|首|期|超|套餐?外|恢复|起")
_CLOSING = re.compile("取消|退订|注销|销户|停|关闭|变更|改|换|降")
_LEAVES = re.compile("(?:取消|关闭|解除|停用|关掉)(?:了)?$")
_CHANNEL = re.compile("热线|电话|线上|网上|短信|app|营业厅|门店|网点")
"""What cannot be done on one channel may be possible on another."""

_REACH = 12
"""How many characters before a statement the word stands that turns it."""

_SENTENCE = 80
"""How many characters of its sentence before a statement are looked at for a condition."""


def _stances(text: str) -> Iterator[_Decided]:
    """Yield what a folded text decides, in order."""
    breaks: list[int] | None = None
    for match in _CORE.finditer(text):
        if breaks is None:
            breaks = [-1, *(mark.start() for mark in _BREAK.finditer(text)), len(text)]
        number = _MATTER_OF[match.lastindex or 0]
        at = bisect_left(breaks, match.start())
        low, high = breaks[at - 1] + 1, breaks[bisect_left(breaks, match.end())]
        clause = (max(low, match.start() - _SENTENCE), min(high, match.end() + _SENTENCE))
        yield from _decide(text, match, _MATTERS[number], clause)


def _decide(text: str, match: re.Match[str], matter: tuple[str, str, str], clause: Span) -> Iterator[_Decided]:
    """Yield what words decide; nothing when they ask, None as the side when a condition or a part leaves it open."""
    name, kind, _ = matter
    start, end = match.span()
    whole = text[clause[0] : clause[1]]
    if text[clause[1] : clause[1] + 1] in ("？", "?") or _ASKED.search(whole):
        return
    if kind == "age":
        sides = _age(text[clause[0] : start], match[0], text[end : clause[1]])
    elif kind == "when":
        sides = _when(match[0], whole[: start - clause[0]])
    else:
        name = name + match[0] if kind == "fee" else name
        sides = [(name, _SIDES[kind](text[clause[0] : start], text[end : clause[1]]))]
    for called, side in sides:
        if side is not None:
            elsewhere = side is False and kind in ("may", "can") and _CHANNEL.search(whole)
            hedged = elsewhere or _is_hedged(text, called, clause, start)
            yield _Decided(called, None if hedged else side, *_span(text, clause[0], start, end))


def _span(text: str, low: int, start: int, end: int) -> Span:
    """Return the words with what turns them before: 不能 of 不能叠加."""
    tokens = [
        token.start() for token in _TOKEN.finditer(text, max(low, start - _REACH), start) if token.lastgroup != "noise"
    ]
    return (tokens[-1] if tokens else start), end


def _is_hedged(text: str, name: str, clause: Span, start: int) -> bool:
    """Whether a condition, an exception or a part stands around what is decided."""
    low = max(0, start - _SENTENCE)
    sentence = max(low, *(text.rfind(stop, low, clause[0]) + 1 for stop in _STOPS))
    if _IF.search(text, sentence, clause[1] + 1) or _EXCEPT.search(text, clause[0], clause[1] + 40):
        return True
    whole = text[clause[0] : clause[1]]
    if name == "收费" and _CHARGED_BY.search(whole):
        return True
    return name not in _SPEAKS_OF_THE_END and _PARTIAL.search(whole) is not None and "随时" not in whole


_SPEAKS_OF_THE_END = frozenset({"自动续约", "限速", "可以结转", "当天生效", "当月生效", "需要证件原件"})


_DENYING = frozenset({"cannot", "need_not", "plain"})


def _last(before: str) -> tuple[str, str]:
    """Return the kind of the last word that turns a statement, and what stands between it and the statement."""
    near = before[-_REACH:]
    kind, between, previous = "", near, ""
    for token in _TOKEN.finditer(near):
        if token.lastgroup != "noise":
            previous, kind, between = kind, token.lastgroup or "", near[token.end() :]
            if (previous == "plain" and kind in _DENYING) or (previous == "can" and kind == "plain"):
                kind = "unsure"
    return kind, between


def _may(before: str, after: str) -> bool | None:
    """Decide a permission that plain 不 denies as well: 不退."""
    kind, between = _last(before)
    if kind == "plain" and not between:
        return None if before.endswith(("没", "没有", "未", "别", "非", "无")) else False
    return _can(before, after)


def _can(before: str, after: str) -> bool | None:
    """Decide a permission by the last 可以 or 不能 before it, or by what follows it."""
    kind, between = _last(before)
    if kind == "unsure" or "自动" in between:
        return None
    if _CANNOT_AFTER.match(after):
        return False if kind in ("", "can") else None
    if kind in ("can", "cannot"):
        return kind == "can"
    return True if not kind and _CAN_AFTER.match(after) else None


def _must(before: str, _: str) -> bool | None:
    """Decide a duty by the last 要 or 不用 before it."""
    return {"only": True, "need_not": False}.get(_last(before)[0])


def _show(before: str, after: str) -> bool | None:
    """Decide whether papers are asked for; 带身份证 without more asks for them."""
    if "替" in before or "代" in before or "替" in after:
        return None
    return True if not _last(before)[0] else _must(before, after)


def _self(before: str, after: str) -> bool | None:
    needed = _must(before, after)
    return None if needed is None else not needed


def _is(before: str, _: str) -> bool | None:
    """Decide a fact: said is so, unless a negation stands right before it."""
    kind, between = _last(before)
    if kind == "unsure" or _LEAVES.search(before):
        return None
    if kind in ("plain", "cannot") and len(between) <= 2:
        return False
    return None if kind == "need_not" else True


def _is_not(before: str, after: str) -> bool | None:
    said = _is(before, after)
    return None if said is None else not said


def _who(_: str, after: str) -> bool | None:
    """Decide whether somebody may by the first word after them that turns the statement."""
    for token in _TOKEN.finditer(after[:8]):
        if token.lastgroup != "noise":
            return {"can": True, "cannot": False}.get(token.lastgroup or "")
    return None


def _fee(before: str, after: str) -> bool | None:
    """Decide whether a fee is charged: 不收手续费, 手续费 5 元."""
    if any(token.lastgroup == "unsure" for token in _TOKEN.finditer(before[-_REACH:])):
        return None
    following = _FEE_AFTER.match(after)
    said = list(_FEE.finditer(before[-_REACH:]))
    if said and "不是" not in before:
        return said[-1].lastgroup == "yes"
    return following.lastgroup == "yes" if following else None


_YEARS = re.compile(rf"({_NUMBER})\s*周?$")


def _age(before: str, words: str, after: str) -> list[tuple[str, bool | None]]:
    """Decide whether those above an age are meant; whoever is refused is not."""
    years = _YEARS.search(before)
    value = _value(years[1]) if years else None
    refused = any(token.lastgroup in _DENYING for token in _TOKEN.finditer(after))
    return [] if value is None or refused else [(f"{value:g}岁以上", words.endswith("上"))]


def _when(words: str, before: str) -> list[tuple[str, bool | None]]:
    """Decide when something takes effect: within the day, within the month, or from the next month on."""
    said = re.findall(_WHEN, words) or ["即"]
    if "或" in words or _last(before)[0] in ("cannot", "plain", "unsure") or before.endswith(("不是", "或", "或者")):
        return []
    which = said[-1]
    prefix = "取消" if _CLOSING.search(before + words) else ""
    next_month = which in ("次月", "下月", "下个月", "第二月", "第二个月")
    today = None if which in ("当月", "本月") else not next_month and which not in ("次日", "第二天", "隔天")
    return [(prefix + "当月生效", not next_month), (prefix + "当天生效", today)]


_SIDES: dict[str, Callable[[str, str], bool | None]] = {
    "yes": lambda before, _: None if _last(before)[0] in ("plain", "cannot", "unsure") else True,
    "no": lambda before, _: None if _last(before)[0] in ("plain", "cannot", "unsure") else False,
    "may": _may,
    "can": _can,
    "must": _must,
    "self": _self,
    "show": _show,
    "is": _is,
    "not": _is_not,
    "who": _who,
    "fee": _fee,
    "held": _fee,
}


# --- reading and comparing -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 17)
def claims(text: str) -> Claims:
    """Return the figures of a text and the matters that it decides one way only."""
    return _read(text).claims


@lru_cache(maxsize=4096)
def _read(text: str) -> _Reading:
    folded = fold(text)
    figures, stances = tuple(_figures(folded)), tuple(_stances(folded))
    sides: dict[str, set[bool | None]] = {}
    for decided in stances:
        sides.setdefault(decided.matter, set()).add(decided.side)
    settled = {(matter, True in said) for matter, said in sides.items() if said in ({True}, {False})}
    return _Reading(
        folded, figures, stances, Claims(frozenset(stated.figure for stated in figures), frozenset(settled))
    )


def disagreement(first: str, second: str) -> Disagreement | None:
    """Return how two answers to one question differ, or None if neither denies the other.

    The order of the two does not matter: swapped texts give the swapped result.
    """
    if first == second or _plainly_agree(claims(first), claims(second)):
        return None
    if second < first:
        found = disagreement(second, first)
        return _mirrored(found) if found else None
    one, other = _read(first), _read(second)
    return _figures_differ(one, other) or _stances_differ(one, other)


def _plainly_agree(one: Claims, other: Claims) -> bool:
    """Whether no unit has figures of its own on either side and no matter is opposite; most pairs end here."""
    mine = {figure.unit for figure in one.figures - other.figures}
    if mine and not mine.isdisjoint(figure.unit for figure in other.figures - one.figures):
        return False
    return not any((matter, not side) in other.stances for matter, side in one.stances)


def _mirrored(found: Disagreement) -> Disagreement:
    figures = FiguresDiffer(found.figures.there, found.figures.here) if found.figures else None
    stance = StancesDiffer(found.stance.matter, found.stance.there, found.stance.here) if found.stance else None
    return Disagreement(figures, stance, found.second, found.first)


_ORDER = ("元", "日期")
"""Units that are reported before others."""


def _figures_differ(one: _Reading, other: _Reading) -> Disagreement | None:
    """Return the first unit in which each text states figures about the same thing that the other does not."""
    units = {figure.unit for figure in one.claims.figures} & {figure.unit for figure in other.claims.figures}
    for unit in sorted(units, key=lambda unit: (unit not in _ORDER, unit)):
        here, there = _only(one, other, unit), _only(other, one, unit)
        met = [(mine, yours) for mine in here for yours in there if _same_thing(one, mine, other, yours)]
        if met:
            figures = FiguresDiffer(_distinct(stated for stated, _ in met), _distinct(stated for _, stated in met))
            (mine, yours) = met[0]
            return Disagreement(figures, None, (mine.start, mine.end), (yours.start, yours.end))
    return None


_ENOUGH = 32
"""How many differing figures of a text are compared one by one."""


def _only(one: _Reading, other: _Reading, unit: str) -> list[_Stated]:
    figures = (stated for stated in one.figures if stated.figure.unit == unit)
    return [stated for stated in figures if stated.figure not in other.claims.figures][:_ENOUGH]


def _distinct(stated: Iterator[_Stated]) -> tuple[Figure, ...]:
    return tuple(dict.fromkeys(one.figure for one in stated))


_TAGS: tuple[re.Pattern[str], ...] = (
    re.compile("(?P<month>每个?月|月费|月租|/月|一个月|月付|按月)|(?P<year>每年|/年|一年(?=[0-9]))|(?P<day>每天|每日|/天|/日)|(?P<once>每次|/次)|(?P<all>一共|总共|合计|加起来|共计|总计|全年|一次性|共(?![享同用]))"),
    re.compile("(?P<after>以后|之后|到期后?|期满|恢复|原价|第[0-9一二三四五六七八九十]+个月|起(?!来)|超出|套餐?外)|(?P<before>优惠期|期内|[前头][0-9一二两三四五六七八九十半]|首[月年]|免费期)"),
    re.compile("(?P<arrive>到账|到帐|退到|退回|返还|退款)|(?P<remind>提醒|短信|通知)|(?P<collect>领取?|寄|发货)|(?P<regret>后悔|无理由|可以?退|可以?取消|取消)|(?P<contract>合约|在网|约定|承诺|协议|有效期)|(?P<promo>优惠|免费)|(?P<talk>通话|语音|打电话)|(?P<serve>办理(?:时间|要|需|只要)|办完|等)"),
    re.compile("(?P<handling>手续费|办理费|开通费)|(?P<penalty>违约金|少用|赔)|(?P<card>工本费)|(?P<function>功能费)|(?P<install>安装|调测|上门)|(?P<post>运费|邮费|快递)|(?P<deposit>押金)|(?P<prepaid>预存|先存)|(?P<difference>多|少|省|便宜|立减|减|差|抵)|(?P<back>返|送|赠|券|红包)|(?P<monthly>每月|月费|月租|/月)"),
    re.compile("(?P<speed>网速|速率|带宽|宽带|光纤|限速|降速|限到|降到|bps)|(?P<data>流量|用满|用到|用完|达到)"),
    re.compile("(?P<sub>副卡|副号)|(?P<main>主卡|主号)|(?P<broadband>宽带)|(?P<tv>电视|机顶盒)|(?P<phone>手机|购机)|(?P<points>积分)|(?P<fixed>固话)|(?P<old>老用户|老客户)|(?P<new>新用户|新客户)|(?P<abroad>国际|境外|港澳|漫游)|(?P<inland>国内|境内)"),
)  # fmt: skip
"""What a figure may be about, aspect by aspect. Two figures about different things do not contradict each other."""


@lru_cache(maxsize=4096)
def _about(clause: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(str(match.lastgroup) for match in tags.finditer(clause)) for tags in _TAGS)


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause around ``text[start:end]``."""
    return (
        _BREAK.split(text[max(0, start - _SENTENCE) : start])[-1]
        + text[start:end]
        + _BREAK.split(text[end : end + _SENTENCE])[0]
    )


def _same_thing(one: _Reading, mine: _Stated | _Decided, other: _Reading, yours: _Stated | _Decided) -> bool:
    """Whether the clauses around two claims may speak of the same thing in every aspect that both name."""
    here, there = _about(_clause(one.text, mine.start, mine.end)), _about(_clause(other.text, yours.start, yours.end))
    counted = isinstance(mine, _Stated) and mine.figure.unit in _COUNTED and isinstance(yours, _Stated)
    if counted and not _same_noun(one.text[mine.end :], other.text[yours.end :]):
        return False
    return all(not a or not b or a & b for a, b in zip(here, there, strict=True))


_NOUN = re.compile("[\u4e00-\u9fff]{1,2}")


def _same_noun(here: str, there: str) -> bool:
    """Whether what is counted may be the same: 3 个号码 and 2 个副卡 are not."""
    mine, yours = _NOUN.match(here), _NOUN.match(there)
    return not mine or not yours or bool(set(mine[0]) & set(yours[0]))


_OBJECT = re.compile(
    "副卡|主卡|宽带|流量|话费|礼品|会员|押金|预存款?|手机|设备|光猫|机顶盒|积分|权益|违约金|手续费|月费|年费|代金券|固话|语音|领取?"
)


def _stances_differ(one: _Reading, other: _Reading) -> Disagreement | None:
    """Return the first matter that one text decides one way only and the other the other way only."""
    opposite = {(matter, not side) for matter, side in other.claims.stances} & one.claims.stances
    if not opposite:
        return None
    for matter, side in sorted(opposite):
        for mine in one.stances:
            for yours in other.stances:
                if mine.matter == yours.matter == matter and _same_object(one, mine, other, yours):
                    stance = StancesDiffer(matter, side, not side)
                    return Disagreement(None, stance, (mine.start, mine.end), (yours.start, yours.end))
    return None


def _same_object(one: _Reading, mine: _Decided, other: _Reading, yours: _Decided) -> bool:
    here = set(_OBJECT.findall(_clause(one.text, mine.start, mine.end)))
    there = set(_OBJECT.findall(_clause(other.text, yours.start, yours.end)))
    return not here or not there or bool(here & there)
