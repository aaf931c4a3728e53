"""The same questions in DuckDB: pairs in time and place by a join of campaign × city rows, audiences as predicates.

Three ways to ask for the pairs, all of which have to find the same: as one would write it; of rows stored
by city and day; and of rows cut into slices of thirty days, so that the join has more than the city to go
by. Joins by ranges alone (IEJoin), one row for each group and city, and different audiences compared once
were tried too, and are slower.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from campaigncheck.algebra.audience import Attribute, Constraint
from campaigncheck.understand.entry import Entry

Columns = dict[str, NDArray[Any]]

_SLICE = 30
_IN_PLACE = "(a.halls = 0 OR b.halls = 0 OR a.halls & b.halls <> 0 OR NOT (a.only_halls OR b.only_halls))"
_TOGETHER = f"a.first <= b.last AND b.first <= a.last AND a.campaign < b.campaign AND {_IN_PLACE}"
_PAIRS = f"SELECT DISTINCT a.campaign AS l, b.campaign AS r FROM {{rows}} a JOIN {{rows}} b ON a.city = b.city AND {_TOGETHER}"

FORMS = {
    "plain": _PAIRS.format(rows="places"),
    "sorted": _PAIRS.format(rows="sorted"),
    "slices": f"""
        WITH s AS (SELECT *, unnest(generate_series(first // {_SLICE}, last // {_SLICE})) AS slice FROM places)
        SELECT code >> 20 AS l, code & 1048575 AS r FROM (
            SELECT DISTINCT a.campaign::BIGINT << 20 | b.campaign AS code
            FROM s a JOIN s b ON a.city = b.city AND a.slice = b.slice AND {_TOGETHER})""",
}
"""Ways to ask for the pairs."""


class Peer:
    """A database in memory with the portfolio in it."""

    def __init__(self, entries: Sequence[Entry], domain: dict[str, Attribute]) -> None:
        self._connection = duckdb.connect()
        self._domain = domain
        self._store("places", _places(entries), "")
        self._store("sorted", _places(entries), "ORDER BY city, first")
        self._store("groups", _groups(entries, domain), "")

    def _store(self, name: str, columns: Columns, order: str) -> None:
        self._connection.register("given", columns)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given {order}")
        self._connection.unregister("given")

    def threads(self, number: int) -> None:
        """Let it use so many threads."""
        self._connection.execute(f"SET threads = {number}")

    def pairs(self, form: str) -> None:
        """Make a table of the pairs that share a day and a place."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE pairs AS {FORMS[form]}")

    def meeting(self) -> None:
        """Make a table of those of the pairs in which a customer can be in the audience of both."""
        meets = " AND ".join(_meets(attribute) for attribute in self._domain.values())
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE meeting AS SELECT DISTINCT l, r FROM pairs "
            f"JOIN groups a ON a.campaign = l JOIN groups b ON b.campaign = r WHERE {meets}"
        )

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        row = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row is not None
        return int(row[0])


def _meets(attribute: Attribute) -> str:
    name = attribute.name
    if attribute.values:
        return f"a.{name} & b.{name} <> 0"
    return f"a.{name}_low <= b.{name}_high AND b.{name}_low <= a.{name}_high"


def _places(entries: Sequence[Entry]) -> Columns:
    """Return one row for each campaign and city; the halls it names are bits."""
    rows: list[tuple[int, int, int, int, int, bool]] = []
    for campaign, entry in enumerate(entries):
        halls = sum(1 << int(hall.rpartition("-")[2]) for hall in entry.halls)
        cities, only_halls = entry.cities, entry.channels == {"hall"}
        while cities:
            city = cities & -cities
            rows.append((campaign, city.bit_length(), *entry.days, halls, only_halls))
            cities ^= city
    names = ("campaign", "city", "first", "last", "halls", "only_halls")
    return {name: np.array(column, np.int32) for name, column in zip(names, zip(*rows, strict=True), strict=True)} | {
        "only_halls": np.array([row[-1] for row in rows], np.bool_)
    }


def _groups(entries: Sequence[Entry], domain: dict[str, Attribute]) -> Columns:
    """Return one row for each group of each audience: bits of named values, one range of each number."""
    found: dict[str, list[int]] = {"campaign": []}
    for campaign, entry in enumerate(entries):
        for group in entry.audience:
            found["campaign"].append(campaign)
            conditions = dict(group)
            for attribute in domain.values():
                for name, value in _values(attribute, conditions.get(attribute.name, attribute.everything)):
                    found.setdefault(name, []).append(value)
    return {name: np.array(values, np.int64) for name, values in found.items()}


def _values(attribute: Attribute, constraint: Constraint) -> list[tuple[str, int]]:
    if isinstance(constraint, int):
        return [(attribute.name, constraint)]
    ((low, high),) = constraint  # the generator draws one range each
    return [(f"{attribute.name}_low", low), (f"{attribute.name}_high", high)]
