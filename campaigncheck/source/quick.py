"""Values of ordinary documents, quickly; what is out of the ordinary is left to :mod:`yamlpass`.

Two thirds of the time that libyaml's nodes take goes into marks, and only what has findings needs marks.
rapidyaml makes values without them in a third of the time, but it is not strict: it takes some text for
YAML that is none, and resolves some scalars otherwise. So libyaml reads every document first, without
making anything of it, and whatever the two might read differently is not answered here.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from errno import EBADF
from functools import cache
from json import JSONDecoder
from threading import RLock
from typing import Any

from yaml import YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it

from campaigncheck.source import limits

_UNUSUAL = ("&", "\t", "\r", "\ufeff", "\x85", "\u2028", "\u2029")
"""The sign of anchors, and the line breaks that YAML 1.1 and 1.2 see differently."""

_UNUSUAL_BARE = ("!", "?")
"""Signs of tags and complex keys; in quotes, as in the expressions of a lexicon, they are none."""

_QUOTED = re.compile(r" *[A-Za-z_]+: '(?:[^'\n]|'')*'").fullmatch

_MISREAD = tuple(
    re.compile(pattern).search
    for pattern in (
        r"\|[-+]?(?:[1-9][-+]? *\n|[-+0-9]* *#)",
        r">[-+]?(?:[1-9][-+]? *\n|[-+0-9]* *#)",
        r"\n *\n[ \n]*[}\],]",
    )
)
"""Blocks with a width or a comment behind their header, and blank lines before the end of a value in brackets.

Each pattern begins with one sign, which is many times faster than one pattern for all of them.
"""

_SHORT = 8_000
_BLANKS = b" " * 500
_MOST_BRACKETS = 4_000
"""Beyond these, in a text that is not short, the time that the parsers take grows faster than the text."""

_UNSURE = re.compile(
    r'"(?=[*<~nNtTfF0.+-])(?:\*|<<"|~"|[nN]ull"|NULL"|[tT]rue"|TRUE"|[fF]alse"|FALSE"|[-+]?\.(?:inf|nan)"'
    r'|0[xo][0-9a-fA-F]+"|0[0-9]*(?:[eE][-+]?[0-9]+)?")'
)
"""Text in JSON that may have been no text in the document, where it stood without quotes."""

_STANDARD_ERROR = 2


class _UnsureError(ValueError):
    """What the document says has to be looked at more closely."""


def mapping(data: bytes, text: str) -> dict[str, Any] | None:
    """Return the value of a document, or nothing when it is unusual, wrong, or no mapping.

    Whenever there is an answer, it equals that of :func:`~campaigncheck.source.yamlpass.parse`.

    Args:
        data: the document as UTF-8.
        text: the same document as text.
    """
    for sign in _UNUSUAL:
        if sign in text:
            return None
    for sign in _UNUSUAL_BARE:
        if sign in text and not _only_in_quotes(sign, text):
            return None
    if data.startswith(BOM_UTF8) or not data.endswith(b"\n"):  # the end may cut a block scalar short
        return None
    if len(data) > _SHORT and _takes_long(data):
        return None
    for misread in _MISREAD:
        if misread(text):
            return None
    from ryml import ExceptionBasic  # takes 20 ms to import

    try:
        CParser(data).raw_parse()
        said = _as_json(data)
        # It takes comments after a value in braces for part of it.
        if ("#" in said and " #" in said) or _UNSURE.search(said):
            return None
        value = _DECODE(said)
    except (YAMLError, ValueError, OSError, ExceptionBasic):
        return None
    return value if type(value) is dict else None


def _only_in_quotes(sign: str, text: str) -> bool:
    """Whether all lines with a sign are a key with a value in single quotes."""
    return all(_QUOTED(line) for line in text.split("\n") if sign in line)


def _takes_long(data: bytes) -> bool:
    return _BLANKS in data or data.count(b"[") + data.count(b"{") > _MOST_BRACKETS


def _as_json(data: bytes) -> str:
    """Return a document as rapidyaml writes it in JSON.

    What it prints before it raises is kept from the user, since the document is read once more.
    """
    from ryml import Tree, emit_json_to_substr, parse_in_arena

    buffer = bytearray(2 * len(data))
    with silence:
        if not silence.kept:
            raise _UnsureError("what it prints would be seen")
        tree: Tree = parse_in_arena(data)
        failed, size = emit_json_to_substr(tree, tree.root_id(), buffer)
        if failed:
            buffer = bytearray(size)
            _, size = emit_json_to_substr(tree, tree.root_id(), buffer)
    return buffer[:size].decode()


class _Silence:
    """Keeps what rapidyaml prints before it raises from standard error, in one thread at a time.

    Who reads many documents enters it once for all of them, which saves four calls of the system for each.

    Attributes:
        kept: whether it could be done; without descriptors it cannot.
    """

    kept = False

    def __init__(self) -> None:
        self._alone = RLock()
        self._depth = 0
        self._heard: int | None = None

    def __enter__(self) -> None:
        self._alone.acquire()
        self._depth += 1
        if self._depth == 1:
            self.kept = self._begin()

    def _begin(self) -> bool:
        try:
            self._heard = _listener()
            if self._heard is not None:
                os.dup2(_nowhere(), _STANDARD_ERROR)
        except OSError:
            return False
        return True

    def __exit__(self, *_: object) -> None:
        try:
            self._depth -= 1
            if self._depth == 0 and self._heard is not None:
                heard, self._heard = self._heard, None
                os.dup2(heard, _STANDARD_ERROR)
                os.close(heard)
        finally:
            self._alone.release()


silence = _Silence()


def _listener() -> int | None:
    """Return a second name for standard error; None if nobody listens."""
    try:
        return os.dup(_STANDARD_ERROR)
    except OSError as error:
        if error.errno == EBADF:
            return None
        raise


@cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _UnsureError("a key stands twice")
    return found


def _integer(digits: str) -> int:
    if len(digits) > limits.MAX_DIGITS:
        raise _UnsureError("codes of many digits are text")
    return int(digits)


def _real(digits: str) -> float:
    number = float(digits)
    if len(digits) > limits.MAX_DIGITS or number - number != 0:
        raise _UnsureError("numbers that are not finite are text")
    return number


_DECODE = JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_real).decode
