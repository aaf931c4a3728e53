"""What a campaign's region and audience clauses mean, worked out once for all that ask."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.algebra.audience import Audience, meet
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.conditions import ConditionFault, Memo, read_audience


class Meaning(NamedTuple):
    """The cities and customers that a campaign means.

    ``offer_customers`` are those of each offer, whose own audience narrows the campaign's; ``faults``
    are what is wrong with audience conditions, each with its path in the spec.
    """

    campaign: Campaign
    cities: int
    customers: Audience
    offer_customers: tuple[Audience, ...]
    faults: tuple[tuple[Path, ConditionFault], ...]


def understand(campaign: Campaign, catalogues: Catalogues, memo: Memo | None = None) -> Meaning:
    """Work out what a campaign means; a ``memo`` kept between campaigns saves reading groups again."""
    cities = catalogues.regions.scope(campaign.regions.include, campaign.regions.exclude)
    customers, found = read_audience(catalogues.domain, campaign.audience, memo)
    faults: list[tuple[Path, ConditionFault]] = [(("audience", *fault.path), fault) for fault in found]
    offers = []
    for index, offer in enumerate(campaign.offers):
        if offer.audience:
            own, found = read_audience(catalogues.domain, offer.audience, memo)
            faults += [(("offers", index, "audience", *fault.path), fault) for fault in found]
            offers.append(meet(customers, own))
        else:
            offers.append(customers)
    return Meaning(campaign, cities, customers, tuple(offers), tuple(faults))
