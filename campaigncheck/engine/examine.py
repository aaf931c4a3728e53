"""Everything that can be said of one spec on its own; independent of all others, so it can run anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.locate import Located, locate
from campaigncheck.engine.repository import SpecFile
from campaigncheck.handling.costs import StepCost, Transactions, step_costs, transactions
from campaigncheck.handling.counter import CounterTime, counter_time
from campaigncheck.handling.pert import Estimate
from campaigncheck.handling.plan import heaviest
from campaigncheck.handling.words import Kind, WordCost, word_cost
from campaigncheck.language.lexicon import Lexicon
from campaigncheck.language.passages import read
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.fault import RuleFaultError
from campaigncheck.rulekit.rule import CampaignView, Known, Problem, Rule
from campaigncheck.source.document import Document, load
from campaigncheck.source.document import read as read_text
from campaigncheck.source.errors import SourceError
from campaigncheck.source.place import Place
from campaigncheck.source.quick import silence
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.conditions import Memo
from campaigncheck.understand.entry import Entry, describe, right_of_way
from campaigncheck.understand.meaning import Meaning, understand
from campaigncheck.understand.references import ReferenceFault, fill, may_refer
from campaigncheck.workbook.names import is_workbook

if TYPE_CHECKING:
    from campaigncheck.history.histories import Histories
    from campaigncheck.workbook.vocabulary import Vocabulary

CRASHED = Text("规则 {rule} 在检查本案时出错：{error}", "the rule {rule} failed on this campaign: {error}")
CRASHED_HINT = Text(
    "这是程序的问题，不是营销案的问题；请把本案和这条信息发给维护人员（加 --debug 可以看到细节）。",
    "This is the program's fault, not the campaign's: report it with the spec (--debug shows the details).",
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What the loader says of a file that is no YAML."""

    place: Place
    message: Message
    hint: Message


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised: which one, what, and its traceback; ``told`` instead where whoever wrote the rule has to mend it."""

    rule: str
    error: str
    traceback: str
    told: tuple[Message, Message] | None = None


class _Loaded(NamedTuple):
    """A spec that is YAML, or that YAML was made of; ``told`` is what was found in a workbook, ``sound`` whether it will do."""

    spec: SpecFile
    value: dict[str, Any]
    document: Document
    told: tuple[Located, ...] = ()
    sound: bool = True


class _Fitted(NamedTuple):
    """A spec that fits the model; ``told`` is what was found in the workbook that it was made of."""

    spec: SpecFile
    document: Document
    campaign: Campaign
    references: tuple[ReferenceFault, ...] = ()
    told: tuple[Located, ...] = ()


class Examined(NamedTuple):
    """One spec after its own rules: small enough to keep by the hundred thousand.

    ``owner`` is the region that runs the campaign; empty for a spec that does not fit. ``counter`` is kept of those whose
    handling time is more than the sum of their steps.
    """

    spec: SpecFile
    id: str
    title: str
    stage: str
    owner: str
    document: Document | None
    entry: Entry | None
    known: Known | None
    handling: Estimate | None
    heaviest: tuple[tuple[str, float], ...]
    unreadable: Unreadable | None
    located: tuple[Located, ...]
    crashes: tuple[Crash, ...]
    costs: tuple[StepCost, ...] = ()
    transactions: Transactions | None = None
    counter: CounterTime | None = None

    @property
    def understood(self) -> bool:
        """Whether the spec fits, so that others can be compared with it."""
        return self.owner != ""


class _Work(NamedTuple):
    """A spec on its way through the stages."""

    spec: SpecFile
    document: Document
    meaning: Meaning
    over: bool
    problems: list[tuple[str, Problem]]
    crashes: list[Crash]
    told: tuple[Located, ...] = ()


@dataclass(frozen=True)
class Examiner:
    """The rules about single campaigns with what they look up; made once for each process."""

    catalogues: Catalogues
    lexicon: Lexicon
    rules: tuple[Rule, ...]
    today: int
    groups: Memo = field(default_factory=dict, repr=False, compare=False)

    def examine(self, specs: Sequence[SpecFile]) -> list[Examined]:
        """Load a batch of specs and run their own rules on those that were asked for.

        The batch goes through stage by stage and rule by rule, not spec by spec: what a stage needs (the
        parser, the automaton, a rule) stays in the processor's caches, which saves a fifth of the time.
        """
        with silence:
            loaded = [self._load(spec) for spec in specs]
        return self._judge(loaded)

    def examine_text(self, spec: SpecFile, text: str) -> Examined:
        """Examine a spec as if its file held ``text``.

        Raises:
            SourceError: when the text is not plain YAML.
        """
        value, document = read_text(text, spec.shown)
        return self._judge([_Loaded(spec, value, document)])[0]

    def _judge(self, loaded: Sequence[_Loaded | Examined]) -> list[Examined]:
        fitted = [self._fit(item) if isinstance(item, _Loaded) else item for item in loaded]
        works = [self._understand(item) if isinstance(item, _Fitted) else item for item in fitted]
        views = self._views([work for work in works if isinstance(work, _Work) and work.spec.selected])
        for rule in self.rules:
            if rule.check is not None:
                always = rule.family == "SPEC"
                for work, view in views:
                    if always or not work.over:
                        run_rule(rule, rule.check, view, work.problems, work.crashes)
        judged = {work.spec.file: view for work, view in views}
        return [self._finish(work, judged.get(work.spec.file)) if isinstance(work, _Work) else work for work in works]

    def _load(self, spec: SpecFile) -> _Loaded | Examined:
        try:
            if is_workbook(spec.file):
                return self._load_workbook(spec)
            value, document, _ = load(spec.file, spec.shown)
        except SourceError as error:
            return unread(spec, Unreadable(error.place, error.message, error.hint))
        return _Loaded(spec, value, document)

    def _load_workbook(self, spec: SpecFile) -> _Loaded:
        from campaigncheck.engine.workbooks import load_workbook

        return _Loaded(spec, *load_workbook(spec, self._words))

    @cached_property
    def _words(self) -> Vocabulary:
        from campaigncheck.workbook.vocabulary import Vocabulary

        return Vocabulary(self.catalogues)

    def _fit(self, loaded: _Loaded) -> _Fitted | Examined:
        if not loaded.sound:
            return self._misfit(loaded.spec, loaded.value, loaded.document, loaded.told)
        campaign = fit(Campaign, loaded.value)
        if isinstance(campaign, list):
            problems = (Problem(item.path, item.message, item.hint, key=item.key) for item in campaign)
            shaped = tuple(locate(loaded.document, "SPEC002", problem) for problem in problems)
            return self._misfit(loaded.spec, loaded.value, loaded.document, shaped)
        text = loaded.document.text
        if "\\" not in text and not may_refer(text):  # braces may be written as escapes
            return _Fitted(loaded.spec, loaded.document, campaign, told=loaded.told)
        filled = fill(campaign)
        loaded.document.pieces = filled.pieces
        return _Fitted(loaded.spec, loaded.document, filled.campaign, filled.faults, loaded.told)

    def _understand(self, fitted: _Fitted) -> _Work:
        spec, document, campaign, references, told = fitted
        over = campaign.stage == "retired" or campaign.period.end.toordinal() < self.today
        meaning = understand(campaign, self.catalogues, self.groups)
        if references:
            meaning = meaning._replace(references=references)
        return _Work(spec, document, meaning, over, [], [], told)

    def _views(self, works: Sequence[_Work]) -> list[tuple[_Work, CampaignView]]:
        """Return the works with what their rules look at, made stage by stage."""
        levels = self.catalogues.policies.levels
        readings = [
            read(work.meaning.campaign, self.lexicon, levels(work.meaning.campaign.owner.region)) for work in works
        ]
        times = [counter_time(work.meaning.campaign, self.catalogues) for work in works]
        given = (self.catalogues, self.lexicon, self.today)
        return [
            (work, CampaignView(work.meaning.campaign, *given, work.meaning, reading, time.steps, time.estimate, time))
            for work, reading, time in zip(works, readings, times, strict=True)
        ]

    def _finish(self, work: _Work, view: CampaignView | None) -> Examined:
        spec, document, campaign = work.spec, work.document, work.meaning.campaign
        if not work.problems:
            document.let_go()
        return Examined(
            spec=spec,
            id=campaign.id,
            title=campaign.title,
            stage=campaign.stage,
            owner=campaign.owner.region,
            document=document,
            entry=describe(work.meaning, spec.shown, self.today, self._service(work, view)),
            known=Known(campaign.id, spec.shown, campaign.parent, _rank(campaign)),
            handling=view.handling if view else None,
            heaviest=tuple([(step.id, step.minutes) for step in heaviest(view.steps)]) if view else (),
            unreadable=None,
            located=(
                *work.told,
                *[locate(document, rule, found, self._cost(campaign, rule, found)) for rule, found in work.problems],
            ),
            crashes=tuple(work.crashes),
            costs=step_costs(tuple(view.steps)) if view else (),
            transactions=transactions(campaign, self.today) if view and view.steps else None,
            counter=_told(view.counter) if view else None,
        )

    def _service(self, work: _Work, view: CampaignView | None) -> tuple[float, float] | None:
        """Return how long a transaction at the counter takes; of campaigns not looked at only where it draws anybody."""
        if view is not None:
            return view.handling[:2] if view.handling else None
        if work.meaning.draws is None:
            return None
        handling = counter_time(work.meaning.campaign, self.catalogues).estimate
        return handling[:2] if handling else None

    @cached_property
    def histories(self) -> Histories:
        """What git remembers; nothing is asked before a rule wants to know."""
        from campaigncheck.history.histories import Histories

        return Histories(self.catalogues.policy.base_branch)

    @property
    def asked_histories(self) -> Histories | None:
        """The same, if any rule has asked."""
        return self.__dict__.get("histories")

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        return {rule.id: rule.costs for rule in self.rules if rule.costs is not None}

    def _cost(self, campaign: Campaign, rule: str, problem: Problem) -> WordCost | None:
        """Return what the word that a problem is about costs at the counter, if it is about one."""
        kind = self._kinds.get(rule)
        if kind is None:
            return None
        named = problem.message.args
        word = str(named.get("word") or named.get("phrase", ""))
        if not word:
            return None
        limit = partial(self.catalogues.limit, region=campaign.owner.region)
        return word_cost(campaign, self.today, kind, word, problem.path, limit, mild=problem.severity is not None)

    def _misfit(
        self, spec: SpecFile, value: dict[str, Any], document: Document, shaped: tuple[Located, ...]
    ) -> Examined:
        name = value.get("id")
        known = isinstance(name, str) and not any(item.problem.path == ("id",) for item in shaped)
        return Examined(
            spec=spec,
            id=str(name) if known else Path(spec.shown).stem,
            title=str(value.get("title", "")),
            stage=str(value.get("stage", "")),
            owner="",
            document=document,
            entry=None,
            known=Known(str(name), spec.shown, None, LAST) if known else None,
            handling=None,
            heaviest=(),
            unreadable=None,
            located=shaped if spec.selected else (),
            crashes=(),
        )


def _told(counter: CounterTime) -> CounterTime | None:
    """Return what is told of a handling time besides its figures; its steps are told on their own."""
    return counter._replace(steps=[]) if counter.rehearsed or counter.variants else None


LAST = (1, 0)
"""The right of way of a spec that does not say what stage it is at: none."""


def _rank(campaign: Campaign) -> tuple[int, int]:
    return right_of_way(campaign.stage, campaign.period.start.toordinal())


def unread(spec: SpecFile, unreadable: Unreadable) -> Examined:
    """Return what is known of a spec that cannot be read."""
    return Examined(spec, Path(spec.shown).stem, "", "", "", None, None, None, None, (), unreadable, (), ())


def run_rule(
    rule: Rule,
    check: Callable[[Any], Iterable[Problem]],
    view: Any,
    problems: list[tuple[str, Problem]],
    crashes: list[Crash],
) -> None:
    """Run one rule; a rule that raises becomes a crash and stops no other rule."""
    try:
        for problem in check(view):
            problems.append((rule.id, problem))  # noqa: PERF401  # what was found before a crash stays
    except Exception as error:
        import traceback

        told = (error.message, error.hint) if isinstance(error, RuleFaultError) else None
        crashes.append(Crash(rule.id, f"{type(error).__name__}: {error}", traceback.format_exc(), told))
