"""The committed JSON Schemas are those of the models, and say everything in Chinese."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from campaigncheck.report.schemas import SCHEMAS
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.spec.schema import campaign_schema, dump
from tests.spec.specs import FULL, changed

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"
CHINESE = re.compile("[\u4e00-\u9fff]")


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field of the spec, with the part it is in."""
    schema = campaign_schema()
    for part, definition in {"Campaign": schema, **schema["$defs"]}.items():
        for name, field in definition["properties"].items():
            shared = schema["$defs"].get(field.get("$ref", "").removeprefix("#/$defs/"), {})
            yield f"{part}.{name}", {**shared, **field}


FIELDS = dict(fields())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current(name: str) -> None:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    committed = (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == dump(schema), "regenerate it: python -m campaigncheck.maintenance.docs"


def test_no_schema_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.schema.json" for name in SCHEMAS}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_chinese_title_and_description(name: str) -> None:
    field = FIELDS[name]
    assert CHINESE.search(field["title"])
    assert CHINESE.search(field["description"])
    assert field["description"].endswith("。")


def test_every_part_has_a_chinese_title() -> None:
    schema = campaign_schema()
    assert schema["title"] == "营销案"
    assert all(CHINESE.search(part["title"]) for part in schema["$defs"].values())


def test_the_fields_are_those_of_the_contract() -> None:
    """Every field of the contract's example is one of the spec, under its name."""
    known = {name.split(".")[1] for name in FIELDS}
    assert set(FULL) <= known
    assert {name for name in FIELDS if name.startswith("Campaign.")} == {f"Campaign.{name}" for name in FULL}
    assert set(FULL["offers"][0]) == {name.split(".")[1] for name in FIELDS if name.startswith("Offer.")}


def test_unknown_keys_are_refused_everywhere() -> None:
    schema = campaign_schema()
    assert all(part["additionalProperties"] is False for part in (schema, *schema["$defs"].values()))


def test_required_are_those_of_the_contract() -> None:
    required = ["spec", "id", "title", "owner", "stage", "period", "regions", "channels", "offers"]
    assert sorted(campaign_schema()["required"]) == sorted(required)
    assert campaign_schema()["$defs"]["Offer"]["required"] == ["id", "name", "product", "kind"]


@pytest.mark.parametrize(
    "name", [name for name in FIELDS if FIELDS[name].get("examples") and name.startswith("Campaign.")]
)
def test_examples_fit(name: str) -> None:
    for example in FIELDS[name]["examples"]:
        assert isinstance(fit(Campaign, changed(FULL, (name.split(".")[1],), example)), Campaign)


@pytest.mark.parametrize(
    "name", [name for name in FIELDS if name.startswith("Offer.") and FIELDS[name].get("examples")]
)
def test_examples_of_offers_fit(name: str) -> None:
    for example in FIELDS[name]["examples"]:
        assert isinstance(fit(Campaign, changed(FULL, ("offers", 0, name.split(".")[1]), example)), Campaign)


def test_a_dump_is_readable_and_ends_with_a_line() -> None:
    text = dump(campaign_schema())
    assert json.loads(text) == campaign_schema()
    assert "营销案编号" in text
    assert text.endswith("}\n")
