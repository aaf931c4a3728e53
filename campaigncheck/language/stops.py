"""Where the sentence or clause around a place begins and ends."""

from __future__ import annotations

Span = tuple[int, int]
"""Where a stretch of a text begins and ends."""
SENTENCE = "。！？\n"
CLAUSE = "，。；！？,;!?\n"


def begin_of(text: str, at: int, stops: str = SENTENCE) -> int:
    """Return where the stretch between ``stops`` begins that a place stands in."""
    return max([text.rfind(stop, 0, at) for stop in stops]) + 1


def end_of(text: str, at: int, stops: str = SENTENCE) -> int:
    """Return where the stretch between ``stops`` ends that a place stands in: at its stop, or the end of the text."""
    return min([found for stop in stops if (found := text.find(stop, at)) >= 0], default=len(text))


def is_asked(text: str, at: int) -> bool:
    """Whether a place stands in a customer's question: 问：…？答：…."""
    asked = max(text.rfind("问：", 0, at), text.rfind("问:", 0, at))
    return asked >= 0 and max(text.rfind("答：", asked, at), text.rfind("答:", asked, at)) < 0


_QUOTED = "。；！？;!?\n"


def excerpt(text: str, span: Span, most: int) -> str:
    """Return the sentence around a span for quoting it; of a long one the clauses, of long clauses what is nearest."""
    start, end = span
    low, high = begin_of(text, start, _QUOTED), end_of(text, end, _QUOTED)
    if high - low > most:
        low, high = begin_of(text, start, CLAUSE), end_of(text, end, CLAUSE)
    if high - low > most:
        low, high = max(low, end - most, 0), min(high, max(end, start + most))
    return text[low:high].strip()
