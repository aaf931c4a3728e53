"""Days of halls, and what is told about the waits in them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

HOUR = 60.0
"""Minutes."""

CLASSES = ("premium", "other")
"""The last axis of waits: premium customers come first, without interrupting anybody."""


class HallDays(NamedTuple):
    """Days of halls, a row each: the hours of a day in order, without gaps. Each array has the shape (days, hours)."""

    counters: Ints
    """Open counters in the hour; 0 = not open. After a break nobody waits: whoever was inside has been served."""
    premium: Floats
    """Arrivals in the hour."""
    other: Floats
    mean: Floats
    """Minutes of service, of the mixture of all customers who arrive in the hour."""
    scv: Floats
    """Its squared coefficient of variation: variance by squared mean."""
    premium_mean: Floats
    """Minutes of service of premium customers."""

    @property
    def comes(self) -> NDArray[np.bool_]:
        """Whether anybody of each class comes while it is open: (days, hours, 2)."""
        people = np.stack([self.premium, self.other], axis=2)
        return np.asarray((people > 0) & (self.counters > 0)[..., None])

    def queue_each(self, mean: Floats) -> Floats:
        """Return the customers who wait for each open counter, from mean waits (Little 1961); shape (days, hours).

        Args:
            mean: minutes; (days, hours, 2), premium and other.
        """
        queue = (mean[..., 0] * self.premium + mean[..., 1] * self.other) / HOUR
        return np.asarray(np.divide(queue, self.counters, out=np.zeros_like(queue), where=self.counters > 0))

    def rows(self, chosen: Ints) -> HallDays:
        """Return some of the days."""
        floats = (part[chosen] for part in self[1:])
        return HallDays(self.counters[chosen], *floats)


class Waits(NamedTuple):
    """Waits of those who arrive in the hour (of one who would, if nobody does), in minutes; 0 in hours not open.

    Shapes are (days, hours, 2), premium and other, unless said.
    """

    mean: Floats
    p90: Floats
    over: Floats
    """Share that waits longer than each limit: (days, hours, 2, limits)."""
    queue: Floats
    """Customers waiting, mean of the hour: (days, hours)."""
    load: Floats
    """Arrivals × service ÷ counters, as given: (days, hours)."""


def load(days: HallDays) -> Floats:
    """Return arrivals × service ÷ counters; above 1 the queue grows. 0 in hours not open."""
    wanted = (days.premium + days.other) * days.mean / HOUR
    return np.asarray(np.where(days.counters > 0, wanted / np.maximum(days.counters, 1), 0.0), dtype=np.float64)


def distinct(days: HallDays) -> tuple[Ints, Ints]:
    """Return a row for each kind of day, in order of first appearance, and for each day which of them it is like."""
    columns = np.hstack([np.asarray(part, dtype=np.float64) + 0.0 for part in days])
    keys = np.ascontiguousarray(columns).view(np.dtype((np.void, columns.shape[1] * 8))).ravel()
    _, first, kind = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return first[order].astype(np.int64), place[kind].astype(np.int64)


def checked(days: HallDays) -> HallDays:
    """Return the days as arrays of numbers.

    Raises:
        ValueError: shapes differ, or a figure cannot be: not finite, negative, counters that are not whole, no time
            of service while open, arrivals while closed.
    """
    parts = [np.asarray(part, dtype=np.float64) for part in days]
    shape = parts[0].shape
    if len(shape) != 2 or any(part.shape != shape for part in parts):
        raise ValueError(f"arrays of one shape (days, hours) are needed, not {[part.shape for part in parts]}")
    counters, premium, other, mean, scv, premium_mean = parts
    is_open = counters > 0
    idle = np.zeros(shape)
    faults = {
        "not finite": ~np.isfinite(sum(parts, idle)),
        "negative": (np.minimum.reduce(parts) < 0),
        "counters not whole": counters != np.floor(counters),
        "arrivals while closed": ~is_open & (premium + other > 0),
        "open, but service takes no time": is_open & ((mean <= 0) | ((premium_mean <= 0) & (premium > 0))),
    }
    for what, where in faults.items():
        if where.any():
            row, hour = np.argwhere(where)[0]
            raise ValueError(f"{what}: day {row}, hour {hour}")
    return HallDays(counters.astype(np.int64), premium, other, mean, scv, premium_mean)
