"""The reference of the files of ``rules/``, from their models: ``docs/reference/catalogues.md``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from campaigncheck.maintenance.shapes import Schema, shape
from campaigncheck.report.manual import anchor
from campaigncheck.report.schemas import SCHEMAS

FILES: dict[str, tuple[str, str]] = {
    "policy": ("rules/policy.yaml", "Severities, limits, stages, and who may grant exceptions."),
    "overlay": (
        "rules/overlays/<region>.yaml",
        "What a province or a city lays over the policy, and words of its own.",
    ),
    "custom": ("rules/custom/*.yaml", "A site's own rules, see [Custom rules](../custom-rules.md)."),
    "waivers": ("waivers.yaml", "Exceptions, see [Waivers](../waivers.md)."),
    "clearance": ("rules/clearance.yaml", "Keys that may clear campaigns, see [Clearances](../clearance.md)."),
    "attributes": ("rules/attributes.yaml", "What conditions on customers may speak of."),
    "products": ("rules/products.yaml", "What offers may sell."),
    "steps": ("rules/steps.yaml", "What happens at a counter, and how long each step takes."),
    "faq": ("rules/faq.yaml", "The topics of a FAQ, and what makes each of them necessary."),
    "readiness": ("rules/readiness.yaml", "What has to be in place, and how many working days before the start."),
    "glossary": ("rules/glossary.yaml", "Words that customers do not know, with the plain word or an explanation."),
    "wording": ("rules/wording.yaml", "Wording that the law forbids, and phrases that need something beside them."),
    "calendar": ("rules/calendar.yaml", "Public holidays and make-up workdays."),
}
"""The files in the order of the page: where each stands, and what it is for."""

_INTRO = """\
# Catalogues

Vocabulary, limits and lists are data. A file in the `rules/` of a repository takes the place of the built-in one of its name; with
`extends: builtin` in it, it is merged with that by key. Each figure says where it comes from (`source`), or that it is an
assumption. Unknown keys are refused, with the nearest name. What holds in a region, and which file says so, is told by
`campaigncheck rules --for 510700`. Fields of campaigns are on [a page of their own](spec.md); tables of halls are in
[Forecasts of waiting](../forecast.md).

This page is generated from the models (`python -m campaigncheck.maintenance.docs`), as are the [JSON Schemas](../schemas/policy.schema.json).
"""


def catalogue_page() -> str:
    """Write the page: a table for each file, and one for each part right after the first file that has it."""
    schemas = {name: SCHEMAS[name]() for name in FILES if name in SCHEMAS}
    parts: dict[str, Schema] = {}
    pages = [_INTRO]
    for name, schema in schemas.items():
        new = {part: found for part, found in schema.get("$defs", {}).items() if part not in parts}
        parts |= new
        anchors = {part: (part, anchor(part)) for part in parts}
        pages.append("\n".join(_file(name, schema, new, anchors)) + "\n")
    return "\n".join(pages)


def _file(
    name: str, schema: Schema, parts: Mapping[str, Schema], anchors: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    path, purpose = FILES[name]
    yield from (f"## `{path}`", "", f"{purpose} [JSON Schema](../schemas/{name}.schema.json)", "")
    yield from _table(schema["items"] if schema.get("type") == "array" else schema, anchors)
    for part, definition in parts.items():
        yield from ("", f"### {part}", "", *_said(definition), *_table(definition, anchors))


def _said(definition: Schema) -> Sequence[str]:
    text = " ".join(definition.get("description", "").replace("``", "`").split())
    return (text, "") if text else ()


def _table(schema: Schema, anchors: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    yield "| field | default | what it may be |"
    yield "|---|---|---|"
    for field, found in schema["properties"].items():
        told = shape(found, "en", anchors)
        yield f"| `{field}` | {_need(field, found, schema)} | {told} |"


def _need(field: str, found: Schema, schema: Schema) -> str:
    if field in schema.get("required", ()):
        return "required"
    if field in schema.get("else", {}).get("required", ()):
        return "required unless it extends"
    default = found.get("default")
    if default is None or default == "" or isinstance(default, dict | list):
        return ""
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"
