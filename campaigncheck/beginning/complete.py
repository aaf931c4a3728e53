"""Puts the questions that a campaign needs, and what answers the spec gives, into a spec that was just begun."""

from __future__ import annotations

from collections.abc import Sequence

from campaigncheck.drafts.draft import drafts
from campaigncheck.drafts.paste import with_drafts
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.repository import SpecFile
from campaigncheck.language.answers import DRAFT, GAP
from campaigncheck.spec.model import FaqEntry

_GAP = GAP.partition("{")[0]


def with_questions(
    text: str, shown: str, wanted: str, others: Sequence[Examined], examiner: Examiner
) -> tuple[str, int]:
    """Return the spec with its FAQ, and how many answers still lack something.

    What has just been answered needs no second look, so only answers with gaps stay marked as drafts.

    Args:
        text: the spec.
        shown: its path as users see it.
        wanted: its id.
        others: the campaigns around it.
        examiner: judges it.
    """
    asked = examiner.examine_text(SpecFile(shown, shown, False), text)
    found = drafts([*others, asked], wanted, examiner)
    entries = [_settled(entry) for entry in found.entries]
    return (with_drafts(text, 0, entries) if entries else text), sum(_GAP in entry.a for entry in entries)


def _settled(entry: FaqEntry) -> FaqEntry:
    return entry if _GAP in entry.a else entry.model_copy(update={"a": entry.a.removeprefix(DRAFT)})
