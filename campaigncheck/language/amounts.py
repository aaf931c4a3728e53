"""The figures that a text states, each with its unit, in canonical units so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.expressions import expression
from campaigncheck.language.figures import chinese_number
from campaigncheck.language.fold import fold


class Figure(NamedTuple):
    """A figure in its canonical unit: 半年 is 6 月, 48 小时 is 2 天, 1G is 1000 M."""

    value: float
    unit: str


class Stated(NamedTuple):
    """A figure at ``text[start:end]``."""

    figure: Figure
    start: int
    end: int


NUMERALS = "零〇一二两俩三四五六七八九十百千万亿"
NUMBER = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:[.．]\d+)?\s*[十百千万亿]*|[{NUMERALS}]+(?:点[零〇一二三四五六七八九]+)?)"
)
SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_UNIT = (
    r"个?工作日|个?自然日|个?(?:小时|钟头)|分钟|刻钟|秒钟?|周岁|岁|个?(?:星期|礼拜)(?![一二三四五六日天])"
    r"|周(?![年岁末一二三四五六日边])|个月|个半(?:月|小时|钟头|星期|礼拜)|月|年半|年|天半|天|日"
    r"|元|圆|块钱?|[角毛]|%|折|倍|期|个?积分|分"
    r"|(?:个\s*)?(?:gbps|gb|g|mbps|mb|m|kbps|kb|k|tb|t)(?![a-z])|兆"
    r"|次(?![日月年性])|个|张|份|台|部|条|件|户|项|种|笔|人|位|名"
)
_FIGURE = expression(
    rf"(?=[0-9{NUMERALS}半¥￥])(?:"
    r"(?P<skip>(?<!\d)(?:1[3-9]\d{9}|400[- ]?\d{3,4}[- ]?\d{3,4}|0\d{2,3}-\d{7,8}|100(?:86|10|99|85|15)\d?)(?!\d))"
    r"|(?P<iso>(?<!\d)(?P<iso_year>20\d\d)[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d))"
    rf"|(?P<date>(?:(?P<year>(?<!\d)20\d\d|二[〇零][〇零一二三四五六七八九]{{2}})\s*年\s*)?"
    rf"(?<![\d第.])(?P<month>{SMALL})\s*月(?:份|(?P<day>\s*{SMALL})\s*[日号])?)"
    r"|(?P<only_year>(?:(?<!\d)20\d\d|二[〇零][〇零一二三四五六七八九]{2}))\s*年"
    r"|(?P<clock>(?<![\d.:：])(?P<hour>\d{1,2})(?:[:：](?P<minute>[0-5]\d)(?:[:：][0-5]\d)?(?!\d)"
    r"|\s*点(?!\d)(?:(?P<past>半|[0-5]?\d分|整)|钟)?))"
    rf"|(?P<spoken>(?<=[午晨上晚])(?P<spoken_hour>{SMALL})点(?P<spoken_past>半|整)?)"
    rf"|(?:(?<=月)|(?<=月 ))(?P<of_month>{SMALL})\s*[日号]"
    rf"|(?<![上下大小后个年天一二两三四五六七八九十0-9])半(?P<half>个?(?:年|月|小时|钟头|天)|价)"
    rf"|(?P<percent_of>百分之(?P<percent>{NUMBER}))"
    r"|(?P<mega>[百千万])兆"
    rf"|(?P<long>(?<![a-z0-9.几数成好{NUMERALS}])(?P<years>{NUMBER})\s*年(?:零|又|加)?(?P<months>{NUMBER})\s*个月)"
    rf"|(?P<amount>(?<![a-z0-9.几数成好之{NUMERALS}])(?P<low>{NUMBER}(?:\s*[-~～—–至到]\s*|\s*或者?\s*))?"
    rf"(?P<number>{NUMBER})\s*(?P<unit>{_UNIT})(?:(?<=块)(?P<tail>[\d一二三四五六七八九])(?:[角毛]|(?=[，。；！？、,;!?）)\s钱的]|$)))?)"
    rf"|(?P<yuan>[¥￥]\s*(?P<money>{NUMBER})\s*元?)"
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
COUNTED = frozenset("次个张份台部条件户项种笔人")
DAYS = frozenset({"天", "工作日"})
_COUNTING = expression(
    r"(?:[每一1][人户证个月年天次]|限|最多|至多|最少|至少|只能?|仅|各|共|能?选)[^，。；！？,;!?]{0,6}$"
)
_RATE_AFTER = expression(rf"[^，。；！？,;!?]{{0,5}}?{NUMBER}\s*(?:元|块)")
_RATE_BEFORE = expression(r"(?:每[^，。；！？,;!?]{0,5}|[元块钱/])\s*$")
_OPEN_HOURS = expression(r"(?:小时|钟头)\s*(?:内?不|客服|热线|自助|服务|在线|营业|人工|开放|都|均|随时|可)")
_DAYS_LATER = expression(r"\s*(?:[之以]?内|[之以]?后|无理由|以上)")
_DAYS_BEFORE = expression(r"(?:提前|满|近|前)\s*$")
_DATA = expression(r"\s*(?:的)?(?:国内|全国|通用|定向|省内)?(?:流量|数据)")
_GIVEN = expression(r"(?:[送赠含加领得满剩]|每[月天年]|包含?|有|共)\s*$")
_EXAMPLE = expression(r"(?:比如|例如|譬如|举个?例|打个比方|假如|假设)[^。；！？;!?\n]*")
_EVENING = expression(r"(?:下午|晚上|傍晚|晚间?|夜里|午后)\s*$")
_UP_TO = expression(r"\s*[-~～—–至到]{1,2}\s*")
_MAY_EXEMPLIFY = expression("[如例]|比方|假设")


@lru_cache(maxsize=4096)
def amount_of(text: str) -> float | None:
    """Return the number that is written, None for approximate ones such as 两三."""
    text = "".join(text.replace(",", "").replace("．", ".").split())
    digits = text.rstrip("十百千万亿")
    if digits and digits[0].isdigit():
        scale = chinese_number("一" + text[len(digits) :]) if digits != text else 1.0
        return round(float(digits) * (scale or 1.0), 6)
    if len(text) > 1 and set(text) <= set("一二两俩三四五六七八九"):
        return None
    return chinese_number(text)


def may_be_as_long(one: Figure, other: Figure) -> bool:
    """Whether two times in days or working days may be the same.

    5 working days are 5 days at least (whoever says 5 天 may mean working days) and 9 at most: the weekends between,
    and one more when a week end comes first.
    """
    low, high = _in_days(one)
    least, most = _in_days(other)
    return low <= most and least <= high if one.unit != other.unit else one == other


def _in_days(figure: Figure) -> tuple[float, float]:
    if figure.unit == "天":
        return figure.value, figure.value
    return figure.value, figure.value * 7 / 5 + 2


def figures_in(text: str, *, examples: bool = False) -> Iterator[Stated]:
    """Yield the figures of a folded text in order; what an example says is no claim, unless it is asked for."""
    if not examples and _MAY_EXEMPLIFY.search(text):
        text = _EXAMPLE.sub(lambda example: "。" * len(example[0]), text)
    clock: tuple[int, bool] = (-1, False)
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "clock" or kind == "spoken":
            figure, clock = _clock(text, match, clock)
            yield Stated(figure, start, end)
        elif kind != "skip":
            for figure in _READERS[kind or "amount"](text, match):
                yield Stated(figure, start, end)


@lru_cache(maxsize=1 << 12)
def figures_of(text: str) -> frozenset[Figure]:
    """Return the figures of a text as it is written, each once."""
    return frozenset(stated.figure for stated in figures_in(fold(text)))


def _clock(text: str, match: re.Match[str], before: tuple[int, bool]) -> tuple[Figure, tuple[int, bool]]:
    """Return a time of day in hours; 下午 holds for both ends of 下午两点到五点."""
    start, end = match.span()
    hour = amount_of(match["hour"] or match["spoken_hour"]) or 0.0
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
        yield Figure((amount_of(month) or 0) * 100 + (amount_of(day.strip()) or 0), "日期")
    yield Figure(amount_of(month) or 0, "月份")
    if year:
        yield from _year(year)


def _year(year: str) -> Iterator[Figure]:
    yield Figure(float(year) if year.isdigit() else chinese_number(year) or 0, "年份")


def _percent(_: str, match: re.Match[str]) -> Iterator[Figure]:
    yield from _figure(amount_of(match["percent"]), "%")


def _half(_: str, match: re.Match[str]) -> Iterator[Figure]:
    yield Figure(*_HALVES[match["half"].removeprefix("个")])


def _long(_: str, match: re.Match[str]) -> Iterator[Figure]:
    years, months = amount_of(match["years"]), amount_of(match["months"])
    if years is not None and months is not None:
        yield Figure(years * 12 + months, "月")


def _figure(value: float | None, unit: str) -> Iterator[Figure]:
    if value is not None:
        yield Figure(value, unit)


def _amount(text: str, match: re.Match[str]) -> Iterator[Figure]:
    """Yield the figure of a number with a unit; both ends of a range have the unit of the second."""
    unit = match["unit"].removeprefix("个").strip() or "个"
    value = (
        chinese_number(match["number"])
        if unit == "折" and match["number"][0] in NUMERALS
        else amount_of(match["number"])
    )
    if value is None or _is_no_claim(text, match, unit, value):
        return
    if match["low"]:
        low = amount_of(match["low"].rstrip("-~～—–至到或者 \t"))
        if low is not None:
            yield _canonical(text, match, unit, low)
    yield _canonical(text, match, unit, value + _tail(match["tail"], unit))


def _tail(tail: str | None, unit: str) -> float:
    """Return what 九 adds to 二十九块九, and 半 to 一年半."""
    if tail:
        return (amount_of(tail) or 0) / 10
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
    if unit in COUNTED:
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
    "of_month": lambda _, match: _figure(amount_of(match["of_month"]), "号"),
    "half": _half,
    "percent_of": _percent,
    "mega": lambda _, match: _figure({"百": 100.0, "千": 1000.0, "万": 10_000.0}[match["mega"]], "M"),
    "long": _long,
    "amount": _amount,
    "yuan": lambda _, match: _figure(amount_of(match["money"]), "元"),
}
