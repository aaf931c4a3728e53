"""The rows of a city as Arrow columns, in the order of halls, days, hours and classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from campaigncheck.forecast.national.city import CityRows
from campaigncheck.waiting.days import CLASSES, Floats

_EPOCH = 719163
"""The ordinal of 1970-01-01, from which Arrow counts days."""
_DIGITS = 2
_SHARE = 4

_NAMES = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("province", _NAMES), pa.field("city", _NAMES), pa.field("hall", _NAMES), pa.field("date", pa.date32()),
        pa.field("hour", pa.int8()), pa.field("class", _NAMES), pa.field("arrivals", pa.float32()),
        pa.field("counters", pa.int16()), pa.field("wait_mean", pa.float32()), pa.field("wait_p90", pa.float32()),
        pa.field("wait_mean_before", pa.float32()), pa.field("queue_per_counter", pa.float32()),
        pa.field("promise", pa.float32()), pa.field("kept", pa.bool_()), pa.field("over_promise", pa.float32()),
        pa.field("caused", pa.bool_()), pa.field("assumed", pa.bool_()), pa.field("method", _NAMES),
    ]
)  # fmt: skip
"""One row for each hall, date, hour and class in which anybody comes; times in minutes, ``over_promise`` a share.

``wait_p90`` and ``over_promise`` are told of days on which a promise breaks; ``caused`` says that it is kept without the
campaigns asked about; ``method`` is ``exact`` or ``quick`` (docs/waiting.md).
"""

METHODS = ("quick", "exact")


def batch(rows: CityRows, province: str, only_broken: bool) -> pa.RecordBatch:
    """Return the rows of a city; all, or those of broken promises."""
    city, kinds = rows.city, rows.kinds.T
    hall, day, hour, of = np.nonzero((rows.broken if only_broken else rows.comes)[kinds])
    kind = kinds[hall, day]

    def told(values: Floats, digits: int = _DIGITS) -> Any:
        """Return rounded values of each row; what is not a number is null."""
        picked = values.round(digits).astype(np.float32)[kind, hour, of]
        return pa.array(picked, from_pandas=True)

    people = np.stack([rows.days.premium, rows.days.other], axis=2)
    queue = np.repeat(rows.queue[..., None], 2, axis=2)
    columns = [
        _same(province, len(kind)),
        _same(city.city, len(kind)),
        _names(hall, city.halls),
        pa.array((day + (city.days.first - _EPOCH)).astype(np.int32)).cast(pa.date32()),
        (hour + city.hours.first).astype(np.int8),
        _names(of, CLASSES),
        told(people),
        rows.days.counters.astype(np.int16)[kind, hour],
        told(rows.mean),
        told(rows.p90),
        told(rows.before),
        told(queue),
        told(rows.promised),
        ~rows.broken[kind, hour, of],
        told(rows.over, _SHARE),
        rows.caused[kind, hour, of],
        city.hours.assumed[city.rows][hall],
        _names(rows.exact.astype(np.int32)[kind], METHODS),
    ]
    return pa.record_batch(
        [pa.array(column) if isinstance(column, np.ndarray) else column for column in columns], schema=SCHEMA
    )


def _names(index: Any, names: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), pa.array(names, pa.string()))


def _same(name: str, count: int) -> pa.DictionaryArray:
    return _names(np.zeros(count, np.int32), (name,))
