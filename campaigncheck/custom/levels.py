"""The level of whoever runs a campaign."""

from __future__ import annotations

from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue.models import Level


def level(region: str) -> Level:
    """Return the level of the region that runs a campaign; counties count as their city."""
    if region == COUNTRY:
        return "country"
    return "province" if region.endswith("0000") else "city"
