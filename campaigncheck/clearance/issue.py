"""Issuing a clearance: to whom it is refused, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from campaigncheck import __version__
from campaigncheck.attest.digest import spec_digest
from campaigncheck.attest.statement import Predicate, Statement, state
from campaigncheck.clearance.bound import catalogues, packages
from campaigncheck.clearance.situation import Found, Situation
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.finding import Finding
from campaigncheck.labels import STAGES
from campaigncheck.messages import Message, Text
from campaigncheck.report.names import at

WANTED = "approved"
"""The stage that is cleared; with the clearance it may become ``launched``."""

_STAGE = Text(
    "阶段是{stage}，要先到{wanted}才能签发", "its stage is “{stage}”; only a campaign at “{wanted}” can be cleared"
)
_OVER = Text("活动已经结束，没有要上线的", "it is over: there is nothing to launch")
_FINDING = Text("{rule} {place} {message}", "{rule} {place} {message}")
_DIGITS = 2


def refusals(situation: Situation, campaign: str) -> Iterator[Message]:
    """Yield why a campaign cannot be cleared; nothing if it can."""
    for item in situation.named(campaign):
        if item.understood and item.stage != WANTED:
            yield _STAGE(stage=STAGES[item.stage], wanted=STAGES[WANTED])
        elif item.understood and item.entry is None:
            yield _OVER()
    for found in situation.findings(campaign):
        if stops(found.finding):
            yield told(found.finding)


def stops(finding: Finding) -> bool:
    """Whether a finding keeps a campaign from its launch."""
    return finding.severity == "error" and finding.waived is None


def told(finding: Finding) -> Message:
    """Say what was found, and where."""
    return _FINDING(rule=finding.rule, place=at(finding.path, finding.place), message=finding.message)


def clear(situation: Situation, item: Examined) -> Statement:
    """Return what the clearance of a campaign says to which it is not refused.

    Raises:
        RefusedError: for a spec with figures that JSON cannot hold.
    """
    values = situation.values(item)
    assert values is not None
    predicate = Predicate.model_validate(
        {
            "tool": {"name": "campaigncheck", "version": __version__},
            "issued_on": situation.today.isoformat(),
            "rules": list(situation.rules),
            "plug_ins": packages(),
            "catalogues": catalogues(situation.repository.files),
            "overlaps": sorted({entry.id for entry in situation.overlapping(item.id)}),
            "neighbours": [*_neighbours(situation, item.id)],
            "waived": [waived(found) for found in situation.findings(item.id) if found.finding.waived],
            "handling": _handling(item),
            "waiting": _waiting(situation, item),
        }
    )
    return state(item.id, spec_digest(values), predicate)


def _neighbours(situation: Situation, campaign: str) -> Iterator[dict[str, Any]]:
    for entry in situation.before(campaign):
        digest = {"sha256": spec_digest(situation.values_of(entry))}
        yield {"id": entry.id, "digest": digest, "ends_on": date.fromordinal(entry.days.last).isoformat()}


def waived(found: Found) -> dict[str, Any]:
    """Return an exception as a clearance names it."""
    finding = found.finding
    assert finding.waived is not None
    return {
        "rule": finding.rule,
        "pointer": finding.pointer,
        "fingerprint": found.fingerprint,
        "facts": found.facts,
        "reason": finding.waived.reason,
        "approver": finding.waived.approver,
        "expires_on": finding.waived.expires.isoformat(),
    }


def _handling(item: Examined) -> dict[str, float] | None:
    time = item.handling
    if time is None:
        return None
    figures = {"mean_minutes": time.mean, "p50_minutes": time.p50, "p90_minutes": time.p90}
    return {name: round(float(minutes), _DIGITS) for name, minutes in figures.items()}


def _waiting(situation: Situation, item: Examined) -> list[dict[str, Any]]:
    entry = item.entry
    if entry is None or entry.draws is None or entry.draws.hall <= 0:
        return []
    from campaigncheck.clearance.waits import tightest  # slow to import; only campaigns that draw people to halls
    from campaigncheck.forecast.model import foresee

    catalogues = situation.knowledge.catalogues
    forecast = foresee(situation.portfolio, catalogues, situation.today.toordinal(), frozenset({item.id}))
    return tightest(forecast)
