"""Which tickets are used: every reason to set one aside, with file and row, from CSV and from Parquet."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from campaigncheck.engine.errors import UsageError
from tests.calibration.world import HEADER, HOURS, calibrated, day_of_hours, rules_folder, ticket

LINES = (
    (ticket("A01", 0), None),
    (ticket("A02", 1).replace(":01:00", ":61:00", 1), "time"),
    (ticket("A03", 2, hall="sc-cd-999"), "hall"),
    (ticket("A04", 3, group="vip"), "class"),
    (ticket("A05", 4, wait=-3, served=9), "called_early"),
    (ticket("A06", 5, served=-1), "finished_early"),
    (ticket("A07", 6, served=0), "not_served"),
    (ticket("A08", 7, served=181), "too_long"),
    (ticket("A09", 8, finished="2027-01-06T09:20:00"), "another_day"),
    (ticket("A10", -120, wait=1), "closed"),
    (ticket("A11", 600, wait=1), "closed"),
    (ticket("A12", 9, transaction=""), "empty"),
    (ticket("", 10), "empty"),
    (ticket("A01", 11), "twice"),
    (ticket("A01", 11, day="2027-01-06"), None),
    (ticket("A01", 11, hall="sc-cd-002"), None),
    (ticket("A13", 12, group="全球通"), None),
    (ticket("A14", 13, taken="1927-01-05T09:13:00"), "time"),
    (ticket("A01", 12), "twice"),
    ("A15,sc-cd-001,other,s", "cut_off"),
)
REASONS = [(str(row), reason) for row, (_, reason) in enumerate(LINES, start=2) if reason]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Two halls that are open from nine to six."""
    return rules_folder(tmp_path, hours=HOURS + day_of_hours("sc-cd-001") + day_of_hours("sc-cd-002"))


def write(folder: Path, text: str, name: str = "tickets.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_every_reason_is_told_with_file_and_row(tmp_path: Path, rules: Path) -> None:
    file = write(tmp_path, HEADER + "".join(line for line, _ in LINES))
    result = calibrated(tmp_path, rules, [file])
    assert result.rejected == REASONS
    seen = result.outcome.seen
    assert (seen.rows, seen.used) == (20, 4)
    assert sum(seen.set_aside.values()) == 16
    assert seen.zones == {"Asia/Shanghai": 18}


def test_what_was_written_is_kept(tmp_path: Path, rules: Path) -> None:
    file = write(tmp_path, HEADER + ticket("A00", 0) + ticket("=1+1", 1, called="soon") + "A15,cut")
    result = calibrated(tmp_path, rules, [file])
    with (result.folder / "rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        first, second = list(csv.reader(stream))[1:]
    assert first[1:] == [
        "3", "time", "'=1+1", "sc-cd-001", "other", "sim", "", "", "", "",
        "2027-01-05T09:01:00,soon,2027-01-05T09:08:00",
    ]  # fmt: skip
    assert second[1:] == ["4", "cut_off", *[""] * 8, "A15,cut"]


def test_a_ticket_is_the_same_in_another_file(tmp_path: Path, rules: Path) -> None:
    files = [write(tmp_path, HEADER + ticket("A01", minute), name) for minute, name in ((5, "b.csv"), (0, "a.csv"))]
    result = calibrated(tmp_path, rules, files)
    assert result.rejected == [("2", "twice")]
    with (result.folder / "rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["file"].rpartition("/")[2] for row in csv.DictReader(stream)] == ["b.csv"]


def parquet(file: Path, unit: str = "us", zone: str | None = None, text: bool = False) -> Path:
    """Write the good and bad rows that have times as Parquet; rows count from 1."""
    rows = list(csv.DictReader([HEADER, *(line for line, reason in LINES if reason not in ("time", "cut_off"))]))
    columns = {}
    for name in rows[0]:
        cells = [row[name] for row in rows]
        if name not in ("taken", "called", "finished"):
            columns[name] = pa.array(cells, pa.string())
        elif text:
            columns[name] = pa.array(cells)
        else:
            moments = [datetime.fromisoformat(cell) + timedelta(milliseconds=900) for cell in cells]
            moments = [moment - timedelta(hours=8) if zone else moment for moment in moments]
            columns[name] = pa.array(moments, pa.timestamp(unit, zone))
    pq.write_table(pa.table(columns), file)
    return file


KEPT = [reason for _, reason in LINES if reason not in ("time", "cut_off")]
IN_PARQUET = [(str(row), reason) for row, reason in enumerate(KEPT, start=1) if reason]


@pytest.mark.parametrize(
    ("unit", "zone", "told"),
    [
        ("us", None, "Asia/Shanghai"),
        ("ms", "UTC", "UTC"),
        ("us", "America/New_York", "UTC"),
        ("ns", None, "Asia/Shanghai"),
    ],
)
def test_parquet_is_read_like_csv(tmp_path: Path, rules: Path, unit: str, zone: str | None, told: str) -> None:
    result = calibrated(tmp_path, rules, [parquet(tmp_path / "tickets.parquet", unit, zone)])
    assert result.rejected == IN_PARQUET
    assert result.outcome.seen.zones == {told: 17}


def test_parquet_with_times_as_text_is_read_too(tmp_path: Path, rules: Path) -> None:
    result = calibrated(tmp_path, rules, [parquet(tmp_path / "tickets.parquet", text=True)])
    assert result.rejected == IN_PARQUET


def test_a_file_that_breaks_off_is_marked_and_the_rest_is_kept(tmp_path: Path, rules: Path) -> None:
    whole = parquet(tmp_path / "whole.parquet")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(whole.read_bytes()[:-100])
    result = calibrated(tmp_path, rules, [whole, broken])
    assert result.rejected == [("", "unreadable"), *IN_PARQUET]
    assert len(result.report["tickets"]["unreadable_files"]) == 1
    assert result.outcome.seen.used == 4


def test_a_file_that_is_damaged_inside_is_marked_and_the_rest_is_kept(tmp_path: Path, rules: Path) -> None:
    whole = parquet(tmp_path / "whole.parquet")
    damaged = tmp_path / "damaged.parquet"
    data = bytearray(whole.read_bytes())
    data[4:200] = bytes(196)
    damaged.write_bytes(bytes(data))
    result = calibrated(tmp_path, rules, [damaged, whole])
    assert result.rejected == [("", "unreadable"), *IN_PARQUET]
    assert [Path(name).name for name in result.report["tickets"]["unreadable_files"]] == ["damaged.parquet"]


def test_an_empty_file_is_told_and_the_rest_is_kept(tmp_path: Path, rules: Path) -> None:
    files = [
        write(tmp_path, text, name)
        for name, text in (("a.csv", ""), ("b.csv", HEADER), ("c.csv", HEADER + ticket("A1", 0)))
    ]
    result = calibrated(tmp_path, rules, files)
    assert result.rejected == [("", "unreadable")]
    assert (result.outcome.seen.rows, result.outcome.seen.used) == (1, 1)


@pytest.mark.parametrize("text", ["", "\ufeff\r\n", HEADER])
def test_without_any_ticket_nothing_is_calibrated(tmp_path: Path, rules: Path, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        calibrated(tmp_path, rules, [write(tmp_path, text)])
    assert refused.value.message.render("en").startswith("there is no ticket in ")


def test_tickets_of_a_late_year_are_read(tmp_path: Path, rules: Path) -> None:
    file = write(tmp_path, HEADER + ticket("A1", 0, day="2099-12-30") + ticket("A1", 1, day="2099-12-30"))
    result = calibrated(tmp_path, rules, [file])
    assert result.rejected == [("3", "twice")]
    assert result.report["days"]["last"] == "2099-12-30"


def test_opening_hours_may_be_given(tmp_path: Path, rules: Path) -> None:
    file = write(tmp_path, HEADER + ticket("A1", -120, wait=1) + ticket("A2", 0) + ticket("A3", 500))
    result = calibrated(tmp_path, rules, [file], opening=(7, 17))
    assert result.rejected == [("4", "closed")]


def test_without_a_usable_ticket_the_reasons_are_told(tmp_path: Path, rules: Path) -> None:
    file = write(tmp_path, HEADER + ticket("A1", 0, hall="x") + ticket("A2", 0, hall="y") + ticket("A3", 1, served=0))
    with pytest.raises(UsageError) as refused:
        calibrated(tmp_path, rules, [file])
    assert refused.value.message.render("zh") == "3 条取号记录没有一条能用：不认识的营业厅 2、叫号即结束，没有办理 1"
    assert refused.value.hint.render("en").startswith("Most are “unknown hall”")


def test_without_halls_nothing_is_calibrated(tmp_path: Path) -> None:
    rules = rules_folder(tmp_path)
    (rules / "network" / "halls.csv").unlink()
    file = write(tmp_path, HEADER + ticket("A1", 0))
    with pytest.raises(UsageError) as refused:
        calibrated(tmp_path, rules, [file])
    assert refused.value.message.render("en") == "no hall is known"


def test_missing_columns_are_named(tmp_path: Path, rules: Path) -> None:
    file = write(tmp_path, "ticket,hall,class\nA1,sc-cd-001,other\n")
    with pytest.raises(UsageError) as refused:
        calibrated(tmp_path, rules, [file])
    assert refused.value.message.render("en").endswith("lacks the columns transaction, taken, called, finished")


def test_columns_in_another_order_and_further_ones_are_fine(tmp_path: Path, rules: Path) -> None:
    head = "counter,finished,called,taken,transaction,class,hall,ticket\n"
    row = "7,2027-01-05T09:07:00,2027-01-05T09:02:00,2027-01-05T09:00:00,sim,other,sc-cd-001,A1\n"
    result = calibrated(tmp_path, rules, [write(tmp_path, head + row)])
    assert result.outcome.seen.used == 1
    assert result.outcome.seen.ignored == ["counter"]
