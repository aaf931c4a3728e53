"""Which campaigns of a run concern a place around a day, and on which days each counts there.

A finished run keeps only what campaigns need to know of each other, and forgets those that are over. The few that
matter to one place are read again from the text that was checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Outcome
from campaigncheck.engine.run import Run
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.presence import Presence
from campaigncheck.sheets.daily.place import Place
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.conditions import Memo
from campaigncheck.understand.entry import Entry, describe
from campaigncheck.understand.meaning import understand
from campaigncheck.understand.references import fill

SOON = 7
"""Days that count as “soon”, and days back to the sheet before."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Candidate(NamedTuple):
    """A campaign that runs in the city some time around the day, with what the check says of it."""

    campaign: Campaign
    entry: Entry
    outcome: Outcome
    digest: str

    @property
    def cleared(self) -> bool:
        """Whether it may be used with customers: launched, and nothing wrong with it."""
        return self.campaign.stage == "launched" and self.outcome.verdict == "pass"


def candidates(run: Run, place: Place, day: int) -> Iterator[Candidate]:
    """Yield the campaigns of a place's city that run from a week before a day to a week after it, in order of path.

    Raises:
        ChangedError: when a spec has changed since it was checked.
    """
    span, memo = Days(day - SOON, day + SOON), Memo()
    city = run.catalogues.regions.masks[place.city]
    outcomes = {outcome.path: outcome for outcome in run.report.outcomes}
    for item in run.examined:
        outcome = outcomes.get(item.spec.shown)
        if outcome is None or item.document is None or not _may_concern(item, city, span):
            continue
        campaign = fit(Campaign, read(item.document.text, item.spec.shown)[0])
        assert isinstance(campaign, Campaign), "it fitted when it was checked"
        campaign = fill(campaign).campaign
        entry = describe(understand(campaign, run.catalogues, memo), item.spec.shown, span.first)
        if entry is not None and entry.cities & city and not entry.days.meet(span).empty:
            yield Candidate(campaign, entry, outcome, hashlib.sha256(item.document.text.encode()).hexdigest())


def _may_concern(item: Examined, city: int, span: Days) -> bool:
    """Whether a campaign may run in a city in some days; of what the run has forgotten, the dates in the text tell.

    A date in a spec stands there as it is, unless escapes hide it.
    """
    if not item.understood or item.stage == "retired":
        return False
    if item.entry is not None:
        return bool(item.entry.cities & city) and not Days(item.entry.start, item.entry.days.last).meet(span).empty
    assert item.document is not None
    text = item.document.text
    item.document.let_go()
    return "\\" in text or max(_DATE.findall(text), default="") >= str(span.start)


@dataclass(frozen=True)
class There:
    """The campaigns of a place around a day.

    ``here`` are those that run in the place, by id; ``elsewhere`` run in the city, but only in other halls.
    """

    place: Place
    day: int
    here: Mapping[str, Candidate]
    elsewhere: tuple[Candidate, ...]
    catalogues: Catalogues

    @cached_property
    def cleared(self) -> list[Presence]:
        """The days on which each campaign that may be used counts.

        One that may not be used takes nobody's place: while a city still tests its version, the provincial one is
        what customers get.
        """
        return self._counting(item.entry for item in self.here.values() if item.cleared)

    @cached_property
    def uncleared(self) -> list[Presence]:
        """The days on which each campaign that may not be used would count."""
        found = self._counting(item.entry for item in self.here.values())
        return [item for item in found if not self.here[item.entry.id].cleared]

    def _counting(self, entries: Iterable[Entry]) -> list[Presence]:
        portfolio = Portfolio.of((self._parted(entry) for entry in entries), self.catalogues.regions)
        found = portfolio.town(self.place.city).items
        return sorted(found, key=lambda item: (item.entry.start, item.entry.id))

    def _parted(self, entry: Entry) -> Entry:
        """Part a child from its parent if it is in only some of the halls here: in the others the parent goes on."""
        if entry.parent is None or not entry.halls:
            return entry
        parent = self.here.get(entry.parent)
        needed = (parent.entry.halls if parent else frozenset()) & self.place.halls or self.place.halls
        return entry if needed <= entry.halls else entry._replace(parent=None)

    def stand_in(self, parent: Entry, day: int) -> Candidate | None:
        """Return the campaign that stands in for another on a day."""
        found = (
            item
            for item in self.here.values()
            if item.cleared and self._parted(item.entry).parent == parent.id
            and item.entry.days.first <= day <= item.entry.days.last
        )  # fmt: skip
        return min(found, key=lambda item: (item.entry.rank, item.entry.path), default=None)


def look(run: Run, place: Place, day: int) -> There:
    """Find the campaigns of a place around a day; of several with one id the one with right of way counts."""
    here: dict[str, Candidate] = {}
    elsewhere = []
    for item in candidates(run, place, day):
        if item.entry.halls and not _names_hall(item.entry, place, run.catalogues):
            elsewhere.append(item)
            continue
        known = here.setdefault(item.entry.id, item)
        if (item.entry.rank, item.entry.path) < (known.entry.rank, known.entry.path):
            here[item.entry.id] = item
    return There(place, day, here, tuple(elsewhere), run.catalogues)


def _names_hall(entry: Entry, place: Place, catalogues: Catalogues) -> bool:
    """Whether a campaign names a hall of the place; in a city, one that nobody knows of may be there."""
    if entry.halls & place.halls:
        return True
    return place.kind == "city" and not all(hall in catalogues.network.city_of for hall in entry.halls)
