"""One pass over YAML: plain values, and where each of them was written.

libyaml (through PyYAML) does the parsing; this module builds values from its events by the core
schema of YAML 1.2.2 (chapter 10.3), so `on`, `no` and dates stay text. Keys are always text. What is
no plain data is refused: tags, duplicate keys, keys that are collections, aliases that explode.

Places are kept as one flat array, three numbers a value in document order: the character offsets
where it begins and ends, and the row that follows its subtree. Keys have rows of their own.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from typing import Any

from yaml import MarkedYAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from campaigncheck.source import errors, limits
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.syntax import explain

_NUMBER_START = frozenset("0123456789+-.")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_CONSTANTS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NO_KEY = object()


def parse(text: str) -> tuple[Any, array[int]]:
    """Return the value of a YAML document and the rows of its places.

    Raises:
        RefusalError: for anything that is not plain, finite, unambiguous YAML; offsets in characters.
    """
    tab = text.find("\t")
    if tab >= 0:
        raise RefusalError(errors.TAB(), errors.TAB_HINT(), tab, tab + 1)
    try:
        return _Builder(text).build()
    except ReaderError as error:
        raise _control_character(text) from error
    except MarkedYAMLError as error:
        raise _syntax(text, error) from error


class _Builder:
    """Builds values from events with an explicit stack (no recursion, so no stack to overflow)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows: list[int] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.expanded = 0
        self.properties = "&" in text or "!" in text

    def build(self) -> tuple[Any, array[int]]:
        parser = CParser(self.text)
        parser.get_event()
        event: Any = parser.get_event()
        if event.__class__ is StreamEndEvent:
            raise RefusalError(errors.EMPTY(), errors.EMPTY_HINT(), 0, 0)
        value = self._value(parser.get_event)
        parser.get_event()
        event = parser.get_event()
        if isinstance(event, DocumentStartEvent):
            start = event.start_mark.index if event.start_mark else 0
            raise RefusalError(errors.TWO_DOCUMENTS(), errors.TWO_DOCUMENTS_HINT(), start, start + 3)
        return value, array("I", self.rows)

    def _value(self, next_event: Callable[[], Any]) -> Any:
        # The hot loop of the program: a campaign has some 300 events, and everything in here is
        # paid for each of them. Locals instead of attributes, one class test per event.
        rows, properties = self.rows, self.properties
        stack: list[tuple[Any, Any, int, str | None]] = []
        container: Any = None
        mapping = False
        key: Any = _NO_KEY
        row = at = 0
        anchor: str | None = None
        while True:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                if properties and event.tag is not None:
                    raise self._tagged(event)
                value = event.value
                rows += (event.start_mark.index, event.end_mark.index, at + 3)
                if mapping and key is _NO_KEY:
                    if value in container or value == "<<":
                        raise self._bad_key(value, row, at)
                    container[value] = None
                    key = value
                    at += 3
                    continue
                if event.implicit[0] and (value in _CONSTANTS or value[0] in _NUMBER_START):
                    value = _plain(value)
                if properties and event.anchor is not None:
                    self._define(event.anchor, value, 1)
                at += 3
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                # A block ends where its last child does, not after the comments and blank lines below;
                # only a closing bracket has a width of its own.
                end = event.end_mark.index
                rows[row + 1] = end if end > event.start_mark.index else rows[at - 2]
                rows[row + 2] = at
                value = container
                if anchor is not None:
                    self._define(anchor, value, (at - row) // 3)
                container, key, row, anchor = stack.pop()
                mapping = container.__class__ is dict
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if properties and event.tag is not None:
                    raise self._tagged(event)
                if mapping and key is _NO_KEY:
                    raise self._odd_key(event)
                stack.append((container, key, row, anchor))
                if len(stack) > limits.MAX_DEPTH:
                    raise self._too_deep(event)
                mapping = kind is MappingStartEvent
                container = {} if mapping else []
                key, row, anchor = _NO_KEY, at, event.anchor
                rows += (event.start_mark.index, event.end_mark.index, 0)
                at += 3
                continue
            else:
                value = self._alias(event, mapping and key is _NO_KEY)
                at += 3
            if mapping:
                container[key] = value
                key = _NO_KEY
            elif container is None:
                return value
            else:
                container.append(value)

    def _define(self, anchor: str, value: Any, nodes: int) -> None:
        self.anchors[anchor] = (value, nodes + self.expanded)

    def _alias(self, event: Any, is_key: bool) -> Any:
        start, end = event.start_mark.index, event.end_mark.index
        if is_key:
            raise self._odd_key(event)
        if event.anchor not in self.anchors:
            hint = errors.UNKNOWN_ALIAS_HINT(name=event.anchor)
            raise RefusalError(errors.UNKNOWN_ALIAS(name=event.anchor), hint, start, end)
        value, nodes = self.anchors[event.anchor]
        self.expanded += nodes
        if self.expanded > limits.MAX_EXPANDED_NODES:
            hint = errors.EXPLODES_HINT(limit=limits.MAX_EXPANDED_NODES)
            raise RefusalError(errors.EXPLODES(name=event.anchor), hint, start, end)
        self.rows += (start, end, len(self.rows) + 3)
        return value

    def _bad_key(self, key: str, row: int, at: int) -> RefusalError:
        rows, text = self.rows, self.text
        if key == "<<":
            return RefusalError(errors.ODD_KEY(), errors.MERGE_KEY_HINT(), rows[at], rows[at + 1])
        child = row + 3
        while text[rows[child] : rows[child + 1]].strip("'\"") != key and rows[child + 2] < at:
            child = rows[rows[child + 2] + 2]
        first = text.count("\n", 0, rows[child]) + 1
        hint = errors.DUPLICATE_KEY_HINT(line=first)
        return RefusalError(errors.DUPLICATE_KEY(key=key), hint, rows[at], rows[at + 1])

    def _tagged(self, event: Any) -> RefusalError:
        start = event.start_mark.index
        return RefusalError(errors.TAG(tag=event.tag), errors.TAG_HINT(), start, event.end_mark.index)

    def _odd_key(self, event: Any) -> RefusalError:
        return RefusalError(errors.ODD_KEY(), errors.ODD_KEY_HINT(), event.start_mark.index, event.end_mark.index)

    def _too_deep(self, event: Any) -> RefusalError:
        hint = errors.TOO_DEEP_HINT()
        message = errors.TOO_DEEP(limit=limits.MAX_DEPTH)
        return RefusalError(message, hint, event.start_mark.index, event.end_mark.index)


def _plain(text: str) -> Any:
    """Resolve an unquoted scalar by the core schema; not-finite and very long numbers stay text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_START or len(text) > limits.MAX_DIGITS:
        return text
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        number = float(text)
        return number if number - number == 0 else text
    if _OCTAL.match(text):
        return int(text[2:], 8)
    return int(text[2:], 16) if _HEX.match(text) else text


def _control_character(text: str) -> RefusalError:
    match = _CONTROL.search(text)
    at = match.start() if match else 0
    code = f"U+{ord(text[at]):04X}"
    return RefusalError(errors.CONTROL(code=code), errors.CONTROL_HINT(), at, at + 1)


def _syntax(text: str, error: MarkedYAMLError) -> RefusalError:
    mark = error.problem_mark
    problem = str(error.problem or error)
    at = min(mark.index, len(text)) if mark else 0
    if "unexpected end of stream" in problem and error.context_mark is not None:
        at = min(error.context_mark.index, len(text))
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    message, hint = explain(problem, line)
    return RefusalError(message, hint, at, min(at + 1, len(text)))
