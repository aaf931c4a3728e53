"""FREQ003: the start lies in a blackout: a month's first or last days, a public holiday, or the day before one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from campaigncheck.catalogue.workdays import WorkCalendar
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample

_MESSAGE = Text("{day}是{reasons}，不宜上线", "{day} is {reasons}: no day to launch on")
_PROVISIONAL = Text(
    "{message}（{year} 年放假安排还没公布，按推算）",
    "{message} (the holidays of {year} are not announced yet; this is worked out)",
)
_DAY = Text("{month} 月 {number} 日", "{date}")
_FIRST = Text("月初 {count} 天之一", "one of the first {count} days of its month")
_LAST = Text("月末 {count} 天之一", "one of the last {count} days of its month")
_HOLIDAY = Text("{name}假期", "in the holiday {name}")
_EVE = Text("{name}假期的前一天", "the day before the holiday {name}")
_HINT = Text(
    "可以改到 {free} 上线，或者提前到更早的平常日子；结束日期和各项准备的日期跟着调。",
    "Launch on {free}, or on an ordinary day before; move the end and the dates of the preparation along.",
)
_NO_HINT = Text(
    "往后一年都没有合适的日子：请核对 policy.yaml 的 blackout_days。",
    "A year ahead no day would do: look at blackout_days in policy.yaml.",
)
_ENGLISH = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
_TOMORROW = timedelta(days=1)
_YEAR = 366


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield the start if it is still to come and lies in a blackout."""
    start = view.campaign.period.start
    if start.toordinal() < view.today:
        return
    calendar, edge = view.catalogues.calendar, int(view.limit("blackout_days"))
    reasons = _reasons(start, calendar, edge)
    if reasons:
        free = _next_free(start, calendar, edge)
        hint = _HINT(free=free) if free else _NO_HINT()
        yield Problem(("period", "start"), _message(start, reasons, calendar), hint)


def _message(day: date, reasons: list[Message], calendar: WorkCalendar) -> Message:
    """Say why a day is bad, and whether the holiday that makes it so is announced."""
    message = _MESSAGE(day=_DAY(month=day.month, number=day.day, date=day), reasons=reasons)
    holiday = _holiday(day, calendar)
    if holiday is not None and calendar.provisional(holiday):
        return _PROVISIONAL(message=message, year=holiday.year)
    return message


def _reasons(day: date, calendar: WorkCalendar, edge: int) -> list[Message]:
    found = []
    if day.day <= edge:
        found.append(_FIRST(count=edge))
    if day.day > monthrange(day.year, day.month)[1] - edge:
        found.append(_LAST(count=edge))
    holiday = _holiday(day, calendar)
    if holiday is not None:
        found.append((_HOLIDAY if holiday == day else _EVE)(name=_name(calendar.holiday(holiday) or "")))
    return found


def _holiday(day: date, calendar: WorkCalendar) -> date | None:
    """Return the day itself or the next one, whichever is a public holiday."""
    return next((near for near in (day, day + _TOMORROW) if calendar.holiday(near)), None)


def _name(holiday: str) -> Text:
    """Write a holiday, or two that fall together."""
    return Text(holiday, " and ".join(_ENGLISH.get(part, part) for part in holiday.split("、")))


def _next_free(day: date, calendar: WorkCalendar, edge: int) -> date | None:
    """Return the next day on which a campaign may start; None if there is none within a year."""
    ahead = (day + timedelta(days=later) for later in range(1, _YEAR + 1))
    return next((free for free in ahead if not _reasons(free, calendar, edge)), None)


RULE = Rule(
    id="FREQ003",
    title=Text("在不宜上线的日子上线", "a start in a blackout"),
    severity="warning",
    why=Text(
        "月末月初出账、缴费，节假日和节前厅里人最多、值班人手最少；这时候上新活动，客户要等更久，出了问题也难找到人。",
        "Bills are paid around the turn of the month, and before and in holidays halls are full and staff is thin: people "
        "wait longer, and nobody is there when something goes wrong.",
    ),
    source=Text(
        "上线避开月末、月初和节假日的要求（rules/policy.yaml 的 blackout_days）；放假按国务院办公厅的通知，还没公布的年份按"
        "《全国年节及纪念日放假办法》推算（rules/calendar.yaml）。",
        "Launches keep clear of the turn of the month and of holidays (blackout_days in rules/policy.yaml); holidays as "
        "arranged by the State Council, worked out from the law for years not announced yet (rules/calendar.yaml).",
    ),
    passing=Sample("period: {start: 2027-03-04, end: 2027-03-31}\n"),
    failing=Sample("period: {start: 2027-02-04, end: 2027-03-31}\n", places=((1, 17),)),
    check=check,
    limits=("blackout_days",),
)
