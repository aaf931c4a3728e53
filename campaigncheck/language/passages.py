"""The passages of a campaign that customers read or hear, joined so that one pass reads them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Reading:
    """What the lexicon found in a campaign's texts, passage by passage."""

    passages: tuple[Passage, ...]
    hits: tuple[tuple[int, Hit], ...]

    def found(self, kind: str) -> Iterator[tuple[Passage, Hit, int]]:
        """Yield the hits of one kind with their passage and its number; offsets are the passage's."""
        for index, hit in self.hits:
            if hit.kind == kind:
                yield self.passages[index], hit, index


def passages(campaign: Campaign) -> list[Passage]:
    """Return everything that a customer will read or hear, in the order of the spec."""
    found = [Passage(("title",), campaign.title, True, True)]
    if campaign.summary:
        found.append(Passage(("summary",), campaign.summary, True, True))
    for index, offer in enumerate(campaign.offers):
        found.append(Passage(("offers", index, "name"), offer.name, True))
        if offer.early_exit:
            found.append(Passage(("offers", index, "early_exit"), offer.early_exit, True))
        if offer.gift:
            found.append(Passage(("offers", index, "gift", "name"), offer.gift.name, True))
    found += [Passage(("texts", index, "text"), text.text, False, True) for index, text in enumerate(campaign.texts)]
    for term, explanation in campaign.terms.items():
        found.append(Passage(("terms", term), explanation, True, True))
    for index, item in enumerate(campaign.answers):
        found.append(Passage(("answers", index, "phrase"), item.phrase, True))
        found.append(Passage(("answers", index, "answer"), item.answer, True, True))
    for index, entry in enumerate(campaign.faq):
        found.append(Passage(("faq", index, "q"), entry.q, True))
        found.append(Passage(("faq", index, "a"), entry.a, True, True, entry))
        if entry.short:
            found.append(Passage(("faq", index, "short"), entry.short, False, True, entry))
    return found


def read(campaign: Campaign, lexicon: Lexicon, levels: Sequence[str] = ()) -> Reading:
    """Look for all words in all passages in one pass; ``levels`` are the regions whose own words hold."""
    texts = passages(campaign)
    hits = lexicon.find("\n".join([passage.text for passage in texts]), levels)
    starts = list(accumulate((len(passage.text) + 1 for passage in texts), initial=0))
    found = []
    for kind, entry, start, end in hits:
        index = bisect_right(starts, start) - 1
        found.append((index, Hit(kind, entry, start - starts[index], end - starts[index])))
    return Reading(tuple(texts), tuple(found))
