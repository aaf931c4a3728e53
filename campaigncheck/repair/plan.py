"""Plans the repairs of a run: each is tried, and made only if nothing new is found afterwards.

First file by file, by the rules about single campaigns; then all files together. Where that finds something new,
the files concerned are mended again, this time one repair after the other with all campaigns looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from campaigncheck.catalogue.load import policy_digest
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.locate import Located
from campaigncheck.engine.run import Job, Knowledge, Progress, judge, run_with
from campaigncheck.engine.selection import ALWAYS, Selection
from campaigncheck.messages import Message, Text
from campaigncheck.repair.choose import apart, mended
from campaigncheck.repair.fresh import Key, fresh, key
from campaigncheck.repair.model import Mended, Refused, Repair
from campaigncheck.rulekit.rule import Fix
from campaigncheck.source import limits
from campaigncheck.source.changes import EditError
from campaigncheck.source.document import Document

_FRESH = Text("改了会多出 {rule}（{message}）", "that would bring up {rule} ({message})")
_NO_USE = Text("改了还是查出同样的问题", "the same would still be found")
_TOO_LARGE = Text("改完文件超过 1 MiB", "the file would be larger than 1 MiB")
_LEFT = Text("{rule} 没有自动改：{why}", "{rule} was not repaired: {why}")
_BROKEN = Text("{rule} 还没改好，这个文件不自动改", "{rule} comes first: nothing in this file was repaired")

New = Sequence[Located | Finding]
Check = Callable[[Examined, frozenset[str]], New]
"""Tells what is new when a campaign is as given and problems of some rules are mended."""


class _State(NamedTuple):
    """A campaign after some repairs: how many, of which rules, and why others are not made."""

    item: Examined
    repairs: int
    rules: frozenset[str]
    refused: dict[Key, Message]


def plan(knowledge: Knowledge, job: Job, progress: Progress = lambda done: None) -> Repair:
    """Return the repairs of the campaigns asked for; nothing is written.

    Rules that are not selected offer no repairs, but see to it that none does harm, unless they are ignored.
    """
    offering = frozenset(rule.id for rule in job.selection.rules(knowledge.catalogues))
    whole = replace(job, selection=Selection((), job.selection.ignore))
    done = run_with(knowledge, whole, progress)
    if done.report.crashed:  # nobody could tell what a repair does
        return Repair(done, (), ())
    examiner = knowledge.examiner(whole.selection, job.today.toordinal())
    planner = _Planner(examiner, policy_digest(job.files), done.examined, done.report, offering)
    return Repair(done, *planner.result())


@dataclass
class _Planner:
    """Tries repairs on the campaigns of a run."""

    examiner: Examiner
    policy: str
    examined: tuple[Examined, ...]
    report: Report
    offering: frozenset[str]
    states: dict[str, _State] = field(default_factory=dict)

    def result(self) -> tuple[tuple[Mended, ...], tuple[Refused, ...]]:
        """Return the files to write, and what is left to people."""
        own = {item.spec.shown: item for item in self.examined if item.spec.selected and not item.spec.proposal}
        offered = {path: item for path, item in own.items() if self._offers(item, {})}
        broken = self._broken(offered)
        offered = {path: item for path, item in offered.items() if path not in broken}
        for path, item in offered.items():
            self.states[path] = self._mend(item, self._alone(item), {})
        self._mend_together(offered)
        done = [
            Mended(item.spec, _text(item), _text(state.item), state.repairs)
            for path, item in offered.items()
            if (state := self.states[path]).repairs
        ]
        left = [*broken.values(), *(one for path in offered for one in self._refused(self.states[path]))]
        return tuple(done), tuple(sorted(left, key=lambda one: one[:2]))

    def _mend_together(self, offered: dict[str, Examined]) -> None:
        """Mend those files again, with care, that bring up something new among all campaigns."""
        again: set[str] = set()
        while new := self._among_all(frozenset[str]().union(*(state.rules for state in self.states.values()))):
            named = {path for finding in new for path in (finding.path, *(other.path for other in finding.related))}
            changed = [path for path in offered if self.states[path].repairs]
            concerned = [path for path in changed if path in named] or changed
            for path in concerned:
                why = {key(found): _fresh(new) for found in self._offers(offered[path], {})} if path in again else {}
                self.states[path] = _State(offered[path], 0, frozenset(), why)
            for path in concerned:
                item = offered[path]
                self.states[path] = self._mend(item, self._with_others(item), self.states[path].refused)
            again.update(concerned)

    def _offers(self, item: Examined, refused: dict[Key, Message]) -> list[Located]:
        """Return the problems that can be mended."""
        return [
            found
            for found in item.located
            if found.problem.fixes and found.rule in self.offering and key(found) not in refused
        ]

    def _broken(self, offered: dict[str, Examined]) -> dict[str, Refused]:
        """Return the files that are not to be touched, at the first thing in them that is not understood."""
        found: dict[str, Refused] = {}
        for finding in self.report.findings:
            if finding.path in offered and finding.rule.startswith(ALWAYS):
                found.setdefault(finding.path, Refused(finding.path, finding.place, _BROKEN(rule=finding.rule)))
        return found

    def _mend(self, item: Examined, check: Check, refused: dict[Key, Message]) -> _State:
        """Make repairs until no more are offered: all at once, and where that does harm fewer and fewer of them."""
        state = _State(item, 0, frozenset(), refused)
        most = len(item.located)
        while offers := self._offers(state.item, state.refused):
            together = apart([found.problem.fixes[0] for found in offers])[:most]
            chosen = [found for found in offers if found.problem.fixes[0] in together]
            if len(together) == 1:
                state = self._one(state, chosen[0], check)
                continue
            after = self._tried(state, chosen, together, check)
            if isinstance(after, _State):
                state = after
            else:
                most = len(together) // 2
        return state

    def _one(self, state: _State, found: Located, check: Check) -> _State:
        """Make one repair in the first way that does no harm, or refuse it."""
        why: list[Message] = []
        for fix in found.problem.fixes:
            after = self._tried(state, [found], [fix], check)
            if isinstance(after, _State):
                return after
            why.append(after)
        return state._replace(refused={**state.refused, key(found): why[0]})

    def _tried(self, state: _State, found: Sequence[Located], fixes: Sequence[Fix], check: Check) -> _State | Message:
        """Return the campaign with repairs made, or why they are not."""
        try:
            text = mended(_document(state.item), fixes)
        except EditError as error:
            return error.message
        if len(text.encode()) > limits.MAX_BYTES:
            return _TOO_LARGE()
        after = self.examiner.examine_text(state.item.spec, text)
        rules = state.rules | {one.rule for one in found}
        new = check(after, rules)
        if new:
            return _fresh(new)
        if len(after.located) > len(state.item.located) - len(found):
            return _NO_USE()
        return _State(after, state.repairs + len(found), rules, state.refused)

    def _alone(self, item: Examined) -> Check:
        """Look at a campaign by itself."""
        return lambda after, rules: fresh(item.located, after.located, rules)

    def _with_others(self, item: Examined) -> Check:
        """Look at a campaign among all others."""

        def check(after: Examined, rules: frozenset[str]) -> New:
            before = self.states[item.spec.shown]
            self.states[item.spec.shown] = before._replace(item=after)
            try:
                return self._alone(item)(after, rules) or self._among_all(rules)
            finally:
                self.states[item.spec.shown] = before

        return check

    def _among_all(self, rules: frozenset[str]) -> Sequence[Finding]:
        """Return what is new when all campaigns are judged as they are now."""
        if all(state.item is item for item in self.examined if (state := self.states.get(item.spec.shown))):
            return ()
        items = [state.item if (state := self.states.get(item.spec.shown)) else item for item in self.examined]
        report, _ = judge(items, self.examiner, self.policy)
        return fresh(self.report.findings, report.findings, rules)

    def _refused(self, state: _State) -> list[Refused]:
        """Return what is left in a file, where it stands now."""
        path = state.item.spec.shown
        return [
            Refused(path, found.place, _LEFT(rule=found.rule, why=state.refused[key(found)]))
            for found in state.item.located
            if key(found) in state.refused
        ]


def _fresh(new: New) -> Message:
    message = new[0].message if isinstance(new[0], Finding) else new[0].problem.message
    return _FRESH(rule=new[0].rule, message=message)


def _document(item: Examined) -> Document:
    assert item.document is not None  # what is not read offers nothing
    return item.document


def _text(item: Examined) -> str:
    return _document(item).text
