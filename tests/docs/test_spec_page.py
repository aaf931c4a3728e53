"""The reference of the spec: every field with its rules, every rule with its fields."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from campaigncheck.maintenance.shapes import shape
from campaigncheck.maintenance.spec_asked import ASKED
from campaigncheck.maintenance.spec_page import PARTS, spec_page
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules
from campaigncheck.spec import model
from campaigncheck.spec.schema import campaign_schema
from tests.support.checking import check_specs


def parts() -> dict[str, type[BaseModel]]:
    return {
        name: part
        for name, part in vars(model).items()
        if isinstance(part, type) and issubclass(part, model.Part) and part is not model.Part
    }


def test_every_part_has_its_section() -> None:
    assert set(PARTS) == set(parts())


def test_every_field_is_there_with_who_asks_for_it() -> None:
    assert list(ASKED) == [f"{name}.{field}" for name in PARTS for field in parts()[name].model_fields]


def test_every_rule_asks_for_something() -> None:
    assert {rule for asked in ASKED.values() for rule in asked.rules} == set(all_rules())


@pytest.mark.parametrize("rule", sorted(set(all_rules()) - {"SPEC001", "SPEC002"}))  # those are about any field
def test_a_rule_is_named_at_the_field_that_its_sample_marks(rule: str, tmp_path: Path) -> None:
    sample = all_rules()[rule].failing
    specs = {"sample": complete(sample.spec), **{f"x{index}": complete(it) for index, it in enumerate(sample.others)}}
    report = check_specs(tmp_path, specs, select=(rule,), chosen=("sample",))
    marked = [item.pointer for item in report.findings if item.rule == rule and item.path == "sample.yaml"]
    assert {pointer: rule for pointer in marked if rule not in asked_at(pointer)} == {}


def asked_at(pointer: str) -> set[str]:
    """Return the rules named at a place of a spec, at the field itself and at the one that holds it."""
    definitions = {"Campaign": campaign_schema(), **campaign_schema()["$defs"]}
    part, rules = "Campaign", set()
    for step in pointer.split("/")[1:]:
        found: Any = definitions[part].get("properties", {}).get(step)
        if found is not None:
            rules |= set(ASKED[f"{part}.{step}"].rules)
            inner = re.search(r"#/\$defs/(\w+)", str(found))
            part = inner[1] if inner else part
    return rules if pointer else set(all_rules())


def test_the_page_tells_all_of_a_field() -> None:
    page = spec_page(all_rules())
    (line,) = [line for line in page.splitlines() if line.startswith("| `confirm` |")]
    assert line == (
        "| `confirm` | **办理时确认几次**<br>要收费的优惠必须 twice（二次确认）。 | `once`、`twice`、`none` 之一<br>不写就是 `none` | "
        "要收费的都要 twice（draft 算警告）<br>[SAFE001](../rules.zh-CN.md#safe001-收费业务没有二次确认) |"
    )
    assert page.count("**必填**") == sum(
        field.is_required() for part in parts().values() for field in part.model_fields.values()
    )


@pytest.mark.parametrize(
    ("schema", "zh", "en"),
    [
        ({"type": "integer", "minimum": 0, "maximum": 600}, "整数，0 到 600", "a whole number, 0 to 600"),
        ({"type": "number", "minimum": 0.5}, "数，不小于 0.5", "a number, 0.5 or more"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 14400}, "数，大于 0，不超过 14,400", "a number, more than 0, 14,400 at most"),
        ({"type": "string", "format": "date", "pattern": "x"}, "日期，如 2027-01-15", "a date such as 2027-01-15"),
        ({"type": "string", "pattern": "^a|b$"}, r"文字，形如 `^a\|b$`", r"text: `^a\|b$`"),
        ({"type": "string", "maxLength": 70}, "文字，最多 70 个字", "text, 70 characters at most"),
        ({"const": "builtin"}, "只能是 `builtin`", "always `builtin`"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "true 或 false", "true or false"),
        ({"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Step"}]}, "文字 或 见 [步](#at)", "text or a [步](#at)"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, "列表，每项：`a`、`b` 之一", "a list, each one of `a`, `b`"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "一组“名称: 值”，值：数", "names with values, each a number"),
    ],
)  # fmt: skip
def test_shapes_are_told_in_words(schema: dict[str, Any], zh: str, en: str) -> None:
    anchors = {"Step": ("步", "at")}
    assert (shape(schema, "zh", anchors), shape(schema, "en", anchors)) == (zh, en)
