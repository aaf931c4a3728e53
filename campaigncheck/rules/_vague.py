"""Phrases that need something beside them: what they still need in the passage where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from campaigncheck.catalogue.models import Fact, VagueEntry
from campaigncheck.language.lexicon import Hit, Kind
from campaigncheck.language.menus import is_menu_name
from campaigncheck.language.passages import Passage
from campaigncheck.language.told import facts_told
from campaigncheck.language.words import cuts_a_word
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView

FACT_NAMES: dict[Fact, Text] = {
    "date": Text("到哪天为止", "until when"),
    "duration": Text("多长时间", "for how long"),
    "period": Text("到哪天为止", "until when"),
    "amount": Text("送什么、多少", "what exactly, and how much"),
    "money": Text("多少钱", "how much money"),
    "quantity": Text("多少", "how much of it"),
    "number": Text("一共多少", "how many there are"),
    "speed": Text("用到多少以后降到多快", "how fast once it is slowed down"),
    "who": Text("谁可以", "for whom"),
    "latest": Text("一般和最慢要多久", "how long it usually takes, and at worst"),
    "least": Text("其他各档是多少", "what the other steps are"),
    "list": Text("具体有哪些", "which ones"),
}
_ASKED = frozenset(("q", "phrase"))
"""What customers say: their words are theirs."""


class Vague(NamedTuple):
    """A phrase and the facts that its passage does not tell."""

    passage: Passage
    hit: Hit
    entry: VagueEntry
    missing: tuple[Fact, ...]

    @property
    def word(self) -> str:
        """The phrase as it is written."""
        return self.passage.text[self.hit.start : self.hit.end]


def vague(
    view: CampaignView, kind: Kind, entries: dict[str, VagueEntry], sections: frozenset[str] | None = None
) -> Iterator[Vague]:
    """Yield the first place of each phrase in each passage where not all its facts are told.

    Only the passages of some sections of the spec are looked at if they are given.
    """
    done: set[tuple[int, str]] = set()
    for passage, hit, index in view.reading.found(kind):
        if sections is not None and passage.path[0] not in sections:
            continue
        if passage.path[-1] in _ASKED or (index, hit.entry) in done:
            continue
        entry = entries[hit.entry]
        missing = _missing(view, passage, index, hit, entry.needs)
        if entry.needs and not missing:
            done.add((index, hit.entry))
        elif not cuts_a_word(passage.text, hit.start, hit.end) and not is_menu_name(passage.text, hit.start, hit.end):
            done.add((index, hit.entry))
            yield Vague(passage, hit, entry, missing)


def _missing(view: CampaignView, passage: Passage, index: int, hit: Hit, needs: Sequence[Fact]) -> tuple[Fact, ...]:
    if not needs:
        return ()
    if passage.sheet:  # the sheet prints the period above everything
        needs = [need for need in needs if need != "period"]
    before, after = _context(view, passage, index)
    told = facts_told(f"{before}{passage.text}{after}", needs, len(before) + hit.start, len(before) + hit.end)
    return tuple(fact for fact in needs if fact not in told)


def _context(view: CampaignView, passage: Passage, index: int) -> tuple[str, str]:
    """Return what is always read together with a passage, before and after it: names stand above the summary."""
    if passage.path[0] == "faq":
        return view.reading.passages[index - 1].text + "\n", ""
    if passage.path == ("title",) or passage.path[-1] == "name":
        return "", f"\n{view.campaign.summary or ''}"
    return "", ""
