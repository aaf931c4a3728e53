"""Make queue tickets like those of real halls, by simulating every customer of every day.

Usage: python -m benchmarks.tickets DIR [--rows N] [--days N] [--start DATE] [--seed N] [--csv] [--bad SHARE]
                                        [--network rules/network] [--campaign ID:A_DAY:MINUTES]...

``benchmarks/hall_day.py`` simulates them at the rates of ``hours.csv``; the files are in DIR/tickets. With more rows than
the halls of the network fill there are more halls of the same kind, listed with their hours in DIR/network. The same seed
makes the same tickets; memory does not grow with their number.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks.hall_day import TRANSACTIONS, Campaign, Day, Hour, simulate
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.workdays import WorkCalendar

SEED = 20261122
EDGE = 3
CHUNK = 1 << 20
EPOCH = date(1970, 1, 1)
TIMES = ("taken", "called", "finished")
SLIP = -1
"""A time that cannot be read."""
COLUMNS = ("ticket", "hall", "class", "transaction", "taken", "called", "finished", "campaign")
BAD = (
    "time",
    "finished_early",
    "called_early",
    "hall",
    "class",
    "empty",
    "twice",
    "not_served",
    "too_long",
    "another_day",
)
"""What can be wrong with a row, as ``calibrate`` calls it."""

Hours = dict[str, dict[str, Day]]
"""By hall and type of day."""


def read_hours(file: Path) -> Hours:
    """Read ``hours.csv``."""
    found: Hours = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            hour = Hour(
                int(row["counters"]), float(row["arrivals_premium"]), float(row["arrivals_other"]),
                float(row["service_mean"]), float(row["service_scv"]),
            )  # fmt: skip
            found.setdefault(row["hall"], {}).setdefault(row["day_type"], {})[int(row["hour"])] = hour
    return found


Columns = dict[str, Any]


def tickets(
    hours: Hours, days: Sequence[date], campaigns: Sequence[Campaign], calendar: WorkCalendar, seed: int
) -> Iterator[Columns]:
    """Yield the tickets of every hall on every day, hall by hall; seconds count from 1970 on the clock of Shanghai."""
    names = np.array([*TRANSACTIONS, ""], dtype=object)
    ids = np.array([*(campaign.id for campaign in campaigns), None], dtype=object)
    for number, (hall, types) in enumerate(hours.items()):
        random = np.random.default_rng((seed, number))
        for day in days:
            kind = calendar.day_type(day, EDGE)
            if kind not in types:
                continue
            visits = simulate(types[kind], campaigns, random)
            start = (day - EPOCH).days * 86_400
            people = len(visits.taken)
            yield {
                "ticket": [f"{'V' if premium else 'A'}{turn:04}" for turn, premium in enumerate(visits.premium.tolist(), 1)],
                "hall": [hall] * people,
                "class": np.where(visits.premium, "premium", "other").tolist(),
                "transaction": names[visits.transaction].tolist(),
                **{name: start + np.floor(getattr(visits, name)).astype(np.int64) for name in TIMES},
                "campaign": ids[visits.campaign].tolist(),
            }  # fmt: skip


def joined(parts: Iterator[Columns], rows: int) -> Iterator[Columns]:
    """Join parts into chunks, ``rows`` rows in all."""
    waiting: list[Columns] = []
    held = 0
    for part in parts:
        fits = min(len(part["hall"]), rows - held)
        waiting.append({name: column[:fits] for name, column in part.items()})
        held += fits
        if held == rows or held >= CHUNK:
            yield _glued(waiting)
            rows -= held
            waiting, held = [], 0
        if not rows:
            return
    if waiting:
        yield _glued(waiting)


def _glued(parts: list[Columns]) -> Columns:
    return {
        name: np.concatenate([part[name] for part in parts])
        if name in TIMES
        else [x for part in parts for x in part[name]]
        for name in COLUMNS
    }


def spoil(columns: Columns, share: float, kinds: Sequence[str], random: np.random.Generator) -> dict[str, int]:
    """Spoil a share of the rows in each way, in place; return how many in each way. No row is spoilt twice."""
    rows = len(columns["hall"])
    number = int(rows * share)
    chosen = random.choice(rows, number * len(kinds), replace=False)
    for at, kind in enumerate(kinds):
        for row in chosen[at * number : (at + 1) * number].tolist():
            _spoil_row(columns, row, kind)
    if "twice" in kinds and number:
        at = kinds.index("twice")
        again = chosen[at * number : (at + 1) * number]
        for name in COLUMNS:
            column = columns[name]
            more = [column[row] for row in again]
            columns[name] = np.concatenate([column, more]) if name in TIMES else [*column, *more]
    return dict.fromkeys(kinds, number)


def _spoil_row(columns: Columns, row: int, kind: str) -> None:
    taken, called, finished = (columns[name] for name in TIMES)
    if kind == "time":
        called[row] = SLIP
    elif kind == "finished_early":
        finished[row] = called[row] - 60
    elif kind == "called_early":
        called[row] = taken[row] - 60
    elif kind == "not_served":
        finished[row] = called[row]
    elif kind == "too_long":
        called[row] = taken[row] // 86_400 * 86_400 + 20 * 3600
        taken[row], finished[row] = called[row] - 9 * 3600, called[row] + 3 * 3600 + 1200
    elif kind == "another_day":
        finished[row] += 86_400
    elif kind in ("hall", "class"):
        columns[kind][row] = "nowhere"
    elif kind == "empty":
        columns["transaction"][row] = ""


def table(columns: Columns, as_text: bool) -> pa.Table:
    """Return tickets as a table; times as text for CSV, and unreadable where they are ``SLIP``."""
    arrays = {}
    for name in COLUMNS:
        if name not in TIMES:
            arrays[name] = pa.array(columns[name], pa.string())
        elif as_text:
            texts = columns[name].astype("datetime64[s]").astype(str).tolist()
            for row in np.flatnonzero(columns[name] == SLIP).tolist():
                texts[row] = "9:65"
            arrays[name] = pa.array(texts, pa.string())
        else:
            arrays[name] = pa.array(columns[name] * 1_000_000, pa.timestamp("us"))
    return pa.table(arrays)


def write(folder: Path, chunks: Iterator[Columns], as_csv: bool, bad: float, seed: int) -> dict[str, int]:
    """Write tickets into files of a folder, a chunk each; return how many rows there are, and how many bad in which way."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [kind for kind in BAD if as_csv or kind != "time"]
    totals = {"rows": 0}
    for number, columns in enumerate(chunks, start=1):
        if bad:
            for kind, rows in spoil(columns, bad, kinds, np.random.default_rng((seed, 1, number))).items():
                totals[kind] = totals.get(kind, 0) + rows
        made = table(columns, as_csv)
        totals["rows"] += made.num_rows
        if as_csv:
            pyarrow.csv.write_csv(
                made, folder / f"tickets-{number:04}.csv", pyarrow.csv.WriteOptions(quoting_style="needed")
            )
        else:
            pq.write_table(made, folder / f"tickets-{number:04}.parquet", compression="zstd")
    return totals


def grown(hours: Hours, copies: int) -> Hours:
    """Return so many halls of each kind; the first of each keeps its name."""
    return {
        hall if copy == 0 else f"{hall}-{copy:03}": types for copy in range(copies) for hall, types in hours.items()
    }


def write_network(folder: Path, network: Path, copies: int) -> None:
    """List the halls and their hours in the way of ``rules/network``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("halls.csv", "hours.csv"):
        with (network / name).open(encoding="utf-8", newline="") as stream:
            top, *rows = csv.reader(stream)
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(top)
            for copy in range(copies):
                writer.writerows([row[0] if copy == 0 else f"{row[0]}-{copy:03}", *row[1:]] for row in rows)


def a_day(hours: Hours) -> float:
    """Return how many customers all halls have on a workday."""
    return sum(hour.premium + hour.other for types in hours.values() for hour in types.get("workday", {}).values())


def _campaign(text: str) -> Campaign:
    name, each_day, minutes = text.split(":")
    return Campaign(name, float(each_day), float(minutes))


def main() -> None:
    """Make tickets."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tickets", description="Make queue tickets.")
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument("--rows", type=int, default=1_000_000, help="tickets in all (%(default)s)")
    parser.add_argument("--days", type=int, default=90, help="days from the first one on (%(default)s)")
    parser.add_argument("--start", type=date.fromisoformat, default=date(2026, 8, 1), help="first day (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--csv", action="store_true", help="CSV instead of Parquet")
    parser.add_argument("--bad", type=float, default=0.0, help="share of rows spoilt in each way (%(default)s)")
    parser.add_argument("--network", type=Path, default=Path("rules/network"), help="halls and hours (%(default)s)")
    parser.add_argument("--campaign", type=_campaign, action="append", default=[], metavar="ID:A_DAY:MINUTES")
    given = parser.parse_args()
    hours = read_hours(given.network / "hours.csv")
    copies = math.ceil(given.rows / (0.9 * a_day(hours) * given.days))
    write_network(given.folder / "network", given.network, copies)
    days = [given.start + timedelta(days=number) for number in range(given.days)]
    calendar = load_catalogues(RuleFiles.at(None)).calendar
    made = tickets(grown(hours, copies), days, given.campaign, calendar, given.seed)
    print(write(given.folder / "tickets", joined(made, given.rows), given.csv, given.bad, given.seed))


if __name__ == "__main__":
    main()
