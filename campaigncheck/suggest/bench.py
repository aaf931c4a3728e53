"""Tries a changed spec against everything else, by the very rules that `check` runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.judge import judge
from campaigncheck.engine.run import Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.source.document import Document
from campaigncheck.suggest.edits import write_days
from campaigncheck.suggest.plan import Subject
from campaigncheck.understand.entry import Entry

COORDINATION = ("CONF", "FREQ", "WAIT")
"""Rules about several campaigns: even a warning of these is in the way."""

WORDS = ("FAQ", "LANG")
"""Rules about what is written for customers: no plan mends it, and a plan may make new words necessary."""

STARTS = ("FREQ002", "FREQ004", "FREQ006")
"""Rules about how much begins within some days."""

Upset = tuple[str, str]
"""Another campaign, and the rule that it breaks because of the one looked at."""

Fault = tuple[str, str]
"""A rule that the campaign itself breaks, and where (a JSON pointer)."""


def counts(severity: str, rule: str) -> bool:
    """Whether a campaign does not pass with a finding: an error, or a warning about coordination."""
    return severity == "error" or (severity == "warning" and rule.startswith(COORDINATION))


def about_words(rule: str) -> bool:
    """Whether a rule is about what is written for customers."""
    return rule.startswith(WORDS)


class Trial(NamedTuple):
    """What stands in the way of one version of the campaign, and the others that it upsets."""

    own: tuple[Finding, ...]
    caused: tuple[Finding, ...]
    entry: Entry | None

    @property
    def give_way(self) -> tuple[Finding, ...]:
        """What others have to change because of it: days, places, customers."""
        return tuple([finding for finding in self.caused if finding.rule.startswith(COORDINATION)])

    @property
    def upset(self) -> frozenset[Upset]:
        """The other campaigns that it upsets."""
        return frozenset((finding.campaign, finding.rule) for finding in self.caused)


@dataclass(frozen=True)
class Bench:
    """A campaign, and all others that can have to do with it."""

    subject: Subject
    others: tuple[Examined, ...]
    examiner: Examiner

    @classmethod
    def of(cls, knowledge: Knowledge, examined: Sequence[Examined], subject: Subject, today: int) -> Bench:
        """Take the campaigns of a repository; of those that are far away only the ids matter.

        Nobody is told in which line of the others' files anything stands, so these are not looked at again.
        """
        near = _near(examined, subject)
        others = [
            item._replace(
                spec=replace(item.spec, selected=False),
                entry=item.entry if item.entry and item.entry.cities & near else None,
                document=Document(item.spec.shown, "{}\n"),
                located=(),
                crashes=(),
            )
            for item in examined
            if item.spec.shown != subject.item.spec.shown
        ]
        return cls(subject, tuple(others), knowledge.examiner(Selection(), today))

    @cached_property
    def portfolio(self) -> Portfolio:
        """The others alone."""
        entries = (item.entry for item in self.others if item.entry is not None)
        return Portfolio.of(entries, self.examiner.catalogues.regions)

    def counts(self, rule: str, owner: str) -> bool:
        """Whether a finding of a rule keeps a campaign of some region from passing."""
        severities = self.examiner.catalogues.policies
        return any(item.id == rule for item in self.examiner.rules) and counts(severities.severity(rule, owner), rule)

    def try_text(self, text: str) -> Trial:
        """Judge the spec as it would read.

        Raises:
            SourceError: when the text is no spec any more.
        """
        item = self.examiner.examine_text(self.subject.item.spec, text)
        return self._trial(item, self.others, self.examiner)

    def try_start(self, entry: Entry, city: str) -> Trial:
        """Judge what begins within some days in one city, as if nobody ran anywhere else."""
        regions = self.portfolio.regions
        item, *others = (
            found._replace(entry=known._replace(cities=regions.masks[city]), located=(), crashes=())
            for found, known in ((self.subject.item, entry), *self._in_city(city))
        )
        return self._trial(item, others, self._only(STARTS))

    def clashing(self, text: str, names: Iterable[str], rules: Sequence[str]) -> set[str]:
        """Return those of some campaigns with which the spec, as it would read, breaks one of some rules."""
        item = self.examiner.examine_text(self.subject.item.spec, text)
        trial = self._trial(item, [self._by_id[name] for name in names], self._only(rules))
        found = [finding for finding in (*trial.own, *trial.caused) if finding.rule in rules]
        return {name for finding in found for name in company(finding)} - {self.subject.entry.id}

    def alone_on(self, days: Sequence[Days]) -> list[set[Fault]]:
        """Return what stands in the way of the campaign by itself if it ran on other days; its parent is still known."""
        spec, parent = self.subject.item.spec, self.subject.entry.parent
        family = [item for item in self.others if item.known and item.id == parent]
        whole = self._trial(self.examiner.examine_text(spec, self.subject.text), family, self.examiner).own
        alone = faults(item for item in whole if item.rule.startswith("SPEC") or company(item) == {item.campaign})
        always = alone - self.own(self.subject.text)
        return [always | self.own(text) for text in write_days(self.subject, days)]

    def own(self, text: str) -> set[Fault]:
        """Return what the rules about single campaigns find."""
        item = self.examiner.examine_text(self.subject.item.spec, text)
        return faults(self._trial(item, (), self._only(())).own)

    @cached_property
    def upset_anyway(self) -> frozenset[Upset]:
        """The other campaigns that are crowded or alone without this one."""
        examiner = self._only([rule.id for rule in self.examiner.rules if rule.family in ("FREQ", "FAQ")])
        everybody = [item._replace(spec=replace(item.spec, selected=True)) for item in self.others]
        report, _ = judge(everybody, examiner, "") if everybody else (None, ())
        found = report.findings if report else ()
        return frozenset((item.campaign, item.rule) for item in found if counts(item.severity, item.rule))

    def _trial(self, item: Examined, others: Sequence[Examined], examiner: Examiner) -> Trial:
        report: Report = judge([item, *others], examiner, "")[0]
        found = [finding for finding in report.findings if counts(finding.severity, finding.rule)]
        own = tuple(finding for finding in found if finding.path == item.spec.shown)
        return Trial(own, tuple(finding for finding in found if finding.path != item.spec.shown), item.entry)

    @cached_property
    def _by_id(self) -> dict[str, Examined]:
        counting = self.portfolio.by_id
        return {item.id: item for item in self.others if item.entry and item.entry is counting.get(item.id)}

    def _in_city(self, city: str) -> list[tuple[Examined, Entry]]:
        return [(self._by_id[entry.id], entry) for entry in self.portfolio.by_city.get(city, ())]

    def _only(self, rules: Sequence[str]) -> Examiner:
        return replace(self.examiner, rules=tuple(rule for rule in self.examiner.rules if rule.id in rules))


def faults(findings: Iterable[Finding]) -> set[Fault]:
    """Return the rules that are broken, and where."""
    return {(finding.rule, finding.pointer) for finding in findings}


def company(finding: Finding) -> set[str]:
    """Return the campaigns that a finding is about."""
    return {finding.campaign, *(place.campaign for place in finding.related)}


def _near(examined: Sequence[Examined], subject: Subject) -> int:
    """Return the cities of all campaigns that share a city with one: what happens there decides about them."""
    near = subject.entry.cities
    for item in examined:
        entry = item.entry
        if entry is not None and (entry.cities & subject.entry.cities or entry.id == subject.entry.parent):
            near |= entry.cities
    return near
