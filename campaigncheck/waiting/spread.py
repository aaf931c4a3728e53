"""How what a campaign draws is spread over its days (contract §7)."""

from __future__ import annotations

from datetime import date

import numpy as np

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.understand.draws import Draws
from campaigncheck.waiting.days import Floats, Ints


def day_types(catalogues: Catalogues, days: Days) -> Ints:
    """Return what type of day some days are, by position in :data:`DAY_TYPES`; shape (days,)."""
    edge = catalogues.whole_limit("month_edge")
    calendar = catalogues.calendar
    every = map(date.fromordinal, range(days.first, days.last + 1))
    return np.array([DAY_TYPES.index(calendar.day_type(day, edge)) for day in every], np.int64)


def shares(drawn: Draws, usual: Floats) -> Floats:
    """Return the share of each day of a campaign's period in all that it draws; shape (days,).

    Within each part of the period people come as on such days they always do. The shares sum to 1, or are all 0 where
    nobody ever comes; what falls on a part of which all days are closed comes in the other.

    Args:
        drawn: what it draws.
        usual: who comes without it on each day of the period; shape (days,).
    """
    found, begin = np.zeros(len(usual)), 0
    parts: list[tuple[slice, float]] = []
    for length, share in drawn.parts:
        part = slice(begin, begin + length)
        begin += length
        if usual[part].sum() > 0:
            parts.append((part, share))
    whole = sum(share for _, share in parts)
    for part, share in parts:
        found[part] = share / whole * usual[part] / usual[part].sum()
    return found
