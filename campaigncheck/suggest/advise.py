"""Puts the advice about one campaign together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from campaigncheck.engine.examine import Examined
from campaigncheck.engine.run import Knowledge
from campaigncheck.suggest.bench import Bench
from campaigncheck.suggest.report import Advice
from campaigncheck.suggest.search import Search
from campaigncheck.suggest.subject import find_subject


def advise(knowledge: Knowledge, examined: Sequence[Examined], wanted: str, today: date, within: int) -> Advice:
    """Return what stands in the way of a campaign, and the nearest ways to run it.

    Raises:
        UsageError: when there is no such campaign, or it cannot be read or is over.
    """
    subject = find_subject(examined, wanted, knowledge.catalogues)
    search = Search(Bench.of(knowledge, examined, subject, today.toordinal()), today.toordinal(), within)
    in_the_way = search.before.own
    if not in_the_way:
        return Advice(subject, (), (), (), within)
    by_hand = tuple(finding for finding in in_the_way if (finding.rule, finding.pointer) in search.by_hand)
    suggestions = tuple(search.run()) if len(by_hand) < len(in_the_way) else ()
    return Advice(subject, in_the_way, by_hand, suggestions, within)
