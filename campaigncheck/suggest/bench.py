"""Tries a changed spec against everything else, by the very rules that `check` runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.finding import Finding
from campaigncheck.engine.run import Knowledge, judge
from campaigncheck.engine.selection import Selection
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.suggest.plan import Subject

COORDINATION = ("CONF", "FREQ", "WAIT")
"""Rules about several campaigns: even a warning of these is in the way."""

Upset = tuple[str, str]
"""Another campaign, and the rule that it breaks because of the one looked at."""


def in_the_way(finding: Finding) -> bool:
    """Whether a campaign does not pass with a finding: an error, or a warning about coordination."""
    return finding.severity == "error" or (finding.severity == "warning" and finding.rule.startswith(COORDINATION))


class Trial(NamedTuple):
    """What stands in the way of one version of the campaign, and the others that it upsets."""

    own: tuple[Finding, ...]
    caused: tuple[Finding, ...]
    examined: Examined

    @property
    def start(self) -> int:
        """The day on which it starts in this version."""
        return self.examined.entry.start if self.examined.entry else 0

    @property
    def upset(self) -> frozenset[Upset]:
        """The other campaigns that it upsets."""
        return frozenset((finding.campaign, finding.rule) for finding in self.caused)


@dataclass(frozen=True)
class Bench:
    """A campaign, and all others that share a city with it."""

    subject: Subject
    others: tuple[Examined, ...]
    examiner: Examiner

    @classmethod
    def of(cls, knowledge: Knowledge, examined: Sequence[Examined], subject: Subject, today: int) -> Bench:
        """Take the campaigns that matter from a repository; the others can neither clash nor crowd."""
        cities = subject.entry.cities
        near = [
            item._replace(spec=replace(item.spec, selected=False), located=(), crashes=())
            for item in examined
            if item is not subject.item and item.entry is not None and item.entry.cities & cities
        ]
        return cls(subject, tuple(near), knowledge.examiner(Selection(), today))

    @cached_property
    def portfolio(self) -> Portfolio:
        """The others alone."""
        entries = (item.entry for item in self.others if item.entry is not None)
        return Portfolio.of(entries, self.examiner.catalogues.regions)

    def try_text(self, text: str) -> Trial:
        """Judge the spec as it would read.

        Raises:
            SourceError: when the text is no spec any more.
        """
        item = self.examiner.examine_text(self.subject.item.spec, text)
        report, _ = judge([item, *self.others], self.examiner, "")
        found = [finding for finding in report.findings if in_the_way(finding)]
        own = tuple(finding for finding in found if finding.path == item.spec.shown)
        return Trial(own, tuple(finding for finding in found if finding.path != item.spec.shown), item)

    def alone(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield rule and pointer of what stands in the way of a spec as it would read, all others apart."""
        item = self.examiner.examine_text(self.subject.item.spec, text)
        report, _ = judge([item], self.examiner, "")
        yield from ((finding.rule, finding.pointer) for finding in report.findings if in_the_way(finding))
