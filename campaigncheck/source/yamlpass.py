"""One pass over YAML: plain values, and the place of every key and value.

libyaml (through PyYAML) composes a tree of nodes with marks where each begins and ends; this module
makes values of it by the core schema of YAML 1.2.2 (chapter 10.3), so `on`, `no` and dates stay text.
Keys are always text. What is no plain data is refused: tags, duplicate keys, keys that are collections,
aliases that explode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import is_
from typing import Any

from yaml import MarkedYAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from campaigncheck.source import errors, limits
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.syntax import explain

_MAY_BE_NO_TEXT = frozenset("0123456789+-.tTfFnN~")
_NUMBER = re.compile(
    r"(?:([-+]?[0-9]+)|([-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|0o([0-7]+)|0x([0-9a-fA-F]+))\Z"
)
_CONSTANTS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_TAG = re.compile(r"![^\s,\[\]{}]*")
_NAME = re.compile(r"[^\s,\[\]{}]+")
_BEGAN_EARLIER = ("unexpected end of stream", "could not find expected ':'")
"""Problems that libyaml notices only after the place where they began."""


class _Composer(CParser):
    """libyaml's composer without PyYAML's resolver, which takes a third of its time.

    The composer calls these hooks for each node; builtins answer them without running any Python. The
    tag of a node becomes ``slice(kind, value, implicit)``, whose ``step`` tells whether it was (plain,
    quoted); a tag that is text was written in the document. Paths decide nothing.
    """

    resolve = staticmethod(slice)
    descend_resolver = staticmethod(is_)
    ascend_resolver = staticmethod(bool)


@lru_cache(maxsize=8)
def nodes(text: str) -> Node:
    """Return the nodes of a document that findings ask places of; the last few are kept.

    Most campaigns have no finding, so their nodes are let go as soon as their values are made.
    """
    return compose(text)


def compose(text: str) -> Node:
    """Return the nodes of a YAML document, with marks whose ``index`` counts characters.

    Raises:
        RefusalError: for anything that is no YAML, or too deep; offsets in characters.
    """
    tab = text.find("\t")
    if tab >= 0:
        raise RefusalError(errors.TAB(), errors.TAB_HINT(), tab, tab + 1)
    if "\ufeff" in text:  # libyaml passes over it without counting it
        raise _control_character(text)
    try:
        if len(text) > limits.MAX_UNCHECKED:
            _refuse_depth(text)
        node = _Composer(text).get_single_node()
    except ReaderError as error:
        raise _control_character(text) from error
    except MarkedYAMLError as error:
        raise _syntax(text, error) from error
    if node is None:
        raise RefusalError(errors.EMPTY(), errors.EMPTY_HINT(), 0, 0)
    return _Aliases(text).told_apart(node, 1) if "&" in text else node


def _refuse_depth(text: str) -> None:
    """Refuse deep nesting from the flat stream of events, before composing it would recurse."""
    depth = 0
    events: Iterator[Any] = iter(CParser(text).get_event, None)
    for event in events:
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > limits.MAX_DEPTH:
                raise _too_deep(event)
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def parse(text: str) -> Any:
    """Return the plain value of a YAML document.

    Raises:
        RefusalError: for anything that is not plain, finite, unambiguous YAML; offsets in characters.
    """
    node = compose(text)
    builder = _Shared(text) if "&" in text or "!" in text else _Builder(text)
    return builder.value(node, 1)


class Alias(Node):
    """A place where an alias is written, and the node it stands for."""

    def __init__(self, target: Node, event: Any) -> None:
        super().__init__("", None, event.start_mark, event.end_mark)
        self.tag = slice(None)  # type: ignore[assignment]  # no tag of its own
        self.target = target
        self.name = event.anchor


class _Aliases:
    """Tells apart what the composer makes one: the node of an anchor, and the aliases that stand for it."""

    def __init__(self, text: str) -> None:
        events: Iterator[Any] = iter(CParser(text).get_event, None)
        self.written = (event for event in events if isinstance(event, AliasEvent))
        self.seen: set[int] = set()
        self.open: set[int] = set()

    def told_apart(self, node: Node, depth: int) -> Node:
        """Return the node with an :class:`Alias` wherever it was not written out; in document order."""
        if id(node) in self.seen:
            alias = Alias(node, next(self.written))
            if id(node) in self.open:
                hint = errors.UNKNOWN_ALIAS_HINT(name=alias.name)
                raise RefusalError(errors.UNKNOWN_ALIAS(name=alias.name), hint, *_extent(alias))
            return alias
        if depth > limits.MAX_DEPTH and not isinstance(node, ScalarNode):
            raise _too_deep(node)
        self.seen.add(id(node))
        self.open.add(id(node))
        if isinstance(node, MappingNode):
            node.value = [
                (self.told_apart(key, depth + 1), self.told_apart(item, depth + 1)) for key, item in node.value
            ]
        elif isinstance(node, SequenceNode):
            node.value = [self.told_apart(item, depth + 1) for item in node.value]
        self.open.discard(id(node))
        return node


class _Builder:
    """Makes values of nodes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def value(self, node: Node, depth: int) -> Any:
        """Return the value of a node that stands ``depth`` levels deep."""
        # The hot loop of the program: a campaign has some 300 nodes, and everything in here is paid
        # for each of them. Scalars are handled in place, without a call.
        if node.__class__ is ScalarNode:
            return self.scalar(node)
        if depth > limits.MAX_DEPTH:
            raise _too_deep(node)
        scalar, build = self.scalar, self.value
        if node.__class__ is not MappingNode:
            return [
                (item.value if item.value[:1] not in _MAY_BE_NO_TEXT and item.value else scalar(item))
                if item.__class__ is ScalarNode
                else build(item, depth + 1)
                for item in node.value
            ]
        found: dict[str, Any] = {}
        for key, item in node.value:
            name = key.value
            if key.__class__ is not ScalarNode or name in found:
                raise self._bad_key(node, key)
            if item.__class__ is ScalarNode:
                text = item.value
                found[name] = text if text and text[:1] not in _MAY_BE_NO_TEXT else scalar(item)
            else:
                found[name] = build(item, depth + 1)
        if "<<" in found:
            raise self._bad_key(node, next(key for key, _ in node.value if key.value == "<<"))
        return found

    def scalar(self, node: Any) -> Any:
        """Resolve a scalar that may be more than text; dates, the most frequent of them, never are."""
        text = node.value
        if len(text) == 10 and text[4] == "-" == text[7]:
            return text
        return _plain(node.value) if node.tag.step[0] else node.value

    def _bad_key(self, mapping: Node, key: Node) -> RefusalError:
        start, end = _extent(key)
        if key.__class__ is not ScalarNode:
            return RefusalError(errors.ODD_KEY(), errors.ODD_KEY_HINT(), start, end)
        if key.value == "<<":
            return RefusalError(errors.ODD_KEY(), errors.MERGE_KEY_HINT(), start, end)
        first = next(other for other, _ in mapping.value if other.value == key.value)
        line = self.text.count("\n", 0, _extent(first)[0]) + 1
        return RefusalError(errors.DUPLICATE_KEY(key=key.value), errors.DUPLICATE_KEY_HINT(line=line), start, end)


class _Shared(_Builder):
    """Makes values of documents with aliases, which share them, and refuses tags."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.made: dict[int, tuple[Any, int]] = {}
        self.nodes = self.expanded = 0

    def value(self, node: Node, depth: int) -> Any:
        """Return the value of a node; of an alias, the very value it stands for."""
        if isinstance(node, Alias):
            scalar = isinstance(node.target, ScalarNode)
            value, nodes = (self.scalar(node.target), 1) if scalar else self.made[id(node.target)]
            self._count(node, nodes)
            return value
        self._refuse_tag(node)
        before = self.nodes
        self.nodes += 1
        if isinstance(node, MappingNode | SequenceNode):
            members = node.value if isinstance(node, SequenceNode) else [item for pair in node.value for item in pair]
            for member in members:
                self._refuse_tag(member)
            self.nodes += sum(isinstance(member, ScalarNode) for member in members)
        value = super().value(node, depth)
        self.made[id(node)] = (value, self.nodes - before)
        return value

    def _count(self, alias: Alias, nodes: int) -> None:
        self.nodes += nodes
        self.expanded += nodes
        if self.expanded > limits.MAX_EXPANDED_NODES:
            hint = errors.EXPLODES_HINT(limit=limits.MAX_EXPANDED_NODES)
            raise RefusalError(errors.EXPLODES(name=alias.name), hint, *_extent(alias))

    def _refuse_tag(self, node: Any) -> None:
        if not isinstance(node.tag, str):  # what the composer put there
            return
        start, end = _extent(node)
        tag = _TAG.search(self.text, start)
        span = tag.span() if tag else (start, end)
        raise RefusalError(errors.TAG(tag=self.text[slice(*span)]), errors.TAG_HINT(), *span)


def _extent(node: Any) -> tuple[int, int]:
    """Return the offsets of a node or event; of a collection only its first character counts."""
    start, end = node.start_mark.index, node.end_mark.index
    return start, end if isinstance(node, ScalarNode | Alias) else start + 1


def _too_deep(node: Any) -> RefusalError:
    message = errors.TOO_DEEP(limit=limits.MAX_DEPTH)
    return RefusalError(message, errors.TOO_DEEP_HINT(), *_extent(node))


def _plain(text: str) -> Any:
    """Resolve an unquoted scalar by the core schema; not-finite and very long numbers stay text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    match = _NUMBER.match(text) if len(text) <= limits.MAX_DIGITS else None
    if match is None:
        return text
    group = match.lastindex
    if group == 1:
        return int(text)
    if group == 2:
        number = float(text)
        return number if number - number == 0 else text
    return int(text[2:], 8 if group == 3 else 16)


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
    if "undefined alias" in problem:
        name = _NAME.match(text, at)
        shown = name.group().lstrip("*") if name else ""
        end = name.end() if name else at
        return RefusalError(errors.UNKNOWN_ALIAS(name=shown), errors.UNKNOWN_ALIAS_HINT(name=shown), at, end)
    if "another document" in problem:
        return RefusalError(errors.TWO_DOCUMENTS(), errors.TWO_DOCUMENTS_HINT(), at, at + 3)
    message, hint, at = explain(problem, text, at)
    return RefusalError(message, hint, at, min(at + 1, len(text)))
