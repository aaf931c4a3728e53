"""The published JSON Schema of the campaign spec (draft 2020-12), generated from the model."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from campaigncheck.spec.model import Campaign

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Drops what pydantic adds and editors do not need: titles made from Python names."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def campaign_schema() -> dict[str, Any]:
    """Return the JSON Schema of a campaign spec as plain data."""
    schema = Campaign.model_json_schema(schema_generator=_Generator, mode="validation")
    ordered = {"$schema": DIALECT, "title": "营销案", **schema}
    ordered["title"] = "营销案"
    for name, definition in ordered.get("$defs", {}).items():
        definition["title"] = definition.get("description", name).rstrip("。")
    return ordered


def dump(schema: dict[str, Any]) -> str:
    """Write a schema the way it is committed and printed."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
