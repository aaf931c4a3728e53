"""Whether times at the counter and days of the calendar are those of the spec, as far as they must be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil, floor

from campaigncheck.handling.pert import Estimate
from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import Told
from campaigncheck.rules._by_subject import values_of
from campaigncheck.rules._stated import Statement, Value


def minutes_expected(one: Told, handling: Estimate | None, text: str, at_counter: bool) -> tuple[Value, ...]:
    """Return the mean handling time if what is told does not hold it; a single figure may be up to the 90th percentile.

    A range is judged once, at its first end. What is told roughly may be off by a quarter; what is told without a
    place may be meant for the app, and is only wrong where the counter takes far longer.
    """
    if handling is None or (one.other is not None and one.figure.value > one.other):
        return ()
    mean = handling.mean
    if one.other is not None and one.subject != "minutes_anywhere":
        fits = one.figure.value - _ROUNDED <= mean <= one.other + _ROUNDED
    elif one.subject == "minutes_anywhere":
        fits = not at_counter or mean <= max(one.figure.value * _FAR, one.figure.value + 1)
    elif one.subject == "minutes_at_most":
        fits = mean <= one.figure.value + _ROUNDED
    else:
        roughly = _ROUGHLY.search(one.clause + text[one.end : one.end + 3]) is not None
        fits = floor(mean) <= one.figure.value <= ceil(handling.p90)
        fits = fits or (roughly and abs(one.figure.value - mean) <= mean / 4)
    return () if fits else (Value(round(mean, 1), ("handling", "steps")),)


_ROUNDED = 0.05
_FAR = 1.5
_ROUGHLY = expression("大约|大概|约|左右|差不多")
DAYS = ("first_day", "last_day", "deadline")


def day_expected(said: Statement, one: Told, around: Sequence[Told]) -> tuple[Value, ...]:
    """Return the campaign's day if another is told; a range within the period may be a part of it.

    So may a deadline for something that is given early.
    """
    period = said.campaign.period
    if period.end < period.start or _fits(said, one) or (one.subject == "deadline" and _is_inside(said, one)):
        return ()
    beside = [other for other in around if other is not one and other.subject in DAYS]
    first = one.subject == "first_day"
    partner = next(
        (other for other in beside if other.subject != one.subject and (other.start > one.start) == first), None
    )
    if partner is not None and not _fits(said, partner) and _is_inside(said, one) and _is_inside(said, partner):
        return ()
    return tuple(values_of(said, one.subject))


def _fits(said: Statement, one: Told) -> bool:
    """Whether a day is the campaign's first or last; the day after the last one may be meant as its end."""
    period = said.campaign.period
    days = [period.start] if one.subject == "first_day" else [period.end, period.end + timedelta(days=1)]
    value = one.figure.value
    return any(day.month * 100 + day.day == value and one.beside in (None, day.year) for day in days)


def _is_inside(said: Statement, one: Told) -> bool:
    """Whether a day lies within the period, in any of its years."""
    period, value = said.campaign.period, int(one.figure.value)
    years = {period.start.year, min(period.start.year + 1, period.end.year), period.end.year}
    return any(
        (period.start.year, period.start.month, period.start.day)
        <= (year, value // 100, value % 100)
        <= (period.end.year, period.end.month, period.end.day)
        for year in (years if one.beside is None else [int(one.beside)])
    )
