"""A repository of a hundred campaigns: most are made up at random, some can be repaired, and one can be cleared."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.corpus.__main__ import specs
from benchmarks.corpus.places import Map, read_map
from campaigncheck.rulekit.sample import complete
from tests.clearance.repository import ID, write_repository

TODAY = "2026-10-19"
COUNT = 100
REPAIRABLE = 8
CLEARED = f"clearances/{ID}.json"
NEAR = ("000000", "510000")
"""Campaigns of the country and of the province could be in the way of the one that is cleared."""


def write_hundred(folder: Path, *, hours: bool = False, count: int = COUNT) -> None:
    """Write the repository, or a smaller one, into an empty folder; without opening hours, no waits have to be found."""
    write_repository(folder)
    if not hours:
        (folder / "rules" / "network" / "hours.csv").unlink()
    where = read_map()
    with (folder / "rules" / "network" / "halls.csv").open("a", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerows(where.hall_rows())
    for name, text in islice(made_up(where), count - REPAIRABLE - 4):
        (folder / "campaigns" / name).parent.mkdir(exist_ok=True)
        (folder / "campaigns" / name).write_text(text, encoding="utf-8")
    for number in range(REPAIRABLE):
        (folder / "campaigns" / f"fix-{number}.yaml").write_text(repairable(number), encoding="utf-8")


def made_up(where: Map) -> Iterator[tuple[str, str]]:
    """Yield names and texts of campaigns elsewhere; every tenth has a problem of its own."""
    return ((name, text) for name, text in specs(2 * COUNT, broken=0.1, where=where) if not name.startswith(NEAR))


def repairable(number: int) -> str:
    """Return a spec that ``--fix`` mends in several places."""
    return complete(
        f'id: fix-{number}\nowner: {{region: "210000", department: 市场部, contact: a@example.com}}\n'
        'regions: {include: ["210100"]}\n'
        f"period: {{start: 2027-0{number + 1}-01, end: 2027-0{number + 1}-20}} # 一个月\n"
        "texts:\n"
        + "".join(
            f"  - {{channel: {name}, text: 宽带升到３００Ｍ，请带上旧的MSISDN。}}\n" for name in ("poster", "app")
        )
    )
