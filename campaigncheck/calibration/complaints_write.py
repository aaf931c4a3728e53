"""Writes what complaints have shown: the catalogue of measured rates, and everything as data."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from campaigncheck import __version__
from campaigncheck.aftercare.rates import PER
from campaigncheck.calibration.complaints_rates import Estimate
from campaigncheck.calibration.complaints_run import Cause, Handled, Outcome
from campaigncheck.calibration.intervals import CONFIDENCE
from campaigncheck.calibration.write import COMPLAINTS, COMPLAINTS_REPORT, figure
from campaigncheck.catalogue.complaints import COLUMNS

SOURCE = "measured {first}..{last}"


def write_complaints(folder: Path, outcome: Outcome) -> list[str]:
    """Write the catalogue, if there are rates, and the report; return the names of the files."""
    names = []
    if outcome.estimates.rules:
        with (folder / COMPLAINTS).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS)
            source = SOURCE.format(first=outcome.first, last=outcome.last)
            writer.writerows([*_cells(item), source] for item in outcome.estimates.rules)
        names.append(COMPLAINTS)
    text = json.dumps(_data(outcome), ensure_ascii=False, indent=1) + "\n"
    (folder / COMPLAINTS_REPORT).write_text(text, encoding="utf-8", newline="\n")
    return [*names, COMPLAINTS_REPORT]


def _cells(item: Estimate) -> list[str]:
    rates = [f"{value * PER:.4f}" for value in (item.rate, item.low, item.high)]
    return [item.name, f"{item.complaints:.4f}", f"{item.customers:.4f}", *rates]


def _data(outcome: Outcome) -> dict[str, Any]:
    seen, (hours, target) = outcome.seen, outcome.promise
    counts = {cause.campaign: 0 for cause in outcome.causes}
    for cause in outcome.causes:
        counts[cause.campaign] += cause.complaints
    return {
        "version": 1,
        "tool": {"name": "campaigncheck", "version": __version__},
        "source": "measured",
        "confidence": CONFIDENCE,
        "complaints": {
            "files": list(seen.files), "unreadable_files": list(seen.unreadable), "rows": seen.rows, "used": seen.used,
            "set_aside": dict(seen.set_aside), "time_zones": dict(seen.zones), "ignored_columns": list(seen.ignored),
            "first": outcome.first.isoformat(), "last": outcome.last.isoformat(),
        },
        "in_time": {
            "promise_hours": hours, "target_per_cent": target, "all": _handled(outcome.handled),
            "channels": _groups("channel", outcome.by_channel), "campaigns": _groups("campaign", outcome.by_campaign),
        },
        "rates": [{"rule": item.name, **_rate(item)} for item in outcome.estimates.rules],
        "usual_rates": [{"topic": item.name, **_rate(item)} for item in outcome.estimates.topics],
        "campaigns": [
            {
                "campaign": item.past.campaign.id, "path": item.past.spec.shown, "customers": _perhaps(item.customers),
                "complaints": counts.get(item.past.campaign.id, 0), "findings": len(item.faults),
            }
            for item in outcome.studied
        ],
        "causes": [_cause(cause) for cause in outcome.causes],
    }  # fmt: skip


def _perhaps(value: float | None) -> float | None:
    return None if value is None else figure(value)


def _groups(name: str, groups: Mapping[str, Handled]) -> list[dict[str, Any]]:
    return [{name: key, **_handled(handled)} for key, handled in groups.items()]


def _handled(handled: Handled) -> dict[str, Any]:
    share = handled.in_time
    return {**handled._asdict(), "in_time_per_cent": None if share is None else figure(share * 100)}


def _rate(item: Estimate) -> dict[str, Any]:
    return {
        "of_10000": figure(item.rate * PER), "interval": [figure(item.low * PER), figure(item.high * PER)],
        "assumed_of_10000": figure(item.assumed * PER), "complaints": figure(item.complaints), "customers": figure(item.customers),
    }  # fmt: skip


def _cause(cause: Cause) -> dict[str, Any]:
    place = cause.clause.place
    return {
        "campaign": cause.campaign, "path": cause.path, "topic": cause.topic, "complaints": cause.complaints,
        "of_10000": figure(cause.complaints / cause.customers * PER) if cause.customers else None,
        "clause": {"pointer": cause.clause.pointer, "line": place.line, "column": place.column},
        "findings": [
            {"rule": fault.rule, "line": fault.place.line, "column": fault.place.column, "pointer": fault.pointer}
            for fault in cause.faults
        ],
    }  # fmt: skip
