"""Where pairs are many, rules look at fewer of them, and find the same."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import conf003, conf005
from tests.support.checking import TODAY, check_specs, places

CASES = Path(__file__).parents[1] / "cases"


def cases() -> list[Any]:
    found = []
    for module in (conf003, conf005):
        content = yaml.safe_load((CASES / f"{module.RULE.id}.yaml").read_text(encoding="utf-8"))
        found += [pytest.param(module, case, id=f"{module.RULE.id}-{name}") for name, case in content.items()]
    return found


@pytest.mark.parametrize(("module", "case"), cases())
def test_the_findings_are_those_of_few(
    module: ModuleType, case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FEW", -1)
    specs = {name: complete(text) for name, text in case["specs"].items()}
    report = check_specs(tmp_path, specs, select=(module.RULE.id,), today=case.get("today", TODAY))
    assert [list(place) for place in places(report.findings)] == case["expect"]
