"""Where each character of a YAML scalar's value stands in the source.

YAML rewrites text while reading it: it joins lines, strips indentation, resolves escapes. These
functions follow the same rules (YAML 1.2.2, chapters 7.3 and 8.1) over the source of one scalar and
give, for each character of the value, its offset in the source.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BLANK = " \t\r\n\x85\u2028\u2029"
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)?")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+[ \t\r\n]*(?:#[^\r\n]*[ \t\r\n]*)*")


def content_start(text: str, start: int) -> int:
    """Skip an anchor before a value."""
    match = _ANCHOR.match(text, start)
    return match.end() if match else start


@lru_cache(maxsize=4)  # many findings may stand in one long text
def value_offsets(text: str, start: int, end: int, value: str) -> list[int]:
    """Map every character of ``value`` to its offset in ``text``; one more entry gives the end.

    ``text[start:end]`` is the scalar as written: plain, quoted or a block scalar.
    """
    start = content_start(text, start)
    opening = text[start : start + 1]
    if opening == '"':
        return _double_quoted(text, start + 1, end - 1, value)
    if opening == "'":
        return _aligned(text, start + 1, end - 1, value, doubled="'")
    if opening in ("|", ">"):
        return _block(text, start, end, value)
    return _aligned(text, start, end, value)


def character_end(text: str, at: int, opening: str) -> int:
    """Return where a character of a scalar ends that is written at an offset and is no blank."""
    escape = _ESCAPE.match(text, at) if opening == '"' else None
    if escape:
        return escape.end()
    return at + (2 if opening == "'" == text[at : at + 1] else 1)


def _block(text: str, start: int, end: int, value: str) -> list[int]:
    header = _HEADER.match(text, start)
    body = header.end() if header else start
    return _aligned(text, body, end, value, indent=_indent(text, body, end, value))


def _indent(text: str, body: int, end: int, value: str) -> int:
    """Return how many columns the block's content is indented by."""
    first = next((line for line in value.split("\n") if line.strip(" ")), "")
    for line in text[body:end].splitlines():
        if line.strip(" "):
            return len(line) - len(line.lstrip(" ")) - (len(first) - len(first.lstrip(" ")))
    return 0


def _aligned(text: str, at: int, end: int, value: str, doubled: str = "", indent: int = 0) -> list[int]:
    """Walk source and value side by side; all but white space stands in both, in the same order."""
    offsets: list[int] = []
    at = _past_indent(text, at, end, indent)
    for char in value:
        if char in _BLANK:
            offsets.append(at)
            at = _past_blank(text, at, end, char, indent)
            continue
        while at < end and text[at] in _BLANK:
            at += 1
        offsets.append(at)
        at += 2 if char == doubled else 1
    return [*offsets, min(at, end)]


def _past_blank(text: str, at: int, end: int, char: str, indent: int) -> int:
    if char == "\n":
        while at < end and text[at] not in "\r\n":
            at += 1
        at += 2 if text[at : at + 2] == "\r\n" else 1
        return _past_indent(text, at, end, indent)
    return at + 1 if at < end and text[at] == char else at


def _past_indent(text: str, at: int, end: int, indent: int) -> int:
    """Skip a line's indentation; a blank line may have less of it, or none."""
    stop = min(at + indent, end)
    while at < stop and text[at] == " ":
        at += 1
    return at


def _double_quoted(text: str, at: int, end: int, value: str) -> list[int]:
    offsets: list[int] = []
    for char in value:
        at = _skip_continuations(text, at, end)
        escape = _ESCAPE.match(text, at, end)
        if escape:
            offsets.append(at)
            at = escape.end()
        elif char in _BLANK:
            offsets.append(at)
            at = _past_blank(text, at, end, char, 0) if text[at : at + 1] in _BLANK else at
        else:
            while at < end and text[at] in _BLANK:
                at += 1
            at = _skip_continuations(text, at, end)
            escape = _ESCAPE.match(text, at, end)
            offsets.append(at)
            at = escape.end() if escape else at + 1
    return [*offsets, min(at, end)]


def _skip_continuations(text: str, at: int, end: int) -> int:
    """Skip escaped line breaks, which stand for nothing, and the indentation after them."""
    while text[at : at + 1] == "\\" and text[at + 1 : at + 2] in ("\r", "\n"):
        at += 2
        while at < end and text[at] in _BLANK:
            at += 1
    return at
