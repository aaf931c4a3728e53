"""The advice about one campaign, kept whole: every change of an output is seen in review."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from campaigncheck.suggest.advice import Advice
from campaigncheck.suggest.report import write_json, write_text
from tests.suggest.repositories import advised

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = 'python -c "from tests.suggest.test_golden import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the outputs is meant, and look at the diff."""

OUTPUTS: dict[str, Callable[[Advice], str]] = {
    "advice.zh.txt": lambda advice: write_text(advice, "zh"),
    "advice.en.txt": lambda advice: write_text(advice, "en"),
    "advice.zh.json": lambda advice: write_json(advice, "zh"),
}


def advice() -> Advice:
    """The advice about the campaign that is in everybody's way."""
    paths = sorted((GOLDEN / "campaigns").glob("*.yaml"))
    return advised({path.stem: path.read_text(encoding="utf-8") for path in paths}, "cd-points")


def regenerate() -> None:
    """Write the outputs anew."""
    for name, write in OUTPUTS.items():
        (GOLDEN / name).write_text(write(advice()), encoding="utf-8", newline="")


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_is_the_one_kept(name: str) -> None:
    kept = (GOLDEN / name).read_bytes().decode("utf-8")
    now = OUTPUTS[name](advice())
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"
