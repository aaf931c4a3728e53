"""Pages of the examples, kept whole: every change of an output is seen in review."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from campaigncheck import __version__
from tests.site.sites import built

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = 'python -c "from tests.site.test_golden import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the pages is meant, and look at the diff."""

PAGES = (
    "index.html",
    "en/index.html",
    "campaigns.html",
    "calendar.html",
    "en/calendar.html",
    "owners.html",
    "gone.html",
    "en/frontline.html",
    "f/510100.html",
    "g/sc-2026-winter-broadband.html",
    "c/sc-2026-winter-broadband.html",
    "c/sc-2027-blocked-conflict.html",
    "en/c/sc-2027-blocked-conflict.html",
    "en/c/sc-nc-2027-prepaid-cashback.html",
)


def kept(path: str) -> Path:
    """Where a page is kept."""
    return GOLDEN / path.replace("/", "_")


def made(path: str) -> str:
    """A page; the version of the program is left out."""
    return built()[path].decode("utf-8").replace(f"campaigncheck {__version__}", "campaigncheck VERSION")


def regenerate() -> None:
    """Write the pages anew."""
    for path in PAGES:
        kept(path).write_text(made(path), encoding="utf-8", newline="")


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_the_one_kept(path: str) -> None:
    before, now = kept(path).read_bytes().decode("utf-8"), made(path)
    diff = "".join(unified_diff(before.splitlines(True), now.splitlines(True), f"kept/{path}", f"now/{path}"))
    assert now == before, f"{diff}\nIf this is meant: {REGENERATE}"


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {kept(path).name for path in PAGES}
