"""A province's forecast, worked out in some process or on some machine of a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pyarrow as pa

from campaigncheck.forecast.national.city import CityRows, foreseen
from campaigncheck.forecast.national.columns import batch
from campaigncheck.waiting.arrivals import Arrivals
from campaigncheck.waiting.promises import Promises
from campaigncheck.waiting.together import together


class Totals(NamedTuple):
    """What a forecast comes to. A promise is one of an hour of a day in a hall to one class of customers.

    Attributes:
        halls: the halls looked at.
        promises: how many promises there are.
        broken: how many break.
        caused: how many of these are kept without the campaigns asked about.
        halls_broken: halls in which one of these breaks.
        exact: days of halls worked out by the exact method, in part or whole.
        hall_days: all days of halls.
    """

    halls: int
    promises: int
    broken: int
    caused: int
    halls_broken: int
    exact: int
    hall_days: int

    def plus(self, other: Totals) -> Totals:
        """Return both together."""
        return Totals(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


NOTHING = Totals(0, 0, 0, 0, 0, 0, 0)


class Part(NamedTuple):
    """A city: its province, its code, what it comes to, its rows in Arrow's stream format."""

    province: str
    city: str
    totals: Totals
    rows: bytes


@dataclass(frozen=True, eq=False)
class Work:
    """What a worker needs to know: who comes where, and which campaigns are asked about."""

    arrivals: Arrivals
    asked: frozenset[str]
    only_broken: bool = False

    @cached_property
    def provinces(self) -> dict[str, tuple[str, ...]]:
        """The cities of each province in which a campaign asked about draws somebody to halls, in order of code."""
        found: dict[str, list[str]] = {}
        for city in self.arrivals.cities:
            if any(entry.id in self.asked for entry in self.arrivals.drawing(city)):
                found.setdefault(self.province(city), []).append(city)
        return {province: tuple(cities) for province, cities in sorted(found.items())}

    @cached_property
    def last(self) -> int:
        """The last day that is foreseen."""
        arrivals = self.arrivals
        every = (
            arrivals.live(entry).last
            for cities in self.provinces.values()
            for city in cities
            for entry in arrivals.drawing(city)
        )
        return max(every, default=arrivals.today)

    def province(self, city: str) -> str:
        """Return the province of a city."""
        return self.arrivals.catalogues.regions.province(city)

    def parts(self, cities: Sequence[str]) -> list[Part]:
        """Work out some cities; those worked out together take less time, and change nothing of each other."""
        searches = [
            foreseen(self.arrivals.city(city), Promises.of(self.arrivals.catalogues, city), self.asked)
            for city in cities
        ]
        return [self._part(rows) for rows in together(searches)]

    def _part(self, rows: CityRows) -> Part:
        province = self.province(rows.city.city)
        made = batch(rows, province, self.only_broken)
        return Part(province, rows.city.city, totals(rows), _stream(made))


def totals(rows: CityRows) -> Totals:
    """Return what a city comes to."""
    of = rows.kinds
    broken, caused = (flags.sum(axis=(1, 2)) for flags in (rows.broken, rows.caused))
    return Totals(
        halls=of.shape[1],
        promises=int(rows.comes.sum(axis=(1, 2))[of].sum()),
        broken=int(broken[of].sum()),
        caused=int(caused[of].sum()),
        halls_broken=int((caused[of] > 0).any(axis=0).sum()),
        exact=int(rows.exact[of].sum()),
        hall_days=of.size,
    )


def _stream(made: pa.RecordBatch) -> bytes:
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, made.schema) as writer:
        writer.write_batch(made)
    return bytes(out.getvalue())


def read(rows: bytes) -> Iterator[pa.RecordBatch]:
    """Read rows back."""
    with pa.ipc.open_stream(rows) as reader:
        yield from reader
