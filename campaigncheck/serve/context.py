"""The repository as a worker knows it: loaded once, then asked about one spec at a time."""

from __future__ import annotations

import gc
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import TABLES, Catalogues, policy_digest
from campaigncheck.catalogue.waivers import Waivers, load_waivers
from campaigncheck.engine.examine import Examined, Examiner, Unreadable, unread
from campaigncheck.engine.finding import Outcome, Report
from campaigncheck.engine.judge import judge
from campaigncheck.engine.repository import SpecFile, specs_at
from campaigncheck.engine.run import BATCH, Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.serve.problems import GONE, GONE_HINT, RefusedError
from campaigncheck.serve.settings import Draft, Settings
from campaigncheck.source.document import read, read_bytes
from campaigncheck.source.errors import SourceError
from campaigncheck.spec.types import ID_PATTERN

UNNAMED = "untitled"
"""What a spec without an id is called."""

_GROUPS = 5_000
"""Groups of customers that edits may add to what is remembered; the newest beyond that are forgotten."""

_ASKED = 1_000
"""Checks after which what git said is forgotten; it is remembered for every id that was ever typed."""


class Judged(NamedTuple):
    """What became of a draft: what was found out about it, the report, and whether it stands in for a file that is there."""

    item: Examined
    report: Report
    there: bool

    @property
    def outcome(self) -> Outcome:
        """The verdict on the draft."""
        return next(outcome for outcome in self.report.outcomes if outcome.path == self.item.spec.shown)


@dataclass
class Context:
    """Catalogues, rules, and all campaigns of a repository as context of the one that is written."""

    settings: Settings
    knowledge: Knowledge
    examiner: Examiner
    around: Mapping[str, Examined]
    policy: str
    waivers: Waivers | None
    _checks: int = field(default=0, init=False)
    _groups: int = field(default=0, init=False)

    @classmethod
    def load(cls, settings: Settings) -> Context:
        """Load a repository.

        Raises:
            CatalogueError: when the catalogues cannot be used.
            UsageError: when the campaigns cannot be read.
        """
        files = RuleFiles.at(settings.rules)
        knowledge = Knowledge.of(files, TABLES)
        examiner = knowledge.examiner(Selection(), settings.today.toordinal())
        waivers = load_waivers(settings.waivers) if settings.waivers is not None else None
        made = cls(settings, knowledge, examiner, _examined(examiner, settings), policy_digest(files), waivers)
        made._groups = len(examiner.groups)
        return made

    @property
    def catalogues(self) -> Catalogues:
        """What campaigns are compared with."""
        return self.knowledge.catalogues

    @property
    def regions(self) -> RegionTree:
        """The regions of the country."""
        return self.catalogues.regions

    @cached_property
    def _by_id(self) -> dict[str, str]:
        return {item.id: path for path, item in self.around.items() if item.known}

    def judge(self, draft: Draft) -> Judged:
        """Check a draft as ``check`` would, were it written to its file.

        Raises:
            RefusedError: when it is said to be the new version of a file that is not there.
            CatalogueError: when the policy names a branch that is not there.
        """
        self._forget()
        item = self.examine(draft)
        path = item.spec.shown
        others = (other for other in self.around.values() if other.spec.shown != path)
        examined = sorted((item, *others), key=attrgetter("spec.shown"))
        report, _ = judge(examined, self.examiner, self.policy, self.waivers)
        own = {name: rule.rule for name, rule in self.knowledge.own.items()}
        return Judged(item, replace(report, own=own), path in self.around)

    def target(self, draft: Draft) -> SpecFile:
        """Return the file that a draft is a version of: the one opened, else the one with its id, else a new one.

        Raises:
            RefusedError: when the file opened is not there.
        """
        path = draft.path or self._by_id.get(_id(draft.text))
        if path is None:
            return self._new(_id(draft.text) or UNNAMED)
        known = self.around.get(path)
        if known is None:
            raise RefusedError(404, GONE(path=path), GONE_HINT())
        return replace(known.spec, selected=True)

    def bytes_of(self, path: str) -> bytes:
        """Return a campaign as its file has it now.

        Raises:
            RefusedError: when it is none of the repository.
            SourceError: when it cannot be read.
        """
        known = self.around.get(path)
        if known is None:
            raise RefusedError(404, GONE(path=path), GONE_HINT())
        return read_bytes(known.spec.file)

    def examine(self, draft: Draft) -> Examined:
        """Return what a draft is on its own.

        Raises:
            RefusedError: when it is said to be the new version of a file that is not there.
        """
        spec = self.target(draft)
        try:
            return self.examiner.examine_text(spec, draft.text)
        except SourceError as error:
            return unread(spec, Unreadable(error.place, error.message, error.hint))

    def _new(self, name: str) -> SpecFile:
        """Return a file that is not there yet, in the folder of the campaigns."""
        stem, number = name, 1
        while f"{self.settings.home_shown}/{stem}.yaml" in self.around:
            number += 1
            stem = f"{name}-{number}"
        home, shown = self.settings.home, self.settings.home_shown
        return SpecFile(f"{home}/{stem}.yaml", f"{shown}/{stem}.yaml", selected=True)

    def _forget(self) -> None:
        """Remember of edits gone by only so much that a server may run for weeks."""
        self._checks += 1
        groups = self.examiner.groups
        while len(groups) > self._groups + _GROUPS:
            groups.popitem()
        if self._checks % _ASKED == 0:
            vars(self.examiner).pop("histories", None)
            gc.collect()


def _examined(examiner: Examiner, settings: Settings) -> dict[str, Examined]:
    """Examine every campaign that is there as context, by its path."""
    found = specs_at(settings.home)
    specs = [SpecFile(file, name, selected=False) for file, name in found.items()]
    items = [item for at in range(0, len(specs), BATCH) for item in examiner.examine(specs[at : at + BATCH])]
    return {item.spec.shown: item for item in items}


def _id(text: str) -> str:
    """Return the id that a text says it has, if it is one that a campaign may have."""
    try:
        value, _ = read(text, UNNAMED)
    except SourceError:
        return ""
    name = value.get("id")
    return name if isinstance(name, str) and re.fullmatch(ID_PATTERN, name) else ""
