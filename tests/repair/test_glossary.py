"""The whole glossary: what it says of a term can be written beside it."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from campaigncheck.rulekit.sample import complete
from tests.repair.repositories import repaired
from tests.support.checking import check_specs

TERMS = yaml.safe_load((Path(__file__).parents[2] / "rules/glossary.yaml").read_text("utf-8"))["terms"]
TEXTS = [entry["fires"] for entry in TERMS.values() if entry.get("severity", "error") == "error"]
EACH = 12


def test_nearly_every_sample_can_be_repaired_and_passes_then(tmp_path: Path) -> None:
    specs = {}
    for start in range(0, len(TEXTS), EACH):
        lines = [f"  - {{channel: poster, text: {json.dumps(text)}}}\n" for text in TEXTS[start : start + EACH]]
        specs[f"c{start:04d}"] = complete(f"id: c-{start:04d}\ntexts:\n{''.join(lines)}")
    repair = repaired(tmp_path, specs, select=("LANG001",))
    after = specs | {file.spec.shown.removesuffix(".yaml"): file.after for file in repair.mended}
    findings = check_specs(tmp_path, after, select=("LANG001",)).findings
    left = [finding for finding in findings if finding.severity == "error"]
    told = {(one.path, one.place) for one in repair.refused}
    assert told == {(finding.path, finding.place) for finding in findings}  # each of them says why
    assert len(left) <= len(TEXTS) / 20
    assert sum(file.repairs for file in repair.mended) >= len(TEXTS) * 0.95
