"""What counters work off from a moment on, hour by hour.

Minutes of work are done at the rate of as many counters as an hour has, less what premium customers who come meanwhile
take (nothing, for premium customers). A counter that opens takes a customer from the queue at once, and then works: by
renewal theory (1 + scv) ÷ 2 customers more than a rate alone would say. After closing time the counters of the last hour
go on, and nobody comes.

Where premium customers come, the work done is no steady climb, and whoever is called at its first height of w waits for
the highest it has been: a fluctuation lifts that by λ E(S²) ÷ 2 (c - λ m), the mean work of premium customers alone
(Pollaczek and Khinchine), once it has had the time; and where premium customers take nearly everything, or more than
there is, only fluctuations get anybody called, √(2 λ E(S²) t ÷ π) in t minutes (the maximum of Brownian motion).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigncheck.waiting.days import HOUR, Floats

_SPAN = 2 * HOUR
"""How long hours without headway last, to tell what fluctuations achieve in them."""

_TINY = 1e-30


class Course(NamedTuple):
    """What lies ahead in each segment, this hour first: (segments, days). The last one lasts for ever."""

    rate: Floats
    """Minutes of work done in a minute."""
    opened: Floats
    """Work done at once at the start, by counters that open."""
    noise: Floats
    """Growth of the variance of the work done, a minute."""
    third: Floats
    """The same of its third central moment."""
    jumps: Floats
    """Variance of the work that premium customers bring, a minute."""


class Walk(NamedTuple):
    """Work done from some moments of an hour on: (segments, samples, days)."""

    start: Floats
    """When a segment starts, in minutes from the moment: (segments, samples, 1)."""
    rate: Floats
    """(segments, days)"""
    noise: Floats
    done: Floats
    """Work done until the start of the segment."""
    most: Floats
    """The most until then."""
    variance: Floats
    skew: Floats
    """Third central moment by variance: (days,)."""
    lift: Floats
    """How much fluctuations lift the most in the end: (days,)."""
    slope: Floats
    """At which rate they begin to."""
    jumps: Floats

    @classmethod
    def along(cls, course: Course, rests: Floats, premium: Floats) -> Walk:
        """Return the walk from moments with so many minutes left in their hour; premium work comes at that rate."""
        rate = _headway(course)
        shape = (len(rate), len(rests), rate.shape[1])
        start = np.zeros((*shape[:2], 1))
        done, most, variance = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for k in range(1, len(rate)):
            start[k, :, 0] = rests + HOUR * (k - 1)
            lasts = start[k] - start[k - 1]
            done[k] = done[k - 1] + rate[k - 1] * lasts + course.opened[k]
            most[k] = np.maximum(most[k - 1], done[k])
            variance[k] = variance[k - 1] + course.noise[k - 1] * lasts
        lift = course.jumps[0] / (2 * np.maximum(rate[0], 1e-6))
        skew = course.third[0] / np.maximum(course.noise[0], _TINY)
        return cls(start, rate, course.noise, done, most, variance, skew, lift, premium, course.jumps[0])

    def at(self, minutes: Floats) -> tuple[Floats, Floats]:
        """Return the most work done until then, and its variance: (samples, days)."""
        _, samples, days = self.done.shape
        segment = np.zeros((samples, days), dtype=np.int64)
        for start in self.start[1:]:
            segment += minutes >= start
        row, column = np.arange(samples)[:, None], np.arange(days)
        since = minutes - self.start[:, :, 0].ravel()[segment * samples + row]
        flat, rates = (segment * samples + row) * days + column, segment * days + column
        here = self.done.ravel()[flat] + self.rate.ravel()[rates] * since + self._lifted(minutes)
        variance = self.variance.ravel()[flat] + self.noise.ravel()[rates] * since
        return np.maximum(self.most.ravel()[flat], here), variance

    def _lifted(self, minutes: Floats) -> Floats:
        """Return by how much fluctuations have lifted the most: bounded by slope × time, by √time and in the end."""
        by_now = np.sqrt(2 / np.pi * self.jumps * minutes)
        bound = by_now * self.lift / np.sqrt(by_now**2 + self.lift**2 + _TINY)
        came = self.slope * minutes
        return np.asarray(bound * came / (bound + came + _TINY))


def _headway(course: Course) -> Floats:
    """Return the rates with what fluctuations achieve where there is hardly any headway, or none."""
    least = np.sqrt(2 * course.jumps / (np.pi * _SPAN))
    ahead = np.sqrt(np.sqrt(np.maximum(course.rate, 0.0) ** 4 + least**4))
    against = np.maximum(-course.rate, 0.0)
    return np.asarray(np.where(course.rate > 0, ahead, least**2 / (least + 4 / np.pi * against + _TINY)))
