"""Make complaint orders like those that campaigns would really bring, at rates that are known.

Usage: python -m benchmarks.complaints DIR [--campaigns PATH]... [--rate RULE:OF_10000]... [--usual OF_10000] [--days FROM TO]
                                          [--late SHARE] [--open SHARE] [--bad SHARE] [--seed N] [--csv]

The campaigns at PATH are checked as ``calibrate --complaints`` checks them; each finding brings complaints at the rate of its
rule, each topic some anyway. The number of complaints about a topic is Poisson. The same seed makes the same orders.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from campaigncheck.calibration.complaints_run import weights
from campaigncheck.calibration.complaints_specs import Studied, read_past, study
from campaigncheck.calibration.past import EPOCH
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues

SEED = 20261122
DAY = 86_400
PER = 10_000
CHANNELS = ("hotline", "hall", "app", "sms")
SHARES = (0.6, 0.2, 0.15, 0.05)
COLUMNS = ("order", "campaign", "topic", "channel", "opened", "closed")
BAD = ("campaign", "topic", "closed_early", "empty", "order_twice")
"""What can be wrong with a row, as ``calibrate`` calls it."""

Row = tuple[str, str, str, str, int, int | None]
"""An order; times are seconds since 1970 on the clock of Shanghai."""


def studied(paths: Sequence[str], days: range, catalogues: Catalogues) -> list[Studied]:
    """Return the campaigns that ran in some days, with their findings."""
    past, _ = read_past(paths)
    return study(past, frozenset(), days, catalogues, {}, [])


def orders(
    campaigns: Sequence[Studied],
    days: range,
    rates: Mapping[str, float],
    usual: float,
    late: float,
    left: float,
    seed: int,
) -> Iterator[Row]:
    """Yield orders, campaign by campaign.

    Args:
        campaigns: the campaigns.
        days: when complaints come, counted from 1970-01-01.
        rates: complaints of a customer because of a finding, by rule; of other rules none.
        usual: complaints of a customer about each topic anyway.
        late: the share closed too late.
        left: the share that is still open in the end.
        seed: of the random numbers.
    """
    random = np.random.default_rng(seed)
    number = 0
    for item in campaigns:
        found = weights(item.faults)
        first = max(days.start, item.past.start)
        for topic in dict.fromkeys((*item.topics, *found)):
            each = usual + sum(rates.get(rule, 0.0) * count for rule, count in found.get(topic, {}).items())
            for _ in range(random.poisson((item.customers or 0.0) * each)):
                number += 1
                opened = int(random.integers(first * DAY, days.stop * DAY))
                yield _order(number, item.past.campaign.id, topic, opened, late, left, random)


def _order(
    number: int, campaign: str, topic: str, opened: int, late: float, left: float, random: np.random.Generator
) -> Row:
    channel = CHANNELS[int(random.choice(len(CHANNELS), p=SHARES))]
    needed = DAY + int(random.exponential(DAY)) + 1 if random.random() < late else int(random.integers(600, DAY))
    closed = None if random.random() < left else opened + needed
    return f"T{number:07}", campaign, topic, channel, opened, closed


def spoilt(rows: list[Row], share: float, seed: int) -> tuple[list[Row], dict[str, int]]:
    """Spoil a share of the rows in each way; return them, and how many in each way. No row is spoilt twice."""
    number = int(len(rows) * share)
    chosen = np.random.default_rng((seed, 1)).choice(len(rows), number * len(BAD), replace=False)
    made = list(rows)
    for at, kind in enumerate(BAD):
        for row in chosen[at * number : (at + 1) * number].tolist():
            made[row], more = _spoil(made[row], kind)
            made += more
    return made, dict.fromkeys(BAD, number)


def _spoil(row: Row, kind: str) -> tuple[Row, list[Row]]:
    order, campaign, topic, channel, opened, closed = row
    if kind == "campaign":
        return (order, "nowhere", topic, channel, opened, closed), []
    if kind == "topic":
        return (order, campaign, "weather", channel, opened, closed), []
    if kind == "closed_early":
        return (order, campaign, topic, channel, opened, opened - 60), []
    if kind == "empty":
        return (order, campaign, topic, "", opened, closed), []
    return row, [row]


def write(file: Path, rows: Sequence[Row]) -> None:
    """Write orders as CSV or Parquet, by the name of the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    kinds = [*(pa.string() for _ in range(4)), pa.timestamp("s"), pa.timestamp("s")]
    table = pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)], names=list(COLUMNS))
    if file.suffix == ".csv":
        pyarrow.csv.write_csv(table, file, pyarrow.csv.WriteOptions(quoting_style="needed"))
    else:
        pq.write_table(table, file, compression="zstd")


def _rate(text: str) -> tuple[str, float]:
    rule, _, rate = text.partition(":")
    return rule, float(rate) / PER


def main() -> None:
    """Make complaint orders."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.complaints", description="Make complaint orders.")
    parser.add_argument("folder", type=Path, help="where the file goes")
    parser.add_argument("--campaigns", action="append", help="where the specs are (campaigns)")
    parser.add_argument("--rate", type=_rate, action="append", default=[], metavar="RULE:OF_10000")
    parser.add_argument("--usual", type=float, default=2.0, help="of 10,000 customers on each topic (%(default)s)")
    parser.add_argument("--days", type=date.fromisoformat, nargs=2, default=(date(2026, 6, 1), date(2026, 12, 31)))
    parser.add_argument("--late", type=float, default=0.015, help="share closed too late (%(default)s)")
    parser.add_argument("--open", type=float, default=0.005, help="share still open (%(default)s)")
    parser.add_argument("--bad", type=float, default=0.0, help="share of rows spoilt in each way (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--csv", action="store_true", help="CSV instead of Parquet")
    given = parser.parse_args()
    first, last = ((day - EPOCH).days for day in given.days)
    days = range(first, last + 1)
    campaigns = studied(given.campaigns or ["campaigns"], days, load_catalogues(RuleFiles.at(None)))
    made = orders(campaigns, days, dict(given.rate), given.usual / PER, given.late, given.open, given.seed)
    rows, bad = spoilt(list(made), given.bad, given.seed)
    write(given.folder / f"complaints.{'csv' if given.csv else 'parquet'}", rows)
    print({"rows": len(rows), **bad})


if __name__ == "__main__":
    main()
