"""The JSON Schema of a sheet as JSON, committed as ``docs/schemas/sheet.schema.json``."""

from __future__ import annotations

from typing import Any

from campaigncheck.spec.schema import DIALECT
from campaigncheck.spec.types import ID_PATTERN

_TEXT = {"type": "string"}
_PERHAPS = {"type": ["string", "null"]}
_DAY = {"type": "string", "format": "date"}
_TEXTS = {"type": "array", "items": _TEXT}
_ID = {"type": "string", "pattern": r"^[a-z0-9-]+\.[a-z0-9_-]+\.[0-9a-f]{10}(\.[0-9]+)?$"}


def _shape(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def _list(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _shape(**properties)}


def sheet_schema() -> dict[str, Any]:
    """Return the schema of ``faq --format json`` (draft 2020-12)."""
    top = _shape(
        version={"const": 1},
        tool=_shape(name={"const": "campaigncheck"}, version=_TEXT),
        lang={"enum": ["zh", "en"]},
        campaign=_campaign(),
        status=_status(),
        offers=_list(name=_TEXT, rows=_list(name=_TEXT, label=_TEXT, lines=_TEXTS)),
        counter=_shape(steps=_list(lines=_TEXTS, minutes=_TEXT), total=_PERHAPS, instead=_PERHAPS),
        questions=_list(id=_ID, topic=_TEXT, title=_TEXT, question=_TEXT, answer=_TEXT, short=_PERHAPS),
        answers=_list(id=_ID, phrase=_TEXT, answer=_TEXT),
        terms=_list(id=_ID, term=_TEXT, explanation=_TEXT),
        support=_shape(contact=_TEXT, hours=_TEXT),
    )
    return {"$schema": DIALECT, "title": "campaigncheck faq --format json", **top}


def _campaign() -> dict[str, Any]:
    return _shape(
        id={"type": "string", "pattern": ID_PATTERN},
        title=_TEXT,
        summary=_TEXT,
        audience=_TEXTS,
        start=_DAY,
        end=_DAY,
        places=_TEXT,
        channels=_TEXT,
        halls=_PERHAPS,
        owner=_shape(department=_TEXT, contact=_TEXT),
        address=_PERHAPS,
    )


def _status() -> dict[str, Any]:
    return _shape(
        usable={"type": "boolean"},
        warnings=_TEXTS,
        verdict={"enum": ["pass", "blocked", "invalid"]},
        cleared={"type": "boolean"},
        stage={"enum": ["draft", "testing", "optimising", "approved", "launched", "retired"]},
        state={"enum": ["ahead", "live", "over"]},
        issued=_DAY,
        digest={"type": "string", "pattern": "^[0-9a-f]{12}$"},
    )
