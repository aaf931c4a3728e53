"""What git remembers of the campaigns of a run, asked only when a rule needs it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from campaigncheck.history.git import Branch, Git, GitError, working_tree
from campaigncheck.history.lives import Life, follow
from campaigncheck.history.trees import Trees, home
from campaigncheck.history.versions import Version
from campaigncheck.messages import Message, Text
from campaigncheck.source.document import read_bytes
from campaigncheck.source.errors import SourceError

_UNJUDGED = Text(
    "没有核对各案的阶段是怎么一步步来的：{reason}", "how campaigns came to their stages was not judged: {reason}"
)
_CUT_OFF = Text(
    "{root} 是浅克隆，只有 {branch} 最近的提交，{names}更早到过哪些阶段看不到，没有核对。请取全历史：git fetch --unshallow；"
    "CI 里检出时写 fetch-depth: 0（GitHub）或 GIT_DEPTH: 0（GitLab）。",
    "{root} is a shallow clone with only the latest commits of {branch}: which stages {names} went through before is unknown "
    "and was not judged. Fetch everything with git fetch --unshallow; in CI check out with fetch-depth: 0 (GitHub) or "
    "GIT_DEPTH: 0 (GitLab).",
)
_SOME = Text("{first} 等 {count} 个营销案", "{first} and others, {count} campaigns,")
_NO_BRANCH = Text(
    "{root} 里没有 origin/HEAD、main 或 master 分支，不知道以哪个分支为准。请在 policy.yaml 里写 base_branch；"
    "CI 里要把那个分支也取下来（fetch-depth: 0）。",
    "{root} has no branch origin/HEAD, main or master to compare with. Name the one that counts as base_branch in policy.yaml; "
    "in CI, fetch that branch, too (fetch-depth: 0).",
)
_USUAL = (
    "refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master",
)  # fmt: skip


class Asked(NamedTuple):
    """A campaign as it is now: its file, its id, and its stage where it is known."""

    file: str
    id: str
    stage: str | None = None


class Known(NamedTuple):
    """What the base branch knows of a campaign: its life (None: it is not there), and whether it has any campaigns.

    ``whole`` is whether its life is known from its first commit on.
    """

    branch: str
    life: Life | None
    begun: bool
    whole: bool = True


class Histories:
    """The repositories that specs of a run are in, each looked at when its campaigns are first asked for.

    ``base`` is the branch that counts; without it the usual ones are tried. ``lacking`` is a repository that does not
    have it, ``notices`` what the user has to be told: why something could not be judged.
    """

    def __init__(self, base: str | None = None) -> None:
        self._base = base
        self.lacking: str | None = None
        self._roots: dict[str, str | None] = {}
        self._repositories: dict[str, _Repository | None] = {}
        self._known: dict[Asked, Known | None] = {}
        self._cut: dict[tuple[str, str], list[str]] = {}
        self._failed: dict[str, Message] = {}

    def known(self, asked: Iterable[Asked]) -> dict[Asked, Known]:
        """Return what is known of campaigns; those of which git cannot tell anything are left out."""
        wanted = list(asked)
        by_root: dict[str, list[Asked]] = {}
        for item in wanted:
            root = None if item in self._known else self._root(os.path.dirname(item.file))
            if root is not None:
                by_root.setdefault(root, []).append(item)
        for root, items in by_root.items():
            self._known.update(self._asked_of(root, items))
        return {item: found for item in wanted if (found := self._known.get(item)) is not None}

    def cut_off(self, asked: Asked) -> None:
        """Remember that the history of a campaign was cut off where it was needed."""
        root, known = self._root(os.path.dirname(asked.file)), self._known.get(asked)
        if root is not None and known is not None:
            names = self._cut.setdefault((root, known.branch), [])
            if asked.id not in names:
                names.append(asked.id)

    @property
    def notices(self) -> tuple[Message, ...]:
        """What could not be judged, and what would help."""
        cut = [_CUT_OFF(root=root, branch=branch, names=_names(names)) for (root, branch), names in self._cut.items()]
        return (*self._failed.values(), *cut)

    def _asked_of(self, root: str, items: list[Asked]) -> dict[Asked, Known | None]:
        nothing: dict[Asked, Known | None] = dict.fromkeys(items)
        try:
            if root not in self._repositories:
                self._repositories[root] = _open(root, self._base)
                if self._base and self._repositories[root] is None and _has_commits(Git(root)):
                    self.lacking = root
            repository = self._repositories[root]
            if repository is not None:
                return {**nothing, **repository.known(items)}
        except GitError as error:
            self._repositories[root] = None
            self._failed[root] = _UNJUDGED(reason=error.message)
        return nothing

    def _root(self, folder: str) -> str | None:
        if folder not in self._roots:
            self._roots[folder] = working_tree(folder)
        return self._roots[folder]


def _names(names: list[str]) -> object:
    return names if len(names) <= 3 else _SOME(first=names[0], count=len(names))


class _Repository:
    """One repository with the branch that counts."""

    def __init__(self, git: Git, branch: Branch, cut: frozenset[str]) -> None:
        self._git, self._branch, self._cut = git, branch, cut

    @cached_property
    def _trees(self) -> Trees:
        return Trees(self._git)

    def known(self, items: list[Asked]) -> dict[Asked, Known]:
        """Return what the branch knows of campaigns."""
        try:
            lives = self._lives({item: os.fsencode(os.path.relpath(item.file, self._git.root)) for item in items})
            follow(self._git, self._trees, self._branch.commit, [life for life in lives.values() if life], self._cut)
            return {item: self._judged(item, life) for item, life in lives.items()}
        finally:
            self._trees.close()

    def _lives(self, paths: dict[Asked, bytes]) -> dict[Asked, Life | None]:
        """Find campaigns at the tip."""
        here = self._trees.find(self._branch.commit, paths.values())
        self._learn(paths, here)
        found: dict[Asked, Life | None] = {}
        for item, path in paths.items():
            at = self._place(item.id, path, here.get(path))
            found[item] = Life(item.id, at) if at is not None else None
        return found

    def _learn(self, paths: Mapping[Asked, bytes], here: Mapping[bytes, str]) -> None:
        """Spare reading the contents that are as they have just been read; most campaigns do not differ from the branch."""
        for item, path in paths.items():
            blob = here.get(path)
            if item.stage is not None and blob is not None and blob == _name_of(item.file):
                self._trees.learn(blob, Version(item.id, item.stage))

    def _place(self, name: str, path: bytes, blob: str | None) -> bytes | None:
        """Return where a campaign is at the tip: in the file of the same name, else among those that belong with it.

        If what stands in the file of the same name is not readable, it is taken for the campaign.
        """
        trees = self._trees
        if trees.holds(blob, name):
            return path
        elsewhere = trees.campaigns(self._branch.commit, home(path)).get(name)
        return path if elsewhere is None and blob is not None and trees.version(blob) is None else elsewhere

    def _judged(self, item: Asked, life: Life | None) -> Known:
        """Tell whether the branch had any campaigns before this one appeared on it."""
        if life is None:
            folder = home(os.fsencode(os.path.relpath(item.file, self._git.root)))
            return Known(self._branch.name, None, self._trees.has_campaigns(self._branch.commit, folder))
        if life.birth is None:
            return Known(self._branch.name, life, begun=True, whole=False)
        early = life.stages and life.stages[-1].stage in ("draft", "testing")  # need not be looked at
        parent = life.birth.parent
        begun = bool(early) or bool(parent and self._trees.has_campaigns(parent, home(life.path)))
        return Known(self._branch.name, life, begun)


def _name_of(file: str) -> str | None:
    """Return what git calls the content of a file (SHA-1; other names are not known here)."""
    try:
        data = read_bytes(file)
    except SourceError:
        return None
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _open(root: str, base: str | None) -> _Repository | None:
    """Return a repository with the branch that counts; None if there is none."""
    git = Git(root)
    shallow = git.lines("rev-parse", "--git-path", "shallow")[0]
    branch = _branch(git, base)
    return _Repository(git, branch, _boundary(os.path.join(root, shallow))) if branch is not None else None


def _boundary(file: str) -> frozenset[str]:
    """Return the commits whose parents a shallow clone does not have."""
    try:
        with open(file, encoding="ascii") as lines:
            return frozenset(line.strip() for line in lines)
    except FileNotFoundError:
        return frozenset()


def _branch(git: Git, base: str | None) -> Branch | None:
    """Return the branch that counts; None where there is no commit yet, or no branch of the name that the policy gives."""
    names = (f"refs/remotes/origin/{base}", f"refs/remotes/{base}", f"refs/heads/{base}") if base else _USUAL
    rows = (row.split(" ") for row in git.lines("for-each-ref", "--format=%(refname) %(objectname) %(symref)", *names))
    found = {name: Branch(_short(target or name), commit) for name, commit, target in rows}
    branch = next((found[name] for name in names if name in found), None)
    if branch is None and not base and _has_commits(git):
        raise GitError(_NO_BRANCH(root=git.root))
    return branch


def _short(name: str) -> str:
    return name.removeprefix("refs/").removeprefix("remotes/").removeprefix("heads/")


def _has_commits(git: Git) -> bool:
    try:
        git.bytes("rev-parse", "--verify", "HEAD^{commit}")
    except GitError:
        return False
    return True
