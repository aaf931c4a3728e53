"""What a calibration has found: plain data that the writers read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaigncheck.calibration.hours import Estimates, HourRow
from campaigncheck.calibration.intervals import Service
from campaigncheck.calibration.past import EPOCH, PastCampaign
from campaigncheck.calibration.steps import ScaledStep
from campaigncheck.messages import Message


@dataclass(frozen=True)
class Seen:
    """What was read: files, rows, time zones, and what was set aside for which reason."""

    files: Sequence[str]
    unreadable: Sequence[str]
    rows: int
    set_aside: Mapping[str, int]
    zones: Mapping[str, int]
    ignored: Sequence[str]

    @property
    def used(self) -> int:
        """Rows that were used."""
        return self.rows - sum(self.set_aside.values())


@dataclass(frozen=True)
class Outcome:
    """A finished calibration.

    Attributes:
        seen: what was read.
        kinds: for each day with tickets, counted from 1970-01-01, the number of its type.
        provisional: years whose public holidays are not announced, or not known.
        halls: ids of all halls; the estimates' first axis.
        estimates: what is estimated of halls.
        rows: the rows of ``hours.csv``.
        transactions: names of transactions, and their service.
        past: campaigns that tickets name.
        steps: steps that were scaled.
        remarks: what else there is to say.
    """

    seen: Seen
    kinds: Mapping[int, int]
    provisional: Sequence[int]
    halls: Sequence[str]
    estimates: Estimates
    rows: Sequence[HourRow]
    transactions: tuple[Sequence[str], Service]
    past: Sequence[PastCampaign]
    steps: Sequence[ScaledStep]
    remarks: Sequence[Message]

    @property
    def first(self) -> date:
        """The first day with tickets."""
        return EPOCH + timedelta(days=min(self.kinds))

    @property
    def last(self) -> date:
        """The last day with tickets."""
        return EPOCH + timedelta(days=max(self.kinds))
