"""One pass over YAML: plain values, and where each of them was written.

libyaml (through PyYAML) does the parsing; this module builds values from its events by the core
schema of YAML 1.2.2 (chapter 10.3), so `on`, `no` and dates stay text. Keys are always text. What is
no plain data is refused: tags, duplicate keys, keys that are collections, aliases that explode.

Of every key and value the pass keeps where it begins, as character offsets in document order, and of
every collection which of them are inside. Where a value ends is found when a finding asks for it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from yaml import MarkedYAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it
from yaml.events import (
    AliasEvent,
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

_MAY_BE_NO_TEXT = frozenset("0123456789+-.tTfFnN~")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_CONSTANTS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_TAG = re.compile(r"![^\s,\[\]{}]*")
_BEGAN_EARLIER = ("unexpected end of stream", "could not find expected ':'")
"""Problems that libyaml notices only after the place where they began."""
_NO_KEY = object()


class Starts(NamedTuple):
    """Where the keys and values of a document begin.

    ``offsets`` has one entry (a row) for each, in document order, keys before their values; for the row
    of a collection ``after`` holds the row that follows its last member.
    """

    offsets: array[int]
    after: dict[int, int]


def parse(text: str) -> tuple[Any, Starts]:
    """Return the value of a YAML document and where everything in it begins.

    Raises:
        RefusalError: for anything that is not plain, finite, unambiguous YAML; offsets in characters.
    """
    tab = text.find("\t")
    if tab >= 0:
        raise RefusalError(errors.TAB(), errors.TAB_HINT(), tab, tab + 1)
    if "\ufeff" in text:  # libyaml passes over it without counting it
        raise _control_character(text)
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
        self.starts: list[int] = []
        self.after: dict[int, int] = {}
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.expanded = 0
        self.properties = "&" in text or "!" in text

    def build(self) -> tuple[Any, Starts]:
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
        return value, Starts(array("I", self.starts), self.after)

    def _value(self, next_event: Callable[[], Any]) -> Any:
        # The hot loop of the program: a campaign has some 300 events, and everything in here is
        # paid for each of them. Locals instead of attributes, one class test per event.
        begins, properties = self.starts.append, self.properties
        stack: list[tuple[Any, Any, int, str | None]] = []
        container: Any = None
        mapping = False
        key: Any = _NO_KEY
        row = 0
        anchor: str | None = None
        for event in iter(next_event, None):
            kind = event.__class__
            if kind is ScalarEvent:
                begins(event.start_mark.index)
                value = event.value
                if properties:
                    self._refuse_tag(event)
                if mapping and key is _NO_KEY:
                    if value in container or value == "<<":
                        raise self._bad_key(value, row, event)
                    key = value
                    continue
                if value[:1] in _MAY_BE_NO_TEXT and event.implicit[0]:
                    value = _plain(value)
                elif not value and event.implicit[0]:
                    value = None
                if properties and event.anchor is not None:
                    self._define(event.anchor, value, 1)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.after[row] = len(self.starts)
                value = container
                if anchor is not None:
                    self._define(anchor, value, len(self.starts) - row)
                container, key, row, anchor = stack.pop()
                mapping = container.__class__ is dict
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._refuse_tag(event)
                if mapping and key is _NO_KEY:
                    raise self._odd_key(event)
                stack.append((container, key, row, anchor))
                if len(stack) > limits.MAX_DEPTH:
                    raise self._too_deep(event)
                mapping = kind is MappingStartEvent
                container = {} if mapping else []
                key, row, anchor = _NO_KEY, len(self.starts), event.anchor
                begins(event.start_mark.index)
                continue
            else:
                value = self._alias(event, mapping and key is _NO_KEY)
            if mapping:
                container[key] = value
                key = _NO_KEY
            elif container is None:
                return value
            else:
                container.append(value)
        raise AssertionError("libyaml ends every document it begins")

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
        self.starts.append(start)
        return value

    def _bad_key(self, key: str, row: int, event: Any) -> RefusalError:
        start, end = event.start_mark.index, event.end_mark.index
        if key == "<<":
            return RefusalError(errors.ODD_KEY(), errors.MERGE_KEY_HINT(), start, end)
        first = self.text.count("\n", 0, self._key_start(key, row)) + 1
        return RefusalError(errors.DUPLICATE_KEY(key=key), errors.DUPLICATE_KEY_HINT(line=first), start, end)

    def _key_start(self, key: str, row: int) -> int:
        """Return where a key of the mapping at ``row`` was first written."""
        child = row + 1
        while self.text[self.starts[child] :].lstrip("'\"")[: len(key)] != key and child + 1 < len(self.starts) - 1:
            child = self.after.get(child + 1, child + 2)
        return self.starts[child]

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            start = event.start_mark.index
            tag = _TAG.search(self.text, start)
            span = tag.span() if tag else (start, event.end_mark.index)
            raise RefusalError(errors.TAG(tag=self.text[slice(*span)]), errors.TAG_HINT(), *span)

    def _odd_key(self, event: Any) -> RefusalError:
        return RefusalError(errors.ODD_KEY(), errors.ODD_KEY_HINT(), event.start_mark.index, event.end_mark.index)

    def _too_deep(self, event: Any) -> RefusalError:
        hint = errors.TOO_DEEP_HINT()
        message = errors.TOO_DEEP(limit=limits.MAX_DEPTH)
        return RefusalError(message, hint, event.start_mark.index, event.end_mark.index)


class Details(NamedTuple):
    """Where everything in a document ends, and the text of its scalars, by row."""

    ends: list[int]
    values: list[str]


@lru_cache(maxsize=8)
def details(text: str) -> Details:
    """Read a document that :func:`parse` has accepted once more, for what findings want to know of it.

    A block ends where its last member does, not after the comments and blank lines below; only a
    closing bracket has a width of its own.
    """
    ends: list[int] = []
    values: list[str] = []
    open_rows: list[int] = []
    reached = 0
    events: Iterator[Any] = iter(CParser(text).get_event, None)
    for event in events:
        kind = event.__class__
        if kind in (MappingEndEvent, SequenceEndEvent):
            if event.end_mark.index > event.start_mark.index:
                reached = event.end_mark.index
            ends[open_rows.pop()] = reached
        elif kind in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
            if kind in (MappingStartEvent, SequenceStartEvent):
                open_rows.append(len(ends))
            reached = event.end_mark.index
            ends.append(reached)
            values.append(event.value if kind is ScalarEvent else "")
    return Details(ends, values)


def _plain(text: str) -> Any:
    """Resolve an unquoted scalar by the core schema; not-finite and very long numbers stay text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0].isalpha() or len(text) > limits.MAX_DIGITS:
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
    if error.context_mark is not None and any(sign in problem for sign in _BEGAN_EARLIER):
        at = min(error.context_mark.index, len(text))
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    message, hint = explain(problem, line)
    return RefusalError(message, hint, at, min(at + 1, len(text)))
