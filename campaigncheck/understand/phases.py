"""What an offer costs, month after month."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.spec.model import Offer


class Phase(NamedTuple):
    """Months (counted from 1, ``last`` None: for ever) at one price; no amount: free."""

    first: int
    last: int | None
    amount: float | None
    per: str


def phases(offer: Offer) -> list[Phase]:
    """Return the offer's prices in order of time."""
    price, free = offer.price, offer.free_months
    per = price.per if price else "month"
    found = [Phase(1, free, None, per)] if free else []
    if price is None:
        return found
    if price.for_months is None and price.then is not None and free:
        return [*found, Phase(free + 1, None, price.then, per)]
    end = free + price.for_months if price.for_months else None
    found.append(Phase(free + 1, end, price.amount, per))
    if end is not None and price.then is not None:
        found.append(Phase(end + 1, None, price.then, per))
    return found
