"""One compact campaign, its pages kept whole: every change of a page is seen in review."""

from __future__ import annotations

import hashlib
from difflib import unified_diff
from pathlib import Path

import pytest

from campaigncheck import __version__
from campaigncheck.sheets import json, markdown
from campaigncheck.sheets.edition import Listed
from campaigncheck.sheets.model import Judged, build, state
from campaigncheck.sheets.phrases import dates
from campaigncheck.sheets.render import render_index, write
from campaigncheck.source.document import load
from tests.sheets.pages import TODAY, catalogues, fitted

GOLDEN = Path(__file__).parent / "golden"
SPEC = GOLDEN / "compact.yaml"
NAMES = (
    "compact.zh.html",
    "compact.en.html",
    "index.zh.html",
    "compact.zh.md",
    "compact.en.md",
    "compact.zh.json",
)
TITLES = {"sc-2026-winter": "冬季宽带提速", "sc-2027-golden": "迎春宽带提速"}
REGENERATE = 'python -c "from tests.sheets.test_golden import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the pages is meant, and look at the diff."""


def made() -> dict[str, str]:
    """The pages by name of file; the version of the program is left out."""
    value, _, data = load(str(SPEC), "compact.yaml")
    campaign = fitted(value)
    judged = Judged(campaign, "pass", (), hashlib.sha256(data).hexdigest())
    sheet = build(judged, catalogues(), TITLES, TODAY)
    listed = [
        Listed("broken", "", "invalid", False, "missing"),
        Listed(
            sheet.id, sheet.title, "pass", True, state(campaign, TODAY), dates(campaign.period), sheet.places,
            campaign.period.start,
        ),
    ]  # fmt: skip
    pages = {
        "compact.zh.html": write(sheet, "zh"),
        "compact.en.html": write(sheet, "en"),
        "index.zh.html": render_index(listed, TODAY, "zh"),
        "compact.zh.md": str(markdown.write(sheet, "zh")),
        "compact.en.md": str(markdown.write(sheet, "en")),
        "compact.zh.json": json.write(sheet, "zh"),
    }
    return {name: page.replace(__version__, "VERSION") for name, page in pages.items()}


def regenerate() -> None:
    """Write the pages anew."""
    for name, page in made().items():
        (GOLDEN / name).write_text(page, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_one_kept(name: str) -> None:
    kept = (GOLDEN / name).read_text(encoding="utf-8")
    now = made()[name]
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_no_golden_file_is_left_over() -> None:
    kept = {file.name for pattern in ("compact.*.*", "index.*") for file in GOLDEN.glob(pattern)}
    assert kept == set(NAMES) == set(made())
