"""The passages of a campaign that customers read or hear, joined so that one pass reads them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from campaigncheck.language.lexicon import Hit, Lexicon
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign


class Passage(NamedTuple):
    """One text and where it stands; ``sheet`` texts are printed on the FAQ sheet beside its terms."""

    path: Path
    text: str
    sheet: bool


@dataclass(frozen=True)
class Reading:
    """All passages of a campaign and what the lexicon found in each."""

    passages: tuple[Passage, ...]
    hits: tuple[tuple[int, Hit], ...]

    def found(self, kind: str) -> Iterator[tuple[Passage, Hit, int]]:
        """Yield the hits of one kind with their passage and its number; offsets are the passage's."""
        for index, hit in self.hits:
            if hit.kind == kind:
                yield self.passages[index], hit, index


def passages(campaign: Campaign) -> Iterator[Passage]:
    """Yield everything that a customer will read or hear, in the order of the spec."""
    yield Passage(("title",), campaign.title, True)
    if campaign.summary:
        yield Passage(("summary",), campaign.summary, True)
    for index, offer in enumerate(campaign.offers):
        yield Passage(("offers", index, "name"), offer.name, True)
        if offer.early_exit:
            yield Passage(("offers", index, "early_exit"), offer.early_exit, True)
        if offer.gift:
            yield Passage(("offers", index, "gift", "name"), offer.gift.name, True)
    for index, text in enumerate(campaign.texts):
        yield Passage(("texts", index, "text"), text.text, False)
    for index, answer in enumerate(campaign.answers):
        yield Passage(("answers", index, "answer"), answer.answer, True)
    for index, entry in enumerate(campaign.faq):
        yield Passage(("faq", index, "q"), entry.q, True)
        yield Passage(("faq", index, "a"), entry.a, True)


def read(campaign: Campaign, lexicon: Lexicon) -> Reading:
    """Look for all words in all passages in one pass."""
    texts = tuple(passages(campaign))
    starts: list[int] = []
    at = 0
    for passage in texts:
        starts.append(at)
        at += len(passage.text) + 1
    found = []
    for hit in lexicon.find("\n".join(passage.text for passage in texts)):
        index = bisect_right(starts, hit.start) - 1
        local = hit._replace(start=hit.start - starts[index], end=hit.end - starts[index])
        found.append((index, local))
    return Reading(texts, tuple(found))
