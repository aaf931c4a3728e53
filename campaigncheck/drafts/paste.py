"""Writes drafts as YAML, the way the campaign's own questions are written."""

from __future__ import annotations

from collections.abc import Sequence

from campaigncheck.source.changes import EditError, Put
from campaigncheck.source.edit import edit
from campaigncheck.source.written import WIDTH
from campaigncheck.spec.model import FaqEntry


def with_drafts(text: str, before: int, entries: Sequence[FaqEntry]) -> str:
    """Return a spec with drafts behind the questions it has.

    Args:
        text: of the spec.
        before: how many questions it has.
        entries: what to add.

    Raises:
        EditError: when nothing can be added there.
    """
    written = [{"topic": entry.topic, "q": entry.q, "a": _one_line(entry.a)} for entry in entries]
    if before:
        changes = [Put(("faq", before + index), entry) for index, entry in enumerate(written)]
    else:
        changes = [Put(("faq",), None), Put(("faq",), written)]  # in the place of [] it would stay on one line
    changes += [Put(("faq", before + index, "a"), entry.a) for index, entry in enumerate(entries) if "\n" in entry.a]
    return edit(text, changes)


def _one_line(answer: str) -> str:
    """Stretch an answer of several lines over a line that is too long for an entry on one line.

    So its entry is written line by line, and the answer can take its place as a block of text.
    """
    return answer if "\n" not in answer else answer.replace("\n", "").ljust(WIDTH + 1, "。")


def inserted(before: str, after: str) -> str:
    """Return the lines that one text has more than the other."""
    old, new = before.splitlines(), after.splitlines()
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    return "".join(f"{line}\n" for line in new[head : len(new) - tail])


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines two texts have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def to_paste(text: str, before: int, entries: Sequence[FaqEntry]) -> str:
    """Return the lines to paste; as a list of their own where the spec's own list cannot grow in place."""
    try:
        return inserted(text, with_drafts(text, before, entries))
    except EditError:
        return inserted("spec: 1\n", with_drafts("spec: 1\n", 0, entries))
