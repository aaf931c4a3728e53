"""docs/custom-rules-speed.md says what was measured, and says so when the target is missed."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.custom_rules_page import PAGE, RESULTS, goals, page


def results(without: float, own: float) -> dict[str, Any]:
    """Results of runs that took so many seconds of processor time."""
    samples = {"without": [[99.0, without, 300.0]], "with": [[1.0, own, 400.0]]}
    return {"rules": 10, "specs": 10_000, "samples": samples}


def test_the_difference_in_processor_time_is_judged() -> None:
    (fine,), (slow,) = (list(goals(results(9.0, total))) for total in (13.9, 14.0))
    assert (fine.figure, fine.target, fine.met) == ("4.9 s", "under 5 s", True)
    assert (slow.figure, slow.met) == ("5.0 s", False)


def test_the_page_shows_the_kept_results() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(RESULTS.read_text(encoding="utf-8")))
