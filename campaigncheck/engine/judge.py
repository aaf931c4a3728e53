"""Judges campaigns that have been examined all together: findings with severities, exceptions, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from campaigncheck import __version__
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.models import Severity
from campaigncheck.engine.examine import CRASHED, CRASHED_HINT, Crash, Examined, Examiner, run_rule
from campaigncheck.engine.finding import (
    INTERNAL,
    SEVERITIES,
    Finding,
    HeavyStep,
    Outcome,
    RelatedPlace,
    Report,
    Verdict,
    Where,
)
from campaigncheck.engine.identity import values_of
from campaigncheck.engine.locate import Located, locate_all
from campaigncheck.engine.surroundings import Around, refuse_missing_branch
from campaigncheck.messages import Text
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.rulekit.rule import PortfolioView, Problem, Scene
from campaigncheck.source.place import START, pointer

if TYPE_CHECKING:
    from campaigncheck.catalogue.waivers import Waivers


def judge(
    examined: Sequence[Examined], examiner: Examiner, policy: str, waivers: Waivers | None = None
) -> tuple[Report, tuple[Crash, ...]]:
    """Judge campaigns that have been examined all together, and report; exceptions hold where there are some."""
    located, crashes = _judge_portfolio(examined, examiner)
    report = _Reporter(examiner, examined, waivers).report(located, crashes, policy)
    own = [crash for item in examined for crash in item.crashes]
    return report, (*own, *(crash for _, crash in crashes))


def _judge_portfolio(
    examined: Sequence[Examined], examiner: Examiner
) -> tuple[list[tuple[Examined, Located]], list[tuple[Examined, Crash]]]:
    """Run the rules about all campaigns together."""
    portfolio = Portfolio.of((item.entry for item in examined if item.entry), examiner.catalogues.regions)
    known = tuple(item.known for item in examined if item.known)
    asked = frozenset(item.id for item in examined if item.spec.selected)
    focus = None if all(item.spec.selected for item in examined) else asked
    by_path = {item.spec.shown: item for item in examined}
    view = PortfolioView(portfolio, examiner.catalogues, known, examiner.today, focus, Around(examiner, by_path))
    problems: list[tuple[str, Problem]] = []
    crashes: list[Crash] = []
    for rule in examiner.rules:
        if rule.check_portfolio is not None:
            run_rule(rule, rule.check_portfolio, view, problems, crashes)
    refuse_missing_branch(examiner)
    asked_for = [
        (item.document, name, problem)
        for name, problem in problems
        if (item := by_path[problem.spec or ""]).document is not None and _concerns(item, problem, by_path)
    ]
    documents = {path: item.document for path, item in by_path.items() if item.document is not None}
    located = [(by_path[found.problem.spec or ""], found) for found in locate_all(documents, asked_for)]
    first = next(iter(examined))
    return located, [(first, crash) for crash in crashes]


def _concerns(item: Examined, problem: Problem, by_path: dict[str, Examined]) -> bool:
    """Whether a finding is asked for: of a chosen campaign, or caused by one in another."""
    if item.spec.selected:
        return True
    return any(other.spec is not None and by_path[other.spec].spec.selected for other in problem.related)


@dataclass(frozen=True)
class _Reporter:
    """Turns located problems into findings with severities, and campaigns into verdicts."""

    examiner: Examiner
    examined: Sequence[Examined]
    waivers: Waivers | None = None

    @property
    def catalogues(self) -> Catalogues:
        return self.examiner.catalogues

    def report(
        self,
        located: Iterable[tuple[Examined, Located]],
        crashes: Iterable[tuple[Examined, Crash]],
        policy: str,
    ) -> Report:
        by_path = {item.spec.shown: item for item in self.examined}
        own = ((item, problem) for item in self.examined for problem in item.located)
        findings = [self._finding(item, problem, by_path) for item, problem in chain(own, located)]
        findings += [self._unread(item) for item in self.examined if item.unreadable and item.spec.selected]
        crashed = [*((item, crash) for item in self.examined for crash in item.crashes), *crashes]
        findings += [_internal(item, crash) for item, crash in crashed]
        findings.sort(key=lambda finding: finding.order)
        texts = self._texts(findings, by_path)
        if self.waivers is not None:
            findings = self._except(self.waivers, findings, texts, {crash.rule for _, crash in crashed})
        counted: dict[str, list[Finding]] = {}
        paths = (
            _paths(self.examined) if self.waivers is not None else {}
        )  # an exception is the campaign's that it is for
        for finding in findings:
            for path in (finding.path,) if finding.path in by_path else paths.get(finding.campaign, ()):
                counted.setdefault(path, []).append(finding)
        outcomes = tuple(
            self._outcome(item, counted.get(item.spec.shown, [])) for item in self.examined if item.spec.selected
        )
        unread = tuple(item.spec.shown for item in self.examined if not item.spec.selected and not item.understood)
        steps = {name: entry.name.text for name, entry in self.catalogues.steps.steps.items()}
        return Report(
            __version__, policy, outcomes, tuple(findings), unread, texts, steps=steps,
            policies=self.catalogues.policies, measured=self.catalogues.complaints,
            faulty=tuple(fault.problem for fault in self.catalogues.network.faults),
            whole=all(item.spec.selected for item in self.examined),
        )  # fmt: skip

    def _texts(self, findings: Iterable[Finding], by_path: dict[str, Examined]) -> dict[str, str]:
        """Return the texts of the files with findings, and of those that these are related to."""
        paths = dict.fromkeys(chain.from_iterable((f.path, *(other.path for other in f.related)) for f in findings))
        documents = {path: by_path[path].document for path in paths}
        return {path: document.text for path, document in documents.items() if document is not None}

    def _except(
        self, waivers: Waivers, findings: list[Finding], texts: dict[str, str], crashed: set[str]
    ) -> list[Finding]:
        """Return the findings as exceptions leave them, with the exceptions that do not hold, in order."""
        from campaigncheck.engine.waiving import WAIV001, Checked, Exceptions  # most repositories need none

        policies = self.catalogues.policies
        rules = {rule.id for rule in self.examiner.rules} - crashed
        checked = Checked(
            known={item.id: item.owner for item in self.examined},
            judged={item.id for item in self.examined if item.spec.selected and item.understood},
            rules=rules,
            all_rules={*self.catalogues.policy.severities, *rules},
        )
        today = date.fromordinal(self.examiner.today)
        exceptions = Exceptions(
            waivers, policies, today, checked, values_of(texts), partial(policies.severity, WAIV001)
        )
        if waivers.document is not None:
            texts[waivers.path] = waivers.document.text
        return sorted(exceptions.apply(findings), key=lambda finding: finding.order)

    def _finding(self, item: Examined, found: Located, by_path: dict[str, Examined]) -> Finding:
        problem = found.problem
        related = []
        for other, place in zip(problem.related, found.related, strict=True):
            there = by_path[other.spec] if other.spec is not None else item
            if place is None and there.document is not None:
                place = there.document.place(other.path, key=other.key)
            related.append(RelatedPlace(there.id, there.spec.shown, place or START, other.message, pointer(other.path)))
        return Finding(
            rule=found.rule,
            severity=self._severity(found.rule, problem.severity, item),
            campaign=item.id,
            path=item.spec.shown,
            place=found.place,
            pointer=found.pointer,
            message=problem.message,
            hint=problem.hint,
            related=tuple(related),
            where=self._where(problem.scene),
            cost=found.cost,
        )

    def _where(self, scene: Scene | None) -> Where | None:
        if scene is None:
            return None
        return Where(scene.days.start, scene.days.end, tuple(self.catalogues.regions.cover(scene.cities)))

    def _severity(self, rule: str, own: Severity | None, item: Examined) -> Severity:
        """The policy's severity where the owner is, less if the rule is less sure, and a to-do at an early stage."""
        severity = self.catalogues.policies.severity(rule, item.owner)
        if own is not None and SEVERITIES.index(own) > SEVERITIES.index(severity):
            severity = own
        entry = self.catalogues.policy.stages.get(item.stage)  # type: ignore[call-overload]
        if entry and severity == "error" and rule.rstrip("0123456789") in entry.soften:
            return "warning"
        return severity

    def _unread(self, item: Examined) -> Finding:
        assert item.unreadable is not None
        error = item.unreadable
        return Finding(
            "SPEC001", "error", item.id, item.spec.shown, error.place, "",
            error.message, error.hint,
        )  # fmt: skip

    def _outcome(self, item: Examined, findings: Sequence[Finding]) -> Outcome:
        waived = sum(finding.waived is not None for finding in findings)
        findings = [finding for finding in findings if finding.waived is None] if waived else findings
        errors = [finding for finding in findings if finding.severity == "error"] if findings else []
        invalid = any(finding.rule.startswith("SPEC") for finding in errors)
        verdict: Verdict = "invalid" if invalid else "blocked" if errors else "pass"
        return Outcome(
            id=item.id,
            title=item.title,
            path=item.spec.shown,
            stage=item.stage,
            verdict=verdict,
            handling=item.handling,
            heaviest=tuple(self._heavy(name, minutes) for name, minutes in item.heaviest),
            errors=len(errors),
            warnings=sum(finding.severity == "warning" for finding in findings),
            notes=sum(finding.severity == "note" for finding in findings),
            costs=item.costs,
            transactions=item.transactions,
            counter=item.counter,
            entry=item.entry,
            waived=waived,
        )

    def _heavy(self, name: str, minutes: float) -> HeavyStep:
        entry = self.catalogues.steps.steps.get(name)
        return HeavyStep(name, entry.name.text if entry else Text(name, name), minutes)


def _paths(examined: Iterable[Examined]) -> dict[str, list[str]]:
    """Return the files of campaigns by id."""
    found: dict[str, list[str]] = {}
    for item in examined:
        found.setdefault(item.id, []).append(item.spec.shown)
    return found


def _internal(item: Examined, crash: Crash) -> Finding:
    message, hint = crash.told or (CRASHED(rule=crash.rule, error=crash.error), CRASHED_HINT())
    return Finding(INTERNAL, "error", item.id, item.spec.shown, START, "", message, hint)
