"""Complaint orders: which of them can be used, and what they add up to; written once, on Ibis.

Like tickets (``tickets.py``): a row that cannot be used gets the first reason that applies, times are whole seconds on the
clock of Shanghai, and all counts are whole numbers, the same on every engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from campaigncheck.calibration.engines import Engine
from campaigncheck.calibration.measure import Columns, in_order
from campaigncheck.calibration.rows import Layout
from campaigncheck.calibration.stage import Sources
from campaigncheck.calibration.tickets import Checked
from campaigncheck.calibration.uniform import DAY, FIRST_TIME, LAST_TIME, read
from campaigncheck.messages import Text

LAYOUT = Layout(
    ("order", "campaign", "topic", "channel"), ("opened", "closed"),
    nothing=Text("这些文件里一条投诉单也没有：{paths}", "there is no complaint in {paths}"),
    hint=Text(
        "第一行要有列名：{columns}；还没处理完的，closed 空着。",
        "Its first line names the columns {columns}; closed is empty where a complaint is still open.",
    ),
    open=("closed",),
)  # fmt: skip

REASONS = (
    "encoding", "columns", "cut_off", "time", "empty", "campaign", "topic", "closed_early", "before_start", "order_twice",
)  # fmt: skip
"""Why a row is set aside, in the order in which they are looked for."""

_TOLD = ("file", "row", "reason", *LAYOUT.texts, *LAYOUT.times, "raw")


@dataclass(frozen=True)
class KnownCampaigns:
    """The campaigns that there are specs of: ids in order, and the day on which each began, counted from 1970-01-01."""

    ids: Sequence[str]
    starts: Sequence[int]

    def write(self, file: Path) -> None:
        """Write them for a join; the code of a campaign is its position."""
        columns = {"known": pa.array(self.ids, pa.string()), "code": pa.array(range(len(self.ids)), pa.int32())}
        columns["starts"] = pa.array([day * DAY for day in self.starts], pa.int64())
        pq.write_table(pa.table(columns), file)


@dataclass(frozen=True)
class Sums:
    """What complaints add up to.

    Attributes:
        first: the moment of the first complaint, in seconds.
        last_opened: that of the last one.
        last: the last moment that the files know of: how long open ones are open is counted to it.
        cells: by campaign, topic and channel: orders, those closed in time, those late (closed or not), those open, and
            those open that are not late yet.
    """

    first: int
    last_opened: int
    last: int
    cells: Columns


def check(engine: Engine, sources: Sources, campaigns: str, topics: Sequence[str]) -> Checked:
    """Look at every row of the sources.

    Args:
        engine: what runs the queries.
        sources: the files.
        campaigns: the file of campaigns that are known.
        topics: the topics that there are.
    """
    known = engine.read([campaigns]).select("known", "code", "starts")
    rows = read(engine, sources)
    rows = rows.left_join(known, rows.campaign == known.known).drop("known")
    kept = engine.keep(rows.mutate(reason=_reason(rows, topics)))
    usable = kept.filter(kept.reason.isnull())
    turns = ibis.window(group_by=["order"], order_by=["file", "row"])
    numbered = engine.keep(usable.mutate(turn=ibis.row_number().over(turns)))
    again = numbered.filter(numbered.turn > 0).mutate(reason=ibis.literal("order_twice"))
    bad = kept.filter(kept.reason.notnull()).select(*_TOLD).union(again.select(*_TOLD))
    return Checked(numbered.filter(numbered.turn == 0), bad)


def _reason(t: ir.Table, topics: Sequence[str]) -> ir.Value:
    needed = [t[name].isnull() for name in (*LAYOUT.texts, "opened")]
    times = [(t[name] < FIRST_TIME) | (t[name] >= LAST_TIME) for name in LAYOUT.times]
    return ibis.cases(
        (t.fault.notnull(), t.fault),
        (reduce(lambda one, other: one | other, needed), "empty"),
        (times[0] | (t.closed.notnull() & times[1]), "time"),
        (t.code.isnull(), "campaign"),
        (~t.topic.isin(list(topics)), "topic"),
        (t.closed < t.opened, "closed_early"),
        (t.opened < t.starts, "before_start"),
    )


def add_up(checked: Checked, promise: int) -> Sums:
    """Add the complaints up; ``promise`` is the seconds within which they are to be closed."""
    good = checked.good
    ends = good.agg(first=good.opened.min(), opened=good.opened.max(), closed=good.closed.max()).to_pyarrow()
    first, opened, closed = (ends[name][0].as_py() for name in ("first", "opened", "closed"))
    last = max(opened, closed if closed is not None else opened)
    open_ = good.closed.isnull()
    overdue = open_ & (good.opened < last - promise)
    late = overdue | (good.closed - good.opened > promise)
    counted = good.mutate(late=_one(late), open=_one(open_), pending=_one(open_ & ~overdue))
    cells = counted.group_by("code", "topic", "channel").agg(
        rows=counted.count(),
        **{name: counted[name].sum().cast("int64") for name in ("late", "open", "pending")},
    )
    return Sums(first, opened, last, in_order(cells, ("code", "topic", "channel")))


def _one(condition: ir.Value) -> ir.Value:
    return condition.ifelse(1, 0).cast("int32")
