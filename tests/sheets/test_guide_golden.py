"""One campaign's guided script, SMS table and voice menu kept whole: every change of them is seen in review."""

from __future__ import annotations

from difflib import unified_diff

import pytest

from campaigncheck import __version__
from campaigncheck.sheets import guide_page, short_sms, short_voice
from tests.sheets.guides import GOLDEN, of_file

NAMES = ("guide.zh.html", "guide.en.html", "guide.zh.json", "sms.zh.csv", "voice.zh.txt")
REGENERATE = 'python -c "from tests.sheets.test_guide_golden import regenerate; regenerate()"'
"""Run this in the repository's root when a change is meant, and look at the diff."""


def made() -> dict[str, str]:
    """The files by name; the version of the program is left out."""
    sheet = of_file(GOLDEN / "spring.yaml")
    files = {
        "guide.zh.html": guide_page.write(sheet, "zh"),
        "guide.en.html": guide_page.write(sheet, "en"),
        "guide.zh.json": guide_page.write_json(sheet, "zh"),
        "sms.zh.csv": short_sms.write(sheet, "zh"),
        "voice.zh.txt": short_voice.write(sheet, "zh"),
    }
    return {
        name: text.replace(f"campaigncheck {__version__}", "campaigncheck VERSION").replace(
            f'"version": "{__version__}"', '"version": "VERSION"'
        )
        for name, text in files.items()
    }


def regenerate() -> None:
    """Write the files anew."""
    for name, text in made().items():
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="")


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_the_one_kept(name: str) -> None:
    kept = (GOLDEN / name).read_bytes().decode()
    now = made()[name]
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {*NAMES, "spring.yaml"} == {*made(), "spring.yaml"}
