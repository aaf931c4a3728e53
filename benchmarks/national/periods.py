"""When campaigns run: two years, bunched at the starts of quarters and before festivals, most of them short."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from random import Random

from campaigncheck.algebra.days import Days

FIRST = date(2027, 1, 1).toordinal()
LAST = date(2028, 12, 31).toordinal()

FESTIVALS = (
    date(2027, 2, 6), date(2027, 5, 1), date(2027, 6, 9), date(2027, 6, 18), date(2027, 9, 15), date(2027, 10, 1),
    date(2027, 11, 11), date(2028, 1, 26), date(2028, 5, 1), date(2028, 5, 28), date(2028, 6, 18), date(2028, 10, 1),
    date(2028, 10, 3), date(2028, 11, 11),
)  # fmt: skip
BEFORE = 10
"""Days before a festival on which campaigns like to start."""

LENGTHS = ((14, 14), (15, 21), (28, 31), (45, 60), (90, 92), (180, 182))
SHARES = (60, 22, 11, 4, 2, 1)
"""Shares, in percent, of campaigns between so many days long."""


def _weight(day: date) -> int:
    if day.month % 3 == 1 and day.day <= BEFORE:
        return 2
    return 2 if any(0 <= (festival - day).days <= BEFORE for festival in FESTIVALS) else 1


STARTS = range(FIRST, LAST - LENGTHS[0][0] + 2)
_WEIGHTS = list(accumulate(_weight(date.fromordinal(day)) for day in STARTS))


def draw_period(random: Random) -> Days:
    """Draw the days of a campaign; one that would go on after the two years ends with them."""
    (first,) = random.choices(STARTS, cum_weights=_WEIGHTS)
    (shortest, longest), *_ = random.choices(LENGTHS, SHARES)
    return Days(first, min(LAST, first + random.randint(shortest, longest) - 1))
