"""The national forecast as one Parquet file, a row group for each city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq

from campaigncheck.files import whole
from campaigncheck.forecast.national.columns import SCHEMA
from campaigncheck.forecast.national.engines import Engine
from campaigncheck.forecast.national.work import NOTHING, Totals, Work, read

_COMPRESSION = "zstd"


def write(
    file: Path, work: Work, engine: Engine, progress: Callable[[int], None] = lambda done: None
) -> dict[str, Totals]:
    """Write the forecast, whole or not at all; return what each province comes to, in order of code.

    Raises:
        OSError: when the file cannot be written.
    """
    found: dict[str, Totals] = {}
    with whole(file) as path, pq.ParquetWriter(path, SCHEMA, compression=_COMPRESSION) as writer:
        for part in engine(work):
            for rows in read(part.rows):
                if len(rows):
                    writer.write_batch(rows)
            found[part.province] = found.get(part.province, NOTHING).plus(part.totals)
            progress(1)
    return found
