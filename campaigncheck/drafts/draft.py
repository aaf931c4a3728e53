"""Finds what a campaign's FAQ still has to answer, and drafts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from campaigncheck.drafts.answers import draft
from campaigncheck.drafts.case import Case, Tell, referring
from campaigncheck.drafts.questions import question
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.named import Named, cannot_be_read, find_named
from campaigncheck.handling.counter import counter_time
from campaigncheck.language.answers import DRAFT, GAP
from campaigncheck.messages import Text
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.rulekit.rule import PortfolioView
from campaigncheck.rules.faq001 import unanswered, unanswered_beside
from campaigncheck.spec.model import FaqEntry

_BROKEN = Text("{path} 有错误，没法起草", "{path} has errors, so nothing can be drafted")
_GAP = GAP.partition("{")[0]


class Drafts(NamedTuple):
    """The drafts of a campaign, in the order of the sheet; ``over`` if nobody will ask any more."""

    named: Named
    entries: tuple[FaqEntry, ...]
    over: bool

    @property
    def gaps(self) -> int:
        """How many things the spec does not say."""
        return sum(entry.a.count(_GAP) for entry in self.entries)


def drafts(examined: Sequence[Examined], wanted: str, examiner: Examiner, tell: Tell | None = None) -> Drafts:
    """Return the drafts of what a campaign needs and does not answer.

    Args:
        examined: all campaigns.
        wanted: the id of the one.
        examiner: judges whether its spec is sound, and has the catalogues.
        tell: how values of the spec are written in answers; by references, if it is not given.

    Raises:
        UsageError: when there is no such campaign, or it has errors that make it invalid.
    """
    named = find_named(examined, wanted, _BROKEN)
    asked = examiner.examine_text(replace(named.item.spec, selected=True), named.text)
    if any(found.rule.startswith("SPEC") for found in asked.located):
        raise cannot_be_read(asked, _BROKEN)
    if named.item.entry is None:
        return Drafts(named, (), True)
    catalogues, campaign = examiner.catalogues, named.campaign
    beside = _beside(examined, wanted, examiner)
    handling = counter_time(campaign, catalogues).estimate
    titles = {item.id: item.title for item in examined if item.understood and item.id != wanted}
    told = tell or referring(campaign)
    case = Case(campaign, catalogues, titles, handling, next(iter(beside.values()), None), told)
    needed = {topic for topic, _, _ in unanswered(campaign, catalogues)} | beside.keys()
    topics = [(topic, entry.title.zh) for topic, entry in catalogues.faq.topics.items() if topic in needed]
    return Drafts(named, tuple([_entry(topic, title, case) for topic, title in topics]), False)


def _beside(examined: Sequence[Examined], wanted: str, examiner: Examiner) -> dict[str, str]:
    """Return the topics that a campaign needs because of another one, with that one's title."""
    portfolio = Portfolio.of((item.entry for item in examined if item.entry), examiner.catalogues.regions)
    view = PortfolioView(portfolio, examiner.catalogues, (), examiner.today, frozenset([wanted]))
    return {topic: other.title for topic, _, bearer, other in unanswered_beside(view) if bearer.id == wanted}


def _entry(topic: str, title: str, case: Case) -> FaqEntry:
    answer = draft(topic, title, case)
    return FaqEntry(topic=topic, q=question(topic, title, case.campaign), a=f"{DRAFT}{answer}")
