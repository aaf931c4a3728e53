"""What repairs would change, as a unified diff that ``git apply`` and ``patch -p1`` read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import unified_diff

from campaigncheck.repair.model import Mended

_NO_BREAK = "\\ No newline at end of file\n"
_MARK = "\ufeff"
_ODD = re.compile('[\x00-\x1f"\\\\\x7f\udc80-\udcff]')
"""What stands in a name only if the name is quoted; the last are bytes that are no UTF-8."""
_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}


def diff(files: Iterable[Mended]) -> str:
    """Return the diff of all files."""
    return "".join(_one(file) for file in files)


def _one(file: Mended) -> str:
    mark = _MARK if file.marked else ""
    before, after = _lines(mark + file.before), _lines(mark + file.after)
    _, _, *hunks = unified_diff(before, after)
    lines = [f"--- {_name(f'a/{file.spec.shown}')}\n", f"+++ {_name(f'b/{file.spec.shown}')}\n", *hunks]
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_BREAK}" for line in lines)


def _name(name: str) -> str:
    """Write a name as git does: quoted if need be, and with a tab behind it where a blank in it might end it."""
    written = f'"{_ODD.sub(_escape, name)}"' if _ODD.search(name) else name
    return written + "\t" if " " in name else written


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return "\\" + (_ESCAPES.get(char) or f"{ord(char) & 0xFF:03o}")


def _lines(text: str) -> list[str]:
    """Split a text at line feeds only: a carriage return is part of its line."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
