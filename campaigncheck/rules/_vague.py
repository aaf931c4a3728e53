"""Phrases that need something beside them: what they still need in the passage where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.catalogue.models import Fact, VagueEntry
from campaigncheck.language.expressions import expression
from campaigncheck.language.lexicon import Hit, Kind
from campaigncheck.language.menus import is_menu_name
from campaigncheck.language.ordinary import is_ordinary, names_a_place
from campaigncheck.language.passages import Passage
from campaigncheck.language.stops import Span, is_asked
from campaigncheck.language.told import facts_told
from campaigncheck.language.words import cuts_a_word
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView

FACT_NAMES: dict[Fact, Text] = {
    "date": Text("到哪天为止", "until when"),
    "day": Text("哪一天", "on which day"),
    "duration": Text("多长时间", "for how long"),
    "period": Text("到哪天为止", "until when"),
    "amount": Text("送什么、多少", "what exactly, and how much"),
    "figure": Text("到底是多少", "the figure"),
    "money": Text("多少钱", "how much money"),
    "quantity": Text("多少", "how much of it"),
    "number": Text("一共多少", "how many there are"),
    "speed": Text("用到多少以后降到多快", "how fast once it is slowed down"),
    "who": Text("谁可以", "for whom"),
    "latest": Text("一般和最慢要多久", "how long it usually takes, and at worst"),
    "least": Text("其他各档是多少", "what the other steps are"),
    "list": Text("具体有哪些", "which ones"),
}
_REACH = 16
"""How far a pattern may look; it keeps a careless one cheap."""
_LINK = expression("(?:(?<![不许认即尽])可|(?<![不机])会|的?按|(?<![规细])则|(?<!不)将|又|都|(?<!还)需)$")
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
    forbidden = _forbidden(view)
    for passage, hit, index in view.reading.found(kind):
        if sections is not None and passage.path[0] not in sections:
            continue
        if passage.path[-1] in _ASKED or (index, hit.entry) in done:
            continue
        entry = entries[hit.entry]
        if any(low < hit.end and hit.start < high for low, high in forbidden.get(index, ())):
            continue
        if not _fits(entry, passage.text, hit):  # most short phrases end here
            continue
        if is_asked(passage.text, hit.start) or names_a_place(passage.text, hit.end):
            continue
        missing = _missing(view, passage, index, hit, entry.needs)
        if entry.needs and not missing:
            done.add((index, hit.entry))
        elif not cuts_a_word(passage.text, hit.start, hit.end) and not is_menu_name(passage.text, hit.start, hit.end):
            done.add((index, hit.entry))
            yield Vague(passage, _without_link(passage.text, hit), entry, missing)


def _without_link(text: str, hit: Hit) -> Hit:
    """Return a hit without the word that only links it to what follows: 老客户 of 老客户可 is what can be misread."""
    link = _LINK.search(text, hit.start + 2, hit.end)
    return hit._replace(end=link.start()) if link else hit


def _forbidden(view: CampaignView) -> dict[int, list[Span]]:
    """Return by passage the places that LANG003 finds: what the law forbids is said once."""
    spans: dict[int, list[Span]] = {}
    for passage, hit, index in view.reading.found("forbidden"):
        if not is_ordinary(passage.text, hit.start, hit.end):
            spans.setdefault(index, []).append((hit.start, hit.end))
    return spans


def _fits(entry: VagueEntry, text: str, hit: Hit) -> bool:
    """Whether what has to stand right before and right after a phrase does; only a few characters are looked at."""
    if entry.before and not _pattern(f"(?:{entry.before})$").search(text[max(0, hit.start - _REACH) : hit.start]):
        return False
    return not entry.then or _pattern(entry.then).match(text, hit.end, hit.end + _REACH) is not None


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


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
        asked = index - (2 if passage.path[-1] == "short" else 1)  # a short answer is read without the long one
        return view.reading.passages[asked].text + "\n", ""
    if passage.path == ("title",) or passage.path[-1] == "name":
        return "", f"\n{view.campaign.summary or ''}"
    return "", ""
