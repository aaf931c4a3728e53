"""What a word that customers do not understand, or misread, costs at the counter.

For a finding about a word::

    customers = uptake × share of the hall × (1 + enquiries) × what is left of the period × share who meet the text
    seconds per customer = seconds to explain × share of them who need it explained
    minutes = customers × seconds per customer ÷ 60

Transactions and enquiries at the counter count (``demand``), as far as they are still to come: with ``shape: even`` by
days, with ``front_loaded`` half of them in the first quarter. Who meets the text depends on where it stands:

- title, summary and what an offer is called or charges: everybody at the counter, and a share of them asks;
- what hangs in the hall, and what is read elsewhere (SMS, app, telephone): a share of everybody, of whom a share asks;
- an answer that the clerk reads out: the share that asks that question, and everybody who hears it needs the explanation;
- an answer sent by SMS: the same share reads it, and a share of them asks;
- a prepared answer, or an explanation of a term: the share that asks about the word, all of whom hear it.

Every figure is a limit of the policy, most are assumptions, and a province or city may have its own.

Limits of the model: each finding is counted by itself, a customer who asks about two words twice; a term is reported once
for the whole sheet, so further answers with it cost more than is told; people who leave, complain later or ring the hotline
are not counted; enquiries come through the same channels as transactions. It orders words by what mending them is
worth; it does not forecast a queue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign

Kind = Literal["term", "phrase", "condition"]
"""A term that is not known, a phrase that is misread, a promise whose condition is missing."""

Limits = Callable[[str], float]
"""A figure of the policy by its name."""

_PERCENT = 100.0
_MINUTE = 60.0
_ASKED, _ASKED_MILD, _ANSWER = "word_asked", "word_asked_mild", "word_answer_asked"
_IN_HALL, _ELSEWHERE = "word_seen_hall", "word_seen_elsewhere"
_HALL = frozenset({"hall", "self_service", "poster", "leaflet", "notice"})
"""Channels of texts that customers see in the hall."""

_READ_OUT = {"faq": _ANSWER, "answers": _ASKED, "terms": _ASKED}
"""Sections that a clerk reads out to those who ask, and the figure that tells how many do."""


class WordCost(NamedTuple):
    """What one word costs, rounded as it is told.

    ``site`` is where it stands: the channel of a text, else the section of the spec. ``customers`` and ``minutes`` are
    None if the spec does not tell how many come to the counter.
    """

    word: str
    site: str
    seconds: float
    customers: float | None
    minutes: float | None


def figures(kind: Kind) -> tuple[str, ...]:
    """Return the names of the policy's figures that the cost of a kind of word is made of."""
    return (f"word_seconds_{kind}", _ASKED, _ASKED_MILD, _IN_HALL, _ELSEWHERE, _ANSWER)


def word_cost(
    campaign: Campaign, today: int, kind: Kind, word: str, path: Path, limit: Limits, mild: bool = False
) -> WordCost:
    """Return what a word costs from ``today`` on.

    Args:
        campaign: where it is found.
        today: days gone by count for nothing.
        kind: what is wrong with it.
        word: the word as it is written.
        path: the text in which it stands.
        limit: the policy's figures where the campaign's owner is.
        mild: an entry of the lexicon that only warns: fewer customers ask about it.
    """
    site = _site(campaign, path)
    read_out = _READ_OUT.get(site)
    seconds = limit(f"word_seconds_{kind}")
    if read_out is None:
        seconds *= limit(_ASKED_MILD if mild else _ASKED) / _PERCENT
    everybody = counter_customers(campaign, today)
    if everybody is None:
        return WordCost(word, site, round(seconds, 2), None, None)
    reach = limit(read_out) / _PERCENT if read_out else _reach(path, site, limit)
    customers = everybody * reach
    return WordCost(word, site, round(seconds, 2), round(customers, 1), round(customers * seconds / _MINUTE, 2))


def _site(campaign: Campaign, path: Path) -> str:
    section, *rest = path
    if section == "texts" and rest and isinstance(rest[0], int):
        return campaign.texts[rest[0]].channel
    return "short" if section == "faq" and path[-1] == "short" else str(section)


def _reach(path: Path, site: str, limit: Limits) -> float:
    if site == "short":
        return limit(_ANSWER) / _PERCENT
    if path[0] != "texts":
        return 1.0
    return limit(_IN_HALL if site in _HALL else _ELSEWHERE) / _PERCENT


def counter_customers(campaign: Campaign, today: int) -> float | None:
    """Return how many people are still to come to the counter, to buy or to ask; None if the spec does not tell."""
    share = _hall_share(campaign)
    if share == 0:
        return 0.0
    days = Days.of(campaign.period.start, campaign.period.end)
    if share is None or campaign.demand is None or days.empty:
        return None
    gone = min(1.0, max(0, today - days.first) / days.length)
    left = 1 - done(gone, front_loaded=campaign.demand.shape == "front_loaded")
    return campaign.demand.uptake * share * (1 + campaign.demand.enquiries) * left


def _hall_share(campaign: Campaign) -> float | None:
    """Return the share of transactions at the counter: 0 where it is not sold there, None if nobody can tell."""
    if "hall" not in campaign.channels:
        return 0.0
    if campaign.demand is None:
        return None
    if campaign.demand.channel_share:
        return campaign.demand.channel_share.get("hall", 0.0)
    return 1.0 if set(campaign.channels) == {"hall"} else None


def done(gone: float, front_loaded: bool) -> float:
    """Return the share of all transactions that falls into the first part of the period."""
    if not front_loaded:
        return gone
    return 2 * gone if gone <= 0.25 else 0.5 + (gone - 0.25) * 2 / 3
