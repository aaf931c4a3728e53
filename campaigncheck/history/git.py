"""Git, asked so that nothing of a repository's own configuration is run.

A checked-out repository is untrusted: its ``.git/config`` may name programs for signatures, differences, file monitors or
transport. None of the commands used here starts one (``tests/history/test_hardened.py``), and nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import IO, TYPE_CHECKING, NamedTuple

from campaigncheck.messages import Message, Text

if TYPE_CHECKING:
    import subprocess

Bytes = bytes
_PIPE, _NOTHING = -1, -3
"""``subprocess.PIPE`` and ``DEVNULL``: that takes a while to import, and few runs ask git."""
_CHUNK = 1 << 16
_OPTIONS = (
    "--no-pager", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.alternateRefsCommand=",
    "-c", "diff.external=", "-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "core.sshCommand=false",
)  # fmt: skip
_KEPT = ("GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")
"""What the surroundings say of git that stays: who runs the machine may trust folders there (``safe.directory``)."""
_DUBIOUS = "dubious ownership"

_FOREIGN = Text(
    "git 不肯读 {root}：文件夹属于别的用户。信得过它，就运行 git config --global --add safe.directory {root}",
    "git refuses to read {root}: the folder belongs to somebody else. If it can be trusted, run: git config --global --add "
    "safe.directory {root}",
)
_MISSING = Text("没有找到 git，装上再查一次", "git was not found: install it and check again")
_FAILED = Text("git 读不了 {root}：{reason}", "git cannot read {root}: {reason}")


def working_tree(folder: str) -> str | None:
    """Return the nearest folder, here or above, that is a git working tree; found without asking git."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


class GitError(Exception):
    """Raised when git cannot answer; with the sentence for the user."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message


class Branch(NamedTuple):
    """The branch that everything is compared with: its short name and its last commit."""

    name: str
    commit: str


class Git:
    """Asks git about one repository."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._environment = _environment(root)

    def lines(self, *arguments: str) -> list[str]:
        """Return the lines that a command prints."""
        return self.bytes(*arguments).decode("utf-8", "surrogateescape").splitlines()

    def bytes(self, *arguments: str | Bytes, given: Bytes | None = None) -> Bytes:
        """Return everything that a command prints, having read what is given.

        Raises:
            GitError: when git is missing or refuses.
        """
        questions = _NOTHING if given is None else _PIPE
        with self._start(*arguments, questions=questions, errors=_PIPE) as process:
            printed, complaint = process.communicate(given)
        if process.returncode != 0:
            raise GitError(self._complaint(complaint.decode("utf-8", "replace")))
        return printed

    def tokens(self, *arguments: str | Bytes) -> Generator[Bytes]:
        """Yield what a command prints between zero bytes, while it runs; whoever has enough closes the iterator."""
        process = self._start(*arguments)
        assert process.stdout is not None
        try:
            rest = b""
            while chunk := process.stdout.read1(_CHUNK):  # type: ignore[attr-defined]
                *whole, rest = (rest + chunk).split(b"\0")
                yield from whole
            if rest:
                yield rest
        finally:
            process.stdout.close()
            process.kill()
            process.wait()

    def serve(self, *arguments: str) -> subprocess.Popen[Bytes]:
        """Start a command that answers questions."""
        return self._start(*arguments, questions=_PIPE)

    def _start(
        self, *arguments: str | Bytes, questions: int = _NOTHING, errors: int = _NOTHING
    ) -> subprocess.Popen[Bytes]:
        import subprocess

        try:
            return subprocess.Popen(  # noqa: S603  # options of ours, paths, names of commits
                ["git", *_OPTIONS, "-C", self.root, *arguments],  # noqa: S607  # where it is differs
                env=self._environment,
                stdin=questions, stdout=_PIPE, stderr=errors,
            )  # fmt: skip
        except OSError as error:
            if isinstance(error, FileNotFoundError):
                raise GitError(_MISSING()) from error
            raise GitError(_FAILED(root=self.root, reason=error.strerror or str(error))) from error

    def _complaint(self, printed: str) -> Message:
        if _DUBIOUS in printed:
            return _FOREIGN(root=self.root)
        reason = next((line for line in printed.splitlines() if line.strip()), "git").removeprefix("fatal: ")
        return _FAILED(root=self.root, reason=reason)


def _environment(root: str) -> dict[str, str]:
    """Return an environment in which git looks at this repository only, in English, and asks and fetches nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(_KEPT)}
    return kept | {
        "GIT_CEILING_DIRECTORIES": os.path.dirname(root),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "LC_ALL": "C",
    }


class Blobs:
    """Reads the contents of files from the repository, one after another in one process."""

    def __init__(self, git: Git, most: int) -> None:
        self._git = git
        self._most = most
        self._process: subprocess.Popen[Bytes] | None = None

    def read(self, name: str) -> bytes | None:
        """Return a file's content; None if the repository does not have it, or it is larger than any spec."""
        if self._process is None:
            self._process = self._git.serve("cat-file", "--batch")
        questions, answers = self._process.stdin, self._process.stdout
        assert questions is not None
        assert answers is not None
        try:
            questions.write(os.fsencode(name) + b"\n")
            questions.flush()
            return self._answer(answers)
        except (OSError, ValueError):  # it has ended: an object that cannot be read ends it
            self.close()
            return None

    def _answer(self, answers: IO[bytes]) -> bytes | None:
        head = answers.readline().split()
        if len(head) != 3:
            if not head:
                raise OSError("git has ended")
            return None
        size = int(head[2])
        left, data = size, b""
        while left > 0:
            chunk = answers.read(min(left, 1 << 20))
            if not chunk:
                raise OSError("git has ended")
            left -= len(chunk)
            data = data + chunk if size <= self._most else b""
        answers.read(1)
        return data if size <= self._most and head[1] == b"blob" else None

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.kill()
        process.wait()
