"""docs/daily-speed.md says what was measured, and says so when a target is missed."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.daily_page import PAGE, RESULTS, goals, page


def results(warm: float, since: float, one: float, two: float, huge: float) -> dict[str, Any]:
    """Results of runs that took so many seconds."""
    runs = {"cold": one, "cold_jobs_2": two, "warm": warm, "since": since}
    of = {name: [[seconds, seconds, 300.0]] for name, seconds in runs.items()}
    return {"sizes": {"10000": of, "100000": of | {"since": [[huge, huge, 900.0]]}}}


def test_each_target_is_judged_by_its_own_run() -> None:
    fine, missed = list(goals(results(0.9, 0.9, 17.0, 10.0, 14.9))), list(goals(results(1.0, 1.1, 17.0, 10.1, 15.0)))
    assert [goal.figure for goal in fine] == ["0.9 s", "0.9 s", "1.70 × as fast", "14.9 s"]
    assert [goal.met for goal in fine] == [True] * 4
    assert [goal.met for goal in missed] == [False] * 4


def test_the_page_shows_the_kept_results() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(RESULTS.read_text(encoding="utf-8")))
