"""Which tickets can be used, and why the others cannot; written once, on Ibis.

A row that cannot be used gets the first reason that applies. Times are whole seconds on the clock of Shanghai, so days
and hours are plain divisions, the same on every engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, cast

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from campaigncheck.calibration.engines import Engine
from campaigncheck.calibration.rows import TEXTS, TIMES
from campaigncheck.calibration.stage import Sources
from campaigncheck.calibration.uniform import DAY, FIRST_TIME, LAST_TIME, read

LONGEST_SERVICE = 3 * 3600
"""Seconds at a counter beyond which nobody is believed: somebody forgot to press the button. An assumption."""

REASONS = (
    "encoding", "columns", "cut_off", "time", "empty", "hall", "class", "called_early", "finished_early", "not_served",
    "another_day", "too_long", "closed", "twice",
)  # fmt: skip
"""Why a row is set aside, in the order in which they are looked for."""


@dataclass(frozen=True)
class HallTable:
    """The halls that are known: their ids in order, and the seconds of the day in which tickets may be taken."""

    ids: Sequence[str]
    opens: Sequence[int]
    closes: Sequence[int]

    def write(self, file: Path) -> None:
        """Write them for a join; the code of a hall is its position."""
        codes = pa.array(range(len(self.ids)), pa.int32())
        columns = {"known": pa.array(self.ids, pa.string()), "code": codes}
        columns |= {"opens": pa.array(self.opens, pa.int32()), "closes": pa.array(self.closes, pa.int32())}
        pq.write_table(pa.table(columns), file)


@dataclass(frozen=True)
class Checked:
    """Tickets that have been looked at: the usable ones, and those set aside with their reasons."""

    good: ir.Table
    bad: ir.Table


def check(engine: Engine, sources: Sources, halls: str, classes: Mapping[str, bool]) -> Checked:
    """Look at every row of the sources.

    Args:
        engine: what runs the queries.
        sources: the files.
        halls: the file of halls that are known.
        classes: how classes of customers are written, and whether they are premium.
    """
    known = engine.read([halls]).select("known", "code", "opens", "closes")
    seen = _reasoned(read(engine, sources), known, classes)
    kept = engine.keep(_packed(seen))
    bad = kept.filter(kept.reason.notnull()).select(*_TOLD)
    good = kept.filter(kept.reason.isnull())
    twice = _twice(engine, good, seen)
    if twice is None:
        return Checked(_measured(good), bad)
    again = twice.select("file", "row")
    return Checked(_measured(good.anti_join(again, ["file", "row"])), bad.union(twice.select(*_TOLD)))


def _reasoned(rows: ir.Table, known: ir.Table, classes: Mapping[str, bool]) -> ir.Table:
    """Add the hall's code, the class, the day, and the reason why a row cannot be used."""
    table = rows.left_join(known, rows.hall == known.known).drop("known")
    named = cast(ir.StringColumn, table["class"])
    premium = ibis.cases(*((named == name, ibis.literal(flag)) for name, flag in classes.items()))
    table = table.mutate(premium=premium, day=(table.taken // DAY).cast("int32"))
    return table.mutate(reason=_reason(table))


def _reason(t: ir.Table) -> ir.Value:
    service, clock = t.finished - t.called, t.taken % DAY
    needed = [t[name] for name in ("ticket", "hall", "class", "transaction", *TIMES)]
    times = [(t[name] < FIRST_TIME) | (t[name] >= LAST_TIME) for name in TIMES]
    return ibis.cases(
        (t.fault.notnull(), t.fault),
        (reduce(lambda one, other: one | other, [column.isnull() for column in needed]), "empty"),
        (times[0] | times[1] | times[2], "time"),
        (t.code.isnull(), "hall"),
        (t.premium.isnull(), "class"),
        (t.called < t.taken, "called_early"),
        (service < 0, "finished_early"),
        (service == 0, "not_served"),
        (t.finished // DAY != t.taken // DAY, "another_day"),
        (service > LONGEST_SERVICE, "too_long"),
        ((clock < t.opens) | (clock >= t.closes), "closed"),
    )


_TOLD = ("file", "row", "reason", *TEXTS, *TIMES, "raw")


def _packed(t: ir.Table) -> ir.Table:
    """Return what is kept of each row: little of a good one, all of a bad one."""
    bad = t.reason.notnull()
    told = {name: bad.ifelse(t[name], None) for name in ("ticket", "hall", "class", *TIMES, "raw")}
    texts = {name: t[name] for name in ("transaction", "campaign")}
    return t.select(
        "file", "row", "reason", "code", "day", "premium",
        **told, **texts,
        clock=t.taken % DAY,
        wait=t.called - t.taken,
        service=t.finished - t.called,
        key=_key(t),
    )  # fmt: skip


def _hashed(text: str) -> int:
    """Stand for each engine's own ``hash``, whose values differ: it only narrows down where to look.

    Ibis asks for the signature alone; the engine has the body.
    """
    raise NotImplementedError(text)


_hash: Any = ibis.udf.scalar.builtin(_hashed, name="hash")
_HALF = 1 << 31
_DAYS = 1 << 16
"""More than there are days until 2100."""


def _key(t: ir.Table) -> ir.Value:
    """Return a number that two rows share if they share hall, day and ticket, and hardly otherwise."""
    hashed = (_hash(t.ticket) % _HALF).cast("int64") + _HALF
    return (t.code.cast("int64") * _DAYS + t.day % _DAYS) * (2 * _HALF) + hashed


def _twice(engine: Engine, good: ir.Table, seen: ir.Table) -> ir.Table | None:
    """Return the rows whose ticket was there before, in the same hall on the same day; None if there are none.

    Keys that occur twice say where to look; whether the tickets are the same is then seen in the rows themselves.
    """
    counted = good.group_by("key").agg(times=good.count())
    suspects = engine.keep(counted.filter(counted.times > 1).select("key"))
    if not suspects.count().to_pyarrow().as_py():
        return None
    usable = seen.filter(seen.reason.isnull())
    usable = usable.mutate(key=_key(usable))
    close = usable.semi_join(suspects, "key")
    order = ibis.window(group_by=["code", "day", "ticket"], order_by=["file", "row"])
    numbered = close.mutate(turn=ibis.row_number().over(order))
    found = engine.keep(numbered.filter(numbered.turn > 0).mutate(reason=ibis.literal("twice")))
    return found if found.count().to_pyarrow().as_py() else None


def _measured(good: ir.Table) -> ir.Table:
    return good.select("code", "day", "premium", "transaction", "campaign", "clock", "wait", "service")
