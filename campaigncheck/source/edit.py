"""Edits a YAML document in place: what is not changed stays as it is, byte for byte.

Every change finds its place by the nodes of the text and replaces the few characters it is about. How a
value is written follows what stands there: flow stays flow, block stays block, quoted stays quoted. Where
there are several ways to write it, they are tried in order of preference, and the first that reads back
as meant is taken; if none does, the edit is refused and nothing is written.

What goes with an entry that is dropped: its lines, the comment behind it, comments below it that are
indented deeper, and the comment lines directly above it in its own column. Comments above the first entry
stay, since they mostly speak of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaigncheck.messages import Message, Text
from campaigncheck.source.document import end_of, extent
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.place import Path, pointer
from campaigncheck.source.yamlpass import Alias, nodes, parse

WIDTH = 100
"""Longest line, in characters, on which a new list or mapping is written in flow style."""

UNREADABLE = Text("改之前的文件就读不了：{reason}", "the text cannot be read to begin with: {reason}")
WHOLE = Text("不能替换或删除整份文件", "the document as a whole cannot be replaced or deleted")
MISSING = Text("{path} 不存在，没有可删的", "{path} does not exist, so it cannot be deleted")
BEYOND = Text("{path} 前面还有空位，列表只能接在末尾写", "{path} would leave a gap: a list grows at its end")
NOT_INSIDE = Text(
    "{path} 写不进去：上一层不是字段，也不是列表", "{path} cannot be set: what holds it is no such collection"
)
SHARED = Text(
    "{path} 和别处共用一份内容（& 和 *），改它会连别处一起改",
    "{path} is shared through an anchor (& and *): other places would change with it",
)
NOT_PLAIN = Text(
    "{value} 写进 YAML 以后读不回同一个值", "{value} is no value that YAML could hold and give back unchanged"
)
UNSAFE = Text("{path} 改完以后读出来和要写的不一样", "{path} cannot be written so that it reads back as meant")


class Put(NamedTuple):
    """Set the value at a path; a missing key is added, a position just past a list's end appends to it."""

    path: Path
    value: Any


class Drop(NamedTuple):
    """Delete a key with its value, or an item of a list."""

    path: Path


class EditError(ValueError):
    """A change that cannot be made, and why, in both languages."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message


def edit(text: str, changes: Sequence[Put | Drop]) -> str:
    """Return the text with the changes made, one after the other.

    Args:
        text: a YAML document that :func:`campaigncheck.source.yamlpass.parse` reads.
        changes: what to set and what to delete; dates are written as YYYY-MM-DD. Collections on the way
            to a missing value are created; an empty value (null) on the way becomes one.

    Raises:
        EditError: when a change cannot be made, or not without changing something else.
    """
    for change in changes:
        text = _edited(text, change)
    return text


def _edited(text: str, change: Put | Drop) -> str:
    if not change.path:
        raise EditError(WHOLE())
    try:
        before = parse(text)
    except RefusalError as refusal:
        raise EditError(UNREADABLE(reason=refusal.message)) from refusal
    after = _applied(before, 0, change)
    if repr(before) == repr(after):
        return text
    for candidate in _Page(text).candidates(change, after):
        if _reads(candidate, after):
            return candidate
    raise EditError(UNSAFE(path=pointer(change.path)))


def _reads(text: str, value: Any) -> bool:
    """Tell whether a text is read as exactly this value: types and the order of keys count."""
    try:
        return repr(parse(text)) == repr(value)
    except (RefusalError, UnicodeError):
        return False


def _applied(value: Any, depth: int, change: Put | Drop) -> Any:
    """Return the plain value with a change made; what is not on the path is not copied."""
    if depth == len(change.path):
        return _plain_data(change.value) if isinstance(change, Put) else None
    step = change.path[depth]
    if value is None and depth and isinstance(change, Put):
        value = {} if isinstance(step, str) else []
    shown = pointer(change.path[: depth + 1])
    if isinstance(value, list) and isinstance(step, int):
        return _applied_in(list(value), 0 <= step < len(value), depth, change)
    if isinstance(value, dict) and isinstance(step, str):
        return _applied_in(dict(value), step in value, depth, change)
    raise EditError((NOT_INSIDE if isinstance(change, Put) else MISSING)(path=shown))


def _applied_in(members: Any, found: bool, depth: int, change: Put | Drop) -> Any:
    """Make a change within a copy of the collection that holds its next step."""
    step = change.path[depth]
    shown = pointer(change.path[: depth + 1])
    if isinstance(change, Drop):
        if not found:
            raise EditError(MISSING(path=shown))
        if depth + 1 == len(change.path):
            del members[step]
            return members
    if isinstance(members, list) and not found:
        if step != len(members):
            raise EditError(BEYOND(path=shown))
        members.append(None)
    members[step] = _applied(members[step] if found else None, depth + 1, change)
    return members


def _plain_data(value: Any) -> Any:
    """Return a value as the reader would give it, or refuse it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return str.__str__(value)  # of an enumeration, the text it stands for
    if isinstance(value, int | float):
        number = int(value) if isinstance(value, int) else float(value)
        if _reads(repr(number), number):
            return number
    if isinstance(value, list):
        return [_plain_data(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {str.__str__(key): _plain_data(item) for key, item in value.items()}
    raise EditError(NOT_PLAIN(value=repr(value)))


# How values are written.

_NUMBER_ELSEWHERE = re.compile(
    r"[-+]?[0-9][0-9_]*(?::[0-9_]+)*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:[0-9_]+|inf|nan)|0[box][0-9a-f_]+",
    re.IGNORECASE,
)
"""What this reader, or another one, takes for a number."""
_UNLIKE_TEXT = re.compile(r"yes|no|on|off|true|false|null|~|.*\*.*", re.IGNORECASE)
"""What another reader takes for a truth value, and patterns, which people quote too."""
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def _key(key: str, flow: bool) -> str:
    reads = _reads(f"{{{key}: 0}}" if flow else f"{key}: 0", {key: 0})
    return key if reads and not _NUMBER_ELSEWHERE.fullmatch(key) else _double_quoted(key)


def _scalar(value: Any, flow: bool, quote: str = "") -> str:
    """Write a scalar on one line; text in the quotes it had, or plain, or else in double quotes."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if not isinstance(value, str):
        return repr(value)
    single = "'" + value.replace("'", "''") + "'"
    written = {"": value, "'": single}.get(quote)
    if written is None or not _reads(f"[{written}]" if flow else f"- {written}", [value]):
        return _double_quoted(value)
    mistaken = _NUMBER_ELSEWHERE.fullmatch(written) or _UNLIKE_TEXT.fullmatch(written)
    return _double_quoted(value) if mistaken else written


def _double_quoted(text: str) -> str:
    for char, escape in (("\\", r"\\"), *((char, escape) for char, escape in _ESCAPES.items() if char != "\\")):
        text = text.replace(char, escape)
    return f'"{_UNPRINTABLE.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02X}" if code < 1 << 8 else f"\\u{code:04X}" if code < 1 << 16 else f"\\U{code:08X}"


def _inline(value: Any, flow: bool, quote: str = "") -> str:
    """Write a value on one line.

    Args:
        value: what to write.
        flow: whether it stands within a flow collection.
        quote: what text is quoted with, or the texts of a list.
    """
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item, True, quote) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key, True)}: {_inline(item, True)}" for key, item in value.items()) + "}"
    return _scalar(value, flow, quote)


def _block_text(value: str, style: str, indent: int) -> list[str]:
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
    return written if _reads("- " + "\n".join(alone), [value]) else []


def _lines(head: str, value: Any, block: bool, indent: int, quote: str = "") -> list[str]:
    """Write an entry in block style: ``head`` is the key with its colon, or the dash.

    Args:
        head: indentation included.
        value: what follows it.
        block: not in flow style, even if it would fit.
        indent: of the lines of the value.
        quote: what text is quoted with.
    """
    if isinstance(value, str) and "\n" in value and (text := _block_text(value, "|", indent)):
        return [f"{head} {text[0]}", *text[1:]]
    written = _inline(value, False, quote)
    if not (value and isinstance(value, list | dict)) or not (block or len(head) + 1 + len(written) > WIDTH):
        return [f"{head} {written}"]
    lines = _body(value, indent)
    return [head + " " * (indent - len(head)) + lines[0][indent:], *lines[1:]] if head[-1] == "-" else [head, *lines]


def _body(value: Any, indent: int) -> list[str]:
    """Write the entries of a collection in block style."""
    pad = " " * indent
    if isinstance(value, list):
        return [line for item in value for line in _lines(f"{pad}-", item, False, indent + 2)]
    pairs = value.items()
    return [line for key, item in pairs for line in _lines(f"{pad}{_key(key, False)}:", item, False, indent + 2)]


# Where they are written.

_BREAKS = "\r\n\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_LINE = re.compile(f"[^{_BREAKS}]*")
_REST = re.compile(f" *(?:#[^{_BREAKS}]*)?(?:\r\n|[{_BREAKS}]|\\Z)")
"""What may stand behind the last value of a line."""
_BETWEEN = re.compile(f"(?:[ {_BREAKS}]|#[^{_BREAKS}]*)*")
_BETWEEN_ITEMS = re.compile(f"(?:[ ,{_BREAKS}]|#[^{_BREAKS}]*)*")
_BLANKS = re.compile(" *")
_BLANK_LINES = re.compile(f"(?: *(?:\r\n|[{_BREAKS}]))*")
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+")
_BLOCK = re.compile(r"([|>])([-+0-9]*)")


class _Entry(NamedTuple):
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


class _Page:
    """A text that is to be changed in one place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = nodes(text)
        eol = re.search("\r\n|[\r\n]", text)
        self.eol = eol.group() if eol else "\n"
        self.aliases = [node for node in _all(self.root) if isinstance(node, Alias)]

    def candidates(self, change: Put | Drop, after: Any) -> Iterator[str]:
        """Return ways to make a change, the best first; ``after`` is the plain value that is meant."""
        path = change.path
        trail = self._trail(path)
        reached = len(trail) - 1
        if isinstance(change, Drop):
            self._refuse_lost(trail[-1].node, path)
            return self._removed(trail[-2], _index(trail[-2].node, path[-1]), _at(after, path[:-1]))
        if reached < len(path) and isinstance(trail[-1].node, MappingNode | SequenceNode):
            return self._added(trail[-1], path[reached], _at(after, path[:reached]))
        self._refuse_lost(trail[-1].node, path)
        return self._replaced(trail[-1], _at(after, path[:reached]))

    def _trail(self, path: Path) -> list[_Entry]:
        """Return the entries from the top to a path, as far as there are any."""
        begin, end = extent(self.text, self.root)
        trail = [_Entry(self.root, begin, begin, begin, end, self._column(begin), False, "")]
        for depth, step in enumerate(path):
            holder = trail[-1].node
            if isinstance(holder, Alias) or any(alias.target is holder for alias in self.aliases):
                raise EditError(SHARED(path=pointer(path[:depth])))
            index = _index(holder, step)
            if index is None:
                break
            trail.append(self._entries(trail[-1])[index])
        return trail

    def _refuse_lost(self, node: Node, path: Path) -> None:
        """Refuse to change a value that an alias elsewhere stands for."""
        inside = {id(member) for member in _all(node)}
        if any(id(alias.target) in inside and id(alias) not in inside for alias in self.aliases):
            raise EditError(SHARED(path=pointer(path)))

    def _entries(self, holder: _Entry) -> list[_Entry]:
        """Return the entries of a collection."""
        bracket = self._bracket(holder)
        between = _BETWEEN_ITEMS if bracket else _BETWEEN
        at = holder.begin + bool(bracket)
        found: list[_Entry] = []
        for member in holder.node.value:
            start = _end(between, self.text, at) if found or bracket else at
            found.append(self._entry(member, start, holder.flow or bool(bracket)))
            at = found[-1].end
        return found

    def _entry(self, member: Any, start: int, flow: bool) -> _Entry:
        glue = " "
        if isinstance(member, tuple):
            key, node = member
            lead = extent(self.text, key)[1]
            colon = _end(_BETWEEN, self.text, lead)
            if self.text[colon : colon + 1] == ":":
                lead = colon + 1
            else:
                glue = ": " if flow else f"{self.eol}{' ' * self._column(start)}: "
        else:
            node, glue, lead = member, "" if flow else " ", start if flow else start + 1
        anchor = _ANCHOR.match(self.text, node.start_mark.index)
        lead = anchor.end() if anchor and anchor.end() <= node.end_mark.index else lead
        begin, end = extent(self.text, node)
        if begin == end:
            begin = end = lead
        return _Entry(node, start, lead, begin, end, self._column(start), flow, " " if anchor else glue)

    def _bracket(self, entry: _Entry) -> str:
        """Return the bracket that opens a flow collection; nothing for one in block style."""
        opening = self.text[entry.begin : entry.begin + 1]
        return opening if opening in ("[", "{") and isinstance(entry.node, MappingNode | SequenceNode) else ""

    def _is_block(self, entry: _Entry) -> bool:
        return isinstance(entry.node, MappingNode | SequenceNode) and not entry.flow and not self._bracket(entry)

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind(sign, 0, at) for sign in _BREAKS) + 1

    def _line_above(self, start: int) -> int:
        """Return where the line begins that ends where another one starts."""
        return self._line_start(max(0, start - (2 if self.text[:start].endswith("\r\n") else 1)))

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _line_end(self, at: int) -> int:
        return _end(_LINE, self.text, at)

    def _begins_line(self, at: int) -> bool:
        return not self.text[self._line_start(at) : at].strip(" ")

    def _tail(self, entry: _Entry, column: int) -> int:
        """Return where the lines of a block entry end, with deeper comments that follow it."""
        at = max(entry.end, self._kept_end(entry.node))
        at = at if at > entry.end and not self._column(at) else _end(_REST, self.text, at)
        deeper = re.compile(f"{_BLANK_LINES.pattern} {{{column + 1},}}#[^{_BREAKS}]*(?:\r\n|[{_BREAKS}]|\\Z)")
        while match := deeper.match(self.text, at):
            at = match.end()
        return at

    def _kept_end(self, node: Node) -> int:
        """Return where the blank lines end that belong to a block text at the end of a value; 0 without them."""
        node = _last(node)
        if not isinstance(node, ScalarNode) or not (header := _BLOCK.match(self.text, extent(self.text, node)[0])):
            return 0
        if "+" not in header[2] and not node.value.rstrip("\n").endswith(" "):
            return 0
        end = end_of(self.text, node)
        return self._line_start(end) if self._begins_line(end) else end

    def _spliced(self, start: int, end: int, written: str) -> str:
        return self.text[:start] + written + self.text[end:]

    # Setting a value.

    def _replaced(self, entry: _Entry, value: Any) -> Iterator[str]:
        """Write a value in the place of another."""
        opening = self._opening(entry, "'\"|>")
        if not entry.flow:
            yield from self._as_block_text(entry, value, opening)
        written = _inline(value, entry.flow, self._quote(entry))
        if value and isinstance(value, list | dict) and self._stays_block(entry, value, written):
            yield self._as_block(entry, value)
        yield self._on_the_line(entry, written)

    def _opening(self, entry: _Entry, signs: str) -> str:
        """Return the sign a scalar begins with, if it is one of these."""
        begins = isinstance(entry.node, ScalarNode) and entry.begin < entry.end
        sign = self.text[entry.begin] if begins else ""
        return sign if sign in signs else ""

    def _quote(self, entry: _Entry) -> str:
        """Return the quote that a text stands in, or the first item of a list."""
        if isinstance(entry.node, SequenceNode) and entry.node.value:
            entry = self._entries(entry)[0]
        return self._opening(entry, "'\"")

    def _as_block_text(self, entry: _Entry, value: Any, opening: str) -> Iterator[str]:
        """Write a text as a block if one stands there, or if it has lines and no quotes stand there."""
        if not isinstance(value, str) or (opening not in ("|", ">") and (opening or "\n" not in value)):
            return
        old = re.search(f"[{_BREAKS}]( +)[^ {_BREAKS}]", self.text[entry.begin : entry.end])
        indent = len(old[1]) if old and opening in ("|", ">") else max(entry.column, 0) + 2
        for style in (opening, "|") if opening == ">" else ("|",):
            if lines := _block_text(value, style, indent):
                yield self._on_the_line(entry, self.eol.join(lines))

    def _stays_block(self, entry: _Entry, value: Any, written: str) -> bool:
        if entry.flow or self._bracket(entry):
            return False
        fits = self._column(entry.lead) + 1 + len(written) <= WIDTH
        if not self._is_block(entry):
            return not fits
        return isinstance(value, dict) or not fits or any(isinstance(item, list | dict) for item in value)

    def _on_the_line(self, entry: _Entry, written: str) -> str:
        """Put a value on the line of its key or dash, or right where the old one stands."""
        if entry.begin == entry.end:
            return self._spliced(entry.lead, entry.lead, entry.glue + written)
        if not self._is_block(entry) or not self._below(entry):
            return self._spliced(entry.begin, entry.end, written)
        between = self.text[entry.lead : self._line_start(entry.begin)]
        tail = self._tail(entry, self._column(entry.begin))
        if tail == len(self.text) and not self._ends_in_break():
            between = re.sub(f"(?:\r\n|[{_BREAKS}])\\Z", "", between)
        return self._spliced(entry.lead, tail, f" {written}{between}")

    def _below(self, entry: _Entry) -> bool:
        """Tell whether a value begins on a line below its key or dash."""
        return _BREAK.search(self.text, entry.lead, entry.begin) is not None

    def _ends_in_break(self) -> bool:
        return self.text[-1:] in tuple(_BREAKS)

    def _as_block(self, entry: _Entry, value: Any) -> str:
        """Write a collection in block style in the place of a value."""
        column = self._column(entry.begin)
        dash = isinstance(value, list)
        if self._is_block(entry) and self._below(entry):
            column = column if dash or column > entry.column else entry.column + 2
            start, tail = self._line_start(entry.begin), self._tail(entry, self._column(entry.begin))
            last = self.eol if tail < len(self.text) or self._ends_in_break() else ""
            return self._spliced(start, tail, self.eol.join(_body(value, column)) + last)
        if self.text[entry.start] == "-" or self._is_block(entry) or self._below(entry):
            glue = entry.glue if entry.begin == entry.end else ""
            column += len(glue)
            return self._spliced(entry.begin, entry.end, glue + self.eol.join(_body(value, column))[column:])
        behind = self.text[entry.end : self._line_end(entry.end)].rstrip(" ")
        lines = self.eol.join([behind, *_body(value, entry.column + 2)])
        return self._spliced(entry.lead, self._line_end(entry.end), entry.glue.rstrip(" ") + lines)

    # Adding an entry.

    def _added(self, holder: _Entry, step: str | int, after: Any) -> Iterator[str]:
        """Write a new entry at the end of a collection."""
        value = after[step]
        if self._is_block(holder):
            yield from self._added_lines(holder, step, value)
        elif self._bracket(holder):
            yield self._added_inside(holder, f"{_key(step, True)}: " if isinstance(step, str) else "", value)
        else:  # a pair without braces in a flow list
            yield self._spliced(holder.begin, holder.end, _inline(after, True))

    def _added_lines(self, holder: _Entry, step: str | int, value: Any) -> Iterator[str]:
        entries = self._entries(holder)
        last = entries[-1]
        pad = " " * last.column
        if isinstance(step, str):
            head, indent, block = f"{pad}{_key(step, False)}:", last.column + 2, False
        else:
            near = not self._below(last) and last.begin > last.lead
            head, indent = f"{pad}-", self._column(last.begin) if near else last.column + 2
            block = self._is_block(last) and isinstance(value, dict) == isinstance(last.node, MappingNode)
        quote = self._quote(last) if isinstance(value, str) and isinstance(step, int) else ""
        lines = _lines(head, value, block, indent, quote)
        if head[-1] == "-" and len(lines) == 1:
            lines = [head + " " * (indent - len(head)) + lines[0][len(head) + 1 :]]
        for written in (lines, [f"{head} {_inline(value, False)}"]):
            yield self._after_last(last, self.eol.join(written))
            if not self._ends_in_break() and (stripped := self._without_last_break(last.node)):
                yield stripped + self.eol + self.eol.join(written)

    def _after_last(self, last: _Entry, written: str) -> str:
        at = self._tail(last, last.column)
        complete = self.text[at - 1] in _BREAKS
        return self._spliced(at, at, written + self.eol if complete else self.eol + written)

    def _without_last_break(self, node: Node) -> str:
        """Return the text where the block text that ends it says that it ends without a line break."""
        header = _BLOCK.match(self.text, extent(self.text, _last(node))[0])
        return self._spliced(*header.span(), f"{header[1]}-{header[2].strip('-+')}") if header else ""

    def _added_inside(self, holder: _Entry, head: str, value: Any) -> str:
        """Write a new entry before the closing bracket."""
        entries, close = self._entries(holder), holder.end - 1
        written = head + _inline(value, True, self._quote(holder) if isinstance(value, str) else "")
        if not entries:
            blank = not self.text[holder.begin + 1 : close].strip(" " + _BREAKS)
            return self._spliced(holder.begin + 1, close if blank else holder.begin + 1, written)
        last = entries[-1]
        at = _end(_BETWEEN, self.text, last.end)
        comma = self.text[at] == ","
        behind = at + 1 if comma else last.end
        if not (self._begins_line(last.start) and (len(entries) == 1 or self._one_a_line(entries))):
            return self._spliced(behind, behind, (" " if comma else ", ") + written)
        rest = _REST.match(self.text, behind)
        line_end = self._line_end(behind) if rest else behind
        between = ("" if comma else ",") + self.text[behind:line_end]
        indent = self.eol + " " * last.column
        return self._spliced(behind, line_end, between + indent + written + ("," if comma else ""))

    def _one_a_line(self, entries: Sequence[_Entry]) -> bool:
        return self._line_start(entries[-1].start) > entries[-2].start and (
            len(entries) == 2 or self._line_start(entries[-2].start) > entries[-3].start
        )

    # Deleting an entry.

    def _removed(self, holder: _Entry, index: int | None, after: Any) -> Iterator[str]:
        """Take an entry out of a collection."""
        entries = self._entries(holder)
        assert index is not None  # the plain value has it
        if self._bracket(holder):
            yield self._removed_inside(holder, entries, index)
        elif not self._is_block(holder):  # a pair without braces in a flow list
            yield self._spliced(holder.begin, holder.end, _inline(after, True))
        elif len(entries) == 1:
            yield self._emptied(holder, _inline(after, False))
        else:
            yield from self._removed_lines(entries, index)

    def _emptied(self, holder: _Entry, written: str) -> str:
        """Write an empty collection in the place of one in block style; the comment behind it goes."""
        if self._below(holder):
            return self._on_the_line(holder, written)
        return self._spliced(holder.begin, self._line_end(holder.end), written)

    def _removed_lines(self, entries: Sequence[_Entry], index: int) -> Iterator[str]:
        entry = entries[index]
        tail = self._tail(entry, entry.column)
        if not self._begins_line(entry.start):  # what follows moves up to its dash
            start = entry.start
            tail = _end(_BLANK_LINES, self.text, tail)
            yield self._spliced(start, _end(_BLANKS, self.text, tail), "")
            return
        start = self._line_start(entry.start)
        start = self._above(start, entry.column, entries[index - 1].end) if index else start
        before = self.text[:start]
        blank = _end(_BLANK_LINES, self.text, tail)
        if blank == len(self.text):
            yield from self._end_cut(before, tail)
        elif not before[self._line_above(start) :].strip(" " + _BREAKS):
            yield self._spliced(start, blank, "")
        yield self._spliced(start, tail, "")
        yield self._spliced(start, blank, "")

    def _end_cut(self, before: str, tail: int) -> Iterator[str]:
        """Let the text end as it did: with blank lines, one line break, or none."""
        ending = self.text[tail:] if self._ends_in_break() else None
        body = re.sub(f"(?:(?:\r\n|[{_BREAKS}]) *)+\\Z", "", before)
        yield body if ending is None else body + self.eol + ending

    def _above(self, start: int, column: int, floor: int) -> int:
        """Return where the comment lines directly above a line begin that stand in its column."""
        comment = re.compile(f" {{{column}}}#")
        while start > floor:
            above = self._line_above(start)
            if above <= floor or not comment.match(self.text, above):
                break
            start = above
        return start

    def _removed_inside(self, holder: _Entry, entries: Sequence[_Entry], index: int) -> str:
        """Take an entry out of a flow collection, with its comma."""
        entry, opened, close = entries[index], holder.begin + 1, holder.end - 1
        at = _end(_BETWEEN, self.text, entry.end)
        comma = self.text[at] == ","
        start, end = self._span_inside(entry, opened, at + 1 if comma else entry.end)
        before, behind = self.text[opened:start], self.text[end:close]
        if index and not comma:
            before = self._without_comma(before, _end(_BETWEEN, self.text, entries[index - 1].end) - opened)
        if len(entries) == 1 and not (before + behind).strip(" " + _BREAKS):
            before = behind = ""
        return self._spliced(opened, close, before + behind)

    def _span_inside(self, entry: _Entry, opened: int, end: int) -> tuple[int, int]:
        """Return what goes with an entry: its whole lines if it has them to itself, or it and blanks behind it."""
        rest = _REST.match(self.text, end)
        if rest and self._begins_line(entry.start):
            return self._line_start(entry.start), rest.end()
        blanks = _end(_BLANKS, self.text, end)
        if opened == entry.start:  # what follows moves up to the bracket, over line breaks too
            blanks = _end(_BLANK_LINES, self.text, end)
            blanks = _end(_BLANKS, self.text, blanks)
        if self.text[blanks] in "#]}":
            return entry.start, end
        if self.text[blanks] in _BREAKS:
            return opened + len(self.text[opened : entry.start].rstrip(" ")), end
        return entry.start, blanks

    @staticmethod
    def _without_comma(before: str, at: int) -> str:
        """Take the comma away that separated the last entry from the one before it."""
        behind = before[at + 1 :]
        if not behind.strip(" " + _BREAKS):
            return before[:at] + (behind if behind[-1:] in tuple(_BREAKS) else "")
        return before[:at] + ("" if behind[0] in " " + _BREAKS else " ") + behind


def _all(node: Node) -> Iterator[Node]:
    """Return a node and all below it; what an alias stands for is not below it."""
    yield node
    if isinstance(node, MappingNode | SequenceNode):
        for member in node.value:
            for inner in member if isinstance(member, tuple) else (member,):
                yield from _all(inner)


def _last(node: Node) -> Node:
    """Return the last of all nodes in a node."""
    while isinstance(node, MappingNode | SequenceNode) and node.value:
        member = node.value[-1]
        node = member[1] if isinstance(member, tuple) else member
    return node


def _index(node: Node, step: str | int) -> int | None:
    """Return which entry of a collection a step of a path leads to."""
    if isinstance(node, MappingNode) and isinstance(step, str):
        return next((index for index, (key, _) in enumerate(node.value) if key.value == step), None)
    return step if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value) else None


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a match that begins here ends, and here if there is none."""
    match = pattern.match(text, at)
    return match.end() if match else at
