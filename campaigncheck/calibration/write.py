"""Writes what a calibration has found into a folder: all of it, or nothing."""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np

from campaigncheck import __version__
from campaigncheck.calibration.hours import HourRow
from campaigncheck.calibration.intervals import CONFIDENCE, Service
from campaigncheck.calibration.outcome import Outcome
from campaigncheck.calibration.past import PastCampaign, Rate
from campaigncheck.calibration.rows import Layout
from campaigncheck.calibration.stage import Sources
from campaigncheck.calibration.steps import write_steps
from campaigncheck.calibration.tickets import Checked
from campaigncheck.catalogue.files import shown
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.network import HOUR_COLUMNS
from campaigncheck.catalogue.workdays import DAY_TYPES
from campaigncheck.cells import BYTE_ORDER_MARK, harmless
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Text

REJECTED = "rejected.csv"
REPORT = "calibration.json"
STEPS = "steps.yaml"
NETWORK = "network"
COMPLAINTS = "complaints.csv"
COMPLAINTS_REPORT = "complaints.json"
COMPLAINTS_REJECTED = "rejected-complaints.csv"
_OURS = {REJECTED, REPORT, STEPS, NETWORK, COMPLAINTS, COMPLAINTS_REPORT, COMPLAINTS_REJECTED}

_HELD = 500_000
"""Rows set aside that are held in memory at once, but for those of one file."""

_FULL = Text("{path} 里有别的文件：{names}", "{path} holds other files: {names}")
_FULL_HINT = Text(
    "-o 写一个新的文件夹，或者上一次 calibrate 的结果；看过以后再把 network 和 steps.yaml 放进规则目录。",
    "-o names a new folder, or the result of an earlier run; copy network and steps.yaml into the rules folder after a look.",
)


def refuse_full(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier result, such as the rules folder itself."""
    others = sorted(item.name for item in folder.iterdir() if item.name not in _OURS) if folder.is_dir() else []
    if others:
        raise UsageError(_FULL(path=shown(folder), names=others[:5]), _FULL_HINT())


@contextmanager
def result_folder(target: Path) -> Iterator[Path]:
    """Give a folder beside the target: what is in its ``ready`` takes the target's place in the end, nothing else is left."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        ready = work / "ready"
        ready.mkdir()
        yield work
        if target.exists():
            os.replace(target, work / "before")
        try:
            os.replace(ready, target)
        except OSError:
            if (work / "before").exists():
                os.replace(work / "before", target)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_rejected(file: Path, checked: Checked, sources: Sources) -> None:
    """Write the rows set aside, in order of file and row; a file that cannot be read is one line."""
    names = [source.shown for source in sources.files]
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.write(BYTE_ORDER_MARK)
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(("file", "row", "reason", *sources.layout.columns, "as_written"))
        blank = [""] * (len(sources.layout.columns) + 1)
        writer.writerows([harmless(name), "", "unreadable", *blank] for name in sources.unreadable)
        for first, last in _portions(checked.bad):
            part = checked.bad.filter((checked.bad.file >= first) & (checked.bad.file <= last))
            fetched = part.order_by(["file", "row"]).to_pyarrow().to_pydict()
            for row in zip(*fetched.values(), strict=True):
                writer.writerow(_rejected(dict(zip(fetched, row, strict=True)), names, sources.layout))


def _portions(bad: ir.Table) -> Iterator[tuple[int, int]]:
    """Yield ranges of files with few enough bad rows to be held at once."""
    counted = bad.group_by("file").agg(rows=bad.count()).to_pyarrow().to_pydict()
    held, first, last = 0, None, 0
    for file, rows in sorted(zip(counted["file"], counted["rows"], strict=True)):
        if first is not None and held + rows > _HELD:
            yield first, last
            held, first = 0, None
        first, last, held = file if first is None else first, file, held + rows
    if first is not None:
        yield first, last


def _rejected(row: dict[str, Any], names: Sequence[str], layout: Layout) -> list[str | int]:
    cells = [
        (row[name] or "") if name in layout.texts else "" if row[name] is None else _moment(row[name])
        for name in layout.columns
    ]
    cells.append(row["raw"] or "")
    return [harmless(names[row["file"]]), row["row"], row["reason"], *map(harmless, cells)]


def _moment(seconds: int) -> str:
    try:
        return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat()
    except OverflowError:
        return str(seconds)


def write_result(folder: Path, outcome: Outcome, catalogues: Catalogues, halls: Path) -> list[str]:
    """Write the network, the steps if any were scaled, and the report; return the names of the files."""
    (folder / NETWORK).mkdir()
    shutil.copyfile(halls, folder / NETWORK / "halls.csv")
    with (folder / NETWORK / "hours.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HOUR_COLUMNS)
        writer.writerows(row.cells for row in outcome.rows)
    if outcome.steps:
        (folder / STEPS).write_text(write_steps(outcome.steps, catalogues.steps), encoding="utf-8", newline="\n")
    with (folder / REPORT).open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_report(outcome))
    return [
        name
        for name in (f"{NETWORK}/halls.csv", f"{NETWORK}/hours.csv", STEPS, REPORT, REJECTED)
        if (folder / name).exists()
    ]


def _report(outcome: Outcome) -> Iterator[str]:
    """Yield the JSON: facts first, then the two large tables, a row a line."""
    head = json.dumps(_head(outcome), ensure_ascii=False, indent=1)
    yield head[:-2] + ",\n"
    yield from _table("halls", _HALL_COLUMNS, _hall_rows(outcome))
    yield ",\n"
    yield from _table("hours", _HOUR_FIGURES, _hour_rows(outcome))
    yield "\n}\n"


def _table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield f' "{name}": {{\n  "columns": {json.dumps(columns)},\n  "rows": ['
    separator = "\n   "
    for row in rows:
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n   "
    yield "\n  ]\n }"


def _head(outcome: Outcome) -> dict[str, Any]:
    seen, kinds = outcome.seen, list(outcome.kinds.values())
    names, transactions = outcome.transactions
    return {
        "version": 1,
        "tool": {"name": "campaigncheck", "version": __version__},
        "source": "measured",
        "confidence": CONFIDENCE,
        "tickets": {
            "files": list(seen.files), "unreadable_files": list(seen.unreadable), "rows": seen.rows, "used": seen.used,
            "set_aside": dict(seen.set_aside), "time_zones": dict(seen.zones), "ignored_columns": list(seen.ignored),
        },
        "days": {
            "first": outcome.first.isoformat(), "last": outcome.last.isoformat(),
            "by_type": {name: kinds.count(number) for number, name in enumerate(DAY_TYPES)},
            "provisional_years": list(outcome.provisional),
        },
        "transactions": [{"transaction": name, **_service(transactions, at)} for at, name in enumerate(names)],
        "campaigns": [_campaign(item) for item in outcome.past],
        "steps": [
            {"step": step.id, "minutes": list(step.minutes), "factor": step.factor, "tickets": step.tickets, "campaigns": list(step.campaigns)}
            for step in outcome.steps
        ],
    }  # fmt: skip


def figure(value: Any, digits: int = 3) -> float | None:
    """Return a number rounded for the report; None where there is none."""
    number = round(float(value), digits)
    return number + 0.0 if np.isfinite(number) else None


def _service(service: Service, at: int) -> dict[str, Any]:
    return {
        "served": int(service.rows[at]),
        "service_mean": figure(service.mean[at]),
        "service_mean_interval": [figure(service.mean_low[at]), figure(service.mean_high[at])],
        "service_scv": figure(service.scv[at]),
        "service_scv_interval": [figure(service.scv_low[at]), figure(service.scv_high[at])],
    }


def _campaign(item: PastCampaign) -> dict[str, Any]:
    handling = _service(item.handling, 0)
    return {
        "campaign": item.id, "path": item.path, "days": item.days, "tickets_outside_period": item.outside,
        "transactions_a_day": _rate(item.transactions), "enquiries_a_day": _rate(item.enquiries),
        "handling_minutes": {**handling, "predicted_mean": figure(item.predicted_minutes)},
    }  # fmt: skip


def _rate(rate: Rate) -> dict[str, Any]:
    interval = [figure(rate.low), figure(rate.high)]
    return {"actual": figure(rate.mean), "interval": interval, "predicted": figure(rate.predicted)}


_HALL_COLUMNS = (
    "hall", "days_used", "days_cut", "dispersion_premium", "dispersion_other", "served",
    "service_mean", "service_mean_low", "service_mean_high", "service_scv", "service_scv_low", "service_scv_high",
)  # fmt: skip


def _hall_rows(outcome: Outcome) -> Iterator[list[Any]]:
    arrivals, service = outcome.estimates.arrivals, outcome.estimates.service.halls
    for at, hall in enumerate(outcome.halls):
        if not service.rows[at] and not arrivals.days[at].any():
            continue
        figures = (service.mean, service.mean_low, service.mean_high, service.scv, service.scv_low, service.scv_high)
        spread = [figure(value) for value in arrivals.dispersion[at]]
        counts = [int(arrivals.days[at].sum()), int(arrivals.cut[at]), *spread, int(service.rows[at])]
        yield [hall, *counts, *(figure(part[at]) for part in figures)]


_HOUR_FIGURES = (
    "hall", "day_type", "hour", "days", "counters", "counters_low", "counters_high", "counters_basis", "counters_looks",
    "arrivals_premium", "arrivals_premium_low", "arrivals_premium_high", "tickets_premium",
    "arrivals_other", "arrivals_other_low", "arrivals_other_high", "tickets_other",
    "served", "service_mean", "service_mean_low", "service_mean_high", "service_scv", "service_scv_low", "service_scv_high",
)  # fmt: skip


def _hour_rows(outcome: Outcome) -> Iterator[list[Any]]:
    for row in outcome.rows:
        if row.at is not None:
            yield _hour_row(row, row.at, outcome)


def _hour_row(row: HourRow, at: tuple[int, int, int], outcome: Outcome) -> list[Any]:
    arrivals, counters, service = (getattr(outcome.estimates, name) for name in ("arrivals", "counters", "service"))
    seen = row.basis == "seen"
    bounds = [int(part[at]) if seen else None for part in (counters.low, counters.high)]
    found: list[Any] = [*row.cells[:2], int(row.cells[2]), int(arrivals.days[at[:2]]), int(row.cells[3]), *bounds]
    found += [row.basis, int(counters.looks[at])]
    for number in range(2):
        where = (*at, number)
        found += [figure(part[where]) for part in (arrivals.mean, arrivals.low, arrivals.high)]
        found.append(int(arrivals.total[where]))
    found.append(int(service.rows[at]))
    for part in (service.mean, service.scv):
        found += [figure(value[at]) for value in part]
    return found
