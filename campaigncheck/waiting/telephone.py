"""What campaigns do to hotlines: who calls in addition, and whether calls are still answered in time.

A campaign's calls come to the hotlines of the regions in which it runs, in proportion to who calls there anyway and to
how many of the region's cities it reaches; over days by its shape and by how many people call on each kind of day, over
hours by the hotline's own profile. They take as long as other calls: an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import HotlineHours
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.days import Floats, Ints
from campaigncheck.waiting.erlang import answered
from campaigncheck.waiting.memory import Question, recall
from campaigncheck.waiting.spread import day_types, shares

LIMITS = ("hotline_share", "hotline_seconds", "hotline_patience")
"""The policy's figures that the hotline is judged by."""

MOST_AGENTS = 2.0
"""More than so many times the agents are not looked for."""


class Answering(NamedTuple):
    """What is promised: this share of all calls answered within so many seconds; how long callers hold the line."""

    share: float
    seconds: float
    patience: float

    @classmethod
    def of(cls, catalogues: Catalogues, region: str) -> Answering:
        """Return what the policy says for a region."""
        share, seconds, patience = (catalogues.limit(name, region) for name in LIMITS)
        return cls(share / 100, seconds, patience)


class Missed(NamedTuple):
    """What a hotline misses because of a campaign: its worst hour, and how many there are.

    Attributes:
        entry: the campaign.
        region: the hotline's region.
        day: the worst day, as an ordinal.
        hour: its hour of the day.
        before: the share of calls answered in time with those who have right of way.
        after: the same with this campaign as well.
        promised: what is promised.
        calls: calls in the hour, the campaign's included.
        drawn: the campaign's calls in the hour.
        agents: how many more would keep the promise in the hour; None if not even twice as many do.
        days: all days on which the promise is missed because of it.
        hours: all hours.
    """

    entry: Entry
    region: str
    day: int
    hour: int
    before: float
    after: float
    promised: Answering
    calls: float
    drawn: float
    agents: int | None
    days: tuple[int, ...]
    hours: int


@dataclass(frozen=True, eq=False)
class Hotlines:
    """All hotlines with the campaigns that make people call."""

    portfolio: Portfolio
    catalogues: Catalogues

    def missed(self, focus: frozenset[str] | None = None) -> Iterator[Missed]:
        """Yield what hotlines miss, each campaign once for each region; in order of region and right of way.

        Args:
            focus: leave out the regions in which none of these makes anybody call; None for all regions.
        """
        for region in sorted(self.hours.regions):
            calling = self._calling(region)
            if calling and (focus is None or any(entry.id in focus for entry in calling)):
                yield from self._of_region(region, calling)

    def not_judged(self, focus: frozenset[str] | None = None) -> Iterator[tuple[Entry, str, tuple[int, ...]]]:
        """Yield campaigns that make people call on days on which a hotline cannot be judged, with its region and types.

        Args:
            focus: leave out campaigns that are none of these; None for all.
        """
        if self.hours.left_out is None:
            return
        for region in sorted(self.hours.regions):
            out = self.hours.left_out[self.hours.regions[region]]
            for entry in self._calling(region) if out.any() else ():
                if focus is None or entry.id in focus:
                    types = day_types(self.catalogues, entry.days)
                    lost = out[types] & (self.drawn(entry, region, entry.days) > 0)
                    if lost.any():
                        yield entry, region, tuple(np.unique(types[lost]).tolist())

    @property
    def hours(self) -> HotlineHours:
        """The hotlines' own calls and agents."""
        return self.catalogues.network.hotline_hours

    def drawn(self, entry: Entry, region: str, days: Days) -> Floats:
        """Return the calls that a campaign brings to a region's hotline on some days; shape (days,)."""
        drawn = entry.draws
        here = np.zeros(days.length)
        both = entry.days.meet(days)
        if drawn is None or both.empty:
            return here
        scope = {name: self._usual[name] * self._reached(entry, name) for name in self._regions_of(entry)}
        whole = np.sum(list(scope.values()), axis=0)
        share = np.divide(scope[region], whole, out=np.zeros_like(whole), where=whole > 0)
        calls = (drawn.hotline + drawn.asks_hotline) * shares(drawn, whole[day_types(self.catalogues, drawn.period)])
        first = both.first - drawn.period.first
        types = day_types(self.catalogues, both)
        at = both.first - days.first
        here[at : at + both.length] = calls[first : first + both.length] * share[types]
        return here

    @cached_property
    def _usual(self) -> dict[str, Floats]:
        """Who always calls in a day; shape (types of day,)."""
        daily = self.hours.daily
        return {name: daily[at] for name, at in self.hours.regions.items()}

    def _reached(self, entry: Entry, region: str) -> float:
        """Return the share of a region's cities in which a campaign runs and no child of it speaks for itself."""
        mask = self.portfolio.regions.masks[region]
        cities = entry.cities
        for child in self.portfolio.children.get(entry.id, ()):
            if child.draws is not None and not child.days.meet(entry.days).empty:
                cities &= ~child.cities
        return (cities & mask).bit_count() / max(1, mask.bit_count())

    def _regions_of(self, entry: Entry) -> list[str]:
        masks = self.portfolio.regions.masks
        return [name for name in self.hours.regions if masks[name] & entry.cities]

    def _calling(self, region: str) -> list[Entry]:
        mask = self.portfolio.regions.masks[region]
        found = [
            entry
            for entry in self.portfolio.entries
            if entry.cities & mask and entry.draws is not None and entry.draws.hotline + entry.draws.asks_hotline > 0
        ]
        return sorted(found, key=lambda entry: (entry.rank, entry.path))

    def _of_region(self, region: str, calling: Sequence[Entry]) -> Iterator[Missed]:
        days = Days(min(entry.days.first for entry in calling), max(entry.days.last for entry in calling))
        line = _Line.of(self, region, days)
        total = np.zeros(days.length)
        held = line.share(total)
        for entry in calling:
            drawn = self.drawn(entry, region, days)
            total = total + drawn
            calls = drawn > 0
            after = held.copy()
            after[calls] = line.on(calls).share(total[calls])
            broken = line.staffed & (after < line.promised.share) & (held >= line.promised.share)
            if broken.any():
                yield line.missed(entry, broken, (held, after), (drawn, total))
            held = np.minimum(held, after)


@dataclass(frozen=True, eq=False)
class _Line:
    """One hotline on some days; arrays have the shape (days, 24)."""

    region: str
    days: Days
    promised: Answering
    calls: Floats
    agents: Ints
    talk: Floats

    @classmethod
    def of(cls, lines: Hotlines, region: str, days: Days) -> _Line:
        at, types = lines.hours.regions[region], day_types(lines.catalogues, days)
        hours = lines.hours
        promised = Answering.of(lines.catalogues, region)
        return cls(region, days, promised, hours.calls[at][types], hours.agents[at][types], hours.talk[at][types])

    def on(self, days: NDArray[np.bool_]) -> _Line:
        """Return the hotline on some of its days."""
        return replace(self, calls=self.calls[days], agents=self.agents[days], talk=self.talk[days])

    @property
    def staffed(self) -> NDArray[np.bool_]:
        return np.asarray((self.agents > 0) & (self.talk > 0))

    def with_drawn(self, drawn: Floats) -> Floats:
        """Return all calls by the hour, with so many more on each day."""
        total = self.calls.sum(axis=1, keepdims=True)
        profile = np.divide(self.calls, total, out=np.zeros_like(self.calls), where=total > 0)
        return np.asarray(self.calls + profile * drawn[:, None])

    def share(self, drawn: Floats) -> Floats:
        """Return the share of calls answered in time."""
        given = (self.calls, self.agents, self.talk, drawn)
        (found,) = recall([Question(repr(self.promised), given)], lambda _: [self._share(drawn)])
        return found

    def _share(self, drawn: Floats) -> Floats:
        """Work the share out; days that are alike once."""
        calls, staffed = self.with_drawn(drawn), self.staffed
        keys = np.stack([calls[staffed], self.agents[staffed], self.talk[staffed]], axis=1)
        kinds, kind = np.unique(keys, axis=0, return_inverse=True)
        found = np.ones(calls.shape)
        if len(kinds):
            within = answered(kinds[:, 0], kinds[:, 1], kinds[:, 2], self.promised.patience, self.promised.seconds)
            found[staffed] = within.share_within[kind.reshape(-1)]
        return found

    def missed(
        self, entry: Entry, broken: NDArray[np.bool_], shares_: tuple[Floats, Floats], drawn: tuple[Floats, Floats]
    ) -> Missed:
        """Return what is missed, with the hour in which the smallest share is answered in time."""
        held, after = shares_
        day, hour = np.unravel_index(int(np.argmin(np.where(broken, after, np.inf).round(9))), after.shape)
        own, total = self.with_drawn(drawn[0])[day, hour] - self.calls[day, hour], self.with_drawn(drawn[1])[day, hour]
        days = np.flatnonzero(broken.any(axis=1)) + self.days.first
        return Missed(
            entry, self.region, self.days.first + int(day), int(hour), float(held[day, hour]), float(after[day, hour]),
            self.promised, float(total), float(own), self._more_agents(int(day), int(hour), float(total)),
            tuple(days.tolist()), int(broken.sum()),
        )  # fmt: skip

    def _more_agents(self, day: int, hour: int, calls: float) -> int | None:
        """Return how many more agents would keep the promise in an hour."""
        now = int(self.agents[day, hour])
        tries = np.arange(now + 1, int(now * MOST_AGENTS) + 2)
        within = answered(calls, tries, self.talk[day, hour], self.promised.patience, self.promised.seconds)
        kept = np.flatnonzero(within.share_within >= self.promised.share)
        return int(kept[0]) + 1 if kept.size else None
