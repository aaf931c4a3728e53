"""Open counters, from looks at who is served and who waits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from campaigncheck.calibration.counters import ENOUGH, counters
from tests.calibration.world import HEADER, calibrated, rules_folder, ticket

WORKDAY = 0


def sums(looks: list[tuple[int, int, int]]) -> dict[str, np.ndarray]:
    """Make the sums of (busy, waiting, looks) of one hall's hour."""
    busy, waiting, number = (np.array(part, np.int64) for part in zip(*sorted(looks), strict=True))
    same = np.zeros(len(looks), np.int64)
    return {"code": same, "kind": same, "hour": same + 10, "busy": busy, "waiting": waiting, "looks": number}


@pytest.mark.parametrize(
    ("looks", "median"),
    [
        ([(4, 1, 20)], 4),
        ([(3, 1, 9), (4, 1, 20), (5, 1, 6)], 4),
        ([(3, 1, 9), (4, 1, 20), (5, 1, 6), (5, 0, 500), (1, 0, 900)], 4),
        ([(3, 1, 10), (4, 1, 10)], 3),
        ([(3, 1, 2), (4, 1, 2)], 0),
    ],
)
def test_the_median_of_the_looks_with_a_queue_counts(looks: list[tuple[int, int, int]], median: int) -> None:
    found = counters(sums(looks), 1)
    assert found.median[0, WORKDAY, 10] == median
    assert found.most[0, WORKDAY, 10] == max(busy for busy, _, _ in looks)
    assert found.looks[0, WORKDAY, 10] == sum(number for _, waiting, number in looks if waiting)


def test_the_interval_holds_the_ranks_around_the_median() -> None:
    found = counters(sums([(3, 1, 8), (4, 1, 84), (5, 1, 8)]), 1)
    assert (found.low[0, WORKDAY, 10], found.high[0, WORKDAY, 10]) == (4, 4)
    found = counters(sums([(3, 1, 10), (4, 1, 10), (5, 1, 10)]), 1)
    assert (found.low[0, WORKDAY, 10], found.high[0, WORKDAY, 10]) == (3, 5)


def test_looks_are_counted_as_somebody_with_a_watch_would(tmp_path: Path) -> None:
    """Two counters, a customer every two minutes: a queue builds up from nine to ten."""
    free, lines, spans = [0, 0], "", []
    for number, minute in enumerate(range(0, 60, 2)):
        start = max(minute, min(free))
        free[free.index(min(free))] = start + 5
        lines += ticket(f"A{number:03}", minute, wait=start - minute, served=5)
        spans.append((minute, start, start + 5))
    (tmp_path / "t.csv").write_text(HEADER + lines, encoding="utf-8")
    result = calibrated(tmp_path, rules_folder(tmp_path), [tmp_path / "t.csv"])
    expected: Counter[int] = Counter()
    for look in range(15, 120, 5):
        waiting = sum(taken <= look < called for taken, called, _ in spans)
        if look % 60 >= 15 and waiting:
            expected[9 + look // 60] += 1
    found = result.outcome.estimates.counters
    assert {hour: int(found.looks[0, WORKDAY, hour]) for hour in (9, 10)} == {9: expected[9], 10: expected[10]}
    assert expected[9] >= ENOUGH
    assert found.median[0, WORKDAY, 9] == found.most[0, WORKDAY, 9] == 2
