"""Puts the advice about one campaign together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from campaigncheck.engine.examine import Examined
from campaigncheck.engine.run import Knowledge
from campaigncheck.suggest.advice import Advice, Suggestion
from campaigncheck.suggest.bench import Bench
from campaigncheck.suggest.search import Search
from campaigncheck.suggest.subject import find_subject


def advise(knowledge: Knowledge, examined: Sequence[Examined], wanted: str, today: date, within: int) -> Advice:
    """Return what stands in the way of a campaign, and the nearest ways to run it.

    Raises:
        UsageError: when there is no such campaign, or it cannot be read or is over.
    """
    subject = find_subject(examined, wanted, knowledge.catalogues)
    search = Search(Bench.of(knowledge, examined, subject, today.toordinal()), today.toordinal(), within)
    before, by_hand = search.before, search.by_hand if search.before.own else ()
    found: tuple[Suggestion, ...] = ()
    if before.own:
        found = tuple(search.without_halls() if len(by_hand) == len(before.own) else search.run())
    unread = tuple([item.spec.shown for item in examined if not item.understood])
    return Advice(subject, before.own, by_hand, before.give_way, found, within, bool(search.given_up), unread)
