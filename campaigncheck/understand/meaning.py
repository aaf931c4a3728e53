"""What a campaign's region and audience clauses mean, worked out once for all that ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from campaigncheck.algebra.audience import Audience, meet
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.conditions import ConditionFault, Memo, read_audience


@dataclass(frozen=True)
class Meaning:
    """A campaign with the cities and customers that it means."""

    campaign: Campaign
    catalogues: Catalogues
    memo: Memo = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def cities(self) -> int:
        """The cities in which it runs, as bits."""
        regions = self.campaign.regions
        return self.catalogues.regions.scope(regions.include, regions.exclude)

    @cached_property
    def _read(self) -> tuple[Audience, tuple[Audience, ...], tuple[tuple[Path, ConditionFault], ...]]:
        domain = self.catalogues.domain
        customers, found = read_audience(domain, self.campaign.audience, self.memo)
        faults: list[tuple[Path, ConditionFault]] = [(("audience", *fault.path), fault) for fault in found]
        offers = []
        for index, offer in enumerate(self.campaign.offers):
            if offer.audience:
                own, found = read_audience(domain, offer.audience, self.memo)
                faults += [(("offers", index, "audience", *fault.path), fault) for fault in found]
                offers.append(meet(customers, own))
            else:
                offers.append(customers)
        return customers, tuple(offers), tuple(faults)

    @property
    def customers(self) -> Audience:
        """Whom the campaign is for."""
        return self._read[0]

    @property
    def offer_customers(self) -> tuple[Audience, ...]:
        """Whom each offer is for: its own audience narrows the campaign's."""
        return self._read[1]

    @property
    def faults(self) -> tuple[tuple[Path, ConditionFault], ...]:
        """Everything wrong with audience conditions, each with its path in the spec."""
        return self._read[2]
