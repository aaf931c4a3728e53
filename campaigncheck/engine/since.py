"""What a change brings: the findings of changed campaigns, and those that it newly causes in others.

The whole repository is checked as it is. Findings of campaigns that did not change are new if the repository as it was
did not have them, or not as severe; :mod:`campaigncheck.engine.former` says what it had. A campaign has changed if its
values have, its clearance has, or git does not know it; comments, blanks and the name of its file are no change.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import INTERNAL, SEVERITIES, Finding, Report
from campaigncheck.engine.former import Former
from campaigncheck.engine.identity import fingerprints
from campaigncheck.engine.run import Job, Run
from campaigncheck.history.changes import Base, Tree
from campaigncheck.history.git import GitError
from campaigncheck.messages import Message, Text

_NO_GIT = Text(
    "--since 要和 git 里的版本比，这里不是 git 仓库", "--since compares with git, and this is no git repository"
)
_NO_GIT_HINT = Text("在营销案的 git 仓库里运行，或者去掉 --since。", "Run it in the repository, or leave --since out.")
_GIT_HINT = Text("先把 git 说的问题解决，再运行一次。", "Mend what git says, and run again.")
_NO_REF = Text("git 里没有“{ref}”", "git knows no “{ref}”")
_NO_REF_HINT = Text(
    "写分支、标签或提交号，例如 origin/main；在 CI 里先取全部历史（fetch-depth: 0）。",
    "Name a branch, tag or commit, such as origin/main; in CI fetch the whole history first (fetch-depth: 0).",
)
_NO_FORK = Text("{ref} 和现在的版本没有共同的历史", "{ref} and the present version have no history in common")
NOTHING_CHANGED = Text(
    "和 {ref} 相比，现有的营销案都没有改动，也没有引起新的问题。",
    "none of the campaigns here has changed since {ref}, and nothing new is wrong.",
)


def find_base(ref: str) -> Base:
    """Return where the present version parted from ``ref``.

    Raises:
        UsageError: when there is no git, no such version, or nothing in common with it.
    """
    try:
        tree = Tree.around(Path.cwd())
        if tree is None:
            raise UsageError(_NO_GIT(), _NO_GIT_HINT())
        commit, head = tree.commit(ref), tree.commit("HEAD")
        if commit is None or head is None:
            raise UsageError(_NO_REF(ref=ref), _NO_REF_HINT())
        fork = tree.fork(commit, head)
    except GitError as error:
        raise UsageError(error.message, _GIT_HINT()) from error
    if fork is None:
        raise UsageError(_NO_FORK(ref=ref), _NO_REF_HINT())
    return Base(tree, fork, ref)


def only_since(done: Run, job: Job, base: Base) -> Report:
    """Return a report of what a change brings: findings of changed campaigns, and those it newly causes in others.

    Raises:
        UsageError: when git cannot tell what it was like before.
    """
    report = done.report
    try:
        former = Former.of(done, job, base)
        old = [finding for finding in report.findings if not _is_told(finding, former)]
        doubtful = [finding for finding in old if not former.surely_had(finding)]
        before = _Before(former.report(doubtful) if doubtful else None)
    except GitError as error:
        raise UsageError(error.message, _GIT_HINT()) from error
    named = fingerprints(report) if doubtful else ("",) * len(report.findings)
    unsure = {id(finding) for finding in doubtful}
    findings = tuple(
        finding
        for finding, name in zip(report.findings, named, strict=True)
        if _is_told(finding, former) or (id(finding) in unsure and not before.had(finding, name))
    )
    told = former.changed | {finding.path for finding in findings}
    outcomes = tuple(outcome for outcome in report.outcomes if outcome.path in told)
    return replace(report, findings=findings, outcomes=outcomes, among=report.findings)


def _is_told(finding: Finding, former: Former) -> bool:
    """Whether a finding is told whatever there was before: of a changed campaign, or a rule that could not judge."""
    if finding.path in former.changed or finding.rule == INTERNAL:
        return True
    return finding.path not in former.paths and finding.campaign in former.ids  # in the file of exceptions


class _Before:
    """What was wrong before: findings by fingerprint and by whether they counted, each as severe as it was."""

    def __init__(self, report: Report | None) -> None:
        self._known: dict[tuple[str, bool], int] = {}
        if report is not None:
            for finding, name in zip(report.findings, fingerprints(report), strict=True):
                self._known[name, finding.waived is None] = SEVERITIES.index(finding.severity)

    def had(self, finding: Finding, name: str) -> bool:
        """Whether a finding was there, and no less severe."""
        known = self._known.get((name, finding.waived is None))
        return known is not None and known <= SEVERITIES.index(finding.severity)


def told(report: Report, base: Base) -> Message | None:
    """Return what is to be said of a comparison that has nothing to show."""
    return NOTHING_CHANGED(ref=base.ref) if not report.outcomes and not report.findings else None
