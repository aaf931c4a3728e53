"""What is promised about waiting in halls, and where a queue gets alarming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.waiting.days import Floats, HallDays, Waits


class Promises(NamedTuple):
    """The promises of a city's halls in minutes, and its alarm levels in customers who wait for each open counter."""

    premium: float
    other: float
    quiet: float
    busy: float
    alarms: tuple[float, float]

    @classmethod
    def of(cls, catalogues: Catalogues, city: str) -> Promises:
        """Return what the policy says for a city."""

        def figure(name: str) -> float:
            return catalogues.limit(name, city)

        alarms = (figure("queue_alarm_1"), figure("queue_alarm_2"))
        return cls(
            figure("wait_premium"), figure("wait_other"), figure("wait_quiet"), figure("busy_load") / 100, alarms
        )

    def minutes(self, usual: HallDays) -> Floats:
        """Return the promise of each hour to premium customers and to others. Shape (days, hours, 2).

        Args:
            usual: the days without any campaign.
        """
        busy = self.in_busy_hours(usual)
        promised = np.where(busy[..., None], np.array([self.premium, self.other]), self.quiet)
        return np.asarray(promised, np.float64)

    def in_busy_hours(self, usual: HallDays) -> NDArray[np.bool_]:
        """Return which hours are busy; shape (days, hours).

        Those are the hours in which those who always come keep the counters busy for more than a share of the time, or
        more than in the mean of the hall's own day (contract §7).

        Args:
            usual: the days without any campaign.
        """
        people = usual.premium + usual.other
        staffed = usual.counters > 0
        load = np.divide(people * usual.mean, usual.counters * 60.0, out=np.zeros_like(people), where=staffed)
        hours = np.maximum(staffed.sum(axis=1, keepdims=True), 1)
        busy = staffed & ((load > self.busy) | (load > load.sum(axis=1, keepdims=True) / hours))
        return np.asarray(busy)


class Kind(NamedTuple):
    """One kind of customer: which share of all they are, and the minutes that they bear to wait."""

    name: str
    share: float
    tolerance: float


KINDS = ("hurried", "patient", "relaxed", "eager")
"""Four kinds of waiting customers: in a hurry, patient within reason, with time to spare, glad to wait for something."""


def kinds(catalogues: Catalogues, city: str) -> tuple[Kind, ...]:
    """Return what the policy says of the four kinds in a city; their shares sum to 1."""
    weights = [catalogues.limit(f"share_{name}", city) for name in KINDS]
    whole = sum(weights) or 1.0
    return tuple(
        Kind(name, weight / whole, catalogues.limit(f"tolerance_{name}", city))
        for name, weight in zip(KINDS, weights, strict=True)
    )


def past_bearing(days: HallDays, found: Waits, limits: Sequence[float], customers: Sequence[Kind]) -> Floats:
    """Return how many people wait longer than they bear; shape (days,).

    Args:
        days: the days.
        found: their waits, with the share over each limit.
        limits: the limits, the tolerances of all kinds among them.
        customers: the kinds of customers.
    """
    people = np.stack([days.premium, days.other], axis=2) * (days.counters > 0)[..., None]
    longer = sum(kind.share * found.over[..., limits.index(kind.tolerance)] for kind in customers)
    return np.asarray((people * longer).sum(axis=(1, 2)))
