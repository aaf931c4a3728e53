"""What national forecasts of tests are about: the example repository with twelve times the people, and a small world."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.repository import find_specs
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.forecast.national.work import Part, Work, read
from campaigncheck.forecast.scenario import Scenario, applied
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry
from campaigncheck.waiting.arrivals import Arrivals
from tests.waiting.worlds import TODAY, catalogues, portfolio

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE_DAY = date(2026, 12, 1)


@contextmanager
def at_root() -> Iterator[None]:
    """Work where the example repository is."""
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        yield
    finally:
        os.chdir(before)


@cache
def example() -> tuple[Portfolio, Catalogues]:
    """Return the campaigns of the example repository with twelve times the people, and its network."""
    with at_root():
        files = RuleFiles.at(ROOT / "rules")
        done = run_with(
            Knowledge.of(files), Job(find_specs(("campaigns",)), files, Selection(select=("SPEC",)), EXAMPLE_DAY)
        )
    usual = Portfolio.of((item.entry for item in done.examined if item.entry), done.catalogues.regions)
    return applied(Scenario(name="x", demand=12), usual, done.catalogues, EXAMPLE_DAY.toordinal())


def work_of(*campaigns: Entry, asked: set[str] | None = None, last: int | None = None, broken: bool = False) -> Work:
    """Return the work on the small world; all campaigns are asked about unless told."""
    arrivals = Arrivals(portfolio(*campaigns), catalogues(), TODAY, last)
    return Work(arrivals, frozenset(entry.id for entry in campaigns) if asked is None else frozenset(asked), broken)


def table(parts: list[Part]) -> pa.Table:
    """Return the rows of some parts as one table."""
    return pa.Table.from_batches([rows for part in parts for rows in read(part.rows)]).unify_dictionaries()
