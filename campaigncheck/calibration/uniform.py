"""Reads files that were made ready as one table: the same columns whatever form they are in, on every engine."""

from __future__ import annotations

from functools import reduce
from typing import cast

import ibis
import ibis.expr.types as ir

from campaigncheck.calibration.engines import Engine
from campaigncheck.calibration.rows import Layout
from campaigncheck.calibration.stage import STAGED_FORM, Sources

DAY = 86_400
SHANGHAI = 8 * 3600
FIRST_TIME = 10_957 * DAY
LAST_TIME = 47_482 * DAY
"""2000-01-01 and 2100-01-01: a time outside them is a slip."""


def read(engine: Engine, sources: Sources) -> ir.Table:
    """Return all files as one table."""
    parts = [_uniform(engine.read(files), form, sources.layout) for form, files in sources.groups.items()]
    return reduce(lambda one, other: one.union(other), parts)


def _uniform(table: ir.Table, form: tuple[str, ...], layout: Layout) -> ir.Table:
    """Return files of one form with the columns that all have."""
    name = cast(ir.StringColumn, table.file_name)
    columns: dict[str, ir.Value] = {"file": name.substr(name.length() - 16, 8).cast("int32")}
    if form == STAGED_FORM:
        columns |= {
            "row": table.row,
            **{column: table[column] for column in (*layout.texts, *layout.times, "fault", "raw")},
        }
        return table.select(**columns)
    kinds = dict(zip(layout.columns, form, strict=True))
    columns["row"] = (table.number + 1).cast("int64")
    for column in layout.texts:
        columns[column] = ibis.null("string") if kinds[column] == "absent" else _text(table[column])
    for column in layout.times:
        columns[column] = _seconds(cast(ir.TimestampColumn, table[column]), kinds[column])
    columns |= {"fault": ibis.null("string"), "raw": ibis.null("string")}
    return table.select(**columns)


def _text(column: ir.Column) -> ir.Value:
    return column.cast("string").nullif("")


def _seconds(column: ir.TimestampColumn, kind: str) -> ir.Value:
    """Return whole seconds on the clock of Shanghai; parts of a second are cut, not rounded."""
    since = column.epoch_seconds().cast("float64").floor().cast("int64")
    return since + SHANGHAI if kind == "zoned" else since
