"""The passages of a campaign that customers read or hear, joined so that one pass reads them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from campaigncheck.language.lexicon import Hit, Lexicon
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign, FaqEntry


class Passage(NamedTuple):
    """One text and where it stands; ``sheet`` texts are printed on the FAQ sheet beside its terms.

    What ``tells`` says what the campaign is, which names, clauses and what customers ask do not. An answer has the
    ``entry`` of the FAQ that it is in.
    """

    path: Path
    text: str
    sheet: bool
    tells: bool = False
    entry: FaqEntry | None = None


_Row = tuple[Path, str, bool, bool, FaqEntry | None]
"""The fields of a passage before it is one: every campaign has dozens, and most are never asked for."""


@dataclass(frozen=True)
class Reading:
    """What the lexicon found in a campaign's texts, passage by passage."""

    rows: tuple[_Row, ...]
    hits: tuple[tuple[int, Hit], ...]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Everything that was read."""
        return tuple(map(Passage._make, self.rows))

    def found(self, kind: str) -> Iterator[tuple[Passage, Hit, int]]:
        """Yield the hits of one kind with their passage and its number; offsets are the passage's."""
        for index, hit in self.hits:
            if hit.kind == kind:
                yield Passage._make(self.rows[index]), hit, index


def passages(campaign: Campaign) -> list[Passage]:
    """Return everything that a customer will read or hear, in the order of the spec."""
    return list(map(Passage._make, _rows(campaign)))


def _rows(campaign: Campaign) -> list[_Row]:
    found: list[_Row] = [(("title",), campaign.title, True, True, None)]
    if campaign.summary:
        found.append((("summary",), campaign.summary, True, True, None))
    for index, offer in enumerate(campaign.offers):
        found.append((("offers", index, "name"), offer.name, True, False, None))
        if offer.early_exit:
            found.append((("offers", index, "early_exit"), offer.early_exit, True, False, None))
        if offer.gift:
            found.append((("offers", index, "gift", "name"), offer.gift.name, True, False, None))
    found += [(("texts", index, "text"), text.text, False, True, None) for index, text in enumerate(campaign.texts)]
    for term, explanation in campaign.terms.items():
        found.append((("terms", term), explanation, True, True, None))
    for index, item in enumerate(campaign.answers):
        found.append((("answers", index, "phrase"), item.phrase, True, False, None))
        found.append((("answers", index, "answer"), item.answer, True, True, None))
    for index, entry in enumerate(campaign.faq):
        found.append((("faq", index, "q"), entry.q, True, False, None))
        found.append((("faq", index, "a"), entry.a, True, True, entry))
        if entry.short:
            found.append((("faq", index, "short"), entry.short, False, True, entry))
    return found


def read(campaign: Campaign, lexicon: Lexicon, levels: Sequence[str] = ()) -> Reading:
    """Look for all words in all passages in one pass; ``levels`` are the regions whose own words hold."""
    rows = _rows(campaign)
    texts = [row[1] for row in rows]
    hits = lexicon.find("\n".join(texts), levels)
    starts = list(accumulate([len(text) + 1 for text in texts], initial=0))
    found = []
    for kind, entry, start, end in hits:
        index = bisect_right(starts, start) - 1
        found.append((index, Hit(kind, entry, start - starts[index], end - starts[index])))
    return Reading(tuple(rows), tuple(found))
