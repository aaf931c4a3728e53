"""Where a national forecast is worked out: in processes of this machine, or on Apache Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from campaigncheck.engine.spark import session
from campaigncheck.forecast.national.work import Part, Work
from campaigncheck.forecast.processes import side_by_side

Engine = Callable[[Work], Iterator[Part]]
"""Yields the parts of a forecast in order of province and city."""


class Processes:
    """Works a forecast out in so many processes of this machine."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def __call__(self, work: Work) -> Iterator[Part]:
        """Work it out."""
        cities = tuple(chain.from_iterable(work.provinces.values()))
        return chain.from_iterable(side_by_side(self.jobs, Work.parts, work, cities))


class Spark:
    """Works a forecast out on Apache Spark, a province to a partition."""

    def __init__(self, folder: Path, master: str) -> None:
        self._session = session("forecast", folder, master)

    def __call__(self, work: Work) -> Iterator[Part]:
        """Work it out; the machines of a cluster need campaigncheck with its extra ``spark``."""
        from pyspark import StorageLevel

        context = self._session.sparkContext
        shared = context.broadcast(work)
        provinces = list(work.provinces.values())
        parts = context.parallelize(provinces, max(1, len(provinces))).flatMap(
            lambda cities: shared.value.parts(cities)
        )
        parts = parts.persist(StorageLevel.DISK_ONLY)
        try:
            parts.count()  # all provinces side by side; one after the other is what the iterator would do
            yield from parts.toLocalIterator()
        finally:
            self._session.stop()
