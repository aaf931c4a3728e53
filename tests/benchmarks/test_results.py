"""docs/performance.md says what was measured, and says so when a target is missed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.timing import measure
from benchmarks.write_docs import PAGE, RESULTS, goals, page, ratio, slope


def run_of(seconds: float, memory: float = 300.0) -> list[list[float]]:
    """Three equal samples."""
    return [[seconds, seconds, memory]] * 3


def results(check: float, peer: float, words: float = 0) -> dict[str, Any]:
    """Results in which a check takes so many times the parse alone, the peers so many times the check.

    The rules about words take so many seconds more.
    """
    sizes = {
        str(count): {
            "parse": run_of(count / 1000),
            "check": run_of(check * count / 1000 + words),
            "check_jobs_2": run_of(1),
            "road": run_of(check * count / 1000),
            "no_words": run_of(check * count / 1000),
        }
        for count in (1_000, 10_000, 20_000)
    }
    return {
        "sizes": sizes,
        "peers": {"check": run_of(1), "check_jsonschema": run_of(peer), "yamllint": run_of(peer)},
        "starts": {"one_spec": run_of(0.3), "help": run_of(0.1)},
    }


def test_targets_that_are_met_are_called_met() -> None:
    assert all(goal.met for goal in goals(results(check=0.9, peer=6)))


def test_targets_that_are_missed_are_called_missed() -> None:
    missed = [goal.what for goal in goals(results(check=1.6, peer=4, words=11)) if not goal.met]
    assert missed == [
        "10,000 specs, one process, beside the parse alone, without the rules that read every sentence",
        "the same, aim",
        "all rules about language and FAQ on 10,000 specs, one core",
        "check-jsonschema on 1,000 of the files",
        "yamllint on 1,000 of the files",
    ]


def test_ratios_are_taken_pair_by_pair() -> None:
    runs: dict[str, list[list[float]]] = {
        "check": [[2, 0, 0], [6, 0, 0], [5, 0, 0]],
        "parse": [[1, 0, 0], [2, 0, 0], [1, 0, 0]],
    }
    assert ratio(runs, "check", "parse", 0) == 3


def test_growth_compares_the_cost_of_further_specs() -> None:
    grown = results(check=1, peer=6)
    assert slope(grown, "check") == pytest.approx(1)
    grown["sizes"]["20000"]["check"] = run_of(30)
    assert slope(grown, "check") == pytest.approx(2)


def test_the_page_is_what_the_results_make_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(RESULTS.read_text(encoding="utf-8")))


def test_a_process_is_measured_whole(tmp_path: Path) -> None:
    sample = measure([sys.executable, "-c", "sum(range(10**6)); print('x' * 10**6)"], tmp_path)
    assert sample.wall > 0
    assert sample.cpu > 0
    assert sample.memory > 1


def test_memory_is_the_processs_own(tmp_path: Path) -> None:
    ballast = bytearray(200 << 20)
    assert measure([sys.executable, "-c", ""], tmp_path).memory < 100
    assert len(ballast) == 200 << 20


def test_a_failed_run_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="wrong"):
        measure([sys.executable, "-c", "import sys; sys.stderr.write('wrong'); sys.exit(3)"], tmp_path)
