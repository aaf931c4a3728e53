"""The generator of tickets: a queue as it should be, and files that say exactly what is wrong with them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hall_day import TRANSACTIONS, Campaign, Hour, serve, simulate
from benchmarks.tickets import BAD, joined, tickets, write
from campaigncheck.catalogue.workdays import WorkCalendar

CALENDAR = WorkCalendar({}, frozenset(), frozenset())
HOUR = 3600.0
CUSTOMERS = st.lists(st.tuples(st.integers(0, 7200), st.booleans(), st.integers(1, 1200)), min_size=1, max_size=40)
DAY = {9: Hour(3, 4, 16, 5.5, 0.6), 10: Hour(2, 4, 14, 5.5, 0.6), 11: Hour(4, 4, 20, 5.5, 0.6)}


@given(CUSTOMERS, st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_nobody_is_passed_over_and_no_counter_is_used_twice(
    customers: list[tuple[int, bool, int]], crew: list[int]
) -> None:
    customers = sorted(customers)
    taken, premium, service = ([float(one[at]) for one in customers] for at in range(3))
    vip = [bool(flag) for flag in premium]
    called = serve(taken, vip, service, [(hour * 1800.0, counters) for hour, counters in enumerate(crew)])
    assert all(call >= take for call, take in zip(called, taken, strict=True))
    for one in range(len(taken)):
        for other in range(one + 1, len(taken)):
            if vip[one] == vip[other] or vip[one]:
                assert called[one] <= called[other] or taken[one] == taken[other] or called[other] < taken[one]
    for call in called:
        busy = sum(start <= call < start + length for start, length in zip(called, service, strict=True))
        assert busy <= max(crew)


def test_premium_goes_first_without_interrupting() -> None:
    called = serve([0, 10, 20, 30], [False, False, True, False], [100, 100, 100, 100], [(0, 1)])
    assert called == [0, 200, 100, 300]


def test_a_closing_counter_finishes_its_customer_and_does_not_call_another() -> None:
    called = serve([0, 0, 10, 20], [False] * 4, [4000, 3700, 100, 100], [(0, 2), (HOUR, 1)])
    assert called == [0, 0, 4000, 4100]


def test_a_counter_opens_on_the_hour() -> None:
    assert serve([0, 10], [False] * 2, [9000, 60], [(0, 1), (HOUR, 2)]) == [0, HOUR]


def test_the_simulation_has_the_rates_and_the_service_it_was_given() -> None:
    random = np.random.default_rng(5)
    days = [simulate(DAY, [Campaign("c", 6, 3.0)], random) for _ in range(400)]
    taken = np.concatenate([day.taken for day in days])
    premium = np.concatenate([day.premium for day in days])
    campaign = np.concatenate([day.campaign for day in days])
    minutes = np.concatenate([day.finished - day.called for day in days]) / 60
    usual = campaign < 0
    for hour, about in DAY.items():
        here = (taken // HOUR == hour) & usual
        for group, rate in ((premium, about.premium), (~premium, about.other)):
            assert (here & group).sum() / 400 == pytest.approx(rate, abs=4 * (rate / 400) ** 0.5)
    assert (campaign == 0).sum() / 400 == pytest.approx(6, abs=0.5)
    assert minutes[usual].mean() == pytest.approx(5.5, rel=0.02)
    assert minutes[usual].var() / minutes[usual].mean() ** 2 == pytest.approx(0.6, rel=0.06)
    assert minutes[~usual].mean() == pytest.approx(3.0, rel=0.03)


def test_one_counter_alone_waits_as_pollaczek_and_khinchine_say() -> None:
    day = {hour: Hour(1, 0.0, 6.0, 5.0, 0.5) for hour in range(200)}
    random = np.random.default_rng(11)
    waits = []
    for _ in range(30):
        visits = simulate(day, [], random)
        waits.append((visits.called - visits.taken)[visits.taken > 20 * HOUR].mean() / 60)
    expected = 6 / 60 * 25 * 1.5 / (2 * (1 - 0.5))
    assert np.mean(waits) == pytest.approx(expected, abs=4 * np.std(waits) / 30**0.5)


def test_the_transactions_make_up_the_mixture() -> None:
    assert sum(share for share, _ in TRANSACTIONS.values()) == pytest.approx(1)
    assert sum(share * multiple for share, multiple in TRANSACTIONS.values()) == pytest.approx(1)


def made(folder: Path, rows: int, as_csv: bool, bad: float) -> dict[str, int]:
    days = [date(2026, 9, 7) + timedelta(days=number) for number in range(10)]
    return write(folder, joined(tickets({"h1": {"workday": DAY}}, days, [], CALENDAR, 3), rows), as_csv, bad, 3)


def read(folder: Path) -> list[dict[str, Any]]:
    with (folder / "tickets-0001.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_same_seed_makes_the_same_files_and_as_many_rows_as_asked_for(tmp_path: Path) -> None:
    assert made(tmp_path / "a", 250, True, 0.02)["rows"] == 255
    made(tmp_path / "b", 250, True, 0.02)
    assert read(tmp_path / "a") == read(tmp_path / "b")
    made(tmp_path / "c", 250, False, 0.0)
    assert pq.read_table(tmp_path / "c").num_rows == 250


def test_every_kind_of_bad_row_is_there_as_often_as_told(tmp_path: Path) -> None:
    told = made(tmp_path, 250, True, 0.02)
    assert told == {"rows": 255, **dict.fromkeys(BAD, 5)}
    rows = read(tmp_path)
    assert sum(row["hall"] == "nowhere" for row in rows) == 5
    assert sum(row["called"] == "9:65" for row in rows) == 5
    assert sum(row["transaction"] == "" for row in rows) == 5
    assert sum(row["called"] == row["finished"] for row in rows) == 5
    again = Counter((row["taken"][:10], row["ticket"]) for row in rows)
    assert sum(count > 1 for count in again.values()) == 5
