"""Whom a campaign draws to counters and telephones (contract §1 ``demand``, §7 “Demand”)."""

from __future__ import annotations

from typing import Any, NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.models import Attributes
from campaigncheck.spec.model import Campaign

_BY_TELEPHONE = frozenset({"hotline", "app", "web", "sms", "self_service", "outbound_call"})
"""Where it is sold without a person opposite, questions come in by telephone."""


class Draws(NamedTuple):
    """What a campaign draws over its whole period, wherever it runs.

    Attributes:
        uptake: all transactions.
        hall: those at counters.
        hotline: those by telephone.
        asks_hall: people who only ask, at counters.
        asks_hotline: people who only ask, by telephone.
        front_loaded: whether half of them come in the first quarter of the period.
        period: the whole period, days gone by included.
        premium: whether all of them are of a premium brand; None if it is for both, as many as the hall has.
        enquiries: people who only ask, per transaction, on whatever channel.
    """

    uptake: int
    hall: float
    hotline: float
    asks_hall: float
    asks_hotline: float
    front_loaded: bool
    period: Days
    premium: bool | None
    enquiries: float = 0.0

    @property
    def parts(self) -> tuple[tuple[int, float], ...]:
        """The parts of the period: how many days each has, and its share of all transactions."""
        length = self.period.length
        quarter = -(-length // 4)
        if not self.front_loaded or quarter == length:
            return ((length, 1.0),)
        return (quarter, 0.5), (length - quarter, 0.5)


def draws(campaign: Campaign, attributes: Attributes) -> Draws | None:
    """Return whom a campaign draws; None if it does not say, or to nobody.

    Enquiries follow transactions. Without shares all channels of the campaign count alike: an assumption.
    """
    demand = campaign.demand
    days = Days.of(campaign.period.start, campaign.period.end)
    if demand is None or not demand.uptake or days.empty:
        return None
    shares: dict[str, float] = {name: share for name, share in demand.channel_share.items()}  # noqa: C416
    if not shares:
        shares = {name: 1 / len(campaign.channels) for name in campaign.channels}
    hall, hotline = (demand.uptake * shares.get(name, 0.0) for name in ("hall", "hotline"))
    by_telephone = demand.uptake * sum(share for name, share in shares.items() if name in _BY_TELEPHONE)
    return Draws(
        demand.uptake, hall, hotline, hall * demand.enquiries, by_telephone * demand.enquiries,
        demand.shape == "front_loaded", days, _premium(campaign.audience, attributes), demand.enquiries,
    )  # fmt: skip


def _premium(groups: list[dict[str, Any]], attributes: Attributes) -> bool | None:
    """Return whether all customers are of a premium brand, or none; None where it can be both."""
    found = {_of_group(group, attributes) for group in groups}
    return found.pop() if len(found) == 1 else None


def _of_group(group: dict[str, Any], attributes: Attributes) -> bool | None:
    for name, entry in attributes.attributes.items():
        if entry.premium and name in group:
            given = group[name]
            values = {str(value) for value in (given if isinstance(given, list) else [given])}
            if values <= set(entry.premium):
                return True
            if values.isdisjoint(entry.premium):
                return False
    return None
