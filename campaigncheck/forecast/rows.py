"""The forecast as rows, for programs: JSON and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.cells import BYTE_ORDER_MARK, harmless
from campaigncheck.forecast.left_out import data, where
from campaigncheck.forecast.model import Forecast, Hour
from campaigncheck.forecast.robust import Flip, Robustness
from campaigncheck.forecast.stress import Stress
from campaigncheck.messages import Lang

VERSION = 1
_PEOPLE, _MINUTES, _SHARE = 2, 2, 4
"""Digits behind the point."""


def write_json(
    forecast: Forecast,
    stresses: Sequence[Stress] | None,
    scenarios: Sequence[tuple[str, Forecast]],
    robust: Sequence[Robustness] | None,
    only_broken: bool,
    lang: Lang = "zh",
    aftercare: Mapping[str, Any] | None = None,
) -> str:
    """Write the rows, and what else was asked for: each campaign's largest uptake that keeps every promise, what-ifs."""
    told: dict[str, Any] = {"version": VERSION, "rows": list(_rows(forecast, only_broken))}
    after, before = forecast.past_bearing
    told["past_bearing"] = {"with": round(after, _PEOPLE), "without": round(before, _PEOPLE)}
    if forecast.left_out:
        told["left_out"] = data(forecast.left_out, lang)
    if forecast.without_demand:
        told["without_demand"] = list(forecast.without_demand)
    if stresses is not None:
        told["stress"] = {item.id: item.uptake for item in stresses}
        told["binding"] = {item.id: _binding(item) for item in stresses}
    if robust is not None:
        told["robustness"] = {
            item.id: {"breaks": item.breaks, "turns_at": {flip.assumption: _factor(flip) for flip in item.flips}}
            for item in robust
        }
    if scenarios:
        told["scenarios"] = [_scenario(name, other) for name, other in scenarios]
    if aftercare is not None:
        told["aftercare"] = dict(aftercare)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _factor(flip: Flip) -> float | None:
    return None if flip.factor is None else round(flip.factor, 3)


def _scenario(name: str, forecast: Forecast) -> dict[str, Any]:
    every, kept = forecast.kept
    breaking = [item.id for item in forecast.campaigns if item.worst is not None]
    told: dict[str, Any] = {"name": name, "hours": every, "kept": kept, "breaking": breaking}
    if forecast.left_out:
        told["halls_left_out"] = len(forecast.left_out)
    return told


def write_csv(forecast: Forecast, only_broken: bool, for_excel: bool) -> str:
    """Write the rows as CSV with CRLF (RFC 4180); for Excel with a byte order mark before it.

    Halls that are left out come last, a row each, without figures.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    lost = forecast.left_out
    writer.writerow((*COLUMNS, LEFT_OUT) if lost else COLUMNS)
    for row in _rows(forecast, only_broken):
        cells = [harmless(cell) if isinstance(cell, str) else _cell(cell) for cell in row.values()]
        writer.writerow([*cells, ""] if lost else cells)
    for item in lost:
        why = " ".join((*(DAY_TYPES[kind] for kind in item.kinds), *where(item)))
        writer.writerow([harmless(item.hall), *("" for _ in COLUMNS[1:]), harmless(why)])
    return (BYTE_ORDER_MARK if for_excel else "") + out.getvalue()


COLUMNS = (
    "hall", "date", "hour", "class", "arrivals", "counters", "wait_mean", "wait_p90", "wait_mean_before",
    "queue_per_counter", "promise", "kept", "over_promise", "assumed",
)  # fmt: skip

LEFT_OUT = "left_out"
"""The further column where halls are left out: their types of day, and the rows that are to be mended."""


def _rows(forecast: Forecast, only_broken: bool) -> Iterator[dict[str, Any]]:
    for hour in forecast.hours(only_broken):
        yield dict(zip(COLUMNS, _cells(hour), strict=True))


def _cells(hour: Hour) -> tuple[Any, ...]:
    return (
        hour.hall,
        date.fromordinal(hour.day).isoformat(),
        hour.hour,
        "premium" if hour.premium else "other",
        round(hour.arrivals, _PEOPLE),
        hour.counters,
        round(hour.mean, _MINUTES),
        round(hour.p90, _MINUTES),
        round(hour.before, _MINUTES),
        round(hour.queue, _PEOPLE),
        hour.promise,
        hour.kept,
        round(hour.over, _SHARE),
        hour.assumed,
    )


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _binding(item: Stress) -> dict[str, Any] | None:
    bound = item.binding
    if bound is None:
        return None
    return {
        "hall": bound.hall,
        "date": date.fromordinal(bound.day).isoformat(),
        "hour": bound.hour,
        "class": "premium" if bound.premium else "other",
        "planned": item.planned,
    }
