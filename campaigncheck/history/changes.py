"""What differs between the working tree and a commit, and what files were like then."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from campaigncheck.history.git import Blobs, Git, GitError
from campaigncheck.source.limits import MAX_CATALOGUE_BYTES


class Tree(NamedTuple):
    """A working tree with its git; ``top`` is its real folder."""

    git: Git
    top: Path

    @classmethod
    def around(cls, folder: Path) -> Tree | None:
        """Return the working tree that a folder is in, if it is in one."""
        here = folder.resolve()
        top = next((path for path in (here, *here.parents) if os.path.lexists(path / ".git")), None)
        return cls(Git(str(top)), top) if top is not None else None

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
        differ = self.git.bytes(
            "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", commit, "--"
        )
        strange = self.git.bytes("ls-files", "--others", "--exclude-standard", "-z")
        return {os.fsdecode(name) for name in (*differ.split(b"\0"), *strange.split(b"\0")) if name}

    def contents(self, commit: str, names: Iterable[str]) -> Mapping[str, bytes]:
        """Return the contents of the files that a commit has, of those asked for."""
        with closing(Blobs(self.git, MAX_CATALOGUE_BYTES)) as blobs:
            found = {name: blobs.read(f"{commit}:{name}") for name in sorted(names) if "\n" not in name}
        return {name: content for name, content in found.items() if content is not None}

    def listed(self, commit: str, folder: str) -> list[str]:
        """Return the files that a commit has below a folder, from the top.

        Raises:
            GitError: when git cannot tell.
        """
        found = self.git.bytes("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", f"{folder}/")
        return [os.fsdecode(name) for name in found.split(b"\0") if name]
