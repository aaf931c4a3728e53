"""docs/workbook-speed.md says what was measured, and says so when the target is missed."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.workbook_page import PAGE, RESULTS, goals, page


def results(one: float, two: float) -> dict[str, Any]:
    """Results of runs that took so many seconds."""
    return {"samples": {"import": [[1.0, 1.0, 90.0], [one, one, 90.0]], "import_two": [[two, two, 90.0]]}}


def test_the_slowest_run_counts() -> None:
    assert [(goal.figure, goal.met) for goal in goals(results(59.9, 60.0))] == [("59.9 s", True), ("60.0 s", False)]


def test_the_page_shows_the_kept_results() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(RESULTS.read_text(encoding="utf-8")))
