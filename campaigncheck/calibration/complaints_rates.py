"""How many complaints a finding brings, estimated from all campaigns together.

Complaints about a topic of a campaign are Poisson; their mean is the number of its customers times

    what people complain about the topic anyway + the rates of the findings on the topic

(a finding that is on several topics counts with an equal part in each). Each rate has a gamma distribution before anything
is counted: its mean is the assumption, its weight that of ``complaint_prior`` complaints. The rates are those at which each is
the gamma–Poisson mean of the complaints dealt out to it, in proportion to what is expected of each cause: where expectation
maximisation would end (Shepp & Vardi, *IEEE Trans. Medical Imaging* 1, 1982, have the same additive model). The logarithm of the likelihood is
concave, so damped steps of Newton's method find it in a few rounds (Nesterov & Nemirovskii 1994). How sure the rates are
is read off the information that is left once complaints have to be dealt out (Louis, *JRSS B* 44, 1982).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigncheck.aftercare.rates import gamma
from campaigncheck.calibration.intervals import NORMAL

Floats = NDArray[np.float64]

_ROUNDS = 500
_ENOUGH = 1e-9
_NEAR = 0.25
_LEAST = 0.01
"""Rounds end when the next step is of no account; steps are whole when they are short, and never take a rate to nothing."""


class Cell(NamedTuple):
    """A topic of a campaign: its customers, its complaints, and for each rule the findings on it (parts count as parts)."""

    topic: str
    customers: float
    complaints: int
    findings: Mapping[str, float]


class Estimate(NamedTuple):
    """A rate for each customer with its interval, what was assumed, and what it comes from."""

    name: str
    rate: float
    low: float
    high: float
    assumed: float
    complaints: float
    customers: float


class Estimates(NamedTuple):
    """The rates of rules, and of what people complain about topics anyway."""

    rules: tuple[Estimate, ...]
    topics: tuple[Estimate, ...]


def estimate(cells: Sequence[Cell], assumed: Mapping[str, float], usual: float, prior: float) -> Estimates:
    """Return the rates of everything that the cells speak of.

    Args:
        cells: topics of campaigns whose customers are known.
        assumed: the rate assumed of each rule.
        usual: the rate assumed of each topic anyway.
        prior: how many complaints an assumption is worth.
    """
    rules = sorted({rule for cell in cells for rule in cell.findings})
    topics = sorted({cell.topic for cell in cells})
    means = np.array([*(assumed[rule] for rule in rules), *(usual for _ in topics)])
    if not len(means):
        return Estimates((), ())
    design, counts = _design(_merged(cells), [*rules, *topics], len(rules))
    found = _fitted(design, counts, means, prior)
    told = [
        Estimate(name, *map(float, row))
        for name, row in zip((*rules, *topics), np.column_stack(found).tolist(), strict=True)
    ]
    return Estimates(tuple(told[: len(rules)]), tuple(told[len(rules) :]))


def _merged(cells: Sequence[Cell]) -> list[Cell]:
    """Put cells together that differ in nothing but how many customers they have: sums are all that counts of them."""
    found: dict[tuple[str, tuple[tuple[str, float], ...]], tuple[float, int]] = {}
    for cell in cells:
        key = cell.topic, tuple(sorted(cell.findings.items()))
        customers, complaints = found.get(key, (0.0, 0))
        found[key] = customers + cell.customers, complaints + cell.complaints
    return [Cell(topic, *sums, dict(findings)) for (topic, findings), sums in sorted(found.items())]


def _design(cells: Sequence[Cell], names: Sequence[str], rules: int) -> tuple[Floats, Floats]:
    """Return the customers of each cell by what may cause its complaints, and its complaints."""
    places = {name: at for at, name in enumerate(names[:rules])}
    topics = {name: at for at, name in enumerate(names[rules:], start=rules)}
    design = np.zeros((len(cells), len(names)))
    for row, cell in enumerate(cells):
        design[row, topics[cell.topic]] = cell.customers
        for rule, findings in cell.findings.items():
            design[row, places[rule]] = cell.customers * findings
    return design, np.array([float(cell.complaints) for cell in cells])


def _fitted(design: Floats, counts: Floats, means: Floats, prior: float) -> tuple[Floats, ...]:
    """Return rates, both ends of their intervals, assumptions, complaints dealt out, and customers."""
    priors = [gamma(float(mean), prior) for mean in means]
    ahead, behind = (np.array(part) for part in zip(*priors, strict=True))
    customers = design.sum(axis=0)
    rates = np.where(means > 0, means, (ahead + counts.sum()) / (behind + customers.sum()))
    for _ in range(_ROUNDS):
        dealt, information = _look(design, counts, rates, ahead)
        slope = dealt + ahead - (customers + behind) * rates
        step = np.linalg.solve(information, slope)
        distance = math.sqrt(max(float(slope @ step), 0.0))
        if distance < _ENOUGH:
            break
        rates = rates * np.maximum(1 + (step if distance < _NEAR else step / (1 + distance)), _LEAST)
    dealt, information = _look(design, counts, rates, ahead)
    low, high = _interval(rates, np.diag(np.linalg.inv(information)))
    return rates, low, high, means, dealt, customers


def _look(design: Floats, counts: Floats, rates: Floats, ahead: Floats) -> tuple[Floats, Floats]:
    """Deal the complaints of each cell out in proportion to what is expected of each cause.

    Return also the information about the rates, each in parts of itself.
    """
    expected = design @ rates
    parts = design * rates / expected[:, None]
    return np.asarray(counts @ parts), np.asarray((parts * counts[:, None]).T @ parts + np.diag(ahead))


def _interval(rates: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return the 95 % interval of gamma distributions (Wilson & Hilferty 1931); ``spread`` is the squared variation of each."""
    centre, half = 1 - spread / 9, NORMAL * np.sqrt(spread) / 3
    return rates * np.maximum(centre - half, 0.0) ** 3, rates * (centre + half) ** 3
