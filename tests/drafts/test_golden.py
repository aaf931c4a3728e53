"""Drafts of whole specs, kept whole: every change of their words is seen in review."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from campaigncheck.drafts.draft import drafts
from campaigncheck.drafts.paste import to_paste, with_drafts
from tests.drafts.drafting import ROOT, examined, examiner, without_faq

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = 'python -c "from tests.drafts.test_golden import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the drafts is meant, and look at the diff."""
SPECS = {"sc-2027-spring-broadband": "sichuan", "sh-2027-cloud-trial": "shanghai", "zj-2027-router-gift": "zhejiang"}


def pasted(name: str) -> tuple[str, str]:
    """What is printed for an example without its questions, and the spec with it put in."""
    folder = ROOT / "campaigns" / SPECS[name]
    text = without_faq((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    found = drafts(examined({f"{name}.yaml": text}, examiner()), name, examiner())
    return to_paste(text, 0, found.entries), with_drafts(text, 0, found.entries)


def regenerate() -> None:
    """Write the drafts anew."""
    for name in SPECS:
        (GOLDEN / f"{name}.yaml").write_text(pasted(name)[0], encoding="utf-8", newline="")


@pytest.mark.parametrize("name", SPECS)
def test_the_drafts_are_those_kept(name: str) -> None:
    kept = (GOLDEN / f"{name}.yaml").read_bytes().decode("utf-8")
    now, whole = pasted(name)
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"
    assert now in whole
