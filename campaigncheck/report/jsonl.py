"""The machine-readable report, one object a line, so that it can be read without keeping all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from campaigncheck.engine.finding import Report
from campaigncheck.messages import Lang
from campaigncheck.report.json import data, dump

_TYPES = {
    "campaigns": "campaign",
    "findings": "finding",
    "unread": "unread",
    "proposals": "proposal",
    "catalogue_problems": "catalogue_problem",
}
"""The lists of the JSON report, in order, and the ``type`` of what is in them; the rest is on the first line."""


def write(report: Report, lang: Lang) -> str:
    """Write the report as JSON Lines: the tool and the summary, then campaigns, then findings, then what else there is."""
    return "".join(f"{dump(item)}\n" for item in _items(data(report, lang)))


def _items(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"type": "report", **{key: value for key, value in told.items() if key not in _TYPES}}
    for key, kind in _TYPES.items():
        for item in told.get(key, ()):
            yield {"type": kind, **(item if isinstance(item, dict) else {"path": item})}
