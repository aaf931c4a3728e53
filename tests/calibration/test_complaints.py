"""Which complaints are used, from CSV and from Parquet; how they were handled; which clause of which campaign they come from."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from campaigncheck.calibration.complaints_run import Handled
from campaigncheck.engine.errors import UsageError
from campaigncheck.rulekit.sample import complete
from tests.calibration.complaints_world import (
    CLEAN,
    FAULTY,
    HEADER,
    SPECS,
    UNASKED,
    Measured,
    complaint,
    measured,
    write_specs,
)

LINES = (
    (complaint("C01"), None),
    (complaint("C02", opened="2026-03-05 9:65"), "time"),
    (complaint("C03", opened="1926-03-05T09:00:00"), "time"),
    (complaint("C04", closed="2126-03-05T09:00:00"), "time"),
    (complaint("C05", channel=""), "empty"),
    (complaint("C06", opened=""), "empty"),
    (complaint(""), "empty"),
    (complaint("C07", "fualty"), "campaign"),
    (complaint("C08", topic="weather"), "topic"),
    (complaint("C09", closed="2026-03-05T08:59:59"), "closed_early"),
    (complaint("C10", opened="2026-02-28T23:59:59"), "before_start"),
    (complaint("C01", "clean", "cancel"), "order_twice"),
    (complaint("C11", closed=""), None),
    (complaint("C12", opened="2026-03-05T01:00:00Z", closed="2026-03-05T18:00:00+08:00"), None),
    (complaint("C13", "clean", "cancel", opened="2026-05-01T00:00:00", closed="2026-05-01T00:00:00"), None),
    (complaint("C14").replace("\n", ",more\n"), "columns"),
    ("C15,faulty,pri", "cut_off"),
)
REASONS = [(str(row), reason) for row, (_, reason) in enumerate(LINES, start=2) if reason]


@pytest.fixture
def campaigns(tmp_path: Path) -> Path:
    """Three campaigns that are over."""
    return write_specs(tmp_path)


def write(folder: Path, text: str, name: str = "complaints.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def of(folder: Path, campaigns: Path, *lines: str) -> Measured:
    return measured(folder, [write(folder, HEADER + "".join(lines))], campaigns)


def test_every_reason_is_told_with_file_and_row(tmp_path: Path, campaigns: Path) -> None:
    result = of(tmp_path, campaigns, *(line for line, _ in LINES))
    assert result.rejected == REASONS
    seen = result.outcome.seen
    assert (seen.rows, seen.used) == (17, 4)
    assert seen.zones == {"Asia/Shanghai": 12, "mixed": 1}
    assert (result.outcome.first.isoformat(), result.outcome.last.isoformat()) == ("2026-03-05", "2026-05-01")


def test_what_was_written_is_kept_and_harmless(tmp_path: Path, campaigns: Path) -> None:
    result = of(tmp_path, campaigns, complaint("C1"), complaint("=1+1", topic="x"), complaint("C3", closed="soon"))
    with (result.folder / "rejected-complaints.csv").open(encoding="utf-8-sig", newline="") as stream:
        top, first, second = csv.reader(stream)
    assert top == ["file", "row", "reason", *HEADER.strip().split(","), "as_written"]
    assert first[1:] == [
        "3", "topic", "'=1+1", "faulty", "x", "hotline", "2026-03-05T09:00:00", "2026-03-05T18:00:00", "",
    ]  # fmt: skip
    assert second[2:] == ["time", "C3", "faulty", "price", "hotline", "", "", "2026-03-05T09:00:00,soon"]


def parquet(file: Path, unit: str, zone: str | None) -> Path:
    """Write the rows whose cells are whole as Parquet; rows count from 1."""
    rows = list(
        csv.DictReader([HEADER, *(line for line, reason in LINES if reason not in ("time", "columns", "cut_off"))])
    )
    columns = {
        name: pa.array([row[name] for row in rows], pa.string()) for name in ("order", "campaign", "topic", "channel")
    }
    for name in ("opened", "closed"):
        moments = [_moment(row[name], zone) for row in rows]
        columns[name] = pa.array(moments, pa.timestamp(unit, zone))
    pq.write_table(pa.table(columns), file)
    return file


def _moment(text: str, zone: str | None) -> datetime | None:
    if not text:
        return None
    time = datetime.fromisoformat(text)
    shanghai = time.replace(tzinfo=None) + timedelta(hours=8) - (time.utcoffset() or timedelta(hours=8))
    return shanghai - timedelta(hours=8) if zone else shanghai


KEPT = [reason for _, reason in LINES if reason not in ("time", "columns", "cut_off")]


@pytest.mark.parametrize(("unit", "zone"), [("us", None), ("ms", "UTC"), ("us", "America/New_York"), ("ns", None)])
def test_parquet_is_read_like_csv(tmp_path: Path, campaigns: Path, unit: str, zone: str | None) -> None:
    result = measured(tmp_path, [parquet(tmp_path / "c.parquet", unit, zone)], campaigns)
    assert result.rejected == [(str(row), reason) for row, reason in enumerate(KEPT, start=1) if reason]
    assert result.outcome.handled == Handled(4, 1, 1, 0)


def test_an_order_is_the_same_in_another_file(tmp_path: Path, campaigns: Path) -> None:
    files = [write(tmp_path, HEADER + complaint("C1"), name) for name in ("b.csv", "a.csv")]
    result = measured(tmp_path, files, campaigns)
    assert result.rejected == [("2", "order_twice")]
    with (result.folder / "rejected-complaints.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["file"].rpartition("/")[2] for row in csv.DictReader(stream)] == ["b.csv"]


def test_a_damaged_file_is_marked_and_the_rest_is_kept(tmp_path: Path, campaigns: Path) -> None:
    damaged = parquet(tmp_path / "a.parquet", "us", None)
    data = bytearray(damaged.read_bytes())
    data[4:200] = bytes(196)
    damaged.write_bytes(bytes(data))
    result = measured(tmp_path, [damaged, write(tmp_path, HEADER + complaint("C1"))], campaigns)
    assert result.rejected == [("", "unreadable")]
    assert [Path(name).name for name in result.report["complaints"]["unreadable_files"]] == ["a.parquet"]


def test_without_a_usable_complaint_the_reasons_are_told(tmp_path: Path, campaigns: Path) -> None:
    with pytest.raises(UsageError) as refused:
        of(tmp_path, campaigns, complaint("C1", "x"), complaint("C2", "y"), complaint("C3", topic="z"))
    assert refused.value.message.render("zh") == "3 条投诉单没有一条能用：不认识的营销案 2、不认识的主题 1"
    assert refused.value.hint.render("en").startswith("Most are “unknown campaign”")


def test_missing_columns_are_named(tmp_path: Path, campaigns: Path) -> None:
    with pytest.raises(UsageError) as refused:
        measured(tmp_path, [write(tmp_path, "order,campaign\nC1,faulty\n")], campaigns)
    assert refused.value.message.render("en").endswith("lacks the columns topic, channel, opened, closed")
    assert refused.value.hint.render("zh").endswith("还没处理完的，closed 空着。")


def test_without_any_complaint_nothing_is_measured(tmp_path: Path, campaigns: Path) -> None:
    with pytest.raises(UsageError) as refused:
        of(tmp_path, campaigns)
    assert refused.value.message.render("en").startswith("there is no complaint in ")


def test_without_any_campaign_nothing_is_measured(tmp_path: Path) -> None:
    (tmp_path / "campaigns").mkdir()
    with pytest.raises(UsageError) as refused:
        of(tmp_path, tmp_path / "campaigns", complaint("C1"))
    assert refused.value.message.render("en") == "no campaign is known that complaints could be about"


def test_a_spec_that_cannot_be_understood_is_told(tmp_path: Path, campaigns: Path) -> None:
    (campaigns / "odd.yaml").write_text("id: [\n", encoding="utf-8")
    (campaigns / "other.yaml").write_text("id: other\n", encoding="utf-8")
    remarks = [remark.render("en") for remark in of(tmp_path, campaigns, complaint("C1")).outcome.remarks]
    assert [remark.rpartition("/")[2].split(" ")[0] for remark in remarks] == ["odd.yaml", "other.yaml"]


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        ("2026-03-05T09:00:00", "2026-03-06T09:00:00", Handled(1, 0, 0, 0)),
        ("2026-03-05T09:00:00", "2026-03-06T09:00:01", Handled(1, 1, 0, 0)),
        ("2026-03-09T09:00:00", "", Handled(1, 0, 1, 1)),
        ("2026-03-08T10:00:00", "", Handled(1, 0, 1, 1)),
        ("2026-03-08T09:59:59", "", Handled(1, 1, 1, 0)),
    ],
)
def test_an_order_is_late_after_a_day_whether_it_is_closed_or_not(
    tmp_path: Path, campaigns: Path, opened: str, closed: str, expected: Handled
) -> None:
    """The files know of time until the ninth at ten."""
    until = complaint("C0", "clean", opened="2026-03-05T09:00:00", closed="2026-03-09T10:00:00")
    found = of(tmp_path, campaigns, complaint("C1", opened=opened, closed=closed), until).outcome
    assert found.by_campaign["faulty"] == expected
    assert found.handled == Handled(*(one + other for one, other in zip(expected, (1, 1, 0, 0), strict=True)))


def test_the_share_in_time_leaves_out_what_is_not_due() -> None:
    assert Handled(10, 2, 4, 2).in_time == 6 / 8
    assert Handled(2, 0, 2, 2).in_time is None


def test_channels_and_campaigns_are_told_apart(tmp_path: Path, campaigns: Path) -> None:
    late = complaint("C3", "clean", channel="app", closed="2026-03-09T09:00:00")
    found = of(tmp_path, campaigns, complaint("C1"), complaint("C2", channel="app"), late).report["in_time"]
    assert [(item["channel"], item["orders"], item["in_time_per_cent"]) for item in found["channels"]] == [
        ("app", 2, 50.0), ("hotline", 1, 100.0),
    ]  # fmt: skip
    assert [(item["campaign"], item["late"]) for item in found["campaigns"]] == [("clean", 1), ("faulty", 0)]
    assert (found["promise_hours"], found["target_per_cent"]) == (24, 98)


def line_of(text: str, beginning: str) -> int:
    lines = complete(text).splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip(" -{").startswith(beginning))


@pytest.mark.parametrize(
    ("topic", "pointer", "beginning"),
    [
        ("price", "/offers/0/price", "id: pack"),
        ("cancel", "/offers/0/price", "id: pack"),
        ("how_to_get", "/channels", "channels"),
        ("gift_collect", "/faq", "faq"),
        ("dispute", "/faq", "faq"),
    ],
)
def test_a_topic_comes_from_a_clause(tmp_path: Path, campaigns: Path, topic: str, pointer: str, beginning: str) -> None:
    (cause,) = of(tmp_path, campaigns, complaint("C1", topic=topic)).report["causes"]
    assert (cause["campaign"], cause["topic"], cause["complaints"]) == ("faulty", topic, 1)
    assert (cause["clause"]["pointer"], cause["clause"]["line"]) == (pointer, line_of(FAULTY, beginning))


def test_without_a_clause_it_comes_from_its_answer(tmp_path: Path) -> None:
    text = FAULTY.replace("faq:\n", "faq:\n  - {topic: dispute, q: 有疑问找谁？, a: 打客服热线，1 天内答复您。}\n")
    (cause,) = of(tmp_path, write_specs(tmp_path, {"faulty": text}), complaint("C1", topic="dispute")).report["causes"]
    assert cause["clause"]["pointer"] == "/faq/0"


def test_the_findings_on_a_topic_are_told_with_their_places(tmp_path: Path, campaigns: Path) -> None:
    found = of(tmp_path, campaigns, complaint("C1"), complaint("C2", topic="dispute")).report["causes"]
    price, dispute = (next(item for item in found if item["topic"] == topic) for topic in ("price", "dispute"))
    assert [(item["rule"], item["pointer"]) for item in price["findings"]] == [
        ("SAFE001", "/offers/0/confirm"), ("LANG005", "/texts/0/text"),
    ]  # fmt: skip
    assert [item["rule"] for item in dispute["findings"]] == ["FREQ003", "FAQ001"]  # it began on the first of a month


def test_a_finding_in_a_field_is_on_its_topic(tmp_path: Path) -> None:
    text = CLEAN.replace("cancel: [app]", "cancel: [hall]")
    result = of(tmp_path, write_specs(tmp_path, {"clean": text}), complaint("C1", "clean"))
    (item,) = result.outcome.studied
    assert [fault.topics for fault in item.faults if fault.rule == "SAFE003"] == [("cancel",)]


def test_a_finding_anywhere_is_shared_by_the_topics_of_its_kind(tmp_path: Path, campaigns: Path) -> None:
    studied = {item.past.campaign.id: item for item in of(tmp_path, campaigns, complaint("C1")).outcome.studied}
    faults = {fault.rule: fault.topics for fault in studied["faulty"].faults}
    assert faults["LANG005"] == ("eligibility", "price")
    assert faults["SAFE001"] == ("price", "cancel")


def test_a_spec_that_cannot_be_set_back_is_told_and_its_complaints_are_kept(tmp_path: Path) -> None:
    text = complete(FAULTY).replace("stage: retired", "stage: &over retired").replace("多少钱？", "*over", 1)
    campaigns = write_specs(tmp_path)
    (campaigns / "faulty.yaml").write_text(text, encoding="utf-8")
    result = of(tmp_path, campaigns, complaint("C1"))
    assert [cause.complaints for cause in result.outcome.causes] == [1]
    (told,) = [remark.render("en") for remark in result.outcome.remarks]
    assert told.startswith("what was wrong with ")
    assert "faulty.yaml at that time cannot be checked: " in told


def test_the_clause_with_most_complaints_comes_first(tmp_path: Path, campaigns: Path) -> None:
    lines = [complaint("C1", topic="cancel"), complaint("C2"), complaint("C3"), complaint("C4", "clean")]
    found = of(tmp_path, campaigns, *lines).report["causes"]
    assert [(item["campaign"], item["topic"], item["complaints"]) for item in found] == [
        ("faulty", "price", 2), ("clean", "price", 1), ("faulty", "cancel", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "customers"), [("03-01", "04-09", 10_000), ("03-01", "03-20", 5_000), ("03-11", "03-20", 2_500)]
)
def test_customers_are_those_of_the_days_of_the_files(
    tmp_path: Path, campaigns: Path, first: str, last: str, customers: int
) -> None:
    lines = [complaint(day, opened=f"2026-{day}T09:00:00", closed="") for day in (first, last)]
    found = {item["campaign"]: item for item in of(tmp_path, campaigns, *lines).report["campaigns"]}
    assert found["faulty"]["customers"] == customers
    assert found["clean"]["customers"] == customers / 2
    assert "unasked" not in found


def test_tickets_correct_how_many_came(tmp_path: Path, campaigns: Path) -> None:
    file = write(
        tmp_path,
        HEADER
        + complaint("C1", opened="2026-03-01T09:00:00")
        + complaint("C2", opened="2026-04-09T09:00:00", closed=""),
    )
    found = measured(tmp_path, [file], campaigns, factors={"faulty": 1.5}).report["campaigns"]
    assert {item["campaign"]: item["customers"] for item in found} == {"faulty": 15_000, "clean": 5_000}


def test_complaints_of_a_campaign_without_demand_are_told_and_not_used_for_rates(tmp_path: Path) -> None:
    campaigns = write_specs(tmp_path, {"unasked": UNASKED})
    result = of(tmp_path, campaigns, complaint("C1", "unasked"))
    assert (result.outcome.unknown, len(result.outcome.causes)) == (1, 1)
    assert result.outcome.estimates.rules == ()
    assert not (result.folder / "complaints.csv").exists()


def test_a_draft_that_nobody_complains_of_had_no_customers(tmp_path: Path) -> None:
    campaigns = write_specs(tmp_path, {**SPECS, "draft": CLEAN.replace("clean", "draft").replace("launched", "draft")})
    found = of(tmp_path, campaigns, complaint("C1")).report["campaigns"]
    assert [item["campaign"] for item in found] == ["clean", "faulty"]
