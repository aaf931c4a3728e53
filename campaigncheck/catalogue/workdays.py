"""Working days in mainland China, with public holidays and make-up workdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class WorkCalendar:
    """Days off and make-up workdays; beyond the years it knows, only weekends are free."""

    holidays: dict[date, str]
    workdays: frozenset[date]
    announced: frozenset[int]

    def works(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < 5

    def before(self, day: date, working_days: int) -> date:
        """Return the day that lies this many working days before ``day``.

        With 0 this is ``day`` itself; ``before(monday, 1)`` is the Friday before.
        """
        while working_days > 0:
            day -= timedelta(days=1)
            working_days -= self.works(day)
        return day

    def provisional(self, day: date) -> bool:
        """Whether the holidays of this day's year are not announced yet."""
        return day.year not in self.announced
