"""What the tickets add up to: counts and sums in whole numbers, the same on every engine to the last digit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from campaigncheck.calibration.tickets import Checked

Ints = NDArray[np.int64]
Columns = dict[str, Any]
"""Columns of a small table, sorted by its keys: whole numbers as arrays, texts as lists."""

BLOCKS = 10
"""Days are dealt into so many blocks, by their last digit; how much a figure changes without one tells how sure it is."""

GRID = 300
"""Seconds from one look at the counters to the next."""

SETTLED = 900
"""Seconds after the full hour from which on the counters are looked at: those that close finish their customers before."""

ENQUIRY = "enquiry"
"""The transaction of a customer who only asks."""


@dataclass(frozen=True)
class Sums:
    """What all tickets add up to; moments are count, sum and sum of squares of seconds of service."""

    arrivals: Columns
    cells: Columns
    halls: Columns
    transactions: Columns
    campaigns: Columns
    reach: Columns
    counters: Columns


def days_of(checked: Checked) -> list[int]:
    """Return the days on which there are tickets, counted from 1970-01-01."""
    return sorted(checked.good.select("day").distinct().to_pyarrow()["day"].to_pylist())


def reasons(checked: Checked) -> dict[str, int]:
    """Return how many rows are set aside for each reason."""
    counted = checked.bad.group_by("reason").agg(rows=checked.bad.count()).to_pyarrow().to_pydict()
    return dict(zip(counted["reason"], counted["rows"], strict=True))


def add_up(checked: Checked, kinds: Mapping[int, int]) -> Sums:
    """Add the tickets up.

    Args:
        checked: the tickets.
        kinds: for each day the number of its type.
    """
    good = checked.good.mutate(kind=_kind(checked.good, kinds), hour=(checked.good.clock // 3600).cast("int32"))
    usual = good.filter(good.campaign.isnull())
    named = good.filter(good.campaign.notnull())
    named = named.mutate(asks=(named.transaction == ENQUIRY).ifelse(1, 0).cast("int32"))
    return Sums(
        arrivals=_arrivals(usual),
        cells=_moments(usual, "code", "kind", "hour"),
        halls=_moments(usual, "code", "block"),
        transactions=_moments(good, "transaction", "block"),
        campaigns=_moments(named, "campaign", "asks", "day"),
        reach=_moments(named, "campaign", "code"),
        counters=_counters(good),
    )


def _kind(table: ir.Table, kinds: Mapping[int, int]) -> ir.Value:
    """Return the type of each row's day; the commonest one is what is left."""
    numbers = sorted(set(kinds.values()), key=lambda kind: (-sum(other == kind for other in kinds.values()), kind))
    branches = [
        (table.day.isin([day for day, other in sorted(kinds.items()) if other == kind]), ibis.literal(kind, "int8"))
        for kind in numbers[1:]
    ]
    rest = ibis.literal(numbers[0], "int8")
    return ibis.cases(*branches, else_=rest) if branches else rest


def _arrivals(table: ir.Table) -> Columns:
    premium = table.premium.ifelse(1, 0).sum().cast("int64")
    found = table.group_by("code", "day", "hour").agg(rows=table.count(), premium=premium)
    return in_order(found, ("code", "day", "hour"))


def _moments(table: ir.Table, *keys: str) -> Columns:
    """Return count, sum and sum of squares of the service, in seconds, by some keys."""
    if "block" in keys:
        table = table.mutate(block=(table.day % BLOCKS).cast("int32"))
    seconds = cast(ir.IntegerColumn, table.service.cast("int64"))
    table = table.mutate(seconds=seconds, square=seconds * seconds)
    sums = {
        "rows": table.count(),
        "total": table.seconds.sum().cast("int64"),
        "squares": table.square.sum().cast("int64"),
    }
    return in_order(table.group_by(*keys).agg(**sums), keys)


def _counters(table: ir.Table) -> Columns:
    """Return how often how many counters were busy, in each hall, type of day and hour, with and without a queue.

    Every five minutes the customers at counters and those waiting are counted.
    """
    called = table.clock + table.wait
    served = _looks(table, called, called + table.service, busy=1)
    queued = _looks(table, table.clock, called, busy=0)
    looks = served.union(queued)
    at = looks.group_by("code", "kind", "day", "look").agg(busy=looks.busy.sum().cast("int32"), people=looks.count())
    at = at.mutate(
        waiting=(at.people > at.busy).ifelse(1, 0).cast("int32"), hour=(at.look * GRID // 3600).cast("int32")
    )
    keys = ("code", "kind", "hour", "busy", "waiting")
    return in_order(at.group_by(*keys).agg(looks=at.count()), keys)


def _looks(table: ir.Table, start: ir.Value, end: ir.Value, busy: int) -> ir.Table:
    """Return a row for each look that falls between two moments of the day, the first included."""
    table = table.mutate(first=_look_from(start), last=_look_from(end))
    table = table.filter(table.first < table.last)
    found = table.select("code", "kind", "day", look=ibis.range(table.first, table.last).unnest())
    found = found.filter((found.look * GRID) % 3600 >= SETTLED)
    return found.mutate(busy=ibis.literal(busy, "int32"))


def _look_from(moment: ir.Value) -> ir.Value:
    """Return the number of the first look at or after a moment."""
    return ((moment + GRID - 1) // GRID).cast("int32")


def in_order(table: ir.Table, keys: tuple[str, ...]) -> Columns:
    """Fetch a small table and sort it by its keys."""
    fetched = table.to_pyarrow()
    fetched = fetched.sort_by([(key, "ascending") for key in keys])
    return {
        name: fetched[name].to_pylist()
        if str(fetched.schema.field(name).type) == "string"
        else fetched[name].to_numpy().astype(np.int64)
        for name in fetched.column_names
    }
