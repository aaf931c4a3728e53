"""Takes an entry out of a collection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from campaigncheck.source.page import BETWEEN, BLANK_LINES, BLANKS, BREAKS, REST, Entry, match_end
from campaigncheck.source.setting import Setting
from campaigncheck.source.written import inline


class Removing(Setting):
    """A text in which a collection shrinks."""

    def removed(self, holder: Entry, index: int | None, after: Any) -> Iterator[str]:
        """Take an entry out of a collection."""
        entries = self.entries(holder)
        assert index is not None  # the plain value has it
        if self.bracket(holder):
            yield self._removed_inside(holder, entries, index)
        elif not self.is_block(holder):  # a pair without braces in a flow list
            yield self.spliced(holder.begin, holder.end, inline(after, True))
        elif len(entries) == 1:
            yield self._emptied(holder, inline(after, False))
        else:
            yield from self._removed_lines(entries, index)

    def _emptied(self, holder: Entry, written: str) -> str:
        """Write an empty collection in the place of one in block style; the comment behind it goes."""
        if self.below(holder):
            return self.spliced(*self.on_the_line(holder, written))
        return self.spliced(holder.begin, self.line_end(holder.end), written)

    def _removed_lines(self, entries: Sequence[Entry], index: int) -> Iterator[str]:
        entry = entries[index]
        tail = self.tail(entry, entry.column)
        if not self.begins_line(entry.start):  # what follows moves up to its dash
            start = entry.start
            tail = match_end(BLANK_LINES, self.text, tail)
            yield self.spliced(start, match_end(BLANKS, self.text, tail), "")
            return
        start = self.line_start(entry.start)
        start = self._above(start, entry.column, entries[index - 1].end) if index else start
        before = self.text[:start]
        blank = match_end(BLANK_LINES, self.text, tail)
        if blank == len(self.text):
            yield from self._end_cut(before, tail)
        elif not before[self.line_above(start) :].strip(" " + BREAKS):
            yield self.spliced(start, blank, "")
        yield self.spliced(start, tail, "")
        yield self.spliced(start, blank, "")

    def _end_cut(self, before: str, tail: int) -> Iterator[str]:
        """Let the text end as it did: with blank lines, one line break, or none."""
        ending = self.text[tail:] if self.ends_in_break() else None
        body = re.sub(f"(?:(?:\r\n|[{BREAKS}]) *)+\\Z", "", before)
        yield body if ending is None else body + self.eol + ending

    def _above(self, start: int, column: int, floor: int) -> int:
        """Return where the comment lines directly above a line begin that stand in its column."""
        comment = re.compile(f" {{{column}}}#")
        while start > floor:
            above = self.line_above(start)
            if above <= floor or not comment.match(self.text, above):
                break
            start = above
        return start

    def _removed_inside(self, holder: Entry, entries: Sequence[Entry], index: int) -> str:
        """Take an entry out of a flow collection, with its comma."""
        entry, opened, close = entries[index], holder.begin + 1, holder.end - 1
        at = match_end(BETWEEN, self.text, entry.end)
        comma = self.text[at] == ","
        start, end = self._span_inside(entry, opened, at + 1 if comma else entry.end)
        before, behind = self.text[opened:start], self.text[end:close]
        if index and not comma:
            before = self._without_comma(before, match_end(BETWEEN, self.text, entries[index - 1].end) - opened)
        if len(entries) == 1 and not (before + behind).strip(" " + BREAKS):
            before = behind = ""
        return self.spliced(opened, close, before + behind)

    def _span_inside(self, entry: Entry, opened: int, end: int) -> tuple[int, int]:
        """Return what goes with an entry: its whole lines if it has them to itself, or it and blanks behind it."""
        rest = REST.match(self.text, end)
        if rest and self.begins_line(entry.start):
            return self.line_start(entry.start), rest.end()
        blanks = match_end(BLANKS, self.text, end)
        if opened == entry.start:  # what follows moves up to the bracket, over line breaks too
            blanks = match_end(BLANK_LINES, self.text, end)
            blanks = match_end(BLANKS, self.text, blanks)
        if self.text[blanks] in "#]}":
            return entry.start, end
        if self.text[blanks] in BREAKS:
            return opened + len(self.text[opened : entry.start].rstrip(" ")), end
        return entry.start, blanks

    @staticmethod
    def _without_comma(before: str, at: int) -> str:
        """Take the comma away that separated the last entry from the one before it."""
        behind = before[at + 1 :]
        if not behind.strip(" " + BREAKS):
            return before[:at] + (behind if behind[-1:] in tuple(BREAKS) else "")
        return before[:at] + ("" if behind[0] in " " + BREAKS else " ") + behind
