"""The after-service cost of the campaigns of a run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from campaigncheck.aftercare.cost import aftercare
from campaigncheck.aftercare.model import Aftercare, Fault, Prices, standing
from campaigncheck.aftercare.rates import Limits, kind, rate
from campaigncheck.algebra.days import Days
from campaigncheck.engine.finding import Finding, Outcome, Report
from campaigncheck.handling.words import done
from campaigncheck.understand.draws import Draws


def of_report(report: Report) -> dict[str, Aftercare]:
    """Return what is left of each campaign that has something left, by path."""
    faults: dict[str, list[Fault]] = {}
    for finding in report.findings:
        for fault in _fault(finding):
            faults.setdefault(finding.path, []).append(fault)
    if not faults:
        return {}
    return {
        outcome.path: _of_campaign(outcome, faults[outcome.path], report)
        for outcome in report.outcomes
        if outcome.path in faults and outcome.entry is not None
    }


def _fault(finding: Finding) -> Iterator[Fault]:
    waived = finding.waived is not None
    stands = standing(finding.severity, waived)
    if stands != "harmless" and kind(finding.rule) is not None:
        yield Fault(finding.rule, finding.place, finding.pointer, stands == "blocking", waived)


def _of_campaign(outcome: Outcome, faults: list[Fault], report: Report) -> Aftercare:
    entry = outcome.entry
    assert entry is not None  # asked only of those that have one
    limit = partial(report.limit, region=entry.owner)
    prices = Prices(limit("complaint_orders"), limit("complaint_person"), limit("repair_hour"))
    people = None if entry.draws is None else customers(entry.draws, entry.days)
    return aftercare(
        faults, people, prices, lambda rule: rate(rule, limit, report.measured), lambda rule: _minutes(rule, limit)
    )


def customers(draws: Draws, left: Days) -> float:
    """Return how many people are still to come, on all channels, to buy or to ask, on the days that are left."""
    gone = min(1.0, max(0, left.first - draws.period.first) / draws.period.length)
    return draws.uptake * (1 + draws.enquiries) * (1 - done(gone, draws.front_loaded))


def _minutes(rule: str, limit: Limits) -> float:
    named = kind(rule)
    return limit(f"repair_{named}") if named else 0.0
