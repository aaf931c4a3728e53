"""Runs the tests that rules bring along: every sample of every rule, every sentence of the lexicons, and the campaigns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.models import ForbiddenEntry, TermEntry, VagueEntry
from campaigncheck.engine.examine import Examiner
from campaigncheck.engine.finding import INTERNAL, Finding, Report
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.engine.site import every_rule
from campaigncheck.messages import Message
from campaigncheck.rulekit.rule import Rule, Sample
from campaigncheck.rulekit.sample import TODAY, complete, quoted

if TYPE_CHECKING:
    from campaigncheck.custom.site import Own

Places = tuple[tuple[int, int], ...]
Word = TermEntry | ForbiddenEntry | VagueEntry


class Failure(NamedTuple):
    """A sample that does not do what it should: its number, the places expected and found, and why it could not be judged."""

    sample: int
    expected: Places
    found: Places
    error: Message | None = None


class Tested(NamedTuple):
    """What became of a rule: where it is from (None: built in), and how often the campaigns fall under it.

    ``firing`` are the samples that it should fire in.
    """

    rule: Rule
    origin: Message | None
    samples: int
    firing: int
    failures: tuple[Failure, ...]
    findings: int

    @property
    def never(self) -> bool:
        """Whether it fires nowhere: in none of the samples that it should fire in, and in no campaign."""
        silent = sum(bool(failure.expected) and not failure.found for failure in self.failures)
        return not self.findings and silent == self.firing


class WordFailure(NamedTuple):
    """A sentence of a lexicon in which its word is not found, or is found and should not be; ``region`` has the word."""

    rule: str
    word: str
    region: str
    text: str
    kind: Literal["fires", "trap"]


@dataclass(frozen=True)
class TestRun:
    """The result: every rule, how many sentences of lexicons were tried and which failed, and the campaigns looked at."""

    tested: tuple[Tested, ...]
    words: int
    word_failures: tuple[WordFailure, ...]
    campaigns: int
    crashes: tuple[Finding, ...] = field(default=())

    @property
    def failed(self) -> bool:
        """Whether anything is not as it should be."""
        wrong = any(item.failures or item.never for item in self.tested)
        return wrong or bool(self.word_failures) or bool(self.crashes)


def run_tests(knowledge: Knowledge, job: Job | None) -> TestRun:
    """Run all tests; ``job`` are the repository's campaigns, if there are any.

    The samples of built-in rules are judged by the built-in catalogues, a site's own rules and words by the site's.
    """
    report = run_with(knowledge, job).report if job is not None else None
    findings = Counter(item.rule for item in report.findings) if report else Counter()
    builtin = Knowledge.of(RuleFiles.at(None))
    with TemporaryDirectory(prefix="campaigncheck-rules-") as folder:
        bench = _Bench(Path(folder))
        tested = tuple(
            _tested(bench, builtin if name not in knowledge.own else knowledge, rule, knowledge.own.get(name), findings)
            for name, rule in every_rule(knowledge.own).items()
        )
    words = list(_words(knowledge))
    failures = tuple(_word_failures(knowledge, words))
    return TestRun(tested, len(words), failures, len(report.outcomes) if report else 0, _crashes(report))


def _tested(bench: _Bench, knowledge: Knowledge, rule: Rule, own: Own | None, findings: Mapping[str, int]) -> Tested:
    samples = own.samples if own is not None else (rule.failing, rule.passing)
    failures = [bench.failure(knowledge, rule.id, number, sample) for number, sample in enumerate(samples, 1)]
    return Tested(
        rule,
        own.origin if own is not None else None,
        len(samples),
        sum(bool(sample.places) for sample in samples),
        tuple(failure for failure in failures if failure is not None),
        findings.get(rule.id, 0),
    )


@dataclass(frozen=True)
class _Bench:
    """A folder in which samples are tried."""

    folder: Path

    def failure(self, knowledge: Knowledge, rule: str, number: int, sample: Sample) -> Failure | None:
        """Return what is wrong with a sample of a rule, if anything is."""
        report = self._report(knowledge, rule, sample)
        crash = next((item.message for item in report.findings if item.rule == INTERNAL), None)
        at = "waivers.yaml" if sample.waivers else "sample.yaml"
        own = [item.place for item in report.findings if item.rule == rule and item.path.endswith(at)]
        found = tuple((place.line, place.column) for place in own)
        return Failure(number, sample.places, found, crash) if crash or found != sample.places else None

    def _report(self, knowledge: Knowledge, rule: str, sample: Sample) -> Report:
        texts = {"sample": sample.spec, **{f"x{index}": text for index, text in enumerate(sample.others)}}
        specs = []
        for name, text in texts.items():
            file = self._written(f"{name}.yaml", complete(text))
            specs.append(SpecFile(str(file), file.name, name == "sample"))
        waivers = self._written("waivers.yaml", sample.waivers) if sample.waivers else None
        selection = Selection(() if sample.waivers else (rule,))
        files = RuleFiles.at(None)
        return run_with(knowledge, Job(specs, files, selection, TODAY, waivers=waivers)).report

    def _written(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.write_text(text, encoding="utf-8", newline="")
        return file


class _Sentence(NamedTuple):
    """A sentence that shows a word of a lexicon."""

    rule: str
    word: str
    region: str
    text: str
    kind: Literal["fires", "trap"]
    names: tuple[str, ...]


def _words(knowledge: Knowledge) -> Iterator[_Sentence]:
    """Yield the sentences of all lexicons, those of regions with their region."""
    catalogues = knowledge.catalogues
    words = catalogues.wording
    yield from _sentences(COUNTRY, catalogues.glossary.terms, words.forbidden, words.ambiguous, words.conditional)
    for region, overlay in catalogues.policies.overlays.items():
        yield from _sentences(region, overlay.terms, overlay.forbidden, overlay.ambiguous, overlay.conditional)


def _sentences(
    region: str,
    terms: Mapping[str, Word],
    forbidden: Mapping[str, Word],
    ambiguous: Mapping[str, Word],
    conditional: Mapping[str, Word],
) -> Iterator[_Sentence]:
    sections = {"LANG001": terms, "LANG003": forbidden, "LANG002": ambiguous, "LANG005": conditional}
    for rule, entries in sections.items():
        for word, entry in entries.items():
            names = (word, *entry.variants)
            yield _Sentence(rule, word, region, entry.fires, "fires", names)
            if entry.trap is not None:
                yield _Sentence(rule, word, region, entry.trap, "trap", names)


def _word_failures(knowledge: Knowledge, sentences: Iterable[_Sentence]) -> Iterator[WordFailure]:
    examiner = knowledge.examiner(Selection(("LANG002", "LANG003", "LANG005")), TODAY.toordinal())
    for item in sentences:
        found = _found_term(knowledge, item) if item.rule == "LANG001" else _flagged(examiner, item)
        if found is not (item.kind == "fires"):
            yield WordFailure(item.rule, item.word, item.region, item.text, item.kind)


def _found_term(knowledge: Knowledge, item: _Sentence) -> bool:
    """Whether a term is found; whether the sentence also explains it is not asked."""
    levels = knowledge.catalogues.policies.levels(item.region)
    return any(hit.kind == "term" and hit.name == item.word for hit in knowledge.lexicon.find(item.text, levels))


def _flagged(examiner: Examiner, item: _Sentence) -> bool:
    """Whether the rule points at a place where one of the word's names stands, or at part of it."""
    owner = f'owner: {{region: "{item.region}", department: x, contact: y}}\n'
    spec = complete(f"{owner}texts:\n  - {{channel: poster, text: {quoted(item.text)}}}\n")
    examined = examiner.examine_text(SpecFile("word.yaml", "word.yaml", True), spec)
    spans = [found.problem.span for found in examined.located if found.rule == item.rule and found.problem.span]
    named = [match.span() for name in item.names for match in re.finditer(re.escape(name), item.text, re.IGNORECASE)]
    return any(start < high and low < end for start, end in spans for low, high in named)


def _crashes(report: Report | None) -> tuple[Finding, ...]:
    return tuple(item for item in report.findings if item.rule == INTERNAL) if report else ()
