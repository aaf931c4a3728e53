"""All published JSON Schemas, by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from campaigncheck.catalogue.clearance import Clearance
from campaigncheck.catalogue.custom import CustomRules
from campaigncheck.catalogue.models import CATALOGUES, Catalogue, Entry, Overlay
from campaigncheck.catalogue.waivers import waivers_schema
from campaigncheck.report.schema import report_schema
from campaigncheck.report.sheet_schema import sheet_schema
from campaigncheck.spec.schema import campaign_schema, model_schema


def _catalogue_schema(name: str, model: type[Entry]) -> dict[str, Any]:
    schema = model_schema(model, f"rules/{name}.yaml")
    return _extending(schema) if issubclass(model, Catalogue) else schema


def _extending(schema: dict[str, Any]) -> dict[str, Any]:
    """Let a catalogue that extends the built-in one leave out what that one has."""
    kept = {name: value for name, value in schema.items() if name != "required"}
    extends = {"properties": {"extends": {"const": "builtin"}}, "required": ["extends"]}
    return {**kept, "if": extends, "else": {"required": schema["required"]}}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "campaign": campaign_schema,
    **{name: partial(_catalogue_schema, name, model) for name, model in CATALOGUES.items()},
    "clearance": partial(_catalogue_schema, "clearance", Clearance),
    "custom": partial(model_schema, CustomRules, "rules/custom/*.yaml"),
    "overlay": partial(model_schema, Overlay, "rules/overlays/<region>.yaml"),
    "report": report_schema,
    "waivers": waivers_schema,
    "sheet": sheet_schema,
}
