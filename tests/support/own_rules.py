"""A site's own rules for tests: written, compiled, asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from campaigncheck.custom.expressions import ExpressionError, language

PASSES = {"spec": "id: sample\n"}
FIRES = {"spec": "id: sample\n", "places": [[1, 1]]}


def rule(name: str = "SITE001", when: str = "true", scope: str = "campaign", **other: Any) -> dict[str, Any]:
    """Return a rule as its file has it."""
    words = [{"zh": "话", "en": "words"} for _ in range(5)]  # each its own, so that no aliases are written
    return {
        "id": name, "title": words[0], "severity": "warning", "for": scope, "when": when, "message": words[1],
        "hint": words[2], "why": words[3], "source": words[4], "samples": {"fires": [dict(FIRES)], "passes": [PASSES]},
        **other,
    }  # fmt: skip


def write_rules(folder: Path, *rules: dict[str, Any], name: str = "own.yaml") -> Path:
    """Write rules into ``folder/rules/custom`` and return the folder of rules."""
    custom = folder / "rules" / "custom"
    custom.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"rules": list(rules)}, allow_unicode=True, sort_keys=False, width=1000)
    (custom / name).write_text(text, encoding="utf-8")
    return folder / "rules"


def refused(text: str, scope: Any = "offer") -> list[tuple[str, str]]:
    """Return what is refused of an expression: the characters pointed at, and why."""
    try:
        language(scope).question(text)
    except ExpressionError as error:
        return [(text[slice(*fault.span)], fault.message.render("en")) for fault in error.faults]
    return []
