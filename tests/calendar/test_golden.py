"""One small repository, its calendars kept whole: every change of an output is seen in review."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff

import pytest

from campaigncheck import __version__
from campaigncheck.calendar import ics, page, table, text
from campaigncheck.calendar.wanted import Wanted
from tests.calendar.repositories import GOLDEN, golden

REGENERATE = 'python -c "from tests.calendar.test_golden import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the outputs is meant, and look at the diff."""

SICHUAN = Wanted(regions=("510000",))
OUTPUTS: dict[str, Callable[[], str]] = {
    "wide.zh.txt": lambda: text.write(golden(), "zh", width=120),
    "narrow.en.txt": lambda: text.write(golden(), "en", width=80),
    "months.zh.txt": lambda: text.write(golden(), "zh", width=80, scale="month"),
    "colour.zh.txt": lambda: text.write(golden(SICHUAN), "zh", colour=True, width=80),
    "sichuan.zh.html": lambda: page.write(golden(SICHUAN), "zh"),
    "retired.en.html": lambda: page.write(golden(Wanted(stages=("retired",))), "en"),
    "510100.zh.ics": lambda: dict(ics.write_cities(golden(), "zh"))["510100"],
    "sichuan.en.ics": lambda: ics.write(golden(SICHUAN), "en"),
    "sichuan.zh.csv": lambda: table.write(golden(SICHUAN), "zh", for_excel=True),
}


def made(name: str) -> str:
    """An output; the version of the program is left out."""
    return OUTPUTS[name]().replace(f"campaigncheck {__version__}", "campaigncheck VERSION")


def regenerate() -> None:
    """Write the outputs anew."""
    for name in OUTPUTS:
        (GOLDEN / name).write_text(made(name), encoding="utf-8", newline="")


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_is_the_one_kept(name: str) -> None:
    kept = (GOLDEN / name).read_bytes().decode("utf-8")
    now = made(name)
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.iterdir() if file.is_file()} == set(OUTPUTS)
