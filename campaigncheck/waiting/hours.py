"""Days hour by hour, as the methods need them: arrays of (hours, days), rates by the minute, hours not open harmless."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigncheck.waiting.days import HOUR, Floats, HallDays
from campaigncheck.waiting.ladder import Ladder
from campaigncheck.waiting.residual import first_free
from campaigncheck.waiting.walk import Course


class Hours(NamedTuple):
    """What happens in each hour."""

    open: Floats
    """1 or 0."""
    fresh: Floats
    """1 in the first hour that a hall is open, and after a break."""
    counters: Floats
    arrivals: Floats
    premium: Floats
    other: Floats
    mean: Floats
    scv: Floats
    premium_mean: Floats
    first: Floats
    """Customers' worth of the wait for the first free counter."""

    @classmethod
    def of(cls, days: HallDays) -> Hours:
        """Turn days."""
        counters, premium, other, mean, scv, premium_mean = (
            np.ascontiguousarray(part.T, dtype=np.float64) for part in days
        )
        is_open = counters > 0
        closed_before = np.vstack([np.ones_like(is_open[:1]), ~is_open[:-1]])
        counters, mean = np.where(is_open, counters, 1.0), np.where(is_open, mean, 1.0)
        scv = np.where(is_open, scv, 1.0)
        return cls(
            is_open.astype(np.float64),
            (is_open & closed_before).astype(np.float64),
            counters,
            (premium + other) / HOUR,
            premium / HOUR,
            other / HOUR,
            mean,
            scv,
            premium_mean,
            first_free(counters.astype(np.int64), scv),
        )

    def ladder(self, hour: int, coarse: Floats) -> Ladder:
        """Return the states in an hour, coarse units being so many fine ones."""
        fine = (1 + self.scv[hour]) / 2
        return Ladder(self.counters[hour], self.first[hour], fine, fine * coarse)

    def worth(self, hour: int) -> Floats:
        """Return how many customers of this hour's mean service one of the hour before is worth."""
        return np.asarray(self.mean[hour - 1] / self.mean[hour])

    def premium_work(self, hour: int) -> Floats:
        """Return the work that premium customers bring, in minutes a minute."""
        return np.asarray(self.premium[hour] * self.premium_mean[hour])

    def other_mean(self, hour: int) -> Floats:
        """Return the mean service of the others; the mixture's where the figures leave nothing for them."""
        rest = self.arrivals[hour] * self.mean[hour] - self.premium_work(hour)
        found = rest / np.where(self.other[hour] > 0, self.other[hour], 1.0)
        return np.asarray(np.where(found > self.mean[hour] / 10, found, self.mean[hour]))

    def ahead(self, hour: int) -> tuple[Course, Course]:
        """Return what lies ahead of premium and of other customers who come in an hour.

        From closing time on, counters go on as they were, and no premium customers come.
        """
        mean, scv = self.mean[hour], self.scv[hour]
        segments = len(self.mean) - hour + 1
        counters, came, brought = (np.zeros((segments, len(mean))) for _ in range(3))
        still = np.ones(len(mean), dtype=np.bool_)
        for k in range(segments):
            later = min(hour + k, len(self.mean) - 1)
            still = still & (self.open[later] > 0) if k < segments - 1 else np.zeros_like(still)
            counters[k] = np.where(still, self.counters[later], counters[k - 1] if k else self.counters[hour])
            came[k] = np.where(still, self.premium[later], 0.0)
            brought[k] = self.premium_mean[later]
        opened = np.vstack([np.zeros_like(mean), np.maximum(np.diff(counters, axis=0), 0.0)]) * mean * (1 + scv) / 2
        noise, third = counters * mean * scv, counters * mean**2 * scv**2
        alone = Course(counters, opened, noise, third, np.zeros_like(came))
        others = Course(
            counters - came * brought,
            opened,
            noise + came * brought**2,
            third - came * brought**3,
            came * brought**2 * (1 + scv),
        )
        return alone, others
