"""Working days in mainland China, with public holidays and make-up workdays."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

DayType = Literal["workday", "weekend", "holiday", "month_edge"]
"""What kind of day it is for a hall: each has arrivals and counters of its own."""

DAY_TYPES: tuple[DayType, ...] = get_args(DayType)


@dataclass(frozen=True)
class WorkCalendar:
    """Days off and make-up workdays; beyond the years it knows, only weekends are free."""

    holidays: dict[date, str]
    workdays: frozenset[date]
    announced: frozenset[int]
    _before: dict[tuple[date, int], date] = field(default_factory=dict, repr=False, compare=False)

    def works(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < 5

    def holiday(self, day: date) -> str | None:
        """Return the public holiday that this day is of, arranged days off included; None if it is none."""
        return None if day in self.workdays else self.holidays.get(day)

    def day_type(self, day: date, edge: int) -> DayType:
        """Return what kind of day it is; holidays go before month edges, and these before weekends.

        Args:
            day: the day.
            edge: how many days at each end of a month are its edge (bills are made out and paid then).
        """
        if self.holiday(day) is not None:
            return "holiday"
        if day.day <= edge or (day + timedelta(days=edge)).month != day.month:
            return "month_edge"
        return "workday" if self.works(day) else "weekend"

    def before(self, day: date, working_days: int) -> date:
        """Return the day that lies this many working days before ``day``.

        With 0 this is ``day`` itself; ``before(monday, 1)`` is the Friday before.
        """
        found = self._before.get((day, working_days))
        if found is None:
            found, left = day, working_days
            while left > 0:
                found -= timedelta(days=1)
                left -= self.works(found)
            self._before[day, working_days] = found
        return found

    def provisional(self, day: date) -> bool:
        """Whether the holidays of this day's year are not announced yet."""
        return day.year not in self.announced
