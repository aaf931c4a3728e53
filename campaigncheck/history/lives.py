"""Follows campaigns back through the commits of a branch, by their ids: their files may have been moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from campaigncheck.history.commits import Change, Commit, commits, whole
from campaigncheck.history.git import Git
from campaigncheck.history.trees import Trees, home


class Reached(NamedTuple):
    """A stage, and the commit of the branch with which a campaign reached it."""

    stage: str
    day: date
    commit: str


class Birth(NamedTuple):
    """The commit with which a campaign appears on the branch, and the one before it (empty: none)."""

    commit: str
    parent: str


@dataclass
class Life:
    """What a branch remembers of one campaign.

    Attributes:
        id: the campaign.
        path: its file, as far back as it has been followed.
        stages: what it went through, the latest first; commits at one stage are one, with the first of them.
        birth: where it appears; None where the history is cut off before that.
    """

    id: str
    path: bytes
    stages: list[Reached] = field(default_factory=list)
    birth: Birth | None = None

    def saw(self, stage: str, commit: Commit) -> None:
        """Take in an earlier version."""
        reached = Reached(stage, commit.day, commit.name)
        if self.stages and self.stages[-1].stage == stage:
            self.stages[-1] = reached
        else:
            self.stages.append(reached)


def follow(git: Git, trees: Trees, tip: str, lives: Iterable[Life], cut: frozenset[str]) -> None:
    """Fill in what became of campaigns, from the tip of a branch back to where the last of them appears.

    Args:
        git: whom to ask.
        trees: what contents say.
        tip: the last commit.
        lives: the campaigns with their files at the tip.
        cut: commits whose parents a shallow clone does not have.
    """
    rounds = {tip: list(lives)}
    while rounds:
        start, followed = rounds.popitem()
        _follow(git, trees, start, followed, cut)
        for parent, moved in _from_elsewhere(git, trees, followed).items():
            rounds.setdefault(parent, []).extend(moved)


def _follow(git: Git, trees: Trees, tip: str, lives: Sequence[Life], cut: frozenset[str]) -> None:
    """Follow campaigns as long as they stay in their folders: git is quick where it need not look at others."""
    by_path: dict[bytes, list[Life]] = {}
    for life in lives:
        by_path.setdefault(life.path, []).append(life)
    if not by_path:
        return
    with closing(commits(git, tip, {home(path) for path in by_path})) as found:
        while by_path and (commit := next(found, None)) is not None:
            touched = [(change, by_path.pop(change.path)) for change in commit.changes if change.path in by_path]
            away = _Away(trees, commit.changes)
            for change, its in touched:
                for life in its:
                    if _step(trees, commit, change, life, cut, away):
                        by_path.setdefault(life.path, []).append(life)


def _step(trees: Trees, commit: Commit, change: Change, life: Life, cut: frozenset[str], away: _Away) -> bool:
    """Take in one change of a campaign's file; return whether it was there before."""
    after = trees.version(change.after)
    if after is not None and after.id == life.id:
        life.saw(after.stage, commit)
    if commit.name in cut:  # all files seem to be new there
        return False
    before = trees.version(change.before)
    if change.before is not None and (before is None or before.id == life.id):
        return True
    moved = away.places.get(life.id)
    if moved is None:
        life.birth = Birth(commit.name, commit.parent)
        return False
    life.path = moved
    return True


def _from_elsewhere(git: Git, trees: Trees, lives: Iterable[Life]) -> dict[str, list[Life]]:
    """Return the campaigns that only seem to appear because they come from another folder, by the commit before."""
    born: dict[str, list[Life]] = {}
    for life in lives:
        if life.birth is not None and life.birth.parent:
            born.setdefault(life.birth.commit, []).append(life)
    found: dict[str, list[Life]] = {}
    if born:
        parents = {name: its[0].birth.parent for name, its in born.items() if its[0].birth is not None}
        for commit in whole(git, parents.items()):
            away = _Away(trees, commit.changes)
            for life in born[commit.name]:
                moved = away.places.get(life.id)
                if moved is not None:
                    life.path, life.birth = moved, None
                    found.setdefault(parents[commit.name], []).append(life)
    return found


class _Away:
    """The campaigns that a commit took away from their files; looked at when first asked for."""

    def __init__(self, trees: Trees, changes: Sequence[Change]) -> None:
        self._trees, self._changes = trees, changes

    @cached_property
    def places(self) -> dict[str, bytes]:
        """Where each campaign was before, by its id; of several files the first."""
        found: dict[str, bytes] = {}
        for change in self._changes:
            before = self._trees.version(change.before)
            if before is not None and not self._trees.holds(change.after, before.id):
                found.setdefault(before.id, change.path)
        return found
