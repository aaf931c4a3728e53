"""Measure how long a national forecast takes: 3,000, 10,000 and 30,000 halls, 90 days, 2,000 campaigns.

Usage: python -m benchmarks.forecast_speed [--output FILE] [--rounds N] [--halls N,N,...] [--folder DIR]

Halls and campaigns are made into a folder, which is kept if it is named. Whole processes of ``campaigncheck forecast -o``
are measured, from start to exit code. ``python -m benchmarks.write_docs`` shows the results in docs/forecast-speed.md.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from benchmarks.check_speed import machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED
from benchmarks.corpus.places import Map, read_map
from benchmarks.corpus.plan import Campaign, Planner
from benchmarks.corpus.write import write
from benchmarks.forecast_page import CAMPAIGNS, DAYS, HALLS, JOBS, RESULTS
from benchmarks.make_network import (
    DAY_TYPES,
    HALL_FIELDS,
    HALL_LOAD,
    HOUR_FIELDS,
    Hall,
    Row,
    character,
    hour_row,
    write_table,
)
from benchmarks.timing import Sample, measure

PACKAGES = ("campaigncheck", "numpy", "pyarrow")
SIZES = (3_000, 10_000, HALLS)
TODAY = date(2027, 3, 1)
EVENING = {"workday": 0.45, "weekend": 0.45, "holiday": 0.40, "month_edge": 0.50}
"""Share of the counters' time that is taken from 18 on; with it a day has ten hours."""
COUNTERS = (2, 3, 3, 4, 4, 5, 6, 8)
CHOICE = 24
"""Campaigns of the corpus from which each one is chosen: it spreads over two years, and many are not sold in halls."""
TIMES = 19
"""The corpus is made for a network of three to six halls a city: with 30,000 its people would not be felt. So many times as
many come, in smaller networks in proportion."""
_UPTAKE = re.compile(r"(?m)^(  uptake: )(\d+)$")


def network(folder: Path, count: int, where: Map) -> None:
    """Write so many halls, evenly over all cities."""
    folder.mkdir(parents=True)
    made = list(halls(count, where))
    write_table(folder / "halls.csv", HALL_FIELDS, ((hall.id, hall.name, hall.region) for hall in made))
    write_table(folder / "hours.csv", HOUR_FIELDS, (row for hall in made for row in hours(hall)))


def halls(count: int, where: Map) -> Iterator[Hall]:
    """Yield so many halls."""
    chance, cities = Random(SEED), len(where.cities)
    for at, city in enumerate(where.cities):
        for number in range(1, count * (at + 1) // cities - count * at // cities + 1):
            name = f"{city.short}第{number}营业厅"
            yield Hall(f"h-{city.code}-{number}", name, city.code, chance.choice(COUNTERS))


def hours(hall: Hall) -> Iterator[Row]:
    """Yield a hall's rows of all types of day, from 9 to 18."""
    own = character(hall)
    for day_type in DAY_TYPES:
        for hour, load in enumerate((*HALL_LOAD[day_type], EVENING[day_type]), start=9):
            yield hour_row(hall, own, day_type, hour, load)


def live(count: int, where: Map) -> Iterator[Campaign]:
    """Yield the first campaigns of the corpus that draw people to halls in the time that is foreseen."""
    begin, chosen = TODAY.toordinal(), set[str]()
    for campaign in Planner(where, SEED).plan(count * CHOICE):
        together = campaign.first.toordinal() < begin + DAYS and campaign.last >= TODAY
        if together and campaign.sold_in("hall") and (campaign.parent is None or campaign.parent in chosen):
            chosen.add(campaign.id)
            yield campaign
        if len(chosen) == count:
            return
    raise ValueError(f"the corpus has only {len(chosen)} such campaigns")


def specs(folder: Path, campaigns: Sequence[Campaign], times: float) -> None:
    """Write campaigns; so many times as many people come as in the corpus."""
    for campaign in campaigns:
        text = write(campaign, Random(f"{SEED}/{campaign.number}"))
        file = folder / campaign.place.province / f"{campaign.id}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        more = _UPTAKE.sub(lambda found: f"{found[1]}{max(1, round(int(found[2]) * times))}", text)
        file.write_text(more, encoding="utf-8", newline="\n")


def made(base: Path, sizes: Sequence[int]) -> dict[int, Path]:
    """Return a folder for each number of halls; made if it is not there yet."""
    folders = {size: base / str(size) for size in sizes}
    where = read_map()
    missing = [size for size, folder in folders.items() if not (folder / "done").exists()]
    campaigns = list(live(CAMPAIGNS, where)) if missing else []
    for size in missing:
        folder = folders[size]
        shutil.rmtree(folder, ignore_errors=True)
        network(folder / "rules" / "network", size, where)
        specs(folder / "campaigns", campaigns, TIMES * size / HALLS)
        (folder / "done").touch()
    return folders


def command() -> tuple[str, ...]:
    """Return the command that is measured."""
    tool = str(Path(sys.executable).with_name("campaigncheck"))
    when = ("--today", TODAY.isoformat(), "--days", str(DAYS))
    return (tool, "forecast", "campaigns", *when, "--jobs", str(JOBS), "-o", "out.parquet")


def written(file: Path) -> dict[str, int]:
    """Return how many rows a file has, on how many days of halls, how many of these are exact, and what breaks."""
    with duckdb.connect() as connection:
        found = connection.execute(
            """WITH days AS (SELECT count(*) AS rows, any_value(method) AS method, count(*) FILTER (NOT kept) AS broken,
            count(*) FILTER (caused) AS caused FROM read_parquet(?) GROUP BY hall, date)
            SELECT sum(rows)::BIGINT, count(*), count(*) FILTER (method = 'exact'), sum(broken)::BIGINT, sum(caused)::BIGINT
            FROM days""",
            [str(file)],
        ).fetchone()
    assert found is not None
    return dict(zip(("rows", "days", "exact", "broken", "caused"), found, strict=True))


def brought(folder: Path) -> float:
    """Return how many people campaigns bring to halls, as a share of those who always come to these on the same days."""
    from campaigncheck.catalogue.files import RuleFiles
    from campaigncheck.engine.repository import find_specs
    from campaigncheck.engine.run import Job, Knowledge, run_with
    from campaigncheck.engine.selection import Selection
    from campaigncheck.portfolio.index import Portfolio
    from campaigncheck.waiting.arrivals import Arrivals

    files = RuleFiles.at(folder / "rules")
    done = run_with(
        Knowledge.of(files), Job(find_specs((str(folder / "campaigns"),)), files, Selection(select=("SPEC",)), TODAY)
    )
    made_here = (item.entry for item in done.examined if item.entry and item.spec.selected)
    portfolio = Portfolio.of(made_here, done.catalogues.regions)
    arrivals = Arrivals(portfolio, done.catalogues, TODAY.toordinal(), TODAY.toordinal() + DAYS - 1)
    more = usual = 0.0
    for code in arrivals.cities:
        city = arrivals.city(code)
        more += sum(float(crowd.people.sum()) * (1 + crowd.asking) for crowd in city.crowds)
        usual += float(city.hours.arrivals.sum(axis=2)[city.rows][:, city.types].sum())
    return more / usual


def run(base: Path, sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Foresee each size in turn, so many rounds."""
    samples: dict[str, list[Sample]] = {str(size): [] for size in sizes}
    folders = made(base, sizes)
    for number in range(rounds):
        for size, folder in folders.items():
            samples[str(size)].append(measure(command(), folder))
            print(f"{number + 1}/{rounds} {size:,}: {samples[str(size)][-1].wall:.1f} s", file=sys.stderr)
    memory = {str(size): measure(command(), folder, together=True).memory for size, folder in folders.items()}
    about = machine()
    about["packages"] = {name: version(name) for name in PACKAGES}
    contents = {str(size): written(folder / "out.parquet") for size, folder in folders.items()}
    megabytes = {str(size): (folder / "out.parquet").stat().st_size / 1e6 for size, folder in folders.items()}
    share = {str(size): round(brought(folder), 4) for size, folder in folders.items()}
    return {
        "machine": about, "seed": SEED, "times": TIMES, "brought": share, "written": contents, "megabytes": megabytes,
        "memory": memory, "samples": samples,
    }  # fmt: skip


def main() -> None:
    """Measure, and write the results."""
    parser = options("forecast_speed", __doc__, RESULTS)
    parser.add_argument("--halls", type=lambda text: [int(part) for part in text.split(",")], default=list(SIZES))
    parser.add_argument("--folder", type=Path, help="where halls and campaigns are made, and kept")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="campaigncheck-forecast-") as base:
        save(run(given.folder or Path(base), sorted(given.halls), given.rounds), given.output)


if __name__ == "__main__":
    main()
