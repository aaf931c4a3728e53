"""Repairs of a long spec take a time that grows with its length, also where many of them do harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from campaigncheck.rulekit.sample import complete
from tests.repair.repositories import repaired

MANY = 240
FOURTH = MANY // 4
LONG = "一二三四五六七八九十" * 5
POSTER = "  - {{channel: poster, text: {}}}\n"
SPECS: dict[str, Callable[[int], str]] = {
    "wide figures": lambda n: "texts:\n" + "".join(POSTER.format(f"第{i}档送３０") for i in range(n)),
    "terms": lambda n: "texts:\n" + "".join(POSTER.format(f"第{i}档低消很低") for i in range(n)),
    "in the sheet": lambda n: (
        "faq:\n" + "".join(f"  - {{topic: price, q: 第{i}档？, a: 送３０。}}\n" for i in range(n))
    ),
    "prepared": lambda n: "answers:\n" + "".join(f"  - {{phrase: 第{i}档, answer: 送３０。}}\n" for i in range(n)),
    "one of ten is refused": lambda n: (
        "texts:\n" + "".join(POSTER.format(f"{LONG if i % 10 == 0 else ''}一二三四五{i}低消") for i in range(n))
    ),
    "shared": lambda n: (
        "texts:\n  - {channel: poster, text: &b 送３０}\n" + "".join("  - {channel: app, text: *b}\n" for _ in range(n))
    ),
}


def took(folder: Path, spec: str) -> float:
    """How long it takes to plan the repairs of a spec."""
    begin = time.process_time()
    repaired(folder, {"x": spec})
    return time.process_time() - begin


@pytest.mark.parametrize("kind", SPECS)
def test_the_time_grows_with_the_length(kind: str, tmp_path: Path) -> None:
    few, many = (complete(f"id: long\n{SPECS[kind](count)}") for count in (FOURTH, MANY))
    took(tmp_path, few)
    growth = min(took(tmp_path, many) / max(took(tmp_path, few), 0.004) for _ in range(4))
    assert growth < 10  # 4 times the texts; what grows with their square takes 16 times as long


def test_a_long_spec_is_repaired_wherever_it_can_be(tmp_path: Path) -> None:
    repair = repaired(tmp_path, {"x": complete("id: long\n" + SPECS["one of ten is refused"](40))})
    assert [(file.repairs, file.after.count("低消（")) for file in repair.mended] == [(36, 36)]
    assert [left.place.line for left in repair.refused] == [3, 13, 23, 33]
