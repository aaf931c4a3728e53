"""Writes repaired specs: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence

from campaigncheck.engine.rewrite import Rewrite, rewrite
from campaigncheck.messages import Text
from campaigncheck.repair.model import Mended

_READ_ONLY_HINT = Text(
    "去掉只读，或者只写要改的路径；先看改什么用 --diff。",
    "Make it writable, or name only the paths to repair; --diff shows the repairs.",
)


def write(files: Sequence[Mended]) -> None:
    """Put the repaired texts in the place of the files.

    Raises:
        UsageError: when one of them cannot be written.
        ChangedError: when one of them has changed since it was read.
    """
    rewrite([Rewrite(file.spec, file.before, file.after) for file in files], _READ_ONLY_HINT())
