"""What a change brings: the findings of changed campaigns, and those that it newly causes in others.

The whole repository is checked as it is. Findings of campaigns that did not change are new if the repository as it was
did not have them; for that the campaigns are judged once more as they were then, the changed ones read from git and all
others taken as they have just been examined. If rules, catalogues or exceptions changed, all of it is read as it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from campaigncheck.catalogue.files import RuleFiles, shown
from campaigncheck.catalogue.load import policy_digest
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.waivers import load_waivers
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.identity import fingerprints
from campaigncheck.engine.repository import CAMPAIGNS, SUFFIXES, SpecFile
from campaigncheck.engine.run import Job, Run, judge, run
from campaigncheck.history.changes import Tree
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
_BROKEN_THEN = Text(
    "{ref} 里的规则文件读不了，没法比较", "the rules as of {ref} cannot be read, so nothing can be compared"
)
_BROKEN_THEN_HINT = Text(
    "选一个规则文件完好的版本，或者不用 --since 检查整个仓库。",
    "Choose a version whose rules are sound, or check the whole repository without --since.",
)


class Base(NamedTuple):
    """The version to compare with: the working tree, the commit, and what it was called."""

    tree: Tree
    commit: str
    ref: str


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


@dataclass(frozen=True)
class Change:
    """What differs from a base: the changed files by real path, as git names them."""

    base: Base
    files: dict[str, str]

    @classmethod
    def since(cls, base: Base) -> Change:
        """Look what differs between a commit and the working tree.

        Raises:
            UsageError: when git cannot tell.
        """
        try:
            names = base.tree.changed(base.commit)
        except GitError as error:
            raise UsageError(error.message, _GIT_HINT()) from error
        return cls(base, {str(base.tree.top / name): name for name in names})

    def touches(self, *places: Path | None) -> bool:
        """Whether something at or below one of some places has changed."""
        roots = [place.resolve() for place in places if place is not None]
        return any(Path(file).is_relative_to(root) for file in self.files for root in roots)


def only_since(done: Run, job: Job, base: Base) -> Report:
    """Return a report of what a change brings: findings of changed campaigns, and those it newly causes in others.

    Raises:
        UsageError: when git cannot tell what it was like before.
    """
    change = Change.since(base)
    report, named = done.report, fingerprints(done.report)
    changed = {item.spec.shown for item in done.examined if item.spec.proposal or item.spec.file in change.files}
    doubtful = [finding for finding in report.findings if finding.path not in changed]
    if doubtful:
        before = _before(done, job, change, changed, doubtful)
        kept = [
            finding.path in changed or (name, finding.waived is None) not in before
            for finding, name in zip(report.findings, named, strict=True)
        ]
    else:
        kept = [True] * len(report.findings)
    findings = tuple(finding for finding, keep in zip(report.findings, kept, strict=True) if keep)
    told = changed | {finding.path for finding in findings}
    outcomes = tuple(outcome for outcome in report.outcomes if outcome.path in told)
    return replace(report, findings=findings, outcomes=outcomes)


def _before(
    done: Run, job: Job, change: Change, changed: set[str], doubtful: Sequence[Finding]
) -> set[tuple[str, bool]]:
    """Return which of some findings there were before: their fingerprints, and whether they counted."""
    rules_changed = change.touches(_rules(job), job.waivers)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaigncheck-since-")))
        try:
            report = (
                _whole(job, change, folder) if rules_changed else _again(done, job, change, folder, changed, doubtful)
            )
        except GitError as error:
            raise UsageError(error.message, _GIT_HINT()) from error
    return {(name, finding.waived is None) for finding, name in zip(report.findings, fingerprints(report), strict=True)}


def _again(done: Run, job: Job, change: Change, folder: Path, changed: set[str], doubtful: Sequence[Finding]) -> Report:
    """Judge the campaigns with the changed ones as they were; only what is in doubt is asked for."""
    asked = {finding.path for finding in doubtful} | {finding.campaign for finding in doubtful}
    same = [_asked(item, asked) for item in done.examined if item.spec.shown not in changed]
    specs = _specs_then(change, folder, selected=False)
    then = done.examiner.examine(specs) if specs else []
    waivers = load_waivers(job.waivers) if job.waivers is not None else None
    items = sorted([*same, *then], key=lambda item: item.spec.shown)
    return judge(items, done.examiner, policy_digest(job.files), waivers)[0]


def _asked(item: Examined, asked: set[str]) -> Examined:
    if item.spec.selected and not {item.spec.shown, item.id} & asked:
        return item._replace(spec=replace(item.spec, selected=False), located=(), crashes=())
    return item


def _whole(job: Job, change: Change, folder: Path) -> Report:
    """Check everything as it was, by the rules as they were."""
    then = _specs_then(change, folder, selected=True)
    specs = [spec for spec in job.specs if not spec.proposal and spec.file not in change.files] + then
    rules = _folder_then(change, folder, _rules(job)) if change.touches(_rules(job)) else job.files.own
    waivers = _file_then(change, folder, job.waivers) if change.touches(job.waivers) else job.waivers
    try:
        past = replace(
            job, specs=sorted(specs, key=lambda spec: spec.shown), files=RuleFiles.at(rules), waivers=waivers
        )
        return run(past).report
    except CatalogueError as error:
        raise UsageError(_BROKEN_THEN(ref=change.base.ref), _BROKEN_THEN_HINT()) from error


def _rules(job: Job) -> Path:
    """Return the folder of the rules, which may be the built-in one of a checkout."""
    return job.files.own or job.files.builtin


def _specs_then(change: Change, folder: Path, selected: bool) -> list[SpecFile]:
    """Write the changed specs as they were below a folder; those that are new were not there."""
    tree = change.base.tree
    names = [name for name in change.files.values() if _is_spec(name)]
    contents = tree.contents(change.base.commit, names)
    specs = []
    for number, (name, content) in enumerate(sorted(contents.items())):
        file = folder / f"{number}.yaml"
        file.write_bytes(content)
        specs.append(SpecFile(str(file), shown(tree.top / name), selected))
    return specs


def _is_spec(name: str) -> bool:
    parts = Path(name).parts
    hidden = any(part.startswith(".") for part in parts)
    return CAMPAIGNS in parts[:-1] and name.lower().endswith(SUFFIXES) and not hidden


def _folder_then(change: Change, folder: Path, own: Path) -> Path | None:
    """Write a folder as it was; None where there was none."""
    tree, commit = change.base.tree, change.base.commit
    inside = own.resolve().relative_to(tree.top).as_posix()
    contents = tree.contents(commit, tree.listed(commit, inside))
    if not contents:
        return None
    there = folder / "rules"
    for name, content in contents.items():
        file = there / Path(name).relative_to(inside)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return there


def _file_then(change: Change, folder: Path, own: Path | None) -> Path | None:
    assert own is not None  # it has changed
    name = change.files[str(own.resolve())]
    contents = change.base.tree.contents(change.base.commit, [name])
    if name not in contents:
        return None
    there = folder / own.name
    there.write_bytes(contents[name])
    return there


NOTHING_CHANGED = Text(
    "和 {ref} 相比没有营销案改动，也没有引起新的问题。",
    "no campaign has changed since {ref}, and nothing new is wrong.",
)


def told(report: Report, base: Base) -> Message | None:
    """Return what is to be said of a comparison that has nothing to show."""
    return NOTHING_CHANGED(ref=base.ref) if not report.outcomes and not report.findings else None
