"""Why nothing may be written in place of a term, or beside it: its author has to do it."""

from __future__ import annotations

from campaigncheck.catalogue.models import TermEntry
from campaigncheck.language.words import cuts_a_word
from campaigncheck.messages import Message, Text
from campaigncheck.rules._repairs import Use, is_within_brackets

_CUT = Text(
    "“{word}”也可能只是前后两个词碰在一起，要人看一看",
    "“{word}” may only be the ends of other words: somebody has to look",
)
_ORDINARY = Text(
    "“{word}”平常也这么说，是不是业务词要人判断", "“{word}” is ordinary speech, too: somebody has to judge it"
)
_LATE = Text(
    "“{word}”在后面才解释，要把解释挪到前面来",
    "“{word}” is explained further on: that explanation has to move up",
)
_WITHIN = Text("“{word}”在括号里，括号里不再套括号", "“{word}” stands in brackets, which take no brackets inside")
_NO_ROOM = Text("“{word}”后面没法再用括号加解释", "no explanation in brackets fits behind “{word}”")


def left(entry: TermEntry, use: Use, late: bool) -> Message:
    """Return why a term is left as it is used here; ``late``: it is explained further on."""
    return _reason(entry, use, late)(word=use.word)


def _reason(entry: TermEntry, use: Use, late: bool) -> Text:
    if cuts_a_word(use.text, use.start, use.end):
        return _CUT
    if entry.severity != "error":
        return _ORDINARY
    if late:
        return _LATE
    return _WITHIN if is_within_brackets(use.text, use.start) else _NO_ROOM
