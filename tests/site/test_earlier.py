"""Earlier reports for the trend: of which day they are, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Message
from campaigncheck.report import json as report_json
from campaigncheck.site.earlier import COUNTS, now, read_all
from tests.site.sites import TODAY, examples

SUMMARY = {name: number for number, name in enumerate(COUNTS)}


def report(folder: Path, name: str, summary: object = None) -> str:
    file = folder / name
    file.write_text(json.dumps({"summary": SUMMARY if summary is None else summary}), encoding="utf-8")
    return str(file)


def test_days_are_told_before_the_file_or_by_its_name(tmp_path: Path) -> None:
    plain, named = report(tmp_path, "a.json"), report(tmp_path, "check-2026-11-01.json")
    found = read_all((f"2026-11-15:{plain}", named), TODAY)
    assert found == ((date(2026, 11, 1), SUMMARY), (date(2026, 11, 15), SUMMARY))


def test_what_a_check_writes_is_read_as_it_was_counted(tmp_path: Path) -> None:
    file = tmp_path / "2026-11-30.json"
    file.write_text(report_json.write(examples().report, "zh"), encoding="utf-8")
    (found,) = read_all((str(file),), TODAY)
    assert found.counts == now(examples().report, TODAY).counts


def refused(*given: str) -> Message:
    with pytest.raises(UsageError) as caught:
        read_all(given, TODAY)
    return caught.value.message


def test_a_file_of_no_day_or_of_two_is_refused(tmp_path: Path) -> None:
    for name in ("a.json", "2026-11-01-to-2026-11-02.json", "2026-13-01.json", "12026-11-01.json"):
        assert "nobody can tell of which day" in refused(report(tmp_path, name)).render("en")


def test_two_of_one_day_and_one_that_is_not_earlier_are_refused(tmp_path: Path) -> None:
    first, second = report(tmp_path, "2026-11-01.json"), report(tmp_path, "b.json")
    assert refused(first, f"2026-11-01:{second}").render("en").startswith("there are two earlier reports of 2026-11-01")
    assert "not before today (2026-12-01)" in refused(f"2026-12-01:{second}").render("en")


@pytest.mark.parametrize(
    "summary",
    [[], {}, {**SUMMARY, "pass": -1}, {**SUMMARY, "pass": True}, {**SUMMARY, "pass": "1"}, {**SUMMARY, "pass": 1.5}],
)
def test_what_is_no_report_is_refused(summary: object, tmp_path: Path) -> None:
    file = report(tmp_path, "2026-11-01.json", summary)
    assert refused(file).render("en").endswith("2026-11-01.json is no report")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 100_000, b"null", b"{}"])
def test_so_is_what_is_no_json(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "2026-11-01.json").write_bytes(data)
    assert refused(str(tmp_path / "2026-11-01.json")).render("en").endswith("is no report")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refused(f"2026-11-01:{tmp_path / 'none.json'}").render("en")
