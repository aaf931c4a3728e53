"""When the example campaign runs: some weeks ahead, on days on which a campaign may start."""

from __future__ import annotations

from datetime import date, timedelta

from campaigncheck.catalogue.workdays import WorkCalendar

_AHEAD = timedelta(weeks=8)
"""Long enough for everything that has to be ready before a start."""
_FIRST, _LAST = 8, 20
"""Days of the month that keep clear of its turn, whatever blackout a region lays down."""
_LASTS = timedelta(days=60)


def period(today: date, calendar: WorkCalendar) -> tuple[date, date]:
    """Return the first and the last day: a workday in the middle of a month, with no holiday on the next day."""
    start = today + _AHEAD
    while not _fits(start, calendar):
        start += timedelta(days=1)
    return start, start + _LASTS


def _fits(day: date, calendar: WorkCalendar) -> bool:
    near = (day, day + timedelta(days=1))
    return _FIRST <= day.day <= _LAST and day.weekday() < 5 and not any(map(calendar.holiday, near))
