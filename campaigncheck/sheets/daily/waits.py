"""How long people wait in the halls of a daily sheet, hour by hour, and what to say to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from campaigncheck.messages import Message, Text

Untold = Literal["closed", "faulty", "no_rows", "past"]
"""Why nothing is told of a hall: not open that day, faults in its rows of hours.csv, no rows there, a day gone by."""

WORTH = 2.0
"""Minutes below which a wait is not worth a word, nor another that is so much shorter."""
LONG = 5.0
"""Minutes from which a wait is told even if there is nothing shorter to offer."""
SHORTER = 0.5
"""A later hour is worth coming back for if people wait at most half as long then."""

_SAY = Text(
    "现在人多，大约要等 {minutes} 分钟{later}{instead}。",
    "It is busy now: about {minutes} min to wait{later}{instead}.",
)
_FROM = Text("；{begin}以后来，等得短", "; shorter after {begin}")
_BETWEEN = Text("；{begin}到 {end}来，等得短", "; shorter from {begin} to {end}")
_INSTEAD = Text("；附近的{halls}更快", "; quicker nearby: {halls}")
_SPAN = Text("{low} 到 {high}", "{low} to {high}")
_HOUR = Text("{hour} 点", "{hour}:00")
_HOURS = Text("{begin}到 {end}", "{begin}–{end}")
_UNDER = "<1"


class Instead(NamedTuple):
    """A hall to send people to, by id and name; ``assumed``: nobody measured its figures."""

    hall: str
    name: str
    assumed: bool


class Hour(NamedTuple):
    """One hour of a hall: minutes that premium customers and others wait on average, and halls to send people to."""

    hour: int
    busy: bool
    premium: float
    other: float
    instead: tuple[Instead, ...] = ()


class Stretch(NamedTuple):
    """Hours from ``begin`` on, before ``end``, in which everybody is told the same; ``assumed`` are halls named in it of
    which nobody measured the figures."""

    begin: int
    end: int
    words: Message
    assumed: tuple[str, ...]

    @property
    def hours(self) -> Message:
        """Name the hours."""
        return _between(self.begin, self.end)


class HallWaits(NamedTuple):
    """The waits of a hall on a day.

    Attributes:
        hall: its id.
        name: what it is called.
        assumed: whether nobody measured its figures.
        hours: the hours in which it is open, in order; none if ``untold`` says why.
        untold: why nothing is told.
    """

    hall: str
    name: str
    assumed: bool
    hours: tuple[Hour, ...]
    untold: Untold | None = None

    @property
    def quiet(self) -> tuple[int, ...]:
        """The hours that are not busy."""
        return tuple(item.hour for item in self.hours if not item.busy)

    @property
    def quiet_hours(self) -> tuple[Message, ...]:
        """Those of them in which the wait is short, or much shorter than at the worst, in words."""
        most = max(WORTH, SHORTER * max((item.other for item in self.hours), default=0.0))
        short = [hour for hour in self.quiet if self.by_hour[hour].other <= most]
        return tuple(_between(run[0], run[-1] + 1) for run in _runs(short))

    @property
    def by_hour(self) -> dict[int, Hour]:
        """The hours by hour of the day."""
        return {item.hour: item for item in self.hours}

    @property
    def say(self) -> tuple[Stretch, ...]:
        """What to say in the busy hours in which people wait, if there is something shorter to offer or the wait is long."""
        return tuple(self._stretches())

    def _stretches(self) -> Iterator[Stretch]:
        told = [item for item in self.hours if item.busy and item.other >= WORTH]
        for _, alike in groupby(told, key=lambda item: item.instead):
            chosen = {item.hour: item for item in alike}
            for run in _runs(list(chosen)):
                yield from self._stretch([chosen[hour] for hour in run])

    def _stretch(self, busy: Sequence[Hour]) -> Iterator[Stretch]:
        waits, end = [item.other for item in busy], busy[-1].hour + 1
        later, halls = self._later(end, max(waits)), [item.name for item in busy[0].instead]
        if later is None and not halls and max(waits) < LONG:
            return
        said = _SAY(
            minutes=_range(min(waits), max(waits)),
            later=later or "",
            instead=_INSTEAD(halls=halls) if halls else "",
        )
        yield Stretch(busy[0].hour, end, said, tuple(item.name for item in busy[0].instead if item.assumed))

    def _later(self, end: int, wait: float) -> Message | None:
        """Say when on the same day it is worth coming back: in quiet hours with a much shorter wait, if there are any."""
        most = min(SHORTER * wait, wait - WORTH)
        later = [item.hour for item in self.hours if item.hour >= end and not item.busy and item.other <= most]
        if not later:
            return None
        run = _runs(later)[0]
        begin, stop = _HOUR(hour=run[0]), run[-1] + 1
        if stop == self.hours[-1].hour + 1:
            return _FROM(begin=begin)
        return _BETWEEN(begin=begin, end=_HOUR(hour=stop))


def minutes(value: float) -> str:
    """Write minutes as people say them: whole ones."""
    return _UNDER if value < 1 else str(int(value + 0.5))


def clock(hour: int) -> Message:
    """Write an hour of the day."""
    return _HOUR(hour=hour)


def _range(low: float, high: float) -> Message | str:
    least, most = minutes(low), minutes(high)
    return most if least == most else _SPAN(low=least, high=most)


def _between(begin: int, end: int) -> Message:
    return _HOURS(begin=_HOUR(hour=begin), end=_HOUR(hour=end))


def _runs(hours: Sequence[int]) -> list[list[int]]:
    """Return hours, those that follow each other together."""
    found = groupby(enumerate(hours), key=lambda item: item[1] - item[0])
    return [[hour for _, hour in run] for _, run in found]
