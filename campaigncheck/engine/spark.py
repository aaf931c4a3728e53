"""Starting Apache Spark: in this machine, or on a cluster by its master URL."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Text

LOCAL = "local[*]"

_NO_SPARK = Text("--engine spark 要用到 PySpark，现在没有安装", "--engine spark needs PySpark, which is not installed")
_NO_SPARK_HINT = Text("请安装：pip install 'campaigncheck[spark]'", "Install it: pip install 'campaigncheck[spark]'")
_NO_START = Text("Spark 起不来：{reason}", "Spark does not start: {reason}")
_NO_START_HINT = Text(
    "要有 Java 17 以上（Debian：apt install openjdk-17-jre-headless）；集群请检查 --master 的地址。",
    "It needs Java 17 or later (Debian: apt install openjdk-17-jre-headless); for a cluster check the address of --master.",
)


def session(command: str, folder: Path, master: str) -> Any:
    """Return a session.

    Args:
        command: what it is for, as Spark shows it.
        folder: where it may keep what it works on.
        master: the master URL.

    Raises:
        UsageError: PySpark is not installed, or it does not start.
    """
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
    builder = SparkSession.builder.master(master).appName(f"campaigncheck {command}")
    for key, value in settings.items():
        builder = builder.config(key, value)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        found: Any = builder.getOrCreate()
    except Exception as error:  # whatever Py4J and the JVM make of it: the user's Java or address is wrong
        reason = str(error).strip().partition("\n")[0]
        raise UsageError(_NO_START(reason=reason), _NO_START_HINT()) from error
    found.sparkContext.setLogLevel("ERROR")
    return found
