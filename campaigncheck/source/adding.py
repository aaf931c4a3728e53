"""Adds an entry at the end of a collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from yaml.nodes import MappingNode, Node

from campaigncheck.source.document import extent
from campaigncheck.source.page import BETWEEN, BLOCK, BREAKS, REST, Entry, last_node, match_end
from campaigncheck.source.setting import Setting
from campaigncheck.source.written import entry_lines, inline, written_key


class Adding(Setting):
    """A text in which a collection grows."""

    def added(self, holder: Entry, step: str | int, after: Any) -> Iterator[str]:
        """Write a new entry at the end of a collection."""
        value = after[step]
        if self.is_block(holder):
            yield from self._added_lines(holder, step, value)
        elif self.bracket(holder):
            yield self._added_inside(holder, f"{written_key(step, True)}: " if isinstance(step, str) else "", value)
        else:  # a pair without braces in a flow list
            yield self.spliced(holder.begin, holder.end, inline(after, True))

    def _added_lines(self, holder: Entry, step: str | int, value: Any) -> Iterator[str]:
        entries = self.entries(holder)
        last = entries[-1]
        pad = " " * last.column
        if isinstance(step, str):
            head, indent, block = f"{pad}{written_key(step, False)}:", last.column + 2, False
        else:
            near = not self.below(last) and last.begin > last.lead
            head, indent = f"{pad}-", self.column(last.begin) if near else last.column + 2
            block = self.is_block(last) and isinstance(value, dict) == isinstance(last.node, MappingNode)
        quote = self.quote(last) if isinstance(value, str) and isinstance(step, int) else ""
        lines = entry_lines(head, value, block, indent, quote)
        if head[-1] == "-" and len(lines) == 1:
            lines = [head + " " * (indent - len(head)) + lines[0][len(head) + 1 :]]
        for written in (lines, [f"{head} {inline(value, False)}"]):
            yield self._after_last(last, self.eol.join(written))
            if not self.ends_in_break() and (stripped := self._without_last_break(last.node)):
                yield stripped + self.eol + self.eol.join(written)

    def _after_last(self, last: Entry, written: str) -> str:
        at = self.tail(last, last.column)
        complete = self.text[at - 1] in BREAKS
        return self.spliced(at, at, written + self.eol if complete else self.eol + written)

    def _without_last_break(self, node: Node) -> str:
        """Return the text where the block text that ends it says that it ends without a line break."""
        header = BLOCK.match(self.text, extent(self.text, last_node(node))[0])
        return self.spliced(*header.span(), f"{header[1]}-{header[2].strip('-+')}") if header else ""

    def _added_inside(self, holder: Entry, head: str, value: Any) -> str:
        """Write a new entry before the closing bracket."""
        entries, close = self.entries(holder), holder.end - 1
        written = head + inline(value, True, self.quote(holder) if isinstance(value, str) else "")
        if not entries:
            blank = not self.text[holder.begin + 1 : close].strip(" " + BREAKS)
            return self.spliced(holder.begin + 1, close if blank else holder.begin + 1, written)
        last = entries[-1]
        at = match_end(BETWEEN, self.text, last.end)
        comma = self.text[at] == ","
        behind = at + 1 if comma else last.end
        if not (self.begins_line(last.start) and (len(entries) == 1 or self._one_a_line(entries))):
            return self.spliced(behind, behind, (" " if comma else ", ") + written)
        rest = REST.match(self.text, behind)
        line_end = self.line_end(behind) if rest else behind
        between = ("" if comma else ",") + self.text[behind:line_end]
        indent = self.eol + " " * last.column
        return self.spliced(behind, line_end, between + indent + written + ("," if comma else ""))

    def _one_a_line(self, entries: Sequence[Entry]) -> bool:
        return self.line_start(entries[-1].start) > entries[-2].start and (
            len(entries) == 2 or self.line_start(entries[-2].start) > entries[-3].start
        )
