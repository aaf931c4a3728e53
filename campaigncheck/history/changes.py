"""What differs between the working tree and a commit, and what files were like then."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from campaigncheck.history.git import Blobs, Git, GitError, working_tree
from campaigncheck.source.limits import MAX_CATALOGUE_BYTES


def is_tracked(folder: Path) -> bool:
    """Whether git tracks anything in a folder; one outside a working tree, or of which git cannot tell, holds nothing."""
    tree = Tree.around(folder)
    if tree is None or not folder.is_dir():
        return False
    try:
        return bool(tree.git.bytes("ls-files", "-z", "--", str(folder.resolve())))
    except GitError:
        return False


class Tree(NamedTuple):
    """A working tree with its git; ``top`` is its real folder."""

    git: Git
    top: Path

    @classmethod
    def around(cls, folder: Path) -> Tree | None:
        """Return the working tree that a folder is in, if it is in one."""
        top = working_tree(str(folder.resolve()))
        return cls(Git(top), Path(top)) if top is not None else None

    def commit(self, name: str) -> str | None:
        """Return the hash of the commit that a name stands for; None for one that there is not."""
        return self._one("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")

    def fork(self, one: str, other: str) -> str | None:
        """Return the commit at which two histories part; None where none is known."""
        return self._one("merge-base", one, other)

    def _one(self, *arguments: str) -> str | None:
        self.git.bytes("rev-parse", "--git-dir")  # so that only the question can fail after this
        try:
            return self.git.lines(*arguments)[0]
        except (GitError, IndexError):
            return None

    def changed(self, commit: str) -> set[str]:
        """Return the files, from the top, that are not as a commit has them; those that git does not know count.

        Raises:
            GitError: when git cannot tell.
        """
        differ = self._names(
            *self._without_filters(),
            "diff",
            "--name-only",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "-z",
            commit,
            "--",
        )
        return {*differ, *self._names("ls-files", "--others", "--exclude-standard", "-z")}

    def _without_filters(self) -> list[str]:
        """Return the options without which comparing files would run the programs that the configuration names."""
        try:
            named = self._names(
                "config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process|required)$"
            )
        except GitError:  # none is named
            return []
        return [part for name in dict.fromkeys(named) for part in ("-c", f"{name}=")]

    def known(self) -> list[str]:
        """Return the files that git knows, from the top.

        Raises:
            GitError: when git cannot tell.
        """
        return self._names("ls-files", "-z")

    def ignored(self, folder: str) -> list[str]:
        """Return the files below a folder that git is to ignore, from the top.

        Raises:
            GitError: when git cannot tell.
        """
        return self._names(
            "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", f":(literal){folder}/"
        )

    def contents(self, commit: str, names: Iterable[str], most: int = MAX_CATALOGUE_BYTES) -> Mapping[str, bytes]:
        """Return the contents of the files that a commit has, of those asked for; none is larger than ``most`` bytes."""
        with closing(Blobs(self.git, most)) as blobs:
            found = {name: self._content(blobs, f"{commit}:{name}") for name in sorted(names)}
        return {name: content for name, content in found.items() if content is not None}

    def _content(self, blobs: Blobs, name: str) -> bytes | None:
        if "\n" not in name:
            return blobs.read(name)
        try:  # questions end with their line
            return self.git.bytes("cat-file", "blob", name)
        except GitError:
            return None

    def listed(self, commit: str, folder: str) -> list[str]:
        """Return the files that a commit has below a folder, from the top.

        Raises:
            GitError: when git cannot tell.
        """
        return self._names("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", f"{folder}/")

    def _names(self, *arguments: str) -> list[str]:
        return [os.fsdecode(name) for name in self.git.bytes(*arguments).split(b"\0") if name]


class Base(NamedTuple):
    """The version to compare with: the working tree, the commit, and what it was called."""

    tree: Tree
    commit: str
    ref: str
