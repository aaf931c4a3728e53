"""What repairs would change, as a unified diff that ``git apply`` and ``patch -p1`` read."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff

from campaigncheck.repair.model import Mended

_NO_BREAK = "\\ No newline at end of file\n"


def diff(files: Iterable[Mended]) -> str:
    """Return the diff of all files."""
    return "".join(_one(file) for file in files)


def _one(file: Mended) -> str:
    before, after = _lines(file.before), _lines(file.after)
    lines = unified_diff(before, after, f"a/{file.spec.shown}", f"b/{file.spec.shown}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_BREAK}" for line in lines)


def _lines(text: str) -> list[str]:
    """Split a text at line feeds only: a carriage return is part of its line."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
