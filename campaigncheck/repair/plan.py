"""Plans the repairs of a run: each is tried, and made only if nothing new is found afterwards.

First file by file, by the rules about single campaigns; then all files together. Where that finds something new,
the files concerned are mended again, this time one repair after the other with all campaigns looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from campaigncheck.catalogue.load import policy_digest
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.finding import Finding
from campaigncheck.engine.judge import judge
from campaigncheck.engine.rewrite import is_marked
from campaigncheck.engine.run import Job, Knowledge, Progress, Run, run_with
from campaigncheck.engine.selection import ALWAYS, Selection
from campaigncheck.messages import Message, Text
from campaigncheck.repair.fresh import Key, fresh, key
from campaigncheck.repair.mend import Check, Mender, New, State, document, fresh_message, mendable
from campaigncheck.repair.model import Mended, Refused, Repair

_LEFT = Text("{rule} 没有自动改：{why}", "{rule} was not repaired: {why}")
_BROKEN = Text("{rule} 还没改好，这个文件不自动改", "{rule} comes first: nothing in this file was repaired")


def _unseen(done: int) -> None:
    """Tell nobody."""


def plan(knowledge: Knowledge, job: Job) -> Repair:
    """Return the repairs of the campaigns asked for; nothing is written."""
    return look(knowledge, job).repair()


def look(knowledge: Knowledge, job: Job, progress: Progress = _unseen) -> Offers:
    """Find out what can be repaired; ``progress`` is told how many more campaigns are loaded.

    Rules that are not selected offer no repairs, but see to it that none does harm, unless they are ignored.
    """
    offering = frozenset(rule.id for rule in job.selection.rules(knowledge.catalogues))
    whole = replace(job, selection=Selection((), job.selection.ignore))
    done = run_with(knowledge, whole, progress)
    examiner = knowledge.examiner(whole.selection, job.today.toordinal())
    if done.report.crashed:  # nobody could tell what a repair does
        offering = frozenset()
    return Offers(done, examiner, policy_digest(job.files), offering)


@dataclass
class Offers:
    """The repairs that are offered in a run; tries them on its campaigns."""

    run: Run
    examiner: Examiner
    policy: str
    offering: frozenset[str]
    states: dict[str, State] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many problems can be mended, as far as that is known beforehand."""
        return sum(len(mendable(item, self.offering)) for item in self._offered()[0].values())

    def repair(self, progress: Progress = _unseen) -> Repair:
        """Return the files to write, and what is left; ``progress`` is told how many more problems are decided about."""
        offered, broken = self._offered()
        for path, item in offered.items():
            self.states[path] = self._mend(item, self._alone(item), {}, progress)
        self._mend_together(offered)
        done = [
            Mended(item.spec, document(item).text, document(state.item).text, state.repairs, is_marked(item.spec))
            for path, item in offered.items()
            if (state := self.states[path]).repairs
        ]
        left = [*broken.values(), *(one for item in self._own() for one in self._left(item, broken))]
        return Repair(self.run, tuple(done), tuple(sorted(left, key=lambda one: one[:2])))

    def _offered(self) -> tuple[dict[str, Examined], dict[str, Refused]]:
        """Return the campaigns that may be written and can be mended, and those that are not to be touched."""
        offered = {item.spec.shown: item for item in self._own() if mendable(item, self.offering)}
        broken = self._broken(offered)
        return {path: item for path, item in offered.items() if path not in broken}, broken

    def _own(self) -> list[Examined]:
        """Return the campaigns that may be written."""
        return [item for item in self.run.examined if item.spec.selected and not item.spec.proposal]

    def _mend_together(self, offered: dict[str, Examined]) -> None:
        """Mend those files again, with care, that bring up something new among all campaigns."""
        again: set[str] = set()
        while new := self._among_all(frozenset[str]().union(*(state.rules for state in self.states.values()))):
            named = {path for finding in new for path in (finding.path, *(other.path for other in finding.related))}
            changed = [path for path in offered if self.states[path].repairs]
            concerned = [path for path in changed if path in named] or changed
            for path in concerned:
                left = mendable(offered[path], self.offering) if path in again else ()
                why = {key(found): fresh_message(new) for found in left}
                self.states[path] = State(offered[path], 0, frozenset(), why)
            for path in concerned:
                item = offered[path]
                self.states[path] = self._mend(item, self._with_others(item), self.states[path].refused)
            again.update(concerned)

    def _broken(self, offered: dict[str, Examined]) -> dict[str, Refused]:
        """Return the files that are not to be touched, at the first thing in them that is not understood."""
        found: dict[str, Refused] = {}
        for finding in self.run.report.findings:
            if finding.path in offered and finding.rule.startswith(ALWAYS):
                found.setdefault(finding.path, Refused(finding.path, finding.place, _BROKEN(rule=finding.rule)))
        return found

    def _mend(self, item: Examined, check: Check, refused: dict[Key, Message], progress: Progress = _unseen) -> State:
        """Make the repairs of one campaign that do no harm; ``progress`` is told how many more are decided about."""
        mender = Mender(self.examiner, self.offering, check, _countdown(progress))
        state = mender.mend(State(item, 0, frozenset(), refused))
        mender.watch(0)
        return state

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
        if all(state.item is item for item in self.run.examined if (state := self.states.get(item.spec.shown))):
            return ()
        items = [state.item if (state := self.states.get(item.spec.shown)) else item for item in self.run.examined]
        report, _ = judge(items, self.examiner, self.policy)
        return fresh(self.run.report.findings, report.findings, rules)

    def _left(self, item: Examined, broken: Collection[str]) -> Iterator[Refused]:
        """Yield what is left in a file and why, where it stands now."""
        path = item.spec.shown
        if path in broken:
            return
        state = self.states.get(path) or State(item, 0, frozenset(), {})
        for found in state.item.located:
            why = state.refused.get(key(found)) or found.problem.left
            if why and found.rule in self.offering:
                yield Refused(path, found.place, _LEFT(rule=found.rule, why=why))


def _countdown(progress: Progress) -> Callable[[int], None]:
    """Return what is told how many are left, and tells how many more are done."""
    least = -1

    def watch(left: int) -> None:
        nonlocal least
        if least < 0:
            least = left
        if left < least:
            progress(least - left)
            least = left

    return watch
