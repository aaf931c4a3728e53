"""How many of the customers who meet a finding complain of it: assumed by the policy, measured where there are figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from campaigncheck.catalogue.complaints import ComplaintKind, Measured

PER = 10_000
"""Rates are told of so many customers."""

_IGNORANCE = 0.5

Limits = Callable[[str], float]
"""A figure of the policy by its name."""

Source = Literal["assumed", "measured"]

_FAMILIES: dict[str, ComplaintKind] = {
    "CONF": "promise",
    "FREQ": "crowd",
    "LANG": "word",
    "FAQ": "answer",
    "TIME": "wait",
    "WAIT": "wait",
    "READY": "support",
    "SAFE": "charge",
    "GATE": "support",
    "WAIV": "support",
}
"""What customers complain of if something of a family of rules is left; what makes a spec no spec (SPEC) never launches."""

_RULES: dict[str, ComplaintKind] = {
    "CONF005": "answer",
    "CONF006": "crowd",
    "FREQ006": "answer",
    "LANG002": "answer",
    "LANG003": "promise",
    "LANG005": "promise",
    "FAQ003": "promise",
    "TIME003": "support",
}
"""Rules that are otherwise than their family: false or unconditional promises are about money, a lexicon or not."""


@lru_cache(maxsize=1 << 10)
def kind(rule: str) -> ComplaintKind | None:
    """Return what customers complain of because of a rule's findings; None if nobody can."""
    return _RULES.get(rule) or _FAMILIES.get(rule.rstrip("0123456789"))


class Rate(NamedTuple):
    """The share of customers who complain because of one finding, and where it is from."""

    value: float
    source: Source


def rate(rule: str, limit: Limits, measured: Mapping[str, Measured]) -> Rate:
    """Return the rate of a rule.

    Complaints are Poisson, the rate's prior a gamma distribution about the assumption that is worth ``complaint_prior``
    complaints: the more was counted, the more it counts.
    """
    named = kind(rule)
    if named is None:
        return Rate(0.0, "assumed")
    assumed = limit(f"complaints_{named}") / PER
    known = measured.get(rule)
    if known is None:
        return Rate(min(assumed, 1.0), "assumed")
    return Rate(min(shrunk(assumed, limit("complaint_prior"), known), 1.0), "measured")


def shrunk(assumed: float, prior: float, known: Measured) -> float:
    """Return the mean of the rate after counting."""
    ahead, behind = gamma(assumed, prior)
    return (ahead + known.complaints) / (behind + known.customers)


def gamma(assumed: float, prior: float) -> tuple[float, float]:
    """Return what an assumption is worth: complaints, and the customers among whom they are.

    Nothing assumed, or an assumption worth nothing, is Jeffreys' prior: half a complaint among nobody.
    """
    return (prior, prior / assumed) if assumed > 0 and prior > 0 else (_IGNORANCE, 0.0)
