"""The entries of a YAML document: where each begins and ends, with what belongs to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaigncheck.messages import Text
from campaigncheck.source.changes import EditError
from campaigncheck.source.document import end_of, extent
from campaigncheck.source.place import Path, pointer
from campaigncheck.source.yamlpass import Alias, nodes

SHARED = Text(
    "{path} 和别处共用一份内容（& 和 *），改它会连别处一起改",
    "{path} is shared through an anchor (& and *): other places would change with it",
)


BREAKS = "\r\n\x85\u2028\u2029"
BREAK = re.compile(f"\r\n|[{BREAKS}]")
_ANY_BREAK = re.compile(f"[{BREAKS}]")
_LINE = re.compile(f"[^{BREAKS}]*")
REST = re.compile(f" *(?:#[^{BREAKS}]*)?(?:\r\n|[{BREAKS}]|\\Z)")
"""What may stand behind the last value of a line."""
BETWEEN = re.compile(f"(?:[ {BREAKS}]|#[^{BREAKS}]*)*")
_BETWEEN_ITEMS = re.compile(f"(?:[ ,{BREAKS}]|#[^{BREAKS}]*)*")
BLANKS = re.compile(" *")
BLANK_LINES = re.compile(f"(?: *(?:\r\n|[{BREAKS}]))*")
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+")
BLOCK = re.compile(r"([|>])([-+0-9]*)")


class Entry(NamedTuple):
    """A value and the characters before it that belong to it."""

    node: Node
    start: int
    """Where its key or dash begins; of an item of a flow list, the item."""
    lead: int
    """Behind its colon, dash or anchor."""
    begin: int
    """Where the value itself begins."""
    end: int
    column: int
    """Of its key or dash."""
    flow: bool
    """Whether it stands in a flow collection."""
    glue: str
    """What has to stand between ``lead`` and a value, where there is none yet."""


class Splice(NamedTuple):
    """Something else in the place of some characters."""

    start: int
    end: int
    written: str


class Page:
    """A text, and the entries in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = nodes(text)
        eol = re.search("\r\n|[\r\n]", text)
        self.eol = eol.group() if eol else "\n"
        self.aliases = [node for node in all_nodes(self.root) if isinstance(node, Alias)]
        self._shared = {id(alias.target) for alias in self.aliases}
        self._entries: dict[int, list[Entry]] = {}
        self._line_starts = [0, *(match.end() for match in _ANY_BREAK.finditer(text))]

    @cached_property
    def _top(self) -> Entry:
        begin, end = extent(self.text, self.root)
        return Entry(self.root, begin, begin, begin, end, self.column(begin), False, "")

    def trail(self, path: Path) -> list[Entry]:
        """Return the entries from the top to a path, as far as there are any."""
        trail = [self._top]
        for depth, step in enumerate(path):
            holder = trail[-1].node
            if isinstance(holder, Alias) or id(holder) in self._shared:
                raise EditError(SHARED(path=pointer(path[:depth])))
            index = index_of(holder, step)
            if index is None:
                break
            trail.append(self.entries(trail[-1])[index])
        return trail

    def refuse_lost(self, node: Node, path: Path) -> None:
        """Refuse to change a value that an alias elsewhere stands for."""
        inside = {id(member) for member in all_nodes(node)}
        lost = (alias for alias in self.aliases if id(alias.target) in inside and id(alias) not in inside)
        if inside & self._shared and any(lost):
            raise EditError(SHARED(path=pointer(path)))

    def entries(self, holder: Entry) -> list[Entry]:
        """Return the entries of a collection; they are looked for once."""
        known = self._entries.get(id(holder.node))
        if known is None:
            known = self._entries[id(holder.node)] = self._found_entries(holder)
        return known

    def _found_entries(self, holder: Entry) -> list[Entry]:
        bracket = self.bracket(holder)
        between = _BETWEEN_ITEMS if bracket else BETWEEN
        at = holder.begin + bool(bracket)
        found: list[Entry] = []
        for member in holder.node.value:
            start = match_end(between, self.text, at) if found or bracket else at
            found.append(self._entry(member, start, holder.flow or bool(bracket)))
            at = found[-1].end
        return found

    def _entry(self, member: Any, start: int, flow: bool) -> Entry:
        glue = " "
        if isinstance(member, tuple):
            key, node = member
            lead = extent(self.text, key)[1]
            colon = match_end(BETWEEN, self.text, lead)
            if self.text[colon : colon + 1] == ":":
                lead = colon + 1
            else:
                glue = ": " if flow else f"{self.eol}{' ' * self.column(start)}: "
        else:
            node, glue, lead = member, "" if flow else " ", start if flow else start + 1
        anchor = _ANCHOR.match(self.text, node.start_mark.index)
        lead = anchor.end() if anchor and anchor.end() <= node.end_mark.index else lead
        begin, end = extent(self.text, node)
        if begin == end:
            begin = end = lead
        return Entry(node, start, lead, begin, end, self.column(start), flow, " " if anchor else glue)

    def bracket(self, entry: Entry) -> str:
        """Return the bracket that opens a flow collection; nothing for one in block style."""
        opening = self.text[entry.begin : entry.begin + 1]
        return opening if opening in ("[", "{") and isinstance(entry.node, MappingNode | SequenceNode) else ""

    def is_block(self, entry: Entry) -> bool:
        """Whether an entry is a collection in block style."""
        return isinstance(entry.node, MappingNode | SequenceNode) and not entry.flow and not self.bracket(entry)

    def line_start(self, at: int) -> int:
        """Return where the line of a character begins."""
        return self._line_starts[bisect_right(self._line_starts, at) - 1]

    def line_above(self, start: int) -> int:
        """Return where the line begins that ends where another one starts."""
        return self.line_start(max(0, start - (2 if self.text[:start].endswith("\r\n") else 1)))

    def column(self, at: int) -> int:
        """Return how many characters stand before a character on its line."""
        return at - self.line_start(at)

    def line_end(self, at: int) -> int:
        """Return where the line of a character ends, before its break."""
        return match_end(_LINE, self.text, at)

    def begins_line(self, at: int) -> bool:
        """Whether only blanks stand before a character on its line."""
        return not self.text[self.line_start(at) : at].strip(" ")

    def tail(self, entry: Entry, column: int) -> int:
        """Return where the lines of a block entry end, with deeper comments that follow it."""
        at = max(entry.end, self._kept_end(entry.node))
        at = at if at > entry.end and not self.column(at) else match_end(REST, self.text, at)
        deeper = re.compile(f"{BLANK_LINES.pattern} {{{column + 1},}}#[^{BREAKS}]*(?:\r\n|[{BREAKS}]|\\Z)")
        while match := deeper.match(self.text, at):
            at = match.end()
        return at

    def _kept_end(self, node: Node) -> int:
        """Return where the blank lines end that belong to a block text at the end of a value; 0 without them."""
        node = last_node(node)
        if not isinstance(node, ScalarNode) or not (header := BLOCK.match(self.text, extent(self.text, node)[0])):
            return 0
        if "+" not in header[2] and not node.value.rstrip("\n").endswith(" "):
            return 0
        end = end_of(self.text, node)
        return self.line_start(end) if self.begins_line(end) else end

    def spliced(self, start: int, end: int, written: str) -> str:
        """Return the text with something else in the place of some characters."""
        return self.text[:start] + written + self.text[end:]

    def opening(self, entry: Entry, signs: str) -> str:
        """Return the sign a scalar begins with, if it is one of these."""
        begins = isinstance(entry.node, ScalarNode) and entry.begin < entry.end
        sign = self.text[entry.begin] if begins else ""
        return sign if sign in signs else ""

    def quote(self, entry: Entry) -> str:
        """Return the quote that a text stands in, or the first item of a list."""
        if isinstance(entry.node, SequenceNode) and entry.node.value:
            entry = self.entries(entry)[0]
        return self.opening(entry, "'\"")

    def below(self, entry: Entry) -> bool:
        """Tell whether a value begins on a line below its key or dash."""
        return BREAK.search(self.text, entry.lead, entry.begin) is not None

    def ends_in_break(self) -> bool:
        """Whether the text ends with a line break."""
        return self.text[-1:] in tuple(BREAKS)


def all_nodes(node: Node) -> Iterator[Node]:
    """Return a node and all below it; what an alias stands for is not below it."""
    yield node
    if isinstance(node, MappingNode | SequenceNode):
        for member in node.value:
            for inner in member if isinstance(member, tuple) else (member,):
                yield from all_nodes(inner)


def last_node(node: Node) -> Node:
    """Return the last of all nodes in a node."""
    while isinstance(node, MappingNode | SequenceNode) and node.value:
        member = node.value[-1]
        node = member[1] if isinstance(member, tuple) else member
    return node


def index_of(node: Node, step: str | int) -> int | None:
    """Return which entry of a collection a step of a path leads to."""
    if isinstance(node, MappingNode) and isinstance(step, str):
        return next((index for index, (key, _) in enumerate(node.value) if key.value == step), None)
    return step if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value) else None


def value_at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a match that begins here ends, and here if there is none."""
    match = pattern.match(text, at)
    return match.end() if match else at
