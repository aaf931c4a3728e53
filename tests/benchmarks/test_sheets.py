"""docs/sheets-speed.md says what was measured, and says so when a target is missed."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.check_sheets import JOBS, command
from benchmarks.sheets_page import LIMITS, PAGE, RESULTS, goals, page


def results(**slowest: float) -> dict[str, Any]:
    """Results in which the slowest run of each took so many seconds, and the others one."""
    samples = {name: [[1.0, 1.0, 100.0], [slowest.get(name, 1.0), 1.0, 100.0]] for name in JOBS}
    return {
        "jobs": {name: {"format": job.format, "count": job.sheets} for name, job in JOBS.items()},
        "samples": samples,
    }


def test_the_slowest_run_counts() -> None:
    assert [goal.met for goal in goals(results(html=19.9, pdf=59.9, docx=999))] == [True, True]
    assert [(goal.what, goal.met) for goal in goals(results(html=20, pdf=60))] == [
        ("1,000 sheets as HTML", False),
        ("100 sheets as PDF", False),
    ]
    assert [goal.target for goal in goals(results())] == ["under 20 s", "under 60 s"]


def test_what_is_measured_is_the_command_as_users_call_it() -> None:
    assert command(JOBS["html"])[1:] == (
        "faq", "campaigns", "-o", "out-html", "--format", "html", "--today", "2026-12-01",
    )  # fmt: skip
    assert {JOBS[name].sheets for name in LIMITS} == {1_000, 100}


def test_the_page_shows_the_kept_results() -> None:
    kept = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(kept)
    assert set(kept["samples"]) == set(JOBS)
