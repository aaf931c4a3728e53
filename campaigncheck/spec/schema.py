"""The published JSON Schema of the campaign spec (draft 2020-12), generated from the model."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from campaigncheck.spec.model import Campaign

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Drops what pydantic adds and editors do not need: titles made from Python names."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        """Say of a mapping what its keys and its values are; no other keys are allowed."""
        found = super().dict_schema(schema)
        if "keys_schema" not in schema:
            return found
        keys = {name: value for name, value in self.generate_inner(schema["keys_schema"]).items() if name != "type"}
        values = self.generate_inner(schema["values_schema"])
        kept = {
            name: value for name, value in found.items() if name not in ("patternProperties", "additionalProperties")
        }
        return {**kept, "propertyNames": keys, "additionalProperties": values}

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        """Tell the empty list or mapping that a missing field stands for."""
        found = super().default_schema(schema)
        factory = schema.get("default_factory")
        return {**found, "default": factory()} if factory in (list, dict) else found


def model_schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a model as plain data."""
    schema = model.model_json_schema(schema_generator=_Generator, mode="validation")
    return {"$schema": DIALECT, **schema, "title": title}


def campaign_schema() -> dict[str, Any]:
    """Return the JSON Schema of a campaign spec, its parts titled by what they are."""
    schema = model_schema(Campaign, "营销案")
    for name, definition in schema["$defs"].items():
        definition["title"] = definition.get("description", name).rstrip("。")
    return schema


def dump(schema: dict[str, Any]) -> str:
    """Write a schema the way it is committed and printed."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
