"""docs/calibration-speed.md says what was measured, and says so when a target is missed."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.calibrate_page import PAGE, RESULTS, goals, page
from benchmarks.calibrate_speed import ROWS, command

MILLION = 1_000_000


def results(*runs: tuple[int, float, float, float]) -> dict[str, Any]:
    """Results of runs of (rows, seconds, processor, memory)."""
    return {"samples": {str(rows): [[wall, cpu, memory]] for rows, wall, cpu, memory in runs}}


def test_the_largest_run_is_judged() -> None:
    fine = results((5 * MILLION, 8, 9, 600), (50 * MILLION, 89.9, 95, 3999))
    assert [goal.met for goal in goals(fine)] == [True, True, True]
    slow = results((5 * MILLION, 8, 8, 600), (50 * MILLION, 90, 97, 4000))
    assert [(goal.target, goal.met) for goal in goals(slow)] == [
        ("under 90 s", False),
        ("under 4 GB", False),
        ("at most 1.2 ×", False),
    ]


def test_a_smaller_run_gets_its_share_of_the_time() -> None:
    assert [(goal.target, goal.met) for goal in goals(results((5 * MILLION, 9.1, 9, 600)))][:1] == [
        ("under 9 s", False)
    ]


def test_what_is_measured_is_the_command_as_users_call_it() -> None:
    assert command()[1:] == ("calibrate", "tickets", "-o", "out", "--rules", "rules")
    assert ROWS[-1] == 50 * MILLION


def test_the_page_shows_the_kept_results() -> None:
    kept = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(kept)
