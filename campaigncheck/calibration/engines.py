"""The engines: how tickets are read on each, and kept. All else is written once, on Ibis."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Text

MEMORY = "2500MB"
"""What DuckDB may use before it moves data to disk."""

_NO_SPARK = Text("--engine spark 要用到 PySpark，现在没有安装", "--engine spark needs PySpark, which is not installed")
_NO_SPARK_HINT = Text("请安装：pip install 'campaigncheck[spark]'", "Install it: pip install 'campaigncheck[spark]'")
_NO_START = Text("Spark 起不来：{reason}", "Spark does not start: {reason}")
_NO_START_HINT = Text(
    "要有 Java 17 以上（Debian：apt install openjdk-17-jre-headless）；集群请检查 --master 的地址。",
    "It needs Java 17 or later (Debian: apt install openjdk-17-jre-headless); for a cluster check the address of --master.",
)


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
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise UsageError(_NO_SPARK(), _NO_SPARK_HINT()) from error
        settings = {
            "spark.sql.session.timeZone": "UTC",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.local.dir": str(folder / "spill"),
            "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
        }
        if master.startswith("local"):
            settings |= {"spark.sql.shuffle.partitions": "8", "spark.driver.host": "127.0.0.1"}
        builder = SparkSession.builder.master(master).appName("campaigncheck calibrate")
        for key, value in settings.items():
            builder = builder.config(key, value)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        try:
            self._session: Any = builder.getOrCreate()
        except Exception as error:  # whatever Py4J and the JVM make of it: the user's Java or address is wrong
            reason = str(error).strip().partition("\n")[0]
            raise UsageError(_NO_START(reason=reason), _NO_START_HINT()) from error
        self._session.sparkContext.setLogLevel("ERROR")
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
