"""What a run has to say: findings, verdicts and their totals. All frozen, totally ordered, complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from campaigncheck.catalogue.complaints import Measured
from campaigncheck.catalogue.models import Severity
from campaigncheck.catalogue.policies import Policies
from campaigncheck.catalogue.problems import CatalogueProblem
from campaigncheck.handling.costs import StepCost, Transactions
from campaigncheck.handling.counter import CounterTime
from campaigncheck.handling.pert import Estimate
from campaigncheck.handling.words import WordCost
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import Rule
from campaigncheck.source.place import CellPlace, Place
from campaigncheck.understand.entry import Entry

Verdict = Literal["pass", "blocked", "invalid"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
INTERNAL = "INTERNAL"
"""The id of findings about a rule that crashed; they can be neither deselected nor waived."""

ALWAYS_HOLD = ("SPEC", "WAIV", INTERNAL)
"""Families that neither an exception nor a baseline takes away: what cannot be read, and what is wrong with exceptions."""


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """The other place involved."""

    campaign: str
    path: str
    place: Place
    message: Message
    pointer: str = ""


class Waived(NamedTuple):
    """The exception that lets a finding pass: why, by whom, until which day (inclusive), and where it is written."""

    reason: str
    approver: str
    expires: date
    path: str
    line: int


class Where(NamedTuple):
    """The days on which, and the cities (or provinces) in which, campaigns meet."""

    first: date
    last: date
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, with everything a report needs.

    ``cost`` is that of a word that clerks have to explain, ``waived`` the exception under which it counts for nothing.
    """

    rule: str
    severity: Severity
    campaign: str
    path: str
    place: Place
    pointer: str
    message: Message
    hint: Message
    related: tuple[RelatedPlace, ...] = ()
    where: Where | None = None
    cost: WordCost | None = None
    waived: Waived | None = None

    @property
    def order(self) -> tuple[str, Place, tuple[int, ...], str, str, str]:
        """Findings are told in this order: path, place, rule, and for the rest anything that is fixed."""
        cell = self.place.order if isinstance(self.place, CellPlace) else ()
        return self.path, self.place, cell, self.rule, self.pointer, self.message.render("en")


class Proposal(NamedTuple):
    """What became of a proposal: the campaign it is about, and the file it stands in for.

    ``counts`` is False where the version of the campaign that was named counts instead.
    """

    id: str
    path: str
    instead_of: str | None = None
    counts: bool = True


class HeavyStep(NamedTuple):
    """A handling step with the mean minutes it adds to a transaction."""

    id: str
    name: Text
    minutes: float


class Outcome(NamedTuple):
    """What became of one campaign.

    ``costs`` are all steps with what they cost, ``transactions`` those still to come at the counters, if the spec tells;
    ``counter`` is what the handling time is made of, where that is more than the sum of the steps; ``entry`` is what others see
    of it, if it counts for anything; ``waived`` are findings under an exception, counted nowhere else.
    """

    id: str
    title: str
    path: str
    stage: str
    verdict: Verdict
    handling: Estimate | None
    heaviest: tuple[HeavyStep, ...]
    errors: int
    warnings: int
    notes: int
    costs: tuple[StepCost, ...] = ()
    transactions: Transactions | None = None
    counter: CounterTime | None = None
    entry: Entry | None = None
    waived: int = 0


class Gone(NamedTuple):
    """A finding of the baseline that there is no longer."""

    rule: str
    campaign: str
    path: str
    message: str


class Compared(NamedTuple):
    """What a comparison with a baseline left out, as known before, and what of it is gone."""

    known: int
    gone: tuple[Gone, ...]


@dataclass(frozen=True)
class Report:
    """The result of one run.

    ``unread`` are the files of the context that could not be compared, ``sources`` the texts of the files with findings
    and of those that these are related to, by path, ``steps`` what the steps at the counter are called, ``measured`` the
    complaints counted by rule, ``faulty`` what is wrong with rows of the network, so that not all waits could be judged,
    ``whole`` whether every campaign of the repository was asked for, ``compared`` what a baseline left out, ``among`` the
    findings that a comparison chose its own from, so that those alike keep their names.
    """

    version: str
    policy: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    unread: tuple[str, ...]
    sources: dict[str, str]
    proposals: tuple[Proposal, ...] = ()
    steps: Mapping[str, Text] = field(default_factory=dict)
    policies: Policies | None = None
    measured: Mapping[str, Measured] = field(default_factory=dict)
    faulty: tuple[CatalogueProblem, ...] = ()
    own: Mapping[str, Rule] = field(default_factory=dict)
    whole: bool = False
    compared: Compared | None = None
    among: tuple[Finding, ...] = ()

    def limit(self, name: str, region: str) -> float:
        """Return one figure of the policy as it holds in a region."""
        assert self.policies is not None  # a run always has some
        return self.policies.limit(name, region)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity; those under an exception are counted apart."""
        return sum(finding.severity == severity and finding.waived is None for finding in self.findings)

    @property
    def waived(self) -> int:
        """How many findings are under an exception."""
        return sum(finding.waived is not None for finding in self.findings)

    def verdicts(self, verdict: Verdict) -> int:
        """How many campaigns have this verdict."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)

    @property
    def crashed(self) -> bool:
        """Whether a rule crashed."""
        return any(finding.rule == INTERNAL for finding in self.findings)

    def reaches(self, severity: Severity) -> bool:
        """Whether any finding that no exception covers is at or above a severity."""
        allowed = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return any(finding.severity in allowed and finding.waived is None for finding in self.findings)
