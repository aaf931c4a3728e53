"""Works out what findings cost.

A customer meets every finding of a campaign, and complains at most once: with rates r of single findings the chance is
1 - Π(1 - r). So findings never add up to more complaints than there are customers, and each further one adds something.

What repairing one finding saves is what all cost, less what the others cost.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from campaigncheck.aftercare.model import Aftercare, Cost, Fault, Prices, Share
from campaigncheck.aftercare.rates import Rate

_MINUTES = 60.0

Rates = Callable[[str], Rate]
Minutes = Callable[[str], float]
"""Minutes it takes to repair a finding of a rule."""


class _Groups(NamedTuple):
    """How many findings there are of each rule, and the rates."""

    counts: Mapping[str, int]
    rates: Mapping[str, Rate]

    def calm(self, without: str | None = None) -> float:
        """Return the share of customers who do not complain; ``without`` one finding of a rule."""
        factors = [
            (1 - self.rates[rule].value) ** (count - (rule == without)) for rule, count in sorted(self.counts.items())
        ]
        return math.prod(factors)


def aftercare(
    faults: Sequence[Fault], customers: float | None, prices: Prices, rates: Rates, minutes: Minutes
) -> Aftercare:
    """Return what the findings of a campaign cost.

    Args:
        faults: its findings.
        customers: how many are still to come; None if nobody knows.
        prices: what complaints and repairs cost.
        rates: the rate of a rule.
        minutes: the minutes to repair a finding of a rule.
    """
    known = {fault.rule: rates(fault.rule) for fault in faults}
    everything = _Groups(Counter(fault.rule for fault in faults), known)
    saved = {rule: _saved(everything, rule, customers) for rule in known}
    shares = [_share(fault, known[fault.rule], saved[fault.rule], prices, minutes(fault.rule)) for fault in faults]
    left = [fault for fault in faults if not fault.blocking]
    return Aftercare(
        customers,
        _cost(left, known, customers, prices, minutes),
        _cost(faults, known, customers, prices, minutes),
        tuple(sorted(shares, key=_first)),
    )


def complaints(groups: Mapping[str, int], rates: Mapping[str, Rate], customers: float) -> float:
    """Return how many customers complain of some findings, given as how many there are of each rule."""
    return customers * (1 - _Groups(groups, rates).calm())


def _cost(
    faults: Sequence[Fault], rates: Mapping[str, Rate], customers: float | None, prices: Prices, minutes: Minutes
) -> Cost:
    counts = Counter(fault.rule for fault in faults)
    repair = math.fsum(minutes(rule) * count for rule, count in counts.items())
    yuan = repair / _MINUTES * prices.hour
    if customers is None:
        return Cost(len(faults), None, None, None, repair, yuan)
    expected = complaints(counts, rates, customers)
    return Cost(len(faults), expected, expected / prices.orders, expected * prices.complaint, repair, yuan)


def _saved(groups: _Groups, rule: str, customers: float | None) -> float | None:
    if customers is None:
        return None
    return customers * groups.calm(without=rule) * groups.rates[rule].value


def _share(fault: Fault, rate: Rate, saved: float | None, prices: Prices, minutes: float) -> Share:
    yuan = None if saved is None else saved * prices.complaint
    return Share(fault, rate, saved, yuan, minutes, minutes / _MINUTES * prices.hour)


def _first(share: Share) -> tuple[object, ...]:
    """Order by what a minute of repair saves, most first; nothing to repair goes before everything.

    Without a number of customers the rates order alike: all findings meet the same customers.
    """
    weight = share.rate.value / (1 - share.rate.value) if share.rate.value < 1 else math.inf
    per_minute = weight / share.repair_minutes if share.repair_minutes else math.inf
    fault = share.fault
    return -per_minute, fault.place, fault.rule, fault.pointer, fault.blocking, fault.waived
