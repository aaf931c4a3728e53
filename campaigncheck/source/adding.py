"""Adds entries at the end of a collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yaml.nodes import MappingNode, Node

from campaigncheck.source.document import extent
from campaigncheck.source.page import BETWEEN, BLOCK, BREAKS, REST, Entry, last_node, match_end
from campaigncheck.source.setting import Setting
from campaigncheck.source.written import entry_lines, inline, written_key


class Adding(Setting):
    """A text in which a collection grows."""

    def added(self, holder: Entry, new: Mapping[str | int, Any], after: Any) -> Iterator[str]:
        """Write new entries at the end of a collection, which reads ``after`` with them."""
        if self.is_block(holder):
            yield from self._added_lines(holder, new)
        elif self.bracket(holder):
            yield self._added_inside(holder, [self._inside(holder, *entry) for entry in new.items()])
        else:  # a pair without braces in a flow list
            yield self.spliced(holder.begin, holder.end, inline(after, True))

    def _added_lines(self, holder: Entry, new: Mapping[str | int, Any]) -> Iterator[str]:
        last = self.entries(holder)[-1]
        both = [self._lines(last, *entry) for entry in new.items()]
        for way in (0, 1):
            written = self.eol.join(line for ways in both for line in ways[way])
            yield self._after_last(last, written)
            if not self.ends_in_break() and (stripped := self._without_last_break(last.node)):
                yield stripped + self.eol + written

    def _lines(self, last: Entry, step: str | int, value: Any) -> tuple[list[str], list[str]]:
        """Return the lines of a new entry, like those of the last one, and its line if it has but one."""
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
        return lines, [f"{head} {inline(value, False)}"]

    def _after_last(self, last: Entry, written: str) -> str:
        at = self.tail(last, last.column)
        complete = self.text[at - 1] in BREAKS
        return self.spliced(at, at, written + self.eol if complete else self.eol + written)

    def _without_last_break(self, node: Node) -> str:
        """Return the text where the block text that ends it says that it ends without a line break."""
        header = BLOCK.match(self.text, extent(self.text, last_node(node))[0])
        return self.spliced(*header.span(), f"{header[1]}-{header[2].strip('-+')}") if header else ""

    def _inside(self, holder: Entry, step: str | int, value: Any) -> str:
        """Return a new entry as it is written between brackets."""
        head = f"{written_key(step, True)}: " if isinstance(step, str) else ""
        return head + inline(value, True, self.quote(holder) if isinstance(value, str) else "")

    def _added_inside(self, holder: Entry, new: Sequence[str]) -> str:
        """Write new entries before the closing bracket."""
        entries, close = self.entries(holder), holder.end - 1
        written = ", ".join(new)
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
        written = ",".join(indent + entry for entry in new)
        return self.spliced(behind, line_end, between + written + ("," if comma else ""))

    def _one_a_line(self, entries: Sequence[Entry]) -> bool:
        return self.line_start(entries[-1].start) > entries[-2].start and (
            len(entries) == 2 or self.line_start(entries[-2].start) > entries[-3].start
        )
