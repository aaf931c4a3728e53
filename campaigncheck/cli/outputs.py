"""Where commands write: standard output or files, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from campaigncheck.catalogue.files import shown
from campaigncheck.engine.errors import CANNOT_WRITE, CANNOT_WRITE_HINT, UsageError
from campaigncheck.messages import Message, Text

_UNKNOWN_FORMAT = Text("没有“{name}”这种格式", "there is no format “{name}”")
_FORMATS_HINT = Text("可以用：{names}；写成 格式:文件名 就存成文件。", "Known: {names}; FORMAT:FILE writes to a file.")
_NO_FOLDER = Text("{path} 是文件，不是文件夹", "{path} is a file, not a folder")
_NO_FOLDER_HINT = Text("-o 后面写一个文件夹，没有会新建。", "-o names a folder; it is made if missing.")
_ONE_STDOUT = Text("标准输出只能有一种格式", "only one format can go to standard output")
_ONE_STDOUT_HINT = Text("其余的写成 格式:文件名。", "Write the others as FORMAT:FILE.")


class Output(NamedTuple):
    """A format and where it goes; no file means standard output."""

    format: str
    file: Path | None


def read_output(given: str, formats: Sequence[str], hint: Message | None = None) -> Output:
    """Read ``FORMAT`` or ``FORMAT:FILE``.

    Raises:
        UsageError: for a format that is not among ``formats``, with the ``hint`` or else all of them.
    """
    name, _, file = given.partition(":")
    if name not in formats:
        raise UsageError(_UNKNOWN_FORMAT(name=name), hint or _FORMATS_HINT(names=list(formats)))
    return Output(name, Path(file) if file else None)


def refuse_two(to_stdout: Sequence[Output]) -> None:
    """Refuse more than one output on standard output."""
    if len(to_stdout) > 1:
        raise UsageError(_ONE_STDOUT(), _ONE_STDOUT_HINT())


def refuse_file(folder: Path) -> None:
    """Refuse a file where a folder is wanted."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(_NO_FOLDER(path=shown(folder)), _NO_FOLDER_HINT())


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say which path could not be written, and why."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(CANNOT_WRITE(path=shown(path), reason=reason), CANNOT_WRITE_HINT()) from error
