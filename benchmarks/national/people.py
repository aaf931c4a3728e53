"""Who is addressed: every province has some hundred audiences of its own that its campaigns use again and again."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from campaigncheck.algebra.audience import Attribute, Audience, Constraint, Group, audience, group, one_of, ranges

EACH = 300
"""Audiences of a province."""

GROUPS = (1, 2, 3)
GROUP_SHARES = (72, 20, 8)
CONDITIONS = (1, 2, 3, 4, 5)
CONDITION_SHARES = (10, 20, 30, 25, 15)

NAMES = ("brand", "tenure_months", "monthly_spend", "age", "broadband", "contract", "network", "customer_type")
SHARES = (24, 20, 16, 12, 12, 6, 6, 4)
ONE_VALUE = 0.8
"""Share of named conditions on a single value, such as one brand; the others allow two."""


def draw_audiences(random: Random, domain: Mapping[str, Attribute]) -> list[Audience]:
    """Draw the audiences of a province."""
    return [_audience(random, domain) for _ in range(EACH)]


def draw_narrower(random: Random, domain: Mapping[str, Attribute]) -> Audience:
    """Draw the audience of a single offer: one condition."""
    return audience([_group(random, domain, 1)])


def _audience(random: Random, domain: Mapping[str, Attribute]) -> Audience:
    (groups,) = random.choices(GROUPS, GROUP_SHARES)
    return audience([_group(random, domain, *random.choices(CONDITIONS, CONDITION_SHARES)) for _ in range(groups)])


def _group(random: Random, domain: Mapping[str, Attribute], conditions: int) -> Group | None:
    names = dict.fromkeys(random.choices(NAMES, SHARES, k=conditions))
    return group(domain, {name: _constraint(random, domain[name]) for name in names})


def _constraint(random: Random, attribute: Attribute) -> Constraint:
    if attribute.values:
        count = 1 if random.random() < ONE_VALUE else 2
        return one_of(attribute, random.sample(attribute.values, min(count, len(attribute.values) - 1)))
    return ranges(attribute, [_range(random, attribute)])


def _range(random: Random, attribute: Attribute) -> tuple[int, int]:
    """Draw ``>=x``, ``<=x`` or ``x..y``, in round figures."""
    step = {"tenure_months": 12, "monthly_spend": 20, "age": 5}[attribute.name] * attribute.scale
    low = random.randint(1, 8) * step
    shape = random.random()
    if shape < 0.4:
        return low, attribute.largest
    return (0, low) if shape < 0.6 else (low, low + random.randint(2, 6) * step)
