"""Plain words that may stand in the place of a term: every entry marked so reads right in its samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from campaigncheck.language.fold import fold
from tests.repair.repositories import mended

GLOSSARY: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "rules/glossary.yaml").read_text("utf-8"))
SAMPLES: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "exact.yaml").read_text("utf-8"))
EXACT = {term: entry for term, entry in GLOSSARY["terms"].items() if entry.get("exact")}


def test_every_exact_entry_has_samples_and_no_other_has() -> None:
    assert SAMPLES.keys() == EXACT.keys()


@pytest.mark.parametrize("term", EXACT)
def test_every_name_stands_in_a_sample(term: str) -> None:
    texts = fold("\n".join(SAMPLES[term]))
    assert [name for name in (term, *EXACT[term].get("variants", [])) if fold(name) not in texts] == []


@pytest.mark.parametrize(
    ("before", "after"), [pair for samples in SAMPLES.values() for pair in samples.items()], ids=lambda text: text
)
def test_the_sentence_reads_right(before: str, after: str, tmp_path: Path) -> None:
    spec = "id: exact\ntexts:\n  - channel: poster\n    text: {}\n"
    assert mended(tmp_path, spec.format(before)) == spec.format(after)
