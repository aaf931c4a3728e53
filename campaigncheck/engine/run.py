"""One run: load, understand, index, check. Reporting is left to others."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES, Catalogues, load_catalogues, policy_digest
from campaigncheck.engine.examine import Crash, Examined, Examiner
from campaigncheck.engine.finding import (
    Proposal,
    Report,
)
from campaigncheck.engine.judge import judge
from campaigncheck.engine.proposals import settle
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.selection import Selection
from campaigncheck.engine.site import own_rules
from campaigncheck.language.lexicon import Lexicon
from campaigncheck.workbook.names import is_workbook

if TYPE_CHECKING:
    from campaigncheck.catalogue.waivers import Waivers
    from campaigncheck.custom.site import Own

BATCH = 32
"""Specs that go through the stages together; more no longer fit into the processor's caches."""

CHUNK = 4 * BATCH
"""Specs handed to a worker process at once."""

WORTH_KEEPING = 2 * BATCH
"""A smaller repository is examined in less time than it takes to look what is kept."""

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """What to check and how.

    ``named``: whether the specs asked for were named on the command line, and ``places``: how; ``tolerate``: tables of the
    network that may have faulty rows; ``waivers``: the file of exceptions, if any hold; ``cache``: the folder in which what
    is found about single campaigns is kept.
    """

    specs: Sequence[SpecFile]
    files: RuleFiles
    selection: Selection
    today: date
    jobs: int = 1
    named: bool = False
    tolerate: frozenset[str] = frozenset()
    waivers: Path | None = None
    cache: Path | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """A finished run: the report, and what else may be asked of it.

    ``examiner`` holds the rules that ran, ``replaced`` are campaigns that a workbook stood in for.
    """

    report: Report
    catalogues: Catalogues
    examined: tuple[Examined, ...]
    crashes: tuple[Crash, ...]
    examiner: Examiner
    replaced: tuple[Examined, ...] = ()

    @property
    def ran(self) -> frozenset[str]:
        """The rules that ran and did not crash."""
        return frozenset(rule.id for rule in self.examiner.rules) - {crash.rule for crash in self.crashes}


@dataclass(frozen=True)
class Knowledge:
    """Everything that is loaded once for any number of runs."""

    catalogues: Catalogues
    lexicon: Lexicon
    own: Mapping[str, Own] = field(default_factory=dict)
    """Rules that are not built in."""

    @classmethod
    def of(cls, files: RuleFiles, tolerate: frozenset[str] = frozenset()) -> Knowledge:
        """Load the catalogues of a folder and build the lexicon.

        Tables of the network that are tolerated may have faulty rows, which are left out; see :func:`load_catalogues`.
        """
        catalogues = load_catalogues(files, tolerate)
        lexicon = Lexicon(catalogues.glossary, catalogues.wording, catalogues.policies.overlays)
        return cls(catalogues, lexicon, own_rules(catalogues))

    def examiner(self, selection: Selection, today: int) -> Examiner:
        """Return what examines specs by the selected rules."""
        return Examiner(self.catalogues, self.lexicon, selection.rules(self.catalogues, self.own), today)


def run(job: Job, progress: Progress = lambda done: None) -> Run:
    """Check the specs of a job; ``progress`` is told how many more are loaded.

    Raises:
        CatalogueError: when the catalogues cannot be used.
        UsageError: when the selection names no rule.
    """
    return run_with(Knowledge.of(job.files, job.tolerate), job, progress)


def run_with(knowledge: Knowledge, job: Job, progress: Progress = lambda done: None) -> Run:
    """Like :func:`run` with catalogues that are loaded already."""
    catalogues = knowledge.catalogues
    examiner = knowledge.examiner(job.selection, job.today.toordinal())
    with _without_collecting():
        examined: Sequence[Examined] = tuple(_examine(job, examiner, progress))
        replaced: Sequence[Examined] = ()
        proposals: Sequence[Proposal] = ()
        if any(spec.proposal for spec in job.specs):
            examined, proposals = settle(examined, job.named)
        if any(is_workbook(spec.file) for spec in job.specs):
            examined, replaced = _stand_in(examined)
        waivers = _waivers(job.waivers)
        report, crashes = judge(examined, examiner, policy_digest(job.files), waivers)
        own = {name: item.rule for name, item in knowledge.own.items()}
        report = replace(report, proposals=tuple(proposals), own=own)
    return Run(report, catalogues, tuple(examined), crashes, examiner, tuple(replaced))


def _stand_in(examined: Sequence[Examined]) -> tuple[Sequence[Examined], Sequence[Examined]]:
    from campaigncheck.engine.workbooks import stand_in  # few runs read workbooks

    return stand_in(examined)


def _waivers(file: Path | None) -> Waivers | None:
    if file is None:
        return None
    from campaigncheck.catalogue.waivers import load_waivers

    return load_waivers(file)


def _examine(job: Job, examiner: Examiner, progress: Progress) -> Iterator[Examined]:
    """Examine the specs in order; of a large repository those that nothing is kept of."""
    if job.cache is None or len(job.specs) < WORTH_KEEPING:
        yield from _examine_all(job, examiner, progress)
        return
    from campaigncheck.engine.cache import Cache, ask, context  # SQLite takes as long to import as a spec to examine

    cache = Cache(job.cache)
    around = context(job.files, [rule.id for rule in examiner.rules], examiner.today)
    asked = {spec: ask(spec, around) for spec in job.specs}
    kept = cache.find([item for item in asked.values() if item is not None])
    progress(len(kept))
    known = {spec: kept[item.key] for spec, item in asked.items() if item is not None and item.key in kept}
    missing = [spec for spec in job.specs if spec not in known]
    fresh = dict(zip(missing, _examine_all(replace(job, specs=missing), examiner, progress), strict=True))
    new = ((item, fresh[spec]) for spec, item in asked.items() if item is not None and spec in fresh)
    cache.keep(new, around)
    for spec in job.specs:
        yield known[spec] if spec in known else fresh[spec]


def _examine_all(job: Job, examiner: Examiner, progress: Progress) -> Iterator[Examined]:
    if job.jobs > 1 and len(job.specs) > CHUNK:
        yield from _examine_apart(job, examiner, progress)
        return
    for batch in _batches(job.specs, BATCH):
        yield from examiner.examine(batch)
        progress(len(batch))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing that a run makes is garbage in cycles, so looking for some would only cost time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _batches(specs: Sequence[SpecFile], size: int) -> Iterator[Sequence[SpecFile]]:
    for start in range(0, len(specs), size):
        yield specs[start : start + size]


_worker: list[Examiner] = []


def _start_worker(files: RuleFiles, selection: Selection, today: int) -> None:
    from campaigncheck.workers import end_with_parent  # imports what only processes apart need

    end_with_parent()
    _worker[:] = [Knowledge.of(files, TABLES).examiner(selection, today)]
    gc.disable()


def _work(specs: Sequence[SpecFile]) -> list[Examined]:
    return [item for batch in _batches(specs, BATCH) for item in _worker[0].examine(batch)]


def _examine_apart(job: Job, examiner: Examiner, progress: Progress) -> Iterator[Examined]:
    from concurrent.futures import ProcessPoolExecutor  # takes 10 ms to import, and few runs need it

    arguments = (job.files, job.selection, examiner.today)
    with ProcessPoolExecutor(job.jobs, initializer=_start_worker, initargs=arguments) as pool:
        for done in pool.map(_work, _batches(job.specs, CHUNK)):
            yield from done
            progress(len(done))
