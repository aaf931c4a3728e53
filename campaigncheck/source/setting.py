"""Sets a value, or some characters of a text: writes them where others stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from campaigncheck.source.changes import Amend, EditError
from campaigncheck.source.page import BREAKS, SHARED, Entry, Page, Splice
from campaigncheck.source.place import pointer
from campaigncheck.source.scalars import character_end, value_offsets
from campaigncheck.source.written import WIDTH, block_text, body_lines, double_quoted, inline
from campaigncheck.source.yamlpass import Alias


class Setting(Page):
    """A text in which a value is replaced."""

    def replaced(self, entry: Entry, value: Any) -> Iterator[Splice]:
        """Write a value in the place of another."""
        opening = self.opening(entry, "'\"|>")
        if not entry.flow:
            yield from self._as_block_text(entry, value, opening)
        written = inline(value, entry.flow, self.quote(entry))
        if value and isinstance(value, list | dict) and self._stays_block(entry, value, written):
            yield self._as_block(entry, value)
        yield self.on_the_line(entry, written)

    def amended(self, entry: Entry, changes: Sequence[Amend], value: str) -> Iterator[Splice]:
        """Write some characters of a text in the place of others; if they cannot stand there, the text as a whole.

        Several changes come from the back: none reaches beyond where the one before it begins.
        """
        node = entry.node
        if isinstance(node, Alias):
            raise EditError(SHARED(path=pointer(changes[0].path)))
        offsets = value_offsets(self.text, node.start_mark.index, node.end_mark.index, node.value)
        quote = self.opening(entry, "'\"")
        splices = [self._amended(change, offsets, quote) for change in reversed(changes)]
        start, end = splices[0].start, splices[-1].end
        last_break = changes[0].end == len(node.value) and node.value.endswith("\n")
        if not (last_break and self.opening(entry, "|>")):  # its line break is also that of the line
            yield Splice(start, end, joined(self.text, start, splices, end))
        yield from self.replaced(entry, value)

    def _amended(self, change: Amend, offsets: Sequence[int], quote: str) -> Splice:
        new = {'"': double_quoted(change.new)[1:-1], "'": change.new.replace("'", "''")}.get(quote, change.new)
        end = offsets[change.end]
        if change.old.strip() == change.old != "":  # what follows may begin on another line
            end = character_end(self.text, offsets[change.end - 1], quote)
        return Splice(offsets[change.start], end, new)

    def _as_block_text(self, entry: Entry, value: Any, opening: str) -> Iterator[Splice]:
        """Write a text as a block if one stands there, or if it has lines and no quotes stand there."""
        if not isinstance(value, str) or (opening not in ("|", ">") and (opening or "\n" not in value)):
            return
        old = re.search(f"[{BREAKS}]( +)[^ {BREAKS}]", self.text[entry.begin : entry.end])
        indent = len(old[1]) if old and opening in ("|", ">") else max(entry.column, 0) + 2
        for style in (opening, "|") if opening == ">" else ("|",):
            if lines := block_text(value, style, indent):
                yield self.on_the_line(entry, self.eol.join(lines))

    def _stays_block(self, entry: Entry, value: Any, written: str) -> bool:
        if entry.flow or self.bracket(entry):
            return False
        fits = self.column(entry.lead) + 1 + len(written) <= WIDTH
        if not self.is_block(entry):
            return not fits
        return isinstance(value, dict) or not fits or any(isinstance(item, list | dict) for item in value)

    def on_the_line(self, entry: Entry, written: str) -> Splice:
        """Put a value on the line of its key or dash, or right where the old one stands."""
        if entry.begin == entry.end:
            return Splice(entry.lead, entry.lead, entry.glue + written)
        if not self.is_block(entry) or not self.below(entry):
            return Splice(entry.begin, entry.end, written)
        between = self.text[entry.lead : self.line_start(entry.begin)]
        tail = self.tail(entry, self.column(entry.begin))
        if tail == len(self.text) and not self.ends_in_break():
            between = re.sub(f"(?:\r\n|[{BREAKS}])\\Z", "", between)
        return Splice(entry.lead, tail, f" {written}{between}")

    def _as_block(self, entry: Entry, value: Any) -> Splice:
        """Write a collection in block style in the place of a value."""
        column = self.column(entry.begin)
        dash = isinstance(value, list)
        if self.is_block(entry) and self.below(entry):
            column = column if dash or column > entry.column else entry.column + 2
            start, tail = self.line_start(entry.begin), self.tail(entry, self.column(entry.begin))
            last = self.eol if tail < len(self.text) or self.ends_in_break() else ""
            return Splice(start, tail, self.eol.join(body_lines(value, column)) + last)
        if self.text[entry.start] == "-" or self.is_block(entry) or self.below(entry):
            glue = entry.glue if entry.begin == entry.end else ""
            column += len(glue)
            return Splice(entry.begin, entry.end, glue + self.eol.join(body_lines(value, column))[column:])
        behind = self.text[entry.end : self.line_end(entry.end)].rstrip(" ")
        lines = self.eol.join([behind, *body_lines(value, entry.column + 2)])
        return Splice(entry.lead, self.line_end(entry.end), entry.glue.rstrip(" ") + lines)


def joined(text: str, start: int, splices: Sequence[Splice], end: int) -> str:
    """Return some characters of a text with splices made that come in order."""
    pieces: list[str] = []
    for splice in splices:
        pieces += text[start : splice.start], splice.written
        start = splice.end
    return "".join([*pieces, text[start:end]])
