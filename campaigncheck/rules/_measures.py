"""How a subject is called in messages, and how its values are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigncheck.language.expressions import expression
from campaigncheck.messages import Text, figure, literal

if TYPE_CHECKING:
    from campaigncheck.language.spots import Subject, Told

_PRICE = Text("价格", "price")
_FIRST = Text("优惠期里的价格", "price of the first months")
_LATER = Text("之后的价格", "later price")
_CHARGE = Text("提前停用要补的钱", "charge for leaving early")
_FIRST_MONTHS = Text("优惠的月数", "number of months at the first price")
_FREE = Text("免费的月数", "number of free months")
_MONTHS = Text("约定或优惠的月数", "number of months")
_START = Text("活动开始的日子", "first day")
_COUNTER = Text("柜台办理时间", "handling time")
_END = Text("活动结束的日子", "last day")

THINGS: dict[Subject, Text] = {
    "price": _PRICE,
    "deposit": Text("一次要付的钱", "single payment"),
    "first_price": _FIRST,
    "turn_price": _LATER,
    "later_price": _LATER,
    "total": Text("合计", "total"),
    "difference": Text("差价", "difference"),
    "remaining_charge": _CHARGE,
    "charge": _CHARGE,
    "charge_a_month": _CHARGE,
    "charge_share": _CHARGE,
    "each": Text("每月的钱", "monthly amount"),
    "tier": Text("套餐档位", "plan"),
    "spend": Text("月消费条件", "limit on monthly spending"),
    "first_months": _FIRST_MONTHS,
    "later_months": _FIRST_MONTHS,
    "free_months": _FREE,
    "free_turn": _FREE,
    "contract_months": Text("约定的月数", "length of the contract"),
    "used_months": _MONTHS,
    "obliged_months": Text("约定的月数", "length of the contract"),
    "year_price": Text("这一年的价格", "price of that year"),
    "run_months": _MONTHS,
    "turn": Text("换价的月份", "month in which the price changes"),
    "turn_year": Text("换价的年份", "year in which the price changes"),
    "tenure": Text("入网月数条件", "limit on months as a customer"),
    "first_day": _START,
    "last_day": _END,
    "deadline": _END,
    "last_month": Text("活动结束的月份", "last month"),
    "speed": Text("网速", "speed"),
    "data": Text("流量", "amount of data"),
    "quota": Text("数量", "number available"),
    "age": Text("年龄条件", "age limit"),
    "minutes": _COUNTER,
    "minutes_at_most": _COUNTER,
    "minutes_anywhere": _COUNTER,
    "gift_each": Text("每位客户的赠品数", "number of gifts for each customer"),
    "discount": Text("折扣", "discount"),
    "points": Text("积分", "number of points"),
    "promised": Text("承诺的数字", "figure promised"),
}
"""What a figure is about, in the user's words."""

_UNITS: dict[Subject, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "first_months",
            "later_months",
            "free_months",
            "contract_months",
            "obliged_months",
            "used_months",
            "run_months",
            "tenure",
        ),
        ("{} 个月", "{} months"),
    ),
    "turn": ("第 {} 个月", "month {}"),
    "free_turn": ("前 {} 个月", "the first {} months"),
    "turn_year": ("第 {} 年", "year {}"),
    "last_month": ("{} 月", "month {}"),
    "speed": ("{}M", "{}M"),
    "age": ("{} 岁", "{} years"),
    **dict.fromkeys(("minutes", "minutes_at_most", "minutes_anywhere"), ("平均 {} 分钟", "{} minutes on average")),
    "discount": ("{} 折", "{} tenths"),
    "points": ("{} 积分", "{} points"),
    "charge_share": ("{}%", "{}%"),
    "charge_a_month": ("每月 {} 元", "{} yuan a month"),
}
_DAYS = ("first_day", "last_day", "deadline")


def measure(told: Told, value: float, said: str) -> Text:
    """Return a value as it should be told instead of ``said``, in the unit of its subject."""
    if told.subject in _DAYS:
        return _day(int(value), told.beside is not None)
    if told.subject == "data":
        return literal(f" {figure(value / 1000)}GB", f"{figure(value / 1000)} GB")
    if told.subject in ("quota", "gift_each"):
        return literal(f" {figure(value)} {_counted(said)}".rstrip(), figure(value))
    if told.subject == "promised":
        return literal(f" {figure(value)} {_COUNTED.get(told.figure.unit, told.figure.unit)}".rstrip(), figure(value))
    zh, en = _UNITS.get(told.subject, ("{} 元", "{} yuan"))
    gap = " " if zh[0] == "{" else ""
    return literal(gap + zh.format(figure(value)), en.format(figure(value)))


def _counted(said: str) -> str:
    """Return in what somebody counts: 台 of 2000 台."""
    unit = _COUNT.search(said)
    return unit[0] if unit else ""


_COUNT = expression(r"(?<=[\d两二三四五六七八九千百十万\s])[户份个台位名套本把只盒瓶箱支件笔部张]$")


def _day(value: int, with_year: bool) -> Text:
    year, month, day = value // 10_000, value // 100 % 100, value % 100
    if with_year:
        return literal(f" {year} 年 {month} 月 {day} 日", f"{year}-{month:02}-{day:02}")
    return literal(f" {month} 月 {day} 日", f"{month:02}-{day:02}")


_COUNTED = {"月": "个月"}
