"""The sums over tickets are those of somebody who adds them up one by one."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from campaigncheck.calibration.engines import Duck
from campaigncheck.calibration.files import find_tickets
from campaigncheck.calibration.measure import GRID, SETTLED, Columns, Sums, add_up, days_of
from campaigncheck.calibration.stage import stage
from campaigncheck.calibration.tickets import HallTable, check
from tests.calibration.world import HEADER

FIRST_DAY = 20_000
KINDS = {FIRST_DAY + number: kind for number, kind in enumerate((0, 0, 1, 2, 3, 3))}
HALLS = ("h0", "h1", "h2")


class Ticket(NamedTuple):
    """A ticket, its times in seconds of the day."""

    hall: int
    day: int
    premium: bool
    transaction: str
    campaign: str
    taken: int
    called: int
    finished: int


def drawn() -> list[Ticket]:
    chance = random.Random(4)
    found = []
    for _ in range(600):
        taken = chance.randrange(9 * 3600, 18 * 3600)
        called = taken + chance.choice((0, 0, 30, 700, 2000))
        finished = called + chance.choice((1, 59, 300, 301, 1500))
        day, campaign = chance.choice(list(KINDS)), chance.choice(("", "", "c1", "c2"))
        kind = chance.choice(("sim", "enquiry", "补卡"))
        found.append(Ticket(chance.randrange(3), day, chance.random() < 0.3, kind, campaign, taken, called, finished))
    return found


TICKETS = drawn()


@pytest.fixture(scope="module")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Sums:
    """What the engine adds up."""
    folder = tmp_path_factory.mktemp("measure")
    (folder / "t.csv").write_text(HEADER + "".join(_lines()), encoding="utf-8")
    HallTable(HALLS, [0] * 3, [86_400] * 3).write(folder / "halls.parquet")
    engine = Duck(folder)
    sources = stage(find_tickets([str(folder / "t.csv")]), folder)
    checked = check(engine, sources, str(folder / "halls.parquet"), {"premium": True, "other": False})
    assert days_of(checked) == sorted(KINDS)
    found = add_up(checked, KINDS)
    engine.close()
    return found


def _lines() -> Iterator[str]:
    for number, ticket in enumerate(TICKETS):
        start = datetime(1970, 1, 1) + timedelta(days=ticket.day)
        times = [(start + timedelta(seconds=part)).isoformat() for part in ticket[5:]]
        group = "premium" if ticket.premium else "other"
        cells = [f"T{number}", HALLS[ticket.hall], group, ticket.transaction, *times, ticket.campaign]
        yield ",".join(cells) + "\n"


def rows(columns: Columns) -> list[tuple[int | str, ...]]:
    return [tuple(row) for row in zip(*(list(column) for column in columns.values()), strict=True)]


def moments(groups: dict[tuple[int | str, ...], list[int]]) -> list[tuple[int | str, ...]]:
    return [(*key, len(part), sum(part), sum(second**2 for second in part)) for key, part in sorted(groups.items())]


def grouped(*names: str, campaigns: bool | None = None) -> list[tuple[int | str, ...]]:
    found: dict[tuple[int | str, ...], list[int]] = defaultdict(list)
    for ticket in TICKETS:
        if campaigns is None or bool(ticket.campaign) == campaigns:
            facts: dict[str, int | str] = {
                "code": ticket.hall, "day": ticket.day, "kind": KINDS[ticket.day], "hour": ticket.taken // 3600,
                "block": ticket.day % 10, "transaction": ticket.transaction, "campaign": ticket.campaign,
                "asks": int(ticket.transaction == "enquiry"),
            }  # fmt: skip
            found[tuple(facts[name] for name in names)].append(ticket.finished - ticket.called)
    return moments(found)


def test_arrivals(sums: Sums) -> None:
    everybody: Counter[tuple[int, int, int]] = Counter()
    premium: Counter[tuple[int, int, int]] = Counter()
    for ticket in TICKETS:
        if not ticket.campaign:
            key = ticket.hall, ticket.day, ticket.taken // 3600
            everybody[key] += 1
            premium[key] += ticket.premium
    assert rows(sums.arrivals) == [(*key, number, premium[key]) for key, number in sorted(everybody.items())]


def test_service(sums: Sums) -> None:
    assert rows(sums.cells) == grouped("code", "kind", "hour", campaigns=False)
    assert rows(sums.halls) == grouped("code", "block", campaigns=False)
    assert rows(sums.transactions) == grouped("transaction", "block")
    assert rows(sums.campaigns) == grouped("campaign", "asks", "day", campaigns=True)
    assert rows(sums.reach) == grouped("campaign", "code", campaigns=True)


def test_looks_at_the_counters(sums: Sums) -> None:
    found: Counter[tuple[int, int, int, int, int]] = Counter()
    for hall in range(3):
        for day, kind in KINDS.items():
            here = [ticket for ticket in TICKETS if (ticket.hall, ticket.day) == (hall, day)]
            for moment in range(0, 86_400, GRID):
                busy = sum(ticket.called <= moment < ticket.finished for ticket in here)
                waiting = any(ticket.taken <= moment < ticket.called for ticket in here)
                if moment % 3600 >= SETTLED and (busy or waiting):
                    found[hall, kind, moment // 3600, busy, int(waiting)] += 1
    assert rows(sums.counters) == [(*key, looks) for key, looks in sorted(found.items())]
