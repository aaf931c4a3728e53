"""How values are written as YAML, so that this reader and others read them back as meant."""

from __future__ import annotations

import re
from typing import Any

from campaigncheck.source.errors import RefusalError
from campaigncheck.source.yamlpass import parse

WIDTH = 100
"""Longest line, in characters, on which a new list or mapping is written in flow style."""


_NUMBER_ELSEWHERE = re.compile(
    r"[-+]?[0-9][0-9_]*(?::[0-9_]+)*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:[0-9_]+|inf|nan)|0[box][0-9a-f_]+",
    re.IGNORECASE,
)
"""What this reader, or another one, takes for a number."""
_UNLIKE_TEXT = re.compile(r"yes|no|on|off|true|false|null|~|.*\*.*", re.IGNORECASE)
"""What another reader takes for a truth value, and patterns, which people quote too."""
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def reads(text: str, value: Any) -> bool:
    """Tell whether a text is read as exactly this value: types and the order of keys count."""
    try:
        return repr(parse(text)) == repr(value)
    except (RefusalError, UnicodeError):
        return False


def written_key(key: str, flow: bool) -> str:
    as_it_is = reads(f"{{{key}: 0}}" if flow else f"{key}: 0", {key: 0})
    return key if as_it_is and not _NUMBER_ELSEWHERE.fullmatch(key) else double_quoted(key)


def _scalar(value: Any, flow: bool, quote: str = "") -> str:
    """Write a scalar on one line; text in the quotes it had, or plain, or else in double quotes."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if not isinstance(value, str):
        return repr(value)
    single = "'" + value.replace("'", "''") + "'"
    written = {"": value, "'": single}.get(quote)
    if written is None or not reads(f"[{written}]" if flow else f"- {written}", [value]):
        return double_quoted(value)
    mistaken = _NUMBER_ELSEWHERE.fullmatch(written) or _UNLIKE_TEXT.fullmatch(written)
    return double_quoted(value) if mistaken else written


def double_quoted(text: str) -> str:
    for char, escape in (("\\", r"\\"), *((char, escape) for char, escape in _ESCAPES.items() if char != "\\")):
        text = text.replace(char, escape)
    return f'"{_UNPRINTABLE.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02X}" if code < 1 << 8 else f"\\u{code:04X}" if code < 1 << 16 else f"\\U{code:08X}"


def inline(value: Any, flow: bool, quote: str = "") -> str:
    """Write a value on one line.

    Args:
        value: what to write.
        flow: whether it stands within a flow collection.
        quote: what text is quoted with, or the texts of a list.
    """
    if isinstance(value, list):
        return "[" + ", ".join(inline(item, True, quote) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written_key(key, True)}: {inline(item, True)}" for key, item in value.items()) + "}"
    return _scalar(value, flow, quote)


def block_text(value: str, style: str, indent: int) -> list[str]:
    """Write a text as a literal (``|``) or folded (``>``) block: its header and its lines; none if it cannot be."""
    body = value.rstrip("\n")
    if body.endswith(" "):  # nobody would see it
        return []
    chomp = {0: "-", 1: ""}.get(len(value) - len(body))
    if chomp is None:
        return []
    lines = (re.sub(r"\n+", lambda run: run.group() + "\n", body) if style == ">" else body).split("\n")
    written = [style + chomp, *(" " * indent + line if line else "" for line in lines)]
    alone = [written[0], *(" " + line[indent:] if line else "" for line in written[1:]), ""]
    return written if reads("- " + "\n".join(alone), [value]) else []


def entry_lines(head: str, value: Any, block: bool, indent: int, quote: str = "") -> list[str]:
    """Write an entry in block style: ``head`` is the key with its colon, or the dash.

    Args:
        head: indentation included.
        value: what follows it.
        block: not in flow style, even if it would fit.
        indent: of the lines of the value.
        quote: what text is quoted with.
    """
    if isinstance(value, str) and "\n" in value and (text := block_text(value, "|", indent)):
        return [f"{head} {text[0]}", *text[1:]]
    written = inline(value, False, quote)
    if not (value and isinstance(value, list | dict)) or not (block or len(head) + 1 + len(written) > WIDTH):
        return [f"{head} {written}"]
    lines = body_lines(value, indent)
    return [head + " " * (indent - len(head)) + lines[0][indent:], *lines[1:]] if head[-1] == "-" else [head, *lines]


def body_lines(value: Any, indent: int) -> list[str]:
    """Write the entries of a collection in block style."""
    pad = " " * indent
    if isinstance(value, list):
        return [line for item in value for line in entry_lines(f"{pad}-", item, False, indent + 2)]
    pairs = value.items()
    return [
        line for key, item in pairs for line in entry_lines(f"{pad}{written_key(key, False)}:", item, False, indent + 2)
    ]
