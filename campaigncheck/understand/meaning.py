"""What a campaign's region and audience clauses mean, worked out once for all that ask."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.algebra.audience import Audience, meet
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.conditions import ConditionFault, Memo, read_audience
from campaigncheck.understand.draws import Draws, draws
from campaigncheck.understand.references import ReferenceFault


class Meaning(NamedTuple):
    """The cities and customers that a campaign means.

    ``offer_customers`` are those of each offer, whose own audience narrows the campaign's; ``faults``
    are what is wrong with audience conditions, each with its path in the spec, ``references`` what is wrong with
    references in answers, ``draws`` whom it draws to counters and telephones.
    """

    campaign: Campaign
    cities: int
    customers: Audience
    offer_customers: tuple[Audience, ...]
    faults: tuple[tuple[Path, ConditionFault], ...]
    references: tuple[ReferenceFault, ...] = ()
    draws: Draws | None = None


def understand(campaign: Campaign, catalogues: Catalogues, memo: Memo | None = None) -> Meaning:
    """Work out what a campaign means; a ``memo`` kept between campaigns saves reading groups again."""
    cities = _cities(campaign, catalogues)
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
    drawn = draws(campaign, catalogues.attributes)
    return Meaning(campaign, cities, customers, tuple(offers), tuple(faults), draws=drawn)


def _cities(campaign: Campaign, catalogues: Catalogues) -> int:
    """Return the cities of a campaign; one sold only in halls it names is only where these are."""
    regions = catalogues.regions
    cities = regions.scope(campaign.regions.include, campaign.regions.exclude)
    if campaign.halls and set(campaign.channels) == {"hall"}:
        halls = (catalogues.network.halls.get(name) for name in campaign.halls)
        named = 0
        for hall in halls:
            named |= regions.masks[hall.region] if hall else 0
        cities = cities & named or cities  # halls outside the regions are SPEC005's to tell
    return cities
