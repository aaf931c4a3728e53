"""A repository as it is judged today, with some of its campaigns asked about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import policy_digest
from campaigncheck.catalogue.waivers import load_waivers
from campaigncheck.engine.examine import Crash, Examined, Examiner
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.identity import facts, fingerprints
from campaigncheck.engine.judge import judge
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import BATCH, Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Message
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.source.document import read
from campaigncheck.understand.entry import Entry

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Repository:
    """Where everything is that is judged: the specs, the rules, the exceptions.

    ``instead`` are texts that stand in for specs, by their paths as users see them.
    """

    specs: Sequence[SpecFile]
    files: RuleFiles
    waivers: Path | None
    instead: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """A finding with what it is known by, and the digest of what it rests on."""

    finding: Finding
    fingerprint: str
    facts: str


@dataclass(frozen=True)
class Situation:
    """All campaigns together: the report about those asked about, and what others may ask of the rest."""

    repository: Repository
    knowledge: Knowledge
    examiner: Examiner
    examined: tuple[Examined, ...]
    report: Report
    crashes: tuple[Crash, ...]
    today: date

    @cached_property
    def portfolio(self) -> Portfolio:
        """The campaigns that count, as those that are asked about meet them."""
        entries = (item.entry for item in self.examined if item.entry)
        return Portfolio.of(entries, self.knowledge.catalogues.regions)

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that were checked."""
        return tuple(sorted(rule.id for rule in self.examiner.rules))

    @property
    def notices(self) -> list[Message]:
        """What could not be known, though nothing is wrong: a past that is cut off."""
        asked = self.examiner.asked_histories
        return list(asked.notices) if asked is not None else []

    def named(self, campaign: str) -> list[Examined]:
        """Return the specs with an id: one, if all is well."""
        return [item for item in self.examined if item.id == campaign]

    def overlapping(self, campaign: str) -> Iterator[Entry]:
        """Yield the campaigns that share a day, a place and customers with one, in order of path."""
        pairs = self.portfolio.meeting(self.portfolio.pairs_with([campaign]))
        return (second if first.id == campaign else first for first, second in pairs)

    def before(self, campaign: str) -> list[Entry]:
        """Return those of the overlapping campaigns that need not give way to one, in order of id."""
        own = self.portfolio.by_id[campaign].rank if campaign in self.portfolio.by_id else None
        found = [entry for entry in self.overlapping(campaign) if own is not None and entry.rank <= own]
        return sorted(found, key=lambda entry: entry.id)

    def values(self, item: Examined) -> dict[str, Any] | None:
        """Return the values of a spec; None if it cannot be read.

        Raises:
            ChangedError: when its file changed after it was checked.
        """
        if item.document is None:
            return None
        value, _ = read(item.document.text, item.spec.shown)
        return dict(value)

    def values_of(self, entry: Entry) -> dict[str, Any]:
        """Return the values of the spec of a campaign that counts."""
        found = self.values(self._by_path[entry.path])
        assert found is not None  # it was read
        return found

    @cached_property
    def _by_path(self) -> dict[str, Examined]:
        return {item.spec.shown: item for item in self.examined}

    @cached_property
    def _found(self) -> dict[str, list[Found]]:
        every: dict[str, list[Found]] = {}
        known = zip(self.report.findings, fingerprints(self.report), facts(self.report), strict=True)
        for finding, fingerprint, digest in known:
            every.setdefault(finding.campaign, []).append(Found(finding, fingerprint, digest))
        return every

    def findings(self, campaign: str) -> list[Found]:
        """Return what was found of a campaign that was asked about."""
        return self._found.get(campaign, [])


def look(
    knowledge: Knowledge,
    repository: Repository,
    asked: Collection[str],
    today: date,
    progress: Progress = lambda done: None,
) -> Situation:
    """Judge some campaigns (by id) with the whole repository around them."""
    examiner = knowledge.examiner(Selection(), today.toordinal())
    examined: list[Examined] = []
    for start in range(0, len(repository.specs), BATCH):
        batch = [replace(spec, selected=False) for spec in repository.specs[start : start + BATCH]]
        around = _examine(examiner, batch, repository.instead)
        examined += [_ask(examiner, item, repository.instead) if item.id in asked else item for item in around]
        progress(len(batch))
    waivers = load_waivers(repository.waivers) if repository.waivers is not None else None
    report, crashes = judge(examined, examiner, policy_digest(repository.files), waivers)
    return Situation(repository, knowledge, examiner, tuple(examined), report, crashes, today)


def _examine(examiner: Examiner, specs: Sequence[SpecFile], instead: Mapping[str, str]) -> list[Examined]:
    """Examine specs in order, those with another text by that."""
    if not any(spec.shown in instead for spec in specs):
        return examiner.examine(specs)
    return [
        examiner.examine_text(spec, instead[spec.shown]) if spec.shown in instead else examiner.examine([spec])[0]
        for spec in specs
    ]


def _ask(examiner: Examiner, item: Examined, instead: Mapping[str, str]) -> Examined:
    return _examine(examiner, [replace(item.spec, selected=True)], instead)[0]
