"""The engines: how tickets are read on each, and kept. All else is written once, on Ibis."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import ibis
import ibis.expr.types as ir

from campaigncheck.engine.spark import session

MEMORY = "2500MB"
"""What DuckDB may use before it moves data to disk."""


class Engine(Protocol):
    """What runs the queries."""

    def read(self, files: Sequence[str]) -> ir.Table:
        """Return Parquet files of one form as a table, with ``file_name`` and ``number``, the row from 0 on."""

    def keep(self, table: ir.Table) -> ir.Table:
        """Work a table out once, so that it can be asked often."""

    def close(self) -> None:
        """Let everything go."""


class Duck:
    """DuckDB, in this process."""

    def __init__(self, folder: Path) -> None:
        self._connection = ibis.duckdb.connect(
            folder / "work.duckdb", memory_limit=MEMORY, preserve_insertion_order=False
        )
        self._connection.raw_sql("SET TimeZone = 'UTC'")
        self._connection.raw_sql(f"SET temp_directory = {_quoted(str(folder / 'spill'))}")
        self._views = 0

    def read(self, files: Sequence[str]) -> ir.Table:
        self._views += 1
        name = f"tickets_{self._views}"
        listed = ", ".join(map(_quoted, files))
        rows = f"read_parquet([{listed}], filename = true, file_row_number = true)"
        columns = "*, filename AS file_name, file_row_number AS number"
        self._connection.raw_sql(f"CREATE VIEW {name} AS SELECT {columns} FROM {rows}")  # noqa: S608 -- all quoted
        return self._connection.table(name)

    def keep(self, table: ir.Table) -> ir.Table:
        self._views += 1
        return self._connection.create_table(f"kept_{self._views}", table)

    def close(self) -> None:
        self._connection.disconnect()


class Spark:
    """Apache Spark: in this machine, or a cluster by its master URL."""

    def __init__(self, folder: Path, master: str) -> None:
        self._session = session("calibrate", folder, master)
        self._connection = ibis.pyspark.connect(self._session)
        self._views = 0

    def read(self, files: Sequence[str]) -> ir.Table:
        self._views += 1
        name = f"tickets_{self._views}"
        frame = self._session.read.parquet(*files)
        frame.selectExpr(
            "*", "_metadata.file_path AS file_name", "_metadata.row_index AS number"
        ).createOrReplaceTempView(name)
        return self._connection.table(name)

    def keep(self, table: ir.Table) -> ir.Table:
        return table.cache()

    def close(self) -> None:
        self._session.stop()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
