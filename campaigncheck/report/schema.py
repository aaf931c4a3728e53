"""The JSON Schema of the JSON report, committed as ``docs/schemas/report.schema.json``."""

from __future__ import annotations

from typing import Any

from campaigncheck.spec.schema import DIALECT

_COUNT = {"type": "integer", "minimum": 0}
_PLACE = {name: {"type": "integer", "minimum": 1} for name in ("line", "column", "end_line", "end_column")}
_TEXT = {"type": "string"}
_CELL = {"sheet": _TEXT, "cell": {"type": "string", "pattern": "^[A-Z]{1,3}[1-9][0-9]*$"}}
"""Of findings in a workbook; line and column are then those of the YAML made of it."""
_MINUTES = {"type": "number", "minimum": 0}
_PERHAPS = {"type": ["number", "null"], "minimum": 0}
_ESTIMATE = dict.fromkeys(("mean", "p50", "p80", "p90"), _MINUTES)


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_HANDLING = {
    "handling_steps": _list(
        _object(
            {
                "step": _TEXT,
                "minutes": _MINUTES,
                "hours": _PERHAPS,
                "hours_a_month": _PERHAPS,
                "saves": _MINUTES,
                "why": {"enum": ["listed_twice", "repeated", "not_for_all"]},
            },
            optional=("saves", "why"),
        )
    ),
    "rehearsals": _object(
        {
            "timed": {"type": "integer", "minimum": 1},
            "independent": _MINUTES,
            "mean": _MINUTES,
            "interval": {"type": ["array", "null"], "items": _MINUTES, "minItems": 2, "maxItems": 2},
            "estimated": _PERHAPS,
            "halls": {"type": "object", "additionalProperties": _MINUTES},
        }
    ),
    "handling_variants": _list(
        _object({"channel": _TEXT, "halls": _list(_TEXT), "steps": _list(_TEXT), "estimated": _MINUTES, **_ESTIMATE})
    ),
}


def _aftercare() -> dict[str, Any]:
    """What is left after the launch: ``left`` are warnings, ``as_it_is`` errors too; findings go by what repairing saves."""
    repair = {"repair_minutes": _MINUTES, "repair_yuan": _MINUTES}
    cost = _object({"findings": _COUNT, "complaints": _PERHAPS, "person_years": _PERHAPS, "yuan": _PERHAPS, **repair})
    share = {
        "rule": _TEXT,
        "line": _PLACE["line"],
        "column": _PLACE["column"],
        "pointer": {"type": "string", "format": "json-pointer"},
        "blocks": {"type": "boolean"},
        "waived": {"type": "boolean"},
        "complaints_of_10000": {"type": "number", "minimum": 0, "maximum": 10_000},
        "rate": {"enum": ["assumed", "measured"]},
        "complaints_saved": _PERHAPS,
        "yuan_saved": _PERHAPS,
        **repair,
    }
    return _object({"customers": _PERHAPS, "left": cost, "as_it_is": cost, "findings": _list(_object(share))})


def report_schema() -> dict[str, Any]:
    """Return the schema of ``check --format json`` (draft 2020-12)."""
    day = {"type": "string", "format": "date"}
    related = _object({"campaign": _TEXT, "path": _TEXT, **_PLACE, **_CELL, "message": _TEXT}, optional=tuple(_CELL))
    finding = _object(
        {
            "rule": {"type": "string", "pattern": "^([A-Z]{2,6}[0-9]{3}|INTERNAL)$"},
            "severity": {"enum": ["error", "warning", "note"]},
            "campaign": _TEXT,
            "path": _TEXT,
            **_PLACE,
            **_CELL,
            "pointer": {"type": "string", "format": "json-pointer"},
            "message": _TEXT,
            "hint": _TEXT,
            "waived": {"type": "boolean"},
            "related": _list(related),
            "where": _object({"from": day, "to": day, "regions": _list(_TEXT)}),
            "waiver": _object(
                {"reason": _TEXT, "approver": _TEXT, "expires": day, "path": _TEXT, "line": _PLACE["line"]}
            ),
            "cost": _object({"seconds_per_customer": _MINUTES, "customers": _PERHAPS, "minutes": _PERHAPS}),
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "facts": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        },
        optional=(*_CELL, "where", "waiver", "cost"),
    )
    campaign = _object(
        {
            "id": _TEXT,
            "path": _TEXT,
            "verdict": {"enum": ["pass", "blocked", "invalid"]},
            "handling_minutes": _object(_ESTIMATE),
            "heaviest_steps": _list(_object({"step": _TEXT, "minutes": _MINUTES})),
            **_HANDLING,
            "aftercare": _aftercare(),
        },
        optional=("handling_minutes", "heaviest_steps", *_HANDLING, "aftercare"),
    )
    proposal = _object(
        {"campaign": _TEXT, "path": _TEXT, "instead_of": {"type": ["string", "null"]}, "counts": {"type": "boolean"}}
    )
    counts = ("campaigns", "pass", "blocked", "invalid", "errors", "warnings", "notes", "waived")
    tool = {"name": {"const": "campaigncheck"}, "version": _TEXT, "policy": {"type": "string", "pattern": "^sha256:"}}
    top = _object(
        {
            "version": {"const": 1},
            "tool": _object(tool),
            "summary": _object(dict.fromkeys(counts, _COUNT)),
            "campaigns": _list(campaign),
            "findings": _list(finding),
            "unread": _list(_TEXT),
            "proposals": _list(proposal),
            "catalogue_problems": _list(_object({"path": _TEXT, **_PLACE, "message": _TEXT, "hint": _TEXT})),
            "baseline": _object(
                {"known": _COUNT, "gone": _list(_object(dict.fromkeys(("rule", "campaign", "path", "message"), _TEXT)))}
            ),
        },
        optional=("catalogue_problems", "baseline"),
    )
    return {"$schema": DIALECT, "title": "campaigncheck check --format json", **top}
