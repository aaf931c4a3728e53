"""Lines of a CSV file: times in any zone, and every way in which a row can be spoilt."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.calibration.rows import Reader, Row, header, seconds

NAMES = ["ticket", "hall", "class", "transaction", "taken", "called", "finished", "campaign"]
NINE = int(datetime(2027, 1, 5, 9, tzinfo=UTC).timestamp())
"""Nine o'clock on the clock of Shanghai, counted as if it were UTC."""
GOOD = b"A1,h1,other,sim,2027-01-05T09:00:00,2027-01-05T09:01:00,2027-01-05T09:05:00,\n"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2027-01-05T09:00:00", "Asia/Shanghai"),
        ("2027-01-05 09:00", "Asia/Shanghai"),
        ("20270105T090000", "Asia/Shanghai"),
        ("2027-01-05T09:00:00.999", "Asia/Shanghai"),
        ("2027-01-05T01:00:00Z", "+00:00"),
        ("2027-01-05T09:00:00+08:00", "+08:00"),
        ("2027-01-04T20:30:00-04:30", "-04:30"),
    ],
)
def test_a_time_is_on_the_clock_of_shanghai(text: str, zone: str) -> None:
    assert seconds(text) == (NINE, zone)


@pytest.mark.parametrize(
    "text", ["", "2027-01-05", "9:65", "2027-13-05T09:00:00", "2027-01-05T25:00:00", "昨天上午九点三十分整左右"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        seconds(text)


@given(st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_the_zone_in_which_a_moment_is_written_does_not_matter(moment: datetime, offset: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(minutes=offset)))
    assert seconds(elsewhere.isoformat())[0] == seconds(moment.isoformat())[0] == moment.timestamp() + 8 * 3600


def read(data: bytes) -> list[Row]:
    return list(Reader(NAMES).rows(io.BytesIO(data)))


def test_a_good_row_has_its_line_texts_and_times() -> None:
    assert read(b"\n" + GOOD) == [Row(3, ("A1", "h1", "other", "sim", None), (NINE, NINE + 60, NINE + 300))]


@pytest.mark.parametrize(
    ("data", "fault", "raw"),
    [
        (GOOD.replace(b",h1", b""), "columns", GOOD.replace(b",h1", b"").decode().strip()),
        (GOOD[:40], "cut_off", GOOD[:40].decode()),
        (GOOD.replace(b"09:01:00", b"9:65"), "time", "2027-01-05T09:00:00,2027-01-05T9:65,2027-01-05T09:05:00"),
        (GOOD.replace(b"2027-01-05T09:01:00", b""), "empty", "2027-01-05T09:00:00,,2027-01-05T09:05:00"),
        (b"\xff\xff" + GOOD, "encoding", None),
    ],
)
def test_a_spoilt_row_says_what_is_wrong_and_how_it_was_written(data: bytes, fault: str, raw: str | None) -> None:
    (row,) = read(data)
    assert (row.line, row.fault) == (2, fault)
    assert raw is None or row.raw == raw


def test_a_last_line_without_its_end_is_whole_if_nothing_is_missing() -> None:
    assert [row.fault for row in read(GOOD + GOOD.rstrip(b"\n"))] == [None, None]


def test_a_stray_quotation_mark_spoils_only_its_own_row() -> None:
    assert [row.fault for row in read(GOOD.replace(b"A1", b'"A1') + GOOD)] == ["columns", None]


def test_quoted_cells_are_read() -> None:
    quoted = b",".join(b'"' + cell + b'"' for cell in GOOD.strip().split(b",")) + b"\r\n"
    assert read(quoted)[0][1:] == read(GOOD)[0][1:]


def test_chinese_spreadsheets_are_read() -> None:
    (row,) = read(GOOD.decode().replace("sim", "补卡").encode("gb18030"))
    assert (row.texts[3], row.fault) == ("补卡", None)


def test_a_line_without_end_is_one_row_and_does_not_fill_the_memory() -> None:
    rows = read(b"x" * 300_000 + b"\n" + GOOD)
    assert [(row.line, row.fault, len(row.raw or "")) for row in rows] == [(2, "columns", 1000), (3, None, 0)]


@given(st.lists(st.binary(max_size=80) | st.sampled_from([GOOD.rstrip(), GOOD[:50], b'"', b"," * 7]), max_size=8))
def test_whatever_the_bytes_each_line_is_a_row_or_blank(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    rows = read(data)
    assert [row.line for row in rows] == [at for at, line in enumerate(data.split(b"\n"), 2) if line.strip()]
    assert all(row.fault is not None or None not in row.times for row in rows)


def test_zones_are_counted() -> None:
    reader = Reader(NAMES)
    mixed = GOOD.replace(b"2027-01-05T09:01:00", b"2027-01-05T01:01:00Z")
    assert [row.fault for row in reader.rows(io.BytesIO(GOOD + GOOD + mixed))] == [None] * 3
    assert reader.zones == {"Asia/Shanghai": 2, "mixed": 1}


def test_the_header_may_have_a_byte_order_mark_and_capitals() -> None:
    assert header('\ufeffTicket, "Hall",CLASS\r\n') == ["ticket", "hall", "class"]
